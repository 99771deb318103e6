#pragma once

#include "core/base/Result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>

namespace kwup {

/// One line of a run's history. `kind` is one of the names in core/run/JournalKinds.h.
struct JournalEntry {
    qint64 seq = 0;
    QDateTime time; ///< UTC
    QString kind;
    QString stepId; ///< empty for entries about the run
    int attempt = 0; ///< of the step, from 1
    QJsonObject data; ///< no secrets
};

/// The history of one run: SQLite (WAL, synchronous=FULL), entries hash-chained. An append has
/// reached the disk when it returns (I3). Belongs to the thread that opened it.
class Journal {
public:
    virtual ~Journal() = default;
    virtual Result<void> append(const QString &kind, const QString &stepId, int attempt,
                                const QJsonObject &data) = 0;
    /// All entries in order; JournalCorrupt when the chain is broken (args: first bad seq).
    virtual Result<QList<JournalEntry>> entries() const = 0;
};

/// `file` is created; its directory too (0700). Errors: JournalUnwritable.
Result<std::unique_ptr<Journal>> createJournal(const QString &file);
/// Opens an existing one. Errors: RunNotFound, JournalVersion, JournalCorrupt.
Result<std::unique_ptr<Journal>> openJournal(const QString &file);
/// Reads an existing one without writing to it (reports, lists); any thread, blocks.
Result<QList<JournalEntry>> readJournal(const QString &file);

} // namespace kwup
