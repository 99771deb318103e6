#include "ui/models/PlanModel.h"

#include "core/base/CommandLine.h"
#include "ui/models/Format.h"

namespace kwup {

void PlanModel::setPlan(const std::optional<Plan> &plan)
{
    beginResetModel();
    m_plan = plan;
    m_stages = plan ? plan->stages + plan->wayBack : QList<Stage>();
    endResetModel();
}

const PlanStep *PlanModel::stepAt(const QModelIndex &index) const
{
    const int group = groupOf(index);
    const int row = rowInGroup(index);
    return group < 0 || row < 0 || group >= groups() ? nullptr : &m_stages.at(group).steps.at(row);
}

QStringList PlanModel::headers() const
{
    return {tr("Step"), tr("Host"), tr("About"), tr("Command")};
}

int PlanModel::rowsOf(int group) const
{
    return static_cast<int>(m_stages.at(group).steps.size());
}

Cell PlanModel::groupCell(int group, int column) const
{
    const Stage &stage = m_stages.at(group);
    if (column == 0 && group >= m_plan->stages.size())
        return {stage.id.startsWith(QLatin1StringView("back"))
                    ? stageTitle(stage)
                    : tr("Way back: %1").arg(stageTitle(stage)),
                Status::Skipped,
                tr("Only when a step fails and you choose to go back to the old version.")};
    if (column == 0)
        return {stageTitle(stage)};
    if (column == 1)
        return {stage.host};
    if (column != 2)
        return {};
    std::chrono::seconds sum{0};
    for (const PlanStep &step : stage.steps)
        sum = stage.order == Stage::Order::Parallel ? std::max(sum, step.estimate)
                                                    : sum + step.estimate;
    return {format::duration(sum), std::nullopt, {}, true};
}

Cell PlanModel::cell(int group, int row, int column) const
{
    const PlanStep &step = m_stages.at(group).steps.at(row);
    const bool noReturn = step.id == m_plan->pointOfNoReturn;
    switch (column) {
    case 0:
        if (noReturn)
            return {tr("%1 (point of no return)").arg(stepTitle(step)), Status::Warning,
                    tr("From this step on, going back to the old version needs the backup.")};
        return {stepTitle(step)};
    case 1:
        return {step.host};
    case 2:
        return {format::duration(step.estimate), std::nullopt, {}, true};
    default:
        return {printable(step.script, 200).simplified(), std::nullopt,
                printable(step.script, 2000)};
    }
}

} // namespace kwup
