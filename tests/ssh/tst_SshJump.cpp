#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QCryptographicHash>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

/// One hop through another host.
class TestSshJump final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void commandsAndUploadsGoThrough();
    void bothHostKeysAreChecked();
    void aRefusedForwardingIsTold();
    void aClosedPortBehindTheJumpIsTold();
    void aFailedLoginOnTheJumpNamesTheJump();
    void aKilledJumpIsALostConnection();

private:
    HostSpec spec(const SshServer &jump) const;
    Result<std::unique_ptr<HostConnection>> connect(const HostSpec &spec);

    SshLibrary m_library;
    std::unique_ptr<SshServer> m_jump;
    std::unique_ptr<SshServer> m_target;
    ScriptedPrompts m_prompts;
};

void TestSshJump::initTestCase()
{
    m_jump = std::make_unique<SshServer>();
    m_target = std::make_unique<SshServer>();
    if (!m_jump->problem().isEmpty())
        QSKIP(qPrintable(m_jump->problem()));
}

HostSpec TestSshJump::spec(const SshServer &jump) const
{
    HostSpec host = m_target->spec();
    const HostSpec first = jump.spec();
    host.jump = JumpHost{first.address, first.port, first.user, first.auth, first.keyFile};
    return host;
}

Result<std::unique_ptr<HostConnection>> TestSshJump::connect(const HostSpec &spec)
{
    SshConnector connector(m_target->config());
    return connector.connect(spec, {}, m_prompts, {});
}

void TestSshJump::commandsAndUploadsGoThrough()
{
    auto result = connect(spec(*m_jump));
    if (!result)
        QFAIL(qPrintable(describe(result.error())));
    const auto host = std::move(result).value();
    QCOMPARE(host->hostId(), m_target->spec().id());
    Command both{QStringLiteral("echo $HOME; head -c 6000000 /dev/zero >&2; cat")};
    both.input = QByteArray(6000000, 'x');
    const auto output = host->run(both, {});
    QVERIFY(output.has_value());
    QCOMPARE(output->out, m_target->home().toUtf8() + '\n' + both.input);
    QCOMPARE(output->err.size(), 6000000);

    const QByteArray contents = QByteArray("0123456789abcdef").repeated(1024 * 1024);
    m_target->writeFile(QStringLiteral("local"), contents);
    UploadRequest upload;
    upload.localFile = m_target->path(QStringLiteral("local"));
    upload.remoteFile = m_target->path(QStringLiteral("remote"));
    upload.sha256 = QCryptographicHash::hash(contents, QCryptographicHash::Sha256).toHex();
    const auto sent = host->upload(upload, {});
    if (!sent)
        QFAIL(qPrintable(describe(sent.error())));
    QCOMPARE(m_target->readFile(QStringLiteral("remote")), contents);
}

void TestSshJump::bothHostKeysAreChecked()
{
    QFile::remove(m_target->config().ownKnownHostsFile);
    m_prompts = ScriptedPrompts();
    QVERIFY(connect(spec(*m_jump)).has_value());
    QCOMPARE(m_prompts.keys.size(), 2);
    QCOMPARE(m_prompts.keys[0].host, m_jump->spec().id());
    QCOMPARE(m_prompts.keys[1].host, m_target->spec().id());
    m_target->writeFile(QStringLiteral("user_known_hosts"),
                        "@revoked * " + m_jump->readFile(QStringLiteral("host.pub")));
    const auto result = connect(spec(*m_jump));
    QFile::remove(m_target->config().userKnownHostsFile);
    QCOMPARE(result.error().code, ErrorCode::HostKeyRevoked);
    QCOMPARE(result.error().host, m_jump->spec().id());
}

void TestSshJump::aRefusedForwardingIsTold()
{
    SshServer::Options options;
    options.configLines = {QStringLiteral("AllowTcpForwarding no")};
    const SshServer strict(options);
    const auto result = connect(spec(strict));
    QCOMPARE(result.error().code, ErrorCode::JumpHostFailed);
    QCOMPARE(result.error().host, m_target->spec().id());
    QCOMPARE(result.error().args.value(0), strict.spec().id());
}

void TestSshJump::aClosedPortBehindTheJumpIsTold()
{
    HostSpec host = spec(*m_jump);
    host.port = 1;
    QCOMPARE(connect(host).error().code, ErrorCode::JumpHostFailed);
}

void TestSshJump::aFailedLoginOnTheJumpNamesTheJump()
{
    HostSpec host = spec(*m_jump);
    host.jump->keyFile = m_target->path(QStringLiteral("key0"));
    const auto result = connect(host);
    QCOMPARE(result.error().code, ErrorCode::AuthenticationFailed);
    QCOMPARE(result.error().host, m_jump->spec().id());
}

void TestSshJump::aKilledJumpIsALostConnection()
{
    auto result = connect(spec(*m_jump));
    QVERIFY(result.has_value());
    Command slow{QStringLiteral("echo begun; sleep 5")};
    slow.onOutput = [this](const QByteArray &) { m_jump->killSessions(); };
    QCOMPARE(result.value()->run(slow, {}).error().code, ErrorCode::ConnectionLost);
}

QTEST_GUILESS_MAIN(TestSshJump)
#include "tst_SshJump.moc"
