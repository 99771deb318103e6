#pragma once

#include "core/remote/DetachedJob.h"
#include "core/remote/HostPool.h"
#include "core/run/Timeouts.h"

#include <functional>

namespace kwup {

/// Calls to the hosts of a run that survive lost connections: reconnect with growing pauses and
/// repeat, until the host has been away for Timeouts::reconnectLimit. So everything called through
/// it must be repeatable: reading, jobs (started at most once by their id), uploads.
///
/// Blocks. Threads may call at the same time; those that want the same host wait for each other,
/// as the gates of several nodes do that all ask a third one.
class RemoteHosts {
public:
    /// `onLoss`: told once per loss, with the connection's error; from the calling thread.
    RemoteHosts(HostPool &pool, const Timeouts &timeouts,
                std::function<void(const QString &host, const Error &error)> onLoss);

    template <typename T>
    Result<T> with(const QString &host, const std::function<Result<T>(HostConnection &)> &call,
                   std::stop_token stop);

    Result<CommandOutput> run(const QString &host, const Command &command, std::stop_token stop);
    Result<void> upload(const QString &host, const UploadRequest &request, std::stop_token stop);

    /// A copy that gives up after `limit`; for what is done after a failure.
    RemoteHosts impatient(std::chrono::milliseconds limit) const;

private:
    class Patience;
    static bool isLoss(ErrorCode code);

    HostPool *m_pool;
    Timeouts m_timeouts;
    std::function<void(const QString &, const Error &)> m_onLoss;
};

/// How long to go on trying; internal to RemoteHosts::with.
class RemoteHosts::Patience {
public:
    explicit Patience(const Timeouts &timeouts)
        : m_timeouts(timeouts)
    { }
    void begin() { m_begun = Clock::now(); } ///< before a call
    /// After a loss: waits. False when patience or the run is over.
    bool wait(std::stop_token stop);

private:
    using Clock = std::chrono::steady_clock;
    const Timeouts &m_timeouts;
    Clock::time_point m_begun = Clock::now();
    std::optional<Clock::time_point> m_firstLoss;
    int m_losses = 0;
};

template <typename T>
Result<T> RemoteHosts::with(const QString &host,
                            const std::function<Result<T>(HostConnection &)> &call,
                            std::stop_token stop)
{
    Patience patience(m_timeouts);
    for (;;) {
        patience.begin();
        Error error;
        {
            const auto turn = m_pool->turn(host);
            const QMutexLocker locker(turn.get());
            if (auto connection = m_pool->connection(host, stop); !connection) {
                error = connection.error();
            } else {
                auto result = call(**connection);
                if (result || !isLoss(result.error().code))
                    return result;
                error = result.error();
                m_pool->drop(host);
            }
        }
        if (!isLoss(error.code))
            return error;
        if (m_onLoss)
            m_onLoss(host, error);
        if (!patience.wait(stop))
            return stop.stop_requested() ? Error{.code = ErrorCode::Cancelled, .host = host}
                                         : error;
    }
}

/// Waits; false when `stop` was requested meanwhile.
bool interruptibleWait(std::chrono::milliseconds time, std::stop_token stop);

} // namespace kwup
