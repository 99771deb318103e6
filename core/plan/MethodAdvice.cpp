#include "core/plan/Plan.h"

#include "core/base/FillIn.h"
#include "core/base/Words.h"
#include "core/transfer/TransferFacts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

struct Reason {
    QLatin1StringView key;
    const char *sentence;
};

// clang-format off
constexpr std::array Reasons {
    Reason {QLatin1StringView("applicable"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method fits the installation.")},
    Reason {QLatin1StringView("experts"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method fits, but it is a choice of experts: the vendor's script stops and starts each node by itself, and no cold copy can be made.")},
    Reason {QLatin1StringView("hosts-unreadable"),
        QT_TRANSLATE_NOOP("MethodAdvice", "Not all hosts could be read: %1.")},
    Reason {QLatin1StringView("not-installed"),
        QT_TRANSLATE_NOOP("MethodAdvice", "KWDB is not installed on %1.")},
    Reason {QLatin1StringView("mixed-deployment"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The hosts are not all installed in the same way.")},
    Reason {QLatin1StringView("mixed-run-type"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The hosts are not all nodes of the same type of cluster.")},
    Reason {QLatin1StringView("mixed-security"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The hosts do not all have the same security mode.")},
    Reason {QLatin1StringView("needs-script-deployment"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes that were installed with the vendor's deploy script. This installation is of the kind %1.")},
    Reason {QLatin1StringView("needs-single"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for a single node. These hosts form a cluster of the type %1.")},
    Reason {QLatin1StringView("needs-one-host"),
        QT_TRANSLATE_NOOP("MethodAdvice", "Single nodes are upgraded one by one, but %1 hosts are in the list.")},
    Reason {QLatin1StringView("needs-multi-replica"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for a cluster with several replicas. This installation is of the type %1.")},
    Reason {QLatin1StringView("needs-single-replica"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for a cluster with a single replica. This installation is of the type %1.")},
    Reason {QLatin1StringView("needs-three-nodes"),
        QT_TRANSLATE_NOOP("MethodAdvice", "Nodes of the cluster: %1. While one of them is stopped, a majority of the nodes must remain.")},
    Reason {QLatin1StringView("needs-source"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes that run from a source build. This installation is of the kind %1.")},
    Reason {QLatin1StringView("source-single-replica"),
        QT_TRANSLATE_NOOP("MethodAdvice", "Source builds are upgraded one node at a time. A cluster with a single replica does not stay in service then: stop all its nodes and upgrade them by hand.")},
    Reason {QLatin1StringView("needs-compose"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes that run by Docker Compose. This installation is of the kind %1.")},
    Reason {QLatin1StringView("needs-docker-run"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes that run by docker run. This installation is of the kind %1.")},
    Reason {QLatin1StringView("containers-single-replica"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The vendor documents this method for single nodes, and nodes one by one for clusters with several replicas. This installation is of the type %1.")},
    Reason {QLatin1StringView("needs-insecure"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes without certificates. These nodes use certificates.")},
    Reason {QLatin1StringView("needs-secure"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method is for nodes with certificates. These nodes use none.")},
    Reason {QLatin1StringView("not-a-downgrade"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method goes back to an older version. The chosen package is not older than the installed version.")},
    Reason {QLatin1StringView("nodes-incomplete"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The hosts in the list and the nodes of the cluster do not agree: the cluster has %1 nodes, %2 of them are in the list.")},
    Reason {QLatin1StringView("hosts-missing"),
        QT_TRANSLATE_NOOP("MethodAdvice", "All nodes of the cluster are upgraded together, but these are not in the list: %1.")},
    Reason {QLatin1StringView("cluster-unknown"),
        QT_TRANSLATE_NOOP("MethodAdvice", "No node tells the state of the cluster, so it cannot be upgraded node by node.")},
    Reason {QLatin1StringView("needs-new-cluster"),
        QT_TRANSLATE_NOOP("MethodAdvice", "This method moves the data to a second cluster that has the new version already. No hosts of such a cluster are named.")},
    Reason {QLatin1StringView("new-cluster-named"),
        QT_TRANSLATE_NOOP("MethodAdvice", "Hosts of a new cluster are named, so the data is moved there.")},
    Reason {QLatin1StringView("new-cluster-unreadable"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The new cluster could not be read: %1.")},
    Reason {QLatin1StringView("databases-unreadable"),
        QT_TRANSLATE_NOOP("MethodAdvice", "What the databases hold could not be read: %1.")},
    Reason {QLatin1StringView("no-databases"),
        QT_TRANSLATE_NOOP("MethodAdvice", "There is no database to move.")},
    Reason {QLatin1StringView("package-kind"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The package is of the kind %1, the hosts use %2.")},
    Reason {QLatin1StringView("same-version"),
        QT_TRANSLATE_NOOP("MethodAdvice", "All nodes have the version %1 already.")},
    Reason {QLatin1StringView("older-version"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The package (%2) is older than the installed version (%1).")},
    Reason {QLatin1StringView("several-hops"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The vendor documents the path from %1 to %2 only in several hops: %3.")},
    Reason {QLatin1StringView("other-method"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The vendor documents another method for the path from %1 to %2: %3.")},
    Reason {QLatin1StringView("path-not-documented"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The vendor does not document an upgrade from %1 to %2.")},
    Reason {QLatin1StringView("version-unknown"),
        QT_TRANSLATE_NOOP("MethodAdvice", "The installed version of %1 could not be read.")},
};
// clang-format on

constexpr std::array AllMethods{Method::ScriptSingle,    Method::ScriptRolling,
                                Method::ScriptLive,      Method::ScriptOfflineCluster,
                                Method::ExportImport,    Method::Source,
                                Method::Compose,         Method::DockerRunInsecure,
                                Method::DockerRunSecure, Method::Restore};

struct Found {
    QString key;
    QStringList args = {};
};
using Verdict = std::optional<Found>; ///< a reason against, or nothing

Found against(const char *key, const QStringList &args = {})
{
    return {QLatin1String(key), args};
}

/// What is common to all hosts; empty when they differ.
struct Common {
    Deployment deployment = Deployment::None;
    RunType runType = RunType::Unknown;
    SecurityMode security = SecurityMode::Unknown;
    KwdbVersion lowest;
    KwdbVersion highest;
};

Verdict readCommon(const Facts &facts, Common &common)
{
    QStringList unreadable;
    QStringList missing;
    QStringList unversioned;
    for (const auto &host : facts.hosts) {
        if (!host.isReachable())
            unreadable.append(host.host.id());
        else if (!host.isInstalled())
            missing.append(host.host.id());
        else if (!host.installedVersion.isKnown())
            unversioned.append(host.host.id());
    }
    const QString comma = QStringLiteral(", ");
    if (!unreadable.isEmpty())
        return against("hosts-unreadable", {unreadable.join(comma)});
    if (!missing.isEmpty() || facts.hosts.isEmpty())
        return against("not-installed", {missing.join(comma)});
    const HostFacts &first = facts.hosts.first();
    common.deployment = first.deployment.valueOr(Deployment::None);
    common.runType = first.runType.valueOr(RunType::Unknown);
    common.security = first.security.valueOr(SecurityMode::Unknown);
    for (const auto &host : facts.hosts) {
        if (host.deployment.valueOr(Deployment::None) != common.deployment)
            return against("mixed-deployment");
        if (host.runType.valueOr(RunType::Unknown) != common.runType)
            return against("mixed-run-type");
        if (host.security.valueOr(SecurityMode::Unknown) != common.security)
            return against("mixed-security");
    }
    if (!unversioned.isEmpty())
        return against("version-unknown", {unversioned.join(comma)});
    common.lowest = common.highest = *first.installedVersion.value;
    for (const auto &host : facts.hosts) {
        const KwdbVersion &version = *host.installedVersion.value;
        if (compareBase(version, common.lowest) < 0)
            common.lowest = version;
        if (compareBase(version, common.highest) > 0)
            common.highest = version;
    }
    return {};
}

bool isByScript(Deployment deployment)
{
    return deployment == Deployment::BarePackage || deployment == Deployment::ContainerPackage;
}

Verdict clusterAgainst(const Facts &facts)
{
    if (facts.cluster.nodes.isEmpty())
        return against("cluster-unknown");
    const auto inList = std::ranges::count_if(facts.hosts, [&facts](const HostFacts &host) {
        return facts.nodeIdByHost.contains(host.host.id());
    });
    if (inList != facts.cluster.nodes.size() || inList != facts.hosts.size()) {
        return against("nodes-incomplete",
                       {QString::number(facts.cluster.nodes.size()), QString::number(inList)});
    }
    if (facts.cluster.nodes.size() < 3)
        return against("needs-three-nodes", {QString::number(facts.cluster.nodes.size())});
    return {};
}

/// All nodes at once, so all must be in the list. Whether the cluster answers does not matter: it
/// will be stopped, and a single-replica cluster with one node down may not answer at all. Then the
/// NODE files of the hosts tell who belongs to it.
Verdict offlineAgainst(const Facts &facts)
{
    const QStringList missing = nodesNotInList(facts);
    if (missing.isEmpty())
        return {};
    return against("hosts-missing", {missing.join(QStringLiteral(", "))});
}

Verdict scriptAgainst(Method method, const Facts &facts, const Common &common)
{
    if (!isByScript(common.deployment))
        return against("needs-script-deployment", {toString(common.deployment)});
    const QString runType = toString(common.runType);
    if (method == Method::ScriptSingle && common.runType != RunType::Single)
        return against("needs-single", {runType});
    if (method == Method::ScriptSingle && facts.hosts.size() != 1)
        return against("needs-one-host", {QString::number(facts.hosts.size())});
    if (method == Method::ScriptOfflineCluster) {
        return common.runType == RunType::SingleReplication
            ? offlineAgainst(facts)
            : against("needs-single-replica", {runType});
    }
    if (method == Method::ScriptSingle)
        return {};
    if (common.runType != RunType::MultiReplication)
        return against("needs-multi-replica", {runType});
    return clusterAgainst(facts);
}

/// Containers are replaced node by node; how many there are decides whether that is possible.
Verdict containersAgainst(const Facts &facts, const Common &common)
{
    if (common.runType == RunType::MultiReplication)
        return clusterAgainst(facts);
    if (common.runType != RunType::Single)
        return against("containers-single-replica", {toString(common.runType)});
    return facts.hosts.size() == 1
        ? Verdict()
        : against("needs-one-host", {QString::number(facts.hosts.size())});
}

Verdict sourceAgainst(const Facts &facts, const Common &common)
{
    if (common.runType == RunType::MultiReplication)
        return clusterAgainst(facts);
    if (common.runType != RunType::Single)
        return against("source-single-replica");
    return facts.hosts.size() == 1
        ? Verdict()
        : against("needs-one-host", {QString::number(facts.hosts.size())});
}

Verdict transferAgainst(const Facts &facts)
{
    if (!facts.transfer)
        return against("needs-new-cluster");
    const TransferFacts &transfer = *facts.transfer;
    if (!transfer.unknownHosts.isEmpty())
        return against("new-cluster-unreadable",
                       {transfer.unknownHosts.join(QStringLiteral(", "))});
    if (!packageOfTarget(facts) || transfer.target.cluster.nodes.isEmpty())
        return against("new-cluster-unreadable", {describe(transfer.target.clusterError)});
    for (const auto *error :
         {&facts.clusterError, &transfer.sourceError, &transfer.destinationError}) {
        if (error->code != ErrorCode::None)
            return against("databases-unreadable", {describe(*error)});
    }
    return transfer.source.databases.isEmpty() ? against("no-databases") : Verdict();
}

Verdict kindAgainst(Method method, const Facts &facts, const Common &common)
{
    const QString kind = toString(common.deployment);
    switch (method) {
    case Method::ScriptSingle:
    case Method::ScriptRolling:
    case Method::ScriptLive:
    case Method::ScriptOfflineCluster:
        return scriptAgainst(method, facts, common);
    case Method::Source:
        return common.deployment == Deployment::Source ? sourceAgainst(facts, common)
                                                       : against("needs-source", {kind});
    case Method::Compose:
        return common.deployment == Deployment::Compose ? containersAgainst(facts, common)
                                                        : against("needs-compose", {kind});
    case Method::DockerRunInsecure:
    case Method::DockerRunSecure: {
        if (common.deployment != Deployment::DockerRun)
            return against("needs-docker-run", {kind});
        const bool isInsecure = common.security == SecurityMode::Insecure;
        if (isInsecure == (method == Method::DockerRunInsecure))
            return containersAgainst(facts, common);
        return isInsecure ? against("needs-secure") : against("needs-insecure");
    }
    case Method::ExportImport:
        return transferAgainst(facts);
    case Method::Restore:
        // Containers have ways back of their own.
        return common.deployment == Deployment::BarePackage
                || common.deployment == Deployment::Source
            ? Verdict()
            : against("needs-script-deployment", {kind});
    }
    return {};
}

Verdict packageAgainst(Method method, const Facts &facts, const Common &common,
                       const PackageInfo &package)
{
    if (method == Method::ExportImport)
        return {}; // installs nothing
    const bool isOfSource = common.deployment == Deployment::Source;
    if (isBuild(package.kind) != isOfSource)
        return against("package-kind", {toString(package.kind), toString(common.deployment)});
    const bool isContainer = package.kind == PackageKind::Container;
    if (isByScript(common.deployment)
        && isContainer != (common.deployment == Deployment::ContainerPackage))
        return against("package-kind", {toString(package.kind), toString(common.deployment)});
    const bool isImage = package.kind == PackageKind::Image;
    const bool takesImage =
        common.deployment == Deployment::Compose || common.deployment == Deployment::DockerRun;
    if (isImage != takesImage && (takesImage || isByScript(common.deployment)))
        return against("package-kind", {toString(package.kind), toString(common.deployment)});
    if (common.deployment != Deployment::BarePackage)
        return {};
    const QString family =
        package.kind == PackageKind::BareRpm ? QStringLiteral("rpm") : QStringLiteral("deb");
    for (const auto &host : facts.hosts) {
        if (host.osFamily.valueOr(family) != family)
            return against("package-kind", {toString(package.kind), *host.osFamily.value});
    }
    return {};
}

/// Back to an older version; or to the same one where an upgrade has left an incomplete node.
Verdict backAgainst(const Facts &facts, const Common &common, const PackageInfo &package)
{
    const auto order = compareBase(package.version, common.highest);
    const bool isIncomplete = std::ranges::any_of(facts.hosts, [&package](const HostFacts &host) {
        return !host.binaryVersion.isKnown()
            || compareBase(*host.binaryVersion.value, package.version) != 0;
    });
    return order < 0 || (order == 0 && isIncomplete) ? Verdict() : against("not-a-downgrade");
}

Verdict pathAgainst(Method method, const Facts &facts, const Common &common,
                    const PackageInfo &package, const MethodOptions &options)
{
    using Kind = VersionPaths::Verdict::Kind;
    if (method == Method::Restore)
        return backAgainst(facts, common, package);
    const auto verdict =
        VersionPaths::builtIn().verdict(common.lowest, package.version, common.runType, method);
    const QString from = common.lowest.toString();
    const QString to = package.version.toString();
    QStringList methods;
    for (const auto other : verdict.methods)
        methods.append(methodName(other));
    switch (verdict.kind) {
    case Kind::Documented:
        return {};
    case Kind::Same:
        return against("same-version", {to});
    case Kind::Older:
        return against("older-version", {from, to});
    case Kind::SeveralHops:
        return against("several-hops", {from, to, verdict.hops.join(QStringLiteral(" → "))});
    case Kind::OtherMethod:
        return against("other-method", {from, to, methods.join(QStringLiteral(", "))});
    case Kind::NotDocumented:
        // I14: an override is typed and reasoned; plan and report show it.
        return options.text(option::UndocumentedPath).isEmpty()
            ? against("path-not-documented", {from, to})
            : Verdict();
    }
    return {};
}

bool namesBackup(const MethodOptions &options)
{
    return !options.text(option::BackupRun).isEmpty()
        || !options.text(option::BackupPath).isEmpty();
}

} // namespace

MethodAdvice adviseMethod(const Facts &facts, const std::optional<PackageInfo> &package,
                          const MethodOptions &options)
{
    MethodAdvice advice;
    Common common;
    const Verdict general = readCommon(facts, common);
    const auto newCluster = packageOfTarget(facts);
    for (const auto method : AllMethods) {
        Verdict reason = general;
        if (!reason && facts.transfer && method != Method::ExportImport)
            reason = against("new-cluster-named");
        if (!reason)
            reason = kindAgainst(method, facts, common);
        const auto &wanted = method == Method::ExportImport ? newCluster : package;
        if (!reason && wanted)
            reason = packageAgainst(method, facts, common, *wanted);
        if (!reason && wanted)
            reason = pathAgainst(method, facts, common, *wanted, options);
        const bool isForExperts = method == Method::ScriptLive;
        const Found found = reason.value_or(against(isForExperts ? "experts" : "applicable"));
        advice.rows.append({method, !reason.has_value(), found.key, found.args});
        // Nobody goes back by choosing an old archive by mistake, and the script's way for a
        // running node is a choice of experts.
        const bool isMeant =
            method != Method::ScriptLive && (method != Method::Restore || namesBackup(options));
        if (!reason && isMeant && !advice.proposed)
            advice.proposed = method;
    }
    return advice;
}

Method methodToCheck(const MethodAdvice &advice, const Facts &facts)
{
    if (advice.proposed)
        return *advice.proposed;
    const auto areAll = [&facts](RunType type) {
        return !facts.hosts.isEmpty()
            && std::ranges::all_of(
                facts.hosts, [type](const HostFacts &host) { return host.runType.value == type; });
    };
    const bool isOfSource =
        !facts.hosts.isEmpty() && std::ranges::all_of(facts.hosts, [](const HostFacts &host) {
            return host.deployment.value == Deployment::Source;
        });
    if (isOfSource)
        return Method::Source;
    if (areAll(RunType::SingleReplication))
        return Method::ScriptOfflineCluster;
    return areAll(RunType::Single) ? Method::ScriptSingle : Method::ScriptRolling;
}

QString describe(const MethodAdvice::Row &row)
{
    const auto reason = std::ranges::find_if(
        Reasons, [&row](const Reason &candidate) { return row.reasonKey == candidate.key; });
    if (reason == Reasons.end())
        return row.reasonKey;
    QStringList args = row.args;
    for (QString &arg : args)
        arg = shownWord(arg);
    return filledIn(QCoreApplication::translate("MethodAdvice", reason->sentence), args);
}

QString methodName(Method method)
{
    switch (method) {
    case Method::ScriptSingle:
        return QCoreApplication::translate("MethodAdvice", "Deploy script, single node");
    case Method::ScriptRolling:
        return QCoreApplication::translate("MethodAdvice", "Deploy script, one node at a time");
    case Method::ScriptLive:
        return QCoreApplication::translate("MethodAdvice", "Deploy script on running nodes");
    case Method::ScriptOfflineCluster:
        return QCoreApplication::translate("MethodAdvice", "Deploy script, whole cluster stopped");
    case Method::ExportImport:
        return QCoreApplication::translate("MethodAdvice", "New cluster, export and import");
    case Method::Source:
        return QCoreApplication::translate("MethodAdvice", "Build from source");
    case Method::Compose:
        return QCoreApplication::translate("MethodAdvice", "Docker Compose");
    case Method::DockerRunInsecure:
        return QCoreApplication::translate("MethodAdvice", "Docker run without certificates");
    case Method::DockerRunSecure:
        return QCoreApplication::translate("MethodAdvice", "Docker run with certificates");
    case Method::Restore:
        return QCoreApplication::translate("MethodAdvice",
                                           "Back to an older version from a backup");
    }
    return {};
}

} // namespace kwup
