#include "core/remote/DetachedJob.h"

#include "core/base/CommandLine.h"
#include "core/remote/JobScript.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace kwup {

namespace {

using namespace std::chrono_literals;

constexpr auto CallLimit = 60s;
/// One attach call; short, so that what a lost session leaves on the host ends soon by itself.
constexpr auto AttachLimit = std::chrono::seconds(300);

/// The last "@@ …" line; text before it may come from sudo or the shell.
QString controlWord(const QByteArray &err)
{
    const QByteArray prefix = "@@ ";
    const QList<QByteArray> lines = err.split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (line->startsWith(prefix))
            return QString::fromLatin1(line->mid(prefix.size())).trimmed();
    }
    return {};
}

Error unexpected(const CommandRunner &runner, const QStringList &words, const CommandOutput &output)
{
    Error error{ErrorCode::OutputUnexpected, runner.hostId(), {words.join(u' ')}};
    error.evidence = output.err.isEmpty() ? output.out.right(2000) : output.err.right(2000);
    error.command = QStringLiteral("job.sh ") + words.join(u' ');
    error.exitCode = output.exitCode;
    return error;
}

Result<JobState> parseState(const CommandRunner &runner, const QStringList &words,
                            const CommandOutput &output)
{
    using Kind = JobState::Kind;
    const QString word = controlWord(output.err);
    if (word == u"absent")
        return JobState{Kind::Absent};
    if (word == u"starting")
        return JobState{Kind::Starting};
    if (word == u"running")
        return JobState{Kind::Running};
    static const QRegularExpression Exit(QStringLiteral("^exit (\\d{1,3})$"));
    if (const auto match = Exit.match(word); match.hasMatch())
        return JobState{Kind::Exited, match.captured(1).toInt()};
    if (word.startsWith(u"lost "))
        return JobState{Kind::Lost, -1, word.mid(5)};
    return unexpected(runner, words, output);
}

Error remoteFileError(const CommandRunner &runner, const QString &path, const CommandOutput &output)
{
    Error error{
        ErrorCode::RemoteFileError, runner.hostId(), {path, printable(output.err, 300).trimmed()}};
    error.evidence = output.err.right(2000);
    error.exitCode = output.exitCode;
    return error;
}

} // namespace

DetachedJobs::DetachedJobs(CommandRunner &runner, QString baseDir, RunAs runAs)
    : m_runner(runner)
    , m_baseDir(std::move(baseDir))
    , m_runAs(runAs)
{ }

Result<JobState> DetachedJobs::start(const QString &id, const QByteArray &script,
                                     std::stop_token stop)
{
    const QStringList words{QStringLiteral("start"), id, QString::number(script.size())};
    auto output = call(words, script, CallLimit, {}, stop);
    if (!output)
        return output.error();
    const QString word = controlWord(output->err);
    if (word.startsWith(u"error short") && !stop.stop_requested())
        return Error{ErrorCode::ConnectionLost, m_runner.hostId()}; // the script did not arrive
    if (word.startsWith(u"error") && word != u"error bad-id" && word != u"error bad-verb")
        return remoteFileError(m_runner, m_baseDir, *output);
    return parseState(m_runner, words, *output);
}

Result<JobState> DetachedJobs::state(const QString &id, std::stop_token stop)
{
    const QStringList words{QStringLiteral("state"), id};
    auto output = call(words, {}, CallLimit, {}, stop);
    if (!output)
        return output.error();
    return parseState(m_runner, words, *output);
}

Result<JobState> DetachedJobs::follow(const QString &id, qint64 &offset,
                                      std::chrono::milliseconds limit,
                                      const std::function<void(const QByteArray &)> &onLog,
                                      std::stop_token stop)
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + limit;
    const auto take = [&offset, &onLog](const QByteArray &piece) {
        offset += piece.size();
        if (onLog)
            onLog(piece);
    };
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(end - Clock::now());
        const auto turn = std::clamp<std::chrono::seconds>(left, 0s, AttachLimit);
        const QStringList words{QStringLiteral("attach"), id, QString::number(offset),
                                QString::number(turn.count())};
        auto output = call(words, {}, turn + CallLimit, take, stop);
        if (!output)
            return output.error();
        auto state = parseState(m_runner, words, *output);
        const bool goesOn = state
            && (state->kind == JobState::Kind::Running || state->kind == JobState::Kind::Starting);
        if (!goesOn)
            return state;
        if (Clock::now() >= end) {
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
            return Error{
                ErrorCode::CommandTimeout, m_runner.hostId(), {id, QString::number(seconds)}};
        }
    }
}

Result<JobState> DetachedJobs::cancel(const QString &id, std::chrono::seconds grace,
                                      std::stop_token stop)
{
    const QStringList words{QStringLiteral("cancel"), id, QString::number(grace.count())};
    auto output = call(words, {}, grace + CallLimit, {}, stop);
    if (!output)
        return output.error();
    return parseState(m_runner, words, *output);
}

Result<CommandOutput> DetachedJobs::call(const QStringList &words, const QByteArray &input,
                                         std::chrono::milliseconds deadline,
                                         const std::function<void(const QByteArray &)> &onOutput,
                                         std::stop_token stop)
{
    Command command;
    command.script = QStringLiteral("set -- ") + shellJoin(QStringList{m_baseDir} + words) + u'\n'
        + QString::fromUtf8(jobScript());
    command.runAs = m_runAs;
    command.input = input;
    command.deadline = deadline;
    command.onOutput = onOutput;
    // What was handed on is not kept: a log may be larger than memory should hold.
    if (onOutput)
        command.outputLimit = 64 * 1024;
    return m_runner.run(command, stop);
}

} // namespace kwup
