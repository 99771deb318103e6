#include "core/plan/methods/MethodPlans.h"

namespace kwup {

namespace {

Stage nodeStage(PlanParts &parts, const QString &host)
{
    Stage stage{.id = QStringLiteral("node@") + host, .host = host, .steps = {}};
    if (parts.isCluster())
        stage.steps.append(parts.beforeStopStep(host));
    stage.steps.append(parts.stopStep(host));
    if (parts.plan().backup.kind == BackupChoice::Kind::ColdCopy)
        stage.steps.append(parts.backupStep(host));
    stage.steps.append(parts.upgradeStep(host));
    stage.steps.append(parts.startStep(host));
    if (parts.plan().pointOfNoReturn.isEmpty())
        parts.plan().pointOfNoReturn = stage.steps.last().id;
    stage.steps.append(parts.gateStep(host));
    return stage;
}

/// The node that failed gets its old packages again, until it has been started with the new
/// version; nodes that were upgraded before it stay as they are.
void addWayBack(PlanParts &parts, const QString &host)
{
    const auto add = [&](const QString &id, const QList<PlanStep> &steps, StepKind begun) {
        Stage stage{.id = id + u'@' + host, .host = host, .steps = steps};
        stage.onlyIfBegun = PlanParts::stepId(begun, host);
        stage.notIfBegun = PlanParts::stepId(StepKind::Start, host);
        parts.plan().wayBack.append(stage);
    };
    add(QStringLiteral("back"), {parts.putBackStep(host)}, StepKind::Upgrade);
    add(QStringLiteral("back-start"),
        {parts.onTheWayBack(parts.startStep(host)), parts.onTheWayBack(parts.gateStep(host))},
        StepKind::Stop);
}

} // namespace

Result<void> addScriptStages(PlanParts &parts)
{
    parts.addPreparation();
    parts.addWayBackPreparation();
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        if (!parts.needsUpgrade(host.id()))
            continue;
        parts.plan().stages.append(nodeStage(parts, host.id()));
        if (parts.hasOldPackages())
            addWayBack(parts, host.id());
    }
    parts.addWayBackFinish();
    parts.addFinish();
    return {};
}

} // namespace kwup
