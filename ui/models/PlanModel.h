#pragma once

#include "core/plan/Plan.h"
#include "ui/models/GroupTreeModel.h"

namespace kwup {

/// The plan as stages with their steps; marks the point of no return. Behind them the way back,
/// which is gone only when the operator says so after a failure.
class PlanModel final : public GroupTreeModel {
    Q_OBJECT
public:
    enum Column { Step, Host, About, Command };

    using GroupTreeModel::GroupTreeModel;
    void setPlan(const std::optional<Plan> &plan);
    const PlanStep *stepAt(const QModelIndex &index) const; ///< nullptr for a stage

protected:
    QStringList headers() const override;
    int groups() const override { return static_cast<int>(m_stages.size()); }
    int rowsOf(int group) const override;
    Cell groupCell(int group, int column) const override;
    Cell cell(int group, int row, int column) const override;

private:
    std::optional<Plan> m_plan;
    QList<Stage> m_stages; ///< of the plan, then those of its way back
};

} // namespace kwup
