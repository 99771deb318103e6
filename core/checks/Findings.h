#pragma once

#include "core/checks/Catalogue.h"

namespace kwup {

/// Short ways to write a Finding. Pure.
inline Finding passed(const QStringList &args = {})
{
    return {CheckStatus::Passed, "passed", args, {}, {}};
}
inline Finding info(const char *key, const QStringList &args = {})
{
    return {CheckStatus::Info, key, args, {}, {}};
}
inline Finding warning(const char *key, const QStringList &args = {})
{
    return {CheckStatus::Warning, key, args, {}, {}};
}
inline Finding blocked(const char *key, const QStringList &args = {})
{
    return {CheckStatus::Blocked, key, args, {}, {}};
}
inline Finding notApplicable(const char *key, const QStringList &args = {})
{
    return {CheckStatus::NotApplicable, key, args, {}, {}};
}

/// The finding with the command and the output a fact was read by.
template <typename T>
Finding with(Finding finding, const Fact<T> &fact)
{
    finding.command = fact.command;
    finding.evidence = fact.raw;
    return finding;
}

/// A fact that could not be read: never a pass.
Finding unread(CheckStatus status, const Error &error);
template <typename T>
Finding unread(CheckStatus status, const Fact<T> &fact)
{
    Finding finding = unread(status, fact.error);
    if (finding.command.isEmpty())
        finding.command = fact.command;
    if (finding.evidence.isEmpty())
        finding.evidence = fact.raw;
    return finding;
}

bool isScriptMethod(Method method);
bool isRolling(const CheckInput &input); ///< one node at a time, the cluster stays in service
QString joined(const QStringList &names);

/// All services are stopped and the method does not need them, so that nobody can be asked about
/// the cluster: a single node, or a cluster that is upgraded as a whole.
bool isStoppedBeforehand(const CheckInput &input);
/// "2 (10.0.0.3:26257)" as findings name nodes.
QString nodeName(const NodeRow &node);
/// A node that was decommissioned for good; node status --all still lists it.
bool isFormerMember(const NodeRow &node);
const NodeRow *nodeOf(const Facts &facts, const HostFacts &host);

} // namespace kwup
