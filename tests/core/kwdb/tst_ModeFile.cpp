#include "core/kwdb/Parsers.h"

#include "tests/support/Transcript.h"

#include <QTest>

namespace kwup::test {

namespace {

const QByteArray TenLines = "bare\nmulti-replication\n/usr/local/kaiwudb\n/var/lib/kaiwudb\n26257\n"
                            "8080\nkaiwudb\ntls\nfalse\n10.78.1.1\n";

QByteArray withLine(int line, const QByteArray &text)
{
    auto lines = TenLines.split('\n');
    lines[line - 1] = text;
    return lines.join('\n');
}

} // namespace

class tst_ModeFile final : public QObject {
    Q_OBJECT

private slots:
    void theRecordedFileIsRead();
    void filesOf210And20HaveFewerLines();
    void windowsLineEndsAndEmptyLinesAtTheEndDoNoHarm();
    void aBadLineIsNamed_data();
    void aBadLineIsNamed();
    void theNodeFileIsRead();
    void aNodeFileWithABadPortIsRefused();
};

void tst_ModeFile::theRecordedFileIsRead()
{
    const auto entry = transcriptEntry(QStringLiteral("host-transcripts/no-sudo.txt"),
                                       QStringLiteral("cat /etc/kaiwudb/info/MODE"));
    const QByteArray file = entry.out.mid(entry.out.indexOf("bare"));
    const auto mode = parseMode(file.left(file.indexOf("2.2.0")));
    QVERIFY(mode.has_value());
    QVERIFY(mode->deployment == Deployment::BarePackage);
    QVERIFY(mode->runType == RunType::Single);
    QCOMPARE(mode->installedAt, QStringLiteral("/usr/local/kaiwudb"));
    QCOMPARE(mode->dataRoot, QStringLiteral("/var/lib/kaiwudb"));
    QCOMPARE(mode->sqlPort, 26257);
    QCOMPARE(mode->httpPort, 8080);
    QCOMPARE(mode->user, QStringLiteral("kaiwudb"));
    QVERIFY(mode->security == SecurityMode::Tls);
    QCOMPARE(mode->encrypted, false);
    QCOMPARE(mode->address, QStringLiteral("10.79.1.1"));
}

void tst_ModeFile::filesOf210And20HaveFewerLines()
{
    const auto nine = parseMode("container\nsingle-replication\nkaiwudb:2.1.0\n/data\n26257\n8080\n"
                                "kaiwudb\ninsecure\n10.0.0.2\n");
    QVERIFY(nine.has_value());
    QVERIFY(nine->deployment == Deployment::ContainerPackage);
    QVERIFY(nine->runType == RunType::SingleReplication);
    QVERIFY(nine->security == SecurityMode::Insecure);
    QVERIFY(!nine->encrypted);
    QCOMPARE(nine->address, QStringLiteral("10.0.0.2"));
    const auto eight =
        parseMode("bare\nsingle\n/usr/local/kaiwudb\n/data\n26257\n8080\nkaiwudb\n10.0.0.2\n");
    QVERIFY(eight.has_value());
    QVERIFY(eight->security == SecurityMode::Unknown);
    QCOMPARE(eight->address, QStringLiteral("10.0.0.2"));
}

void tst_ModeFile::windowsLineEndsAndEmptyLinesAtTheEndDoNoHarm()
{
    QByteArray content = TenLines;
    const auto mode = parseMode(content.replace("\n", "\r\n") + "\r\n\n");
    QVERIFY(mode.has_value());
    QCOMPARE(mode->address, QStringLiteral("10.78.1.1"));
}

void tst_ModeFile::aBadLineIsNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("line");
    QTest::newRow("empty file") << QByteArray() << "1";
    QTest::newRow("seven lines") << QByteArray("bare\nsingle\n/u\n/d\n1\n2\nu\n") << "8";
    QTest::newRow("deployment") << withLine(1, "bear") << "1";
    QTest::newRow("run type") << withLine(2, "cluster") << "2";
    QTest::newRow("data root") << withLine(4, "data") << "4";
    QTest::newRow("SQL port") << withLine(5, "70000") << "5";
    QTest::newRow("HTTP port") << withLine(6, "http") << "6";
    QTest::newRow("user") << withLine(7, "") << "7";
    QTest::newRow("security") << withLine(8, "ssl") << "8";
    QTest::newRow("encryption") << withLine(9, "maybe") << "9";
    QTest::newRow("address missing") << withLine(10, "") << "9";
}

void tst_ModeFile::aBadLineIsNamed()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, line);
    const auto mode = parseMode(content);
    QVERIFY(!mode.has_value());
    QCOMPARE(mode.error().code, ErrorCode::ModeInvalid);
    QCOMPARE(mode.error().args.value(1), line);
}

void tst_ModeFile::theNodeFileIsRead()
{
    const auto node = parseNodeFile("10.0.0.2  10.0.0.3 \n2222\nkwadmin\n");
    QVERIFY(node.has_value());
    QCOMPARE(node->otherNodes,
             (QStringList{QStringLiteral("10.0.0.2"), QStringLiteral("10.0.0.3")}));
    QCOMPARE(node->sshPort, 2222);
    QCOMPARE(node->sshUser, QStringLiteral("kwadmin"));
    const auto empty = parseNodeFile("");
    QVERIFY(empty.has_value());
    QVERIFY(empty->otherNodes.isEmpty());
    QCOMPARE(empty->sshPort, 22);
}

void tst_ModeFile::aNodeFileWithABadPortIsRefused()
{
    const auto node = parseNodeFile("10.0.0.2\nssh\nroot\n");
    QVERIFY(!node.has_value());
    QCOMPARE(node.error().args,
             (QStringList{QStringLiteral("/etc/kaiwudb/info/NODE"), QStringLiteral("2")}));
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_ModeFile)
#include "tst_ModeFile.moc"
