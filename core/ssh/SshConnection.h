#pragma once

#include "core/remote/HostConnection.h"
#include "core/ssh/ShellRun.h"
#include "core/ssh/SshSession.h"

#include <memory>
#include <optional>

namespace kwup {

/// A logged-in host. See HostConnection for the contract; one worker thread uses it.
class SshConnection final : public HostConnection {
public:
    SshConnection(std::unique_ptr<SshSession> session, HostSpec spec, HostSecrets secrets);
    ~SshConnection() override;

    Result<CommandOutput> run(const Command &command, std::stop_token stop) override;
    QString hostId() const override { return m_session->hostId(); }
    Result<void> upload(const UploadRequest &request, std::stop_token stop) override;
    Result<PrivilegeMode> probePrivilege(std::stop_token stop) override;

    SshSession &session() { return *m_session; }
    /// Something wrote into the output of a command before it began (a .bashrc that prints).
    bool isChatty() const { return m_chatty; }
    /// As run() for the login user; `progress` gets the bytes of Command::input sent so far.
    Result<CommandOutput> runWithProgress(const Command &command, std::stop_token stop,
                                          std::function<void(qint64)> progress);

private:
    Result<CommandOutput> runBy(ShellRoute route, const Command &command, std::stop_token stop,
                                std::function<void(qint64)> progress = {});
    Result<ShellOutcome> attempt(ShellRoute route, const Command &command, bool onTerminal,
                                 std::stop_token stop, std::function<void(qint64)> progress);
    Result<PrivilegeMode> findPrivilege(std::stop_token stop);
    Error failure(ShellRoute route, const Command &command, const ShellOutcome &outcome) const;
    ErrorCode sudoFailure(ShellRoute route, const ShellOutcome &outcome) const;

    std::unique_ptr<SshSession> m_session;
    HostSpec m_spec;
    HostSecrets m_secrets;
    std::optional<PrivilegeMode> m_privilege;
    bool m_sudoNeedsTerminal = false;
    bool m_chatty = false;
};

} // namespace kwup
