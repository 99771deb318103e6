#include "ui/models/RunListModel.h"

#include "ui/models/Format.h"

#include <QCoreApplication>

namespace kwup {

QString runStateName(RunState state)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("RunListModel", source);
    };
    switch (state) {
    case RunState::Idle:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Not started"));
    case RunState::Running:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Running"));
    case RunState::Paused:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Paused"));
    case RunState::Deciding:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Waiting for a decision"));
    case RunState::Stopping:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Stopping"));
    case RunState::Completed:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Completed"));
    case RunState::Failed:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Failed"));
    case RunState::Stopped:
        return text(QT_TRANSLATE_NOOP("RunListModel", "Stopped"));
    }
    return {};
}

Status statusOf(RunState state)
{
    switch (state) {
    case RunState::Idle:
        return Status::Waiting;
    case RunState::Running:
        return Status::Running;
    case RunState::Paused:
    case RunState::Deciding:
    case RunState::Stopping:
    case RunState::Stopped:
        return Status::Warning;
    case RunState::Completed:
        return Status::Good;
    case RunState::Failed:
        return Status::Bad;
    }
    return Status::Unknown;
}

void RunListModel::setRuns(const QList<RunSummary> &runs)
{
    replaceRows(static_cast<int>(runs.size()), [&] { m_runs = runs; });
}

const RunSummary *RunListModel::runAt(int row) const
{
    return row >= 0 && row < rows() ? &m_runs.at(row) : nullptr;
}

int RunListModel::rowOf(const QString &runId) const
{
    for (int row = 0; row < rows(); ++row) {
        if (m_runs.at(row).runId == runId)
            return row;
    }
    return -1;
}

QStringList RunListModel::headers() const
{
    return {tr("Started"), tr("State"),     tr("From"), tr("To"),
            tr("Hosts"),   tr("Last step"), tr("Run")};
}

Cell RunListModel::cell(int row, int column) const
{
    const RunSummary &run = m_runs.at(row);
    switch (column) {
    case 0:
        return {format::localTime(run.startedAt)};
    case 1:
        // "Running" in a list of runs means that its program is gone: it can be resumed.
        if (run.state == RunState::Running)
            return {tr("Interrupted"), Status::Warning};
        return {runStateName(run.state), statusOf(run.state)};
    case 2:
        return {run.from};
    case 3:
        return {run.to};
    case 4:
        return {run.hosts.join(QStringLiteral(", "))};
    case 5:
        return {run.lastStepId};
    default:
        return {run.runId};
    }
}

} // namespace kwup
