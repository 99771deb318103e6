#include "core/base/CommandLine.h"
#include "core/checks/Findings.h"

// Servers that were built from source: what must be known to start them again, and what the build
// needs.

namespace kwup {

namespace {

constexpr qint64 MiB = 1024LL * 1024;

/// A build makes several times the size of its tree: objects, the module cache, what it installs.
constexpr qint64 BuildFactor = 5;

Finding processRepeatable(const CheckInput & /*input*/, const HostFacts &host)
{
    if (!host.process.isKnown())
        return unread(CheckStatus::Blocked, host.process);
    const ProcessFacts &process = *host.process.value;
    const QStringList args{QString::number(process.pid), joined(process.unreadable)};
    if (!process.unreadable.isEmpty())
        return with(blocked("unreadable-process", args), host.process);
    if (process.servers > 1)
        return with(blocked("several", {QString::number(process.servers)}), host.process);
    if (!process.unit.isEmpty())
        return with(passed({process.exe, process.user, process.unit}), host.process);
    return with(info("by-hand", {process.exe, process.user}), host.process);
}

bool isTree(const CheckInput &input)
{
    return input.package && input.package->kind == PackageKind::SourceTree;
}

Finding buildTools(const CheckInput &input, const HostFacts &host)
{
    if (!input.package)
        return notApplicable("no-package");
    if (!isTree(input))
        return notApplicable("finished");
    if (!host.buildTools.isKnown())
        return unread(CheckStatus::Blocked, host.buildTools);
    // What the operator names cannot be looked up here; the step of the build does, before it
    // begins.
    const QStringList named = input.options.list(option::BuildTools);
    if (!named.isEmpty())
        return with(info("named", {joined(named)}), host.buildTools);
    QStringList missing;
    for (const auto &tool : input.package->tools) {
        if (!host.buildTools.value->contains(tool))
            missing.append(tool);
    }
    if (!missing.isEmpty())
        return with(blocked("missing", {joined(missing)}), host.buildTools);
    return with(passed({joined(input.package->tools)}), host.buildTools);
}

Finding spaceOn(qint64 needed, const Fact<qint64> &free)
{
    if (!free.isKnown())
        return unread(CheckStatus::Blocked, free);
    const QStringList args{bytesText(needed), bytesText(*free.value)};
    return with(needed > *free.value ? blocked("too-small", args) : passed(args), free);
}

Finding diskForBuild(const CheckInput &input, const HostFacts &host)
{
    if (!input.package)
        return notApplicable("no-package");
    const PackageInfo &package = *input.package;
    const qint64 factor = isTree(input) ? BuildFactor : 1;
    return spaceOn(package.size + package.unpackedBytes * (1 + factor) + 64 * MiB,
                   host.stageFreeBytes);
}

Finding diskForProgram(const CheckInput &input, const HostFacts &host)
{
    if (!input.package)
        return notApplicable("no-package");
    return spaceOn(input.package->unpackedBytes + 64 * MiB, host.programFreeBytes);
}

} // namespace

// clang-format off
CheckFamily sourceChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Source build"), {
        {.id = "process-repeatable",
         .title = QT_TRANSLATE_NOOP("Check", "The server can be started again as it was"),
         .why = QT_TRANSLATE_NOOP("Check", "Nothing but the running process itself tells how it was started: command line, directory, environment, user and limits."),
         .host = processRepeatable, .needs = Needs::Installed,
         .onlyFor = Method::Source,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "%1 was started as the user %2 by the unit %3, which starts it again."), ""},
            {"by-hand", QT_TRANSLATE_NOOP("Check", "%1 was started by hand as the user %2. The run starts it again in the same way; a reboot of the host does not."), ""},
            {"unreadable-process", QT_TRANSLATE_NOOP("Check", "This could not be read of the process %1 in /proc: %2."),
             QT_TRANSLATE_NOOP("Check", "Give the login the right to become root, and make sure that /proc shows all of the process to root (hidepid, containers).")},
            {"several", QT_TRANSLATE_NOOP("Check", "Servers of KWDB that run on this host: %1. Which one is meant cannot be told."),
             QT_TRANSLATE_NOOP("Check", "Upgrade hosts with several nodes by hand.")}}},
        {.id = "build-tools",
         .title = QT_TRANSLATE_NOOP("Check", "The programs for the build are there"),
         .why = QT_TRANSLATE_NOOP("Check", "The source tree is built on each host before anything is stopped."),
         .host = buildTools, .needs = Needs::Installed,
         .onlyFor = Method::Source,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "These programs are installed: %1."), ""},
            {"missing", QT_TRANSLATE_NOOP("Check", "These programs are not installed: %1."),
             QT_TRANSLATE_NOOP("Check", "Install what the vendor's build instructions name, or bring a finished build.")},
            {"named", QT_TRANSLATE_NOOP("Check", "The step of the build looks for these programs before it begins: %1."), ""},
            {"finished", QT_TRANSLATE_NOOP("Check", "The build is finished; nothing is built on the hosts."), ""}}},
        {.id = "disk-for-build",
         .title = QT_TRANSLATE_NOOP("Check", "There is room for the build"),
         .why = QT_TRANSLATE_NOOP("Check", "The archive is unpacked and built in /var/tmp; a build takes several times the size of its tree."),
         .host = diskForBuild, .needs = Needs::Installed,
         .onlyFor = Method::Source,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "About %1 are needed in /var/tmp, %2 are free."), ""},
            {"too-small", QT_TRANSLATE_NOOP("Check", "About %1 are needed in /var/tmp, only %2 are free."),
             QT_TRANSLATE_NOOP("Check", "Free space on the file system of /var/tmp, or bring a finished build.")}}},
        {.id = "disk-for-program",
         .title = QT_TRANSLATE_NOOP("Check", "There is room for a second program"),
         .why = QT_TRANSLATE_NOOP("Check", "The old program is kept beside the new one."),
         .host = diskForProgram, .needs = Needs::Installed,
         .onlyFor = Method::Source,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "At most %1 are needed beside the program, %2 are free."), ""},
            {"too-small", QT_TRANSLATE_NOOP("Check", "Up to %1 are needed beside the program, only %2 are free."),
             QT_TRANSLATE_NOOP("Check", "Free space on the file system of the program.")}}},
    }};
}
// clang-format on

} // namespace kwup
