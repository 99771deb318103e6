#include "core/ssh/Socket.h"

#include <cerrno>
#include <utility>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#endif

namespace kwup {

namespace {

void closeHandle(SocketHandle handle)
{
    if (handle == InvalidSocket)
        return;
#ifdef Q_OS_WIN
    ::closesocket(handle);
#else
    ::close(handle);
#endif
}

} // namespace

Socket::~Socket()
{
    closeHandle(m_handle);
}

Socket::Socket(Socket &&other) noexcept
    : m_handle(std::exchange(other.m_handle, InvalidSocket))
{ }

Socket &Socket::operator=(Socket &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    return *this;
}

bool Socket::makeNonBlocking()
{
#ifdef Q_OS_WIN
    u_long on = 1;
    return ::ioctlsocket(m_handle, FIONBIO, &on) == 0;
#else
    const int flags = ::fcntl(m_handle, F_GETFL, 0);
    return flags >= 0 && ::fcntl(m_handle, F_SETFL, flags | O_NONBLOCK) == 0;
#endif
}

void Socket::shutdown()
{
#ifdef Q_OS_WIN
    ::shutdown(m_handle, SD_BOTH);
#else
    ::shutdown(m_handle, SHUT_RDWR);
#endif
}

qint64 Socket::receive(char *buffer, qint64 size)
{
#ifdef Q_OS_WIN
    const qint64 count = ::recv(m_handle, buffer, static_cast<int>(size), 0);
#else
    const qint64 count = ::recv(m_handle, buffer, static_cast<std::size_t>(size), 0);
#endif
    return count >= 0 ? count : -lastSocketError();
}

qint64 Socket::send(const char *data, qint64 size)
{
#ifdef Q_OS_WIN
    const qint64 count = ::send(m_handle, data, static_cast<int>(size), 0);
#else
    const qint64 count = ::send(m_handle, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
#endif
    return count >= 0 ? count : -lastSocketError();
}

#ifdef Q_OS_WIN

WakeEvent::WakeEvent()
{
    // A datagram socket connected to itself: the one thing WSAPoll can watch without a listener.
    m_read = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int length = sizeof(address);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    ::bind(m_read, generic, length);
    ::getsockname(m_read, generic, &length);
    ::connect(m_read, generic, length);
    u_long on = 1;
    ::ioctlsocket(m_read, FIONBIO, &on);
    m_write = m_read;
}

WakeEvent::~WakeEvent()
{
    closeHandle(m_read);
}

void WakeEvent::wake()
{
    ::send(m_write, "w", 1, 0);
}

void WakeEvent::clear()
{
    char buffer[64];
    while (::recv(m_read, buffer, sizeof(buffer), 0) > 0) { }
}

#else

WakeEvent::WakeEvent()
{
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return;
    for (const int end : ends) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    m_read = ends[0];
    m_write = ends[1];
}

WakeEvent::~WakeEvent()
{
    closeHandle(m_read);
    closeHandle(m_write);
}

void WakeEvent::wake()
{
    // A full pipe is a wake that is already under way.
    [[maybe_unused]] const auto written = ::write(m_write, "w", 1);
}

void WakeEvent::clear()
{
    char buffer[64];
    while (::read(m_read, buffer, sizeof(buffer)) > 0) { }
}

#endif

PollResult pollSocket(SocketHandle socket, bool forWriting, const WakeEvent &wake,
                      std::chrono::milliseconds limit)
{
#ifdef Q_OS_WIN
    using PollEntry = WSAPOLLFD;
#else
    using PollEntry = pollfd;
#endif
    PollEntry entries[2] = {};
    entries[0].fd = socket;
    entries[0].events = static_cast<short>(POLLIN | (forWriting ? POLLOUT : 0));
    entries[1].fd = wake.handle();
    entries[1].events = POLLIN;
    const int milliseconds = static_cast<int>(std::max<qint64>(limit.count(), 0));
#ifdef Q_OS_WIN
    const int ready = ::WSAPoll(entries, 2, milliseconds);
#else
    const int ready = ::poll(entries, 2, milliseconds);
#endif
    if (ready <= 0)
        return {};
    PollResult result;
    result.readable = (entries[0].revents & (POLLIN | POLLERR | POLLHUP | POLLNVAL)) != 0;
    result.writable = (entries[0].revents & POLLOUT) != 0;
    result.woken = entries[1].revents != 0;
    return result;
}

int pendingError(SocketHandle socket)
{
    int error = 0;
#ifdef Q_OS_WIN
    int length = sizeof(error);
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char *>(&error), &length);
#else
    socklen_t length = sizeof(error);
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
#endif
    return error;
}

int lastSocketError()
{
#ifdef Q_OS_WIN
    const int error = ::WSAGetLastError();
    return error == WSAEWOULDBLOCK || error == WSAEINPROGRESS ? EAGAIN : error;
#else
    return errno == EINPROGRESS || errno == EWOULDBLOCK || errno == EINTR ? EAGAIN : errno;
#endif
}

QString socketErrorText(int error)
{
#ifdef Q_OS_WIN
    return qt_error_string(error);
#else
    return QString::fromLocal8Bit(std::strerror(error));
#endif
}

} // namespace kwup
