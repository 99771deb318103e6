#include "core/ssh/SshConnection.h"

#include "core/ssh/Uploader.h"

namespace kwup {

namespace {

using namespace std::chrono_literals;

ShellRoute routeOf(PrivilegeMode mode)
{
    if (mode == PrivilegeMode::SudoNoPassword)
        return ShellRoute::SudoNoPassword;
    return mode == PrivilegeMode::SudoPassword ? ShellRoute::SudoPassword : ShellRoute::Direct;
}

bool needsTerminal(const QByteArray &text)
{
    return text.contains("you must have a tty") || text.contains("no tty present");
}

bool wantsPassword(const QByteArray &text)
{
    return text.contains("a password is required") || text.contains("no password was provided")
        || text.contains("a terminal is required") || text.contains("no askpass program");
}

} // namespace

SshConnection::SshConnection(std::unique_ptr<SshSession> session, HostSpec spec,
                             HostSecrets secrets)
    : m_session(std::move(session))
    , m_spec(std::move(spec))
    , m_secrets(std::move(secrets))
{ }

SshConnection::~SshConnection() = default;

Result<CommandOutput> SshConnection::run(const Command &command, std::stop_token stop)
{
    if (command.runAs == RunAs::LoginUser)
        return runBy(ShellRoute::Direct, command, stop);
    const auto privilege = probePrivilege(stop);
    if (!privilege)
        return privilege.error();
    return runBy(routeOf(*privilege), command, stop);
}

Result<CommandOutput> SshConnection::runWithProgress(const Command &command, std::stop_token stop,
                                                     std::function<void(qint64)> progress)
{
    return runBy(ShellRoute::Direct, command, stop, std::move(progress));
}

Result<void> SshConnection::upload(const UploadRequest &request, std::stop_token stop)
{
    return Uploader(*this, request, stop).run();
}

Result<PrivilegeMode> SshConnection::probePrivilege(std::stop_token stop)
{
    if (!m_privilege) {
        const auto found = findPrivilege(stop);
        if (!found)
            return found.error();
        m_privilege = *found;
    }
    return *m_privilege;
}

Result<PrivilegeMode> SshConnection::findPrivilege(std::stop_token stop)
{
    const Command whoAmI{QStringLiteral("id -u")};
    const auto uid = runBy(ShellRoute::Direct, whoAmI, stop);
    if (!uid)
        return uid.error();
    if (uid->out.trimmed() == "0")
        return PrivilegeMode::Root;
    const Command nothing{QStringLiteral(":")};
    const bool hasPassword = !m_secrets.sudoPassword.isEmpty() || !m_secrets.password.isEmpty();
    if (m_spec.privilege != PrivilegeMode::SudoPassword || !hasPassword) {
        const auto quiet = runBy(ShellRoute::SudoNoPassword, nothing, stop);
        if (quiet)
            return PrivilegeMode::SudoNoPassword;
        if (quiet.error().code != ErrorCode::SudoPasswordNeeded || !hasPassword)
            return quiet.error();
    }
    const auto asked = runBy(ShellRoute::SudoPassword, nothing, stop);
    if (!asked)
        return asked.error();
    return PrivilegeMode::SudoPassword;
}

Result<CommandOutput> SshConnection::runBy(ShellRoute route, const Command &command,
                                           std::stop_token stop,
                                           std::function<void(qint64)> progress)
{
    const bool isSudo = route != ShellRoute::Direct;
    auto outcome = attempt(route, command, isSudo && m_sudoNeedsTerminal, stop, progress);
    const bool retry = outcome && isSudo && !outcome->hasBegun && !m_sudoNeedsTerminal
        && needsTerminal(outcome->noise);
    if (retry) {
        // requiretty: nothing ran and nothing was sent yet, so a second try is safe.
        outcome = attempt(route, command, true, stop, progress);
        m_sudoNeedsTerminal = outcome && outcome->hasBegun;
    }
    if (!outcome) {
        Error error = outcome.error();
        error.command = command.script;
        if (error.code == ErrorCode::CommandTimeout)
            error.args = {command.script.left(200), error.args.value(1)};
        return error;
    }
    if (!outcome->hasEnded)
        return failure(route, command, *outcome);
    m_chatty = m_chatty || (route == ShellRoute::Direct && !outcome->noise.isEmpty());
    return outcome->output;
}

Result<ShellOutcome> SshConnection::attempt(ShellRoute route, const Command &command,
                                            bool onTerminal, std::stop_token stop,
                                            std::function<void(qint64)> progress)
{
    if (stop.stop_requested())
        return m_session->error(ErrorCode::Cancelled);
    if (m_session->isDead())
        return m_session->error(ErrorCode::ConnectionLost);
    const Watch watch(*m_session, command.deadline, command.silence, stop);
    ShellRun shell(*m_session, command, route, onTerminal);
    if (route == ShellRoute::SudoPassword)
        shell.setSudoPassword(m_secrets.sudoPassword.isEmpty() ? m_secrets.password
                                                               : m_secrets.sudoPassword);
    shell.setInputProgress(std::move(progress));
    return shell.run(watch);
}

Error SshConnection::failure(ShellRoute route, const Command &command,
                             const ShellOutcome &outcome) const
{
    Error error = m_session->error(ErrorCode::OutputUnexpected, {command.script.left(200)});
    const QByteArray &noise = outcome.noise;
    if (noise.contains("Password change required") || noise.contains("password has expired")) {
        error.code = ErrorCode::PasswordExpired;
        error.args = QStringList{m_spec.user};
    } else if (route != ShellRoute::Direct && !outcome.hasBegun) {
        error.code = sudoFailure(route, outcome);
        error.args = QStringList{m_spec.user};
    }
    error.command = command.script;
    error.exitCode = outcome.output.exitCode;
    error.evidence = (noise + outcome.output.out + outcome.output.err).left(4000);
    return error;
}

ErrorCode SshConnection::sudoFailure(ShellRoute route, const ShellOutcome &outcome) const
{
    const QByteArray &text = outcome.noise;
    const bool missing =
        outcome.output.exitCode == 127 || (text.contains("sudo") && text.contains("No such file"));
    if (missing)
        return ErrorCode::SudoMissing;
    if (outcome.passwordRefused || text.contains("incorrect password"))
        return ErrorCode::SudoPasswordWrong;
    if (wantsPassword(text))
        return route == ShellRoute::SudoNoPassword ? ErrorCode::SudoPasswordNeeded
                                                   : ErrorCode::SudoPasswordWrong;
    return ErrorCode::SudoNotAllowed;
}

} // namespace kwup
