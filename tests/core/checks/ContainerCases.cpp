#include "tests/core/checks/CheckCase.h"

namespace kwup::test {

namespace {

constexpr auto Passed = CheckStatus::Passed;
constexpr auto Blocked = CheckStatus::Blocked;
constexpr auto Info = CheckStatus::Info;
constexpr auto NotApplicable = CheckStatus::NotApplicable;

using More = std::function<void(Scenario &, ContainerFacts &)>;

Change dockerRun(const More &more = {})
{
    return [more](Scenario &scenario) {
        scenario.facts = FactsBuilder::singleNode().asDockerRun();
        scenario.method = Method::DockerRunSecure;
        scenario.package = imagePackage();
        if (more)
            more(scenario, *scenario.facts.host(0).containerFacts.value);
    };
}

Change compose(const More &more = {})
{
    return [more](Scenario &scenario) {
        scenario.facts = FactsBuilder::singleNode().asCompose();
        scenario.method = Method::Compose;
        scenario.package = imagePackage();
        if (more)
            more(scenario, *scenario.facts.host(0).containerFacts.value);
    };
}

void nothing(Scenario & /*scenario*/)
{ }

Change unreadContainer(bool isCompose)
{
    const More more = [](Scenario &scenario, ContainerFacts & /*facts*/) {
        scenario.facts.host(0).containerFacts = unreadable<ContainerFacts>();
    };
    return isCompose ? compose(more) : dockerRun(more);
}

void storeInside(Scenario & /*scenario*/, ContainerFacts &facts)
{
    facts.mounts.removeLast();
}

void storeAnonymous(Scenario & /*scenario*/, ContainerFacts &facts)
{
    facts.mounts.last().type = QStringLiteral("volume");
    facts.mounts.last().name = QString(64, u'a');
    facts.mounts.last().isAnonymous = true;
}

void moved(Scenario &scenario, ContainerFacts &facts)
{
    storeInside(scenario, facts);
    scenario.options.setFlag(option::MountStore, true);
    scenario.options.setText(option::MountDirectory, QStringLiteral("/data/kwdb"));
}

QList<CheckCase> notApplicableCases()
{
    QList<CheckCase> cases;
    for (const char *id : {"docker-rights", "compose-present", "store-on-mount",
                           "container-rebuildable", "container-auto-remove", "container-alone",
                           "compose-file-editable", "image-has-tag", "container-left-over"})
        cases.append({"script", id, NotApplicable, "other-method", nothing});
    for (const char *id : {"store-on-mount", "container-auto-remove", "container-alone",
                           "container-left-over", "container-rebuildable"})
        cases.append({"not read", id, NotApplicable, "no-container", unreadContainer(false)});
    for (const char *id : {"compose-present", "compose-file-editable"})
        cases.append({"not read", id, NotApplicable, "no-container", unreadContainer(true)});
    return cases;
}

QList<CheckCase> storeCases()
{
    return {
        {"bind mount", "store-on-mount", Passed, "passed", dockerRun(), 0, "/var/lib/kaiwudb"},
        {"in the container", "store-on-mount", Blocked, "inside", dockerRun(storeInside)},
        {"in the container", "data-root-known", Info, "inside", dockerRun(storeInside)},
        {"comes back", "unit-enabled-at-boot", Passed, "restarts",
         dockerRun([](Scenario &, ContainerFacts &facts) {
             facts.restartPolicy = QStringLiteral("unless-stopped");
         })},
        {"after a failure only", "unit-enabled-at-boot", Info, "no-restart",
         dockerRun([](Scenario &, ContainerFacts &facts) {
             facts.restartPolicy = QStringLiteral("on-failure");
         }),
         0, "on-failure"},
        {"anonymous volume, docker run", "store-on-mount", Passed, "passed",
         dockerRun(storeAnonymous)},
        {"anonymous volume, compose", "store-on-mount", Blocked, "inside", compose(storeAnonymous)},
        {"memory", "store-on-mount", Blocked, "inside",
         dockerRun([](Scenario &, ContainerFacts &facts) {
             facts.mounts.last().type = QStringLiteral("tmpfs");
         })},
        {"with consent", "store-on-mount", Info, "is-moved", dockerRun(moved), 0, "/data/kwdb"},
        {"without directory", "store-on-mount", Blocked, "no-directory",
         dockerRun([](Scenario &scenario, ContainerFacts &facts) {
             moved(scenario, facts);
             scenario.options.setText(option::MountDirectory, QStringLiteral("data"));
         })},
        {"no --store", "store-on-mount", Blocked, "unknown",
         dockerRun([](Scenario &, ContainerFacts &facts) { facts.store.clear(); })},
    };
}

QList<CheckCase> composeCases()
{
    return {
        {"there", "compose-present", Passed, "passed", compose(), 0, "docker-compose"},
        {"none", "compose-present", Blocked, "missing",
         compose([](Scenario &, ContainerFacts &facts) { facts.composeCommand.clear(); })},
        {"another version", "compose-present", CheckStatus::Warning, "other-version",
         compose([](Scenario &, ContainerFacts &facts) {
             facts.composeCommand = QStringLiteral("docker compose");
         })},
        {"plain", "compose-file-editable", Passed, "passed", compose()},
        {"tabs", "compose-file-editable", Blocked, "problem",
         compose([](Scenario &, ContainerFacts &facts) {
             facts.compose.files[0].content = "services:\n\tdb:\n\t\timage: a\n";
         }),
         0, "/opt/kwdb/docker-compose.yml"},
        {"read-only", "compose-file-editable", Blocked, "problem",
         compose(
             [](Scenario &, ContainerFacts &facts) { facts.compose.files[0].isWritable = false; })},
        {"none chosen", "compose-file-editable", NotApplicable, "no-package",
         compose([](Scenario &scenario, ContainerFacts &) { scenario.package.reset(); })},
    };
}

} // namespace

QList<CheckCase> containerCases()
{
    return notApplicableCases() + storeCases() + composeCases()
        + QList<CheckCase>{
            {"answers", "docker-rights", Passed, "passed", dockerRun(), 0, "20.10.24"},
            {"no rights", "docker-rights", Blocked, "unreadable", unreadContainer(false)},
            {"plain", "container-rebuildable", Passed, "passed", dockerRun()},
            {"unknown setting", "container-rebuildable", Blocked, "settings",
             dockerRun([](Scenario &, ContainerFacts &facts) {
                 facts.inspect[QStringLiteral("Config")] =
                     QJsonObject{{QStringLiteral("NetworkDisabled"), true}};
             }),
             0, "NetworkDisabled"},
            {"stays", "container-auto-remove", Passed, "passed", dockerRun()},
            {"--rm", "container-auto-remove", Blocked, "removes-itself",
             dockerRun([](Scenario &, ContainerFacts &facts) { facts.removesItself = true; })},
            {"alone", "container-alone", Passed, "passed", dockerRun()},
            {"two", "container-alone", Blocked, "several",
             dockerRun([](Scenario &, ContainerFacts &facts) {
                 facts.others = QStringList{QStringLiteral("kwdb2")};
             }),
             0, "kwdb2"},
            {"tag", "image-has-tag", Passed, "passed", dockerRun(), 0, "kwdb/kwdb:2.2.1"},
            {"none", "image-has-tag", Blocked, "no-tag",
             dockerRun(
                 [](Scenario &scenario, ContainerFacts &) { scenario.package->image.clear(); })},
            {"none chosen", "image-has-tag", NotApplicable, "no-package",
             dockerRun([](Scenario &scenario, ContainerFacts &) { scenario.package.reset(); })},
            {"none", "container-left-over", Passed, "passed", dockerRun()},
            {"one", "container-left-over", Info, "left",
             dockerRun([](Scenario &, ContainerFacts &facts) {
                 facts.allNames.append(QStringLiteral("kwdb-kwup-1"));
             }),
             0, "kwdb-kwup-1"},
            {"archive", "package-kind-fits", Blocked, "wrong-kind",
             dockerRun(
                 [](Scenario &scenario, ContainerFacts &) { scenario.package = debPackage(); })},
            {"image", "package-kind-fits", Passed, "passed", dockerRun()},
            {"pulled", "package-architecture", NotApplicable, "pulled",
             dockerRun(
                 [](Scenario &scenario, ContainerFacts &) { scenario.package->file.clear(); })},
        };
}

} // namespace kwup::test
