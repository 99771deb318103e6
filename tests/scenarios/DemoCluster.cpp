#include "tests/scenarios/DemoCluster.h"

#include "core/ssh/SshLibrary.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QThread>

#include <csignal>
#include <cstdio>

namespace kwup::test {

namespace {

constexpr int ToolLimit = 180000; // ms; a whole cluster on a busy machine
constexpr int AwaitLimit = 60000;

const QString Tool = QStringLiteral(KWUP_SOURCE_DIR "/tests/hosts/demo/cluster");

// A healthy host is only tidied up; a changed one gets its packages and its service back.
constexpr auto RestoreScript = R"sh(
exec 2>&1
rm -rf /etc/kwsim/fault/* /var/tmp/kwup* /var/tmp/.kwup* /var/backups/kwup*
sed -i '/^exit/d' /root/.bashrc 2>/dev/null
echo nopasswd > /etc/kwsim/sudo
for p in $(ps -e -o pid= -o args= |
    awk '$3 ~ /^\/var\/tmp\/kwup/ || $3 ~ /deploy.sh$/ { print $1 }'); do
    kill -KILL "$p" 2>/dev/null
done
umount /usr/local/kaiwudb/lib 2>/dev/null
echo 'log /var/log/dpkg.log' > /etc/dpkg/dpkg.cfg
state=$(cat /etc/kaiwudb/info/.version)$(kwbase version 2>&1 | head -n 1)
state=$state$(dpkg-query -W -f '${Version}${db:Status-Status}' kaiwudb-server kaiwudb-libcommon)
if [ "$state" != "2.2.0KaiwuDB Version:  V2.2.02.2.0installed2.2.0installed" ]; then
    systemctl kill -s KILL kaiwudb; systemctl stop kaiwudb
    if [ -e /etc/kwsim/squashfs-removed ]; then
        dpkg -i /etc/kwsim/squashfs-tools.deb; rm -f /etc/kwsim/squashfs-removed
    fi
    dpkg -i /opt/kwup-restore/*libcommon*.deb && dpkg -i /opt/kwup-restore/*server*.deb || exit 1
    echo 2.2.0 > /etc/kaiwudb/info/.version
    rm -f /etc/systemd/system/kaiwudb.serviceq /etc/kaiwudb/script/*q
fi
rm -f /run/log/journal.tsv /var/log/dpkg.log
systemctl daemon-reload
systemctl is-active -q kaiwudb || systemctl start kaiwudb
rm -f /run/log/journal.tsv
echo restored
)sh";

constexpr auto EndScript = R"sh(
j=/run/log/journal.tsv
echo "version=$(cat /etc/kaiwudb/info/.version 2>/dev/null)"
echo "server=$(dpkg-query -W -f '${Version} ${db:Status-Status}' kaiwudb-server 2>/dev/null)"
echo "service=$(systemctl is-active kaiwudb)"
echo "starts=$(grep -c 'Started kaiwudb.service' $j 2>/dev/null)"
echo "drains=$(grep -c 'initiating graceful shutdown' $j 2>/dev/null)"
echo "hard=$(grep -c 'initiating hard shutdown' $j 2>/dev/null)"
echo "installs=$(grep -c ' install kaiwudb-server' /var/log/dpkg.log 2>/dev/null)"
echo "lock=$(head -c 1000 /var/tmp/kwup.lock 2>/dev/null | tr -d '\n')"
echo "containers=$(docker ps -a --format '{{.Names}} {{.Image}} {{.State}}' 2>/dev/null | paste -sd,)"
echo "left=$(cd /var/tmp && ls -d kwup-* .kwup* 2>/dev/null | tr '\n' ' ')"
)sh";

QStringList pidsBelow(qint64 parent)
{
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(parent));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll()).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

int runScenarios(QObject &test, int argc, char *argv[])
{
    const SshLibrary library;
    const QString why = DemoCluster::whyImpossible();
    if (!why.isEmpty()) {
        std::fprintf(stderr, "Skipped: %s\n", qPrintable(why));
        return 77;
    }
    // A function that kills a run thirty times may take long; CTest's limit holds all the same.
    qputenv("QTEST_FUNCTION_TIMEOUT", "1800000");
    return QTest::qExec(&test, argc, argv);
}

QString DemoCluster::whyImpossible()
{
    QProcess probe;
    probe.setWorkingDirectory(QStringLiteral(KWUP_SOURCE_DIR "/tests/hosts/demo"));
    probe.start(QStringLiteral("python3"),
                {QStringLiteral("-B"), QStringLiteral("-c"),
                 QStringLiteral("from kwdemo import machine; print(machine.missing() or '')")});
    if (!probe.waitForFinished(30000) || probe.exitCode() != 0)
        return QStringLiteral("The demo hosts need python3.");
    return QString::fromUtf8(probe.readAllStandardOutput()).trimmed();
}

DemoCluster::DemoCluster(const Options &options)
    : m_directory(QDir::tempPath() + QStringLiteral("/kwup-scenario-XXXXXX"))
    , m_clusterDir(m_directory.filePath(QStringLiteral("cluster")))
    , m_timeScale(options.timeScale)
    , m_isSecure(options.isSecure)
    , m_isCluster(options.mode != QStringLiteral("single"))
    , m_isSingleReplica(options.mode == QStringLiteral("single-replica"))
    , m_deployment(options.deployment)
    , m_version(options.version)
{
    startReaper();
    QProcess up;
    up.start(Tool,
             QStringList{QStringLiteral("up"), QStringLiteral("--dir"), m_clusterDir,
                         QStringLiteral("--") + options.mode, QStringLiteral("--nodes"),
                         QString::number(options.nodes), QStringLiteral("--time-scale"),
                         QString::number(options.timeScale), QStringLiteral("--secure"),
                         m_isSecure ? QStringLiteral("tls") : QStringLiteral("insecure"),
                         QStringLiteral("--payload-mb"), QStringLiteral("0.3"),
                         QStringLiteral("--deployment"), m_deployment, QStringLiteral("--version"),
                         m_version}
                 + options.more);
    if (!up.waitForFinished(ToolLimit) || up.exitCode() != 0) {
        m_problem = QStringLiteral("cluster up: ") + QString::fromUtf8(up.readAllStandardError());
        return;
    }
    readFacts();
    m_problem = restore();
}

DemoCluster::~DemoCluster()
{
    m_reaper.closeWriteChannel();
    m_reaper.waitForFinished(ToolLimit);
}

/// Waits for the end of this process or object, then takes the cluster down.
void DemoCluster::startReaper()
{
    m_reaper.start(QStringLiteral("setsid"),
                   {QStringLiteral("sh"), QStringLiteral("-c"),
                    QStringLiteral("read x; \"$1\" down --dir \"$2\"; rm -rf \"$3\""),
                    QStringLiteral("sh"), Tool, m_clusterDir, m_directory.path()});
    if (!m_reaper.waitForStarted())
        m_problem = QStringLiteral("setsid cannot be started");
}

void DemoCluster::readFacts()
{
    QFile file(m_clusterDir + QStringLiteral("/cluster.json"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject facts = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto value : facts[QStringLiteral("hosts")].toArray()) {
        const QJsonObject host = value.toObject();
        HostLogin login;
        login.spec.address = host[QStringLiteral("address")].toString();
        login.spec.port = static_cast<quint16>(host[QStringLiteral("port")].toInt());
        login.spec.user = host[QStringLiteral("user")].toString();
        login.spec.auth = AuthMethod::KeyFile;
        login.spec.keyFile = host[QStringLiteral("keyFile")].toString();
        m_hosts.append(login);
        m_roots.append(host[QStringLiteral("root")].toString());
    }
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        m_artifacts[fact.key()] = fact.value().toString();
    if (!isQuicklyRestored())
        return;
    for (const auto &root : std::as_const(m_roots)) {
        const QString target = root + QStringLiteral("/opt/kwup-restore");
        QDir().mkpath(target);
        QProcess::execute(QStringLiteral("tar"),
                          {QStringLiteral("-xzf"), archive(QStringLiteral("2.2.0")),
                           QStringLiteral("-C"), target, QStringLiteral("--wildcards"),
                           QStringLiteral("--strip-components=2"), QStringLiteral("*.deb")});
    }
}

QString DemoCluster::restore()
{
    if (!isQuicklyRestored() || m_isSeeded) {
        m_isSeeded = false;
        int exitCode = 0;
        tool({QStringLiteral("reset"), QStringLiteral("--dir"), m_clusterDir}, &exitCode);
        return exitCode == 0 ? QString() : QStringLiteral("The hosts cannot be made again.");
    }
    for (int node = 1; node <= size(); ++node)
        powerOn(node);
    const auto outputs = everywhere(QLatin1String(RestoreScript));
    for (const auto &output : outputs) {
        if (!output.endsWith("restored\n"))
            return QStringLiteral("A host cannot be restored: ") + QString::fromUtf8(output);
    }
    QElapsedTimer timer;
    timer.start();
    while (!isInOrder()) {
        if (timer.elapsed() > AwaitLimit)
            return QStringLiteral("The cluster does not come to rest.");
        QThread::msleep(100);
    }
    sql(QStringLiteral("RESET CLUSTER SETTING server.time_until_store_dead"));
    return {};
}

bool DemoCluster::isInOrder() const
{
    const QByteArray health =
        sql(QStringLiteral("SELECT sum((metrics->>'ranges.unavailable')::DECIMAL)::INT, "
                           "sum((metrics->>'ranges.underreplicated')::DECIMAL)::INT "
                           "FROM kwdb_internal.kv_store_status"));
    // On a single-replica cluster every range counts as under-replicated, always.
    const QByteArray row = health.split('\n').last().trimmed();
    return (m_isSingleReplica ? row.startsWith("0,") : row == "0,0")
        && kwbase(1, QStringLiteral("node status")).count("true,true") == size();
}

QString DemoCluster::archive(const QString &version) const
{
    QString key = QStringLiteral("archive");
    if (m_deployment == QStringLiteral("source"))
        key = QStringLiteral("source");
    else if (m_deployment == QStringLiteral("container"))
        key = QStringLiteral("container");
    else if (!isByScript())
        key = QStringLiteral("image");
    return artifact(key + QString(version).remove(u'.'));
}

QString DemoCluster::artifact(const QString &key) const
{
    return m_artifacts.value(key);
}

QString DemoCluster::writeProfile(const QString &name, const QString &backup) const
{
    QProcess profile;
    profile.start(QStringLiteral(KWUP_SOURCE_DIR "/tests/hosts/demo/profile"),
                  {m_clusterDir, backup});
    profile.waitForFinished(ToolLimit);
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(profile.readAllStandardOutput());
    return file.fileName();
}

QString DemoCluster::named(QString text) const
{
    for (int node = 1; node <= size(); ++node)
        text.replace(hostId(node), QStringLiteral("n%1").arg(node));
    return text;
}

void DemoCluster::fault(int node, const QString &name, const QString &parameter) const
{
    QFile fault(file(node, QStringLiteral("/etc/kwsim/fault/") + name));
    if (!fault.open(QIODevice::WriteOnly))
        qFatal("no fault file %s", qPrintable(fault.fileName()));
    fault.write(parameter.toUtf8());
}

void DemoCluster::clear(int node, const QString &name) const
{
    QFile::remove(file(node, QStringLiteral("/etc/kwsim/fault/") + name));
}

void DemoCluster::powerOff(int node) const
{
    tool({QStringLiteral("fault"), QStringLiteral("--dir"), m_clusterDir,
          QStringLiteral("n%1").arg(node), QStringLiteral("power-off")});
}

void DemoCluster::powerOn(int node) const
{
    tool({QStringLiteral("clear"), QStringLiteral("--dir"), m_clusterDir,
          QStringLiteral("n%1").arg(node), QStringLiteral("power-off")});
}

QByteArray DemoCluster::tool(const QStringList &words, int *exitCode) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(Tool, words);
    process.closeWriteChannel();
    process.waitForFinished(ToolLimit);
    if (exitCode)
        *exitCode = process.exitCode();
    return process.readAllStandardOutput();
}

QByteArray DemoCluster::inside(int node, const QString &command) const
{
    return tool({QStringLiteral("exec"), QStringLiteral("--dir"), m_clusterDir,
                 QStringLiteral("n%1").arg(node), QStringLiteral("bash"), QStringLiteral("-c"),
                 command});
}

QList<QByteArray> DemoCluster::everywhere(const QString &command) const
{
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int node = 1; node <= size(); ++node) {
        auto process = std::make_unique<QProcess>();
        process->start(Tool,
                       {QStringLiteral("exec"), QStringLiteral("--dir"), m_clusterDir,
                        QStringLiteral("n%1").arg(node), QStringLiteral("bash"),
                        QStringLiteral("-c"), command});
        process->closeWriteChannel();
        processes.push_back(std::move(process));
    }
    QList<QByteArray> outputs;
    for (auto &process : processes) {
        process->waitForFinished(ToolLimit);
        outputs.append(process->readAllStandardOutput());
    }
    return outputs;
}

/// sshd's listener is the process whose arguments name this host's configuration; its children
/// serve sessions.
QList<qint64> DemoCluster::sessions(int node) const
{
    QFile register_(m_clusterDir + QStringLiteral("/processes.json"));
    if (!register_.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject processes = QJsonDocument::fromJson(register_.readAll()).object();
    const qint64 listener =
        processes[QStringLiteral("n%1.sshd").arg(node)].toArray().first().toInteger();
    QList<qint64> pids;
    for (const auto &pid : pidsBelow(listener))
        pids.append(pid.toLongLong());
    return pids;
}

void DemoCluster::signalSessions(int node, int number) const
{
    const auto pids = sessions(node);
    for (const auto pid : pids)
        ::kill(static_cast<pid_t>(pid), number);
}

HostEnd DemoCluster::end(int node) const
{
    QHash<QString, QString> values;
    for (const auto &line : inside(node, QLatin1String(EndScript)).split('\n')) {
        const QString text = QString::fromUtf8(line);
        values[text.section(u'=', 0, 0)] = text.section(u'=', 1).trimmed();
    }
    return {values[QStringLiteral("version")],
            values[QStringLiteral("server")],
            values[QStringLiteral("service")],
            values[QStringLiteral("starts")].toInt(),
            values[QStringLiteral("drains")].toInt(),
            values[QStringLiteral("hard")].toInt(),
            values[QStringLiteral("installs")].toInt(),
            values[QStringLiteral("lock")],
            values[QStringLiteral("left")],
            values[QStringLiteral("containers")],
            QString::fromUtf8(sql(QStringLiteral("SELECT version()"), node)).section(u' ', 1, 1)};
}

QByteArray DemoCluster::kwbase(int node, const QString &words) const
{
    QString program = QStringLiteral("kwbase");
    QString address = m_hosts.at(node - 1).spec.address;
    QString certs = QStringLiteral("/etc/kaiwudb/certs");
    if (m_deployment == QStringLiteral("source")) {
        program = QStringLiteral("/root/go/src/gitee.com/kwbasedb/install/bin/kwbase");
    } else if (!isByScript()) {
        program = QStringLiteral("docker exec $(docker ps -q | head -n 1) /kaiwudb/bin/kwbase");
        address = QStringLiteral("127.0.0.1");
        certs = QStringLiteral("/kaiwudb/certs");
    }
    const QString security =
        m_isSecure ? QStringLiteral("--certs-dir=") + certs : QStringLiteral("--insecure");
    return inside(node,
                  QStringLiteral("%1 %2 --host=%3:26257 --format=csv %4 2>&1")
                      .arg(program, words, address, security))
        .trimmed();
}

QByteArray DemoCluster::sql(const QString &statement, int node) const
{
    QString word = statement;
    word.replace(u'\'', QStringLiteral("'\\''"));
    return kwbase(node, QStringLiteral("sql -e '%1'").arg(word));
}

QString DemoCluster::seedData(bool isHard)
{
    m_isSeeded = true;
    QProcess seed;
    seed.setProcessChannelMode(QProcess::MergedChannels);
    QStringList words{m_clusterDir};
    if (isHard)
        words.append(QStringLiteral("--hard"));
    seed.start(QStringLiteral(KWUP_SOURCE_DIR "/tests/hosts/demo/seed-data"), words);
    const bool isDone = seed.waitForFinished(ToolLimit) && seed.exitCode() == 0;
    return isDone ? QString() : QStringLiteral("seed-data: ") + QString::fromUtf8(seed.readAll());
}

QString DemoCluster::setting(int node) const
{
    const QByteArray output =
        sql(QStringLiteral("SHOW CLUSTER SETTING server.time_until_store_dead"), node);
    return QString::fromUtf8(output.split('\n').last());
}

void DemoCluster::setSetting(const QString &value) const
{
    sql(QStringLiteral("SET CLUSTER SETTING server.time_until_store_dead = '%1'").arg(value));
}

bool DemoCluster::awaitNode(int node, bool isUp) const
{
    const QByteArray address = m_hosts.at(node - 1).spec.address.toLatin1();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < AwaitLimit) {
        const auto rows = kwbase(node == 1 ? 2 : 1, QStringLiteral("node status")).split('\n');
        for (const auto &row : rows) {
            if (row.contains(address) && row.trimmed().endsWith("true,true") == isUp)
                return true;
        }
        QThread::msleep(50);
    }
    return false;
}

} // namespace kwup::test
