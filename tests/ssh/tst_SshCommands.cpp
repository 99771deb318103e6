#include "core/base/CommandLine.h"
#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <thread>

using namespace kwup;
using namespace kwup::test;
using namespace std::chrono_literals;

/// What CommandRunner promises, kept by the SSH implementation against a real sshd.
class TestSshCommands final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void outputErrorAndExitCodeComeBack();
    void bytesArriveUnchanged();
    void aScriptMayBeLargerThanAnArgument();
    void inputIsStreamedAndEnds();
    void aCommandThatReadsNoInputDoesNoHarm();
    void eightMegabytesOfErrorsDoNotStall();
    void tooMuchOutputIsCountedAndDropped();
    void outputComesLive();
    void aSignalIsNotAnExitCode();
    void aBackgroundChildDoesNotHoldUs();
    void aBackgroundChildAfterASignalDoesNotHoldUs();
    void aDeadlineEndsTheCommandAndTheSessionLives();
    void cancelIsPrompt();
    void aKilledSessionIsALostConnection();
    void aFrozenHostIsSilent();
    void aQuietCommandOnAHealthyHostIsNotSilent();
    void theShellIsCleanAndSpeaksC();
    void manyCommandsUseOneConnection();

private:
    std::unique_ptr<HostConnection> connect();
    SshLibrary m_library;
    std::unique_ptr<SshServer> m_server;
};

namespace {

Command command(const char *script)
{
    return Command{QString::fromUtf8(script)};
}

/// The result, or a test failure with the error's sentence.
#define KWUP_RUN(name, connection, ...)                                                            \
    const auto name##Result = (connection)->run(__VA_ARGS__);                                      \
    if (!name##Result)                                                                             \
        QFAIL(qPrintable(describe(name##Result.error())                                            \
                         + QString::fromUtf8(name##Result.error().evidence)));                     \
    const CommandOutput &name = *name##Result

} // namespace

void TestSshCommands::initTestCase()
{
    QVERIFY(m_library.isReady());
    m_server = std::make_unique<SshServer>();
    if (!m_server->problem().isEmpty())
        QSKIP(qPrintable(m_server->problem()));
}

void TestSshCommands::cleanup()
{
    if (QTest::currentTestFailed())
        qInfo("%s", qPrintable(m_server->log().right(2000)));
}

std::unique_ptr<HostConnection> TestSshCommands::connect()
{
    SshConnector connector(m_server->config());
    ScriptedPrompts prompts;
    auto connection = connector.connect(m_server->spec(), {}, prompts, {});
    if (!connection) {
        qWarning("%s %s", qPrintable(describe(connection.error())),
                 connection.error().evidence.constData());
        return nullptr;
    }
    return std::move(connection).value();
}

void TestSshCommands::outputErrorAndExitCodeComeBack()
{
    auto host = connect();
    QVERIFY(host);
    KWUP_RUN(output, host, command("echo out; echo err >&2; exit 3"), {});
    QCOMPARE(output.out, QByteArray("out\n"));
    QCOMPARE(output.err, QByteArray("err\n"));
    QCOMPARE(output.exitCode, 3);
    QVERIFY(output.signal.isEmpty());
}

void TestSshCommands::bytesArriveUnchanged()
{
    auto host = connect();
    QVERIFY(host);
    KWUP_RUN(output, host, command("printf '\\377\\0\\326\\320@@\\r\\n\\033[1mx'"), {});
    QCOMPARE(output.out, QByteArray("\xff\0\xd6\xd0@@\r\n\033[1mx", 13));
}

void TestSshCommands::aScriptMayBeLargerThanAnArgument()
{
    auto host = connect();
    QVERIFY(host);
    Command large = command("n=0\n");
    for (int i = 0; i < 60000; ++i)
        large.script += QStringLiteral("n=$((n+1)) # it's \"line\" %1\n").arg(i);
    large.script += QStringLiteral("echo $n; cat");
    large.input = "and input";
    QVERIFY(large.script.size() > 1024 * 1024);
    KWUP_RUN(output, host, large, {});
    QCOMPARE(output.out, QByteArray("60000\nand input"));
}

void TestSshCommands::inputIsStreamedAndEnds()
{
    auto host = connect();
    QVERIFY(host);
    Command count = command("wc -c");
    count.input = QByteArray(20 * 1024 * 1024, 'x');
    KWUP_RUN(output, host, count, {});
    QCOMPARE(output.out.trimmed(), QByteArray("20971520"));
}

void TestSshCommands::aCommandThatReadsNoInputDoesNoHarm()
{
    auto host = connect();
    QVERIFY(host);
    Command deaf = command("exec <&-; echo done");
    deaf.input = QByteArray(20 * 1024 * 1024, 'x');
    KWUP_RUN(output, host, deaf, {});
    QCOMPARE(output.out, QByteArray("done\n"));
    KWUP_RUN(next, host, command("echo next"), {});
    QCOMPARE(next.out, QByteArray("next\n"));
}

void TestSshCommands::eightMegabytesOfErrorsDoNotStall()
{
    auto host = connect();
    QVERIFY(host);
    KWUP_RUN(output, host, command("head -c 8388608 /dev/zero >&2; echo small"), {});
    QCOMPARE(output.out, QByteArray("small\n"));
    QCOMPARE(output.err.size(), 8388608);
    QVERIFY(!output.truncated);
}

void TestSshCommands::tooMuchOutputIsCountedAndDropped()
{
    auto host = connect();
    QVERIFY(host);
    Command much = command("head -c 3000000 /dev/zero; echo end >&2; exit 4");
    much.outputLimit = 1000000;
    KWUP_RUN(output, host, much, {});
    QCOMPARE(output.out.size(), 1000000);
    QCOMPARE(output.err, QByteArray("end\n"));
    QCOMPARE(output.exitCode, 4);
    QVERIFY(output.truncated);
}

void TestSshCommands::outputComesLive()
{
    auto host = connect();
    QVERIFY(host);
    const QString gate = m_server->path(QStringLiteral("gate"));
    Command live = command("printf first; until [ -e %1 ]; do sleep 0.02; done; printf second");
    live.script = live.script.arg(shellQuote(gate));
    QByteArray seen;
    live.onOutput = [this, &seen](const QByteArray &piece) {
        seen += piece;
        if (seen == "first") // without a live piece the command would never end
            m_server->writeFile(QStringLiteral("gate"), "x");
    };
    KWUP_RUN(output, host, live, {});
    QCOMPARE(output.out, QByteArray("firstsecond"));
    QCOMPARE(seen, output.out);
}

void TestSshCommands::aSignalIsNotAnExitCode()
{
    auto host = connect();
    QVERIFY(host);
    for (const char *signal : {"TERM", "SEGV", "KILL"}) {
        const QString script = QStringLiteral("kill -%1 $$; sleep 5").arg(QLatin1String(signal));
        KWUP_RUN(output, host, Command{script}, {});
        QCOMPARE(output.signal, QString::fromLatin1(signal));
        QVERIFY(!output.succeeded());
    }
}

void TestSshCommands::aBackgroundChildDoesNotHoldUs()
{
    auto host = connect();
    QVERIFY(host);
    QElapsedTimer timer;
    timer.start();
    KWUP_RUN(output, host, command("echo before; sleep 60 & exit 5"), {});
    QCOMPARE(output.exitCode, 5);
    QCOMPARE(output.out, QByteArray("before\n"));
    KWUP_RUN(next, host, command("echo next"), {});
    QCOMPARE(next.out, QByteArray("next\n"));
    QVERIFY(timer.elapsed() < 30000);
}

void TestSshCommands::aBackgroundChildAfterASignalDoesNotHoldUs()
{
    auto host = connect();
    QVERIFY(host);
    QElapsedTimer timer;
    timer.start();
    KWUP_RUN(output, host, command("echo before; sleep 60 & kill -TERM $$; sleep 60"), {});
    QCOMPARE(output.signal, QStringLiteral("TERM"));
    QCOMPARE(output.out, QByteArray("before\n"));
    QVERIFY(timer.elapsed() < 30000);
}

void TestSshCommands::aDeadlineEndsTheCommandAndTheSessionLives()
{
    auto host = connect();
    QVERIFY(host);
    Command slow = command("sleep 30");
    slow.deadline = 300ms;
    const auto result = host->run(slow, {});
    QCOMPARE(result.error().code, ErrorCode::CommandTimeout);
    QCOMPARE(result.error().args.value(0), QStringLiteral("sleep 30"));
    KWUP_RUN(next, host, command("echo next"), {});
    QCOMPARE(next.out, QByteArray("next\n"));
}

void TestSshCommands::cancelIsPrompt()
{
    auto host = connect();
    QVERIFY(host);
    std::stop_source source;
    Command slow = command("echo begun; sleep 30");
    QElapsedTimer timer;
    slow.onOutput = [&](const QByteArray &) { timer.start(); };
    std::jthread stopper([&] {
        while (!timer.isValid())
            std::this_thread::sleep_for(10ms);
        source.request_stop();
    });
    const auto result = host->run(slow, source.get_token());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    KWUP_RUN(next, host, command("echo next"), {});
    QCOMPARE(next.out, QByteArray("next\n"));
}

void TestSshCommands::aKilledSessionIsALostConnection()
{
    auto host = connect();
    QVERIFY(host);
    Command slow = command("echo begun; sleep 30; exit 0");
    slow.onOutput = [this](const QByteArray &) { m_server->killSessions(); };
    QCOMPARE(host->run(slow, {}).error().code, ErrorCode::ConnectionLost);
    QCOMPARE(host->run(command("true"), {}).error().code, ErrorCode::ConnectionLost);
}

void TestSshCommands::aFrozenHostIsSilent()
{
    auto host = connect();
    QVERIFY(host);
    QList<qint64> frozen;
    Command slow = command("echo begun; sleep 60");
    slow.silence = 2s;
    slow.onOutput = [this, &frozen](const QByteArray &) {
        frozen = m_server->sessionProcesses();
        for (const qint64 pid : frozen)
            ::kill(static_cast<pid_t>(pid), SIGSTOP);
    };
    QElapsedTimer timer;
    timer.start();
    const auto result = host->run(slow, {});
    const qint64 elapsed = timer.elapsed();
    host.reset(); // must not wait for the dead peer either
    const qint64 closed = timer.elapsed() - elapsed;
    for (const qint64 pid : frozen)
        ::kill(static_cast<pid_t>(pid), SIGCONT);
    QCOMPARE(result.error().code, ErrorCode::HostSilent);
    QVERIFY2(elapsed >= 2000 && elapsed < 20000, qPrintable(QString::number(elapsed)));
    QVERIFY2(closed < 5000, qPrintable(QString::number(closed)));
}

void TestSshCommands::aQuietCommandOnAHealthyHostIsNotSilent()
{
    auto host = connect();
    QVERIFY(host);
    Command quiet = command("sleep 8; echo done");
    quiet.silence = 6s; // keepalives are answered meanwhile
    KWUP_RUN(output, host, quiet, {});
    QCOMPARE(output.out, QByteArray("done\n"));
}

void TestSshCommands::theShellIsCleanAndSpeaksC()
{
    auto host = connect();
    QVERIFY(host);
    KWUP_RUN(output, host, command("echo $LC_ALL; echo \"$#\"; echo ${m-unset}"), {});
    QCOMPARE(output.out, QByteArray("C\n0\nunset\n"));
}

void TestSshCommands::manyCommandsUseOneConnection()
{
    auto host = connect();
    QVERIFY(host);
    for (int i = 0; i < 30; ++i) {
        KWUP_RUN(output, host, Command{QStringLiteral("echo %1").arg(i)}, {});
        QCOMPARE(output.out, QByteArray::number(i) + '\n');
    }
}

QTEST_GUILESS_MAIN(TestSshCommands)
#include "tst_SshCommands.moc"
