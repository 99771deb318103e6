#pragma once

#include "core/run/Executor.h"
#include "core/run/RunHistory.h"
#include "core/run/RunThread.h"
#include "core/run/Step.h"

#include <atomic>
#include <mutex>

namespace kwup {

/// The run itself. Everything but emitEvent() and the request flags belongs to the run's thread;
/// steps of a parallel stage reach it through RunThread.
class Executor::Private final : public RunServices {
public:
    Private(Plan plan, Journal &journal, HostPool &pool, DecisionMaker &decisions,
            RunObserver &observer, Timeouts timeouts);

    RunState run(std::stop_token stop);

    const Plan &plan() const override { return m_plan; }
    const Timeouts &timeouts() const override { return m_timeouts; }
    RemoteHosts &hosts() override { return m_hosts; }
    bool mayTakeOverLock() const override { return takeOverLock; }
    Result<void> append(const QString &kind, const QString &stepId, int attempt,
                        const QJsonObject &data) override;
    QJsonObject resultOf(const QString &stepId) override;
    std::pair<QString, QString> outstandingSetting() override;
    QJsonObject runCreated() override;
    void emitEvent(RunEvent event) override;
    Choice decide(const Decision &decision, int attempt) override;

    std::atomic<bool> paused = false;
    std::atomic<bool> endAfterStep = false;
    std::atomic<bool> endAfterNode = false;
    std::atomic<bool> takeOverLock = false;

private:
    /// How a step or stage ended. Continue: go on with the next one.
    enum class Flow { Continue, Retry, GoBack, StopHere, Stopped, JournalFailed };

    /// One attempt under way.
    struct Attempt {
        const PlanStep *step = nullptr;
        std::unique_ptr<Step> implementation;
        std::unique_ptr<StepContext> context;
        std::optional<Result<QJsonObject>> result;
        StepState state = StepState::Done; ///< Skipped: the goal held already
    };

    // Executor.cpp: the run
    Result<void> begin();
    void reopenSteps();
    bool isStageDone(const Stage &stage) const;
    bool hasBegunToStop(const Stage &stage);
    Flow runStages();
    Flow runStage(const Stage &stage);
    QList<const Stage *> stagesBack(const QString &failedStep) const;
    Flow goBack();
    Flow checkpoint(const QString &nextStep);
    void setState(RunState state);

    // ExecutorSteps.cpp: one step, or several at once
    Flow runStep(const Stage &stage, const PlanStep &step);
    Flow runParallel(const Stage &stage, const QList<const PlanStep *> &steps);
    Result<Attempt> beginAttempt(const Stage &stage, const PlanStep &step);
    static void perform(Attempt &attempt);
    Flow endAttempt(Attempt &attempt);
    Flow endDone(Attempt &attempt, const QJsonObject &result);
    Flow endFailed(Attempt &attempt, const Error &error);
    Flow decideFailure(Attempt &attempt, const Decision &decision);
    NodeCondition conditionOf(const QString &host);
    QStringList instructions() const;

    // ExecutorEnd.cpp: after the last step
    RunState end(Flow flow);
    void restoreSetting();
    void leaveLocks(RunState state);
    bool hasTouchedANode() const;

    Plan m_plan;
    Journal &m_journal;
    DecisionMaker &m_decisions;
    RunObserver &m_observer;
    Timeouts m_timeouts;
    RemoteHosts m_hosts;
    RunHistory m_history;
    RunThread m_thread;
    std::mutex m_observing;
    std::stop_token m_stop;
    std::atomic<RunState> m_state = RunState::Idle; ///< also read when events are made
    Error m_lastError;
    bool m_isJournalBroken = false;
    int m_stepsDone = 0; ///< by this process
};

} // namespace kwup
