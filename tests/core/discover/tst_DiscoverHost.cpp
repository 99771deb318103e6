#include "core/discover/Discovery.h"
#include "tests/core/discover/ScratchHost.h"

#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kwup::test {

class tst_DiscoverHost final : public QObject {
    Q_OBJECT

private slots:
    void aClusterNodeIsReadCompletely();
    void everyFactNamesItsCommand();
    void aHostWithoutKwdbIsNotAnError();
    void aDamagedModeFileIsNotMistakenForNoKwdb();
    void aMissingModeFileBesideAUnitIsNotMistakenForNoKwdb();
    void aModeFileOf20TakesTheSecurityModeFromTheUnit();
    void aUnitWithoutSysctlIsBroken();
    void aUnitThatNamesAMissingProgramIsBroken();
    void aLeftOverStartArgumentIsSeen();
    void oneUnreadableFactDoesNotHideTheOthers();
    void theHolderOfThePackageManagersLockIsNamed();
    void theWizardsLockIsRead();
    void withoutRootTheRestIsStillRead();
    void aLostConnectionIsTheHostsError();
    void outputWithoutOurFramesIsTheHostsError();
    void hostsOfOtherFamiliesAreRecognised();
};

void tst_DiscoverHost::aClusterNodeIsReadCompletely()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    const auto facts = scratch.discover();
    QVERIFY(facts.isReachable());
    QVERIFY(facts.isInstalled());
    QVERIFY(*facts.deployment.value == Deployment::BarePackage);
    QVERIFY(*facts.runType.value == RunType::MultiReplication);
    QVERIFY(*facts.security.value == SecurityMode::Tls);
    QCOMPARE(facts.hostname.valueOr({}), QStringLiteral("n1"));
    QCOMPARE(facts.machineId.valueOr({}), QStringLiteral("0123456789abcdef0123456789abcdef"));
    QCOMPARE(facts.os.valueOr({}), QStringLiteral("Debian GNU/Linux 12 (bookworm)"));
    QCOMPARE(facts.osFamily.valueOr({}), QStringLiteral("deb"));
    QCOMPARE(facts.architecture.valueOr({}), QStringLiteral("x86_64"));
    QVERIFY(facts.cpuCount.valueOr(0) > 0);
    QVERIFY(facts.memoryBytes.valueOr(0) > 0);
    QVERIFY(facts.clockOffset.isKnown());
    QVERIFY(qAbs(*facts.clockOffset.value) < 1.0);
    QVERIFY(facts.privilege.value == PrivilegeMode::Root);
    QCOMPARE(facts.installedVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
    QCOMPARE(facts.binaryVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
    QCOMPARE(facts.packages.valueOr({}).size(), 2);
    QCOMPARE(facts.packages.value->first().name, QStringLiteral("kaiwudb-libcommon"));
    QCOMPARE(facts.packages.value->first().status, QStringLiteral("install ok installed"));
    QCOMPARE(facts.managementUser.valueOr({}), QStringLiteral("kaiwudb"));
    QCOMPARE(facts.advertisedAddress.valueOr({}), QStringLiteral("10.78.1.1"));
    QCOMPARE(facts.sqlPort.valueOr(0), 26257);
    QCOMPARE(facts.httpPort.valueOr(0), 8080);
    QCOMPARE(facts.startCommand.valueOr({}).advertiseAddress, QStringLiteral("10.78.1.1:26257"));
    QCOMPARE(facts.unitBroken.valueOr(true), false);
    QCOMPARE(facts.startArgument.valueOr(QStringLiteral("?")), QString());
    QCOMPARE(facts.service.valueOr({}).activeState, QStringLiteral("active"));
    QCOMPARE(facts.service.valueOr({}).mainPid, 50);
    QCOMPARE(facts.service.valueOr({}).unitFileState, QStringLiteral("disabled"));
    QVERIFY(!facts.service.valueOr({}).needDaemonReload);
    QCOMPARE(facts.dataRoot.valueOr({}), scratch.path(QStringLiteral("/var/lib/kaiwudb")));
    QVERIFY(facts.dataBytes.valueOr(0) >= 100000 && facts.dataBytes.valueOr(0) < 1000000);
    QVERIFY(facts.dataFreeBytes.valueOr(0) > 0);
    QVERIFY(facts.stageFreeBytes.valueOr(0) > 0);
    QVERIFY(facts.installFreeBytes.valueOr(0) > 0);
    QCOMPARE(facts.packageManagerLock.valueOr(QStringLiteral("?")), QString());
    QCOMPARE(facts.wizardLock.valueOr(QStringLiteral("?")), QString());
    QVERIFY(!facts.tools.valueOr(QStringLiteral("bash")).contains(QLatin1String("bash")));
    QCOMPARE(facts.otherNodes.valueOr({}),
             (QStringList{QStringLiteral("10.78.1.2"), QStringLiteral("10.78.1.3")}));
    QCOMPARE(facts.container.valueOr(QStringLiteral("?")), QString());
    QVERIFY(scratch.host().unexpected().isEmpty());
    const auto cli = kwbaseCliOf(facts);
    QVERIFY(cli);
    QCOMPARE(cli->address, QStringLiteral("127.0.0.1:26257"));
    QCOMPARE(cli->user, QStringLiteral("kaiwudb"));
    QVERIFY(cli->security == SecurityMode::Tls);
}

void tst_DiscoverHost::everyFactNamesItsCommand()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    const auto facts = scratch.discover();
    QCOMPARE(facts.runType.command, QStringLiteral("cat /etc/kaiwudb/info/MODE"));
    QCOMPARE(facts.installedVersion.command, QStringLiteral("cat /etc/kaiwudb/info/.version"));
    QCOMPARE(facts.installedVersion.raw, QByteArray("2.2.0\n"));
    QCOMPARE(facts.dataBytes.command,
             QStringLiteral("du -sxB1 ") + scratch.path(QStringLiteral("/var/lib/kaiwudb")));
    QVERIFY(facts.service.command.startsWith(QLatin1String("systemctl show kaiwudb")));
    QVERIFY(!facts.tools.command.isEmpty() && !facts.packageManagerLock.command.isEmpty());
}

void tst_DiscoverHost::aHostWithoutKwdbIsNotAnError()
{
    ScratchHost scratch;
    const auto facts = scratch.discover();
    QVERIFY(facts.isReachable());
    QVERIFY(facts.deployment.isKnown());
    QVERIFY(*facts.deployment.value == Deployment::None);
    QVERIFY(!facts.isInstalled());
    QCOMPARE(facts.os.valueOr({}), QStringLiteral("Debian GNU/Linux 12 (bookworm)"));
    QVERIFY(facts.runType.error.code == ErrorCode::NotInstalled);
    QVERIFY(facts.installedVersion.error.code == ErrorCode::NotInstalled);
    QVERIFY(facts.service.error.code == ErrorCode::NotInstalled);
    QVERIFY(facts.dataRoot.error.code == ErrorCode::NotInstalled);
    QVERIFY(facts.packages.isKnown() && facts.packages.value->isEmpty());
    QVERIFY(!kwbaseCliOf(facts));
}

void tst_DiscoverHost::aDamagedModeFileIsNotMistakenForNoKwdb()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.write(QStringLiteral("/etc/kaiwudb/info/MODE"), "bare\nwhatever\n");
    const auto facts = scratch.discover();
    QVERIFY(!facts.deployment.isKnown());
    QVERIFY(facts.deployment.error.code == ErrorCode::ModeInvalid);
    QCOMPARE(facts.deployment.error.host, QStringLiteral("node1"));
    // The unit still says how the node is started.
    QVERIFY(*facts.runType.value == RunType::MultiReplication);
    QCOMPARE(facts.advertisedAddress.valueOr({}), QStringLiteral("10.78.1.1"));
}

void tst_DiscoverHost::aMissingModeFileBesideAUnitIsNotMistakenForNoKwdb()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    QVERIFY(QFile::remove(scratch.path(QStringLiteral("/etc/kaiwudb/info/MODE"))));
    const auto facts = scratch.discover();
    QVERIFY(facts.deployment.error.code == ErrorCode::ModeInvalid);
    QCOMPARE(facts.dataRoot.valueOr({}), scratch.path(QStringLiteral("/var/lib/kaiwudb")));
}

void tst_DiscoverHost::aModeFileOf20TakesTheSecurityModeFromTheUnit()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.write(QStringLiteral("/etc/kaiwudb/info/MODE"),
                  "bare\nmulti-replication\n/usr/local/kaiwudb\n/nowhere/kw\n26257\n8080\nkaiwudb\n"
                  "10.78.1.1\n");
    const auto facts = scratch.discover();
    QVERIFY(*facts.security.value == SecurityMode::Tls);
    QVERIFY(!facts.dataBytes.isKnown());
    QVERIFY(facts.dataBytes.error.code == ErrorCode::CommandFailed);
    QVERIFY(!facts.dataFreeBytes.isKnown());
    QVERIFY(facts.dataFreeBytes.error.evidence.contains("/nowhere/kw"));
}

void tst_DiscoverHost::aUnitWithoutSysctlIsBroken()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.write(QStringLiteral("/etc/systemd/system/kaiwudb.service"),
                  "[Service]\nExecStartPre=/usr/bin/sudo -w vm.max_map_count=10000000\n"
                  "ExecStart=/usr/local/kaiwudb/bin/kwbase start --insecure\n");
    QCOMPARE(scratch.discover().unitBroken.valueOr(false), true);
}

void tst_DiscoverHost::aUnitThatNamesAMissingProgramIsBroken()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.write(QStringLiteral("/etc/systemd/system/kaiwudb.service"),
                  "[Service]\nExecStartPre=/no/such/sysctl -w vm.max_map_count=10000000\n"
                  "ExecStart=/usr/local/kaiwudb/bin/kwbase start --insecure\n");
    QCOMPARE(scratch.discover().unitBroken.valueOr(false), true);
}

void tst_DiscoverHost::aLeftOverStartArgumentIsSeen()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.write(QStringLiteral("/etc/kaiwudb/script/kaiwudb_env"),
                  "KWBASE_X=1\nKAIWUDB_START_ARG=\"--upgrade-complete \"\n");
    QCOMPARE(scratch.discover().startArgument.valueOr({}), QStringLiteral("--upgrade-complete"));
}

void tst_DiscoverHost::oneUnreadableFactDoesNotHideTheOthers()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    scratch.program(QStringLiteral("systemctl"), "echo 'Failed to connect to bus' >&2; exit 1\n");
    scratch.program(QStringLiteral("nproc"), "echo many\n");
    scratch.write(QStringLiteral("/etc/kaiwudb/info/.version"), "two\n");
    const auto facts = scratch.discover();
    QVERIFY(facts.isReachable());
    QVERIFY(facts.service.error.code == ErrorCode::CommandFailed);
    QCOMPARE(facts.service.error.exitCode, 1);
    QVERIFY(facts.service.error.evidence.contains("Failed to connect to bus"));
    QVERIFY(facts.cpuCount.error.code == ErrorCode::OutputUnexpected);
    QVERIFY(facts.installedVersion.error.code == ErrorCode::OutputUnexpected);
    QVERIFY(facts.memoryBytes.isKnown() && facts.runType.isKnown());
}

void tst_DiscoverHost::theHolderOfThePackageManagersLockIsNamed()
{
    ScratchHost scratch;
    scratch.write(QStringLiteral("/var/lib/dpkg/lock-frontend"), "");
    const QByteArray path = scratch.path(QStringLiteral("/var/lib/dpkg/lock-frontend")).toUtf8();
    const int file = ::open(path.constData(), O_RDWR);
    QVERIFY(file >= 0);
    QCOMPARE(scratch.discover().packageManagerLock.valueOr(QStringLiteral("?")), QString());
    struct flock lock = {};
    lock.l_type = F_WRLCK; // as dpkg does it
    lock.l_whence = SEEK_SET;
    QCOMPARE(::fcntl(file, F_SETLK, &lock), 0);
    const auto holder = scratch.discover().packageManagerLock.valueOr(QString());
    ::close(file);
    QVERIFY2(holder.contains(QStringLiteral("PID %1").arg(QCoreApplication::applicationPid())),
             qPrintable(holder));
}

void tst_DiscoverHost::theWizardsLockIsRead()
{
    ScratchHost scratch;
    scratch.write(QStringLiteral("/var/tmp/kwup.lock"), "who=li\nrun=1\n\x1b[2J");
    QCOMPARE(scratch.discover().wizardLock.valueOr({}), QStringLiteral("who=li\nrun=1"));
    QVERIFY(QFile::remove(scratch.path(QStringLiteral("/var/tmp/kwup.lock"))));
    QVERIFY(QFile::link(QStringLiteral("/etc/shadow"),
                        scratch.path(QStringLiteral("/var/tmp/kwup.lock"))));
    QVERIFY(!scratch.discover().wizardLock.isKnown());
}

void tst_DiscoverHost::withoutRootTheRestIsStillRead()
{
    class NoRoot final : public HostConnection {
    public:
        explicit NoRoot(std::unique_ptr<HostConnection> inner)
            : m_inner(std::move(inner))
        { }
        Result<CommandOutput> run(const Command &command, std::stop_token stop) override
        {
            m_ranAsRoot = m_ranAsRoot || command.runAs == RunAs::Root;
            return m_inner->run(command, stop);
        }
        QString hostId() const override { return m_inner->hostId(); }
        Result<void> upload(const UploadRequest &request, std::stop_token stop) override
        {
            return m_inner->upload(request, stop);
        }
        Result<PrivilegeMode> probePrivilege(std::stop_token) override
        {
            return Error{ErrorCode::SudoNotAllowed, hostId()};
        }
        bool m_ranAsRoot = false;

    private:
        std::unique_ptr<HostConnection> m_inner;
    };
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    NoRoot connection(scratch.host().connect());
    const auto facts = discoverHost(connection, scratch.spec(), {});
    QVERIFY(facts.isReachable());
    QVERIFY(facts.privilege.error.code == ErrorCode::SudoNotAllowed);
    QVERIFY(facts.isInstalled());
    QVERIFY(!connection.m_ranAsRoot);
}

void tst_DiscoverHost::aLostConnectionIsTheHostsError()
{
    FakeHost host;
    FakeReply lost;
    lost.losesConnection = true;
    host.on(QStringLiteral("kwup_begin"), {lost});
    const auto connection = host.connect();
    HostSpec spec;
    spec.address = QStringLiteral("node1");
    const auto facts = discoverHost(*connection, spec, {});
    QVERIFY(!facts.isReachable());
    QVERIFY(facts.error.code == ErrorCode::ConnectionLost);
    QVERIFY(!facts.isInstalled() && !facts.hostname.isKnown());
}

void tst_DiscoverHost::outputWithoutOurFramesIsTheHostsError()
{
    FakeHost host;
    FakeReply reply;
    reply.out = "This account is currently not available.\n";
    reply.exitCode = 1;
    host.on(QStringLiteral("kwup_begin"), {reply});
    const auto connection = host.connect();
    HostSpec spec;
    spec.address = QStringLiteral("node1");
    const auto facts = discoverHost(*connection, spec, {});
    QVERIFY(facts.error.code == ErrorCode::OutputUnexpected);
    QCOMPARE(facts.error.evidence, reply.out);
}

void tst_DiscoverHost::hostsOfOtherFamiliesAreRecognised()
{
    ScratchHost scratch;
    scratch.program(QStringLiteral("dpkg-query"), "exit 1\n");
    scratch.program(QStringLiteral("rpm"), "exit 1\n");
    scratch.write(QStringLiteral("/etc/os-release"),
                  "NAME='Anolis OS'\nID=anolis\nID_LIKE=\"rhel fedora\"\n");
    const auto facts = scratch.discover();
    QCOMPARE(facts.osFamily.valueOr({}), QStringLiteral("rpm"));
    QCOMPARE(facts.os.valueOr({}), QStringLiteral("Anolis OS"));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::tst_DiscoverHost)
#include "tst_DiscoverHost.moc"
