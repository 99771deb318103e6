#include "core/plan/StepScripts.h"
#include "core/plan/methods/MethodPlans.h"

#include <QCoreApplication>

#include <algorithm>

namespace kwup {

namespace {

using Variables = QList<QPair<QString, QString>>;

// As in OfflinePlan: for the server's orderly begin of its stop.
constexpr std::chrono::milliseconds WholeClusterDrain{3000};

// Of a cautious disk, for the time line.
constexpr qint64 CopyBytesPerSecond = 60 * 1024 * 1024;

Error impossible(const QString &why)
{
    return {.code = ErrorCode::RestoreImpossible, .args = {why}};
}

/// Steps of a downgrade on one host: everything a script of them needs stands in its head.
class RestoreParts {
public:
    explicit RestoreParts(PlanParts &parts)
        : m_parts(parts)
        , m_point(*parts.input().restorePoint)
    { }

    PlanStep step(StepKind kind, const QString &host) const
    {
        const Variables variables = variablesFor(host);
        PlanStep step = m_parts.step(kind, host);
        step.script = stepScript(kind, variables);
        step.look = lookScript(kind, variables);
        step.limit = std::chrono::hours(24);
        const qint64 bytes = m_parts.facts(host).dataBytes.valueOr(0);
        const bool reads = kind == StepKind::CheckCopy || kind == StepKind::RestoreCopy;
        step.estimate = std::chrono::seconds(2 + (reads ? 2 * bytes / CopyBytesPerSecond : 2));
        return step;
    }

private:
    Variables variablesFor(const QString &host) const
    {
        const HostFacts &facts = m_parts.facts(host);
        const Plan &plan = m_parts.plan();
        const RestorePoint::Copy copy = m_point.copies.value(host);
        return {{QStringLiteral("run"), plan.runId},
                {QStringLiteral("directory"), plan.remoteDirectory()},
                {QStringLiteral("package"), m_parts.packageDirectory()},
                {QStringLiteral("kind"),
                 plan.package.kind == PackageKind::BareRpm ? QStringLiteral("rpm")
                                                           : QStringLiteral("deb")},
                {QStringLiteral("version"), plan.to.base},
                {QStringLiteral("user"), facts.managementUser.valueOr(QStringLiteral("kaiwudb"))},
                {QStringLiteral("data_root"),
                 facts.dataRoot.valueOr(QStringLiteral("/var/lib/kaiwudb"))},
                {QStringLiteral("copy"), copy.directory},
                {QStringLiteral("sha256"), copy.sha256},
                {QStringLiteral("keep"), QStringLiteral("/etc/kaiwudb.kwup-") + plan.runId}};
    }

    PlanParts &m_parts;
    const RestorePoint &m_point;
};

/// Everything that makes the copies unusable for these hosts, before anything is changed.
Result<void> checkPoint(const PlanParts &parts)
{
    const RestorePoint &point = *parts.input().restorePoint;
    if (!point.isUsable())
        return point.problem;
    QStringList missing;
    QStringList strangers;
    for (const auto &host : parts.plan().hosts) {
        if (!point.hosts.isEmpty() && !point.hosts.contains(host.id()))
            strangers.append(host.id());
        if (!point.copies.contains(host.id()))
            missing.append(host.id());
    }
    const QString comma = QStringLiteral(", ");
    if (!strangers.isEmpty() || point.hosts.size() > parts.plan().hosts.size()) {
        return impossible(QCoreApplication::translate(
                              "Restore",
                              "All nodes go back together, so the hosts must be those of the run: "
                              "%1.")
                              .arg(point.hosts.join(comma)));
    }
    if (point.isOpened && !missing.isEmpty()) {
        return impossible(QCoreApplication::translate(
                              "Restore",
                              "The new version was started already, so each node needs its cold "
                              "copy, and there is none of: %1. Go on with the upgrade instead.")
                              .arg(missing.join(comma)));
    }
    return {};
}

QList<QString> hostsToRestore(const PlanParts &parts)
{
    QList<QString> hosts;
    for (const auto &host : parts.plan().hosts) {
        // Data that was opened is put back on all nodes or on none.
        if (parts.input().restorePoint->isOpened || parts.needsUpgrade(host.id()))
            hosts.append(host.id());
    }
    return hosts;
}

QList<PlanStep> stepsBack(const RestoreParts &steps, bool isOpened, const QString &host)
{
    QList<StepKind> kinds{StepKind::SaveState, StepKind::OldPackages};
    if (isOpened) {
        kinds = {StepKind::SaveState, StepKind::SetAside, StepKind::Uninstall, StepKind::Install,
                 StepKind::RestoreCopy};
    }
    QList<PlanStep> list;
    for (const auto kind : kinds)
        list.append(steps.step(kind, host));
    return list;
}

void addPreparation(PlanParts &parts, const RestoreParts &steps, const QList<QString> &hosts)
{
    Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
    Stage staging{
        .id = QStringLiteral("stage"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    Stage copies{
        .id = QStringLiteral("copies"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    for (const auto &host : std::as_const(parts.plan().hosts))
        lock.steps.append(parts.lockStep(host.id()));
    for (const auto &host : hosts) {
        staging.steps.append(parts.stageStep(host));
        copies.steps.append(steps.step(StepKind::CheckCopy, host));
    }
    parts.plan().stages.append({lock, staging});
    if (parts.input().restorePoint->isOpened)
        parts.plan().stages.append(copies);
}

void addFinish(PlanParts &parts)
{
    Stage finish{.id = QStringLiteral("finish"), .host = {}, .steps = {parts.verifyStep()}};
    for (const auto &host : std::as_const(parts.plan().hosts))
        finish.steps.append(parts.releaseStep(host.id()));
    parts.plan().stages.append(finish);
}

/// The copies are the backup of this run; what is there now is set aside and not deleted.
void nameBackup(PlanParts &parts)
{
    const RestorePoint &point = *parts.input().restorePoint;
    BackupChoice &backup = parts.plan().backup;
    backup = {.kind = BackupChoice::Kind::Named, .directory = {}, .evidence = {}, .reason = {}};
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        if (const auto copy = point.copies.constFind(host.id()); copy != point.copies.cend())
            backup.evidence += QStringLiteral("%1:%2 ").arg(host.id(), copy->directory);
    }
    if (backup.evidence.isEmpty())
        backup.evidence = point.runId;
}

} // namespace

/// All nodes together: copies of one cluster must not be mixed with data of another moment. Nodes
/// are stopped, all of them; then each is put back; only then they are started.
Result<void> addRestoreStages(PlanParts &parts)
{
    if (!parts.input().restorePoint) {
        return impossible(QCoreApplication::translate(
            "Restore", "Neither a run nor a directory with the cold copy is named."));
    }
    if (const auto checked = checkPoint(parts); !checked)
        return checked.error();
    nameBackup(parts);
    const RestoreParts steps(parts);
    const QList<QString> hosts = hostsToRestore(parts);
    if (parts.plan().deployment == Deployment::Source) {
        addSourceRestoreStages(parts, hosts);
        return {};
    }
    addPreparation(parts, steps, hosts);
    // All at once: a node alone serves nobody, and nobody is there who could take its leases.
    Stage stop{
        .id = QStringLiteral("stop"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    Stage start{
        .id = QStringLiteral("start"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    Stage gate{.id = QStringLiteral("gate"), .host = {}, .steps = {}};
    const bool isWhole = hosts.size() == parts.plan().hosts.size();
    const auto drain = parts.input().timeouts.drainWait;
    QList<Stage> back;
    for (const auto &host : hosts) {
        stop.steps.append(
            parts.stopStep(host, isWhole ? std::min(WholeClusterDrain, drain) : drain));
        back.append({.id = QStringLiteral("restore@") + host,
                     .host = host,
                     .steps = stepsBack(steps, parts.input().restorePoint->isOpened, host)});
        start.steps.append(parts.startStep(host));
        gate.steps.append(parts.gateStep(host));
    }
    parts.plan().stages.append(stop);
    parts.plan().stages.append(back);
    parts.plan().stages.append({start, gate});
    addFinish(parts);
    return {};
}

} // namespace kwup
