#include "core/ssh/SshConnector.h"

#include "core/ssh/Authenticator.h"
#include "core/ssh/KnownHosts.h"
#include "core/ssh/SshConnection.h"
#include "core/ssh/TcpConnect.h"
#include "core/ssh/TunnelTransport.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QStandardPaths>

#include <libssh2.h>

namespace kwup {

namespace {

Q_LOGGING_CATEGORY(Ssh, "kwup.ssh")

/// Strongest first. ssh-rsa (SHA-1) only for hosts that are known by such a key.
const QStringList HostKeyTypes{
    QStringLiteral("ssh-ed25519"),         QStringLiteral("ecdsa-sha2-nistp256"),
    QStringLiteral("ecdsa-sha2-nistp384"), QStringLiteral("ecdsa-sha2-nistp521"),
    QStringLiteral("rsa-sha2-512"),        QStringLiteral("rsa-sha2-256"),
};

/// The server shows the first type it has: the stored ones must come first, or every host that is
/// known by another type would look changed.
QStringList preferredTypes(const QStringList &stored)
{
    QStringList types;
    for (const QString &type : stored) {
        if (type == u"ssh-rsa")
            types += {QStringLiteral("rsa-sha2-512"), QStringLiteral("rsa-sha2-256"), type};
        else
            types += type;
    }
    types += HostKeyTypes;
    types.removeDuplicates();
    return types;
}

Error asConnectTimeout(Error error, std::chrono::milliseconds limit)
{
    if (error.code == ErrorCode::CommandTimeout || error.code == ErrorCode::HostSilent) {
        error.code = ErrorCode::ConnectTimeout;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
        error.args = QStringList{QString::number(seconds)};
    }
    return error;
}

} // namespace

/// One machine on the way, with what is needed to log in to it.
struct SshConnector::Hop {
    QString id;
    QString address;
    quint16 port = 22;
    Login login;
};

SshConfig SshConfig::standard()
{
    SshConfig config;
    config.userKnownHostsFile = QDir::home().filePath(QStringLiteral(".ssh/known_hosts"));
    config.ownKnownHostsFile =
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation))
            .filePath(QStringLiteral("known_hosts"));
    return config;
}

SshConnector::SshConnector(SshConfig config)
    : m_config(std::move(config))
{ }

SshConnector::~SshConnector() = default;

Result<std::unique_ptr<HostConnection>> SshConnector::connect(const HostSpec &spec,
                                                              const HostSecrets &secrets,
                                                              ConnectPrompts &prompts,
                                                              std::stop_token stop)
{
    bool asked = false;
    auto connection = connectOnce(spec, secrets, prompts, asked, stop);
    // While the operator compared the fingerprint the server may have run out of patience.
    if (!connection && asked && connection.error().code == ErrorCode::ConnectionLost)
        connection = connectOnce(spec, secrets, prompts, asked, stop);
    return connection;
}

Result<std::unique_ptr<HostConnection>> SshConnector::connectOnce(const HostSpec &spec,
                                                                  const HostSecrets &secrets,
                                                                  ConnectPrompts &prompts,
                                                                  bool &asked, std::stop_token stop)
{
    auto transport = openTransport(spec, secrets, prompts, asked, stop);
    if (!transport)
        return transport.error();
    const Hop hop{spec.id(),
                  spec.address,
                  spec.port,
                  {spec.user, spec.auth, spec.keyFile, secrets.password, secrets.passphrase}};
    auto session = openSession(std::move(transport).value(), hop, prompts, asked, stop);
    if (!session)
        return session.error();
    return std::unique_ptr<HostConnection>(
        std::make_unique<SshConnection>(std::move(session).value(), spec, secrets));
}

Result<std::unique_ptr<Transport>> SshConnector::openTransport(const HostSpec &spec,
                                                               const HostSecrets &secrets,
                                                               ConnectPrompts &prompts, bool &asked,
                                                               std::stop_token stop)
{
    const QString address = spec.jump ? spec.jump->address : spec.address;
    const quint16 port = spec.jump ? spec.jump->port : spec.port;
    HostSpec first;
    first.address = address;
    first.port = port;
    auto socket = tcpConnect(first.id(), address, port, m_config.connectTimeout, stop);
    if (!socket)
        return socket.error();
    std::unique_ptr<Transport> direct =
        std::make_unique<SocketTransport>(std::move(socket).value());
    if (!spec.jump)
        return direct;
    const Hop hop{first.id(),
                  address,
                  port,
                  {spec.jump->user, spec.jump->auth, spec.jump->keyFile, secrets.jumpPassword,
                   secrets.jumpPassphrase}};
    auto jump = openSession(std::move(direct), hop, prompts, asked, stop);
    if (!jump)
        return jump.error();
    auto tunnel = TunnelTransport::open(std::move(jump).value(), first.id(), spec.address,
                                        spec.port, m_config.connectTimeout, stop);
    if (!tunnel) {
        Error error = asConnectTimeout(tunnel.error(), m_config.connectTimeout);
        error.host = spec.id();
        return error;
    }
    return std::unique_ptr<Transport>(std::move(tunnel).value());
}

Result<std::unique_ptr<SshSession>> SshConnector::openSession(std::unique_ptr<Transport> transport,
                                                              const Hop &hop,
                                                              ConnectPrompts &prompts, bool &asked,
                                                              std::stop_token stop)
{
    auto session = std::make_unique<SshSession>(std::move(transport), hop.id, m_config.keepalive);
    const auto known = KnownHosts::load({m_config.userKnownHostsFile, m_config.ownKnownHostsFile});
    if (!known)
        return known.error();
    for (const QString &line : known->brokenLines())
        qCWarning(Ssh, "skipped a line that is not valid: %s", qUtf8Printable(line));
    {
        const auto limit = m_config.connectTimeout;
        const Watch watch(*session, limit, limit, stop);
        const QStringList types = preferredTypes(known->knownTypes(hop.address, hop.port));
        if (auto done = session->handshake(types, watch); !done)
            return asConnectTimeout(done.error(), limit);
    }
    if (auto trusted = checkHostKey(*session, hop, prompts, asked, stop); !trusted)
        return trusted.error();
    if (auto in = Authenticator(*session, hop.login, prompts, stop).run(); !in)
        return in.error();
    session->startKeepalive();
    return session;
}

Result<void> SshConnector::checkHostKey(SshSession &session, const Hop &hop,
                                        ConnectPrompts &prompts, bool &asked, std::stop_token stop)
{
    std::size_t size = 0;
    int type = 0;
    const char *bytes = libssh2_session_hostkey(session.raw(), &size, &type);
    const QByteArray blob(bytes, static_cast<qsizetype>(size));
    const ConnectPrompts::UnknownKey key{hop.id, keyTypeOf(blob), fingerprintOf(blob)};
    // Read again: another thread may just have stored the key of this very host.
    const auto known = KnownHosts::load({m_config.userKnownHostsFile, m_config.ownKnownHostsFile});
    if (!known)
        return known.error();
    const KnownHosts::Match match = known->check(hop.address, hop.port, blob);
    switch (match.verdict) {
    case KnownHosts::Verdict::Known:
        return {};
    case KnownHosts::Verdict::Changed:
        return session.error(ErrorCode::HostKeyChanged,
                             {key.keyType, key.fingerprint, match.where});
    case KnownHosts::Verdict::Revoked:
        return session.error(ErrorCode::HostKeyRevoked, {match.where});
    case KnownHosts::Verdict::Unknown:
        break;
    }
    asked = true;
    const bool trusted = prompts.trustHostKey(key, stop);
    if (stop.stop_requested())
        return session.error(ErrorCode::Cancelled);
    if (!trusted)
        return session.error(ErrorCode::HostKeyUnknown, {key.keyType, key.fingerprint});
    return remember(KnownHosts::line(hop.address, hop.port, blob));
}

Result<void> SshConnector::remember(const QByteArray &line)
{
    const QMutexLocker locker(&m_fileMutex);
    const QString path = m_config.ownKnownHostsFile;
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Append))
        return Error{ErrorCode::KnownHostsUnreadable, {}, {path, file.errorString()}};
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // A last line without newline would swallow ours.
    bool needsNewline = false;
    if (file.size() > 0) {
        file.seek(file.size() - 1);
        needsNewline = file.read(1) != "\n";
    }
    const QByteArray text = needsNewline ? '\n' + line : line;
    if (file.write(text) != text.size() || !file.flush())
        return Error{ErrorCode::KnownHostsUnreadable, {}, {path, file.errorString()}};
    return {};
}

} // namespace kwup
