#include "core/ssh/Transport.h"

#include <cerrno>
#include <utility>

namespace kwup {

qint64 Transport::receive(char *buffer, qint64 size)
{
    const qint64 count = rawReceive(buffer, size);
    if (count > 0)
        m_lastReceived = Clock::now();
    return count;
}

qint64 Transport::send(const char *data, qint64 size)
{
    if (!flush())
        return -EPIPE;
    if (m_pending.size() - m_sent > MaxPending)
        return -EAGAIN;
    qint64 direct = 0;
    if (!hasPending()) {
        direct = rawSend(data, size);
        if (direct == -EAGAIN)
            direct = 0;
        if (direct < 0)
            return direct;
    }
    m_pending.append(data + direct, size - direct);
    return size;
}

bool Transport::flush()
{
    while (hasPending()) {
        const qint64 count = rawSend(m_pending.constData() + m_sent, m_pending.size() - m_sent);
        if (count == -EAGAIN)
            return true;
        if (count < 0)
            return false;
        m_sent += count;
    }
    m_pending.clear();
    m_sent = 0;
    return true;
}

SocketTransport::SocketTransport(Socket socket)
    : m_socket(std::move(socket))
{ }

void SocketTransport::wait(WakeEvent &wake, std::chrono::milliseconds limit)
{
    const PollResult ready = pollSocket(m_socket.handle(), hasPending(), wake, limit);
    m_isDry = false;
    if (ready.woken)
        wake.clear();
}

void SocketTransport::shutdown()
{
    m_isDry = false; // the end shall be seen without another wait
    m_socket.shutdown();
}

qint64 SocketTransport::rawReceive(char *buffer, qint64 size)
{
    if (m_isDry)
        return -EAGAIN;
    const qint64 count = m_socket.receive(buffer, size);
    m_isDry = count == -EAGAIN;
    return count;
}

qint64 SocketTransport::rawSend(const char *data, qint64 size)
{
    return m_socket.send(data, size);
}

} // namespace kwup
