#pragma once

#include "core/plan/Plan.h"
#include "ui/models/GroupTreeModel.h"

namespace kwup {

/// The plan as stages with their steps; marks the point of no return.
class PlanModel final : public GroupTreeModel {
    Q_OBJECT
public:
    using GroupTreeModel::GroupTreeModel;
    void setPlan(const std::optional<Plan> &plan);
    const PlanStep *stepAt(const QModelIndex &index) const; ///< nullptr for a stage

protected:
    QStringList headers() const override;
    int groups() const override { return m_plan ? static_cast<int>(m_plan->stages.size()) : 0; }
    int rowsOf(int group) const override;
    Cell groupCell(int group, int column) const override;
    Cell cell(int group, int row, int column) const override;

private:
    std::optional<Plan> m_plan;
};

} // namespace kwup
