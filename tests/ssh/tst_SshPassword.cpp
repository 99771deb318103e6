#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QTest>

using namespace kwup;
using namespace kwup::test;

using Connected = Result<std::unique_ptr<HostConnection>>;

/// Passwords and PAM dialogues. Needs root for a private /etc/shadow; else skipped.
class TestSshPassword final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void passwordsLogIn_data();
    void passwordsLogIn();
    void aWrongPasswordIsTold();
    void anExpiredPasswordIsTold();
    void anExpiredPasswordIsChangedInTheDialogue();
    void givingUpInTheDialogueEndsTheLogin();
    void aKeyAndThenAPasswordLogIn();

private:
    Connected connect(const SshServer &server, AuthMethod method, const char *password,
                      const char *user = "kwuser");
    std::unique_ptr<SshServer> server(const QStringList &lines);

    SshLibrary m_library;
    ScriptedPrompts m_prompts;
};

namespace {

const QStringList Both{QStringLiteral("PasswordAuthentication yes"),
                       QStringLiteral("KbdInteractiveAuthentication yes")};
const QStringList OnlyPassword{QStringLiteral("PasswordAuthentication yes"),
                               QStringLiteral("KbdInteractiveAuthentication no")};
const QStringList OnlyDialogue{QStringLiteral("PasswordAuthentication no"),
                               QStringLiteral("KbdInteractiveAuthentication yes")};

QList<Secret> one(const char *answer)
{
    return {Secret(answer)};
}

} // namespace

void TestSshPassword::initTestCase()
{
    const auto probe = server(Both);
    if (!probe->problem().isEmpty())
        QSKIP(qPrintable(probe->problem()));
}

void TestSshPassword::init()
{
    m_prompts = ScriptedPrompts();
}

std::unique_ptr<SshServer> TestSshPassword::server(const QStringList &lines)
{
    SshServer::Options options;
    options.configLines = lines;
    const QByteArray hash = SshServer::crypted("right horse");
    options.shadowLines = "kwuser:" + hash + ":19000:0:99999:7:::\nkwold:" + hash
        + ":0:0:99999:7:::\n"; // day 0: must be changed at the next login
    return std::make_unique<SshServer>(options);
}

Connected TestSshPassword::connect(const SshServer &server, AuthMethod method, const char *password,
                                   const char *user)
{
    HostSpec spec = server.spec();
    spec.auth = method;
    spec.user = QString::fromLatin1(user);
    HostSecrets secrets;
    secrets.password = Secret(password);
    SshConnector connector(server.config());
    return connector.connect(spec, secrets, m_prompts, {});
}

void TestSshPassword::passwordsLogIn_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<AuthMethod>("method");
    QTest::newRow("password, both offered") << Both << AuthMethod::Password;
    QTest::newRow("password, only password") << OnlyPassword << AuthMethod::Password;
    QTest::newRow("password, only dialogue") << OnlyDialogue << AuthMethod::Password;
    QTest::newRow("dialogue, both offered") << Both << AuthMethod::KeyboardInteractive;
    QTest::newRow("dialogue, only password") << OnlyPassword << AuthMethod::KeyboardInteractive;
}

void TestSshPassword::passwordsLogIn()
{
    QFETCH(const QStringList, lines);
    QFETCH(const AuthMethod, method);
    const auto daemon = server(lines);
    const auto result = connect(*daemon, method, "right horse");
    if (!result)
        QFAIL(qPrintable(describe(result.error()) + daemon->log().right(1000)));
    const auto output = result.value()->run(Command{QStringLiteral("echo in")}, {});
    QVERIFY(output.has_value());
    QCOMPARE(output->out, QByteArray("in\n"));
    QVERIFY(m_prompts.questions.isEmpty());
}

void TestSshPassword::aWrongPasswordIsTold()
{
    for (const QStringList &lines : {OnlyPassword, OnlyDialogue}) {
        const auto daemon = server(lines);
        const auto result = connect(*daemon, AuthMethod::Password, "wrong");
        QCOMPARE(result.error().code, ErrorCode::AuthenticationFailed);
        QCOMPARE(result.error().args.value(0), QStringLiteral("kwuser"));
        QVERIFY(!result.error().evidence.contains("wrong"));
    }
}

void TestSshPassword::anExpiredPasswordIsTold()
{
    const auto daemon = server(OnlyPassword);
    auto result = connect(*daemon, AuthMethod::Password, "right horse", "kwold");
    ErrorCode code = ErrorCode::None;
    if (!result)
        code = result.error().code;
    else // the server lets the login pass and refuses every command
        code = result.value()->run(Command{QStringLiteral("true")}, {}).error().code;
    QCOMPARE(code, ErrorCode::PasswordExpired);
}

void TestSshPassword::anExpiredPasswordIsChangedInTheDialogue()
{
    const auto daemon = server(OnlyDialogue);
    m_prompts.answers = {one("right horse"), one("New Battery 9 staple"),
                         one("New Battery 9 staple")};
    const auto result = connect(*daemon, AuthMethod::KeyboardInteractive, "right horse", "kwold");
    if (!result) {
        QFAIL(qPrintable(describe(result.error()) + m_prompts.questions.join(u'|')
                         + daemon->log().right(1000)));
    }
    const auto output = result.value()->run(Command{QStringLiteral("echo in")}, {});
    QVERIFY(output.has_value());
    m_prompts = ScriptedPrompts();
    QVERIFY(connect(*daemon, AuthMethod::KeyboardInteractive, "New Battery 9 staple", "kwold")
                .has_value());
    QVERIFY(m_prompts.questions.isEmpty());
}

void TestSshPassword::givingUpInTheDialogueEndsTheLogin()
{
    const auto daemon = server(OnlyDialogue);
    const auto result = connect(*daemon, AuthMethod::KeyboardInteractive, "");
    QCOMPARE(result.error().code, ErrorCode::AuthenticationFailed);
    QCOMPARE(m_prompts.questions.value(0).trimmed(), QStringLiteral("Password:"));
}

void TestSshPassword::aKeyAndThenAPasswordLogIn()
{
    const auto daemon = server(
        OnlyPassword + QStringList{QStringLiteral("AuthenticationMethods publickey,password")});
    const auto result = connect(*daemon, AuthMethod::KeyFile, "right horse");
    if (!result)
        QFAIL(qPrintable(describe(result.error())));
}

QTEST_GUILESS_MAIN(TestSshPassword)
#include "tst_SshPassword.moc"
