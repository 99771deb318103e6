#pragma once

#include "core/base/Result.h"

#include <QList>

#include <memory>

namespace kwup {

/// A connection to the user's SSH agent: SSH_AUTH_SOCK, on Windows the pipe of its OpenSSH agent.
/// Own client, because libssh2 up to 1.10 cannot ask an agent for RSA signatures that today's
/// servers accept. Blocks, at most 60 s per request (an agent may ask its user first).
class AgentClient final {
public:
    ~AgentClient();
    AgentClient(AgentClient &&other) noexcept;
    AgentClient &operator=(AgentClient &&other) noexcept;

    static Result<AgentClient> open();

    /// Public keys in wire format, without certificates and hardware keys.
    Result<QList<QByteArray>> identities();
    /// The signature without its format name; empty when the agent refused.
    QByteArray sign(const QByteArray &keyBlob, const QByteArray &algorithm, const QByteArray &data);

private:
    class Stream;
    explicit AgentClient(std::unique_ptr<Stream> stream);
    QByteArray request(const QByteArray &message);

    std::unique_ptr<Stream> m_stream;
};

} // namespace kwup
