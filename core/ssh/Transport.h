#pragma once

#include "core/ssh/Socket.h"

#include <QByteArray>

#include <chrono>

namespace kwup {

/// The byte stream below an SSH session: a TCP connection, or a channel of another session. Used by
/// the session's thread only; only wakes come from outside.
///
/// Sending never blocks and never takes part of a packet: what the stream does not take now is kept
/// (bounded by the SSH windows, at most MaxPending). So the library is never left with a
/// half-sent packet, the state in which it refuses every other operation of the session.
class Transport {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr qsizetype MaxPending = 8 * 1024 * 1024;

    virtual ~Transport() = default;

    /// Bytes; 0 = closed; -EAGAIN; otherwise a negative error.
    qint64 receive(char *buffer, qint64 size);
    qint64 send(const char *data, qint64 size);
    /// Passes on what is kept. False when the stream is broken.
    bool flush();
    bool hasPending() const { return m_sent < m_pending.size(); }

    /// Until something can be received or sent, the event is woken, or `limit` is over.
    virtual void wait(WakeEvent &wake, std::chrono::milliseconds limit) = 0;
    /// Ends the stream at once, without waiting for the peer.
    virtual void shutdown() = 0;
    virtual SocketHandle handle() const = 0;

    Clock::time_point lastReceived() const { return m_lastReceived; }

protected:
    virtual qint64 rawReceive(char *buffer, qint64 size) = 0;
    virtual qint64 rawSend(const char *data, qint64 size) = 0;

private:
    QByteArray m_pending;
    qsizetype m_sent = 0; ///< of m_pending
    Clock::time_point m_lastReceived = Clock::now();
};

/// A connected TCP socket.
class SocketTransport final : public Transport {
public:
    explicit SocketTransport(Socket socket);

    void wait(WakeEvent &wake, std::chrono::milliseconds limit) override;
    void shutdown() override;
    SocketHandle handle() const override { return m_socket.handle(); }

protected:
    qint64 rawReceive(char *buffer, qint64 size) override;
    qint64 rawSend(const char *data, qint64 size) override;

private:
    Socket m_socket;
    /// Nothing came at the last look. The library looks once for every packet that is under way,
    /// which without this costs dozens of system calls per answer.
    bool m_isDry = false;
};

} // namespace kwup
