#include "ui/models/MethodTableModel.h"

namespace kwup {

void MethodTableModel::setAdvice(const MethodAdvice &advice)
{
    replaceRows(static_cast<int>(advice.rows.size()), [&] { m_advice = advice; });
}

QStringList MethodTableModel::headers() const
{
    return {tr("Method"), tr("Here"), tr("Reason")};
}

Cell MethodTableModel::cell(int row, int column) const
{
    const MethodAdvice::Row &line = m_advice.rows.at(row);
    if (column == 0)
        return {methodName(line.method)};
    if (column == 2)
        return {describe(line), std::nullopt, describe(line)};
    if (m_advice.proposed == line.method)
        return {tr("Proposed"), Status::Good};
    if (line.applicable)
        return {tr("Possible"), Status::Good};
    return {tr("Not possible"), Status::Skipped};
}

} // namespace kwup
