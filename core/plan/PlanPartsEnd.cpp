#include "core/plan/PlanParts.h"

#include "core/plan/StepScripts.h"

// What every upgrade ends with.

namespace kwup {

using std::chrono::seconds;

PlanStep PlanParts::restoreSettingStep() const
{
    PlanStep restore = step(StepKind::RestoreSetting, askedHost());
    restore.id = stepId(StepKind::RestoreSetting);
    const QString name = QLatin1String(TimeUntilStoreDead);
    restore.script = settingScript(m_plan.clis[askedHost()], name, QString(SavedValuePlaceholder));
    restore.args = {{QStringLiteral("name"), name}};
    restore.estimate = seconds(1);
    return restore;
}

PlanStep PlanParts::verifyStep() const
{
    PlanStep verify = step(StepKind::Verify, askedHost());
    verify.id = stepId(StepKind::Verify);
    verify.estimate = seconds(5);
    return verify;
}

PlanStep PlanParts::releaseStep(const QString &host) const
{
    PlanStep release = step(StepKind::Release, host);
    release.script = stepScript(StepKind::Release,
                                {{QStringLiteral("run"), m_plan.runId},
                                 {QStringLiteral("lock"), QString(LockFile)},
                                 {QStringLiteral("directory"), m_plan.remoteDirectory()},
                                 {QStringLiteral("upload"), m_plan.uploadDirectory()}});
    release.estimate = seconds(1);
    return release;
}

void PlanParts::addFinish()
{
    Stage finish{.id = QStringLiteral("finish"), .host = {}, .steps = {}};
    if (isCluster())
        finish.steps.append(restoreSettingStep());
    finish.steps.append(verifyStep());
    for (const auto &host : std::as_const(m_plan.hosts))
        finish.steps.append(releaseStep(host.id()));
    m_plan.stages.append(finish);
}

void PlanParts::addWayBackFinish()
{
    if (m_plan.wayBack.isEmpty())
        return;
    Stage finish{.id = QStringLiteral("back-finish"), .host = {}, .steps = {}};
    for (const auto &host : std::as_const(m_plan.hosts))
        finish.steps.append(onTheWayBack(releaseStep(host.id())));
    m_plan.wayBack.append(finish);
}

} // namespace kwup
