#include "core/ssh/RemoteShell.h"

#include <QTest>

using namespace kwup;

class TestRemoteShell final : public QObject {
    Q_OBJECT

private slots:
    void theExecLineFitsAnyLoginShell();
    void theScriptStandsInNoArgument();
    void everyRunHasItsOwnMarks();
    void marksAreFoundHoweverTheBytesAreCut();
    void whatLooksLikeAMarkIsOutput();
    void bytesAreHandedOnAsSoonAsTheyAreCertain();
    void moreThanTheLimitIsDropped();
};

namespace {

MarkedStream stream(qsizetype limit = 1000)
{
    return {"@@n:b", "@@n:e", limit};
}

} // namespace

void TestRemoteShell::theExecLineFitsAnyLoginShell()
{
    const Command command{QStringLiteral("echo 'it''s' !x\n")};
    for (const ShellRoute route :
         {ShellRoute::Direct, ShellRoute::SudoNoPassword, ShellRoute::SudoPassword}) {
        for (const bool onTerminal : {false, true}) {
            const QByteArray line = RemoteShell(command, route, onTerminal).execLine();
            QCOMPARE(line.count('\''), 2);
            QVERIFY(!line.contains('\n') && !line.contains('!'));
            QVERIFY(line.startsWith("exec "));
        }
    }
}

void TestRemoteShell::theScriptStandsInNoArgument()
{
    const Command command{QStringLiteral("echo hidden-thing")};
    const RemoteShell shell(command, ShellRoute::Direct, false);
    QVERIFY(!shell.execLine().contains("hidden-thing"));
    QCOMPARE(shell.script(), QByteArray("echo hidden-thing\n"));
}

void TestRemoteShell::everyRunHasItsOwnMarks()
{
    const Command command{QStringLiteral("true")};
    const RemoteShell first(command, ShellRoute::Direct, false);
    const RemoteShell second(command, ShellRoute::Direct, false);
    QVERIFY(first.beginMark() != second.beginMark());
    QVERIFY(first.beginMark() != first.endMark());
}

void TestRemoteShell::marksAreFoundHoweverTheBytesAreCut()
{
    const QByteArray all = "motd\n@@n:bout@@\n@@n:e 17;rest";
    for (qsizetype piece = 1; piece <= all.size(); ++piece) {
        MarkedStream marked = stream();
        QByteArray body;
        for (qsizetype at = 0; at < all.size(); at += piece)
            body += marked.feed(all.mid(at, piece));
        QCOMPARE(body, QByteArray("out@@\n"));
        QCOMPARE(marked.kept(), body);
        QCOMPARE(marked.preamble(), QByteArray("motd\n"));
        QVERIFY(marked.hasEnded());
        QCOMPARE(marked.exitCode(), 17);
        QCOMPARE(marked.takeRest(), QByteArray("rest"));
    }
}

void TestRemoteShell::whatLooksLikeAMarkIsOutput()
{
    MarkedStream marked = stream();
    marked.feed("@@n:b@@n:x @@n:@@n:b@@n:e 0;");
    QCOMPARE(marked.kept(), QByteArray("@@n:x @@n:@@n:b"));
}

void TestRemoteShell::bytesAreHandedOnAsSoonAsTheyAreCertain()
{
    MarkedStream marked = stream();
    QCOMPARE(marked.feed("@@n:babc"), QByteArray("abc"));
    QCOMPARE(marked.feed("def@@"), QByteArray("def"));
    QCOMPARE(marked.feed("x"), QByteArray("@@x"));
}

void TestRemoteShell::moreThanTheLimitIsDropped()
{
    MarkedStream marked = stream(4);
    QCOMPARE(marked.feed("@@n:babcdefg@@n:e 0;"), QByteArray("abcdefg"));
    QCOMPARE(marked.kept(), QByteArray("abcd"));
    QVERIFY(marked.isTruncated());
}

QTEST_GUILESS_MAIN(TestRemoteShell)
#include "tst_RemoteShell.moc"
