#include "ui/models/StepTimelineModel.h"

#include "ui/models/Format.h"

#include <algorithm>

namespace kwup {

void StepTimelineModel::setPlan(const Plan &plan)
{
    beginResetModel();
    m_plan = plan;
    m_stages = plan.stages;
    m_progress.clear();
    endResetModel();
}

void StepTimelineModel::apply(const RunEvent &event)
{
    if (event.kind == RunEvent::Kind::StageStarted)
        showStage(event.stageId);
    if (event.stepId.isEmpty())
        return;
    Progress progress = m_progress.value(event.stepId);
    switch (event.kind) {
    case RunEvent::Kind::StepStarted:
        progress = {};
        progress.state = StepState::Running;
        break;
    case RunEvent::Kind::StepProgress:
        progress.done = event.done;
        progress.total = event.total;
        break;
    case RunEvent::Kind::StepFinished:
        progress.state =
            event.stepState == StepState::Skipped ? StepState::Skipped : StepState::Done;
        progress.duration = event.duration;
        break;
    case RunEvent::Kind::StepFailed:
        progress.state = StepState::Failed;
        progress.duration = event.duration;
        break;
    default:
        return;
    }
    m_progress.insert(event.stepId, progress);
    for (int group = 0; group < groups(); ++group) {
        for (int row = 0; row < rowsOf(group); ++row) {
            if (m_stages.at(group).steps.at(row).id == event.stepId)
                notifyRow(group, row);
        }
    }
}

/// The stages of the way back appear when it is gone.
void StepTimelineModel::showStage(const QString &stageId)
{
    for (const Stage &stage : std::as_const(m_plan.wayBack)) {
        const bool isShown = std::any_of(m_stages.cbegin(), m_stages.cend(),
                                         [&stage](const Stage &s) { return s.id == stage.id; });
        if (stage.id != stageId || isShown)
            continue;
        beginResetModel();
        m_stages.append(stage);
        endResetModel();
    }
}

int StepTimelineModel::percentDone() const
{
    double total = 0;
    double done = 0;
    for (const Stage &stage : m_stages) {
        for (const PlanStep &step : stage.steps) {
            const double weight = qMax<double>(1, static_cast<double>(step.estimate.count()));
            const Progress progress = m_progress.value(step.id);
            total += weight;
            if (progress.state == StepState::Done || progress.state == StepState::Skipped)
                done += weight;
            else if (progress.state == StepState::Running && progress.total > 0)
                done += weight * static_cast<double>(progress.done)
                    / static_cast<double>(progress.total);
        }
    }
    return total > 0 ? qBound(0, static_cast<int>(done * 100 / total), 100) : 0;
}

QModelIndex StepTimelineModel::runningStep() const
{
    for (int group = 0; group < groups(); ++group) {
        for (int row = 0; row < rowsOf(group); ++row) {
            const QString &id = m_stages.at(group).steps.at(row).id;
            if (m_progress.value(id).state == StepState::Running)
                return index(row, 0, index(group, 0));
        }
    }
    return {};
}

const PlanStep *StepTimelineModel::stepAt(const QModelIndex &index) const
{
    const int group = groupOf(index);
    const int row = rowInGroup(index);
    return group < 0 || row < 0 || group >= groups() ? nullptr : &m_stages.at(group).steps.at(row);
}

Status StepTimelineModel::statusOf(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return Status::Waiting;
    case StepState::Running:
        return Status::Running;
    case StepState::Done:
        return Status::Good;
    case StepState::Skipped:
        return Status::Skipped;
    case StepState::Failed:
        return Status::Bad;
    }
    return Status::Unknown;
}

QString StepTimelineModel::wordOf(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return tr("Waiting");
    case StepState::Running:
        return tr("Running");
    case StepState::Done:
        return tr("Done");
    case StepState::Skipped:
        return tr("Already done");
    case StepState::Failed:
        return tr("Failed");
    }
    return {};
}

QStringList StepTimelineModel::headers() const
{
    return {tr("Step"), tr("State"), tr("Time")};
}

int StepTimelineModel::rowsOf(int group) const
{
    return static_cast<int>(m_stages.at(group).steps.size());
}

StepState StepTimelineModel::stateOf(const Stage &stage) const
{
    int over = 0;
    bool begun = false;
    for (const PlanStep &step : stage.steps) {
        const StepState state = m_progress.value(step.id).state;
        if (state == StepState::Failed)
            return state;
        begun = begun || state != StepState::Waiting;
        over += state == StepState::Done || state == StepState::Skipped ? 1 : 0;
    }
    if (over == stage.steps.size() && over > 0)
        return StepState::Done;
    return begun ? StepState::Running : StepState::Waiting;
}

Cell StepTimelineModel::groupCell(int group, int column) const
{
    const Stage &stage = m_stages.at(group);
    if (column == 0)
        return {stageTitle(stage)};
    if (column == 1)
        return {wordOf(stateOf(stage)), statusOf(stateOf(stage))};
    std::chrono::milliseconds sum{0};
    for (const PlanStep &step : stage.steps)
        sum += m_progress.value(step.id).duration;
    return {sum.count() > 0 ? format::duration(sum) : QString(), std::nullopt, {}, true};
}

Cell StepTimelineModel::cell(int group, int row, int column) const
{
    const PlanStep &step = m_stages.at(group).steps.at(row);
    const Progress progress = m_progress.value(step.id);
    if (column == 0)
        return {stepTitle(step), std::nullopt, stepExpectation(step)};
    if (column == 1) {
        if (progress.state == StepState::Running && progress.total > 0)
            //: State of a step with its share in percent
            return {tr("Running, %1 %").arg(progress.done * 100 / progress.total), Status::Running};
        return {wordOf(progress.state), statusOf(progress.state)};
    }
    const bool timed = progress.duration.count() > 0;
    return {timed ? format::duration(progress.duration) : QString(), std::nullopt, {}, true};
}

} // namespace kwup
