#include "core/run/RunHistory.h"

#include "core/run/JournalKinds.h"

namespace kwup {

void RunHistory::add(const QList<JournalEntry> &entries)
{
    if (!entries.isEmpty())
        m_createdAt = entries.first().time;
    for (const auto &entry : entries)
        add(entry.kind, entry.stepId, entry.attempt, entry.data);
}

void RunHistory::add(const QString &kind, const QString &stepId, int attempt,
                     const QJsonObject &data)
{
    if (!stepId.isEmpty())
        m_lastStepId = stepId;
    if (kind == journal::RunCreated) {
        m_created = data;
    } else if (kind == journal::RunBegan) {
        ++m_begun;
    } else if (kind == journal::StepStarted) {
        m_steps[stepId].state = StepState::Running;
        m_steps[stepId].attempt = attempt;
    } else if (kind == journal::StepFinished) {
        auto &record = m_steps[stepId];
        record.attempt = attempt;
        record.state = data[QStringLiteral("state")].toString() == toString(StepState::Skipped)
            ? StepState::Skipped
            : StepState::Done;
        record.result = data[QStringLiteral("result")].toObject();
    } else if (kind == journal::StepFailed) {
        // A job whose end was not seen is still that attempt's: it is found again, not repeated.
        m_steps[stepId].state =
            data[QStringLiteral("jobGoesOn")].toBool() ? StepState::Running : StepState::Failed;
    } else if (kind == journal::SettingSaved) {
        m_setting = SavedSetting{data[QStringLiteral("name")].toString(),
                                 data[QStringLiteral("previous")].toString(), true};
    } else if (kind == journal::SettingRestored && m_setting) {
        m_setting->isOutstanding = false;
    } else if (kind == journal::DecisionTaken
               && data[QStringLiteral("choice")].toString() == toString(Choice::GoBack)) {
        m_goBackFrom = stepId;
    } else if (kind == journal::WentBack) {
        m_wentBack = true;
    } else if (kind == journal::RunEnded) {
        m_completed = data[QStringLiteral("state")].toString() == toString(RunState::Completed);
    }
}

bool RunHistory::isDone(const QString &stepId) const
{
    const StepState state = m_steps.value(stepId).state;
    return state == StepState::Done || state == StepState::Skipped;
}

int RunHistory::nextAttempt(const QString &stepId) const
{
    const StepRecord record = m_steps.value(stepId);
    return record.state == StepState::Running ? record.attempt : record.attempt + 1;
}

void RunHistory::reopen(const QString &stepId)
{
    auto &record = m_steps[stepId];
    if (record.state != StepState::Running)
        record.state = StepState::Waiting;
}

} // namespace kwup
