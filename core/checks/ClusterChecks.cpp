#include "core/checks/Findings.h"

#include "core/kwdb/KwbaseCli.h"

#include <QSet>

#include <algorithm>
#include <iterator>

// The cluster: its nodes, jobs and settings.

namespace kwup {

namespace {

QList<NodeRow> members(const Facts &facts)
{
    QList<NodeRow> rows;
    std::copy_if(facts.cluster.nodes.begin(), facts.cluster.nodes.end(), std::back_inserter(rows),
                 [](const NodeRow &node) { return !isFormerMember(node); });
    return rows;
}

template <typename Predicate>
QString namesOf(const QList<NodeRow> &nodes, Predicate predicate)
{
    QStringList names;
    for (const NodeRow &node : nodes) {
        if (predicate(node))
            names.append(nodeName(node));
    }
    return joined(names);
}

Finding allNodesLive(const CheckInput &input)
{
    if (isStoppedBeforehand(input))
        return notApplicable("node-stopped");
    const QList<NodeRow> nodes = members(input.facts);
    if (nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    const QString upgrading =
        namesOf(nodes, [](const NodeRow &node) { return node.isLive && !node.isAvailable; });
    const QString down = namesOf(nodes, [](const NodeRow &node) { return !node.isLive; });
    if (!down.isEmpty())
        return blocked("node-down", {down});
    if (!upgrading.isEmpty() && input.method == Method::ScriptLive)
        return warning("repaired-first", {upgrading});
    if (!upgrading.isEmpty())
        return blocked("node-upgrading", {upgrading});
    return passed({QString::number(nodes.size())});
}

QString hostsWithoutNode(const Facts &facts)
{
    QStringList hosts;
    for (const HostFacts &host : facts.hosts) {
        if (host.isReachable() && nodeOf(facts, host) == nullptr)
            hosts.append(host.host.id());
    }
    return joined(hosts);
}

Finding allNodesInList(const CheckInput &input)
{
    if (isStoppedBeforehand(input)) {
        const QStringList others = nodesNotInList(input.facts);
        return others.isEmpty() ? notApplicable("node-stopped")
                                : blocked("missing", {joined(others)});
    }
    const QList<NodeRow> nodes = members(input.facts);
    // A cluster that is down can go back all the same; the run knows which nodes it has.
    if (nodes.isEmpty() && input.method == Method::Restore)
        return notApplicable("other-method");
    if (nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    const QList<int> ids = input.facts.nodeIdByHost.values();
    const QString missing =
        namesOf(nodes, [&ids](const NodeRow &node) { return !ids.contains(node.id); });
    if (!missing.isEmpty())
        return blocked("missing", {missing});
    const QString strangers = hostsWithoutNode(input.facts);
    if (!strangers.isEmpty())
        return blocked("not-a-member", {strangers});
    return passed({QString::number(nodes.size())});
}

Finding noDecommissioning(const CheckInput &input)
{
    if (isStoppedBeforehand(input))
        return notApplicable("node-stopped");
    const QList<NodeRow> nodes = members(input.facts);
    if (nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    const QString leaving =
        namesOf(nodes, [](const NodeRow &node) { return node.isDecommissioning.value_or(false); });
    if (!leaving.isEmpty())
        return blocked("leaving", {leaving});
    const QString draining =
        namesOf(nodes, [](const NodeRow &node) { return node.isDraining.value_or(false); });
    if (!draining.isEmpty())
        return blocked("draining", {draining});
    const QString unknown =
        namesOf(nodes, [](const NodeRow &node) { return !node.isDecommissioning.has_value(); });
    return unknown.isEmpty() ? passed() : warning("not-told", {unknown});
}

Finding oneBuild(const CheckInput &input)
{
    if (isStoppedBeforehand(input))
        return notApplicable("node-stopped");
    const QList<NodeRow> nodes = members(input.facts);
    if (nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    QSet<QString> bases;
    QStringList builds;
    for (const NodeRow &node : nodes) {
        const std::optional<KwdbVersion> build = KwdbVersion::fromBuildTag(node.build);
        if (!build)
            return blocked("unknown", {nodeName(node), node.build});
        bases.insert(build->base);
        builds.append(nodeName(node) + QLatin1Char(' ') + node.build);
    }
    if (bases.size() == 1)
        return passed({*bases.begin()});
    if (input.package)
        bases.remove(input.package->version.base);
    // One old version beside the target: an upgrade that is being finished.
    return bases.size() == 1 ? warning("half-way", {joined(builds)})
                             : blocked("several", {joined(builds)});
}

enum class JobWeight { Ignored, Noted, Blocking };

/// Source: kwdb-facts §4.6. Recurring schedules and RESTART HISTORY never count.
JobWeight weightOf(const JobRow &job)
{
    static const QSet<QString> Unfinished{
        QStringLiteral("pending"), QStringLiteral("running"), QStringLiteral("reverting"),
        QStringLiteral("pause-requested"), QStringLiteral("cancel-requested")};
    static const QSet<QString> Weighty{QStringLiteral("SCHEMA CHANGE"), QStringLiteral("IMPORT"),
                                       QStringLiteral("EXPORT")};
    const bool isPaused = job.status == QLatin1StringView("paused");
    if (Weighty.contains(job.type))
        return Unfinished.contains(job.status) ? JobWeight::Blocking
            : isPaused                         ? JobWeight::Noted
                                               : JobWeight::Ignored;
    if (job.type == QLatin1StringView("SCHEMA CHANGE GC"))
        return Unfinished.contains(job.status) || isPaused ? JobWeight::Noted : JobWeight::Ignored;
    return JobWeight::Ignored;
}

QString jobNames(const QList<JobRow> &jobs, JobWeight weight)
{
    QStringList names;
    for (const JobRow &job : jobs) {
        if (weightOf(job) == weight)
            names.append(QStringLiteral("%1 %2 (%3)").arg(job.type).arg(job.id).arg(job.status));
    }
    return joined(names.mid(0, 10));
}

Finding noBlockingJobs(const CheckInput &input)
{
    if (isStoppedBeforehand(input))
        return notApplicable("node-stopped");
    const ClusterView &view = input.facts.cluster;
    if (view.nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    if (view.jobsError.code != ErrorCode::None)
        return unread(CheckStatus::Blocked, view.jobsError);
    const QString blocking = jobNames(view.jobs, JobWeight::Blocking);
    if (!blocking.isEmpty())
        return blocked("running", {blocking});
    const QString noted = jobNames(view.jobs, JobWeight::Noted);
    return noted.isEmpty() ? passed() : warning("waiting", {noted});
}

Finding storeDeadSettingKnown(const CheckInput &input)
{
    if (!isRolling(input))
        return notApplicable("other-method");
    const QString value =
        input.facts.cluster.settings.value(QString::fromLatin1(TimeUntilStoreDead));
    if (value.isEmpty())
        return unread(CheckStatus::Warning, input.facts.clusterError);
    return passed({value});
}

Finding clientsReachSeveralNodes(const CheckInput &input)
{
    if (!isRolling(input))
        return notApplicable("other-method");
    return info("confirm");
}

} // namespace

// clang-format off
// A table, not a course of action.
// NOLINTNEXTLINE(readability-function-size)
CheckFamily clusterChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Cluster"), {
        {.id = "all-nodes-live",
         .title = QT_TRANSLATE_NOOP("Check", "All nodes are live"),
         .why = QT_TRANSLATE_NOOP("Check", "A cluster with three replicas survives the loss of one node. If one is down already, stopping another makes data unavailable."),
         .cluster = allNodesLive,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All nodes are available and live: %1."), ""},
            {"node-down", QT_TRANSLATE_NOOP("Check", "Nodes are down: %1."),
             QT_TRANSLATE_NOOP("Check", "Bring them back and wait until their replicas have caught up, or decommission them.")},
            {"node-upgrading", QT_TRANSLATE_NOOP("Check", "Nodes are live, but not available: %1."),
             QT_TRANSLATE_NOOP("Check", "They are marked as upgrading or are just starting. Wait, or finish the earlier upgrade.")},
            {"repaired-first", QT_TRANSLATE_NOOP("Check", "Nodes are marked as upgrading: %1. Each is restarted once with --upgrade-complete before anything else."),
             QT_TRANSLATE_NOOP("Check", "Make sure that nobody upgrades these nodes at this moment.")}}},
        {.id = "all-nodes-in-list",
         .title = QT_TRANSLATE_NOOP("Check", "The list holds every node of the cluster"),
         .why = QT_TRANSLATE_NOOP("Check", "A node that is left out keeps the old version, and nobody looks after it while the others are upgraded."),
         .cluster = allNodesInList,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All nodes of the cluster are in the list: %1."), ""},
            {"missing", QT_TRANSLATE_NOOP("Check", "Nodes of the cluster are not in the list: %1."),
             QT_TRANSLATE_NOOP("Check", "Add their hosts to the list.")},
            {"not-a-member", QT_TRANSLATE_NOOP("Check", "No node of the cluster was recognised on these hosts: %1."),
             QT_TRANSLATE_NOOP("Check", "Check their addresses and whether their service runs; remove those that do not belong to the cluster.")}}},
        {.id = "no-decommissioning",
         .title = QT_TRANSLATE_NOOP("Check", "No node is leaving the cluster"),
         .why = QT_TRANSLATE_NOOP("Check", "While a node leaves, its replicas move; stopping another one in the meantime can make data unavailable."),
         .cluster = noDecommissioning,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No node is being decommissioned or drained."), ""},
            {"leaving", QT_TRANSLATE_NOOP("Check", "Nodes are being decommissioned: %1."),
             QT_TRANSLATE_NOOP("Check", "Wait until this is finished, or take it back with kwbase node recommission.")},
            {"draining", QT_TRANSLATE_NOOP("Check", "Nodes are draining: %1."),
             QT_TRANSLATE_NOOP("Check", "Wait until they are back, or find out who is stopping them.")},
            {"not-told", QT_TRANSLATE_NOOP("Check", "The cluster does not say whether these nodes are being decommissioned: %1."),
             QT_TRANSLATE_NOOP("Check", "Run the discovery again when all nodes answer.")}}},
        {.id = "one-build",
         .title = QT_TRANSLATE_NOOP("Check", "All nodes run one version"),
         .why = QT_TRANSLATE_NOOP("Check", "Documented upgrade paths begin at one version."),
         .cluster = oneBuild,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All nodes run version %1."), ""},
            {"unknown", QT_TRANSLATE_NOOP("Check", "Node %1 reports a version that cannot be understood: \"%2\"."),
             QT_TRANSLATE_NOOP("Check", "Find out what is installed on this node.")},
            {"half-way", QT_TRANSLATE_NOOP("Check", "Some nodes run the new version already: %1."),
             QT_TRANSLATE_NOOP("Check", "An earlier upgrade stopped between the nodes. Resume that run if it was made with this program.")},
            {"several", QT_TRANSLATE_NOOP("Check", "The nodes run different versions: %1."),
             QT_TRANSLATE_NOOP("Check", "Bring all nodes to one version first.")}}},
        {.id = "no-blocking-jobs",
         .title = QT_TRANSLATE_NOOP("Check", "No schema change, import or export is running"),
         .why = QT_TRANSLATE_NOOP("Check", "The vendor's guide asks for this: such jobs can fail or have to be rolled back when their node stops."),
         .cluster = noBlockingJobs,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No such job is unfinished."), ""},
            {"running", QT_TRANSLATE_NOOP("Check", "Jobs are unfinished: %1."),
             QT_TRANSLATE_NOOP("Check", "Wait until they are finished, or cancel them with CANCEL JOB.")},
            {"waiting", QT_TRANSLATE_NOOP("Check", "Jobs are paused or wait for their time: %1."),
             QT_TRANSLATE_NOOP("Check", "Decide whether they can wait until after the upgrade; a clean-up after a schema change usually can.")}}},
        {.id = "store-dead-setting-known",
         .title = QT_TRANSLATE_NOOP("Check", "The waiting time for lost nodes is known"),
         .why = QT_TRANSLATE_NOOP("Check", "The setting server.time_until_store_dead is raised for the upgrade and must be put back to its present value."),
         .cluster = storeDeadSettingKnown,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "server.time_until_store_dead is %1."), ""}}},
        {.id = "clients-reach-several-nodes",
         .title = QT_TRANSLATE_NOOP("Check", "Clients can reach several nodes"),
         .why = QT_TRANSLATE_NOOP("Check", "A client that knows one address only has an outage while that node is upgraded."),
         .cluster = clientsReachSeveralNodes,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Clients can reach several nodes."), ""},
            {"confirm", QT_TRANSLATE_NOOP("Check", "How clients connect cannot be seen from the servers."),
             QT_TRANSLATE_NOOP("Check", "Make sure that clients use a load balancer or several addresses, before the first node stops.")}}},
    }};
}
// clang-format on

} // namespace kwup
