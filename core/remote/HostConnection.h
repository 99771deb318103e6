#pragma once

#include "core/base/Result.h"
#include "core/remote/Command.h"
#include "core/remote/Host.h"

#include <functional>
#include <stop_token>

namespace kwup {

/// Runs commands on one host. Blocks; one call at a time; call from one worker thread only.
class CommandRunner {
public:
    virtual ~CommandRunner() = default;

    /// Result: how the command ended (also exit code ≠ 0 or a signal). Error: the connection or the
    /// privilege failed (ConnectionLost, HostSilent, CommandTimeout, Sudo…, Cancelled).
    virtual Result<CommandOutput> run(const Command &command, std::stop_token stop) = 0;

    /// The HostSpec::id() of the host.
    virtual QString hostId() const = 0;
};

/// How far an upload is. Bytes; `sent` includes what an earlier, cut upload had left there.
struct TransferProgress {
    qint64 sent = 0;
    qint64 total = 0;
};

struct UploadRequest {
    QString localFile;
    QString remoteFile; ///< absolute; its directory must exist and be writable by the login user
    QByteArray sha256; ///< lower-case hex of the local file
    std::function<void(TransferProgress)> onProgress = {}; ///< worker thread, ≤ 10 calls a second
};

/// Copies one file to a host: free-space check, `.part` file, resume of a cut upload after
/// comparing the prefix, fsync, remote SHA-256, atomic rename. If remoteFile already has the right
/// SHA-256 nothing is sent. Same threading rule as CommandRunner.
class FileTransfer {
public:
    virtual ~FileTransfer() = default;
    virtual Result<void> upload(const UploadRequest &request, std::stop_token stop) = 0;
};

/// A logged-in host. Not thread-safe: one thread uses it. Destroying it closes the connection at
/// once (detached jobs on the host go on).
class HostConnection : public CommandRunner, public FileTransfer {
public:
    /// How root is reached, found at the first Root command or by probePrivilege().
    virtual Result<PrivilegeMode> probePrivilege(std::stop_token stop) = 0;
};

/// Asked while connecting, in the worker thread; an implementation may block until the operator
/// has answered (and must return early when `stop` is requested).
class ConnectPrompts {
public:
    struct UnknownKey {
        QString host; ///< HostSpec::id()
        QString keyType; ///< "ssh-ed25519" …
        QString fingerprint; ///< "SHA256:…" as OpenSSH prints it
    };
    struct Question {
        QString text; ///< from the server; untrusted
        bool echo = false;
    };
    virtual ~ConnectPrompts() = default;
    /// true: trust and remember in the program's own known-hosts file.
    virtual bool trustHostKey(const UnknownKey &key, std::stop_token stop) = 0;
    /// Answers to keyboard-interactive questions that the known secrets do not answer (one-time
    /// codes, password change). Empty list = give up.
    virtual QList<Secret> answer(const QString &host, const QString &title,
                                 const QList<Question> &questions, std::stop_token stop) = 0;
};

/// Opens connections. Thread-safe: several threads may connect at once.
class HostConnector {
public:
    virtual ~HostConnector() = default;
    virtual Result<std::unique_ptr<HostConnection>> connect(const HostSpec &spec,
                                                            const HostSecrets &secrets,
                                                            ConnectPrompts &prompts,
                                                            std::stop_token stop) = 0;
};

} // namespace kwup
