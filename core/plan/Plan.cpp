#include "core/plan/Plan.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

struct KindName {
    StepKind kind;
    QLatin1StringView name;
};
constexpr std::array KindNames{
    KindName{StepKind::Lock, QLatin1StringView("lock")},
    KindName{StepKind::Stage, QLatin1StringView("stage")},
    KindName{StepKind::Baseline, QLatin1StringView("baseline")},
    KindName{StepKind::RaiseSetting, QLatin1StringView("raise-setting")},
    KindName{StepKind::BeforeStop, QLatin1StringView("before-stop")},
    KindName{StepKind::Stop, QLatin1StringView("stop")},
    KindName{StepKind::Backup, QLatin1StringView("backup")},
    KindName{StepKind::Upgrade, QLatin1StringView("upgrade")},
    KindName{StepKind::UpgradeLive, QLatin1StringView("upgrade-live")},
    KindName{StepKind::ClearMark, QLatin1StringView("clear-mark")},
    KindName{StepKind::StageOld, QLatin1StringView("stage-old")},
    KindName{StepKind::SaveConfig, QLatin1StringView("save-config")},
    KindName{StepKind::VerifyDown, QLatin1StringView("verify-down")},
    KindName{StepKind::PutBack, QLatin1StringView("put-back")},
    KindName{StepKind::Start, QLatin1StringView("start")},
    KindName{StepKind::Gate, QLatin1StringView("gate")},
    KindName{StepKind::RestoreSetting, QLatin1StringView("restore-setting")},
    KindName{StepKind::Verify, QLatin1StringView("verify")},
    KindName{StepKind::FetchImage, QLatin1StringView("fetch-image")},
    KindName{StepKind::CopyStore, QLatin1StringView("copy-store")},
    KindName{StepKind::ReplaceContainer, QLatin1StringView("replace-container")},
    KindName{StepKind::EditCompose, QLatin1StringView("edit-compose")},
    KindName{StepKind::RestoreContainer, QLatin1StringView("restore-container")},
    KindName{StepKind::RestoreCompose, QLatin1StringView("restore-compose")},
    KindName{StepKind::ListKept, QLatin1StringView("list-kept")},
    KindName{StepKind::Release, QLatin1StringView("release")},
    KindName{StepKind::Export, QLatin1StringView("export")},
    KindName{StepKind::TransferFiles, QLatin1StringView("transfer-files")},
    KindName{StepKind::Import, QLatin1StringView("import")},
    KindName{StepKind::Recreate, QLatin1StringView("recreate")},
    KindName{StepKind::Compare, QLatin1StringView("compare")},
    KindName{StepKind::RemoveExport, QLatin1StringView("remove-export")},
    KindName{StepKind::CheckCopy, QLatin1StringView("check-copy")},
    KindName{StepKind::SaveState, QLatin1StringView("save-state")},
    KindName{StepKind::SetAside, QLatin1StringView("set-aside")},
    KindName{StepKind::Uninstall, QLatin1StringView("uninstall")},
    KindName{StepKind::Install, QLatin1StringView("install")},
    KindName{StepKind::RestoreCopy, QLatin1StringView("restore-copy")},
    KindName{StepKind::CaptureProcess, QLatin1StringView("capture-process")},
    KindName{StepKind::Build, QLatin1StringView("build")},
    KindName{StepKind::Swap, QLatin1StringView("swap")},
    KindName{StepKind::SwapBack, QLatin1StringView("swap-back")},
    KindName{StepKind::OldPackages, QLatin1StringView("old-packages")},
};

std::chrono::seconds estimateOf(const Stage &stage)
{
    std::chrono::seconds sum{0};
    std::chrono::seconds longest{0};
    for (const auto &step : stage.steps) {
        sum += step.estimate;
        longest = std::max(longest, step.estimate);
    }
    return stage.order == Stage::Order::Sequential ? sum : longest;
}

} // namespace

QString toString(StepKind kind)
{
    const auto row = std::ranges::find(KindNames, kind, &KindName::kind);
    return row == KindNames.end() ? QString() : QString(row->name);
}

std::optional<StepKind> stepKindFromString(const QString &text)
{
    for (const auto &row : KindNames) {
        if (text == row.name)
            return row.kind;
    }
    return std::nullopt;
}

const PlanStep *Plan::step(const QString &stepId) const
{
    const Stage *stage = stageOf(stepId);
    if (!stage)
        return nullptr;
    return &*std::ranges::find(stage->steps, stepId, &PlanStep::id);
}

const Stage *Plan::stageOf(const QString &stepId) const
{
    for (const auto *list : {&stages, &wayBack}) {
        for (const auto &stage : *list) {
            if (std::ranges::find(stage.steps, stepId, &PlanStep::id) != stage.steps.end())
                return &stage;
        }
    }
    return nullptr;
}

std::chrono::seconds Plan::estimate() const
{
    std::chrono::seconds sum{0};
    for (const auto &stage : stages)
        sum += estimateOf(stage);
    return sum;
}

std::optional<std::chrono::seconds> Plan::outage() const
{
    if (runType == RunType::MultiReplication)
        return std::nullopt;
    // From the first stage that stops a node to the last that waits for one.
    std::chrono::seconds sum{0};
    std::chrono::seconds untilGate{0};
    for (const auto &stage : stages) {
        const bool stops =
            std::ranges::find(stage.steps, StepKind::Stop, &PlanStep::kind) != stage.steps.end();
        const bool waits =
            std::ranges::find(stage.steps, StepKind::Gate, &PlanStep::kind) != stage.steps.end();
        if (stops || sum.count() > 0)
            sum += estimateOf(stage);
        if (waits)
            untilGate = sum;
    }
    return untilGate.count() > 0 ? std::optional(untilGate) : std::nullopt;
}

bool Plan::isTarget(const HostSpec &host) const
{
    const QStringList targets = options.list(option::TargetHosts);
    return targets.contains(host.id()) || targets.contains(host.address);
}

QString Plan::remoteDirectory() const
{
    return QStringLiteral("/var/tmp/kwup-") + runId;
}

QString Plan::uploadDirectory() const
{
    return remoteDirectory() + QStringLiteral("-upload");
}

QString newRunId()
{
    // Time for people, random digits so that nobody can guess the staging directory.
    const quint32 random = QRandomGenerator::system()->generate();
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmm-"))
        + QStringLiteral("%1").arg(random, 8, 16, QLatin1Char('0'));
}

} // namespace kwup
