#pragma once

#include "core/run/NodeProbe.h"
#include "core/run/RunServices.h"

#include <chrono>

namespace kwup {

/// The end of a detached job.
struct JobOutcome {
    int exitCode = -1;
    QByteArray log; ///< its last 256 KiB
    QHash<QString, QString> values; ///< lines "kwup: key=value", the last of each key
};

/// How a job is run, beyond the step's own script.
struct JobOptions {
    QString suffix = {}; ///< a second job of the same attempt, e.g. "force"
    /// Asked when the step's limit has passed; true: wait for the same time again. Without it the
    /// operator is asked whether to keep waiting.
    std::function<bool(const QString &jobId)> onLimit = {};
};

/// One attempt of one step: everything its implementation may use. Belongs to one thread.
class StepContext {
public:
    StepContext(RunServices &services, QString stageId, const PlanStep &step, int attempt,
                bool isResumed, std::stop_token stop);
    ~StepContext();

    const Plan &plan() const { return m_services.plan(); }
    const PlanStep &step() const { return m_step; }
    const Timeouts &timeouts() const { return m_services.timeouts(); }
    RunServices &services() { return m_services; }
    std::stop_token stop() const { return m_stop; }
    QString stageId() const { return m_stageId; }
    QString host() const { return m_step.host; }
    int attempt() const { return m_attempt; }
    bool isResumed() const { return m_isResumed; }
    /// The version this step brings or expects: the old one on the way back.
    const KwdbVersion &target() const;
    QString jobId(const QString &suffix = {}) const;

    /// Commands that may be repeated. Root or login user as the command says.
    Result<CommandOutput> run(const QString &host, const Command &command);
    /// The same, and an exit code other than 0 is CommandFailed.
    Result<CommandOutput> runChecked(const QString &host, const Command &command);
    Result<NodeLook> look(const QString &host);
    Result<JobState> jobState(const QString &suffix = {});
    /// Runs `script` as a detached root job of this attempt on the step's host, or attaches to the
    /// one that is there. Errors: JobLost, CommandTimeout (the operator stops here), connection.
    Result<JobOutcome> job(const QByteArray &script, const JobOptions &options = {});

    Result<void> journal(const QString &kind, const QJsonObject &data);
    void note(const Error &error, bool isWarning = true);
    void progress(qint64 done, qint64 total);
    void gate(const GateProgress &progress);
    Choice decide(Decision::Kind kind, const Error &error, const QList<Choice> &choices);
    /// The operator chose to stop inside the step: the failure is not asked about again.
    bool hasStoppedHere() const { return m_hasStoppedHere; }
    void stopHere() { m_hasStoppedHere = true; }
    /// What this attempt has done cannot be taken back: going back is not offered.
    bool isBeyondReturn() const { return m_isBeyondReturn; }
    void setBeyondReturn(bool isBeyond) { m_isBeyondReturn = isBeyond; }
    /// A job was begun and its end has not been seen: the same attempt goes on later.
    bool jobGoesOn() const { return m_jobGoesOn; }

    QByteArray outputTail() const; ///< last 8 KiB
    int exitCode() const { return m_exitCode; }
    std::chrono::milliseconds duration() const;
    RunEvent event(RunEvent::Kind kind) const; ///< filled in for this step
    void flushOutput();

private:
    Result<JobState> follow(const QString &id, QByteArray &log, const JobOptions &options);
    bool waitOn(const QString &id, const JobOptions &options);
    void output(const QByteArray &piece);
    QString baseDirectory() const;

    using Clock = std::chrono::steady_clock;
    RunServices &m_services;
    QString m_stageId;
    const PlanStep &m_step;
    int m_attempt;
    bool m_isResumed;
    std::stop_token m_stop;
    Clock::time_point m_begun = Clock::now();
    Clock::time_point m_flushed = {};
    QByteArray m_unsent;
    QByteArray m_tail;
    int m_exitCode = -1;
    bool m_hasStoppedHere = false;
    bool m_jobGoesOn = false;
    bool m_isBeyondReturn = false;
};

QHash<QString, QString> scriptValues(const QByteArray &log);

/// The cluster as it was before the run, for the verdict: {nodes, health?, versions{host:
/// version}}.
QJsonObject stateBefore(StepContext &context);

} // namespace kwup
