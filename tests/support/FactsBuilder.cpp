#include "tests/support/FactsBuilder.h"

#include <algorithm>

namespace kwup::test {

namespace {

const QDateTime ReadAt = QDateTime(QDate(2026, 11, 22), QTime(14, 0), Qt::UTC);
constexpr qint64 MiB = 1024LL * 1024;
constexpr qint64 GiB = 1024 * MiB;

int nodeIdAt(int index)
{
    // 1, 3, 2, then as they come: who joins first gets the lower id.
    return index == 1 ? 3 : index == 2 ? 2 : index + 1;
}

QString addressAt(int index)
{
    return QStringLiteral("10.0.0.%1").arg(index + 1);
}

QString subcommand(RunType runType)
{
    switch (runType) {
    case RunType::Single:
        return QStringLiteral("start-single-node");
    case RunType::SingleReplication:
        return QStringLiteral("start-single-replica");
    case RunType::MultiReplication:
    case RunType::Unknown:
        break;
    }
    return QStringLiteral("start");
}

StartCommand startCommand(const QString &address, RunType runType)
{
    StartCommand command;
    command.subcommand = subcommand(runType);
    command.security = SecurityMode::Tls;
    command.certsDir = QStringLiteral("/etc/kaiwudb/certs");
    command.listenAddress = QStringLiteral("0.0.0.0:26257");
    command.advertiseAddress = address + QStringLiteral(":26257");
    command.httpAddress = QStringLiteral("0.0.0.0:8080");
    command.store = QStringLiteral("/var/lib/kaiwudb");
    command.words = {QStringLiteral("/usr/local/kaiwudb/bin/kwbase"),
                     command.subcommand,
                     QStringLiteral("--certs-dir=") + command.certsDir,
                     QStringLiteral("--listen-addr=") + command.listenAddress,
                     QStringLiteral("--advertise-addr=") + command.advertiseAddress,
                     QStringLiteral("--http-addr=") + command.httpAddress,
                     QStringLiteral("--store=") + command.store};
    if (runType != RunType::Single) {
        command.join = {addressAt(0) + QStringLiteral(":26257")};
        command.words.append(QStringLiteral("--join=") + command.join.first());
    }
    return command;
}

void addSystem(HostFacts &facts, int index)
{
    facts.hostname = known(QStringLiteral("node%1").arg(index + 1));
    facts.machineId = known(QStringLiteral("%1").arg(index + 1, 32, 16, QLatin1Char('0')));
    facts.os = known(QStringLiteral("Debian GNU/Linux 12 (bookworm)"));
    facts.osFamily = known(QStringLiteral("deb"));
    facts.architecture = known(QStringLiteral("x86_64"));
    facts.cpuCount = known(4);
    facts.memoryBytes = known<qint64>(8 * GiB);
    facts.clockOffset = known(0.01);
    facts.privilege = known(PrivilegeMode::SudoNoPassword);
    facts.dataRoot = known(QStringLiteral("/var/lib/kaiwudb"));
    facts.dataBytes = known<qint64>(2 * GiB);
    facts.dataFreeBytes = known<qint64>(40 * GiB);
    facts.stageFreeBytes = known<qint64>(20 * GiB);
    facts.installFreeBytes = known<qint64>(20 * GiB);
    facts.packageManagerLock = known(QString());
    facts.wizardLock = known(QString());
    facts.tools = known(QString());
}

void addInstallation(HostFacts &facts, const QString &address, const QString &version,
                     RunType runType)
{
    const KwdbVersion installed{version, {}};
    facts.deployment = known(Deployment::BarePackage);
    facts.runType = known(runType);
    facts.security = known(SecurityMode::Tls);
    facts.installedVersion = known(installed, version.toLatin1() + "\n");
    facts.binaryVersion = known(installed, "KaiwuDB Version:  V" + version.toLatin1() + "\n");
    const QString ok = QStringLiteral("install ok installed");
    facts.packages = known(QList<PackageState>{{QStringLiteral("kaiwudb-libcommon"), version, ok},
                                               {QStringLiteral("kaiwudb-server"), version, ok}});
    facts.managementUser = known(QStringLiteral("kaiwudb"));
    facts.advertisedAddress = known(address);
    facts.sqlPort = known(26257);
    facts.httpPort = known(8080);
    facts.startCommand = known(startCommand(address, runType));
    facts.unitBroken = known(false);
    facts.startArgument = known(QString());
    ServiceState service;
    service.activeState = QStringLiteral("active");
    service.subState = QStringLiteral("running");
    service.result = QStringLiteral("success");
    service.mainPid = 4711;
    service.unitFileState = QStringLiteral("enabled");
    facts.service = known(service);
}

NodeRow nodeRow(int index, const QString &version, RunType runType)
{
    NodeRow row;
    row.id = nodeIdAt(index);
    row.address = addressAt(index) + QStringLiteral(":26257");
    row.sqlAddress = row.address;
    row.build = QStringLiteral("V") + version;
    row.startedAt = ReadAt.addDays(-3);
    row.startMode = subcommand(runType);
    row.isAvailable = true;
    row.isLive = true;
    row.leaders = 18;
    row.leaseholders = 18;
    row.ranges = 54;
    row.rangesUnavailable = 0;
    row.rangesUnderreplicated = 0;
    row.liveBytes = 300 * MiB;
    row.gossipedReplicas = 54;
    row.isDecommissioning = false;
    row.isDraining = false;
    return row;
}

void addRanges(ClusterView &view, int nodes, RunType runType)
{
    const int replicas = runType == RunType::MultiReplication ? qMin(3, nodes) : 1;
    for (int i = 0; i < 54; ++i) {
        RangeRow range;
        range.id = i + 1;
        range.table = i < 30 ? QString() : QStringLiteral("factory.sensors");
        for (int replica = 0; replica < replicas; ++replica)
            range.replicaStores.append(nodeIdAt((i + replica) % nodes));
        view.ranges.append(range);
    }
}

} // namespace

FactsBuilder FactsBuilder::build(int nodes, const QString &version, RunType runType)
{
    FactsBuilder builder;
    Facts &facts = builder.m_facts;
    ClusterView &view = facts.cluster;
    view.readAt = ReadAt;
    view.askedHost = addressAt(0);
    view.clusterId = QStringLiteral("5f8ab8c1-6a05-4c4b-8c9e-2c9d3d0f7a11");
    view.health = RangeHealth{0, runType == RunType::SingleReplication ? 53 : 0};
    view.settings.insert(QStringLiteral("server.time_until_store_dead"),
                         QStringLiteral("00:30:00"));
    for (int i = 0; i < nodes; ++i) {
        HostFacts host;
        host.host.address = addressAt(i);
        host.host.user = QStringLiteral("kwadmin");
        host.readAt = ReadAt;
        addSystem(host, i);
        addInstallation(host, addressAt(i), version, runType);
        QStringList others;
        for (int other = 0; runType != RunType::Single && other < nodes; ++other) {
            if (other != i)
                others.append(addressAt(other));
        }
        host.otherNodes = known(others);
        facts.hosts.append(host);
        facts.nodeIdByHost.insert(addressAt(i), nodeIdAt(i));
        view.nodes.append(nodeRow(i, version, runType));
        view.stores.append({nodeIdAt(i), nodeIdAt(i), 54, 18});
    }
    std::sort(view.nodes.begin(), view.nodes.end(),
              [](const NodeRow &a, const NodeRow &b) { return a.id < b.id; });
    addRanges(view, nodes, runType);
    builder.job(QStringLiteral("RESTART HISTORY"), QStringLiteral("succeeded"));
    return builder;
}

FactsBuilder FactsBuilder::cluster(int nodes, const QString &version)
{
    return build(nodes, version, RunType::MultiReplication);
}

FactsBuilder FactsBuilder::singleReplicaCluster(int nodes, const QString &version)
{
    return build(nodes, version, RunType::SingleReplication);
}

FactsBuilder FactsBuilder::singleNode(const QString &version)
{
    return build(1, version, RunType::Single);
}

FactsBuilder &FactsBuilder::asContainers()
{
    for (HostFacts &host : m_facts.hosts) {
        host.deployment = known(Deployment::ContainerPackage);
        host.packages = known(QList<PackageState>());
    }
    return *this;
}

namespace {

const char Inspect[] = R"([{"Id":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00",
"Name":"/kwdb","Image":"sha256:aaaa","State":{"Status":"running","Running":true,"Pid":4711,"ExitCode":0},
"HostConfig":{"Binds":["/etc/kaiwudb/certs:/kaiwudb/certs","/var/lib/kaiwudb:/kaiwudb/deploy/kaiwudb-container"],
"NetworkMode":"bridge","PortBindings":{"26257/tcp":[{"HostIp":"","HostPort":"26257"}],"8080/tcp":[{"HostIp":"","HostPort":"8080"}]},
"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"AutoRemove":false,"Privileged":true,"IpcMode":"shareable"},
"Mounts":[{"Type":"bind","Source":"/etc/kaiwudb/certs","Destination":"/kaiwudb/certs","RW":true},
{"Type":"bind","Source":"/var/lib/kaiwudb","Destination":"/kaiwudb/deploy/kaiwudb-container","RW":true}],
"Config":{"Hostname":"c0ffee00c0ff","Env":["PATH=/bin"],"Image":"kwdb/kwdb:2.2.0","WorkingDir":"/kaiwudb/bin",
"Cmd":["./kwbase","start-single-node","--certs-dir=/kaiwudb/certs","--listen-addr=0.0.0.0:26257",
"--http-addr=0.0.0.0:8080","--store=/kaiwudb/deploy/kaiwudb-container"],"Labels":{LABELS}}}])";

const char Labels[] = R"("com.docker.compose.project":"kwdb","com.docker.compose.service":"db",
"com.docker.compose.version":"1.29.2","com.docker.compose.project.working_dir":"/opt/kwdb",
"com.docker.compose.project.config_files":"docker-compose.yml")";

void makeContainers(Facts &facts, Deployment deployment)
{
    ContainerOutput output;
    const bool isCompose = deployment == Deployment::Compose;
    output.inspect = QByteArray(Inspect).replace("LABELS", isCompose ? Labels : "");
    output.image = R"([{"Id":"sha256:aaaa","Config":{"Env":["PATH=/bin"]}}])";
    output.tools = "engine=20.10.24\ncompose=\ndocker-compose=1.29.2\n";
    output.list = "kwdb|kwdb/kwdb:2.2.0|Up 3 days||\"./kwbase start-single-node\"\n";
    const QByteArray yaml = "services:\n  db:\n    image: kwdb/kwdb:2.2.0\n";
    if (isCompose) {
        output.files = "file w " + QByteArray("/opt/kwdb/docker-compose.yml").toBase64() + ' '
            + yaml.toBase64() + '\n';
    }
    for (HostFacts &host : facts.hosts) {
        host.deployment = known(deployment);
        host.packages = known(QList<PackageState>());
        host.containerFacts = known(*parseContainerFacts(output));
        host.container = known(QStringLiteral("kwdb"));
        host.startCommand = known(*parseStartCommand(host.containerFacts.value->startWords()));
    }
}

} // namespace

FactsBuilder &FactsBuilder::asDockerRun()
{
    makeContainers(m_facts, Deployment::DockerRun);
    return *this;
}

FactsBuilder &FactsBuilder::asCompose()
{
    makeContainers(m_facts, Deployment::Compose);
    return *this;
}

FactsBuilder &FactsBuilder::asSource()
{
    for (HostFacts &host : m_facts.hosts) {
        const QString program = QStringLiteral("/opt/kwdb/install/bin/kwbase");
        host.deployment = known(Deployment::Source);
        host.packages = known(QList<PackageState>());
        host.startCommand.value->words[0] = program;
        ProcessFacts process;
        process.pid = host.service.value->mainPid;
        process.exe = program;
        process.cwd = QStringLiteral("/opt/kwdb/install/bin");
        process.user = QStringLiteral("kwdb");
        process.libraries = QStringLiteral("/opt/kwdb/install/lib");
        host.process = known(process);
        host.buildTools = known(QStringList{QStringLiteral("cmake"), QStringLiteral("make")});
        host.programFreeBytes = known<qint64>(10 * GiB);
    }
    return *this;
}

FactsBuilder &FactsBuilder::stopped()
{
    for (HostFacts &host : m_facts.hosts) {
        host.service.value->activeState = QStringLiteral("inactive");
        host.service.value->subState = QStringLiteral("dead");
        host.service.value->mainPid = 0;
    }
    m_facts.cluster = {};
    m_facts.clusterError.code = ErrorCode::NodeStatusUnavailable;
    m_facts.clusterError.evidence = "ERROR: cannot dial server.\nIs the server running?\n";
    return *this;
}

QString FactsBuilder::hostId(int index) const
{
    return addressAt(index);
}

NodeRow &FactsBuilder::node(int hostIndex)
{
    for (NodeRow &row : m_facts.cluster.nodes) {
        if (row.id == nodeIdAt(hostIndex))
            return row;
    }
    qFatal("no node on host %d: the cluster view is empty", hostIndex);
}

FactsBuilder &FactsBuilder::unreachable(int hostIndex)
{
    HostFacts dead;
    dead.host = host(hostIndex).host;
    dead.readAt = ReadAt;
    dead.error.code = ErrorCode::ConnectTimeout;
    dead.error.host = hostId(hostIndex);
    dead.error.args = {QStringLiteral("15")};
    host(hostIndex) = dead;
    return *this;
}

FactsBuilder &FactsBuilder::nodeDown(int hostIndex)
{
    node(hostIndex).isAvailable = false;
    node(hostIndex).isLive = false;
    ServiceState &service = *host(hostIndex).service.value;
    service.activeState = QStringLiteral("failed");
    service.subState = QStringLiteral("failed");
    service.result = QStringLiteral("exit-code");
    service.mainPid = 0;
    m_facts.cluster.health = RangeHealth{0, 54};
    return *this;
}

FactsBuilder &FactsBuilder::job(const QString &type, const QString &status)
{
    JobRow row;
    row.id = 1229733409340915700 + m_facts.cluster.jobs.size();
    row.type = type;
    row.description = type == QStringLiteral("RESTART HISTORY")
        ? QStringLiteral("Start KWBASE SERVICE")
        : QStringLiteral("a job of a test");
    row.status = status;
    row.fraction = status == QStringLiteral("succeeded") ? 1.0 : 0.3;
    m_facts.cluster.jobs.append(row);
    return *this;
}

namespace {

PackageInfo package(PackageKind kind, const QString &version, const QStringList &files)
{
    PackageInfo info;
    info.file = QStringLiteral("/release/KWDB-%1.tar.gz").arg(version);
    info.size = 60 * MiB;
    info.sha256 = QByteArray(64, 'a');
    info.kind = kind;
    info.version = KwdbVersion{version, {}};
    info.architecture = QStringLiteral("x86_64");
    info.topFolder = QStringLiteral("kwdb_install");
    info.packages = files;
    info.unpackedBytes = 200 * MiB;
    info.scriptSha256 = QString(64, QLatin1Char('b'));
    return info;
}

} // namespace

PackageInfo debPackage(const QString &version)
{
    return package(PackageKind::BareDeb, version,
                   {QStringLiteral(".version"),
                    QStringLiteral("kaiwudb-libcommon_%1_amd64.deb").arg(version),
                    QStringLiteral("kaiwudb-server_%1_amd64.deb").arg(version)});
}

PackageInfo rpmPackage(const QString &version)
{
    return package(PackageKind::BareRpm, version,
                   {QStringLiteral(".version"),
                    QStringLiteral("kaiwudb-libcommon-%1-1.x86_64.rpm").arg(version),
                    QStringLiteral("kaiwudb-server-%1-1.x86_64.rpm").arg(version)});
}

PackageInfo imagePackage(const QString &version)
{
    PackageInfo info = package(PackageKind::Image, version, {});
    info.images = info.packages = QStringList{QStringLiteral("kwdb/kwdb:") + version};
    info.image = info.images.first();
    return info;
}

PackageInfo sourceTree(const QString &version)
{
    PackageInfo info =
        package(PackageKind::SourceTree, version, {QStringLiteral("CMakeLists.txt")});
    info.architecture.clear();
    info.topFolder = QStringLiteral("kwbasedb");
    info.tools = QStringList{QStringLiteral("cmake"), QStringLiteral("make")};
    return info;
}

PackageInfo builtTree(const QString &version)
{
    PackageInfo info =
        package(PackageKind::BuiltTree, version, {QStringLiteral("install/bin/kwbase")});
    info.topFolder = QStringLiteral("install");
    return info;
}

PackageInfo containerPackage(const QString &version)
{
    return package(PackageKind::Container, version,
                   {QStringLiteral(".version"), QStringLiteral("KaiwuDB.tar")});
}

} // namespace kwup::test
