#pragma once

#include "core/base/Error.h"
#include "core/discover/ContainerFacts.h"
#include "core/kwdb/Types.h"
#include "core/kwdb/UnitFile.h"
#include "core/kwdb/Version.h"
#include "core/remote/Host.h"

#include <QDateTime>
#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace kwup {

/// A value read from a host, with the command that read it. An empty value with an error: it could
/// not be read, and why.
template <typename T>
struct Fact {
    std::optional<T> value;
    QString command;
    QByteArray raw; ///< what the command printed, cut to 4 KiB
    Error error; ///< code None when value is set

    bool isKnown() const { return value.has_value(); }
    T valueOr(T fallback) const { return value.value_or(std::move(fallback)); }
};

/// systemd's view of the kaiwudb unit. Source: host-transcripts (systemctl show).
struct ServiceState {
    QString activeState; ///< active, inactive, failed, activating, deactivating
    QString subState;
    QString result; ///< success, exit-code, timeout, signal
    qint64 mainPid = 0;
    int execMainStatus = 0;
    QString unitFileState; ///< enabled, disabled
    bool needDaemonReload = false;
    bool isRunning() const { return mainPid != 0; }
};

struct PackageState {
    QString name;
    QString version;
    QString status; ///< dpkg: "install ok installed"; rpm: "installed"
};

/// A server that no package and no container stands behind. What its environment holds is not read:
/// it may be secret.
struct ProcessFacts {
    qint64 pid = 0;
    QString exe; ///< real path of the program
    QString cwd;
    QString user;
    QString unit; ///< the systemd unit that has started it; empty: started by hand
    bool isUnitEnabled = false;
    QString libraries; ///< its LD_LIBRARY_PATH, all parts absolute, and the lib beside bin
    int servers = 1; ///< such processes on the host
    QStringList unreadable; ///< of /proc/PID: environ, limits, cwd, exe
};

/// Everything read from one host, read-only (I1). Produced by discoverHost(); a plain value.
struct HostFacts {
    HostSpec host;
    QDateTime readAt; ///< UTC
    Error error; ///< set when the host could not be read at all; then no fact is known

    Fact<QString> hostname;
    Fact<QString> machineId; ///< to see that two addresses are one host
    Fact<QString> os; ///< PRETTY_NAME
    Fact<QString> osFamily; ///< "deb" or "rpm" by the package manager that owns the system
    Fact<QString> architecture; ///< uname -m
    Fact<int> cpuCount;
    Fact<qint64> memoryBytes;
    Fact<double> clockOffset; ///< host minus this computer, seconds
    Fact<PrivilegeMode> privilege;
    Fact<Deployment> deployment;
    Fact<RunType> runType;
    Fact<SecurityMode> security;
    Fact<KwdbVersion> installedVersion; ///< /etc/kaiwudb/info/.version
    Fact<KwdbVersion> binaryVersion; ///< kwbase version
    Fact<QList<PackageState>> packages;
    Fact<QString> managementUser; ///< MODE line 7
    Fact<QString> advertisedAddress; ///< MODE last line
    Fact<int> sqlPort;
    Fact<int> httpPort;
    Fact<StartCommand> startCommand; ///< ExecStart of the unit, or the live process
    Fact<QString> container; ///< name of the container that runs KWDB, empty when none does
    Fact<ContainerFacts> containerFacts; ///< of that container; `raw` stays empty
    Fact<ProcessFacts> process; ///< of a source build
    Fact<QStringList> buildTools; ///< those of the programs for a build that are there
    Fact<qint64> programFreeBytes; ///< free where the program of a source build lies
    Fact<bool> unitBroken; ///< ExecStartPre that cannot run (host-transcripts README no. 9)
    Fact<QString> startArgument; ///< KAIWUDB_START_ARG, blanks trimmed
    Fact<ServiceState> service;
    Fact<QString> dataRoot;
    Fact<qint64> dataBytes; ///< du of the data root
    Fact<qint64> dataFreeBytes; ///< free on the file system of the data root
    Fact<qint64> stageFreeBytes; ///< free on /var/tmp
    Fact<qint64> installFreeBytes; ///< free on /usr/local
    Fact<QString> packageManagerLock; ///< holder of the dpkg/rpm lock, empty when free
    Fact<QStringList> otherNodes; ///< line 1 of NODE
    Fact<QString> wizardLock; ///< content of the wizard's lock on this host, empty when free
    Fact<QString> tools; ///< missing tools deploy.sh needs (ps getopt awk …), blank separated

    bool isReachable() const { return error.code == ErrorCode::None; }
    bool isInstalled() const
    {
        return deployment.isKnown() && *deployment.value != Deployment::None;
    }
};

/// One cluster as seen through one of its nodes at one moment.
struct ClusterView {
    QDateTime readAt; ///< UTC
    QString askedHost; ///< HostSpec::id() of the node that was asked
    QString clusterId;
    QList<NodeRow> nodes;
    std::optional<RangeHealth> health;
    Error healthError;
    QList<JobRow> jobs;
    Error jobsError;
    QList<StoreRow> stores;
    QList<RangeRow> ranges; ///< only when asked for (expensive)
    Error rangesError;
    QHash<QString, QString> settings; ///< server.time_until_store_dead, …
};

struct TransferFacts; // core/transfer/TransferFacts.h

/// All hosts of the list plus what the cluster itself says.
struct Facts {
    QList<HostFacts> hosts;
    ClusterView cluster;
    Error clusterError; ///< why `cluster` is empty (no node answers)
    QHash<QString, int> nodeIdByHost; ///< HostSpec::id() → node id
    /// The new cluster of the method export-import and what both hold; null for other methods.
    std::shared_ptr<const TransferFacts> transfer;
    QList<Error> listProblems; ///< ClustersMixed, HostTwice, NotKwdb: told before anything else

    const HostFacts *host(const QString &hostId) const;
};

/// Nodes of the cluster that are on no host of the list: as the cluster tells, or, when no node
/// answers, as the hosts' NODE files do (written at the installation, so they may be stale).
QStringList nodesNotInList(const Facts &facts);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::HostFacts)
Q_DECLARE_METATYPE(kwup::ClusterView)
Q_DECLARE_METATYPE(kwup::Facts)
