#pragma once

#include "core/journal/Journal.h"
#include "core/run/RunTypes.h"

#include <QHash>

namespace kwup {

/// What the journal says has happened so far; kept up to date while the run goes on. Pure: no I/O.
class RunHistory {
public:
    struct StepRecord {
        StepState state = StepState::Waiting; ///< Running: begun, outcome unknown
        int attempt = 0; ///< the last one
        QJsonObject result;
    };
    struct SavedSetting {
        QString name;
        QString value; ///< verbatim, as it was shown
        bool isOutstanding = false; ///< not yet put back
    };

    void add(const QString &kind, const QString &stepId, int attempt, const QJsonObject &data);
    void add(const QList<JournalEntry> &entries);

    StepRecord step(const QString &stepId) const { return m_steps.value(stepId); }
    bool isDone(const QString &stepId) const;
    /// The attempt to make now: the unfinished one, or the next.
    int nextAttempt(const QString &stepId) const;
    QJsonObject result(const QString &stepId) const { return m_steps.value(stepId).result; }
    std::optional<SavedSetting> savedSetting() const { return m_setting; }
    bool hasBegun() const { return m_begun > 0; }
    /// Nothing is left to do: completed, or gone back.
    bool isCompleted() const { return m_completed || m_wentBack; }
    /// The step at whose failure the operator chose to go back; empty: nobody did.
    QString goBackFrom() const { return m_goBackFrom; }
    bool hasBegun(const QString &stepId) const { return m_steps.value(stepId).attempt > 0; }
    QString lastStepId() const { return m_lastStepId; }
    QDateTime createdAt() const { return m_createdAt; }
    QJsonObject created() const { return m_created; } ///< data of run-created

    /// The step is to be done again although it was done (resume).
    void reopen(const QString &stepId);

private:
    QHash<QString, StepRecord> m_steps;
    std::optional<SavedSetting> m_setting;
    int m_begun = 0;
    bool m_completed = false;
    bool m_wentBack = false;
    QString m_goBackFrom;
    QString m_lastStepId;
    QDateTime m_createdAt;
    QJsonObject m_created;
};

} // namespace kwup
