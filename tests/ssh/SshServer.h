#pragma once

#include "core/ssh/SshConnector.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace kwup::test {

/// A real sshd on 127.0.0.1 with keys, configuration and home directory of its own, in the
/// foreground below this process. Logs in as the user that runs the test. Ended with the object.
class SshServer final {
public:
    struct Options {
        QStringList configLines = {}; ///< appended to sshd_config
        QString hostKeyType = QStringLiteral("ed25519"); ///< of ssh-keygen -t
        QByteArray bashrc = {}; ///< printed or run before each command, as a login shell would
        /// Lines for a private /etc/shadow ("NAME:CRYPT:DAYS:…"), and PAM on; root only. The users
        /// have uid 0. Nothing of this is seen outside of the daemon's mount namespace.
        QByteArray shadowLines = {};
        bool smallDisk =
            false; ///< mounts 8 MiB at path("small"), seen by the daemon only; root only
    };
    explicit SshServer(const Options &options);
    SshServer();
    ~SshServer();
    Q_DISABLE_COPY_MOVE(SshServer)

    /// Empty when it runs; otherwise why the tests have to be skipped.
    const QString &problem() const { return m_problem; }

    quint16 port() const { return m_port; }
    QString path(const QString &name) const { return m_directory.filePath(name); }
    /// The directory that commands see as $HOME; its `bin` comes first in PATH.
    QString home() const { return path(QStringLiteral("home")); }
    void writeFile(const QString &name, const QByteArray &contents, bool executable = false) const;
    QByteArray readFile(const QString &name) const;

    /// Makes a key pair and lets it log in. Returns the private key's path.
    QString makeKey(const QString &type, const QString &passphrase = {},
                    const QStringList &options = {});
    /// A value for Options::shadowLines.
    static QByteArray crypted(const QByteArray &password);
    HostSpec spec(const QString &keyFile = {}) const; ///< by the standard key unless named
    SshConfig config() const;
    QByteArray hostKeyBlob() const;
    QString hostPublicKeyFile() const { return path(QStringLiteral("host.pub")); }

    /// Pids of the processes that serve sessions now (children of the daemon).
    QList<qint64> sessionProcesses() const;
    void killSessions() const; ///< SIGKILL: to the client a lost connection
    QString log() const;

private:
    void start(const Options &options);
    void preparePrivateEtc(const Options &options);
    void launch(const Options &options);
    QByteArray configText(const Options &options) const;
    bool runTool(const QString &program, const QStringList &arguments);

    QTemporaryDir m_directory;
    QProcess m_daemon;
    QString m_problem;
    QString m_user;
    quint16 m_port = 0;
};

/// Prompts with answers given in advance; counts what was asked.
class ScriptedPrompts final : public ConnectPrompts {
public:
    bool trusts = true;
    QList<QList<Secret>> answers;
    QList<UnknownKey> keys;
    QStringList questions;

    bool trustHostKey(const UnknownKey &key, std::stop_token stop) override;
    QList<Secret> answer(const QString &host, const QString &title, const QList<Question> &asked,
                         std::stop_token stop) override;
};

} // namespace kwup::test
