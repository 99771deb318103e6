#pragma once

#include "core/remote/HostConnection.h"

#include <QHash>
#include <QList>
#include <QRegularExpression>
#include <QStringList>

#include <memory>
#include <optional>

namespace kwup::test {

/// What a scripted host answers to one command.
struct FakeReply {
    QByteArray out = {};
    QByteArray err = {};
    int exitCode = 0;
    QString signal = {};
    std::chrono::milliseconds delay{0}; ///< ends early (Cancelled) when stop is requested
    bool losesConnection = false; ///< after `out` was handed to onOutput; this connection is dead
    std::optional<Error> error = {}; ///< instead of an output; `host` is filled in
};

/// A detached job as an in-memory host plays it: start, state, attach and cancel behave as job.sh.
struct FakeJob {
    QByteArray log = {};
    int exitCode = 0;
    std::chrono::milliseconds duration{0}; ///< the log comes at its end
    QString lost = {}; ///< "killed", "reboot": the job ends like this instead of with a code
    qsizetype connectionLostAfter = -1; ///< bytes of log after which the first attach is cut off
    std::function<void(const QByteArray &script)> onStart = {}; ///< e.g. to change other rules
};

/// A host without a network, for tests of everything above HostConnection. Fails on anything that
/// was not scripted: run() gives an Internal error and unexpected() lists the script. Rules are
/// looked at newest first, so a test can change its mind. Thread-safe; connections share it.
class FakeHost {
public:
    explicit FakeHost(QString id = QStringLiteral("node1"));
    ~FakeHost();
    Q_DISABLE_COPY_MOVE(FakeHost)

    /// The replies are given in order, the last one again and again.
    void on(const QString &part, QList<FakeReply> replies);
    void on(const QRegularExpression &pattern, QList<FakeReply> replies);
    /// `answer` computes the reply from the command.
    void on(const QString &part, std::function<FakeReply(const Command &)> answer);
    /// Jobs whose id contains `idPart`. A job runs once per id, whatever the number of starts.
    void onJob(const QString &idPart, FakeJob job);

    /// Scripts that no rule matches are run by /bin/sh in `directory` (also its HOME and TMPDIR),
    /// Root or not, and uploads are real copies. Processes of a connection that is cut are killed.
    void useLocalShell(const QString &directory);

    /// From any thread: running commands end with ConnectionLost, and so do all later ones on the
    /// connections open now. In shell mode this kills the running shell, not its detached jobs.
    void cutConnections();
    void setReachable(bool reachable); ///< false: connects fail with HostUnreachable
    void failConnects(QList<Error> errors); ///< one per connect, then connects work again
    void failUploads(QList<Error> errors); ///< one per upload, then uploads work again
    void setPrivilege(PrivilegeMode mode); ///< what probePrivilege() answers; Root by default

    QString id() const;
    QStringList scripts() const; ///< every script run, oldest first; job calls as "job VERB ID"
    QStringList unexpected() const; ///< scripts nobody scripted; a test ends with this empty
    QList<UploadRequest> uploads() const; ///< those that succeeded
    int jobStarts(const QString &id) const; ///< how often the job really ran: 0 or 1
    int connects() const;

    std::unique_ptr<HostConnection> connect();
    std::optional<Error> takeConnectError(); ///< why the next connect fails, if it does

private:
    class State;
    class Connection;
    std::shared_ptr<State> m_state;
};

/// Connects to the FakeHosts it was given, by HostSpec::id(). Other ids are HostUnreachable.
class FakeConnector final : public HostConnector {
public:
    void add(FakeHost &host) { m_hosts.insert(host.id(), &host); }
    Result<std::unique_ptr<HostConnection>> connect(const HostSpec &spec,
                                                    const HostSecrets &secrets,
                                                    ConnectPrompts &prompts,
                                                    std::stop_token stop) override;

private:
    QHash<QString, FakeHost *> m_hosts;
};

/// Trusts every key and answers nothing.
class FakePrompts final : public ConnectPrompts {
public:
    bool trustHostKey(const UnknownKey &key, std::stop_token stop) override;
    QList<Secret> answer(const QString &host, const QString &title,
                         const QList<Question> &questions, std::stop_token stop) override;
};

} // namespace kwup::test
