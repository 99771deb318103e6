#include "core/checks/Findings.h"

#include <algorithm>
#include <numeric>

// Replicas: are they healthy, and what breaks when one node stops.

namespace kwup {

namespace {

RunType runTypeOf(const Facts &facts)
{
    for (const HostFacts &host : facts.hosts) {
        if (host.runType.isKnown())
            return *host.runType.value;
    }
    return RunType::Unknown;
}

Finding rangesHealthy(const CheckInput &input)
{
    if (isStoppedBeforehand(input))
        return notApplicable("node-stopped");
    const ClusterView &view = input.facts.cluster;
    if (!view.health)
        return unread(CheckStatus::Blocked,
                      view.healthError.code != ErrorCode::None ? view.healthError
                                                               : input.facts.clusterError);
    const QStringList args{QString::number(view.health->unavailable),
                           QString::number(view.health->underReplicated)};
    if (view.health->unavailable > 0)
        return blocked("unavailable", args);
    // Never 0 where every range has one replica: host-transcripts README no. 7.
    if (runTypeOf(input.facts) != RunType::MultiReplication)
        return notApplicable("one-replica", args);
    return view.health->underReplicated > 0 ? warning("under-replicated", args) : passed(args);
}

/// A node that is only marked as upgrading works, and the live method repairs it before the first
/// node goes.
QList<StopImpact> impactsFor(const CheckInput &input)
{
    if (input.method != Method::ScriptLive)
        return stopImpacts(input.facts);
    Facts repaired = input.facts;
    for (NodeRow &node : repaired.cluster.nodes)
        node.isAvailable = node.isAvailable || node.isLive;
    return stopImpacts(repaired);
}

Finding quorumAfterStop(const CheckInput &input)
{
    if (!isRolling(input))
        return notApplicable("outage-planned");
    const QList<StopImpact> impacts = impactsFor(input);
    if (impacts.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    QStringList hosts;
    for (const StopImpact &impact : impacts) {
        if (impact.clusterLosesQuorum)
            hosts.append(impact.host);
    }
    const QString count = QString::number(impacts.size());
    return hosts.isEmpty() ? passed({count}) : blocked("lost", {joined(hosts), count});
}

Finding rangeQuorumAfterStop(const CheckInput &input)
{
    if (!isRolling(input))
        return notApplicable("outage-planned");
    const QList<StopImpact> impacts = impactsFor(input);
    if (impacts.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    QStringList losing;
    bool isKnown = true;
    for (const StopImpact &impact : impacts) {
        isKnown = isKnown && impact.rangesLosingQuorum.has_value();
        if (impact.rangesLosingQuorum.value_or(0) > 0)
            losing.append(
                QStringLiteral("%1: %2").arg(impact.host).arg(*impact.rangesLosingQuorum));
    }
    if (!losing.isEmpty())
        return blocked("lost", {joined(losing)});
    if (!isKnown)
        return unread(CheckStatus::Warning, input.facts.cluster.rangesError);
    return passed();
}

Finding leaseholderBalance(const CheckInput &input)
{
    if (!isRolling(input))
        return notApplicable("other-method");
    QList<int> counts;
    QStringList shown;
    for (const StopImpact &impact : stopImpacts(input.facts)) {
        counts.append(impact.leases);
        shown.append(QStringLiteral("%1: %2").arg(impact.host).arg(impact.leases));
    }
    const int total = std::accumulate(counts.begin(), counts.end(), 0);
    if (counts.isEmpty() || total == 0)
        return unread(CheckStatus::Warning, input.facts.clusterError);
    // The vendor gives no threshold; a fifth of the mean, and never fewer than 5.
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    const int allowed = std::max(5, total / static_cast<int>(counts.size()) / 5);
    return *most - *least > allowed ? info("uneven", {joined(shown)}) : passed({joined(shown)});
}

} // namespace

// clang-format off
CheckFamily replicaChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Replicas"), {
        {.id = "ranges-healthy",
         .title = QT_TRANSLATE_NOOP("Check", "All replicas are healthy"),
         .why = QT_TRANSLATE_NOOP("Check", "Data that lacks replicas now can become unavailable when the next node stops."),
         .cluster = rangesHealthy,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Ranges unavailable: %1, under-replicated: %2."), ""},
            {"one-replica", QT_TRANSLATE_NOOP("Check", "Ranges unavailable: %1. Every range has one replica by design, so the number of under-replicated ones (%2) says nothing."), ""},
            {"unavailable", QT_TRANSLATE_NOOP("Check", "Ranges are unavailable: %1; under-replicated: %2."),
             QT_TRANSLATE_NOOP("Check", "Bring back the nodes that hold their replicas. Do not stop any node before that.")},
            {"under-replicated", QT_TRANSLATE_NOOP("Check", "Ranges are under-replicated: %2; unavailable: %1."),
             QT_TRANSLATE_NOOP("Check", "Wait until the number is 0. If it stays, look for tables that ask for more replicas than there are nodes.")}}},
        {.id = "quorum-after-stop",
         .title = QT_TRANSLATE_NOOP("Check", "A majority of nodes remains when one stops"),
         .why = QT_TRANSLATE_NOOP("Check", "Without a majority the cluster answers nobody; with one or two nodes every stop is an outage."),
         .cluster = quorumAfterStop,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Any one of the nodes (%1) can stop."), ""},
            {"outage-planned", QT_TRANSLATE_NOOP("Check", "The chosen method stops the service anyway."), ""},
            {"lost", QT_TRANSLATE_NOOP("Check", "The cluster (nodes: %2) would lose its majority when one of these stops: %1."),
             QT_TRANSLATE_NOOP("Check", "Add nodes or bring back those that are down. A cluster of one or two nodes can only be upgraded with an outage.")}}},
        {.id = "range-quorum-after-stop",
         .title = QT_TRANSLATE_NOOP("Check", "All data stays available when one node stops"),
         .why = QT_TRANSLATE_NOOP("Check", "A table may have fewer replicas than the cluster has nodes; its data is unavailable while its node is down."),
         .cluster = rangeQuorumAfterStop,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Every range keeps a majority of its replicas, whichever node stops."), ""},
            {"outage-planned", QT_TRANSLATE_NOOP("Check", "The chosen method stops the service anyway."), ""},
            {"lost", QT_TRANSLATE_NOOP("Check", "Ranges would become unavailable when a node stops (host and number of ranges): %1."),
             QT_TRANSLATE_NOOP("Check", "Give these tables three replicas, or wait until their missing replicas are made again.")}}},
        {.id = "leaseholder-balance",
         .title = QT_TRANSLATE_NOOP("Check", "Leaseholders are spread evenly"),
         .why = QT_TRANSLATE_NOOP("Check", "The leases of a node must move before it stops; a node that holds most of them takes longer and disturbs more clients."),
         .cluster = leaseholderBalance,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Leases by host: %1."), ""},
            {"uneven", QT_TRANSLATE_NOOP("Check", "Leases are spread unevenly over the hosts: %1."),
             QT_TRANSLATE_NOOP("Check", "Small clusters are never quite even. Otherwise wait for the rebalancing, or upgrade the busiest node at a quiet time.")}}},
    }};
}
// clang-format on

} // namespace kwup
