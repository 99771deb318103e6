#pragma once

#include "core/remote/HostConnection.h"
#include "core/ssh/SshSession.h"

#include <QStringList>

namespace kwup {

/// Who logs in and with what; the part of HostSpec and HostSecrets that one hop needs.
struct Login {
    QString user;
    AuthMethod auth = AuthMethod::Agent;
    QString keyFile;
    Secret password;
    Secret passphrase;
};

/// Logs in on a session whose host key was checked. Use once. Errors: AuthenticationFailed,
/// PasswordExpired, Key…, AgentUnavailable, Cancelled and those of SshSession::wait().
class Authenticator final {
public:
    Authenticator(SshSession &session, const Login &login, ConnectPrompts &prompts,
                  std::stop_token stop);
    ~Authenticator();
    Q_DISABLE_COPY_MOVE(Authenticator)

    Result<void> run();

    using SignFunction =
        std::function<QByteArray(const QByteArray &algorithm, const QByteArray &data)>;
    /// One round of keyboard-interactive; called by the library. Empty list = give up.
    QList<Secret> answer(const QString &title, const QList<ConnectPrompts::Question> &questions);

private:
    Result<QStringList> offeredMethods();
    Result<void> byAgent();
    Result<void> byKeyFile();
    Result<bool> byKey(const QByteArray &publicBlob, const SignFunction &sign);
    Result<void> byPassword(const QStringList &offered);
    Result<void> byQuestions(const QStringList &offered);
    Result<void> secondFactor(const char *method);
    Error refused(const char *method, const QStringList &offered) const;

    SshSession &m_session;
    const Login &m_login;
    ConnectPrompts &m_prompts;
    std::stop_token m_stop;
    QByteArray m_user;
    Watch m_watch;
    bool m_passwordUsed = false;
    bool m_gaveUp = false;
};

} // namespace kwup
