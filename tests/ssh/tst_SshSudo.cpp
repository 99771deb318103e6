#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QFile>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

/// sudo's dialogue, played by a stand-in with the real one's words and bad habits: it reads
/// standard input as soon as it is asked to, asks three times, flushes a terminal's input.
class TestSshSudo final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void rootNeedsNoSudo();
    void commandsRunAsRoot_data();
    void commandsRunAsRoot();
    void failuresAreToldApart_data();
    void failuresAreToldApart();
    void thePasswordIsSeenByNobody_data();
    void thePasswordIsSeenByNobody();
    void theLoginPasswordIsTriedForSudo();
    void aProfileThatSaysPasswordIsNotAskedTwice();

private:
    std::unique_ptr<HostConnection> connect(const QByteArray &sudoPassword,
                                            const QByteArray &password = {},
                                            PrivilegeMode mode = PrivilegeMode::Detect);
    void setMode(const QByteArray &mode);

    SshLibrary m_library;
    std::unique_ptr<SshServer> m_server;
};

namespace {

const QByteArray Password = "s3cret 'pw";

// $HOME/mode: nopasswd | password | denied | requiretty. Root is who has FAKE_ROOT set.
const QByteArray FakeSudo = R"sh(#!/bin/bash
mode=$(cat "$HOME/mode")
echo "argv: $*" >> "$HOME/seen"; env >> "$HOME/seen"
n= S= prompt='Password:'
while :; do
    case $1 in
    -n) n=1; shift;;
    -S) S=1; shift;;
    -k|--) shift;;
    -p) prompt=$2; shift 2;;
    *) break;;
    esac
done
if [ "$mode" = requiretty ] && ! [ -t 0 ]; then
    echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1
fi
if [ "$mode" != nopasswd ]; then
    [ -n "$n" ] && [ "$mode" = requiretty ] && { echo 'sudo: a password is required' >&2; exit 1; }
    [ -n "$n" ] && { echo 'sudo: a password is required' >&2; exit 1; }
    tries=0
    while :; do
        [ -t 0 ] && old=$(stty -g) && stty -echo
        printf '%s' "$prompt" >&2
        IFS= read -r given || { echo >&2; echo 'sudo: no password was provided' >&2; exit 1; }
        if [ -t 0 ]; then # TCSAFLUSH: what was typed ahead is gone
            while IFS= read -r -t 0.05 -N 1 x; do :; done
            stty "$old"; echo >&2
        fi
        [ "$given" = "s3cret 'pw" ] && break
        tries=$((tries + 1))
        [ $tries -ge 3 ] && { echo "sudo: 3 incorrect password attempts" >&2; exit 1; }
        echo 'Sorry, try again.' >&2
    done
    if [ "$mode" = denied ]; then
        echo 'kwuser is not in the sudoers file.' >&2; exit 1
    fi
fi
FAKE_ROOT=1 exec "$@"
)sh";
const QByteArray FakeId = "#!/bin/sh\n[ \"$1\" = -u ] && { [ -n \"$FAKE_ROOT\" ] && echo 0 || "
                          "echo 1000; exit; }\nexec /usr/bin/id \"$@\"\n";

} // namespace

void TestSshSudo::initTestCase()
{
    m_server = std::make_unique<SshServer>();
    if (!m_server->problem().isEmpty())
        QSKIP(qPrintable(m_server->problem()));
    m_server->writeFile(QStringLiteral("home/bin/id"), FakeId, true);
}

void TestSshSudo::init()
{
    m_server->writeFile(QStringLiteral("home/bin/sudo"), FakeSudo, true);
    QFile::remove(m_server->path(QStringLiteral("home/seen")));
}

void TestSshSudo::setMode(const QByteArray &mode)
{
    m_server->writeFile(QStringLiteral("home/mode"), mode);
}

std::unique_ptr<HostConnection> TestSshSudo::connect(const QByteArray &sudoPassword,
                                                     const QByteArray &password, PrivilegeMode mode)
{
    HostSpec spec = m_server->spec();
    spec.privilege = mode;
    HostSecrets secrets;
    secrets.sudoPassword = Secret(sudoPassword);
    secrets.password = Secret(password);
    SshConnector connector(m_server->config());
    ScriptedPrompts prompts;
    auto connection = connector.connect(spec, secrets, prompts, {});
    return connection ? std::move(connection).value() : nullptr;
}

void TestSshSudo::rootNeedsNoSudo()
{
    m_server->writeFile(QStringLiteral("home/bin/id"), "#!/bin/sh\necho 0\n", true);
    auto host = connect("");
    QVERIFY(host);
    const auto mode = host->probePrivilege({});
    m_server->writeFile(QStringLiteral("home/bin/id"), FakeId, true);
    QVERIFY(mode.has_value());
    QCOMPARE(*mode, PrivilegeMode::Root);
    QVERIFY(!QFile::exists(m_server->path(QStringLiteral("home/seen"))));
}

void TestSshSudo::commandsRunAsRoot_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<PrivilegeMode>("privilege");
    QTest::newRow("without password") << QByteArray("nopasswd") << PrivilegeMode::SudoNoPassword;
    QTest::newRow("with password") << QByteArray("password") << PrivilegeMode::SudoPassword;
    QTest::newRow("with terminal") << QByteArray("requiretty") << PrivilegeMode::SudoPassword;
}

void TestSshSudo::commandsRunAsRoot()
{
    QFETCH(const QByteArray, mode);
    QFETCH(const PrivilegeMode, privilege);
    setMode(mode);
    auto host = connect(Password);
    QVERIFY(host);
    const auto found = host->probePrivilege({});
    if (!found)
        QFAIL(qPrintable(describe(found.error()) + QString::fromUtf8(found.error().evidence)));
    QCOMPARE(*found, privilege);
    Command command{
        QStringLiteral("id -u; cat; printf 'no newline\\r\\n\\377'; echo err >&2; exit 6")};
    command.runAs = RunAs::Root;
    command.input = QByteArray("input\x03\x04\x11 \xff line\n").repeated(5000);
    const auto output = host->run(command, {});
    if (!output)
        QFAIL(qPrintable(describe(output.error()) + QString::fromUtf8(output.error().evidence)));
    QCOMPARE(output->out.size(), command.input.size() + 15);
    QCOMPARE(output->out, "0\n" + command.input + "no newline\r\n\xff");
    QCOMPARE(output->err, QByteArray("err\n"));
    QCOMPARE(output->exitCode, 6);
}

void TestSshSudo::failuresAreToldApart_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char *name, const char *mode, const QByteArray &password,
                        ErrorCode code) {
        QTest::newRow(name) << QByteArray(mode) << password << code;
    };
    row("wrong", "password", "wrong", ErrorCode::SudoPasswordWrong);
    row("needed", "password", "", ErrorCode::SudoPasswordNeeded);
    row("denied", "denied", Password, ErrorCode::SudoNotAllowed);
    row("wrong, terminal", "requiretty", "wrong", ErrorCode::SudoPasswordWrong);
    row("missing", "missing", Password, ErrorCode::SudoMissing);
}

void TestSshSudo::failuresAreToldApart()
{
    QFETCH(const QByteArray, mode);
    QFETCH(const QByteArray, password);
    QFETCH(const ErrorCode, code);
    setMode(mode);
    if (mode == "missing") { // what env says when there is no such program
        m_server->writeFile(QStringLiteral("home/bin/sudo"),
                            "#!/bin/sh\necho \"env: 'sudo': No such file or directory\" >&2\n"
                            "exit 127\n",
                            true);
    }
    auto host = connect(password);
    QVERIFY(host);
    Command command{QStringLiteral("touch ran")};
    command.runAs = RunAs::Root;
    const auto result = host->run(command, {});
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, code);
    QVERIFY(!QFile::exists(m_server->path(QStringLiteral("home/ran"))));
    QVERIFY(!result.error().evidence.contains("s3cret"));
}

void TestSshSudo::thePasswordIsSeenByNobody_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("nopasswd") << QByteArray("nopasswd");
    QTest::newRow("password") << QByteArray("password");
    QTest::newRow("requiretty") << QByteArray("requiretty");
}

void TestSshSudo::thePasswordIsSeenByNobody()
{
    QFETCH(const QByteArray, mode);
    setMode(mode);
    auto host = connect(Password, "", PrivilegeMode::SudoPassword);
    QVERIFY(host);
    Command command{QStringLiteral("env; cat; tr '\\0' '\\n' < /proc/$PPID/cmdline")};
    command.runAs = RunAs::Root;
    command.input = "payload";
    const auto output = host->run(command, {});
    QVERIFY(output.has_value());
    QVERIFY(output->out.contains("payload"));
    QVERIFY(!(output->out + output->err).contains("s3cret"));
    QVERIFY(!m_server->readFile(QStringLiteral("home/seen")).contains("s3cret"));
    QVERIFY(!m_server->log().contains(QStringLiteral("s3cret")));
}

void TestSshSudo::theLoginPasswordIsTriedForSudo()
{
    setMode("password");
    auto host = connect("", Password);
    QVERIFY(host);
    const auto found = host->probePrivilege({});
    QVERIFY(found.has_value());
    QCOMPARE(*found, PrivilegeMode::SudoPassword);
}

void TestSshSudo::aProfileThatSaysPasswordIsNotAskedTwice()
{
    setMode("password");
    auto host = connect(Password, "", PrivilegeMode::SudoPassword);
    QVERIFY(host);
    QVERIFY(host->probePrivilege({}).has_value());
    // A failed `sudo -n` would stand in the host's log for nothing.
    QVERIFY(!m_server->readFile(QStringLiteral("home/seen")).contains("argv: -n"));
}

QTEST_GUILESS_MAIN(TestSshSudo)
#include "tst_SshSudo.moc"
