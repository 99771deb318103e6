#include "core/checks/Findings.h"

#include "core/base/CommandLine.h"

#include <QJsonDocument>
#include <QJsonObject>

// The service on each host: its state, its unit, what earlier runs left behind.

namespace kwup {

namespace {

Finding stoppedOrFailed(const CheckInput &input, const HostFacts &host)
{
    const ServiceState &service = *host.service.value;
    const QStringList args{service.activeState, service.result};
    // In a rolling upgrade a node that is down already must come back before another one goes.
    if (isRolling(input))
        return with(blocked("not-running", args), host.service);
    return with(warning("stopped", args), host.service);
}

Finding serviceState(const CheckInput &input, const HostFacts &host)
{
    if (!host.service.isKnown())
        return unread(CheckStatus::Blocked, host.service);
    const ServiceState &service = *host.service.value;
    const bool isChanging = service.activeState == QLatin1StringView("activating")
        || service.activeState == QLatin1StringView("deactivating");
    if (isChanging)
        return with(blocked("changing", {service.activeState}), host.service);
    if (!service.isRunning())
        return stoppedOrFailed(input, host);
    if (service.needDaemonReload)
        return with(warning("reload-needed"), host.service);
    return with(passed({service.activeState}), host.service);
}

Finding unitUsable(const CheckInput & /*input*/, const HostFacts &host)
{
    if (*host.deployment.value != Deployment::BarePackage)
        return notApplicable("other-method");
    if (!host.unitBroken.isKnown())
        return unread(CheckStatus::Blocked, host.unitBroken);
    return with(*host.unitBroken.value ? blocked("broken") : passed(), host.unitBroken);
}

Finding unitEnabled(const CheckInput & /*input*/, const HostFacts &host)
{
    // Only the deploy script makes a unit kaiwudb; of other ways to run it nothing is known here.
    const Deployment kind = host.deployment.valueOr(Deployment::BarePackage);
    if (kind == Deployment::Source)
        return notApplicable("other-method"); // process-repeatable tells
    if (kind == Deployment::Compose || kind == Deployment::DockerRun) {
        if (!host.containerFacts.isKnown())
            return unread(CheckStatus::Warning, host.containerFacts);
        const QString policy = host.containerFacts.value->restartPolicy;
        const bool comesBack =
            policy == QLatin1StringView("always") || policy == QLatin1StringView("unless-stopped");
        const QString shown = policy.isEmpty() ? QStringLiteral("no") : policy;
        Finding finding = comesBack ? passed() : info("no-restart", {shown});
        if (comesBack)
            finding.key = "restarts";
        return with(finding, host.containerFacts);
    }
    if (!host.service.isKnown() || host.service.value->unitFileState.isEmpty())
        return unread(CheckStatus::Warning, host.service);
    const QString state = host.service.value->unitFileState;
    const bool isEnabled = state.startsWith(QLatin1StringView("enabled"));
    return with(isEnabled ? passed() : info("disabled", {state}), host.service);
}

Finding noUpgradeLeftover(const CheckInput &input, const HostFacts &host)
{
    const NodeRow *node = nodeOf(input.facts, host);
    const bool isUpgrading = node != nullptr && node->isLive && !node->isAvailable;
    const bool isRepaired = input.method == Method::ScriptLive;
    if (isUpgrading && isRepaired)
        return warning("repaired-first", {nodeName(*node)});
    if (isUpgrading)
        return blocked("node-upgrading", {nodeName(*node)});
    if (!host.startArgument.isKnown())
        return unread(CheckStatus::Warning, host.startArgument);
    const bool hasFlag =
        host.startArgument.value->contains(QLatin1StringView("--upgrade-complete"));
    const bool commandHasFlag = host.startCommand.isKnown()
        && host.startCommand.value->words.contains(QStringLiteral("--upgrade-complete"));
    return with(hasFlag || commandHasFlag ? warning("flag-left") : passed(), host.startArgument);
}

/// The lock's content (core/plan/scripts/lock.sh) on one line: who, which run, since when, its
/// state.
QString holderOf(const QByteArray &lock)
{
    const QJsonObject json = QJsonDocument::fromJson(lock).object();
    QStringList words{json[QLatin1StringView("who")].toString() + u'@'
                      + json[QLatin1StringView("computer")].toString()};
    for (const char *key : {"run", "since", "state"})
        words.append(json[QLatin1StringView(key)].toString());
    words.removeAll(QString());
    return printable(json.isEmpty() ? lock : words.join(QStringLiteral(", ")).toUtf8(), 300);
}

Finding wizardLockFree(const CheckInput &input, const HostFacts &host)
{
    if (!host.wizardLock.isKnown())
        return unread(CheckStatus::Blocked, host.wizardLock);
    const QByteArray lock = host.wizardLock.value->trimmed().toUtf8();
    const bool isOfThatRun = input.restorePoint && !input.restorePoint->runId.isEmpty()
        && lock.contains(QStringLiteral("\"run\":\"%1\"").arg(input.restorePoint->runId).toUtf8());
    if (isOfThatRun)
        return with(info("held-by-that-run", {input.restorePoint->runId}), host.wizardLock);
    if (lock.isEmpty())
        return with(passed(), host.wizardLock);
    const QStringList holder{holderOf(lock)};
    return with(input.takesOverLock ? info("taken-over", holder) : blocked("held", holder),
                host.wizardLock);
}

} // namespace

// clang-format off
CheckFamily serviceChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Service"), {
        {.id = "service-state",
         .title = QT_TRANSLATE_NOOP("Check", "The service is in a settled state"),
         .why = QT_TRANSLATE_NOOP("Check", "The upgrade stops nodes one after the other; a node that is down or changing already must be looked at first."),
         .host = serviceState, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The service is running (%1)."), ""},
            {"changing", QT_TRANSLATE_NOOP("Check", "The service is changing its state (%1)."),
             QT_TRANSLATE_NOOP("Check", "Wait until it runs or is stopped, then run the check again.")},
            {"not-running", QT_TRANSLATE_NOOP("Check", "The service is not running (%1, last result %2)."),
             QT_TRANSLATE_NOOP("Check", "Bring the node back before the upgrade: look at journalctl -u kaiwudb, then start the service.")},
            {"stopped", QT_TRANSLATE_NOOP("Check", "The service is not running (%1, last result %2). The upgrade starts it at the end."),
             QT_TRANSLATE_NOOP("Check", "Make sure that it was stopped on purpose and that it can be started.")},
            {"reload-needed", QT_TRANSLATE_NOOP("Check", "The unit file was changed, but systemd has not read it again; the next start will use the changed one."),
             QT_TRANSLATE_NOOP("Check", "Check that the changed unit is right and run systemctl daemon-reload.")}}},
        {.id = "unit-usable",
         .title = QT_TRANSLATE_NOOP("Check", "The service can be started again"),
         .why = QT_TRANSLATE_NOOP("Check", "The 2.2.1 installer, run by an ordinary user, can write a unit that cannot start: after the first stop the node would not come back."),
         .host = unitUsable, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The commands of the unit can be run."), ""},
            {"broken", QT_TRANSLATE_NOOP("Check", "The line ExecStartPre of kaiwudb.service cannot be run: the path of sysctl is missing."),
             QT_TRANSLATE_NOOP("Check", "Correct it to ExecStartPre=/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000 and run systemctl daemon-reload.")}}},
        {.id = "unit-enabled-at-boot",
         .title = QT_TRANSLATE_NOOP("Check", "The service starts with the host"),
         .why = QT_TRANSLATE_NOOP("Check", "The vendor's installer does not enable the unit: when the host reboots during the upgrade, the node stays down."),
         .host = unitEnabled, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The unit is enabled."), ""},
            {"disabled", QT_TRANSLATE_NOOP("Check", "The unit is not enabled (%1): a reboot of the host does not bring the node back."),
             QT_TRANSLATE_NOOP("Check", "Run systemctl enable kaiwudb, or start the node by hand after a reboot.")},
            {"restarts", QT_TRANSLATE_NOOP("Check", "Docker starts the container again after a reboot of the host."), ""},
            {"no-restart", QT_TRANSLATE_NOOP("Check", "The restart policy of the container is %1: a reboot of the host does not bring the node back."),
             QT_TRANSLATE_NOOP("Check", "Start the container by hand after a reboot, or give it a restart policy.")}}},
        {.id = "no-upgrade-leftover",
         .title = QT_TRANSLATE_NOOP("Check", "No earlier upgrade is unfinished"),
         .why = QT_TRANSLATE_NOOP("Check", "A failed upgrade by the script's own branch for running nodes leaves the node marked as upgrading and a start argument behind."),
         .host = noUpgradeLeftover, .needs = Needs::Installed,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No trace of an unfinished upgrade was found."), ""},
            {"flag-left", QT_TRANSLATE_NOOP("Check", "The start argument --upgrade-complete is still set."),
             QT_TRANSLATE_NOOP("Check", "Remove it from KAIWUDB_START_ARG in /etc/kaiwudb/script/kaiwudb_env; it hides that a node is marked as upgrading.")},
            {"repaired-first", QT_TRANSLATE_NOOP("Check", "Node %1 is marked as upgrading. The run restarts it once with --upgrade-complete before anything else."),
             QT_TRANSLATE_NOOP("Check", "Make sure that nobody upgrades this node at this moment. A value of server.time_until_store_dead from before that upgrade is lost: check it afterwards.")},
            {"node-upgrading", QT_TRANSLATE_NOOP("Check", "Node %1 is live, but not available: it is marked as upgrading, or it has trouble with its liveness."),
             QT_TRANSLATE_NOOP("Check", "Restart the node once with KAIWUDB_START_ARG=\"--upgrade-complete\", remove the argument again, then run the checks again.")}}},
        {.id = "wizard-lock-free",
         .title = QT_TRANSLATE_NOOP("Check", "No other upgrade is under way"),
         .why = QT_TRANSLATE_NOOP("Check", "Two upgrades of one cluster at the same time would stop two nodes at once."),
         .host = wizardLockFree, .needs = Needs::Reachable,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Nobody holds the lock on this host."), ""},
            {"held-by-that-run", QT_TRANSLATE_NOOP("Check", "The host is locked by the run %1, from which this one goes back. Its lock is taken over."), ""},
            {"held", QT_TRANSLATE_NOOP("Check", "Another upgrade holds the lock on this host: %1."),
             QT_TRANSLATE_NOOP("Check", "Resume or finish that upgrade first. If it is gone for good, take the lock over explicitly (kwdb-upgrade --take-over-lock).")},
            {"taken-over", QT_TRANSLATE_NOOP("Check", "The lock of another upgrade is taken over at the start: %1."),
             QT_TRANSLATE_NOOP("Check", "Make sure that nobody goes on with that upgrade.")}}},
    }};
}
// clang-format on

} // namespace kwup
