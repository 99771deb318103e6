#include "core/checks/Findings.h"

#include <algorithm>

// Connection and privilege: who are the hosts, and may the program work on them.

namespace kwup {

namespace {

Finding hostsReachable(const CheckInput & /*input*/, const HostFacts &host)
{
    if (host.isReachable())
        return passed();
    Finding finding = unread(CheckStatus::Blocked, host.error);
    finding.key = "unreachable";
    return finding;
}

const Error *listProblem(const Facts &facts, ErrorCode code)
{
    const auto problem = std::find_if(facts.listProblems.begin(), facts.listProblems.end(),
                                      [code](const Error &error) { return error.code == code; });
    return problem == facts.listProblems.end() ? nullptr : &*problem;
}

Finding hostsDistinct(const CheckInput &input)
{
    if (const Error *twice = listProblem(input.facts, ErrorCode::HostTwice))
        return blocked("twice", {describe(*twice)});
    QHash<int, QString> hostOfNode;
    for (const HostFacts &host : input.facts.hosts) {
        const int node = input.facts.nodeIdByHost.value(host.host.id(), 0);
        if (node != 0 && hostOfNode.contains(node))
            return blocked("same-node",
                           {hostOfNode.value(node), host.host.id(), QString::number(node)});
        hostOfNode.insert(node, host.host.id());
    }
    return input.facts.hosts.isEmpty() ? blocked("no-hosts") : passed();
}

Finding oneCluster(const CheckInput &input)
{
    if (const Error *mixed = listProblem(input.facts, ErrorCode::ClustersMixed))
        return blocked("mixed", {describe(*mixed)});
    if (input.facts.hosts.size() <= 1)
        return passed();
    // Every node of the list must be one the asked node knows; all-nodes-in-list tells which not.
    if (input.facts.cluster.clusterId.isEmpty() && input.facts.cluster.nodes.isEmpty())
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    return passed();
}

Finding privilege(const CheckInput & /*input*/, const HostFacts &host)
{
    if (!host.privilege.isKnown() || *host.privilege.value == PrivilegeMode::Detect)
        return unread(CheckStatus::Blocked, host.privilege);
    return with(passed(), host.privilege);
}

Finding requiredTools(const CheckInput &input, const HostFacts &host)
{
    if (!isScriptMethod(input.method) || host.deployment.value == Deployment::Source)
        return notApplicable("other-method");
    if (!host.tools.isKnown())
        return unread(CheckStatus::Blocked, host.tools);
    const QStringList missing = host.tools.value->split(u' ', Qt::SkipEmptyParts);
    return with(missing.isEmpty() ? passed() : blocked("missing", {joined(missing)}), host.tools);
}

} // namespace

// clang-format off
CheckFamily connectionChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Connection and privilege"), {
        {.id = "hosts-reachable",
         .title = QT_TRANSLATE_NOOP("Check", "All hosts can be reached"),
         .why = QT_TRANSLATE_NOOP("Check", "The program works on every host over SSH; a host it cannot read may hold a node it would not see."),
         .host = hostsReachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The host answers and was read."), ""},
            {"unreachable", QT_TRANSLATE_NOOP("Check", "The host cannot be read. %1"),
             QT_TRANSLATE_NOOP("Check", "Correct the address, the login or the network, then connect again.")}}},
        {.id = "hosts-distinct",
         .title = QT_TRANSLATE_NOOP("Check", "No host is listed twice"),
         .why = QT_TRANSLATE_NOOP("Check", "One node under two addresses would be stopped and upgraded twice."),
         .cluster = hostsDistinct,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Every entry of the list is another host."), ""},
            {"no-hosts", QT_TRANSLATE_NOOP("Check", "The list of hosts is empty."),
             QT_TRANSLATE_NOOP("Check", "Add the hosts of the cluster.")},
            {"twice", QT_TRANSLATE_NOOP("Check", "Two entries of the list are the same host. %1"),
             QT_TRANSLATE_NOOP("Check", "Remove one of the two entries.")},
            {"same-node", QT_TRANSLATE_NOOP("Check", "The entries %1 and %2 are both node %3."),
             QT_TRANSLATE_NOOP("Check", "Remove one of the two entries.")}}},
        {.id = "one-cluster",
         .title = QT_TRANSLATE_NOOP("Check", "All hosts belong to one cluster"),
         .why = QT_TRANSLATE_NOOP("Check", "The state of one cluster says nothing about the nodes of another."),
         .cluster = oneCluster,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All hosts belong to one cluster."), ""},
            {"mixed", QT_TRANSLATE_NOOP("Check", "The list holds nodes of different clusters. %1"),
             QT_TRANSLATE_NOOP("Check", "Upgrade one cluster at a time: remove the hosts of the other.")}}},
        {.id = "privilege",
         .title = QT_TRANSLATE_NOOP("Check", "Commands can be run as root"),
         .why = QT_TRANSLATE_NOOP("Check", "Stopping the service and installing packages need root; the upgrade script asks for a password in ways that fail over SSH."),
         .host = privilege, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Root rights were tried out and work."), ""}}},
        {.id = "required-tools",
         .title = QT_TRANSLATE_NOOP("Check", "The tools of the upgrade script are installed"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script does not check for the tools it calls; a missing one stops it half-way or is silently ignored."),
         .host = requiredTools, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All tools the upgrade script calls were found."), ""},
            {"missing", QT_TRANSLATE_NOOP("Check", "Tools are missing: %1."),
             QT_TRANSLATE_NOOP("Check", "Install them with the host's package manager.")}}},
    }};
}
// clang-format on

} // namespace kwup
