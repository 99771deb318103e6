#include "ui/models/ReportModels.h"

#include "core/base/Words.h"
#include "ui/models/Format.h"
#include "ui/models/StepTimelineModel.h"

namespace kwup {

void BeforeAfterModel::setReport(const ReportData &report)
{
    replaceRows(static_cast<int>(report.hosts.size()), [&] {
        m_hosts = report.hosts;
        m_target = report.plan.to.toString();
        m_method = report.plan.method;
        m_wentBack = report.wentBack;
    });
}

QStringList BeforeAfterModel::headers() const
{
    return {tr("Host"), tr("Version before"), tr("Version after"), tr("Binary after"),
            tr("Verdict")};
}

Cell BeforeAfterModel::cell(int row, int column) const
{
    const ReportHost &host = m_hosts.at(row);
    const auto orDash = [](const QString &text) { return text.isEmpty() ? format::dash() : text; };
    switch (column) {
    case 0:
        return {host.host};
    case 1:
        return {orDash(host.versionBefore)};
    case 2:
        return {orDash(host.versionAfter)};
    case 3:
        return {orDash(host.binaryAfter)};
    default:
        if (m_method == Method::ExportImport)
            return {tr("Kept as it was"), Status::Good};
        if (m_wentBack)
            return {tr("Old version in place"), Status::Good};
        if (host.versionAfter.isEmpty())
            return {tr("Not verified"), Status::Unknown};
        if (host.versionAfter == m_target)
            return {m_method == Method::Restore ? tr("Back") : tr("Upgraded"), Status::Good};
        return {m_method == Method::Restore ? tr("Not back") : tr("Not upgraded"), Status::Bad};
    }
}

void MovedTableModel::setReport(const ReportData &report)
{
    replaceRows(static_cast<int>(movedTables(report).size()),
                [&] { m_tables = movedTables(report); });
}

QStringList MovedTableModel::headers() const
{
    return {tr("Table"), tr("Rows before"), tr("Rows on the new cluster"), tr("Compared by"),
            tr("Verdict")};
}

Cell MovedTableModel::cell(int row, int column) const
{
    const MovedTable &table = m_tables.at(row);
    switch (column) {
    case 0:
        return {table.name};
    case 1:
        return {table.sourceRows, std::nullopt, {}, true};
    case 2:
        return {table.targetRows, std::nullopt, {}, true};
    case 3:
        return {table.byChecksum ? tr("Rows and checksum") : tr("Rows"), std::nullopt,
                table.targetChecksum};
    default:
        return table.isEqual() ? Cell{tr("Equal"), Status::Good}
                               : Cell{tr("Different"), Status::Bad};
    }
}

void KeptModel::setReport(const ReportData &report)
{
    const QList<KeptThing> things = keptOnHosts(report);
    replaceRows(static_cast<int>(things.size()), [&] { m_things = things; });
}

QStringList KeptModel::headers() const
{
    return {tr("Host"), tr("What"), tr("Place"), tr("Command that removes it")};
}

Cell KeptModel::cell(int row, int column) const
{
    const KeptThing &thing = m_things.at(row);
    switch (column) {
    case 0:
        return {thing.host};
    case 1:
        return {thing.what};
    case 2:
        return {thing.place, std::nullopt, thing.place};
    default:
        return {thing.removal, std::nullopt, thing.removal};
    }
}

void ReportStepModel::setReport(const ReportData &report)
{
    replaceRows(static_cast<int>(report.steps.size()), [&] { m_steps = report.steps; });
}

const ReportStep *ReportStepModel::stepAt(int row) const
{
    return row >= 0 && row < rows() ? &m_steps.at(row) : nullptr;
}

QStringList ReportStepModel::headers() const
{
    return {tr("Step"), tr("Host"),      tr("Attempt"), tr("State"),
            tr("Time"), tr("Exit code"), tr("Notes")};
}

Cell ReportStepModel::cell(int row, int column) const
{
    const ReportStep &step = m_steps.at(row);
    switch (column) {
    case 0:
        return {step.title, std::nullopt, step.expectation};
    case 1:
        return {step.host};
    case 2:
        return {QString::number(step.attempt), std::nullopt, {}, true};
    case 3:
        return {StepTimelineModel::wordOf(step.state), StepTimelineModel::statusOf(step.state)};
    case 4:
        return {step.durationMs < 0 ? format::dash()
                                    : format::duration(std::chrono::milliseconds(step.durationMs)),
                std::nullopt,
                {},
                true};
    case 5:
        return {step.exitCode < 0 ? format::dash() : QString::number(step.exitCode),
                std::nullopt,
                {},
                true};
    default:
        if (step.error.code != ErrorCode::None)
            return {describe(step.error), std::nullopt, describe(step.error)};
        return {joinSentences(step.notes)};
    }
}

} // namespace kwup
