#include "core/checks/Findings.h"

#include <QLocale>

#include <algorithm>

namespace kwup {

Finding unread(CheckStatus status, const Error &error)
{
    Error here = error;
    here.host.clear(); // the result names the host already
    const QString why = describe(here);
    Finding finding{status, why.isEmpty() ? "not-read" : "unreadable", {}, {}, {}};
    if (!why.isEmpty())
        finding.args = {why};
    finding.evidence = error.evidence;
    finding.command = error.command;
    return finding;
}

bool isScriptMethod(Method method)
{
    return method == Method::ScriptSingle || method == Method::ScriptRolling
        || method == Method::ScriptLive || method == Method::ScriptOfflineCluster
        || method == Method::Restore;
}

bool isRolling(const CheckInput &input)
{
    if (input.method == Method::ScriptRolling || input.method == Method::ScriptLive)
        return true;
    // Servers built from source go one after the other when they are a cluster.
    return input.method == Method::Source && !input.facts.hosts.isEmpty()
        && input.facts.hosts.first().runType.valueOr(RunType::Unknown) == RunType::MultiReplication;
}

QString joined(const QStringList &names)
{
    return names.join(QStringLiteral(", "));
}

bool isStoppedBeforehand(const CheckInput &input)
{
    const bool isSingle = input.method == Method::ScriptSingle && input.facts.hosts.size() == 1;
    if (!isSingle && input.method != Method::ScriptOfflineCluster)
        return false;
    return std::all_of(input.facts.hosts.begin(), input.facts.hosts.end(),
                       [](const HostFacts &host) {
                           return host.service.isKnown() && !host.service.value->isRunning();
                       });
}

QString nodeName(const NodeRow &node)
{
    return QStringLiteral("%1 (%2)").arg(node.id).arg(node.address.isEmpty() ? QStringLiteral("?")
                                                                             : node.address);
}

bool isFormerMember(const NodeRow &node)
{
    return node.isDecommissioning.value_or(false) && !node.isLive && !node.isAvailable
        && node.gossipedReplicas.value_or(0) == 0;
}

const NodeRow *nodeOf(const Facts &facts, const HostFacts &host)
{
    const int id = facts.nodeIdByHost.value(host.host.id(), 0);
    const auto row = std::find_if(facts.cluster.nodes.begin(), facts.cluster.nodes.end(),
                                  [id](const NodeRow &node) { return node.id == id; });
    return id == 0 || row == facts.cluster.nodes.end() ? nullptr : &*row;
}

} // namespace kwup
