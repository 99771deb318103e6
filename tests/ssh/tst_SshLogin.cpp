#include "core/ssh/KnownHosts.h"
#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <thread>

using namespace kwup;
using namespace kwup::test;
using namespace std::chrono_literals;

using Connected = Result<std::unique_ptr<HostConnection>>;

/// Host keys, user keys, agents and what goes wrong before a command can run.
class TestSshLogin final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void anUnknownKeyIsAskedOnceAndRemembered();
    void aRefusedKeyEndsTheConnection();
    void theUsersOwnFileIsHonouredAndNeverWritten();
    void aHashedEntryOfTheRealToolIsHonoured();
    void aChangedKeyIsRefused();
    void anotherStoredTypeIsAChangedKey();
    void aStoredTypeIsAskedForFirst();
    void aRevokedKeyIsRefused();
    void keysLogIn_data();
    void keysLogIn();
    void passphrasesAreToldApart_data();
    void passphrasesAreToldApart();
    void filesThatAreNoKeysAreTold();
    void aKeyTheServerDoesNotKnowIsRefused();
    void theAgentLogsIn();
    void aMissingAgentIsTold();
    void aClosedPortIsUnreachable();
    void anUnknownNameIsUnreachable();
    void aSilentPortTimesOut();
    void connectingCanBeCancelled();
    void aServerThatIsNotSshIsTold();

private:
    Connected connect(const HostSpec &spec, const HostSecrets &secrets = {});
    void know(const QByteArray &line) const;

    SshLibrary m_library;
    std::unique_ptr<SshServer> m_server;
    ScriptedPrompts m_prompts;
};

namespace {

QByteArray otherKey(const SshServer &server, const QString &name)
{
    const QByteArray line = server.readFile(name);
    return QByteArray::fromBase64(line.split(' ').value(1));
}

} // namespace

void TestSshLogin::initTestCase()
{
    SshServer::Options options;
    options.configLines = {QStringLiteral("MaxAuthTries 20")};
    m_server = std::make_unique<SshServer>(options);
    if (!m_server->problem().isEmpty())
        QSKIP(qPrintable(m_server->problem()));
}

void TestSshLogin::init()
{
    m_prompts = ScriptedPrompts();
    QFile::remove(m_server->config().userKnownHostsFile);
    QFile::remove(m_server->config().ownKnownHostsFile);
}

Connected TestSshLogin::connect(const HostSpec &spec, const HostSecrets &secrets)
{
    SshConfig config = m_server->config();
    config.connectTimeout = 15s;
    SshConnector connector(config);
    return connector.connect(spec, secrets, m_prompts, {});
}

void TestSshLogin::know(const QByteArray &line) const
{
    m_server->writeFile(QStringLiteral("user_known_hosts"), line);
}

void TestSshLogin::anUnknownKeyIsAskedOnceAndRemembered()
{
    QVERIFY(connect(m_server->spec()).has_value());
    QCOMPARE(m_prompts.keys.size(), 1);
    QCOMPARE(m_prompts.keys[0].host, m_server->spec().id());
    QCOMPARE(m_prompts.keys[0].keyType, QStringLiteral("ssh-ed25519"));
    QCOMPARE(m_prompts.keys[0].fingerprint, fingerprintOf(m_server->hostKeyBlob()));
    const QString own = m_server->config().ownKnownHostsFile;
    QCOMPARE(QFileInfo(own).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QVERIFY(connect(m_server->spec()).has_value());
    QCOMPARE(m_prompts.keys.size(), 1);
}

void TestSshLogin::aRefusedKeyEndsTheConnection()
{
    m_prompts.trusts = false;
    const auto result = connect(m_server->spec());
    QCOMPARE(result.error().code, ErrorCode::HostKeyUnknown);
    QVERIFY(!QFile::exists(m_server->config().ownKnownHostsFile));
}

void TestSshLogin::theUsersOwnFileIsHonouredAndNeverWritten()
{
    const QByteArray text = "# mine\nbroken line\n"
        + KnownHosts::line(QStringLiteral("127.0.0.1"), m_server->port(), m_server->hostKeyBlob());
    know(text);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not valid")));
    QVERIFY(connect(m_server->spec()).has_value());
    QVERIFY(m_prompts.keys.isEmpty());
    QCOMPARE(m_server->readFile(QStringLiteral("user_known_hosts")), text);
}

void TestSshLogin::aHashedEntryOfTheRealToolIsHonoured()
{
    know(KnownHosts::line(QStringLiteral("127.0.0.1"), m_server->port(), m_server->hostKeyBlob()));
    QProcess tool;
    tool.start(QStringLiteral("ssh-keygen"),
               {QStringLiteral("-H"), QStringLiteral("-f"), m_server->config().userKnownHostsFile});
    QVERIFY(tool.waitForFinished());
    QVERIFY(m_server->readFile(QStringLiteral("user_known_hosts")).startsWith("|1|"));
    QVERIFY(connect(m_server->spec()).has_value());
    QVERIFY(m_prompts.keys.isEmpty());
}

void TestSshLogin::aChangedKeyIsRefused()
{
    know("\n"
         + KnownHosts::line(QStringLiteral("127.0.0.1"), m_server->port(),
                            otherKey(*m_server, QStringLiteral("key0.pub"))));
    const auto result = connect(m_server->spec());
    QCOMPARE(result.error().code, ErrorCode::HostKeyChanged);
    QCOMPARE(result.error().args.value(2),
             m_server->config().userKnownHostsFile + QStringLiteral(":2"));
    QVERIFY(m_prompts.keys.isEmpty());
}

void TestSshLogin::anotherStoredTypeIsAChangedKey()
{
    const QString key = m_server->makeKey(QStringLiteral("ecdsa"));
    know(KnownHosts::line(QStringLiteral("127.0.0.1"), m_server->port(),
                          otherKey(*m_server, QFileInfo(key).fileName() + QStringLiteral(".pub"))));
    QCOMPARE(connect(m_server->spec()).error().code, ErrorCode::HostKeyChanged);
    QVERIFY(m_prompts.keys.isEmpty());
}

void TestSshLogin::aStoredTypeIsAskedForFirst()
{
    SshServer::Options options;
    options.hostKeyType = QStringLiteral("ecdsa");
    // A second key of the type that is preferred otherwise.
    options.configLines = {
        QStringLiteral("HostKey %1").arg(m_server->path(QStringLiteral("host")))};
    SshServer server(options);
    QVERIFY2(server.problem().isEmpty(), qPrintable(server.problem()));
    server.writeFile(
        QStringLiteral("user_known_hosts"),
        KnownHosts::line(QStringLiteral("127.0.0.1"), server.port(), server.hostKeyBlob()));
    SshConnector connector(server.config());
    QVERIFY(connector.connect(server.spec(), {}, m_prompts, {}).has_value());
    QVERIFY(m_prompts.keys.isEmpty());
}

void TestSshLogin::aRevokedKeyIsRefused()
{
    know("@revoked * " + m_server->readFile(QStringLiteral("host.pub")));
    QCOMPARE(connect(m_server->spec()).error().code, ErrorCode::HostKeyRevoked);
    QVERIFY(m_prompts.keys.isEmpty());
}

void TestSshLogin::keysLogIn_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<QStringList>("options");
    const auto row = [](const char *name, const char *type, const char *passphrase,
                        const QStringList &options) {
        QTest::newRow(name) << QString::fromLatin1(type) << QString::fromUtf8(passphrase)
                            << options;
    };
    const QStringList pem{QStringLiteral("-m"), QStringLiteral("PEM")};
    const QStringList pkcs8{QStringLiteral("-m"), QStringLiteral("PKCS8")};
    row("ed25519", "ed25519", "", {});
    row("ed25519 encrypted", "ed25519", "pass \xe5\x8f\xa3\xe4\xbb\xa4", {});
    row("ecdsa 256", "ecdsa", "", {});
    row("ecdsa 384 encrypted", "ecdsa", "passphrase",
        {QStringLiteral("-b"), QStringLiteral("384")});
    row("ecdsa 521", "ecdsa", "", {QStringLiteral("-b"), QStringLiteral("521")});
    row("rsa", "rsa", "", {});
    row("rsa encrypted", "rsa", "passphrase", {});
    row("rsa gcm", "rsa", "passphrase",
        {QStringLiteral("-Z"), QStringLiteral("aes256-gcm@openssh.com")});
    row("rsa many rounds", "rsa", "passphrase", {QStringLiteral("-a"), QStringLiteral("40")});
    row("rsa pem", "rsa", "", pem);
    row("rsa pem encrypted", "rsa", "passphrase", pem);
    row("ecdsa pkcs8", "ecdsa", "passphrase", pkcs8);
}

void TestSshLogin::keysLogIn()
{
    QFETCH(const QString, type);
    QFETCH(const QString, passphrase);
    QFETCH(const QStringList, options);
    const QString key = m_server->makeKey(type, passphrase, options);
    QVERIFY(QFile::exists(key));
    HostSecrets secrets;
    secrets.passphrase = Secret(passphrase.toUtf8());
    const auto result = connect(m_server->spec(key), secrets);
    if (!result)
        QFAIL(qPrintable(describe(result.error()) + QString::fromUtf8(result.error().evidence)));
}

void TestSshLogin::passphrasesAreToldApart_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("openssh") << QStringList{};
    QTest::newRow("openssh gcm") << QStringList{QStringLiteral("-Z"),
                                                QStringLiteral("aes256-gcm@openssh.com")};
    QTest::newRow("pem") << QStringList{QStringLiteral("-m"), QStringLiteral("PEM")};
    QTest::newRow("pkcs8") << QStringList{QStringLiteral("-m"), QStringLiteral("PKCS8")};
}

void TestSshLogin::passphrasesAreToldApart()
{
    QFETCH(const QStringList, options);
    const QString key =
        m_server->makeKey(QStringLiteral("rsa"), QStringLiteral("passphrase"), options);
    QCOMPARE(connect(m_server->spec(key)).error().code, ErrorCode::KeyPassphraseNeeded);
    HostSecrets secrets;
    secrets.passphrase = Secret("wrong");
    const auto wrong = connect(m_server->spec(key), secrets);
    QCOMPARE(wrong.error().code, ErrorCode::KeyPassphraseWrong);
    QCOMPARE(wrong.error().args.value(0), key);
    QCOMPARE(wrong.error().host, m_server->spec().id());
}

void TestSshLogin::filesThatAreNoKeysAreTold()
{
    m_server->writeFile(QStringLiteral("text"), "hello\n");
    m_server->writeFile(QStringLiteral("cut"),
                        m_server->readFile(QStringLiteral("key0")).left(150));
    m_server->writeFile(
        QStringLiteral("hostile"),
        "-----BEGIN OPENSSH PRIVATE KEY-----\n"
            + (QByteArray("openssh-key-v1\0", 15) + QByteArray(8, '\xff')).toBase64()
            + "\n-----END OPENSSH PRIVATE KEY-----\n");
    for (const char *name : {"text", "cut", "hostile", "key0.pub", "missing"}) {
        const auto result = connect(m_server->spec(m_server->path(QString::fromLatin1(name))));
        QCOMPARE(result.error().code, ErrorCode::KeyFileUnreadable);
    }
}

void TestSshLogin::aKeyTheServerDoesNotKnowIsRefused()
{
    const QString key = m_server->makeKey(QStringLiteral("ed25519"));
    m_server->writeFile(QStringLiteral("authorized_keys"),
                        m_server->readFile(QStringLiteral("key0.pub")));
    const auto result = connect(m_server->spec(key));
    QCOMPARE(result.error().code, ErrorCode::AuthenticationFailed);
    QCOMPARE(result.error().args.value(0), m_server->spec().user);
    QVERIFY(result.error().args.value(2).contains(QStringLiteral("publickey")));
}

void TestSshLogin::theAgentLogsIn()
{
    const QString socket = m_server->path(QStringLiteral("agent"));
    QProcess agent;
    agent.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
    if (!agent.waitForStarted())
        QSKIP("ssh-agent is not installed");
    QTRY_VERIFY(QFile::exists(socket));
    qputenv("SSH_AUTH_SOCK", socket.toLocal8Bit());
    HostSpec spec = m_server->spec();
    spec.auth = AuthMethod::Agent;
    spec.keyFile.clear();
    QCOMPARE(connect(spec).error().code, ErrorCode::AuthenticationFailed); // no key in it yet
    // The first key is one the server does not know: all of them have to be tried.
    for (const char *type : {"ed25519", "ecdsa", "rsa"}) {
        m_server->writeFile(QStringLiteral("authorized_keys"), QByteArray());
        const QString key = m_server->makeKey(QString::fromLatin1(type));
        QProcess add;
        add.start(QStringLiteral("ssh-add"), {QStringLiteral("-q"), key});
        QVERIFY(add.waitForFinished() && add.exitCode() == 0);
        const auto result = connect(spec);
        if (!result)
            QFAIL(qPrintable(QString::fromLatin1(type) + describe(result.error())));
    }
    qunsetenv("SSH_AUTH_SOCK");
    m_server->writeFile(QStringLiteral("authorized_keys"),
                        m_server->readFile(QStringLiteral("key0.pub")));
    agent.kill();
    agent.waitForFinished();
}

void TestSshLogin::aMissingAgentIsTold()
{
    HostSpec spec = m_server->spec();
    spec.auth = AuthMethod::Agent;
    qunsetenv("SSH_AUTH_SOCK");
    QCOMPARE(connect(spec).error().code, ErrorCode::AgentUnavailable);
    qputenv("SSH_AUTH_SOCK", m_server->path(QStringLiteral("nothing")).toLocal8Bit());
    QCOMPARE(connect(spec).error().code, ErrorCode::AgentUnavailable);
    qunsetenv("SSH_AUTH_SOCK");
}

void TestSshLogin::aClosedPortIsUnreachable()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HostSpec spec = m_server->spec();
    spec.port = server.serverPort();
    server.close();
    QCOMPARE(connect(spec).error().code, ErrorCode::HostUnreachable);
}

void TestSshLogin::anUnknownNameIsUnreachable()
{
    HostSpec spec = m_server->spec();
    spec.address = QStringLiteral("no such name");
    const ErrorCode code = connect(spec).error().code;
    QVERIFY(code == ErrorCode::HostUnreachable || code == ErrorCode::ConnectTimeout);
}

void TestSshLogin::aSilentPortTimesOut()
{
    QTcpServer server; // the kernel accepts, nobody answers
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HostSpec spec = m_server->spec();
    spec.port = server.serverPort();
    SshConfig config = m_server->config();
    config.connectTimeout = 500ms;
    SshConnector connector(config);
    const auto result = connector.connect(spec, {}, m_prompts, {});
    QCOMPARE(result.error().code, ErrorCode::ConnectTimeout);
    QCOMPARE(result.error().args.value(0), QStringLiteral("1"));
}

void TestSshLogin::connectingCanBeCancelled()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HostSpec spec = m_server->spec();
    spec.port = server.serverPort();
    std::stop_source source;
    std::jthread stopper([&source] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    QElapsedTimer timer;
    timer.start();
    SshConnector connector(m_server->config());
    const auto result = connector.connect(spec, {}, m_prompts, source.get_token());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QVERIFY(timer.elapsed() < 3000);
}

void TestSshLogin::aServerThatIsNotSshIsTold()
{
    std::atomic<quint16> port = 0;
    std::jthread web([&port](std::stop_token stop) {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        port = server.serverPort();
        while (!stop.stop_requested() && !server.waitForNewConnection(50)) { }
        if (QTcpSocket *client = server.nextPendingConnection()) {
            client->write(QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n"));
            client->waitForBytesWritten();
            client->disconnectFromHost();
        }
    });
    QTRY_VERIFY(port != 0);
    HostSpec spec = m_server->spec();
    spec.port = port;
    const ErrorCode code = connect(spec).error().code;
    QCOMPARE(code, ErrorCode::ProtocolError);
}

QTEST_GUILESS_MAIN(TestSshLogin)
#include "tst_SshLogin.moc"
