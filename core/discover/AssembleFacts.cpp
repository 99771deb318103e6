#include "core/discover/Discovery.h"

#include <QCoreApplication>
#include <QSet>

namespace kwup {

namespace {

QString hostPart(const QString &address)
{
    QString host = address.left(address.lastIndexOf(u':'));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    return host;
}

/// Where others reach this node's database, as far as the host knows: best knowledge first.
QStringList sqlAddresses(const HostFacts &host)
{
    const int port = host.sqlPort.valueOr(26257);
    QStringList addresses;
    if (host.startCommand.isKnown() && !host.startCommand.value->advertiseAddress.isEmpty())
        addresses.append(host.startCommand.value->advertiseAddress);
    for (const auto &name : {host.advertisedAddress.valueOr(QString()), host.host.address,
                             host.hostname.valueOr(QString())}) {
        if (!name.isEmpty())
            addresses.append(QStringLiteral("%1:%2").arg(name).arg(port));
    }
    addresses.removeDuplicates();
    return addresses;
}

std::optional<int> nodeOn(const HostFacts &host, const QList<NodeRow> &nodes)
{
    for (const auto &address : sqlAddresses(host)) {
        for (const auto &node : nodes) {
            if (node.address == address || node.sqlAddress == address)
                return node.id;
        }
    }
    // Behind port forwarding the port differs; one node on that address is still the one.
    std::optional<int> found;
    for (const auto &node : nodes) {
        const QString name = hostPart(node.address);
        if (name.isEmpty()
            || (name != host.advertisedAddress.valueOr(QString()) && name != host.host.address))
            continue;
        if (found)
            return std::nullopt;
        found = node.id;
    }
    return found;
}

bool shareNode(const ClusterView &a, const ClusterView &b)
{
    QSet<QString> addresses;
    for (const auto &node : a.nodes)
        addresses.insert(node.address);
    for (const auto &node : b.nodes) {
        if (addresses.contains(node.address))
            return true;
    }
    return false;
}

bool areTwoClusters(const ClusterView &a, const ClusterView &b)
{
    if (!a.clusterId.isEmpty() && !b.clusterId.isEmpty())
        return a.clusterId != b.clusterId;
    return !shareNode(a, b);
}

QString clusterName(const ClusterView &view)
{
    if (!view.clusterId.isEmpty())
        return view.clusterId;
    return view.nodes.isEmpty() ? QStringLiteral("?") : view.nodes.first().address;
}

Error problem(ErrorCode code, const QString &host, const QStringList &args)
{
    Error error;
    error.code = code;
    error.host = host;
    error.args = args;
    return error;
}

/// Cloned machines share their machine id: only one and the same node proves one host.
QString whySame(const HostFacts &a, const HostFacts &b)
{
    const QString machine = a.machineId.valueOr(QString());
    if (machine.isEmpty() || machine != b.machineId.valueOr(QString()) || !a.isInstalled()
        || !b.isInstalled() || a.sqlPort.valueOr(0) != b.sqlPort.valueOr(0))
        return {};
    const QString address = a.advertisedAddress.valueOr(QString());
    if (address.isEmpty() || address != b.advertisedAddress.valueOr(QString()))
        return {};
    if (a.hostname.valueOr(QString()) != b.hostname.valueOr(QString()))
        return {};
    return QStringLiteral("%1:%2").arg(address).arg(a.sqlPort.valueOr(0));
}

QList<Error> hostsTwice(const QList<HostFacts> &hosts)
{
    QList<Error> problems;
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        for (qsizetype j = i + 1; j < hosts.size(); ++j) {
            const QString a = hosts[i].host.id();
            const QString b = hosts[j].host.id();
            const QString why = a == b ? a : whySame(hosts[i], hosts[j]);
            if (!why.isEmpty())
                problems.append(problem(ErrorCode::HostTwice, {}, {a, b, why}));
        }
    }
    return problems;
}

QList<Error> hostsWithoutKwdb(const QList<HostFacts> &hosts)
{
    QList<Error> problems;
    for (const auto &host : hosts) {
        if (!host.deployment.isKnown() || *host.deployment.value != Deployment::None)
            continue;
        const QString what = QCoreApplication::translate(
            "Discovery",
            "there is no installation below /etc/kaiwudb, no container and no process");
        problems.append(problem(ErrorCode::NotKwdb, host.host.id(), {what}));
    }
    return problems;
}

QList<Error> mixedClusters(const QList<ClusterView> &views)
{
    QList<Error> problems;
    for (qsizetype i = 1; i < views.size(); ++i) {
        if (areTwoClusters(views[0], views[i])) {
            problems.append(problem(ErrorCode::ClustersMixed, {},
                                    {views[0].askedHost, clusterName(views[0]), views[i].askedHost,
                                     clusterName(views[i])}));
        }
    }
    return problems;
}

} // namespace

Facts assembleFacts(const QList<HostFacts> &hosts, const QList<ClusterView> &views,
                    const Error &clusterError)
{
    Facts facts;
    facts.hosts = hosts;
    if (views.isEmpty())
        facts.clusterError = clusterError;
    else
        facts.cluster = views.first();
    facts.listProblems = mixedClusters(views) + hostsTwice(hosts) + hostsWithoutKwdb(hosts);
    for (const auto &host : hosts) {
        // Node ids of another cluster would look like ids of this one.
        bool isElsewhere = false;
        for (const auto &view : views)
            isElsewhere |= view.askedHost == host.host.id() && areTwoClusters(views.first(), view);
        if (isElsewhere || !host.isReachable())
            continue;
        // A single node may call itself 127.0.0.1 or by the name of its container.
        const bool isOnlyNode =
            facts.cluster.nodes.size() == 1 && facts.cluster.askedHost == host.host.id();
        if (isOnlyNode)
            facts.nodeIdByHost.insert(host.host.id(), facts.cluster.nodes.first().id);
        else if (const auto id = nodeOn(host, facts.cluster.nodes))
            facts.nodeIdByHost.insert(host.host.id(), *id);
    }
    return facts;
}

QStringList missingHosts(const Facts &facts)
{
    QSet<QString> known;
    QSet<int> knownNodes;
    for (const auto &host : facts.hosts) {
        known += {host.host.address, host.advertisedAddress.valueOr(QString()),
                  host.hostname.valueOr(QString())};
    }
    for (const int id : facts.nodeIdByHost)
        knownNodes.insert(id);
    QStringList missing;
    for (const auto &node : facts.cluster.nodes) {
        const bool hasLeft = node.isDecommissioning.value_or(false) && !node.isUp();
        if (!knownNodes.contains(node.id) && !hasLeft && !node.address.isEmpty())
            missing.append(hostPart(node.address));
    }
    for (const auto &host : facts.hosts)
        missing += host.otherNodes.valueOr({});
    missing.removeDuplicates();
    missing.removeIf([&known](const QString &address) { return known.contains(address); });
    return missing;
}

} // namespace kwup
