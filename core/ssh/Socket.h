#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <chrono>

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <sys/socket.h>
#endif

namespace kwup {

#ifdef Q_OS_WIN
using SocketHandle = SOCKET;
constexpr SocketHandle InvalidSocket = INVALID_SOCKET;
#else
using SocketHandle = int;
constexpr SocketHandle InvalidSocket = -1;
#endif

/// Owns one non-blocking TCP socket (or an end of a pair). Move-only.
class Socket final {
public:
    Socket() = default;
    explicit Socket(SocketHandle handle)
        : m_handle(handle)
    { }
    ~Socket();
    Socket(Socket &&other) noexcept;
    Socket &operator=(Socket &&other) noexcept;
    Q_DISABLE_COPY(Socket)

    SocketHandle handle() const { return m_handle; }
    bool isValid() const { return m_handle != InvalidSocket; }
    bool makeNonBlocking();
    /// Ends the connection at once in both directions; the handle stays open.
    void shutdown();
    /// Bytes moved; 0 = closed by the peer (receive only); -EAGAIN; otherwise a negative error.
    qint64 receive(char *buffer, qint64 size);
    qint64 send(const char *data, qint64 size);

private:
    SocketHandle m_handle = InvalidSocket;
};

/// Wakes a poll from any thread. wake() may be called from a stop callback.
class WakeEvent final {
public:
    WakeEvent();
    ~WakeEvent();
    Q_DISABLE_COPY_MOVE(WakeEvent)

    void wake();
    void clear();
    SocketHandle handle() const { return m_read; }

private:
    SocketHandle m_read = InvalidSocket;
    SocketHandle m_write = InvalidSocket;
};

struct PollResult {
    bool readable = false;
    bool writable = false;
    bool woken = false;
};

/// Waits for the socket or the wake event; at most `limit`. An error or hang-up is `readable`.
PollResult pollSocket(SocketHandle socket, bool forWriting, const WakeEvent &wake,
                      std::chrono::milliseconds limit);

/// The socket's own error after a non-blocking connect; 0 = connected.
int pendingError(SocketHandle socket);
/// Of the last call in this thread; would-block conditions are EAGAIN.
int lastSocketError();
QString socketErrorText(int error);

} // namespace kwup
