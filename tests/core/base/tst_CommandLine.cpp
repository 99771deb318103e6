#include "core/base/CommandLine.h"

#include <QProcess>
#include <QTest>

using namespace kwup;

class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void aQuotedWordComesThroughTheShellUnchanged_data();
    void aQuotedWordComesThroughTheShellUnchanged();
    void escapeSequencesAndControlCharactersAreRemoved();
    void carriageReturnsBecomeLines();
    void chineseInGbkIsRead();
    void bytesOfNoEncodingAreShownAsHex();
    void longTextIsCutInTheMiddle();
};

void CommandLineTest::aQuotedWordComesThroughTheShellUnchanged_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("plain") << QStringLiteral("kaiwudb");
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << QStringLiteral("a b");
    QTest::newRow("apostrophe") << QStringLiteral("it's");
    QTest::newRow("injection") << QStringLiteral("'; rm -rf $HOME `id` \"");
    QTest::newRow("line feed") << QStringLiteral("a\nb!");
    QTest::newRow("chinese") << QStringLiteral("数据库");
    QTest::newRow("tilde") << QStringLiteral("~root");
}

void CommandLineTest::aQuotedWordComesThroughTheShellUnchanged()
{
    QFETCH(QString, word);
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("printf %s ") + shellQuote(word)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), word);
}

void CommandLineTest::escapeSequencesAndControlCharactersAreRemoved()
{
    QCOMPARE(printable("\x1b[1;32m[UPGRADE COMPLETED]:\x1b[0mdone\a\x1b]0;title\a!"),
             QStringLiteral("[UPGRADE COMPLETED]:done!"));
    QCOMPARE(printable("safe \xe2\x80\xae txet"), QStringLiteral("safe  txet"));
}

void CommandLineTest::carriageReturnsBecomeLines()
{
    QCOMPARE(printable("10%\r20%\r\nend"), QStringLiteral("10%\n20%\nend"));
}

void CommandLineTest::chineseInGbkIsRead()
{
    QCOMPARE(printable("\xca\xfd\xbe\xdd\xbf\xe2"), QStringLiteral("数据库"));
}

void CommandLineTest::bytesOfNoEncodingAreShownAsHex()
{
    QCOMPARE(printable(QByteArray("a\xff\xff")), QStringLiteral("a\\xff\\xff"));
}

void CommandLineTest::longTextIsCutInTheMiddle()
{
    const QString text = printable(QByteArray(1000, 'x'), 100);
    QVERIFY(text.size() < 110);
    QVERIFY(text.contains(u'…'));
}

QTEST_APPLESS_MAIN(CommandLineTest)
#include "tst_CommandLine.moc"
