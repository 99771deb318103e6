#include "tests/support/ScratchCluster.h"

#include "tests/support/FactsBuilder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>

#include <csignal>

#include <unistd.h>

namespace kwup::test {

namespace {

QString dataDirectory()
{
    return QStringLiteral(KWUP_TEST_DATA_DIR "/scratch-host");
}

void write(const QString &path, const QByteArray &content, bool isExecutable = false)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::Truncate))
        return;
    file.write(content);
    file.close();
    if (isExecutable) {
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                            | QFile::ReadGroup | QFile::ExeGroup);
    }
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QString userName()
{
    QProcess id;
    id.start(QStringLiteral("id"), {QStringLiteral("-un")});
    id.waitForFinished();
    return QString::fromUtf8(id.readAllStandardOutput()).trimmed();
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

} // namespace

class ScratchCluster::Connection final : public HostConnection {
public:
    Connection(ScratchCluster &cluster, int index)
        : m_cluster(cluster)
        , m_index(index)
    { }

    QString hostId() const override { return m_cluster.hostId(m_index); }

    Result<PrivilegeMode> probePrivilege(std::stop_token) override { return PrivilegeMode::Root; }

    Result<CommandOutput> run(const Command &command, std::stop_token stop) override
    {
        if (m_isLost || m_cluster.m_unreachable.value(m_index))
            return lost();
        QByteArray input = m_cluster.mapped(m_index, QString::fromUtf8(command.input)).toUtf8();
        QString script = m_cluster.mapped(m_index, command.script);
        // The rewritten job has another length than the one that was told.
        static const QRegularExpression Start(QStringLiteral("^(set -- \\S+ start \\S+ )\\d+\n"));
        script.replace(Start, QStringLiteral("\\1%1\n").arg(input.size()));
        const bool isCut = m_cluster.takeLoss(m_index, command.script);
        QProcess shell;
        prepare(shell);
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
        shell.write(input);
        shell.closeWriteChannel();
        return wait(shell, command, stop, isCut);
    }

    Result<void> upload(const UploadRequest &request, std::stop_token) override
    {
        if (m_isLost || m_cluster.m_unreachable.value(m_index))
            return lost();
        const QByteArray bytes = content(request.localFile);
        if (sha256(bytes) != request.sha256)
            return Error{.code = ErrorCode::ChecksumMismatch, .host = hostId()};
        const QString target = m_cluster.mapped(m_index, request.remoteFile);
        if (!QDir(QFileInfo(target).absolutePath()).exists()) {
            return Error{.code = ErrorCode::RemoteFileError,
                         .host = hostId(),
                         .args = {request.remoteFile, QStringLiteral("no such directory")}};
        }
        write(target, bytes);
        if (request.onProgress)
            request.onProgress({bytes.size(), bytes.size()});
        return {};
    }

private:
    Error lost()
    {
        m_isLost = true;
        return {.code = ErrorCode::ConnectionLost, .host = hostId()};
    }

    void prepare(QProcess &shell) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        const QString root = m_cluster.root(m_index);
        environment.insert(QStringLiteral("PATH"),
                           root + QStringLiteral("/bin:")
                               + environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("SCRATCH_ROOT"), root);
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        environment.insert(QStringLiteral("HOME"), root);
        shell.setProcessEnvironment(environment);
        shell.setWorkingDirectory(root);
    }

    Result<CommandOutput> wait(QProcess &shell, const Command &command, std::stop_token stop,
                               bool isCut)
    {
        CommandOutput output;
        QElapsedTimer timer;
        timer.start();
        const auto take = [&] {
            const QByteArray piece = shell.readAllStandardOutput();
            output.out += piece;
            output.err += shell.readAllStandardError();
            if (!piece.isEmpty() && command.onOutput)
                command.onOutput(piece);
        };
        while (!shell.waitForFinished(20) && shell.state() != QProcess::NotRunning) {
            take();
            // A lost connection leaves what it ran on the host to itself.
            if (isCut && (timer.elapsed() > 60 || !output.out.isEmpty())) {
                shell.kill();
                shell.waitForFinished();
                return lost();
            }
            if (stop.stop_requested() || timer.elapsed() > command.deadline.count()) {
                shell.kill();
                shell.waitForFinished();
                return Error{.code = stop.stop_requested() ? ErrorCode::Cancelled
                                                           : ErrorCode::CommandTimeout,
                             .host = hostId()};
            }
        }
        take();
        if (isCut)
            return lost();
        output.exitCode = shell.exitCode();
        if (shell.exitStatus() == QProcess::CrashExit)
            output.signal = QStringLiteral("KILL");
        return output;
    }

    ScratchCluster &m_cluster;
    int m_index;
    bool m_isLost = false;
};

class ScratchCluster::Connector final : public HostConnector {
public:
    explicit Connector(ScratchCluster &cluster)
        : m_cluster(cluster)
    { }

    Result<std::unique_ptr<HostConnection>> connect(const HostSpec &spec, const HostSecrets &,
                                                    ConnectPrompts &, std::stop_token) override
    {
        for (int i = 0; i < m_cluster.size(); ++i) {
            if (m_cluster.hostId(i) == spec.id() && !m_cluster.m_unreachable.value(i))
                return std::unique_ptr<HostConnection>(new Connection(m_cluster, i));
        }
        return Error{.code = ErrorCode::HostUnreachable,
                     .host = spec.id(),
                     .args = {QStringLiteral("no route")}};
    }

private:
    ScratchCluster &m_cluster;
};

ScratchCluster::ScratchCluster(int nodes, RunType runType)
    : m_owned(std::make_unique<QTemporaryDir>())
    , m_directory(m_owned->path())
    , m_nodes(nodes)
    , m_runType(runType)
    , m_connector(std::make_unique<Connector>(*this))
{
    write(m_directory + QStringLiteral("/cluster/setting"), "00:30:00\n");
    for (int i = 0; i < nodes; ++i)
        seedHost(i);
    m_package = makePackage(QStringLiteral("2.2.1"));
    m_oldPackage = makePackage(QStringLiteral("2.2.0"));
}

ScratchCluster::ScratchCluster(int nodes, const QString &directory)
    : m_directory(directory)
    , m_nodes(nodes)
    , m_connector(std::make_unique<Connector>(*this))
{ }

ScratchCluster::~ScratchCluster()
{
    if (m_owned)
        endStrayProcesses();
}

/// Detached jobs and orphans of this cluster: those whose environment names its directory.
void ScratchCluster::endStrayProcesses()
{
    const QByteArray mark = "SCRATCH_ROOT=" + m_directory.toUtf8();
    for (const auto &entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const qint64 pid = entry.toLongLong();
        if (pid > 0 && pid != ::getpid()
            && content(QStringLiteral("/proc/%1/environ").arg(pid)).contains(mark))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
    }
}

bool ScratchCluster::isValid() const
{
    return m_owned && m_owned->isValid() && m_package.size > 0;
}

QString ScratchCluster::hostId(int index) const
{
    return QStringLiteral("10.0.0.%1").arg(index + 1);
}

QString ScratchCluster::root(int index) const
{
    return m_directory + QStringLiteral("/host%1").arg(index + 1);
}

void ScratchCluster::seedHost(int index)
{
    const QString host = root(index);
    for (const auto &tool : {"systemctl", "dpkg-query", "dpkg", "journalctl", "curl", "chown"}) {
        const QString name = QLatin1String(tool);
        write(host + QStringLiteral("/bin/") + name, content(dataDirectory() + u'/' + name), true);
    }
    write(host + QStringLiteral("/usr/local/kaiwudb/bin/kwbase"),
          content(dataDirectory() + QStringLiteral("/kwbase")), true);
    write(host + QStringLiteral("/usr/local/kaiwudb/build"), "2.2.0\n");
    write(host + QStringLiteral("/etc/kaiwudb/info/.version"), "2.2.0\n");
    write(host + QStringLiteral("/etc/kaiwudb/info/MODE"), "bare\nmulti-replication\n");
    write(host + QStringLiteral("/etc/systemd/system/kaiwudb.service"), "[Unit]\n");
    write(host + QStringLiteral("/var/lib/kaiwudb/000001.sst"), QByteArray(20000, 'd'));
    write(host + QStringLiteral("/var/lib/kaiwudb/logs/kwbase.log"), "log\n");
    QDir().mkpath(host + QStringLiteral("/var/tmp"));
    QDir().mkpath(host + QStringLiteral("/fault"));
    QDir().mkpath(host + QStringLiteral("/count"));
    write(host + QStringLiteral("/state/packages"),
          "kaiwudb-libcommon 2.2.0 install ok installed\n"
          "kaiwudb-server 2.2.0 install ok installed\n");
    write(host + QStringLiteral("/state/node"), QByteArray::number(index + 1) + '\n');
    write(host + QStringLiteral("/state/pid"), "4242\n");
    write(host + QStringLiteral("/state/result"), "success\n");
    write(host + QStringLiteral("/state/started"),
          QByteArray::number(QDateTime::currentSecsSinceEpoch() - 3600) + '\n');
    write(host + QStringLiteral("/state/build"), "V2.2.0\n");
}

PackageInfo ScratchCluster::makePackage(const QString &version) const
{
    const QString folder = m_directory + QStringLiteral("/release-") + version;
    const QString top = folder + QStringLiteral("/kwdb_install");
    const QString deb = version + QStringLiteral("_amd64.deb");
    const QByteArray script = content(dataDirectory() + QStringLiteral("/deploy.sh"));
    write(top + QStringLiteral("/deploy.sh"), script, true);
    write(top + QStringLiteral("/packages/.version"), version.toUtf8() + '\n');
    write(top + QStringLiteral("/packages/kaiwudb-server_") + deb, QByteArray(4000, 's'));
    write(top + QStringLiteral("/packages/kaiwudb-libcommon_") + deb, QByteArray(4000, 'c'));
    const QString archive = folder + QStringLiteral(".tar.gz");
    QProcess tar;
    tar.start(QStringLiteral("tar"),
              {QStringLiteral("-czf"), archive, QStringLiteral("-C"), folder,
               QStringLiteral("kwdb_install")});
    tar.waitForFinished();
    const QByteArray bytes = content(archive);
    PackageInfo package = debPackage(version);
    package.file = archive;
    package.size = bytes.size();
    package.sha256 = sha256(bytes);
    package.topFolder = QStringLiteral("kwdb_install");
    package.unpackedBytes = 20000;
    package.scriptSha256 = QString::fromLatin1(sha256(script));
    return package;
}

QString ScratchCluster::mapped(int index, const QString &script) const
{
    // Only where a path begins: root() itself may contain such names.
    static const QRegularExpression Paths(QStringLiteral(
        "(?<![A-Za-z0-9_./-])/(etc/kaiwudb|etc/systemd|usr/local/kaiwudb|var/tmp|var/lib/kaiwudb|"
        "backup)(?![A-Za-z0-9_])"));
    QString text = script;
    return text.replace(Paths, root(index) + QStringLiteral("/\\1"));
}

bool ScratchCluster::takeLoss(int index, const QString &script)
{
    const QMutexLocker lock(&m_mutex);
    for (qsizetype i = 0; i < m_losses.size(); ++i) {
        if (m_losses[i].index == index && script.contains(m_losses[i].part)) {
            m_losses.removeAt(i);
            return true;
        }
    }
    return false;
}

Facts ScratchCluster::facts() const
{
    auto builder = m_nodes == 1                   ? FactsBuilder::singleNode()
        : m_runType == RunType::SingleReplication ? FactsBuilder::singleReplicaCluster(m_nodes)
                                                  : FactsBuilder::cluster(m_nodes);
    for (int i = 0; i < m_nodes; ++i) {
        builder.facts().nodeIdByHost[hostId(i)] = i + 1;
        builder.node(i).id = i + 1;
        builder.host(i).dataRoot = known(QStringLiteral("/var/lib/kaiwudb"));
    }
    return builder.facts();
}

QHash<QString, KwbaseCli> ScratchCluster::clis() const
{
    QHash<QString, KwbaseCli> clis;
    for (int i = 0; i < m_nodes; ++i) {
        KwbaseCli cli;
        cli.binary = QStringLiteral("/usr/local/kaiwudb/bin/kwbase");
        cli.user = userName();
        cli.address = QStringLiteral("127.0.0.1:26257");
        cli.security = SecurityMode::Insecure;
        clis[hostId(i)] = cli;
    }
    return clis;
}

Timeouts ScratchCluster::timeouts()
{
    using namespace std::chrono_literals;
    Timeouts times;
    times.drainWait = 1s;
    times.stopLimit = 3s;
    times.activeFor = 100ms;
    times.gateSettle = 200ms;
    times.gateInterval = 20ms;
    times.gateLimit = 5s;
    times.query = 10s;
    times.reconnectPause = 10ms;
    times.reconnectLimit = 2s;
    return times;
}

HostConnector &ScratchCluster::connector()
{
    return *m_connector;
}

QList<HostLogin> ScratchCluster::logins() const
{
    QList<HostLogin> logins;
    for (const auto &host : facts().hosts)
        logins.append({host.host, {}});
    return logins;
}

void ScratchCluster::setFault(int index, const QString &fault, const QString &value)
{
    write(root(index) + QStringLiteral("/fault/") + fault, value.toUtf8() + '\n');
}

void ScratchCluster::clearFault(int index, const QString &fault)
{
    QFile::remove(root(index) + QStringLiteral("/fault/") + fault);
}

void ScratchCluster::loseConnection(int index, const QString &part)
{
    const QMutexLocker lock(&m_mutex);
    m_losses.append({index, part});
}

void ScratchCluster::setUnderReplicated(int ranges)
{
    write(m_directory + QStringLiteral("/under-replicated"), QByteArray::number(ranges) + '\n');
}

void ScratchCluster::setReachable(int index, bool reachable)
{
    m_unreachable[index] = !reachable;
}

int ScratchCluster::count(int index, const QString &what) const
{
    return static_cast<int>(content(root(index) + QStringLiteral("/count/") + what).count('\n'));
}

QString ScratchCluster::version(int index) const
{
    return fileContent(index, QStringLiteral("/etc/kaiwudb/info/.version")).trimmed();
}

bool ScratchCluster::isRunning(int index) const
{
    return content(root(index) + QStringLiteral("/state/pid")).trimmed() != "0";
}

QString ScratchCluster::setting() const
{
    return QString::fromUtf8(content(m_directory + QStringLiteral("/cluster/setting"))).trimmed();
}

void ScratchCluster::setSetting(const QString &value)
{
    write(m_directory + QStringLiteral("/cluster/setting"), value.toUtf8() + '\n');
}

QString ScratchCluster::fileContent(int index, const QString &path) const
{
    return QString::fromUtf8(content(root(index) + path));
}

bool ScratchCluster::exists(int index, const QString &path) const
{
    return QFile::exists(root(index) + path);
}

void ScratchCluster::writeFile(int index, const QString &path, const QByteArray &bytes)
{
    write(root(index) + path, bytes);
}

} // namespace kwup::test
