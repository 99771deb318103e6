#include "core/run/RemoteHosts.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace kwup {

namespace {
using namespace std::chrono_literals;

/// A connection that held so long was not part of the same trouble.
constexpr auto SteadyAfter = 30s;
constexpr auto LongestPause = 15s;
} // namespace

bool interruptibleWait(std::chrono::milliseconds time, std::stop_token stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any condition;
    condition.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

RemoteHosts::RemoteHosts(HostPool &pool, const Timeouts &timeouts,
                         std::function<void(const QString &, const Error &)> onLoss)
    : m_pool(&pool)
    , m_timeouts(timeouts)
    , m_onLoss(std::move(onLoss))
{ }

bool RemoteHosts::isLoss(ErrorCode code)
{
    // ProtocolError: an sshd that is being restarted closes the connection before its banner.
    return code == ErrorCode::ConnectionLost || code == ErrorCode::HostSilent
        || code == ErrorCode::HostUnreachable || code == ErrorCode::ConnectTimeout
        || code == ErrorCode::ProtocolError || code == ErrorCode::JumpHostFailed;
}

bool RemoteHosts::Patience::wait(std::stop_token stop)
{
    const auto now = Clock::now();
    if (now - m_begun > SteadyAfter) {
        m_firstLoss.reset();
        m_losses = 0;
    }
    if (!m_firstLoss)
        m_firstLoss = now;
    const auto end = *m_firstLoss + m_timeouts.reconnectLimit;
    if (now >= end)
        return false;
    const auto pause = std::min<std::chrono::milliseconds>(
        m_timeouts.reconnectPause * (1 << std::min(m_losses++, 4)), LongestPause);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
    return interruptibleWait(std::min(pause, left), stop);
}

Result<CommandOutput> RemoteHosts::run(const QString &host, const Command &command,
                                       std::stop_token stop)
{
    return with<CommandOutput>(
        host,
        [&command, stop](HostConnection &connection) { return connection.run(command, stop); },
        stop);
}

Result<void> RemoteHosts::upload(const QString &host, const UploadRequest &request,
                                 std::stop_token stop)
{
    return with<void>(
        host,
        [&request, stop](HostConnection &connection) { return connection.upload(request, stop); },
        stop);
}

RemoteHosts RemoteHosts::impatient(std::chrono::milliseconds limit) const
{
    Timeouts timeouts = m_timeouts;
    timeouts.reconnectLimit = std::min(limit, timeouts.reconnectLimit);
    return {*m_pool, timeouts, m_onLoss};
}

} // namespace kwup
