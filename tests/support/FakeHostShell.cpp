#include "tests/support/FakeHostState.h"

#include <QDeadlineTimer>
#include <QMutexLocker>
#include <QProcess>
#include <QProcessEnvironment>

#include <csignal>
#include <unistd.h>

namespace kwup::test {

namespace {

void keep(QByteArray &kept, const QByteArray &piece, const Command &command, bool &truncated)
{
    const qsizetype room = command.outputLimit - kept.size();
    truncated = truncated || piece.size() > room;
    kept += piece.left(qMax<qsizetype>(room, 0));
}

void killGroup(const QProcess &process)
{
    if (process.processId() > 0)
        ::kill(-static_cast<pid_t>(process.processId()), SIGKILL);
}

} // namespace

/// Really runs the script, in a process group of its own, so that a cut can end all of it.
Result<CommandOutput> FakeHost::Connection::runShell(const QString &directory,
                                                     const Command &command, std::stop_token stop)
{
    QProcess process;
    process.setWorkingDirectory(directory);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), directory);
    environment.insert(QStringLiteral("TMPDIR"), directory);
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command.script});
    if (!process.waitForStarted())
        return error(ErrorCode::Internal, {process.errorString()});
    process.write(command.input);
    process.closeWriteChannel();

    QElapsedTimer since;
    since.start();
    CommandOutput output;
    const QDeadlineTimer deadline(command.deadline);
    for (bool running = true; running;) {
        running = !process.waitForFinished(10);
        const QByteArray out = process.readAllStandardOutput();
        keep(output.out, out, command, output.truncated);
        keep(output.err, process.readAllStandardError(), command, output.truncated);
        if (command.onOutput && !out.isEmpty())
            command.onOutput(out);
        const QMutexLocker locker(&m_state->mutex);
        ErrorCode why = ErrorCode::None;
        if (isCut())
            why = ErrorCode::ConnectionLost;
        else if (running && stop.stop_requested())
            why = ErrorCode::Cancelled;
        else if (running && deadline.hasExpired())
            why = ErrorCode::CommandTimeout;
        if (why == ErrorCode::None)
            continue;
        killGroup(process);
        process.waitForFinished(-1);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(command.deadline);
        return error(why, {command.script, QString::number(seconds.count())});
    }
    output.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 0;
    if (process.exitStatus() == QProcess::CrashExit)
        output.signal = QStringLiteral("KILL");
    output.duration = std::chrono::milliseconds(since.elapsed());
    return output;
}

} // namespace kwup::test
