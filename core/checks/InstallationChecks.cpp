#include "core/checks/Findings.h"

// Installation: what is installed, how, and whether its parts agree.

namespace kwup {

namespace {

Finding installed(const CheckInput & /*input*/, const HostFacts &host)
{
    if (!host.deployment.isKnown())
        return unread(CheckStatus::Blocked, host.deployment);
    return with(host.isInstalled() ? passed({toString(*host.deployment.value)})
                                   : blocked("not-installed"),
                host.deployment);
}

Finding deploymentSupported(const CheckInput &input, const HostFacts &host)
{
    const Deployment deployment = *host.deployment.value;
    const bool isOfSource = deployment == Deployment::Source && input.method == Method::Restore;
    if (!isScriptMethod(input.method) || isOfSource)
        return notApplicable("other-method");
    const QStringList args{toString(deployment)};
    if (deployment == Deployment::BarePackage || deployment == Deployment::ContainerPackage)
        return with(passed(args), host.deployment);
    return with(blocked("not-by-script", args), host.deployment);
}

RunType runTypeOf(Method method)
{
    switch (method) {
    case Method::ScriptSingle:
        return RunType::Single;
    case Method::ScriptRolling:
    case Method::ScriptLive:
        return RunType::MultiReplication;
    case Method::ScriptOfflineCluster:
        return RunType::SingleReplication;
    case Method::ExportImport:
    case Method::Source:
    case Method::Compose:
    case Method::DockerRunInsecure:
    case Method::DockerRunSecure:
    case Method::Restore:
        break;
    }
    return RunType::Unknown;
}

Finding runTypeKnown(const CheckInput &input, const HostFacts &host)
{
    if (!host.runType.isKnown() || *host.runType.value == RunType::Unknown)
        return unread(CheckStatus::Blocked, host.runType);
    const RunType wanted = runTypeOf(input.method);
    const QStringList args{toString(*host.runType.value), toString(wanted)};
    if (wanted != RunType::Unknown && *host.runType.value != wanted)
        return with(blocked("not-for-method", args), host.runType);
    return with(passed(args), host.runType);
}

Finding runTypeAgrees(const CheckInput &input, const HostFacts &host)
{
    if (host.deployment.value == Deployment::Source)
        return notApplicable("other-method"); // there is no record beside the command itself
    if (!host.runType.isKnown())
        return unread(CheckStatus::Blocked, host.runType);
    if (!host.startCommand.isKnown())
        return unread(CheckStatus::Warning, host.startCommand);
    const QString mode = toString(*host.runType.value);
    const StartCommand &command = *host.startCommand.value;
    if (command.runType() != *host.runType.value)
        return with(blocked("command-differs", {mode, command.subcommand}), host.startCommand);
    const NodeRow *node = nodeOf(input.facts, host);
    if (node != nullptr && !node->startMode.isEmpty() && node->startMode != command.subcommand)
        return blocked("node-differs", {mode, node->startMode});
    return with(passed({mode, command.subcommand}), host.startCommand);
}

Finding securityKnown(const CheckInput & /*input*/, const HostFacts &host)
{
    if (!host.security.isKnown() || *host.security.value == SecurityMode::Unknown)
        return unread(CheckStatus::Blocked, host.security);
    const QStringList args{toString(*host.security.value)};
    const bool commandDiffers = host.startCommand.isKnown()
        && host.startCommand.value->security != SecurityMode::Unknown
        && host.startCommand.value->security != *host.security.value;
    if (commandDiffers)
        return with(warning("command-differs",
                            args + QStringList{toString(host.startCommand.value->security)}),
                    host.startCommand);
    return with(passed(args), host.security);
}

bool runsInContainer(const HostFacts &host)
{
    return !host.container.valueOr(QString()).isEmpty();
}

/// The place of the data when no mount leads to it: only within the container.
QString storeInside(const HostFacts &host)
{
    const ContainerFacts *facts =
        host.containerFacts.isKnown() ? &*host.containerFacts.value : nullptr;
    return facts && !facts->store.isEmpty() && !facts->mountOf(facts->store) ? facts->store
                                                                             : QString();
}

Finding dataRootKnown(const CheckInput &input, const HostFacts &host)
{
    if (const QString store = storeInside(host); !store.isEmpty())
        return with(info("inside", {store}), host.containerFacts);
    if (!host.dataRoot.isKnown() || host.dataRoot.value->isEmpty())
        return unread(input.coldBackup ? CheckStatus::Blocked : CheckStatus::Warning,
                      host.dataRoot);
    const QString root = *host.dataRoot.value;
    // In a container the command names the place inside; of a program started by hand, a path may
    // be relative.
    const bool commandDiffers = host.startCommand.isKnown()
        && host.startCommand.value->store.startsWith(u'/') && host.startCommand.value->store != root
        && !runsInContainer(host);
    if (commandDiffers)
        return with(blocked("command-differs", {root, host.startCommand.value->store}),
                    host.startCommand);
    return with(passed({root}), host.dataRoot);
}

bool isContainer(const HostFacts &host)
{
    return *host.deployment.value != Deployment::BarePackage;
}

/// The first package that is not wholly installed or of another version.
std::optional<Finding> packageProblem(const HostFacts &host)
{
    if (isContainer(host))
        return {};
    if (!host.packages.isKnown())
        return unread(CheckStatus::Blocked, host.packages);
    for (const PackageState &package : *host.packages.value) {
        const bool isWhole = package.status == QLatin1StringView("install ok installed")
            || package.status == QLatin1StringView("installed");
        if (!isWhole)
            return with(blocked("package-broken", {package.name, package.status}), host.packages);
        const std::optional<KwdbVersion> version = KwdbVersion::fromBuildTag(package.version);
        if (!version || version->base != host.installedVersion.value->base)
            return with(
                blocked("package-differs",
                        {host.installedVersion.value->toString(), package.name, package.version}),
                host.packages);
    }
    return host.packages.value->isEmpty()
        ? std::optional(with(blocked("no-packages"), host.packages))
        : std::nullopt;
}

/// Another version on this host than on the first: an earlier upgrade stopped half-way?
std::optional<Finding> differsFromOthers(const CheckInput &input, const HostFacts &host)
{
    const QString own = host.installedVersion.value->base;
    for (const HostFacts &other : input.facts.hosts) {
        if (!other.installedVersion.isKnown() || other.installedVersion.value->base == own)
            continue;
        const QStringList args{host.installedVersion.value->toString(), other.host.id(),
                               other.installedVersion.value->toString()};
        const auto isTarget = [&input](const QString &base) {
            return input.package && input.package->version.base == base;
        };
        if (isTarget(own))
            return warning("already-upgraded", args);
        if (!isTarget(other.installedVersion.value->base))
            return blocked("hosts-differ", args);
    }
    return {};
}

Finding versionsAgree(const CheckInput &input, const HostFacts &host)
{
    if (!host.installedVersion.isKnown())
        return unread(CheckStatus::Blocked, host.installedVersion);
    const KwdbVersion installedVersion = *host.installedVersion.value;
    if (const std::optional<Finding> problem = packageProblem(host))
        return *problem;
    if (!host.binaryVersion.isKnown())
        return unread(CheckStatus::Blocked, host.binaryVersion);
    if (host.binaryVersion.value->base != installedVersion.base)
        return with(blocked("binary-differs",
                            {installedVersion.toString(), host.binaryVersion.value->toString()}),
                    host.binaryVersion);
    const NodeRow *node = nodeOf(input.facts, host);
    // The build of a node that is down is what it was before.
    const std::optional<KwdbVersion> running =
        node != nullptr && node->isUp() ? KwdbVersion::fromBuildTag(node->build) : std::nullopt;
    if (running && running->base != installedVersion.base)
        return blocked("running-differs", {installedVersion.toString(), node->build});
    if (const std::optional<Finding> difference = differsFromOthers(input, host))
        return *difference;
    return with(passed({installedVersion.toString()}), host.installedVersion);
}

} // namespace

// clang-format off
// A table, not a course of action.
// NOLINTNEXTLINE(readability-function-size)
CheckFamily installationChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Installation"), {
        {.id = "installed",
         .title = QT_TRANSLATE_NOOP("Check", "KWDB is installed"),
         .why = QT_TRANSLATE_NOOP("Check", "Only an installed node can be upgraded."),
         .host = installed, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "KWDB is installed (%1)."), ""},
            {"not-installed", QT_TRANSLATE_NOOP("Check", "KWDB is not installed on this host."),
             QT_TRANSLATE_NOOP("Check", "Remove the host from the list, or correct its address.")}}},
        {.id = "deployment-supported",
         .title = QT_TRANSLATE_NOOP("Check", "The method fits the kind of installation"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script handles only what it installed itself."),
         .host = deploymentSupported, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The kind of installation is %1."), ""},
            {"not-by-script", QT_TRANSLATE_NOOP("Check", "KWDB was not installed by the vendor's script (%1)."),
             QT_TRANSLATE_NOOP("Check", "Choose the method that fits the way KWDB was installed.")}}},
        {.id = "run-type-known",
         .title = QT_TRANSLATE_NOOP("Check", "The method fits the kind of cluster"),
         .why = QT_TRANSLATE_NOOP("Check", "Single nodes, clusters with one replica and clusters with several replicas are upgraded in different orders; the wrong one causes an outage."),
         .host = runTypeKnown, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The node runs as %1."), ""},
            {"not-for-method", QT_TRANSLATE_NOOP("Check", "The node runs as %1; the chosen method is for %2."),
             QT_TRANSLATE_NOOP("Check", "Choose the method for this kind of cluster.")}}},
        {.id = "run-type-agrees",
         .title = QT_TRANSLATE_NOOP("Check", "The recorded run type is the real one"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script decides by the file MODE alone; if that is wrong, it takes the wrong branch."),
         .host = runTypeAgrees, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "MODE says %1, and the start command is %2."), ""},
            {"command-differs", QT_TRANSLATE_NOOP("Check", "MODE says %1, but the start command is %2."),
             QT_TRANSLATE_NOOP("Check", "Find out how this node was really set up and correct /etc/kaiwudb/info/MODE or the unit.")},
            {"node-differs", QT_TRANSLATE_NOOP("Check", "MODE says %1, but the running node was started with %2."),
             QT_TRANSLATE_NOOP("Check", "Find out how this node was really set up and correct /etc/kaiwudb/info/MODE or the unit.")}}},
        {.id = "security-known",
         .title = QT_TRANSLATE_NOOP("Check", "The security mode is known"),
         .why = QT_TRANSLATE_NOOP("Check", "The program asks the cluster with the node's own certificates; with the wrong mode it gets no answer."),
         .host = securityKnown, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The security mode is %1."), ""},
            {"command-differs", QT_TRANSLATE_NOOP("Check", "MODE says %1, but the start command says %2."),
             QT_TRANSLATE_NOOP("Check", "The start command is used. Correct /etc/kaiwudb/info/MODE when you can.")}}},
        {.id = "data-root-known",
         .title = QT_TRANSLATE_NOOP("Check", "The data directory is known"),
         .why = QT_TRANSLATE_NOOP("Check", "A backup of the wrong directory is no backup."),
         .host = dataRootKnown, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The data directory is %1."), ""},
            {"inside", QT_TRANSLATE_NOOP("Check", "The data directory is %1 in the container itself; no directory of the host is behind it."),
             QT_TRANSLATE_NOOP("Check", "Whether the run may move the data onto the host is asked below (store-on-mount).")},
            {"command-differs", QT_TRANSLATE_NOOP("Check", "MODE says the data is in %1, but the start command says %2."),
             QT_TRANSLATE_NOOP("Check", "Find out where the data is and correct /etc/kaiwudb/info/MODE or the unit.")}}},
        {.id = "versions-agree",
         .title = QT_TRANSLATE_NOOP("Check", "One version everywhere"),
         .why = QT_TRANSLATE_NOOP("Check", "The version file, the packages, the program and the running node must say the same; otherwise an earlier upgrade stopped half-way."),
         .host = versionsAgree, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The version file, the packages, the program and the running node say %1."), ""},
            {"package-broken", QT_TRANSLATE_NOOP("Check", "The package %1 is in the state \"%2\"."),
             QT_TRANSLATE_NOOP("Check", "Install the packages of the present version again by hand, then run the checks again.")},
            {"package-differs", QT_TRANSLATE_NOOP("Check", "The version file says %1, but the package %2 has version %3."),
             QT_TRANSLATE_NOOP("Check", "An earlier upgrade stopped half-way. Install the packages that fit the version file, or finish that upgrade by hand.")},
            {"no-packages", QT_TRANSLATE_NOOP("Check", "The package manager knows no package of KWDB."),
             QT_TRANSLATE_NOOP("Check", "Find out how KWDB was installed; the upgrade script replaces packages only.")},
            {"binary-differs", QT_TRANSLATE_NOOP("Check", "The version file says %1, but the program says %2."),
             QT_TRANSLATE_NOOP("Check", "An earlier upgrade stopped half-way. Find out which version is right before you go on.")},
            {"running-differs", QT_TRANSLATE_NOOP("Check", "The installed version is %1, but the running node is %2."),
             QT_TRANSLATE_NOOP("Check", "The node was not restarted after an earlier upgrade. Restart it, then run the checks again.")},
            {"already-upgraded", QT_TRANSLATE_NOOP("Check", "This host has version %1 already, %2 still has %3."),
             QT_TRANSLATE_NOOP("Check", "An earlier upgrade stopped between the nodes. Resume that run if it was made with this program.")},
            {"hosts-differ", QT_TRANSLATE_NOOP("Check", "This host has version %1, %2 has %3."),
             QT_TRANSLATE_NOOP("Check", "Bring all nodes to one version first.")}}},
    }};
}
// clang-format on

} // namespace kwup
