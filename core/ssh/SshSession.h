#pragma once

#include "core/base/Result.h"
#include "core/ssh/Transport.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

using LIBSSH2_SESSION = struct _LIBSSH2_SESSION;
using LIBSSH2_CHANNEL = struct _LIBSSH2_CHANNEL;

namespace kwup {

class SshSession;

/// What may end an operation before it is done: a deadline, silence of the host, a stop request.
/// Lives on the stack of the operation.
class Watch final {
public:
    using Clock = std::chrono::steady_clock;
    Watch(SshSession &session, std::chrono::milliseconds limit, std::chrono::milliseconds silence,
          std::stop_token stop);
    Q_DISABLE_COPY_MOVE(Watch)

    Clock::time_point start() const { return m_start; }
    Clock::time_point deadline() const { return m_deadline; }
    std::chrono::milliseconds limit() const { return m_limit; }
    std::chrono::milliseconds silence() const { return m_silence; }
    void restart(); ///< the time until now does not count, e.g. when the operator was asked
    bool isStopped() const { return m_stop.stop_requested(); }

private:
    Clock::time_point m_start;
    std::chrono::milliseconds m_limit;
    Clock::time_point m_deadline;
    std::chrono::milliseconds m_silence;
    std::stop_token m_stop;
    std::stop_callback<std::function<void()>> m_wakeUp;
};

/// One libssh2 session over a Transport, always non-blocking. One thread uses it from the first
/// call to the last. After kill(), or when an error ended it, only destruction is allowed.
class SshSession final {
public:
    SshSession(std::unique_ptr<Transport> transport, QString hostId,
               std::chrono::seconds keepalive);
    ~SshSession();
    Q_DISABLE_COPY_MOVE(SshSession)

    /// Algorithms, key exchange. `hostKeyTypes`: in order of preference.
    Result<void> handshake(const QStringList &hostKeyTypes, const Watch &watch);
    void startKeepalive(); ///< after login

    /// Repeats `operation` until it returns something else than LIBSSH2_ERROR_EAGAIN.
    Result<int> finish(const Watch &watch, const std::function<int()> &operation);
    /// Sleeps until there may be something to do. An error when the watch ended it; the session
    /// is then still usable, except after ConnectionLost and HostSilent.
    std::optional<Error> wait(const Watch &watch);

    /// A new session channel; MaxSessions and the like are ProtocolError.
    Result<LIBSSH2_CHANNEL *> openChannel(const Watch &watch);
    /// Tries to close properly for a short time, then kills the session.
    void closeChannel(LIBSSH2_CHANNEL *channel);

    /// Who answers the rounds of keyboard-interactive; see Authenticator.
    void setQuestionHandler(void *handler) { m_questionHandler = handler; }
    void *questionHandler() const { return m_questionHandler; }

    LIBSSH2_SESSION *raw() const { return m_session; }
    Transport &transport() { return *m_transport; }
    WakeEvent &wakeEvent() { return m_wake; }
    const QString &hostId() const { return m_hostId; }

    Error error(ErrorCode code, const QStringList &args = {}) const;
    /// The library's words for the last failure.
    QString lastText() const;
    /// Codes that mean that the connection itself is gone.
    static bool isLoss(int code);

    bool isDead() const { return m_dead; }
    /// Drops the connection at once. A dead peer would make an orderly end wait for its timeout.
    void kill();

private:
    void keepAlive(const Watch &watch);

    std::unique_ptr<Transport> m_transport;
    QString m_hostId;
    std::chrono::seconds m_keepalive;
    WakeEvent m_wake;
    LIBSSH2_SESSION *m_session = nullptr;
    void *m_questionHandler = nullptr;
    bool m_dead = false;
    bool m_loggedIn = false;
    Watch::Clock::time_point m_lastKeepalive{};
};

} // namespace kwup
