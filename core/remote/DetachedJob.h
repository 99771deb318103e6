#pragma once

#include "core/remote/HostConnection.h"

#include <chrono>

namespace kwup {

/// What a host says about a detached job. Job ids match [A-Za-z0-9._-]+.
struct JobState {
    enum class Kind { Absent, Starting, Running, Exited, Lost };
    Kind kind = Kind::Absent;
    int exitCode = -1; ///< when Exited
    QString lostReason = {}; ///< "killed", "reboot", "never-started" when Lost
};

/// Commands that outlive the connection: run as root (or the login user) in their own session (by
/// systemd-run where systemd is PID 1), with log and exit code in files below `baseDir` on the
/// host. The directory of a job is created atomically, so a job id starts at most once, ever.
/// Protocol: core/remote/job.sh, sent with each call. Stateless; uses the runner it is given.
class DetachedJobs {
public:
    /// `baseDir`: absolute, e.g. /var/tmp/kwup-<run>/jobs; created 0700 when missing.
    DetachedJobs(CommandRunner &runner, QString baseDir, RunAs runAs = RunAs::Root);

    /// Starts `script` under `id`, or finds that it was started before: both are success, the state
    /// tells. Never starts a script whose bytes did not all arrive.
    Result<JobState> start(const QString &id, const QByteArray &script, std::stop_token stop);

    Result<JobState> state(const QString &id, std::stop_token stop);

    /// Follows the log from byte `offset` until the job ends; `offset` is advanced by what was
    /// handed to onLog, so a caller can call again after ConnectionLost. Returns the final state,
    /// or CommandTimeout when `limit` has passed (the job goes on).
    Result<JobState> follow(const QString &id, qint64 &offset, std::chrono::milliseconds limit,
                            const std::function<void(const QByteArray &)> &onLog,
                            std::stop_token stop);

    /// TERM to the job's process group, KILL after `grace`.
    Result<JobState> cancel(const QString &id, std::chrono::seconds grace, std::stop_token stop);

private:
    Result<CommandOutput> call(const QStringList &words, const QByteArray &input,
                               std::chrono::milliseconds deadline,
                               const std::function<void(const QByteArray &)> &onOutput,
                               std::stop_token stop);

    CommandRunner &m_runner;
    QString m_baseDir;
    RunAs m_runAs;
};

} // namespace kwup
