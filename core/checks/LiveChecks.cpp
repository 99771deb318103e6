#include "core/checks/Findings.h"

#include <QRegularExpression>

#include <algorithm>

// The vendor's own way for a running node: its risks, and what its script must find.

namespace kwup {

namespace {

Finding liveRisks(const CheckInput & /*input*/)
{
    return warning("confirm");
}

/// No node is stopped, so there is no moment for a cold copy.
Finding liveBackup(const CheckInput &input)
{
    return input.coldBackup ? blocked("cold-copy") : passed();
}

/// The script looks for its node by the last line of MODE. Source: kwdb-facts §1.2.
Finding liveOwnNode(const CheckInput &input, const HostFacts &host)
{
    if (!host.advertisedAddress.isKnown())
        return unread(CheckStatus::Blocked, host.advertisedAddress);
    const NodeRow *node = nodeOf(input.facts, host);
    if (node == nullptr)
        return unread(CheckStatus::Blocked, input.facts.clusterError);
    const QString own = *host.advertisedAddress.value;
    const QString address = node->sqlAddress.section(QLatin1Char(':'), 0, -2);
    const auto matches = [&own](const NodeRow &row) {
        return row.sqlAddress.section(QLatin1Char(':'), 0, -2) == own;
    };
    const auto &nodes = input.facts.cluster.nodes;
    if (own != address)
        return with(blocked("other-address", {own, address}), host.advertisedAddress);
    if (std::count_if(nodes.begin(), nodes.end(), matches) != 1)
        return with(blocked("several", {own}), host.advertisedAddress);
    return with(passed({own, QString::number(node->id)}), host.advertisedAddress);
}

/// The script inserts its argument only behind KAIWUDB_START_ARG=" (kwdb-facts §2.6 no. 10).
Finding liveStartArgument(const CheckInput & /*input*/, const HostFacts &host)
{
    if (*host.deployment.value != Deployment::BarePackage)
        return notApplicable("other-method");
    if (!host.startArgument.isKnown())
        return unread(CheckStatus::Blocked, host.startArgument);
    static const QRegularExpression line(QStringLiteral(R"((?:^|\n)KAIWUDB_START_ARG=")"));
    const bool isFound = line.match(QString::fromUtf8(host.startArgument.raw)).hasMatch();
    return with(isFound ? passed() : warning("not-inserted"), host.startArgument);
}

} // namespace

// clang-format off
CheckFamily liveChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Upgrade of running nodes"), {
        {.id = "live-risks",
         .title = QT_TRANSLATE_NOOP("Check", "The upgrade of running nodes is wanted"),
         .why = QT_TRANSLATE_NOOP("Check", "The vendor's guide stops each node first. What its script does on a running node is not in the guide and has risks of its own."),
         .cluster = liveRisks,
         .onlyFor = Method::ScriptLive,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The upgrade of running nodes is wanted."), ""},
            {"confirm", QT_TRANSLATE_NOOP("Check", "The vendor's script restarts each node without a drain: clients can wait up to 18 seconds for each node. When it fails behind its first step, the node stays marked as upgrading and no other node can be upgraded before it is repaired. Nothing can be copied cold, and the data is open for the new version as soon as the script has restarted the node."),
             QT_TRANSLATE_NOOP("Check", "Prefer the upgrade of one node after the other, which stops each node gracefully. If you know why you want this one, accept the risks with your reason.")}}},
        {.id = "live-backup",
         .title = QT_TRANSLATE_NOOP("Check", "The backup needs no stopped node"),
         .why = QT_TRANSLATE_NOOP("Check", "A copy of the data of a running node cannot be used."),
         .cluster = liveBackup,
         .onlyFor = Method::ScriptLive,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No cold copy is wanted."), ""},
            {"cold-copy", QT_TRANSLATE_NOOP("Check", "A cold copy is wanted, but this method stops no node."),
             QT_TRANSLATE_NOOP("Check", "Make a backup beforehand and name it, or choose the upgrade of one node after the other.")}}},
        {.id = "live-own-node",
         .title = QT_TRANSLATE_NOOP("Check", "The vendor's script finds its own node"),
         .why = QT_TRANSLATE_NOOP("Check", "The script looks for the last line of /etc/kaiwudb/info/MODE among the addresses of the nodes; without a hit it cannot mark its node."),
         .host = liveOwnNode, .needs = Needs::Installed,
         .onlyFor = Method::ScriptLive,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The address %1 belongs to node %2."), ""},
            {"other-address", QT_TRANSLATE_NOOP("Check", "MODE names the address %1, but the node listens for SQL on %2."),
             QT_TRANSLATE_NOOP("Check", "Correct the last line of /etc/kaiwudb/info/MODE, or choose the upgrade of one node after the other.")},
            {"several", QT_TRANSLATE_NOOP("Check", "Several nodes have the address %1; the script would not know which one is its own."),
             QT_TRANSLATE_NOOP("Check", "Choose the upgrade of one node after the other.")}}},
        {.id = "live-start-argument",
         .title = QT_TRANSLATE_NOOP("Check", "The vendor's script can change the start argument"),
         .why = QT_TRANSLATE_NOOP("Check", "The node is restarted with --upgrade-complete. The script inserts it only behind KAIWUDB_START_ARG=\" in /etc/kaiwudb/script/kaiwudb_env."),
         .host = liveStartArgument, .needs = Needs::Installed,
         .onlyFor = Method::ScriptLive,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The line has the form that the script expects."), ""},
            {"not-inserted", QT_TRANSLATE_NOOP("Check", "The line KAIWUDB_START_ARG has no quotation marks or is missing: the script would leave the node marked as upgrading, and the node would be restarted a second time to repair that."),
             QT_TRANSLATE_NOOP("Check", "Write the line as KAIWUDB_START_ARG=\"…\" to save the second restart.")}}},
    }};
}
// clang-format on

} // namespace kwup
