#pragma once

#include "core/plan/Plan.h"
#include "ui/models/CellTableModel.h"

namespace kwup {

/// Every upgrade method, whether it can be used here, and why not.
class MethodTableModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setAdvice(const MethodAdvice &advice);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_advice.rows.size()); }
    Cell cell(int row, int column) const override;

private:
    MethodAdvice m_advice;
};

} // namespace kwup
