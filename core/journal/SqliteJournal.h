#pragma once

#include "core/journal/Journal.h"

#include <QLockFile>
#include <QSqlDatabase>

class QSqlQuery;
class QThread;

namespace kwup {

/// The journal in one SQLite file. The only writer: a lock file beside it keeps a second process
/// away (a lock of a dead process is taken over). Belongs to the thread that created it: calls from
/// another thread are refused with JournalUnwritable.
///
/// Each entry stores the SHA-256 over the previous entry's hash and its own canonical JSON
/// [seq, time, kind, step, attempt, data]; the table `head` repeats number and hash of the last
/// one, so that a removed tail is found as well.
class SqliteJournal final : public Journal {
public:
    enum class Mode { Create, Open, ReadOnly };

    static Result<std::unique_ptr<SqliteJournal>> open(const QString &file, Mode mode);
    ~SqliteJournal() override;

    Result<void> append(const QString &kind, const QString &stepId, int attempt,
                        const QJsonObject &data) override;
    Result<QList<JournalEntry>> entries() const override;

private:
    SqliteJournal(const QString &file, Mode mode);
    Result<void> lock();
    Result<void> openDatabase();
    Result<void> createSchema();
    Result<void> checkSchema();
    Result<void> insert(const JournalEntry &entry, const QByteArray &hash);
    Error unwritable(const QString &why) const;
    Error corrupt(qint64 seq) const;

    QString m_file;
    Mode m_mode;
    QThread *m_thread;
    QString m_connection;
    QSqlDatabase m_database;
    QLockFile m_lock;
    qint64 m_lastSeq = 0;
    QByteArray m_lastHash;
};

} // namespace kwup
