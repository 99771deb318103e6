#include "core/ssh/ShellRun.h"

#include <libssh2.h>

#include <array>

namespace kwup {

namespace {

using namespace std::chrono_literals;

/// After the exit status, when a child holds the streams open and no end mark came.
constexpr auto ExitGrace = 500ms;
constexpr std::size_t ReadSize = 128 * 1024;
constexpr qsizetype WriteSize = 256 * 1024;

/// RFC 4254 encoded modes: no echo, no line editing, no translation either way; ends with 0.
QByteArray rawTerminalModes()
{
    QByteArray modes;
    // ICRNL 36, IXON 38, ISIG 50, ICANON 51, ECHO 53, ECHONL 56, OPOST 70, ONLCR 72
    for (const char mode : {36, 38, 50, 51, 53, 56, 70, 72}) {
        modes += mode;
        modes += QByteArray(4, '\0');
    }
    return modes + '\0';
}

} // namespace

ShellRun::ShellRun(SshSession &session, const Command &command, ShellRoute route, bool onTerminal)
    : m_session(session)
    , m_command(command)
    , m_shell(command, route, onTerminal)
    , m_route(route)
    , m_onTerminal(onTerminal)
    , m_out(m_shell.beginMark(), m_shell.endMark(), command.outputLimit)
    , m_err(m_shell.beginMark(), m_shell.endMark(), command.outputLimit)
{ }

ShellRun::~ShellRun()
{
    m_session.closeChannel(m_channel);
}

void ShellRun::setInputProgress(std::function<void(qint64)> progress)
{
    m_progress = std::move(progress);
}

Result<ShellOutcome> ShellRun::run(const Watch &watch)
{
    if (const auto opened = open(watch); !opened)
        return opened.error();
    for (;;) {
        const auto moved = step();
        if (!moved)
            return moved.error();
        if (isOver(watch))
            return outcome(watch);
        // Packets for one stream may have come in while the other one was read.
        const bool more = *moved || libssh2_poll_channel_read(m_channel, 0) > 0
            || libssh2_poll_channel_read(m_channel, SSH_EXTENDED_DATA_STDERR) > 0;
        if (more && !watch.isStopped() && Watch::Clock::now() < watch.deadline())
            continue;
        if (const auto ended = m_session.wait(watch))
            return *ended;
    }
}

Result<void> ShellRun::open(const Watch &watch)
{
    auto channel = m_session.openChannel(watch);
    if (!channel)
        return channel.error();
    m_channel = *channel;
    if (m_onTerminal) {
        const QByteArray modes = rawTerminalModes();
        const auto granted = m_session.finish(watch, [this, &modes] {
            return libssh2_channel_request_pty_ex(m_channel, "dumb", 4, modes.constData(),
                                                  static_cast<unsigned>(modes.size()), 80, 24, 0,
                                                  0);
        });
        if (!granted)
            return granted.error();
        if (*granted != 0)
            return m_session.error(ErrorCode::ProtocolError, {m_session.lastText()});
    }
    const QByteArray line = m_shell.execLine();
    const auto started = m_session.finish(watch, [this, &line] {
        return libssh2_channel_process_startup(m_channel, "exec", 4, line.constData(),
                                               static_cast<unsigned>(line.size()));
    });
    if (!started)
        return started.error();
    if (*started != 0)
        return m_session.error(ErrorCode::ProtocolError, {m_session.lastText()});
    return {};
}

Result<bool> ShellRun::step()
{
    auto moved = write();
    if (!moved)
        return moved;
    bool any = *moved;
    for (const int stream : {0, SSH_EXTENDED_DATA_STDERR}) {
        moved = read(stream);
        if (!moved)
            return moved;
        any = any || *moved;
    }
    if (m_route == ShellRoute::SudoPassword)
        playSudo();
    return any;
}

Result<bool> ShellRun::write()
{
    if (!m_answer.isEmpty()) {
        auto moved =
            writeBytes(m_answer.reveal().constData(), m_answer.reveal().size(), m_answerSent);
        if (moved && m_answerSent == m_answer.reveal().size())
            m_answer = Secret();
        return moved;
    }
    // sudo must never get the script or the input as a password, and a terminal whose modes sudo
    // changes would lose them.
    const bool mayBegin = m_route == ShellRoute::Direct || m_out.hasBegun() || m_err.hasBegun();
    if (!mayBegin || m_eofSent || m_inputRefused)
        return false;
    const QByteArray &script = m_shell.script();
    if (m_scriptSent < script.size())
        return writeBytes(script.constData(), script.size(), m_scriptSent);
    const QByteArray &input = m_command.input;
    if (m_inputSent < input.size()) {
        auto moved = writeBytes(input.constData(), input.size(), m_inputSent);
        if (moved && *moved && m_progress)
            m_progress(m_inputSent);
        return moved;
    }
    const int code = m_onTerminal ? 0 : libssh2_channel_send_eof(m_channel);
    if (SshSession::isLoss(code))
        return lost(code);
    m_eofSent = code != LIBSSH2_ERROR_EAGAIN;
    return m_eofSent;
}

Result<bool> ShellRun::writeBytes(const char *data, qsizetype size, qsizetype &done)
{
    const auto count = libssh2_channel_write(
        m_channel, data + done, static_cast<std::size_t>(qMin(size - done, WriteSize)));
    if (count == LIBSSH2_ERROR_EAGAIN)
        return false;
    if (count < 0) {
        if (SshSession::isLoss(static_cast<int>(count)))
            return lost(static_cast<int>(count));
        m_inputRefused = true;
        return false;
    }
    done += static_cast<qsizetype>(count);
    return count > 0;
}

Result<bool> ShellRun::read(int stream)
{
    thread_local std::array<char, ReadSize> buffer;
    const auto count = libssh2_channel_read_ex(m_channel, stream, buffer.data(), buffer.size());
    if (count == LIBSSH2_ERROR_EAGAIN || count == 0)
        return false;
    if (count < 0)
        return lost(static_cast<int>(count));
    const QByteArray bytes(buffer.data(), static_cast<qsizetype>(count));
    if (stream == 0)
        takeOutput(bytes);
    else
        m_err.feed(bytes);
    return true;
}

void ShellRun::takeOutput(const QByteArray &bytes)
{
    const QByteArray body = m_out.feed(bytes);
    if (!body.isEmpty() && m_command.onOutput)
        m_command.onOutput(body);
    if (m_onTerminal && m_out.hasEnded())
        m_err.feed(m_out.takeRest());
}

void ShellRun::playSudo()
{
    if (m_out.hasBegun() || m_err.hasBegun())
        return;
    const QByteArray seen = m_onTerminal ? m_out.preamble() : m_err.preamble();
    const int prompts = static_cast<int>(seen.count(m_shell.passwordPrompt()));
    if (prompts > m_prompts && m_prompts == 0) {
        m_answer = Secret(m_password.reveal() + '\n');
        m_answerSent = 0;
    }
    m_prompts = prompts;
}

bool ShellRun::isOver(const Watch &watch)
{
    Q_UNUSED(watch)
    if (m_out.hasEnded() && m_err.hasEnded())
        return true;
    if (m_prompts > 1)
        return true;
    const auto now = Watch::Clock::now();
    if (libssh2_channel_eof(m_channel) == 1) {
        // The exit status comes before the close, but not always before the end of the streams.
        if (libssh2_channel_wait_closed(m_channel) != LIBSSH2_ERROR_EAGAIN)
            return true;
    }
    const bool exited = libssh2_channel_get_exit_status(m_channel) != 0 || !exitSignal().isEmpty();
    if (exited && !m_exitSeen)
        m_exitSeen = now;
    return m_exitSeen && now - *m_exitSeen > ExitGrace;
}

QByteArray ShellRun::exitSignal() const
{
    char *name = nullptr;
    std::size_t length = 0;
    const int code = libssh2_channel_get_exit_signal(m_channel, &name, &length, nullptr, nullptr,
                                                     nullptr, nullptr);
    if (code != 0 || name == nullptr)
        return {};
    const QByteArray signal(name, static_cast<qsizetype>(length));
    libssh2_free(m_session.raw(), name);
    return signal;
}

ShellOutcome ShellRun::outcome(const Watch &watch) const
{
    ShellOutcome result;
    result.hasBegun = m_out.hasBegun();
    result.passwordRefused = m_prompts > 1;
    result.noise = m_out.preamble() + m_err.preamble();
    result.noise.replace(m_shell.passwordPrompt(), QByteArray());
    CommandOutput &output = result.output;
    output.out = m_out.kept();
    output.err = m_err.kept();
    output.truncated = m_out.isTruncated() || m_err.isTruncated();
    output.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(Watch::Clock::now() - watch.start());
    if (m_out.hasEnded() && m_err.hasEnded()) {
        result.hasEnded = true;
        output.exitCode = m_out.exitCode();
        return result;
    }
    output.signal = QString::fromLatin1(exitSignal());
    result.hasEnded = result.hasBegun && !output.signal.isEmpty();
    output.exitCode = libssh2_channel_get_exit_status(m_channel);
    return result;
}

Error ShellRun::lost(int code)
{
    if (!SshSession::isLoss(code) && code != LIBSSH2_ERROR_CHANNEL_CLOSED)
        qWarning("SSH channel error %d", code);
    Error error = m_session.error(ErrorCode::ConnectionLost);
    error.evidence = m_session.lastText().toUtf8();
    m_session.kill();
    return error;
}

} // namespace kwup
