#pragma once

#include "core/discover/Facts.h"
#include "core/package/PackageInfo.h"

namespace kwup::test {

/// A fact that was read.
template <typename T>
Fact<T> known(T value, const QByteArray &raw = {})
{
    Fact<T> fact;
    fact.value = std::move(value);
    fact.command = QStringLiteral("read-it");
    fact.raw = raw;
    return fact;
}

/// A fact that could not be read.
template <typename T>
Fact<T> unreadable(const Fact<T> & /*like*/ = {})
{
    Fact<T> fact;
    fact.command = QStringLiteral("read-it");
    fact.raw = "Permission denied";
    fact.error.code = ErrorCode::CommandFailed;
    fact.error.args = {fact.command, QStringLiteral("1")};
    fact.error.exitCode = 1;
    return fact;
}

/// Facts of healthy KWDB installations: bare .deb packages, TLS, Debian 12, x86_64. Hosts are
/// 10.0.0.1, 10.0.0.2, …; node ids do not follow the addresses (node ids are 1, 3, 2, 4, 5 …), as
/// on real clusters. Change what a test needs through the references, then use facts().
///
///     auto three = FactsBuilder::cluster();
///     three.node(1).isLive = false;          // the node on host 1
///     three.host(0).stageFreeBytes = known<qint64>(0);
///     runChecks(CheckInput{three.facts()});
class FactsBuilder {
public:
    /// `nodes` nodes with three replicas (start).
    static FactsBuilder cluster(int nodes = 3, const QString &version = QStringLiteral("2.2.0"));
    /// Nodes with one replica per range (start-single-replica): under-replicated is 53, always.
    static FactsBuilder singleReplicaCluster(int nodes = 3,
                                             const QString &version = QStringLiteral("2.2.0"));
    /// One node (start-single-node); not in a cluster.
    static FactsBuilder singleNode(const QString &version = QStringLiteral("2.2.0"));
    /// The same as a container installed by deploy.sh (KaiwuDB.tar).
    FactsBuilder &asContainers();
    /// The same as containers that docker run (or docker-compose 1.29.2) made of kwdb/kwdb:2.2.0,
    /// data and certificates on bind mounts.
    FactsBuilder &asDockerRun();
    FactsBuilder &asCompose();
    /// The same as servers that kwdb started by hand from /opt/kwdb/install/bin; cmake and make are
    /// there, go is not.
    FactsBuilder &asSource();
    /// All services stopped: MainPID 0, no cluster view.
    FactsBuilder &stopped();

    int size() const { return static_cast<int>(m_facts.hosts.size()); }
    HostFacts &host(int index) { return m_facts.hosts[index]; } ///< 0-based
    QString hostId(int index) const; ///< "10.0.0.1"
    NodeRow &node(int hostIndex); ///< row of the node on that host
    ClusterView &view() { return m_facts.cluster; }
    Facts &facts() { return m_facts; }

    /// The host cannot be reached at all: no fact is known.
    FactsBuilder &unreachable(int hostIndex);
    /// The node is down since a while: flags false, service failed, replicas of it missing.
    FactsBuilder &nodeDown(int hostIndex);
    /// A job as SHOW JOBS lists it.
    FactsBuilder &job(const QString &type, const QString &status);

private:
    static FactsBuilder build(int nodes, const QString &version, RunType runType);
    Facts m_facts;
};

/// 2.2.1, bare .deb, x86_64.
PackageInfo debPackage(const QString &version = QStringLiteral("2.2.1"));
PackageInfo rpmPackage(const QString &version = QStringLiteral("2.2.1"));
/// kwdb/kwdb:2.2.1 in an archive of docker save.
PackageInfo imagePackage(const QString &version = QStringLiteral("2.2.1"));
/// A tree that needs cmake and make; the program that a build has installed, x86_64.
PackageInfo sourceTree(const QString &version = QStringLiteral("2.2.1"));
PackageInfo builtTree(const QString &version = QStringLiteral("2.2.1"));
PackageInfo containerPackage(const QString &version = QStringLiteral("2.2.1"));

} // namespace kwup::test
