#include "core/checks/Findings.h"

#include <QSet>

#include <algorithm>

namespace kwup {

namespace {

int majorityOf(qsizetype count)
{
    return static_cast<int>(count / 2 + 1);
}

/// Stores by what is known of their nodes.
struct Stores {
    QSet<int> live;
    QSet<int> ofNode;
    QSet<int> known;
};

Stores storesFor(const ClusterView &view, int nodeId)
{
    Stores stores;
    for (const StoreRow &store : view.stores) {
        const bool isUp =
            std::any_of(view.nodes.begin(), view.nodes.end(), [&store](const NodeRow &node) {
                return node.id == store.nodeId && node.isUp();
            });
        stores.known.insert(store.storeId);
        if (isUp)
            stores.live.insert(store.storeId);
        if (store.nodeId == nodeId)
            stores.ofNode.insert(store.storeId);
    }
    return stores;
}

std::optional<int> rangesLosingQuorum(const ClusterView &view, int nodeId)
{
    if (view.ranges.isEmpty() || view.rangesError.code != ErrorCode::None)
        return {};
    const Stores stores = storesFor(view, nodeId);
    if (stores.ofNode.isEmpty())
        return {};
    int losing = 0;
    for (const RangeRow &range : view.ranges) {
        int live = 0;
        int liveAfter = 0;
        for (const int store : range.replicaStores) {
            if (!stores.known.contains(store))
                return {}; // a store nobody tells about: better no number than a wrong one
            live += stores.live.contains(store) ? 1 : 0;
            liveAfter += stores.live.contains(store) && !stores.ofNode.contains(store) ? 1 : 0;
        }
        const int majority = majorityOf(range.replicaStores.size());
        losing += live >= majority && liveAfter < majority ? 1 : 0;
    }
    return losing;
}

int leasesOf(const ClusterView &view, const NodeRow &node)
{
    int leases = 0;
    bool isKnown = false;
    for (const StoreRow &store : view.stores) {
        if (store.nodeId != node.id)
            continue;
        leases += store.leaseCount;
        isKnown = true;
    }
    return isKnown ? leases : node.leaseholders.value_or(0);
}

} // namespace

QList<StopImpact> stopImpacts(const Facts &facts)
{
    const ClusterView &view = facts.cluster;
    const auto up = std::count_if(view.nodes.begin(), view.nodes.end(),
                                  [](const NodeRow &node) { return node.isUp(); });
    const auto members = std::count_if(view.nodes.begin(), view.nodes.end(),
                                       [](const NodeRow &node) { return !isFormerMember(node); });
    QList<StopImpact> impacts;
    for (const NodeRow &node : view.nodes) {
        if (isFormerMember(node))
            continue;
        StopImpact impact;
        impact.nodeId = node.id;
        impact.host = facts.nodeIdByHost.key(node.id, node.address);
        impact.leases = leasesOf(view, node);
        impact.rangesLosingQuorum = rangesLosingQuorum(view, node.id);
        const auto upAfter = up - (node.isUp() ? 1 : 0);
        impact.clusterLosesQuorum = upAfter < majorityOf(members);
        impacts.append(impact);
    }
    return impacts;
}

} // namespace kwup
