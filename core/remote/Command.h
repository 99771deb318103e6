#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>

namespace kwup {

enum class RunAs { LoginUser, Root };

/// One command for a host. `script` is POSIX sh text; it is run by `sh` under LC_ALL=C, not by the
/// login shell, so what .bashrc prints never reaches the output.
struct Command {
    QString script;
    RunAs runAs = RunAs::LoginUser;
    QByteArray input = {}; ///< standard input; the stream is closed after it
    std::chrono::milliseconds deadline{60000}; ///< hard limit for the whole command
    std::chrono::milliseconds silence{30000}; ///< without a byte from the host (keepalive included)
    qsizetype outputLimit = 8 * 1024 * 1024; ///< per stream; more is read, counted and dropped
    /// Called in the worker thread for every piece of standard output as it comes. May be empty.
    std::function<void(const QByteArray &)> onOutput = {};
};

/// How a command ended. A lost connection is an Error, never a CommandOutput.
struct CommandOutput {
    int exitCode = 0; ///< 0…255; meaningless when `signal` is set
    QString signal; ///< "TERM", "SEGV" …; empty when the command exited
    QByteArray out; ///< raw bytes, may be invalid UTF-8
    QByteArray err;
    bool truncated = false; ///< one of the streams went over outputLimit
    std::chrono::milliseconds duration{0};

    bool succeeded() const { return signal.isEmpty() && exitCode == 0; }
};

} // namespace kwup
