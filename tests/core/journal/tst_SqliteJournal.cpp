#include "core/journal/Journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

namespace kwup::test {

class TestSqliteJournal : public QObject {
    Q_OBJECT

private slots:
    void init();
    void entriesComeBackInOrderAndUnchanged();
    void anAppendIsVisibleToAReaderWhileTheWriterIsOpen();
    void reopeningContinuesTheChain();
    void theFileAndItsDirectoryAreForTheOwnerAlone();
    void aChangedEntryIsFound();
    void aRemovedTailIsFound();
    void aFileThatIsNoDatabaseIsCorruptAndNotTouched();
    void aNewerSchemaIsRefused();
    void aMissingFileIsRunNotFound();
    void aSecondWriterIsRefused();
    void anotherThreadIsRefused();
    void anUnwritableDirectoryIsTold();
    void creatingOverAnExistingJournalIsRefused();

private:
    void tamper(const QString &statement);
    std::unique_ptr<Journal> created(int entries);

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
};

void TestSqliteJournal::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_file = m_directory->filePath(QStringLiteral("runs/one.kwrun"));
}

std::unique_ptr<Journal> TestSqliteJournal::created(int entries)
{
    auto journal = createJournal(m_file);
    if (!journal)
        return nullptr;
    for (int i = 1; i <= entries; ++i) {
        if (!(*journal)->append(QStringLiteral("kind-%1").arg(i), QStringLiteral("step@h"), i,
                                {{QStringLiteral("value"), i}}))
            return nullptr;
    }
    return std::move(*journal);
}

void TestSqliteJournal::tamper(const QString &statement)
{
    {
        auto database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(m_file);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
}

void TestSqliteJournal::entriesComeBackInOrderAndUnchanged()
{
    const auto journal = created(0);
    QVERIFY(journal);
    const QJsonObject data{{QStringLiteral("text"), QStringLiteral("升级 \"x\" \n\t")},
                           {QStringLiteral("big"), 9007199254740991.0},
                           {QStringLiteral("list"), QJsonArray{1, QStringLiteral("b"), false}}};
    QVERIFY(journal->append(QStringLiteral("first"), {}, 0, data));
    QVERIFY(journal->append(QStringLiteral("second"), QStringLiteral("stop@h"), 2, {}));
    const auto entries = journal->entries();
    QVERIFY(entries);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->at(0).seq, 1);
    QCOMPARE(entries->at(0).kind, QStringLiteral("first"));
    QCOMPARE(entries->at(0).data, data);
    QVERIFY(entries->at(0).stepId.isEmpty());
    QCOMPARE(entries->at(1).stepId, QStringLiteral("stop@h"));
    QCOMPARE(entries->at(1).attempt, 2);
    QCOMPARE(entries->at(1).time.timeSpec(), Qt::UTC);
    QVERIFY(qAbs(entries->at(1).time.secsTo(QDateTime::currentDateTimeUtc())) < 60);
}

void TestSqliteJournal::anAppendIsVisibleToAReaderWhileTheWriterIsOpen()
{
    const auto journal = created(3);
    QVERIFY(journal);
    const auto read = readJournal(m_file);
    QVERIFY2(read, read ? "" : qPrintable(describe(read.error())));
    QCOMPARE(read->size(), 3);
}

void TestSqliteJournal::reopeningContinuesTheChain()
{
    QVERIFY(created(2));
    {
        const auto journal = openJournal(m_file);
        QVERIFY(journal);
        QVERIFY((*journal)->append(QStringLiteral("third"), {}, 0, {}));
    }
    const auto entries = readJournal(m_file);
    QVERIFY(entries);
    QCOMPARE(entries->size(), 3);
    QCOMPARE(entries->last().seq, 3);
}

void TestSqliteJournal::theFileAndItsDirectoryAreForTheOwnerAlone()
{
    const auto journal = created(1);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(m_file) & others, QFile::Permissions());
    QCOMPARE(QFile::permissions(QFileInfo(m_file).absolutePath()) & others, QFile::Permissions());
}

void TestSqliteJournal::aChangedEntryIsFound()
{
    QVERIFY(created(4));
    tamper(QStringLiteral("UPDATE entries SET data = '{\"value\":7}' WHERE seq = 3"));
    const auto entries = readJournal(m_file);
    QVERIFY(!entries);
    QCOMPARE(entries.error().code, ErrorCode::JournalCorrupt);
    QCOMPARE(entries.error().args.at(1), QStringLiteral("3"));
    QVERIFY(!openJournal(m_file));
}

void TestSqliteJournal::aRemovedTailIsFound()
{
    QVERIFY(created(4));
    tamper(QStringLiteral("DELETE FROM entries WHERE seq = 4"));
    const auto entries = readJournal(m_file);
    QVERIFY(!entries);
    QCOMPARE(entries.error().code, ErrorCode::JournalCorrupt);
    tamper(QStringLiteral("DELETE FROM entries"));
    QVERIFY(!readJournal(m_file));
}

void TestSqliteJournal::aFileThatIsNoDatabaseIsCorruptAndNotTouched()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_file).absolutePath()));
    QFile file(m_file);
    QVERIFY(file.open(QFile::WriteOnly));
    const QByteArray content(5000, 'x');
    file.write(content);
    file.close();
    const auto journal = openJournal(m_file);
    QVERIFY(!journal);
    QCOMPARE(journal.error().code, ErrorCode::JournalCorrupt);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestSqliteJournal::aNewerSchemaIsRefused()
{
    QVERIFY(created(1));
    tamper(QStringLiteral("PRAGMA user_version = 99"));
    const auto journal = openJournal(m_file);
    QVERIFY(!journal);
    QCOMPARE(journal.error().code, ErrorCode::JournalVersion);
}

void TestSqliteJournal::aMissingFileIsRunNotFound()
{
    const auto journal = openJournal(m_file);
    QVERIFY(!journal);
    QCOMPARE(journal.error().code, ErrorCode::RunNotFound);
    QVERIFY(!QFile::exists(m_file));
}

void TestSqliteJournal::aSecondWriterIsRefused()
{
    const auto first = created(1);
    QVERIFY(first);
    const auto second = openJournal(m_file);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::JournalUnwritable);
}

void TestSqliteJournal::anotherThreadIsRefused()
{
    const auto journal = created(1);
    QVERIFY(journal);
    ErrorCode code = ErrorCode::None;
    std::thread([&] {
        const auto appended = journal->append(QStringLiteral("x"), {}, 0, {});
        code = appended ? ErrorCode::None : appended.error().code;
    }).join();
    QCOMPARE(code, ErrorCode::JournalUnwritable);
    QCOMPARE(journal->entries()->size(), 1);
}

void TestSqliteJournal::anUnwritableDirectoryIsTold()
{
    const auto journal = createJournal(QStringLiteral("/proc/nowhere/one.kwrun"));
    QVERIFY(!journal);
    QCOMPARE(journal.error().code, ErrorCode::JournalUnwritable);
}

void TestSqliteJournal::creatingOverAnExistingJournalIsRefused()
{
    QVERIFY(created(2));
    QVERIFY(!createJournal(m_file));
    QCOMPARE(readJournal(m_file)->size(), 2);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestSqliteJournal)

#include "tst_SqliteJournal.moc"
