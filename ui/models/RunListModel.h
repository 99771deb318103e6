#pragma once

#include "core/run/RunStore.h"
#include "ui/models/CellTableModel.h"

namespace kwup {

QString runStateName(RunState state); ///< in the operator's language
Status statusOf(RunState state);

/// Runs on this computer, newest first.
class RunListModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setRuns(const QList<RunSummary> &runs);
    const RunSummary *runAt(int row) const;
    int rowOf(const QString &runId) const; ///< -1 when it is not there

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_runs.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<RunSummary> m_runs;
};

} // namespace kwup
