#include "core/plan/StepScripts.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// The scripts of export and import in a directory of their own, with a kwbase that only writes
/// down what it was asked: what they must refuse, and what they must not touch then.
class TestTransferScripts : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aDirectoryThatIsNotEmptyIsNotExportedInto();
    void anExportThatLeavesATableOutIsIncomplete();
    void aDatabaseThatExistsIsNotImportedOver();
    void definitionsInGbkAreConverted();
    void definitionsInNoKnownEncodingAreRefused();

private:
    struct Outcome {
        int exitCode = -1;
        QString error; ///< of the line "kwup: error="
        QByteArray out;
    };
    Outcome run(StepKind kind, const QByteArray &answers);
    QString path(const QString &name) const { return m_directory->filePath(name); }
    void write(const QString &name, const QByteArray &content) const;
    QByteArray read(const QString &name) const;
    void packImport(const QByteArray &meta);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestTransferScripts::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    QVERIFY(QDir(m_directory->path()).mkpath(u"extern"_s));
}

void TestTransferScripts::write(const QString &name, const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QFile file(path(name));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(content);
}

QByteArray TestTransferScripts::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

/// `answers`: body of kw1, which gets the statement as $1.
TestTransferScripts::Outcome TestTransferScripts::run(StepKind kind, const QByteArray &answers)
{
    const QList<QPair<QString, QString>> variables{{u"extern"_s, path(u"extern"_s)},
                                                   {u"data_root"_s, m_directory->path()},
                                                   {u"directory"_s, u"run"_s},
                                                   {u"label"_s, u"db1"_s},
                                                   {u"state"_s, path(u"state"_s)},
                                                   {u"database"_s, u"shop"_s},
                                                   {u"time_series"_s, u"no"_s},
                                                   {u"no_partition"_s, u"no"_s},
                                                   {u"tables"_s, u"2"_s},
                                                   {u"head"_s, u"CREATE DATABASE shop"_s},
                                                   {u"exists"_s, u"EXISTS"_s},
                                                   {u"drop"_s, u"DROP"_s},
                                                   {u"statement"_s, u"STATEMENT"_s}};
    const QByteArray kwbase = "kw1() { echo \"$1\" >> \"$data_root/asked\"\n" + answers + "\n}\n";
    QProcess shell;
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(u"sh"_s, {u"-s"_s});
    shell.write(stepScript(kind, variables, kwbase));
    shell.closeWriteChannel();
    Outcome outcome;
    if (!shell.waitForFinished(60000))
        return outcome;
    outcome.exitCode = shell.exitCode();
    outcome.out = shell.readAll();
    for (const auto &line : outcome.out.split('\n')) {
        if (line.startsWith("kwup: error="))
            outcome.error = QString::fromUtf8(line.mid(12));
    }
    return outcome;
}

void TestTransferScripts::packImport(const QByteArray &meta)
{
    write(u"extern/run/db1/meta.sql"_s, "CREATE DATABASE shop\n");
    write(u"extern/run/db1/public/orders/meta.sql"_s, meta);
    QCOMPARE(QProcess::execute(u"tar"_s,
                               {u"-czf"_s, path(u"extern/run/db1.tar.gz"_s), u"-C"_s,
                                path(u"extern/run"_s), u"db1"_s}),
             0);
    QVERIFY(QDir(path(u"extern/run/db1"_s)).removeRecursively());
}

void TestTransferScripts::aDirectoryThatIsNotEmptyIsNotExportedInto()
{
    write(u"extern/run/somebody.csv"_s, "1,2\n");
    const Outcome outcome = run(StepKind::Export, "return 0");
    QVERIFY(outcome.exitCode != 0);
    QCOMPARE(outcome.error, u"not-empty"_s);
    QCOMPARE(read(u"asked"_s), QByteArray());
    QCOMPARE(read(u"extern/run/somebody.csv"_s), QByteArray("1,2\n"));
}

void TestTransferScripts::anExportThatLeavesATableOutIsIncomplete()
{
    const Outcome outcome = run(StepKind::Export, "echo 'TABLE shop.public.orders,1,1'");
    QVERIFY(outcome.exitCode != 0);
    QCOMPARE(outcome.error, u"incomplete"_s);
    QVERIFY(!QFile::exists(path(u"extern/run/db1.tar.gz"_s)));
}

void TestTransferScripts::aDatabaseThatExistsIsNotImportedOver()
{
    packImport("CREATE TABLE orders (id INT)\n");
    const Outcome outcome = run(StepKind::Import, "echo 1");
    QVERIFY(outcome.exitCode != 0);
    QCOMPARE(outcome.error, u"exists"_s);
    QCOMPARE(read(u"asked"_s), QByteArray("EXISTS\n")); // nothing dropped, nothing imported
}

void TestTransferScripts::definitionsInGbkAreConverted()
{
    // COMMENT '订单' as a GBK client has written it.
    packImport("CREATE TABLE orders (id INT) COMMENT '\xb6\xa9\xb5\xa5'\n");
    const Outcome outcome = run(StepKind::Import,
                                "case $1 in EXISTS) echo 0 ;; "
                                "*) echo h; echo '1,succeeded,1,7,0,0,' ;; esac");
    QVERIFY2(outcome.exitCode == 0, outcome.out.constData());
    QVERIFY2(outcome.out.contains("kwup: definitions_converted=1"), outcome.out.constData());
    QCOMPARE(read(u"extern/run/db1/public/orders/meta.sql"_s),
             u"CREATE TABLE orders (id INT) COMMENT '订单'\n"_s.toUtf8());
}

void TestTransferScripts::definitionsInNoKnownEncodingAreRefused()
{
    packImport("CREATE TABLE orders (id INT) COMMENT '\xff\xfe\xff'\n");
    const Outcome outcome = run(StepKind::Import, "echo 0");
    QVERIFY(outcome.exitCode != 0);
    QCOMPARE(outcome.error, u"encoding"_s);
    QCOMPARE(read(u"asked"_s), QByteArray("EXISTS\n"));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestTransferScripts)
#include "tst_TransferScripts.moc"
