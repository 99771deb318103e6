#include "core/journal/SqliteJournal.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QUuid>

namespace kwup {

namespace {

constexpr int SchemaVersion = 1;

QByteArray dataText(const QJsonObject &data)
{
    return QJsonDocument(data).toJson(QJsonDocument::Compact);
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QByteArray chainHash(const QByteArray &previous, const JournalEntry &entry)
{
    // QJsonDocument writes keys in sorted order without blanks: canonical.
    const QJsonArray canonical{entry.seq,    timeText(entry.time), entry.kind,
                               entry.stepId, entry.attempt,        entry.data};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    hash.addData(QJsonDocument(canonical).toJson(QJsonDocument::Compact));
    return hash.result().toHex();
}

std::optional<JournalEntry> entryOf(const QSqlQuery &row)
{
    JournalEntry entry{
        .seq = row.value(0).toLongLong(),
        .time = QDateTime::fromString(row.value(1).toString(), Qt::ISODateWithMs).toUTC(),
        .kind = row.value(2).toString(),
        .stepId = row.value(3).toString(),
        .attempt = row.value(4).toInt(),
        .data = {}};
    QJsonParseError parsed;
    const auto document = QJsonDocument::fromJson(row.value(5).toString().toUtf8(), &parsed);
    if (parsed.error != QJsonParseError::NoError || !document.isObject())
        return std::nullopt;
    entry.data = document.object();
    return entry;
}

bool execute(QSqlQuery &query, const char *statement)
{
    return query.exec(QLatin1String(statement));
}

} // namespace

SqliteJournal::SqliteJournal(const QString &file, Mode mode)
    : m_file(file)
    , m_mode(mode)
    , m_thread(QThread::currentThread())
    , m_connection(QStringLiteral("kwup-journal-")
                   + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_lock(file + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(std::chrono::milliseconds(0)); // stale only when its process is gone
}

SqliteJournal::~SqliteJournal()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const QString &file, Mode mode)
{
    std::unique_ptr<SqliteJournal> journal(new SqliteJournal(file, mode));
    if (mode == Mode::Create) {
        QDir().mkpath(QFileInfo(file).absolutePath());
        QFile::setPermissions(QFileInfo(file).absolutePath(),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        if (QFile::exists(file))
            return journal->unwritable(
                QCoreApplication::translate("Journal", "the file exists already"));
    } else if (!QFile::exists(file)) {
        return Error{.code = ErrorCode::RunNotFound, .args = {QFileInfo(file).fileName()}};
    }
    if (const auto locked = journal->lock(); !locked)
        return locked.error();
    if (const auto opened = journal->openDatabase(); !opened)
        return opened.error();
    const auto schema = mode == Mode::Create ? journal->createSchema() : journal->checkSchema();
    if (!schema)
        return schema.error();
    if (const auto entries = journal->entries(); !entries)
        return entries.error();
    else if (!entries->isEmpty())
        journal->m_lastSeq = entries->last().seq;
    return journal;
}

Result<void> SqliteJournal::lock()
{
    if (m_mode == Mode::ReadOnly || m_lock.tryLock(0))
        return {};
    if (m_lock.error() != QLockFile::LockFailedError)
        return unwritable(
            QCoreApplication::translate("Journal", "the lock file cannot be created"));
    qint64 process = 0;
    QString computer;
    QString program;
    m_lock.getLockInfo(&process, &computer, &program);
    return unwritable(QCoreApplication::translate("Journal", "in use by process %1 on %2")
                          .arg(QString::number(process), computer));
}

Result<void> SqliteJournal::openDatabase()
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(m_mode == Mode::ReadOnly
                                     ? QStringLiteral("QSQLITE_OPEN_READONLY;"
                                                      "QSQLITE_BUSY_TIMEOUT=5000")
                                     : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!m_database.open())
        return unwritable(m_database.lastError().text());
    if (m_mode == Mode::ReadOnly)
        return {};
    if (m_mode == Mode::Create)
        QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    QSqlQuery query(m_database);
    // Not a database at all shows up here; a file that is none must not be written to.
    if (!execute(query, "PRAGMA schema_version"))
        return corrupt(0);
    if (!execute(query, "PRAGMA journal_mode=WAL") || !execute(query, "PRAGMA synchronous=FULL"))
        return unwritable(query.lastError().text());
    return {};
}

Result<void> SqliteJournal::createSchema()
{
    QSqlQuery query(m_database);
    const bool made = m_database.transaction()
        && execute(query,
                   "CREATE TABLE entries (seq INTEGER PRIMARY KEY, time TEXT NOT NULL,"
                   " kind TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL,"
                   " data TEXT NOT NULL, hash TEXT NOT NULL)")
        && execute(query,
                   "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1),"
                   " seq INTEGER NOT NULL, hash TEXT NOT NULL)")
        && execute(query, "INSERT INTO head VALUES (1, 0, '')")
        && execute(query, "PRAGMA user_version = 1") && m_database.commit();
    if (!made)
        return unwritable(m_database.lastError().text() + query.lastError().text());
    return {};
}

Result<void> SqliteJournal::checkSchema()
{
    QSqlQuery query(m_database);
    if (!execute(query, "PRAGMA user_version") || !query.next())
        return corrupt(0);
    const int version = query.value(0).toInt();
    if (version == 0)
        return corrupt(0);
    if (version != SchemaVersion) {
        return Error{.code = ErrorCode::JournalVersion, .args = {m_file, QString::number(version)}};
    }
    if (!execute(query, "SELECT hash FROM head") || !query.next())
        return corrupt(0);
    m_lastHash = query.value(0).toByteArray();
    return {};
}

Result<void> SqliteJournal::append(const QString &kind, const QString &stepId, int attempt,
                                   const QJsonObject &data)
{
    if (QThread::currentThread() != m_thread)
        return unwritable(QStringLiteral("used from another thread"));
    if (m_mode == Mode::ReadOnly)
        return unwritable(QStringLiteral("opened for reading only"));
    const JournalEntry entry{.seq = m_lastSeq + 1,
                             .time = QDateTime::currentDateTimeUtc(),
                             .kind = kind,
                             .stepId = stepId,
                             .attempt = attempt,
                             .data = data};
    const QByteArray hash = chainHash(m_lastHash, entry);
    if (const auto inserted = insert(entry, hash); !inserted)
        return inserted;
    m_lastSeq = entry.seq;
    m_lastHash = hash;
    return {};
}

Result<void> SqliteJournal::insert(const JournalEntry &entry, const QByteArray &hash)
{
    if (!m_database.transaction())
        return unwritable(m_database.lastError().text());
    QSqlQuery query(m_database);
    query.prepare(QStringLiteral("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"));
    query.addBindValue(entry.seq);
    query.addBindValue(timeText(entry.time));
    query.addBindValue(entry.kind);
    // Qt binds a null QString as SQL NULL.
    query.addBindValue(entry.stepId.isNull() ? QStringLiteral("") : entry.stepId);
    query.addBindValue(entry.attempt);
    query.addBindValue(QString::fromUtf8(dataText(entry.data)));
    query.addBindValue(QString::fromLatin1(hash));
    bool written = query.exec();
    if (written) {
        query.prepare(QStringLiteral("UPDATE head SET seq = ?, hash = ?"));
        query.addBindValue(entry.seq);
        query.addBindValue(QString::fromLatin1(hash));
        written = query.exec();
    }
    const QString why = query.lastError().text();
    query.finish();
    if (!written || !m_database.commit()) {
        const QString reason = written ? m_database.lastError().text() : why;
        m_database.rollback();
        return unwritable(reason);
    }
    return {};
}

Result<QList<JournalEntry>> SqliteJournal::entries() const
{
    if (QThread::currentThread() != m_thread)
        return unwritable(QStringLiteral("used from another thread"));
    QSqlQuery query(m_database);
    // One statement, so that a writer in another process cannot append between two looks.
    if (!execute(query,
                 "SELECT e.seq, e.time, e.kind, e.step, e.attempt, e.data, e.hash, h.seq, h.hash"
                 " FROM head h LEFT JOIN entries e ORDER BY e.seq"))
        return corrupt(0);
    QList<JournalEntry> entries;
    QByteArray previous;
    qint64 headSeq = -1;
    QByteArray headHash;
    while (query.next()) {
        headSeq = query.value(7).toLongLong();
        headHash = query.value(8).toByteArray();
        if (query.isNull(0))
            break;
        const auto entry = entryOf(query);
        const qint64 wanted = entries.size() + 1;
        const QByteArray hash = query.value(6).toByteArray();
        if (!entry || entry->seq != wanted || hash != chainHash(previous, *entry))
            return corrupt(wanted);
        previous = hash;
        entries.append(*entry);
    }
    if (headSeq != entries.size() || headHash != previous)
        return corrupt(entries.size() + 1);
    return entries;
}

Error SqliteJournal::unwritable(const QString &why) const
{
    return {.code = ErrorCode::JournalUnwritable, .args = {m_file, why}};
}

Error SqliteJournal::corrupt(qint64 seq) const
{
    return {.code = ErrorCode::JournalCorrupt, .args = {m_file, QString::number(seq)}};
}

Result<std::unique_ptr<Journal>> createJournal(const QString &file)
{
    auto journal = SqliteJournal::open(file, SqliteJournal::Mode::Create);
    if (!journal)
        return journal.error();
    return std::unique_ptr<Journal>(std::move(*journal));
}

Result<std::unique_ptr<Journal>> openJournal(const QString &file)
{
    auto journal = SqliteJournal::open(file, SqliteJournal::Mode::Open);
    if (!journal)
        return journal.error();
    return std::unique_ptr<Journal>(std::move(*journal));
}

Result<QList<JournalEntry>> readJournal(const QString &file)
{
    const auto journal = SqliteJournal::open(file, SqliteJournal::Mode::ReadOnly);
    if (!journal)
        return journal.error();
    return (*journal)->entries();
}

} // namespace kwup
