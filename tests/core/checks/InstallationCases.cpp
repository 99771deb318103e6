#include "tests/core/checks/CheckCase.h"

// Installation and package.

namespace kwup::test {

namespace {

constexpr auto Passed = CheckStatus::Passed;
constexpr auto Warning = CheckStatus::Warning;
constexpr auto Blocked = CheckStatus::Blocked;
constexpr auto NotApplicable = CheckStatus::NotApplicable;

const Change Nothing = [](Scenario & /*s*/) {};
const Change NoPackage = [](Scenario &s) { s.package.reset(); };
const Change Containers = [](Scenario &s) { s.facts.asContainers(); };

template <typename T>
Change unread(Fact<T> HostFacts::*fact)
{
    return [fact](Scenario &s) { s.facts.host(0).*fact = unreadable<T>(); };
}

template <typename T>
Change set(Fact<T> HostFacts::*fact, T value)
{
    return [fact, value](Scenario &s) { s.facts.host(0).*fact = known<T>(value); };
}

Change command(const std::function<void(StartCommand &)> &change)
{
    return [change](Scenario &s) { change(*s.facts.host(0).startCommand.value); };
}

/// The first package of the first host.
Change package(const std::function<void(PackageState &)> &change)
{
    return [change](Scenario &s) { change(s.facts.host(0).packages.value->first()); };
}

KwdbVersion version(const char *base)
{
    return {QString::fromLatin1(base), {}};
}

/// Installed, running and in the package database of one host.
Change hostAt(int index, const char *base)
{
    return [index, base](Scenario &s) {
        HostFacts &host = s.facts.host(index);
        host.installedVersion = known(version(base));
        host.binaryVersion = known(version(base));
        for (PackageState &package : *host.packages.value)
            package.version = QString::fromLatin1(base);
        s.facts.node(index).build = QStringLiteral("V") + QString::fromLatin1(base);
    };
}

Change path(const char *from, const char *to)
{
    return [from, to](Scenario &s) {
        s.facts = FactsBuilder::cluster(3, QString::fromLatin1(from));
        s.package = debPackage(QString::fromLatin1(to));
    };
}

QList<CheckCase> kindCases()
{
    const Change wrongMethod = [](Scenario &s) {
        s.makeSingleReplica();
        s.method = Method::ScriptRolling;
    };
    return {
        {"healthy", "installed", Passed, "passed", Nothing},
        {"no KWDB", "installed", Blocked, "not-installed",
         set(&HostFacts::deployment, Deployment::None)},
        {"not read", "installed", Blocked, "unreadable", unread(&HostFacts::deployment)},
        {"healthy", "deployment-supported", Passed, "passed", Nothing},
        {"container", "deployment-supported", Passed, "passed", Containers},
        {"source", "deployment-supported", Blocked, "not-by-script",
         set(&HostFacts::deployment, Deployment::Source), 0, "source"},
        {"without the script", "deployment-supported", NotApplicable, "other-method",
         [](Scenario &s) { s.method = Method::Compose; }},
        {"healthy", "run-type-known", Passed, "passed", Nothing},
        {"single node", "run-type-known", Passed, "passed", [](Scenario &s) { s.makeSingle(); }},
        {"single replica", "run-type-known", Passed, "passed",
         [](Scenario &s) { s.makeSingleReplica(); }},
        {"wrong method", "run-type-known", Blocked, "not-for-method", wrongMethod, 0,
         "single-replica cluster"},
        {"not read", "run-type-known", Blocked, "unreadable", unread(&HostFacts::runType)},
        {"not understood", "run-type-known", Blocked, "not-read",
         set(&HostFacts::runType, RunType::Unknown)},
        {"healthy", "run-type-agrees", Passed, "passed", Nothing},
        {"other command", "run-type-agrees", Blocked, "command-differs",
         command([](StartCommand &c) { c.subcommand = QStringLiteral("start-single-replica"); })},
        {"other node", "run-type-agrees", Blocked, "node-differs",
         [](Scenario &s) { s.facts.node(0).startMode = QStringLiteral("start-single-replica"); }},
        {"unit not read", "run-type-agrees", Warning, "unreadable",
         unread(&HostFacts::startCommand)},
        {"MODE not read", "run-type-agrees", Blocked, "unreadable", unread(&HostFacts::runType)},
        {"healthy", "security-known", Passed, "passed", Nothing, 0, "TLS"},
        {"other command", "security-known", Warning, "command-differs",
         command([](StartCommand &c) { c.security = SecurityMode::Insecure; })},
        {"not read", "security-known", Blocked, "unreadable", unread(&HostFacts::security)},
        {"healthy", "data-root-known", Passed, "passed", Nothing},
        {"other command", "data-root-known", Blocked, "command-differs",
         command([](StartCommand &c) { c.store = QStringLiteral("/data"); })},
        {"not read", "data-root-known", Blocked, "unreadable", unread(&HostFacts::dataRoot)},
        {"not read, no copy", "data-root-known", Warning, "unreadable",
         [](Scenario &s) {
             s.facts.host(0).dataRoot = unreadable<QString>();
             s.coldBackup = false;
         }},
    };
}

QList<CheckCase> versionCases()
{
    const Change oldBuildDown = [](Scenario &s) {
        s.facts.nodeDown(0);
        s.facts.node(0).build = QStringLiteral("V2.1.0");
    };
    return {
        {"healthy", "versions-agree", Passed, "passed", Nothing, 0, "2.2.0"},
        {"file not read", "versions-agree", Blocked, "unreadable",
         unread(&HostFacts::installedVersion)},
        {"program not read", "versions-agree", Blocked, "unreadable",
         unread(&HostFacts::binaryVersion)},
        {"packages not read", "versions-agree", Blocked, "unreadable",
         unread(&HostFacts::packages)},
        {"no packages", "versions-agree", Blocked, "no-packages",
         set(&HostFacts::packages, QList<PackageState>())},
        {"half-installed", "versions-agree", Blocked, "package-broken",
         package([](PackageState &p) {
             p.status = QStringLiteral("install reinstreq half-installed");
         }),
         0, "half-installed"},
        {"new package", "versions-agree", Blocked, "package-differs",
         package([](PackageState &p) { p.version = QStringLiteral("2.2.1"); })},
        {"revision of a package", "versions-agree", Passed, "passed",
         package([](PackageState &p) { p.version = QStringLiteral("2.2.0-1"); })},
        {"rpm", "versions-agree", Passed, "passed",
         package([](PackageState &p) { p.status = QStringLiteral("installed"); })},
        {"new program", "versions-agree", Blocked, "binary-differs",
         set(&HostFacts::binaryVersion, version("2.2.1"))},
        {"not restarted", "versions-agree", Blocked, "running-differs",
         [](Scenario &s) { s.facts.node(0).build = QStringLiteral("V2.1.0"); }},
        {"old build of a dead node", "versions-agree", Passed, "passed", oldBuildDown},
        {"this host is at the target", "versions-agree", Warning, "already-upgraded",
         hostAt(2, "2.2.1"), 2},
        {"another is at the target", "versions-agree", Passed, "passed", hostAt(2, "2.2.1"), 0},
        {"a third version", "versions-agree", Blocked, "hosts-differ", hostAt(2, "2.1.0"), 2},
    };
}

} // namespace

QList<CheckCase> installationCases()
{
    return kindCases() + versionCases();
}

QList<CheckCase> packageCases()
{
    const Change image = [](Scenario &s) { s.package = containerPackage(); };
    const Change rpm = [](Scenario &s) { s.package = rpmPackage(); };
    const Change imageForContainers = [](Scenario &s) {
        s.facts.asContainers();
        s.package = containerPackage();
    };
    return {
        {"healthy", "package-complete", Passed, "passed", Nothing},
        {"none chosen", "package-complete", Blocked, "none", NoPackage},
        {"healthy", "package-kind-fits", Passed, "passed", Nothing},
        {"image for packages", "package-kind-fits", Blocked, "wrong-kind", image},
        {"packages for a container", "package-kind-fits", Blocked, "wrong-kind", Containers},
        {"image for a container", "package-kind-fits", Passed, "passed", imageForContainers},
        {"rpm for Debian", "package-kind-fits", Blocked, "wrong-format", rpm},
        {"system not read", "package-kind-fits", Blocked, "unreadable",
         unread(&HostFacts::osFamily)},
        {"none chosen", "package-kind-fits", NotApplicable, "no-package", NoPackage},
        {"healthy", "package-architecture", Passed, "passed", Nothing},
        {"other processor", "package-architecture", Blocked, "differs",
         set(&HostFacts::architecture, QStringLiteral("aarch64")), 0, "aarch64"},
        {"package does not say", "package-architecture", Blocked, "unknown",
         [](Scenario &s) { s.package->architecture.clear(); }},
        {"not read", "package-architecture", Blocked, "unreadable",
         unread(&HostFacts::architecture)},
        {"none chosen", "package-architecture", NotApplicable, "no-package", NoPackage},
        {"documented", "version-path", Passed, "passed", Nothing},
        {"single node", "version-path", Passed, "passed", [](Scenario &s) { s.makeSingle(); }},
        {"one is at the target", "version-path", Passed, "passed", hostAt(0, "2.2.1")},
        {"all are at the target", "version-path", Blocked, "same", path("2.2.1", "2.2.1")},
        {"older package", "version-path", Blocked, "older", path("2.2.1", "2.2.0")},
        {"other method", "version-path", Blocked, "other-method-needed", path("2.0.4", "2.2.1"), 0,
         "export and import"},
        {"several hops", "version-path", Blocked, "several-hops", path("2.1.0", "2.2.2")},
        {"unknown release", "version-path", Blocked, "not-documented", path("2.2.0", "9.9.9")},
        {"unknown release, with a reason", "version-path", CheckStatus::Info, "overridden",
         [](Scenario &s) {
             path("2.2.0", "9.9.9")(s);
             s.options.setText(option::UndocumentedPath, QStringLiteral("agreed with the vendor"));
         },
         0, "agreed with the vendor"},
        {"not read", "version-path", Blocked, "unreadable", unread(&HostFacts::installedVersion)},
        {"none chosen", "version-path", NotApplicable, "no-package", NoPackage},
    };
}

} // namespace kwup::test
