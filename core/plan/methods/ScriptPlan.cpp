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

} // namespace

Result<void> addScriptStages(PlanParts &parts)
{
    parts.addPreparation();
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        if (parts.needsUpgrade(host.id()))
            parts.plan().stages.append(nodeStage(parts, host.id()));
    }
    parts.addFinish();
    return {};
}

} // namespace kwup
