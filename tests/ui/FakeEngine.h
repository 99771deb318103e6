#pragma once

#include "ui/controllers/Engine.h"
#include "ui/wizard/HostDraft.h"

#include <condition_variable>
#include <mutex>

namespace kwup::test {

/// The engine in memory. Calls return at once unless hold() is in force; then they wait until
/// release() or their stop token. Everything a test scripts is set before the call. Thread-safe.
class FakeEngine final : public Engine {
public:
    FakeEngine();

    Facts facts; ///< what discover() finds
    std::optional<ConnectPrompts::UnknownKey> unknownKey; ///< asked by discover() before anything
    std::atomic_bool keyWasTrusted = false;
    Result<PackageInfo> package;
    QList<RunSummary> runList;
    std::optional<Plan> storedPlan;
    QList<JournalEntry> journal;
    /// What a run does: events in order; a DecisionNeeded event really asks and, unless the answer
    /// is Retry, ends the run as Stopped.
    QList<RunEvent> runEvents;
    std::optional<Error> runError; ///< the run does not even begin
    RunState runResult = RunState::Completed;

    void hold();
    void release();
    bool waitWhileHeld(std::stop_token stop); ///< false: stopped meanwhile

    /// What the window asked for so far.
    struct Seen {
        int discoveries = 0;
        int runsStarted = 0;
        int runsResumed = 0;
        QList<Choice> choices;
        QList<HostLogin> logins;
        bool paused = false;
        bool stopAfterNode = false;
        bool stopAfterStep = false;
    };
    Seen seen() const;

    Facts discover(const QList<HostLogin> &logins, const MethodOptions &options, bool withRanges,
                   ConnectPrompts &prompts, const OnHost &onHost, std::stop_token stop) override;
    std::unique_ptr<StatusReader> statusReader(const QList<HostLogin> &logins,
                                               const std::optional<Facts> &known,
                                               ConnectPrompts &prompts) override;
    Result<PackageInfo> inspect(const QString &file, const OnBytes &onProgress,
                                std::stop_token stop) override;
    QList<RunSummary> runs() override { return runList; }
    Result<Plan> planOf(const QString &runId) override;
    Result<QList<JournalEntry>> journalOf(const QString &runId) override;
    std::unique_ptr<RunJob> newRun(const RunStart &start, const QList<HostLogin> &logins,
                                   ConnectPrompts &prompts, DecisionMaker &decisions,
                                   RunObserver &observer) override;
    std::unique_ptr<RunJob> resumedRun(const QString &runId, const QList<HostLogin> &logins,
                                       ConnectPrompts &prompts, DecisionMaker &decisions,
                                       RunObserver &observer) override;

    void note(const std::function<void(Seen &)> &change); ///< under the lock

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_released;
    bool m_held = false;
    Seen m_seen;
};

/// A healthy cluster of three nodes with two warnings: the clocks of two hosts cannot be read.
Facts clusterWithWarnings();

/// Events of a run in which every step of the plan succeeds, with some output and a gate.
QList<RunEvent> successfulRun(const Plan &plan);

/// The journal such a run leaves.
QList<JournalEntry> journalOf(const Plan &plan, const Facts &facts);

/// A login that is complete without a password.
HostDraft agentHost(const QString &address);

} // namespace kwup::test
