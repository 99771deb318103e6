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
        if (host.versionAfter.isEmpty())
            return {tr("Not verified"), Status::Unknown};
        if (host.versionAfter == m_target)
            return {tr("Upgraded"), Status::Good};
        return {tr("Not upgraded"), Status::Bad};
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
