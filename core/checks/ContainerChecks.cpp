#include "core/checks/Findings.h"
#include "core/container/DockerRun.h"
#include "core/container/ImageReference.h"
#include "core/plan/methods/ContainerParts.h"

// Containers that no deploy script made: what docker may do there, and what would be lost.

namespace kwup {

namespace {

bool isByDockerRun(const CheckInput &input)
{
    return input.method == Method::DockerRunInsecure || input.method == Method::DockerRunSecure;
}

bool isByContainer(const CheckInput &input)
{
    return input.method == Method::Compose || isByDockerRun(input);
}

/// Nothing, or why a check about containers has nothing to look at.
std::optional<Finding> inapplicable(const CheckInput &input, const HostFacts &host)
{
    if (!isByContainer(input))
        return notApplicable("other-method");
    if (!host.containerFacts.isKnown())
        return notApplicable("no-container");
    return std::nullopt;
}

Finding dockerRights(const CheckInput &input, const HostFacts &host)
{
    if (!isByContainer(input))
        return notApplicable("other-method");
    if (!host.containerFacts.isKnown())
        return unread(CheckStatus::Blocked, host.containerFacts);
    return with(passed({host.containerFacts.value->engine}), host.containerFacts);
}

Finding composePresent(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    if (input.method != Method::Compose)
        return notApplicable("other-method");
    const ContainerFacts &facts = *host.containerFacts.value;
    if (facts.composeCommand.isEmpty())
        return with(blocked("missing"), host.containerFacts);
    const bool isOld = facts.composeVersion.startsWith(QLatin1String("1."));
    const bool usesOld = facts.composeCommand == QStringLiteral("docker-compose");
    if (isOld && !usesOld) {
        return with(warning("other-version", {facts.composeVersion, facts.composeCommand}),
                    host.containerFacts);
    }
    return with(passed({facts.composeCommand}), host.containerFacts);
}

Finding storeOnMount(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    const ContainerFacts &facts = *host.containerFacts.value;
    if (facts.store.isEmpty())
        return with(blocked("unknown", {facts.name}), host.containerFacts);
    const ContainerMount *mount = facts.mountOf(facts.store);
    const bool isForgotten = mount && mount->isAnonymous && input.method == Method::Compose;
    if (mount && !isForgotten) {
        return with(
            passed({facts.store, mount->isAnonymous ? mount->name : facts.onHost(facts.store)}),
            host.containerFacts);
    }
    const QString directory = input.options.text(option::MountDirectory);
    if (!input.options.flag(option::MountStore))
        return with(blocked("inside", {facts.name, facts.store}), host.containerFacts);
    if (!directory.startsWith(u'/'))
        return with(blocked("no-directory", {facts.store}), host.containerFacts);
    return with(info("is-moved", {facts.store, directory}), host.containerFacts);
}

Finding rebuildable(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    if (!isByDockerRun(input))
        return notApplicable("other-method");
    const ContainerFacts &facts = *host.containerFacts.value;
    const DockerRun run = rebuildDockerRun(facts.inspect, facts.image);
    Finding finding = passed({facts.name});
    if (!run.problems.isEmpty())
        finding = blocked("settings", {facts.name, run.problems.join(QStringLiteral("; "))});
    finding.evidence = run.command(QStringLiteral("run --detach"), facts.imageReference).toUtf8();
    finding.command = host.containerFacts.command;
    return finding;
}

Finding autoRemove(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    const ContainerFacts &facts = *host.containerFacts.value;
    return with(facts.removesItself ? blocked("removes-itself", {facts.name})
                                    : passed({facts.name}),
                host.containerFacts);
}

Finding alone(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    const ContainerFacts &facts = *host.containerFacts.value;
    if (facts.others.isEmpty())
        return with(passed({facts.name}), host.containerFacts);
    return with(blocked("several", {facts.name, joined(facts.others)}), host.containerFacts);
}

Finding fileEditable(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    if (input.method != Method::Compose)
        return notApplicable("other-method");
    if (!input.package || input.package->image.isEmpty())
        return notApplicable("no-package");
    const ContainerFacts &facts = *host.containerFacts.value;
    const ComposeEdit edit =
        composeImageEdit(facts.compose, facts.imageReference, input.package->image);
    if (!edit.problem.isEmpty())
        return with(blocked("problem", {composeProblem(edit)}), host.containerFacts);
    return with(passed({edit.edit ? edit.edit->path : joined({})}), host.containerFacts);
}

Finding imageHasTag(const CheckInput &input)
{
    if (!isByContainer(input))
        return notApplicable("other-method");
    if (!input.package)
        return notApplicable("no-package");
    const auto reference = ImageReference::parse(input.package->image);
    if (!reference)
        return blocked("no-tag", {joined(input.package->images)});
    return passed({reference->toString()});
}

Finding leftContainers(const CheckInput &input, const HostFacts &host)
{
    if (const auto why = inapplicable(input, host))
        return *why;
    const ContainerFacts &facts = *host.containerFacts.value;
    QStringList left;
    for (const auto &name : facts.allNames) {
        if (name.startsWith(facts.name + QStringLiteral("-kwup-")))
            left.append(name);
    }
    if (left.isEmpty())
        return with(passed(), host.containerFacts);
    return with(info("left", {joined(left)}), host.containerFacts);
}

} // namespace

// clang-format off
// A table, not a course of action.
// NOLINTNEXTLINE(readability-function-size)
CheckFamily containerChecks()
{
    const FindingText otherMethod{"other-method", QT_TRANSLATE_NOOP("Check", "This matters for containers of docker run and compose only."), ""};
    const FindingText noContainer{"no-container", QT_TRANSLATE_NOOP("Check", "What docker knows of the container could not be read."), ""};
    const FindingText noPackage{"no-package", QT_TRANSLATE_NOOP("Check", "No image has been chosen."), ""};
    return {QT_TRANSLATE_NOOP("Check", "Containers"), {
        {.id = "docker-rights",
         .title = QT_TRANSLATE_NOOP("Check", "Docker can be used"),
         .why = QT_TRANSLATE_NOOP("Check", "The container is stopped, made and started by docker; the user needs the right to do that."),
         .host = dockerRights, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The docker engine %1 answers."), ""},
            otherMethod}},
        {.id = "compose-present",
         .title = QT_TRANSLATE_NOOP("Check", "Docker Compose is installed"),
         .why = QT_TRANSLATE_NOOP("Check", "The service is started from its compose file."),
         .host = composePresent, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The command %1 is there."), ""},
            {"missing", QT_TRANSLATE_NOOP("Check", "Neither docker-compose nor the compose plugin of docker is installed."),
             QT_TRANSLATE_NOOP("Check", "Install the program that started the service.")},
            {"other-version", QT_TRANSLATE_NOOP("Check", "The container was made by docker-compose %1, but only \"%2\" is installed. It may give the container another name."),
             QT_TRANSLATE_NOOP("Check", "Install docker-compose of version 1, or make sure that the service has a container_name.")},
            otherMethod, noContainer}},
        {.id = "store-on-mount",
         .title = QT_TRANSLATE_NOOP("Check", "The data is not in the container itself"),
         .why = QT_TRANSLATE_NOOP("Check", "A new container begins empty; what the old one holds in itself is lost with it."),
         .host = storeOnMount, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The data directory %1 lies on %2."), ""},
            {"unknown", QT_TRANSLATE_NOOP("Check", "The command of the container %1 does not tell its data directory."),
             QT_TRANSLATE_NOOP("Check", "Start the container with --store.")},
            {"inside", QT_TRANSLATE_NOOP("Check", "The data directory %2 of the container %1 is not on a lasting mount."),
             QT_TRANSLATE_NOOP("Check", "Allow the run to move the data onto the host (options mount-store and mount-directory).")},
            {"no-directory", QT_TRANSLATE_NOOP("Check", "The data directory %1 shall be moved onto the host, but no directory is given for it."),
             QT_TRANSLATE_NOOP("Check", "Enter an absolute directory that is empty or missing (option mount-directory).")},
            {"is-moved", QT_TRANSLATE_NOOP("Check", "The data directory %1 will be copied to %2 on the host, compared and mounted from there."), ""},
            otherMethod, noContainer}},
        {.id = "container-rebuildable",
         .title = QT_TRANSLATE_NOOP("Check", "The container can be made again with the same settings"),
         .why = QT_TRANSLATE_NOOP("Check", "The new container shall differ in its image only."),
         .host = rebuildable, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All settings of the container %1 can be set by docker run."), ""},
            {"settings", QT_TRANSLATE_NOOP("Check", "Settings of the container %1 cannot be set by docker run: %2."),
             QT_TRANSLATE_NOOP("Check", "Start the container by hand without these settings, or upgrade it by hand.")},
            otherMethod, noContainer}},
        {.id = "container-auto-remove",
         .title = QT_TRANSLATE_NOOP("Check", "The container does not remove itself"),
         .why = QT_TRANSLATE_NOOP("Check", "A container that was started with --rm is gone with its anonymous volumes as soon as it stops; there is no way back then."),
         .host = autoRemove, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The container %1 stays after it has stopped."), ""},
            {"removes-itself", QT_TRANSLATE_NOOP("Check", "The container %1 was started with --rm."),
             QT_TRANSLATE_NOOP("Check", "Make a backup, start the container by hand without --rm and with its data on a mount, then begin again.")},
            otherMethod, noContainer}},
        {.id = "container-alone",
         .title = QT_TRANSLATE_NOOP("Check", "Only one container runs KWDB on the host"),
         .why = QT_TRANSLATE_NOOP("Check", "With several of them it cannot be told which one is meant."),
         .host = alone, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The container %1 is the only one."), ""},
            {"several", QT_TRANSLATE_NOOP("Check", "Besides %1, these containers run KWDB: %2."),
             QT_TRANSLATE_NOOP("Check", "Stop the others, or upgrade by hand.")},
            otherMethod, noContainer}},
        {.id = "compose-file-editable",
         .title = QT_TRANSLATE_NOOP("Check", "The image in the compose file can be changed"),
         .why = QT_TRANSLATE_NOOP("Check", "Only the image is changed; everything else in the file stays as it is."),
         .host = fileEditable, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The image can be changed in %1."), ""},
            {"problem", QT_TRANSLATE_NOOP("Check", "%1"),
             QT_TRANSLATE_NOOP("Check", "Change the file by hand so that the service names its image plainly, then begin again.")},
            otherMethod, noContainer, noPackage}},
        {.id = "image-has-tag",
         .title = QT_TRANSLATE_NOOP("Check", "The new image has a name and a tag"),
         .why = QT_TRANSLATE_NOOP("Check", "The container is made from a name; an image without one cannot be told from others."),
         .cluster = imageHasTag,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The new image is %1."), ""},
            {"no-tag", QT_TRANSLATE_NOOP("Check", "Which image is to be used is not known. The archive holds: %1."),
             QT_TRANSLATE_NOOP("Check", "Enter the name and tag of the image (option image).")},
            otherMethod, noPackage}},
        {.id = "container-left-over",
         .title = QT_TRANSLATE_NOOP("Check", "No containers of earlier upgrades are left"),
         .why = QT_TRANSLATE_NOOP("Check", "Old containers are kept until they are removed by hand; they hold disk space."),
         .host = leftContainers, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "There are none."), ""},
            {"left", QT_TRANSLATE_NOOP("Check", "Kept from earlier upgrades: %1."),
             QT_TRANSLATE_NOOP("Check", "Remove them with docker rm when they are not needed any more.")},
            otherMethod, noContainer}},
    }};
}
// clang-format on

} // namespace kwup
