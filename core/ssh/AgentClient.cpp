#include "core/ssh/AgentClient.h"

#include "core/ssh/WireFormat.h"

#include <QCoreApplication>
#include <QtEndian>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#endif

// Protocol: draft-miller-ssh-agent.

namespace kwup {

namespace {

constexpr char RequestIdentities = 11;
constexpr quint8 IdentitiesAnswer = 12;
constexpr char SignRequest = 13;
constexpr quint8 SignResponse = 14;
constexpr quint32 RsaSha256Flag = 2;
constexpr quint32 RsaSha512Flag = 4;
constexpr quint32 AnswerLimit = 256 * 1024;

Error unavailable(const QString &why)
{
    return Error{ErrorCode::AgentUnavailable, {}, {why}};
}

} // namespace

#ifdef Q_OS_WIN

class AgentClient::Stream final {
public:
    ~Stream()
    {
        if (m_handle != INVALID_HANDLE_VALUE)
            ::CloseHandle(m_handle);
    }
    QString open()
    {
        QString path = qEnvironmentVariable("SSH_AUTH_SOCK");
        if (path.isEmpty())
            path = QStringLiteral("\\\\.\\pipe\\openssh-ssh-agent");
        m_handle =
            ::CreateFileW(reinterpret_cast<const wchar_t *>(path.utf16()),
                          GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr);
        return m_handle == INVALID_HANDLE_VALUE ? qt_error_string() : QString();
    }
    qint64 read(char *buffer, qint64 size)
    {
        DWORD count = 0;
        return ::ReadFile(m_handle, buffer, static_cast<DWORD>(size), &count, nullptr) ? count : -1;
    }
    qint64 write(const char *data, qint64 size)
    {
        DWORD count = 0;
        return ::WriteFile(m_handle, data, static_cast<DWORD>(size), &count, nullptr) ? count : -1;
    }

private:
    HANDLE m_handle = INVALID_HANDLE_VALUE;
};

#else

class AgentClient::Stream final {
public:
    ~Stream()
    {
        if (m_socket >= 0)
            ::close(m_socket);
    }
    QString open()
    {
        const QByteArray path = qgetenv("SSH_AUTH_SOCK");
        if (path.isEmpty())
            return QCoreApplication::translate("Ssh", "SSH_AUTH_SOCK is not set");
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (static_cast<std::size_t>(path.size()) >= sizeof(address.sun_path))
            return QCoreApplication::translate("Ssh", "SSH_AUTH_SOCK is too long");
        std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
        m_socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        ::fcntl(m_socket, F_SETFD, FD_CLOEXEC);
        const timeval limit{60, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
        const auto *generic = reinterpret_cast<const sockaddr *>(&address);
        if (::connect(m_socket, generic, sizeof(address)) != 0)
            return QString::fromLocal8Bit(std::strerror(errno));
        return {};
    }
    qint64 read(char *buffer, qint64 size)
    {
        return ::recv(m_socket, buffer, static_cast<std::size_t>(size), 0);
    }
    qint64 write(const char *data, qint64 size)
    {
        return ::send(m_socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }

private:
    int m_socket = -1;
};

#endif

AgentClient::AgentClient(std::unique_ptr<Stream> stream)
    : m_stream(std::move(stream))
{ }

AgentClient::~AgentClient() = default;
AgentClient::AgentClient(AgentClient &&other) noexcept = default;
AgentClient &AgentClient::operator=(AgentClient &&other) noexcept = default;

Result<AgentClient> AgentClient::open()
{
    auto stream = std::make_unique<Stream>();
    if (const QString why = stream->open(); !why.isEmpty())
        return unavailable(why);
    return AgentClient(std::move(stream));
}

Result<QList<QByteArray>> AgentClient::identities()
{
    WireReader answer(request(QByteArray(1, RequestIdentities)));
    if (answer.byte() != IdentitiesAnswer)
        return unavailable(QCoreApplication::translate("Ssh", "the agent did not list its keys"));
    QList<QByteArray> keys;
    const quint32 count = answer.number();
    for (quint32 i = 0; i < count && answer.isValid(); ++i) {
        const QByteArray blob = answer.string();
        answer.string(); // the comment
        const QByteArray type = WireReader(blob).string();
        // Their signatures have parts that libssh2's public-key call cannot carry.
        if (answer.isValid() && !type.contains("-cert-") && !type.startsWith("sk-"))
            keys += blob;
    }
    return keys;
}

QByteArray AgentClient::sign(const QByteArray &keyBlob, const QByteArray &algorithm,
                             const QByteArray &data)
{
    quint32 flags = 0;
    if (algorithm == "rsa-sha2-512")
        flags = RsaSha512Flag;
    else if (algorithm == "rsa-sha2-256")
        flags = RsaSha256Flag;
    WireReader answer(request(QByteArray(1, SignRequest) + wireString(keyBlob) + wireString(data)
                              + wireNumber(flags)));
    if (answer.byte() != SignResponse)
        return {};
    WireReader signature(answer.string());
    signature.string(); // the format name
    return signature.string();
}

/// Empty when the agent went away or answered nonsense.
QByteArray AgentClient::request(const QByteArray &message)
{
    const QByteArray bytes = wireString(message);
    if (m_stream->write(bytes.constData(), bytes.size()) != bytes.size())
        return {};
    QByteArray answer;
    qsizetype wanted = 4;
    bool hasSize = false;
    while (answer.size() < wanted) {
        char buffer[4096];
        const qint64 count =
            m_stream->read(buffer, qMin<qint64>(sizeof(buffer), wanted - answer.size()));
        if (count <= 0)
            return {};
        answer.append(buffer, count);
        if (hasSize || answer.size() < 4)
            continue;
        const quint32 size = qFromBigEndian<quint32>(answer.constData());
        if (size > AnswerLimit)
            return {};
        wanted += size;
        hasSize = true;
    }
    return answer.mid(4);
}

} // namespace kwup
