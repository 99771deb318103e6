#pragma once

#include "core/ssh/SshSession.h"

namespace kwup {

/// The byte stream through a jump host: a direct-tcpip channel of a session of its own. Both
/// sessions live in one thread, so no copying thread is needed.
class TunnelTransport final : public Transport {
public:
    /// `jump` is logged in. Errors: JumpHostFailed and those of SshSession::wait().
    static Result<std::unique_ptr<TunnelTransport>>
    open(std::unique_ptr<SshSession> jump, const QString &jumpName, const QString &address,
         quint16 port, std::chrono::milliseconds limit, std::stop_token stop);
    ~TunnelTransport() override;

    void wait(WakeEvent &wake, std::chrono::milliseconds limit) override;
    void shutdown() override;
    SocketHandle handle() const override { return m_jump->transport().handle(); }

protected:
    qint64 rawReceive(char *buffer, qint64 size) override;
    qint64 rawSend(const char *data, qint64 size) override;

private:
    TunnelTransport(std::unique_ptr<SshSession> jump, LIBSSH2_CHANNEL *channel);

    std::unique_ptr<SshSession> m_jump;
    LIBSSH2_CHANNEL *m_channel;
};

} // namespace kwup
