#pragma once

#include "core/run/StepContext.h"

#include <memory>

namespace kwup {

/// What one kind of step does. Stateless between attempts: everything that must be remembered is
/// in the journal or on the host. Runs in the run's thread or, in a parallel stage, in its own.
class Step {
public:
    virtual ~Step() = default;

    /// It changes the host by a detached job, so a resumed attempt looks for that job first.
    virtual bool usesJob() const { return false; }

    /// Looks whether the goal holds already; then it is skipped, with this result (I6). Asked
    /// before a first or repeated attempt, never when a job of the attempt exists.
    virtual Result<std::optional<QJsonObject>> satisfied(StepContext & /*context*/)
    {
        return std::optional<QJsonObject>();
    }

    /// Does it and observes what is expected (I5). The result is described in JournalKinds.h.
    virtual Result<QJsonObject> run(StepContext &context) = 0;
};

std::unique_ptr<Step> makeStep(StepKind kind);

/// For every kind that needs nothing but its scripts: skipped when PlanStep::look says that the
/// goal holds, otherwise runs PlanStep::script as a detached job and looks again (I5, I6). A script
/// gives up with "kwup: error=<key>" and "kwup: detail=…" (ScriptReasons.h); its other values and
/// those of the look make the result: {"values": {name: value}}.
std::unique_ptr<Step> makeScriptStep();

/// For kinds that only look: fails unless PlanStep::look says that the goal holds. {"values": …}
std::unique_ptr<Step> makeLookStep();

// One factory per kind, in core/run/steps.
std::unique_ptr<Step> makeLockStep();
std::unique_ptr<Step> makeStageStep();
std::unique_ptr<Step> makeBaselineStep();
std::unique_ptr<Step> makeRaiseSettingStep();
std::unique_ptr<Step> makeBeforeStopStep();
std::unique_ptr<Step> makeStopStep();
std::unique_ptr<Step> makeBackupStep();
std::unique_ptr<Step> makeUpgradeStep();
std::unique_ptr<Step> makePutBackStep();
std::unique_ptr<Step> makeStartStep();
std::unique_ptr<Step> makeGateStep();
std::unique_ptr<Step> makeRestoreSettingStep();
std::unique_ptr<Step> makeVerifyStep();
std::unique_ptr<Step> makeReleaseStep();
std::unique_ptr<Step> makeTransferFilesStep();
std::unique_ptr<Step> makeCompareStep();

} // namespace kwup
