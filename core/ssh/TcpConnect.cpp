#include "core/ssh/TcpConnect.h"

#include <QThreadPool>

#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#ifndef Q_OS_WIN
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace kwup {

namespace {

using Clock = std::chrono::steady_clock;

struct Address {
    int family = 0;
    QByteArray bytes; ///< a sockaddr
};

struct Lookup {
    std::mutex mutex;
    std::condition_variable_any done;
    bool finished = false;
    int error = 0;
    std::vector<Address> addresses;
};

void resolve(Lookup &lookup, const QByteArray &name, const QByteArray &port, int flags)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo *list = nullptr;
    const int error = ::getaddrinfo(name.constData(), port.constData(), &hints, &list);
    const std::lock_guard lock(lookup.mutex);
    lookup.error = error;
    for (const addrinfo *entry = list; entry != nullptr; entry = entry->ai_next) {
        const auto *bytes = reinterpret_cast<const char *>(entry->ai_addr);
        lookup.addresses.push_back(
            {entry->ai_family, QByteArray(bytes, static_cast<qsizetype>(entry->ai_addrlen))});
    }
    if (list != nullptr)
        ::freeaddrinfo(list);
    lookup.finished = true;
    lookup.done.notify_all();
}

Error timedOut(const QString &hostId, std::chrono::milliseconds limit)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
    return Error{ErrorCode::ConnectTimeout, hostId, {QString::number(seconds)}};
}

/// The system's resolver cannot be interrupted, so it works in a pool thread that is left alone
/// when time is over.
Result<std::vector<Address>> lookUp(const QString &hostId, const QString &address, quint16 port,
                                    Clock::time_point end, std::chrono::milliseconds limit,
                                    std::stop_token stop)
{
    const auto lookup = std::make_shared<Lookup>();
    const QByteArray name = address.toUtf8();
    const QByteArray service = QByteArray::number(port);
    resolve(*lookup, name, service, AI_NUMERICHOST);
    if (lookup->error != 0) {
        lookup->finished = false;
        QThreadPool::globalInstance()->start(
            [lookup, name, service] { resolve(*lookup, name, service, 0); });
    }
    std::unique_lock lock(lookup->mutex);
    lookup->done.wait_until(lock, stop, end, [&] { return lookup->finished; });
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, hostId};
    if (!lookup->finished)
        return timedOut(hostId, limit);
    if (lookup->error != 0 || lookup->addresses.empty()) {
#ifdef Q_OS_WIN
        const QString why = qt_error_string(lookup->error);
#else
        const QString why = QString::fromLocal8Bit(::gai_strerror(lookup->error));
#endif
        return Error{ErrorCode::HostUnreachable, hostId, {why}};
    }
    return std::move(lookup->addresses);
}

void tune(SocketHandle handle)
{
    const int on = 1;
    const auto *value = reinterpret_cast<const char *>(&on);
    ::setsockopt(handle, SOL_SOCKET, SO_KEEPALIVE, value, sizeof(on));
    ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, value, sizeof(on));
#ifndef Q_OS_WIN
    ::fcntl(handle, F_SETFD, FD_CLOEXEC);
#endif
}

/// 0, or why this address did not answer; EAGAIN when time was over or a stop requested.
int connectOne(Socket &socket, const Address &address, Clock::time_point end, WakeEvent &wake,
               std::stop_token stop)
{
    socket = Socket(::socket(address.family, SOCK_STREAM, 0));
    if (!socket.isValid() || !socket.makeNonBlocking())
        return lastSocketError();
    tune(socket.handle());
    const auto *name = reinterpret_cast<const sockaddr *>(address.bytes.constData());
    const auto length = static_cast<socklen_t>(address.bytes.size());
    if (::connect(socket.handle(), name, length) == 0)
        return 0;
    if (const int error = lastSocketError(); error != EAGAIN)
        return error;
    while (!stop.stop_requested() && Clock::now() < end) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        const PollResult ready = pollSocket(socket.handle(), true, wake, left);
        if (ready.writable || ready.readable)
            return pendingError(socket.handle());
    }
    return EAGAIN;
}

} // namespace

Result<Socket> tcpConnect(const QString &hostId, const QString &address, quint16 port,
                          std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto end = Clock::now() + limit;
    auto addresses = lookUp(hostId, address, port, end, limit, stop);
    if (!addresses)
        return addresses.error();
    WakeEvent wake;
    const std::stop_callback wakeUp(stop, [&wake] { wake.wake(); });
    int error = EAGAIN;
    for (std::size_t i = 0; i < addresses->size(); ++i) {
        // Each address gets its share, so that one that swallows packets does not use up all.
        const auto left = end - Clock::now();
        const auto share = left / static_cast<int>(addresses->size() - i);
        Socket socket;
        error = connectOne(socket, (*addresses)[i], Clock::now() + share, wake, stop);
        if (error == 0)
            return socket;
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, hostId};
    }
    if (error == EAGAIN)
        return timedOut(hostId, limit);
    return Error{ErrorCode::HostUnreachable, hostId, {socketErrorText(error)}};
}

} // namespace kwup
