#include "core/plan/methods/ContainerParts.h"
#include "core/plan/methods/MethodPlans.h"

namespace kwup {

namespace {

Stage nodeStage(PlanParts &parts, const QString &host, const ContainerWork &work)
{
    const ContainerSteps steps(parts, host, work);
    Stage stage{.id = QStringLiteral("node@") + host, .host = host, .steps = {}};
    if (parts.isCluster())
        stage.steps.append(parts.beforeStopStep(host));
    stage.steps.append(steps.stop());
    if (parts.plan().backup.kind == BackupChoice::Kind::ColdCopy)
        stage.steps.append(steps.backup());
    if (!work.mountDirectory.isEmpty())
        stage.steps.append(steps.copyStore());
    // The file names the new image already: nothing to change in it.
    if (parts.plan().method != Method::Compose || !work.changes.isEmpty())
        stage.steps.append(steps.replace());
    stage.steps.append(steps.start());
    if (parts.plan().pointOfNoReturn.isEmpty())
        parts.plan().pointOfNoReturn = stage.steps.last().id;
    stage.steps.append(steps.gate());
    return stage;
}

void addPreparation(PlanParts &parts, const QMap<QString, ContainerWork> &works)
{
    Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
    Stage uploads{
        .id = QStringLiteral("stage"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    Stage images{
        .id = QStringLiteral("images"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        lock.steps.append(parts.lockStep(host.id()));
        const auto work = works.constFind(host.id());
        if (work == works.cend())
            continue;
        const ContainerSteps steps(parts, host.id(), *work);
        if (!parts.plan().package.file.isEmpty())
            uploads.steps.append(steps.upload());
        images.steps.append(steps.fetchImage());
    }
    Stage baseline{.id = QStringLiteral("baseline"), .host = {}, .steps = {parts.baselineStep()}};
    if (parts.isCluster())
        baseline.steps.append(parts.raiseStep());
    parts.plan().stages.append(lock);
    if (!uploads.steps.isEmpty())
        parts.plan().stages.append(uploads);
    parts.plan().stages.append({images, baseline});
}

/// What is kept is told before the locks and the staging directories go.
void addFinish(PlanParts &parts, const QMap<QString, ContainerWork> &works)
{
    parts.addFinish();
    Stage &finish = parts.plan().stages.last();
    qsizetype at = 0;
    while (at < finish.steps.size() && finish.steps[at].kind != StepKind::Release)
        ++at;
    for (auto work = works.cbegin(); work != works.cend(); ++work)
        finish.steps.insert(at++, ContainerSteps(parts, work.key(), *work).listKept());
}

} // namespace

Result<void> addContainerStages(PlanParts &parts)
{
    QMap<QString, ContainerWork> works;
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        if (!parts.needsUpgrade(host.id()))
            continue;
        auto work = containerWork(parts.input(), parts.facts(host.id()), parts.plan().runId);
        if (!work)
            return work.error();
        works.insert(host.id(), *work);
    }
    addPreparation(parts, works);
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        const auto work = works.constFind(host.id());
        if (work == works.cend())
            continue;
        parts.plan().stages.append(nodeStage(parts, host.id(), *work));
        parts.plan().wayBack.append(
            Stage{.id = QStringLiteral("back@") + host.id(),
                  .host = host.id(),
                  .steps = ContainerSteps(parts, host.id(), *work).wayBack(),
                  .onlyIfBegun = PlanParts::stepId(StepKind::Stop, host.id())});
    }
    addFinish(parts, works);
    parts.addWayBackFinish();
    return {};
}

} // namespace kwup
