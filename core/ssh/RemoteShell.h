#pragma once

#include "core/remote/Command.h"

#include <QByteArray>
#include <QString>

#include <utility>

namespace kwup {

/// How a command gets to its user.
enum class ShellRoute {
    Direct, ///< as the login user
    SudoNoPassword,
    SudoPassword,
};

/// The text sent around a script, and where the script's own bytes begin and end in what comes
/// back. Pure; knows no network.
///
/// The host's login shell runs only `exec sh -c '<bootstrap>'`. The bootstrap prints a begin mark
/// on both streams, reads the script (its length is known) from standard input, so that it never
/// stands in an argument list and cannot be run in part, runs it, and prints an end mark with the
/// exit code on both streams. What .bashrc, banners and background children write lies outside the
/// marks. The marks hold a random number, so that a script cannot print them by accident.
class RemoteShell final {
public:
    RemoteShell(const Command &command, ShellRoute route, bool onTerminal);

    /// For the exec request. Fits any login shell: no newline, no quote inside, no "!".
    QByteArray execLine() const;
    /// To be sent once the begin mark was seen; the input follows it.
    const QByteArray &script() const { return m_script; }
    /// What sudo prints when it wants the password.
    QByteArray passwordPrompt() const { return "@@" + m_nonce + ":p"; }
    QByteArray beginMark() const { return "@@" + m_nonce + ":b"; }
    QByteArray endMark() const { return "@@" + m_nonce + ":e"; } ///< then " <code>;"

private:
    QByteArray bootstrap() const;

    QByteArray m_nonce; ///< 32 hex digits
    QByteArray m_script; ///< ends with a newline
    qsizetype m_inputSize;
    ShellRoute m_route;
    bool m_onTerminal;
};

/// Takes one stream apart at the marks. Feed it everything that comes.
class MarkedStream final {
public:
    MarkedStream(QByteArray beginMark, QByteArray endMark, qsizetype limit);

    /// Returns the script's own bytes that are certain now (never part of a mark).
    QByteArray feed(const QByteArray &bytes);

    bool hasBegun() const { return m_begun; }
    bool hasEnded() const { return m_ended; }
    int exitCode() const { return m_exitCode; } ///< when hasEnded()
    const QByteArray &kept() const { return m_kept; } ///< at most the limit
    bool isTruncated() const { return m_truncated; }
    /// What came before the begin mark (all of it while there is none), at most 64 KiB.
    QByteArray preamble() const { return m_begun ? m_preamble : m_preamble + m_pending; }
    /// What came after the end mark; empties it.
    QByteArray takeRest() { return std::exchange(m_rest, {}); }

private:
    void keep(const QByteArray &bytes);
    void takePreamble();
    QByteArray takeBody();

    QByteArray m_beginMark;
    QByteArray m_endMark;
    qsizetype m_limit;
    QByteArray m_pending; ///< not yet known to be body or mark
    QByteArray m_kept;
    QByteArray m_preamble;
    QByteArray m_rest;
    bool m_begun = false;
    bool m_ended = false;
    bool m_truncated = false;
    int m_exitCode = -1;
};

} // namespace kwup
