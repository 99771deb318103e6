#include "core/ssh/TunnelTransport.h"

#include <libssh2.h>

#include <cerrno>

namespace kwup {

Result<std::unique_ptr<TunnelTransport>> TunnelTransport::open(std::unique_ptr<SshSession> jump,
                                                               const QString &jumpName,
                                                               const QString &address, quint16 port,
                                                               std::chrono::milliseconds limit,
                                                               std::stop_token stop)
{
    const Watch watch(*jump, limit, limit, stop);
    const QByteArray host = address.toUtf8();
    LIBSSH2_CHANNEL *channel = nullptr;
    const auto done = jump->finish(watch, [&] {
        channel =
            libssh2_channel_direct_tcpip_ex(jump->raw(), host.constData(), port, "127.0.0.1", 0);
        return channel != nullptr ? 0 : libssh2_session_last_errno(jump->raw());
    });
    if (!done)
        return done.error();
    if (*done != 0)
        return jump->error(ErrorCode::JumpHostFailed, {jumpName, jump->lastText()});
    return std::unique_ptr<TunnelTransport>(new TunnelTransport(std::move(jump), channel));
}

TunnelTransport::TunnelTransport(std::unique_ptr<SshSession> jump, LIBSSH2_CHANNEL *channel)
    : m_jump(std::move(jump))
    , m_channel(channel)
{ }

TunnelTransport::~TunnelTransport() = default; // the session frees its channel

void TunnelTransport::wait(WakeEvent &wake, std::chrono::milliseconds limit)
{
    if (!m_jump->transport().flush()) {
        m_jump->kill();
        return;
    }
    // Sending may have taken packets off the socket already.
    if (libssh2_poll_channel_read(m_channel, 0) > 0 || libssh2_channel_eof(m_channel) != 0)
        return;
    m_jump->transport().wait(wake, limit);
}

void TunnelTransport::shutdown()
{
    m_jump->kill();
}

qint64 TunnelTransport::rawReceive(char *buffer, qint64 size)
{
    if (m_jump->isDead())
        return -EPIPE;
    const auto count = libssh2_channel_read(m_channel, buffer, static_cast<std::size_t>(size));
    if (count == LIBSSH2_ERROR_EAGAIN)
        return -EAGAIN;
    if (count == 0)
        return libssh2_channel_eof(m_channel) == 1 ? 0 : -EAGAIN;
    return count > 0 ? count : -EPIPE;
}

qint64 TunnelTransport::rawSend(const char *data, qint64 size)
{
    if (m_jump->isDead())
        return -EPIPE;
    const auto count = libssh2_channel_write(m_channel, data, static_cast<std::size_t>(size));
    if (count == LIBSSH2_ERROR_EAGAIN || count == 0)
        return -EAGAIN;
    return count > 0 ? count : -EPIPE;
}

} // namespace kwup
