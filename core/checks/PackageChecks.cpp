#include "core/checks/Findings.h"

// The release archive against the hosts, and the path from the installed version to its version.

namespace kwup {

namespace {

using Kind = VersionPaths::Verdict::Kind;

Finding packageComplete(const CheckInput &input)
{
    if (input.method == Method::ExportImport)
        return notApplicable("other-method"); // nothing is installed
    if (!input.package)
        return blocked("none");
    const PackageInfo &package = *input.package;
    Finding finding = passed({package.version.toString(), toString(package.kind)});
    finding.evidence = "sha256 " + package.sha256 + "  " + package.file.toUtf8() + '\n'
        + package.packages.join(QStringLiteral("\n")).toUtf8();
    return finding;
}

Finding packageKindFits(const CheckInput &input, const HostFacts &host)
{
    if (input.method == Method::ExportImport)
        return notApplicable("other-method"); // nothing is installed
    if (!input.package)
        return notApplicable("no-package");
    const PackageKind kind = input.package->kind;
    const Deployment deployment = *host.deployment.value;
    const bool isContainer = deployment == Deployment::ContainerPackage;
    const bool takesImage =
        deployment == Deployment::Compose || deployment == Deployment::DockerRun;
    const bool takesBuild = deployment == Deployment::Source;
    if (takesImage != (kind == PackageKind::Image) || takesBuild != isBuild(kind))
        return with(blocked("wrong-kind", {toString(kind), toString(deployment)}), host.deployment);
    if (takesImage || takesBuild)
        return with(passed({toString(kind)}), host.deployment);
    if (isContainer != (kind == PackageKind::Container))
        return with(blocked("wrong-kind", {toString(kind), toString(deployment)}), host.deployment);
    if (isContainer)
        return with(passed({toString(kind)}), host.deployment);
    if (!host.osFamily.isKnown())
        return unread(CheckStatus::Blocked, host.osFamily);
    const QString wanted =
        kind == PackageKind::BareDeb ? QStringLiteral("deb") : QStringLiteral("rpm");
    if (*host.osFamily.value != wanted)
        return with(blocked("wrong-format", {wanted, *host.osFamily.value}), host.osFamily);
    return with(passed({toString(kind)}), host.osFamily);
}

Finding packageArchitecture(const CheckInput &input, const HostFacts &host)
{
    if (input.method == Method::ExportImport)
        return notApplicable("other-method"); // nothing is installed
    if (!input.package)
        return notApplicable("no-package");
    if (!host.architecture.isKnown())
        return unread(CheckStatus::Blocked, host.architecture);
    // Pulled by the host itself; the processor is compared when the image is there.
    if (input.package->kind == PackageKind::Image && input.package->file.isEmpty())
        return notApplicable("pulled");
    // Built on the host for its own processor, or there already: the build is run there once.
    if (input.package->kind == PackageKind::SourceTree || !input.package->directory.isEmpty())
        return notApplicable("of-host");
    const QStringList args{input.package->architecture, *host.architecture.value};
    if (input.package->architecture.isEmpty())
        return with(blocked("unknown", args), host.architecture);
    return with(args[0] == args[1] ? passed(args) : blocked("differs", args), host.architecture);
}

/// What must still be upgraded: the versions of the hosts that are not at the target yet.
QList<KwdbVersion> versionsToUpgrade(const CheckInput &input)
{
    QList<KwdbVersion> versions;
    for (const HostFacts &host : input.facts.hosts) {
        if (!host.installedVersion.isKnown())
            continue;
        const KwdbVersion version = *host.installedVersion.value;
        if (version != input.package->version && !versions.contains(version))
            versions.append(version);
    }
    return versions;
}

RunType commonRunType(const CheckInput &input)
{
    for (const HostFacts &host : input.facts.hosts) {
        if (host.runType.isKnown())
            return *host.runType.value;
    }
    return RunType::Unknown;
}

QStringList methodNames(const QList<Method> &methods)
{
    QStringList names;
    for (const Method method : methods)
        names.append(toString(method));
    return names;
}

Finding judged(const VersionPaths::Verdict &verdict, const QString &from, const QString &to)
{
    Finding finding;
    finding.evidence = (verdict.source + QLatin1Char('\n') + verdict.note).trimmed().toUtf8();
    finding.status = CheckStatus::Blocked;
    finding.args = {from, to};
    switch (verdict.kind) {
    case Kind::Documented:
        finding.status = CheckStatus::Passed;
        finding.args.append(verdict.source);
        break;
    case Kind::OtherMethod:
        finding.key = "other-method-needed";
        finding.args.append(joined(methodNames(verdict.methods)));
        break;
    case Kind::SeveralHops:
        finding.key = "several-hops";
        finding.args.append(verdict.hops.join(QStringLiteral(" → ")));
        break;
    case Kind::Same:
        finding.key = "same";
        break;
    case Kind::Older:
        finding.key = "older";
        break;
    case Kind::NotDocumented:
        finding.key = "not-documented";
        break;
    }
    return finding;
}

/// The guide's way back: to an older version, or to the same one on nodes that are incomplete.
Finding goesBack(const CheckInput &input, const QList<KwdbVersion> &versions)
{
    const KwdbVersion to = input.package->version;
    for (const KwdbVersion &from : versions) {
        if (compareBase(from, to) < 0)
            return blocked("not-older", {from.toString(), to.toString()});
    }
    return passed({versions.isEmpty() ? to.toString() : versions.first().toString(), to.toString(),
                   QStringLiteral("db-upgrade.md")});
}

Finding versionPath(const CheckInput &input)
{
    if (!input.package)
        return notApplicable("no-package");
    for (const HostFacts &host : input.facts.hosts) {
        if (host.isReachable() && !host.installedVersion.isKnown())
            return unread(CheckStatus::Blocked, host.installedVersion);
    }
    const KwdbVersion to = input.package->version;
    const QList<KwdbVersion> versions = versionsToUpgrade(input);
    if (input.method == Method::Restore)
        return goesBack(input, versions);
    if (versions.isEmpty())
        return blocked("same", {to.toString(), to.toString()});
    Finding worst;
    for (const KwdbVersion &from : versions) {
        worst =
            judged(VersionPaths::builtIn().verdict(from, to, commonRunType(input), input.method),
                   from.toString(), to.toString());
        if (worst.status != CheckStatus::Passed)
            break;
    }
    const QString reason = input.options.text(option::UndocumentedPath);
    if (QLatin1StringView(worst.key) == QLatin1StringView("not-documented") && !reason.isEmpty()) {
        worst.status = CheckStatus::Info;
        worst.key = "overridden";
        worst.args.append(reason);
    }
    return worst;
}

} // namespace

// clang-format off
CheckFamily packageChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Package"), {
        {.id = "package-complete",
         .title = QT_TRANSLATE_NOOP("Check", "The package is complete"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script removes the old packages before it finds out that new ones are missing."),
         .cluster = packageComplete,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The archive was read and is complete: version %1, %2."), ""},
            {"none", QT_TRANSLATE_NOOP("Check", "No package has been chosen."),
             QT_TRANSLATE_NOOP("Check", "Choose the release archive of the new version.")}}},
        {.id = "package-kind-fits",
         .title = QT_TRANSLATE_NOOP("Check", "The package fits the installation"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script refuses a package of another kind, and does not look whether .deb or .rpm fits the system."),
         .host = packageKindFits, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The package is of the right kind (%1)."), ""},
            {"wrong-kind", QT_TRANSLATE_NOOP("Check", "The package is of the kind %1, the installation is of the kind %2."),
             QT_TRANSLATE_NOOP("Check", "Get the package that fits the way KWDB was installed.")},
            {"wrong-format", QT_TRANSLATE_NOOP("Check", "The package holds .%1 files, the host uses .%2."),
             QT_TRANSLATE_NOOP("Check", "Get the package for this operating system.")}}},
        {.id = "package-architecture",
         .title = QT_TRANSLATE_NOOP("Check", "The package fits the processor"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script does not look at the processor; the wrong program cannot start."),
         .host = packageArchitecture, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Package and host are both for %1."), ""},
            {"of-host", QT_TRANSLATE_NOOP("Check", "The program is built or lies on the host itself; it is run there once before anything is stopped."), ""},
            {"pulled", QT_TRANSLATE_NOOP("Check", "The hosts get the image themselves; it is compared with the processor then."), ""},
            {"unknown", QT_TRANSLATE_NOOP("Check", "The package does not say for which processor it is; the host is %2."),
             QT_TRANSLATE_NOOP("Check", "Get the original release archive from the vendor.")},
            {"differs", QT_TRANSLATE_NOOP("Check", "The package is for %1, the host is %2."),
             QT_TRANSLATE_NOOP("Check", "Get the package for the processor of the host.")}}},
        {.id = "version-path",
         .title = QT_TRANSLATE_NOOP("Check", "The vendor documents this upgrade"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script lets paths through that the vendor does not document; data written by a newer version cannot be opened by an older one."),
         .cluster = versionPath,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The upgrade from %1 to %2 by this method is documented (%3)."), ""},
            {"other-method-needed", QT_TRANSLATE_NOOP("Check", "The upgrade from %1 to %2 is documented, but by another method: %3."),
             QT_TRANSLATE_NOOP("Check", "Choose the documented method.")},
            {"several-hops", QT_TRANSLATE_NOOP("Check", "The upgrade from %1 to %2 is documented in several steps only: %3."),
             QT_TRANSLATE_NOOP("Check", "Upgrade to the first of these versions, then to the next.")},
            {"same", QT_TRANSLATE_NOOP("Check", "Version %2 is installed on all hosts already."),
             QT_TRANSLATE_NOOP("Check", "There is nothing to upgrade. Choose a newer package if there is one.")},
            {"older", QT_TRANSLATE_NOOP("Check", "The package (%2) is older than the installed version (%1)."),
             QT_TRANSLATE_NOOP("Check", "A downgrade needs a backup and a new installation of the old version; choose a newer package.")},
            {"not-older", QT_TRANSLATE_NOOP("Check", "The package (%2) is newer than the installed version (%1), so it is no way back."),
             QT_TRANSLATE_NOOP("Check", "Choose the archive of the version that was installed before.")},
            {"not-documented", QT_TRANSLATE_NOOP("Check", "The vendor documents no upgrade from %1 to %2."),
             QT_TRANSLATE_NOOP("Check", "Ask the vendor for the way to this version, or give the reason for going it all the same in the settings of the method.")},
            {"overridden", QT_TRANSLATE_NOOP("Check", "The vendor documents no upgrade from %1 to %2. It is done all the same, for this reason: %3"),
             QT_TRANSLATE_NOOP("Check", "Make sure that the backup can be restored.")}}},
    }};
}
// clang-format on

} // namespace kwup
