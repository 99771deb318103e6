#include "core/ssh/SshSession.h"

#include <libssh2.h>

#include <QStringList>

#include <algorithm>
#include <utility>

namespace kwup {

namespace {

using namespace std::chrono_literals;

// What libssh2 would offer by itself includes arcfour, 3des, group1 and md5. Names that the
// installed version does not know are dropped by it.
constexpr const char *KexMethods =
    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
    "ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,"
    "diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";
constexpr const char *Ciphers =
    "aes128-ctr,aes256-ctr,aes192-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com";
constexpr const char *Macs = "hmac-sha2-256,hmac-sha2-512,hmac-sha2-256-etm@openssh.com,"
                             "hmac-sha2-512-etm@openssh.com";

constexpr auto CloseLimit = 2s;

ssize_t receiveBytes(libssh2_socket_t, void *buffer, std::size_t length, int, void **abstract)
{
    return static_cast<ssize_t>(static_cast<SshSession *>(*abstract)->transport().receive(
        static_cast<char *>(buffer), static_cast<qint64>(length)));
}

ssize_t sendBytes(libssh2_socket_t, const void *data, std::size_t length, int, void **abstract)
{
    return static_cast<ssize_t>(static_cast<SshSession *>(*abstract)->transport().send(
        static_cast<const char *>(data), static_cast<qint64>(length)));
}

void setCallbacks(LIBSSH2_SESSION *session)
{
#if LIBSSH2_VERSION_NUM >= 0x010b01
    libssh2_session_callback_set2(session, LIBSSH2_CALLBACK_RECV,
                                  reinterpret_cast<libssh2_cb_generic *>(&receiveBytes));
    libssh2_session_callback_set2(session, LIBSSH2_CALLBACK_SEND,
                                  reinterpret_cast<libssh2_cb_generic *>(&sendBytes));
#else
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_RECV,
                                 reinterpret_cast<void *>(&receiveBytes));
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_SEND,
                                 reinterpret_cast<void *>(&sendBytes));
#endif
}

} // namespace

Watch::Watch(SshSession &session, std::chrono::milliseconds limit,
             std::chrono::milliseconds silence, std::stop_token stop)
    : m_start(Clock::now())
    , m_limit(limit)
    , m_deadline(m_start + limit)
    , m_silence(silence)
    , m_stop(std::move(stop))
    , m_wakeUp(m_stop, [&session] { session.wakeEvent().wake(); })
{ }

void Watch::restart()
{
    m_start = Clock::now();
    m_deadline = m_start + m_limit;
}

SshSession::SshSession(std::unique_ptr<Transport> transport, QString hostId,
                       std::chrono::seconds keepalive)
    : m_transport(std::move(transport))
    , m_hostId(std::move(hostId))
    , m_keepalive(keepalive)
    , m_session(libssh2_session_init_ex(nullptr, nullptr, nullptr, this))
{
    libssh2_session_set_blocking(m_session, 0);
    setCallbacks(m_session);
}

SshSession::~SshSession()
{
    if (m_loggedIn && !m_dead) {
        libssh2_session_disconnect(m_session, "closed by the user");
        m_transport->flush();
    }
    kill();
    libssh2_session_free(m_session);
}

Result<void> SshSession::handshake(const QStringList &hostKeyTypes, const Watch &watch)
{
    const QByteArray types = hostKeyTypes.join(u',').toLatin1();
    const std::pair<int, const char *> preferences[] = {
        {LIBSSH2_METHOD_KEX, KexMethods},   {LIBSSH2_METHOD_HOSTKEY, types.constData()},
        {LIBSSH2_METHOD_CRYPT_CS, Ciphers}, {LIBSSH2_METHOD_CRYPT_SC, Ciphers},
        {LIBSSH2_METHOD_MAC_CS, Macs},      {LIBSSH2_METHOD_MAC_SC, Macs},
        {LIBSSH2_METHOD_COMP_CS, "none"},   {LIBSSH2_METHOD_COMP_SC, "none"},
    };
    for (const auto &[method, names] : preferences) {
        if (libssh2_session_method_pref(m_session, method, names) != 0)
            return error(ErrorCode::ProtocolError, {lastText()});
    }
    const SocketHandle handle = m_transport->handle();
    const auto done =
        finish(watch, [this, handle] { return libssh2_session_handshake(m_session, handle); });
    if (!done)
        return done.error();
    if (*done != 0)
        return error(ErrorCode::ProtocolError, {lastText()});
    return {};
}

void SshSession::startKeepalive()
{
    m_loggedIn = true;
    m_lastKeepalive = Watch::Clock::now();
}

Result<int> SshSession::finish(const Watch &watch, const std::function<int()> &operation)
{
    for (;;) {
        if (m_dead)
            return error(ErrorCode::ConnectionLost);
        const int code = operation();
        if (isLoss(code)) {
            Error lost = error(ErrorCode::ConnectionLost);
            lost.evidence = lastText().toUtf8();
            kill();
            return lost;
        }
        if (code != LIBSSH2_ERROR_EAGAIN)
            return code;
        if (const auto ended = wait(watch))
            return *ended;
    }
}

std::optional<Error> SshSession::wait(const Watch &watch)
{
    const auto now = Watch::Clock::now();
    if (watch.isStopped())
        return error(ErrorCode::Cancelled);
    if (now >= watch.deadline()) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(watch.limit()).count();
        return error(ErrorCode::CommandTimeout, {QString(), QString::number(seconds)});
    }
    const auto silentAt = std::max(m_transport->lastReceived(), watch.start()) + watch.silence();
    if (now >= silentAt) {
        kill();
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(watch.silence()).count();
        return error(ErrorCode::HostSilent, {QString::number(seconds)});
    }
    keepAlive(watch);
    if (!m_transport->flush()) {
        kill();
        return error(ErrorCode::ConnectionLost);
    }
    const auto limit =
        std::chrono::ceil<std::chrono::milliseconds>(std::min(watch.deadline(), silentAt) - now);
    m_transport->wait(m_wake, std::min<std::chrono::milliseconds>(limit, 1s));
    return {};
}

void SshSession::keepAlive(const Watch &watch)
{
    if (!m_loggedIn)
        return;
    // Often enough that a healthy host is never taken for a silent one.
    const auto interval = std::min<std::chrono::milliseconds>(m_keepalive, watch.silence() / 3);
    const auto now = Watch::Clock::now();
    if (now - std::max(m_lastKeepalive, m_transport->lastReceived()) < interval)
        return;
    m_lastKeepalive = now;
    // Interval 0 of the library would switch it off; it only has second resolution, so the clock
    // is ours: configuring resets nothing but the interval, and sending checks it.
    libssh2_keepalive_config(m_session, 1, 1);
    int next = 0;
    libssh2_keepalive_send(m_session, &next);
}

Result<LIBSSH2_CHANNEL *> SshSession::openChannel(const Watch &watch)
{
    LIBSSH2_CHANNEL *channel = nullptr;
    const auto done = finish(watch, [this, &channel] {
        channel = libssh2_channel_open_session(m_session);
        return channel != nullptr ? 0 : libssh2_session_last_errno(m_session);
    });
    if (!done)
        return done.error();
    if (*done != 0)
        return error(ErrorCode::ProtocolError, {lastText()});
    return channel;
}

void SshSession::closeChannel(LIBSSH2_CHANNEL *channel)
{
    if (channel == nullptr)
        return;
    if (!m_dead) {
        const Watch watch(*this, CloseLimit, CloseLimit, {});
        const auto closed = finish(watch, [channel] { return libssh2_channel_free(channel); });
        if (closed && *closed == 0)
            return;
        kill();
    }
    libssh2_channel_free(channel);
}

Error SshSession::error(ErrorCode code, const QStringList &args) const
{
    return Error{code, m_hostId, args};
}

QString SshSession::lastText() const
{
    char *text = nullptr;
    libssh2_session_last_error(m_session, &text, nullptr, 0);
    return QString::fromUtf8(text);
}

bool SshSession::isLoss(int code)
{
    return code == LIBSSH2_ERROR_SOCKET_DISCONNECT || code == LIBSSH2_ERROR_SOCKET_RECV
        || code == LIBSSH2_ERROR_SOCKET_SEND || code == LIBSSH2_ERROR_BAD_SOCKET;
}

void SshSession::kill()
{
    if (m_dead)
        return;
    m_dead = true;
    m_transport->shutdown();
}

} // namespace kwup
