#pragma once

#include "core/plan/Plan.h"
#include "core/run/RunTypes.h"
#include "ui/models/GroupTreeModel.h"

namespace kwup {

/// The plan while it runs: each step with its state and time, each node with the sum of its steps.
class StepTimelineModel final : public GroupTreeModel {
    Q_OBJECT
public:
    using GroupTreeModel::GroupTreeModel;
    void setPlan(const Plan &plan);
    void apply(const RunEvent &event);

    int percentDone() const; ///< 0…100, weighted by the estimates
    QModelIndex runningStep() const; ///< the first running one, invalid when none runs
    const PlanStep *stepAt(const QModelIndex &index) const;
    static Status statusOf(StepState state);
    static QString wordOf(StepState state);

protected:
    QStringList headers() const override;
    int groups() const override { return static_cast<int>(m_stages.size()); }
    int rowsOf(int group) const override;
    Cell groupCell(int group, int column) const override;
    Cell cell(int group, int row, int column) const override;

private:
    struct Progress {
        StepState state = StepState::Waiting;
        std::chrono::milliseconds duration{0};
        qint64 done = 0;
        qint64 total = 0;
    };
    StepState stateOf(const Stage &stage) const;

    void showStage(const QString &stageId);

    Plan m_plan;
    QList<Stage> m_stages; ///< of the plan, and of its way back once that is gone
    QHash<QString, Progress> m_progress;
};

} // namespace kwup
