#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace kwup {

/// Line 1 of MODE, or what the host shows instead of it.
enum class Deployment { None, BarePackage, ContainerPackage, Compose, DockerRun, Source };

/// Line 2 of MODE; the start subcommand says the same (start-single-node, start-single-replica,
/// start).
enum class RunType { Unknown, Single, SingleReplication, MultiReplication };

/// Line 8 of MODE.
enum class SecurityMode { Unknown, Insecure, Tls, Tlcp };

QString toString(Deployment deployment); ///< stable kebab-case, for journals and reports
QString toString(RunType runType); ///< as in MODE: single, single-replication, multi-replication
QString toString(SecurityMode mode); ///< as in MODE: insecure, tls, tlcp
std::optional<Deployment> deploymentFromString(const QString &text);
std::optional<RunType> runTypeFromString(const QString &text);
std::optional<SecurityMode> securityModeFromString(const QString &text);

/// A row of `kwbase node status --all --format=csv`. Source: kwdb-transcripts 02, 03; columns equal
/// from 2.1.0 to 3.2.1. NULL columns of nodes known only by liveness are empty optionals.
struct NodeRow {
    int id = 0;
    QString address; ///< host:port
    QString sqlAddress;
    QString build; ///< "V2.2.0" or "2.2.0"; of a dead node the old value remains
    QDateTime startedAt; ///< UTC
    QString locality;
    QString startMode; ///< start, start-single-replica, start-single-node
    bool isAvailable = false; ///< liveness not expired and not upgrading
    bool isLive = false; ///< gossip client key present; lags up to 10 s after a stop
    std::optional<int> leaseholders;
    std::optional<int> leaders;
    std::optional<int> ranges;
    std::optional<int> rangesUnavailable;
    std::optional<int> rangesUnderreplicated;
    std::optional<qint64> liveBytes;
    std::optional<int> gossipedReplicas;
    std::optional<bool> isDecommissioning;
    std::optional<bool> isDraining;

    bool isUp() const { return isAvailable && isLive; }
};

/// The two sums of the upgrade guide over kwdb_internal.kv_store_status. Written about every 10 s
/// by each node: stale for 11–14 s after every change (kwdb-transcripts 09).
struct RangeHealth {
    qint64 unavailable = 0;
    qint64 underReplicated = 0;
    bool operator==(const RangeHealth &) const = default;
};

/// A row of SHOW JOBS, the columns the checks need.
struct JobRow {
    qint64 id = 0;
    QString type; ///< "SCHEMA CHANGE", "IMPORT", "RESTART HISTORY", …
    QString description;
    QString status; ///< running, succeeded, …
    double fraction = 0;
};

/// A row of kv_store_status: which node a store belongs to (leases and replicas name stores).
struct StoreRow {
    int nodeId = 0;
    int storeId = 0;
    int rangeCount = 0;
    int leaseCount = 0;
};

/// A range with its replicas, for "what breaks if this node stops now".
struct RangeRow {
    qint64 id = 0;
    QString table; ///< database.table, empty for system ranges
    QList<int> replicaStores;
};

} // namespace kwup

Q_DECLARE_METATYPE(kwup::NodeRow)
Q_DECLARE_METATYPE(kwup::RangeHealth)
