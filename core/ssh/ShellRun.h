#pragma once

#include "core/base/Secret.h"
#include "core/ssh/RemoteShell.h"
#include "core/ssh/SshSession.h"

#include <optional>

namespace kwup {

/// What happened to one command on one channel, before it is judged.
struct ShellOutcome {
    CommandOutput output;
    bool hasBegun = false; ///< the script's shell came up
    bool hasEnded = false; ///< both end marks, or a signal: the output is complete
    bool passwordRefused = false; ///< sudo asked a second time
    QByteArray noise; ///< what came instead of, or before, the begin marks
};

/// Runs one command: opens a channel, plays sudo's part, feeds standard input and always drains
/// both outputs. Use once, in the session's thread.
class ShellRun final {
public:
    ShellRun(SshSession &session, const Command &command, ShellRoute route, bool onTerminal);
    ~ShellRun();
    Q_DISABLE_COPY_MOVE(ShellRun)

    void setSudoPassword(const Secret &password) { m_password = password; }
    /// Called with the bytes of Command::input that were handed to the connection.
    void setInputProgress(std::function<void(qint64)> progress);

    /// Errors: those of SshSession::wait(), ProtocolError.
    Result<ShellOutcome> run(const Watch &watch);

private:
    Result<void> open(const Watch &watch);
    Result<bool> step(); ///< whether anything moved
    Result<bool> write();
    Result<bool> writeBytes(const char *data, qsizetype size, qsizetype &done);
    Result<bool> read(int stream);
    void takeOutput(const QByteArray &bytes);
    void playSudo();
    bool isOver(const Watch &watch);
    QByteArray exitSignal() const;
    ShellOutcome outcome(const Watch &watch) const;
    Error lost(int code);

    SshSession &m_session;
    const Command &m_command;
    RemoteShell m_shell;
    ShellRoute m_route;
    bool m_onTerminal;
    Secret m_password;
    std::function<void(qint64)> m_progress;

    LIBSSH2_CHANNEL *m_channel = nullptr;
    MarkedStream m_out;
    MarkedStream m_err;
    Secret m_answer; ///< password and newline, while it is being sent
    qsizetype m_answerSent = 0;
    qsizetype m_scriptSent = 0;
    qsizetype m_inputSent = 0;
    int m_prompts = 0;
    bool m_eofSent = false;
    bool m_inputRefused = false; ///< the command closed its standard input
    std::optional<Watch::Clock::time_point> m_exitSeen;
};

} // namespace kwup
