#include "core/discover/Discovery.h"
#include "core/discover/FactRows.h"
#include "tests/core/discover/ScratchHost.h"

#include <QFile>
#include <QProcess>
#include <QTest>

namespace kwup::test {

/// Hosts without packages: containers, and servers that somebody started by hand.
class tst_DiscoverDeployments final : public QObject {
    Q_OBJECT

private slots:
    void composeAndRunContainersAreToldApart_data();
    void composeAndRunContainersAreToldApart();
    void aContainerOfTheScriptIsReadThroughDocker();
    void theDataOfAContainerIsFoundOnTheHost_data();
    void theDataOfAContainerIsFoundOnTheHost();
    void aServerStartedByHandIsASourceDeployment();
    void aServerThatIsAScriptIsAskedByTheWordThatStartedIt();
};

void tst_DiscoverDeployments::composeAndRunContainersAreToldApart_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("deployment");
    QTest::newRow("compose") << QByteArray(
        "kaiwudb-experience|kwdb/kwdb:2.2.0|Up 3 days|kwdb|\"/bin/bash -c './kwbase "
        "start-single-node --insecure --listen-addr=0.0.0.0:26257'\"")
                             << "compose";
    QTest::newRow("run") << QByteArray("kwdb|kwdb/kwdb:2.2.0|Exited (0) 5 minutes ago||\"./kwbase "
                                       "start-single-node --insecure --listen-addr=0.0.0.0:26257\"")
                         << "docker-run";
}

void tst_DiscoverDeployments::composeAndRunContainersAreToldApart()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, deployment);
    ScratchHost scratch;
    scratch.write(QStringLiteral("/ps"), "web|nginx|Up 2 days||\"nginx\"\n" + row + "\n");
    scratch.program(QStringLiteral("docker"),
                    "cat " + scratch.path(QStringLiteral("/ps")).toUtf8() + "\n");
    const auto facts = scratch.discover();
    QVERIFY(facts.deployment.isKnown());
    QCOMPARE(toString(*facts.deployment.value), deployment);
    QVERIFY(*facts.runType.value == RunType::Single);
    QVERIFY(*facts.security.value == SecurityMode::Insecure);
    QCOMPARE(facts.container.valueOr({}), QString::fromUtf8(row.left(row.indexOf('|'))));
    const auto cli = kwbaseCliOf(facts);
    QVERIFY(cli);
    QCOMPARE(cli->container, *facts.container.value);
    QCOMPARE(cli->binary, QStringLiteral("/kaiwudb/bin/kwbase"));
    for (const FactRow &shown : factRows(facts)) {
        // Without deploy script there is no unit and no MODE; that is no problem to show.
        if (shown.key == QLatin1String("service") || shown.key == QLatin1String("management-user"))
            QCOMPARE(shown.value + shown.problem, QString());
    }
}

void tst_DiscoverDeployments::aContainerOfTheScriptIsReadThroughDocker()
{
    ScratchHost scratch;
    scratch.installKwdb("10.78.1.1");
    QFile::remove(scratch.path(QStringLiteral("/usr/local/kaiwudb/bin/kwbase")));
    scratch.write(QStringLiteral("/etc/kaiwudb/info/MODE"),
                  "container\nsingle\nkaiwudb:2.2.0\n/var/tmp\n26257\n8080\nkaiwudb\ninsecure\n"
                  "10.78.1.1\n");
    scratch.program(
        QStringLiteral("docker"),
        "case \"$*\" in *version*) echo 'KaiwuDB Version:  V2.2.0';;\n"
        "*Status*) echo 'kaiwudb-container|kaiwudb:2.2.0|Up 1 day|script|\"/bin/bash -c "
        "/kaiwudb/bin/kwbase start-single-node --insecure\"';;\n"
        "*) echo 'kaiwudb-container|\"/kaiwudb/bin/kwbase\"';; esac\n");
    const auto facts = scratch.discover();
    QVERIFY(*facts.deployment.value == Deployment::ContainerPackage);
    QCOMPARE(facts.container.valueOr({}), QStringLiteral("kaiwudb-container"));
    QCOMPARE(facts.binaryVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
    QVERIFY(facts.startCommand.valueOr({}).runType() == RunType::Single);
}

void tst_DiscoverDeployments::theDataOfAContainerIsFoundOnTheHost_data()
{
    QTest::addColumn<QByteArray>("mounts");
    QTest::addColumn<QString>("root"); // empty: not known
    QTest::newRow("bind mount") << QByteArray("/dev|/dev\n/kaiwudb/deploy/kw|/srv/kw\n\n")
                                << "/srv/kw";
    QTest::newRow("below a mount") << QByteArray("/kaiwudb|/srv/all\n") << "/srv/all/deploy/kw";
    QTest::newRow("the innermost mount")
        << QByteArray("/kaiwudb/deploy|/srv/b\n/kaiwudb|/srv/a\n") << "/srv/b/kw";
    QTest::newRow("a name that only begins alike")
        << QByteArray("/kaiwudb/deploy/k|/srv/k\n") << "";
    QTest::newRow("no mount") << QByteArray("/dev|/dev\n\n") << "";
}

void tst_DiscoverDeployments::theDataOfAContainerIsFoundOnTheHost()
{
    QFETCH(QByteArray, mounts);
    QFETCH(QString, root);
    ScratchHost scratch;
    const QByteArray start = "./kwbase start-single-node --insecure --listen-addr=0.0.0.0:26257 "
                             "--http-addr=0.0.0.0:8080 --store=/kaiwudb/deploy/kw";
    scratch.write(QStringLiteral("/mounts"), mounts);
    scratch.program(QStringLiteral("docker"),
                    "case \"$*\" in *Mounts*) cat "
                        + scratch.path(QStringLiteral("/mounts")).toUtf8()
                        + ";;\n*PortBindings*) printf '26257/tcp|26300\\n8080/tcp|\\n';;\n*Args*) "
                          "echo -c; echo '"
                        + start
                        + "';;\n*version*) echo 'KaiwuDB Version:  V2.2.0';;\n*Status*) echo "
                          "'kw|kwdb/kwdb:2.2.0|Up 1 day||\""
                        + start + "\"';;\n*) echo 'kw|\"" + start + "\"';; esac\n");
    const auto facts = scratch.discover();
    QVERIFY(*facts.deployment.value == Deployment::DockerRun);
    QCOMPARE(facts.dataRoot.valueOr({}), root);
    QCOMPARE(facts.dataRoot.command, QStringLiteral("docker inspect CONTAINER"));
    if (root.isEmpty())
        QVERIFY(facts.dataRoot.error.evidence.contains("/kaiwudb/deploy/kw"));
    QCOMPARE(facts.sqlPort.valueOr(0), 26300);
    QCOMPARE(facts.httpPort.valueOr(0), 8080); // docker chooses a port; only it knows which
    QCOMPARE(facts.installedVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
}

void tst_DiscoverDeployments::aServerStartedByHandIsASourceDeployment()
{
    ScratchHost scratch;
    scratch.write(QStringLiteral("/src/kwbase"), "#!/bin/sh\nread nothing\n");
    const QString program = scratch.path(QStringLiteral("/src/kwbase"));
    QVERIFY(QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner));
    QProcess server;
    server.setWorkingDirectory(scratch.path(QStringLiteral("/src")));
    server.start(program,
                 {QStringLiteral("start-single-node"), QStringLiteral("--insecure"),
                  QStringLiteral("--listen-addr=127.0.0.1:30000"), QStringLiteral("--store=data")});
    QVERIFY(server.waitForStarted());
    // The name of the process is set when exec is done, which may be after the start is reported.
    QTRY_COMPARE(([&] {
                     QFile comm(QStringLiteral("/proc/%1/comm").arg(server.processId()));
                     return comm.open(QIODevice::ReadOnly) ? comm.readAll() : QByteArray();
                 }()),
                 QByteArray("kwbase\n"));
    scratch.setProcess(server.processId());
    const auto facts = scratch.discover();
    server.closeWriteChannel();
    QVERIFY(server.waitForFinished());
    QVERIFY(facts.deployment.isKnown());
    QVERIFY(*facts.deployment.value == Deployment::Source);
    QVERIFY(*facts.runType.value == RunType::Single);
    QCOMPARE(facts.sqlPort.valueOr(0), 30000);
    QCOMPARE(facts.dataRoot.valueOr({}), scratch.path(QStringLiteral("/src/data")));
    QVERIFY(!facts.managementUser.valueOr({}).isEmpty());
    const auto cli = kwbaseCliOf(facts);
    QVERIFY(cli);
    QCOMPARE(cli->binary, program);
    QCOMPARE(cli->address, QStringLiteral("127.0.0.1:30000"));
}

void tst_DiscoverDeployments::aServerThatIsAScriptIsAskedByTheWordThatStartedIt()
{
    ScratchHost scratch;
    scratch.write(
        QStringLiteral("/src/bin/kwbase"),
        "#!/bin/sh\ncase $1 in version) echo \"KaiwuDB Version:  $KW_TAG$LD_LIBRARY_PATH\";; "
        "*) read nothing;; esac\n");
    const QString program = scratch.path(QStringLiteral("/src/bin/kwbase"));
    QVERIFY(QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner));
    QProcess server;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_LIBRARY_PATH"), QStringLiteral("V2.2.0"));
    server.setProcessEnvironment(environment);
    server.start(QStringLiteral("sh"),
                 {QStringLiteral("-c"),
                  QStringLiteral("cd '%1' && exec ./kwbase start --insecure --store=data")
                      .arg(scratch.path(QStringLiteral("/src/bin")))});
    QVERIFY(server.waitForStarted());
    QTRY_COMPARE(([&] {
                     QFile comm(QStringLiteral("/proc/%1/comm").arg(server.processId()));
                     return comm.open(QIODevice::ReadOnly) ? comm.readAll() : QByteArray();
                 }()),
                 QByteArray("kwbase\n"));
    // A script is run as "sh ./kwbase …": its own words begin at the second.
    scratch.setProcess(server.processId());
    const auto facts = scratch.discover();
    server.closeWriteChannel();
    QVERIFY(server.waitForFinished());
    QVERIFY(*facts.deployment.value == Deployment::Source);
    QCOMPARE(facts.startCommand.valueOr({}).words.value(0), program);
    QCOMPARE(facts.binaryVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
    QCOMPARE(facts.installedVersion.valueOr({}).toString(), QStringLiteral("2.2.0"));
    QCOMPARE(facts.dataRoot.valueOr({}), scratch.path(QStringLiteral("/src/bin/data")));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::tst_DiscoverDeployments)
#include "tst_DiscoverDeployments.moc"
