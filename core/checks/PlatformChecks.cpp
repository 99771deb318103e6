#include "core/base/CommandLine.h"
#include "core/checks/Findings.h"

#include <algorithm>
#include <cmath>

// Platform: clock, package manager, free space.

namespace kwup {

namespace {

constexpr qint64 MiB = 1024LL * 1024;

/// A node stops itself when its clock is 80 % of 500 ms away from at least half of the others.
/// Source: kwdb-facts §6 (clock skew).
constexpr double SkewLimit = 0.4;
constexpr double SkewWarning = 0.25;

std::optional<double> medianOffset(const Facts &facts)
{
    std::vector<double> offsets;
    for (const HostFacts &host : facts.hosts) {
        if (host.clockOffset.isKnown())
            offsets.push_back(*host.clockOffset.value);
    }
    if (offsets.empty())
        return {};
    std::sort(offsets.begin(), offsets.end());
    const std::size_t middle = offsets.size() / 2;
    return offsets.size() % 2 == 1 ? offsets[middle] : (offsets[middle - 1] + offsets[middle]) / 2;
}

Finding clockSkew(const CheckInput &input, const HostFacts &host)
{
    if (input.facts.hosts.size() < 2)
        return notApplicable("one-host");
    if (!host.clockOffset.isKnown())
        return unread(CheckStatus::Warning, host.clockOffset);
    const double skew = *host.clockOffset.value - medianOffset(input.facts).value_or(0);
    const QStringList args{QString::number(std::lround(std::abs(skew) * 1000))};
    if (std::abs(skew) <= SkewWarning)
        return with(passed(args), host.clockOffset);
    if (std::abs(skew) <= SkewLimit)
        return with(warning("large", args), host.clockOffset);
    // A node that runs well contradicts the measurement, which a slow network makes worse.
    const NodeRow *node = nodeOf(input.facts, host);
    const bool runsWell = node != nullptr && node->isUp();
    return with(runsWell ? warning("doubtful", args) : blocked("too-large", args),
                host.clockOffset);
}

Finding packageManagerFree(const CheckInput &input, const HostFacts &host)
{
    if (!isScriptMethod(input.method) || host.deployment.value == Deployment::Source)
        return notApplicable("other-method");
    if (!host.packageManagerLock.isKnown())
        return unread(CheckStatus::Warning, host.packageManagerLock);
    const QString holder = host.packageManagerLock.value->trimmed();
    return with(holder.isEmpty() ? passed() : blocked("held", {holder}), host.packageManagerLock);
}

Finding spaceFor(qint64 needed, const Fact<qint64> &free, CheckStatus whenShort)
{
    if (!free.isKnown())
        return unread(CheckStatus::Blocked, free);
    const QStringList args{bytesText(needed), bytesText(*free.value)};
    if (*free.value >= needed)
        return with(passed(args), free);
    return with(Finding{whenShort, "too-small", args, {}, {}}, free);
}

Finding diskForStaging(const CheckInput &input, const HostFacts &host)
{
    if (!input.package)
        return notApplicable("no-package");
    // The archive and what is unpacked from it lie there together.
    const qint64 needed = input.package->size + input.package->unpackedBytes + 64 * MiB;
    return spaceFor(needed, host.stageFreeBytes, CheckStatus::Blocked);
}

Finding diskForInstall(const CheckInput &input, const HostFacts &host)
{
    if (host.deployment.value == Deployment::Source)
        return notApplicable("other-method"); // disk-for-program
    if (!input.package)
        return notApplicable("no-package");
    // The packages inside are compressed; 4 was measured (23 MB archive, 92 MB installed).
    const qint64 needed = std::max(64 * MiB, input.package->unpackedBytes * 4);
    return spaceFor(needed, host.installFreeBytes, CheckStatus::Blocked);
}

Finding diskForBackup(const CheckInput &input, const HostFacts &host)
{
    if (!input.coldBackup)
        return notApplicable("no-copy");
    if (!host.dataBytes.isKnown())
        return unread(CheckStatus::Blocked, host.dataBytes);
    // The directory of the copy may be on another file system, which its own step looks at.
    return spaceFor(*host.dataBytes.value + 64 * MiB, host.dataFreeBytes, CheckStatus::Warning);
}

} // namespace

// clang-format off
CheckFamily platformChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Platform"), {
        {.id = "clock-skew",
         .title = QT_TRANSLATE_NOOP("Check", "The clocks agree"),
         .why = QT_TRANSLATE_NOOP("Check", "A node whose clock is more than 400 ms away from the others stops itself, and does so when it is started again."),
         .host = clockSkew, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The clock is %1 ms away from the middle of all hosts."), ""},
            {"one-host", QT_TRANSLATE_NOOP("Check", "There is only one host."), ""},
            {"large", QT_TRANSLATE_NOOP("Check", "The clock is %1 ms away from the middle of all hosts."),
             QT_TRANSLATE_NOOP("Check", "Set up time synchronisation (chrony or ntpd) on all hosts.")},
            {"doubtful", QT_TRANSLATE_NOOP("Check", "The clock seems to be %1 ms away from the middle of all hosts. The node runs, so the measurement over the network may be wrong."),
             QT_TRANSLATE_NOOP("Check", "Look at the clock on the host itself (chronyc tracking) before you accept this.")},
            {"too-large", QT_TRANSLATE_NOOP("Check", "The clock is %1 ms away from the middle of all hosts; the node would stop itself."),
             QT_TRANSLATE_NOOP("Check", "Synchronise the clock (chrony or ntpd), then run the check again.")}}},
        {.id = "package-manager-free",
         .title = QT_TRANSLATE_NOOP("Check", "The package manager is free"),
         .why = QT_TRANSLATE_NOOP("Check", "While another process holds the lock, the upgrade script cannot install packages and fails with the node stopped."),
         .host = packageManagerFree, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Nobody holds the lock of the package manager."), ""},
            {"held", QT_TRANSLATE_NOOP("Check", "The package manager is in use: %1."),
             QT_TRANSLATE_NOOP("Check", "Wait for it, or switch off automatic updates for the time of the upgrade.")}}},
        {.id = "disk-for-staging",
         .title = QT_TRANSLATE_NOOP("Check", "There is room for the package"),
         .why = QT_TRANSLATE_NOOP("Check", "The archive is copied to /var/tmp on each host and unpacked there."),
         .host = diskForStaging, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "%1 are needed in /var/tmp, %2 are free."), ""},
            {"too-small", QT_TRANSLATE_NOOP("Check", "%1 are needed in /var/tmp, only %2 are free."),
             QT_TRANSLATE_NOOP("Check", "Free space on the file system of /var/tmp.")}}},
        {.id = "disk-for-install",
         .title = QT_TRANSLATE_NOOP("Check", "There is room for the new version"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade script removes the old packages first; if the new ones do not fit, the node is left without a program."),
         .host = diskForInstall, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "About %1 are needed in /usr/local, %2 are free."), ""},
            {"too-small", QT_TRANSLATE_NOOP("Check", "About %1 are needed in /usr/local, only %2 are free."),
             QT_TRANSLATE_NOOP("Check", "Free space on the file system of /usr/local.")}}},
        {.id = "disk-for-backup",
         .title = QT_TRANSLATE_NOOP("Check", "There is room for the cold copy"),
         .why = QT_TRANSLATE_NOOP("Check", "The copy of the data directory is made while the node is stopped; running out of space makes the outage longer."),
         .host = diskForBackup, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The copy needs up to %1; %2 are free beside the data."), ""},
            {"no-copy", QT_TRANSLATE_NOOP("Check", "No cold copy is planned."), ""},
            {"too-small", QT_TRANSLATE_NOOP("Check", "The copy needs up to %1; only %2 are free beside the data."),
             QT_TRANSLATE_NOOP("Check", "Choose a directory on another file system with enough room for the copies, or free space.")}}},
    }};
}
// clang-format on

} // namespace kwup
