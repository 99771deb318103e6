#include "core/discover/Facts.h"

namespace kwup {

const HostFacts *Facts::host(const QString &hostId) const
{
    for (const HostFacts &candidate : hosts) {
        if (candidate.host.id() == hostId)
            return &candidate;
    }
    return nullptr;
}

QStringList nodesNotInList(const Facts &facts)
{
    QStringList missing;
    if (!facts.cluster.nodes.isEmpty()) {
        const QList<int> ids = facts.nodeIdByHost.values();
        for (const auto &node : facts.cluster.nodes) {
            const bool hasLeft = node.isDecommissioning.value_or(false) && !node.isLive;
            if (!ids.contains(node.id) && !hasLeft)
                missing.append(QStringLiteral("%1 (%2)").arg(node.id).arg(node.address));
        }
        return missing;
    }
    QStringList known;
    for (const auto &host : facts.hosts)
        known += {host.host.address, host.advertisedAddress.valueOr(QString())};
    for (const auto &host : facts.hosts) {
        for (const auto &address : host.otherNodes.valueOr({})) {
            if (!known.contains(address) && !missing.contains(address))
                missing.append(address);
        }
    }
    return missing;
}

} // namespace kwup
