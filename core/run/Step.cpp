#include "core/run/Step.h"

namespace kwup {

std::unique_ptr<Step> makeStep(StepKind kind)
{
    switch (kind) {
    case StepKind::Lock:
        return makeLockStep();
    case StepKind::Stage:
        return makeStageStep();
    case StepKind::Baseline:
        return makeBaselineStep();
    case StepKind::RaiseSetting:
        return makeRaiseSettingStep();
    case StepKind::BeforeStop:
        return makeBeforeStopStep();
    case StepKind::Stop:
        return makeStopStep();
    case StepKind::Backup:
        return makeBackupStep();
    case StepKind::Upgrade:
        return makeUpgradeStep();
    case StepKind::UpgradeLive:
        return makeUpgradeStep();
    case StepKind::ClearMark:
        return makeScriptStep();
    case StepKind::StageOld:
        return makeStageStep();
    case StepKind::SaveConfig:
        return makeScriptStep();
    case StepKind::VerifyDown:
        return makeLookStep();
    case StepKind::PutBack:
        return makePutBackStep();
    case StepKind::Start:
        return makeStartStep();
    case StepKind::Gate:
        return makeGateStep();
    case StepKind::RestoreSetting:
        return makeRestoreSettingStep();
    case StepKind::Verify:
        return makeVerifyStep();
    case StepKind::Release:
        return makeReleaseStep();
    case StepKind::FetchImage:
    case StepKind::CopyStore:
    case StepKind::ReplaceContainer:
    case StepKind::EditCompose:
    case StepKind::RestoreContainer:
    case StepKind::RestoreCompose:
    case StepKind::ListKept:
    case StepKind::Export:
    case StepKind::Import:
    case StepKind::Recreate:
    case StepKind::RemoveExport:
        break; // a script and a look are enough
    case StepKind::TransferFiles:
        return makeTransferFilesStep();
    case StepKind::Compare:
        return makeCompareStep();
    case StepKind::CheckCopy:
    case StepKind::SaveState:
    case StepKind::SetAside:
    case StepKind::Uninstall:
    case StepKind::Install:
    case StepKind::RestoreCopy:
    case StepKind::OldPackages:
    case StepKind::CaptureProcess:
    case StepKind::Build:
    case StepKind::Swap:
    case StepKind::SwapBack:
        break;
    }
    return makeScriptStep();
}

} // namespace kwup
