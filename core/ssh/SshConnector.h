#pragma once

#include "core/remote/HostConnection.h"

#include <QMutex>

#include <memory>

namespace kwup {

class SshSession;
class Transport;
struct Login;

/// Where known host keys are kept and how patient connecting is.
struct SshConfig {
    QString userKnownHostsFile; ///< read, never written
    QString ownKnownHostsFile; ///< keys the operator confirmed are appended here, mode 0600
    std::chrono::milliseconds connectTimeout{15000}; ///< TCP and key exchange, each hop
    std::chrono::seconds keepalive{5}; ///< while a command waits

    /// ~/.ssh/known_hosts, and known_hosts in the program's data directory.
    static SshConfig standard();
};

/// Opens SSH connections with libssh2. Thread-safe; needs an SshLibrary for its whole life. The
/// host key is checked before anything secret is sent, on the jump host as well.
class SshConnector final : public HostConnector {
public:
    explicit SshConnector(SshConfig config);
    ~SshConnector() override;

    Result<std::unique_ptr<HostConnection>> connect(const HostSpec &spec,
                                                    const HostSecrets &secrets,
                                                    ConnectPrompts &prompts,
                                                    std::stop_token stop) override;

private:
    struct Hop;
    Result<std::unique_ptr<Transport>> openTransport(const HostSpec &spec,
                                                     const HostSecrets &secrets,
                                                     ConnectPrompts &prompts, bool &asked,
                                                     std::stop_token stop);
    Result<std::unique_ptr<SshSession>> openSession(std::unique_ptr<Transport> transport,
                                                    const Hop &hop, ConnectPrompts &prompts,
                                                    bool &asked, std::stop_token stop);
    Result<void> checkHostKey(SshSession &session, const Hop &hop, ConnectPrompts &prompts,
                              bool &asked, std::stop_token stop);
    Result<std::unique_ptr<HostConnection>> connectOnce(const HostSpec &spec,
                                                        const HostSecrets &secrets,
                                                        ConnectPrompts &prompts, bool &asked,
                                                        std::stop_token stop);
    Result<void> remember(const QByteArray &line);

    SshConfig m_config;
    QMutex m_fileMutex;
};

} // namespace kwup
