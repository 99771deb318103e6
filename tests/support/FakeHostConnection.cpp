#include "tests/support/FakeHostState.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QMutexLocker>

namespace kwup::test {

namespace {

const QString JobPrefix = QStringLiteral("set -- ");
const QString JobMark = QStringLiteral("# Detached job with re-attach.");

/// VERB ID ARG… of a call of job.sh; empty for any other script.
QStringList jobWords(const QString &script)
{
    const qsizetype end = script.indexOf(u'\n');
    if (!script.startsWith(JobPrefix) || !QStringView(script).mid(end + 1).startsWith(JobMark))
        return {};
    QStringList words = script.mid(JobPrefix.size(), end - JobPrefix.size()).split(u' ');
    words.removeFirst(); // the base directory; test directories have no blanks
    return words;
}

CommandOutput controlWord(const QByteArray &word, int exitCode = 0)
{
    CommandOutput output;
    output.exitCode = exitCode;
    output.err = "@@ " + word + '\n';
    return output;
}

} // namespace

FakeHost::Connection::Connection(std::shared_ptr<State> state, int generation)
    : m_state(std::move(state))
    , m_generation(generation)
{ }

QString FakeHost::Connection::hostId() const
{
    return m_state->id;
}

Error FakeHost::Connection::error(ErrorCode code, const QStringList &args) const
{
    return Error{code, m_state->id, args};
}

bool FakeHost::Connection::isCut() const
{
    return m_lost || m_generation != m_state->generation;
}

bool FakeHost::Connection::wait(std::chrono::milliseconds time, std::stop_token stop)
{
    const std::stop_callback wake(stop, [this] {
        const QMutexLocker locker(&m_state->mutex);
        m_state->cut.wakeAll();
    });
    const QMutexLocker locker(&m_state->mutex);
    const QDeadlineTimer deadline(time);
    while (!deadline.hasExpired() && !stop.stop_requested() && !isCut())
        m_state->cut.wait(&m_state->mutex, deadline);
    return !stop.stop_requested() && !isCut();
}

Result<CommandOutput> FakeHost::Connection::run(const Command &command, std::stop_token stop)
{
    const QStringList words = jobWords(command.script);
    std::optional<FakeReply> scripted;
    std::function<FakeReply(const Command &)> compute;
    QString directory;
    {
        const QMutexLocker locker(&m_state->mutex);
        if (isCut())
            return error(ErrorCode::ConnectionLost);
        if (stop.stop_requested())
            return error(ErrorCode::Cancelled);
        const QString name =
            words.isEmpty() ? command.script : QStringLiteral("job ") + words.mid(0, 2).join(u' ');
        m_state->scripts += name;
        const auto isScripted = [&words](const State::JobRule &rule) {
            return words.size() > 1 && words[1].contains(rule.idPart);
        };
        const bool isFakeJob =
            std::any_of(m_state->jobRules.cbegin(), m_state->jobRules.cend(), isScripted);
        for (State::Rule &rule : m_state->rules) {
            if (!words.isEmpty() || !rule.matches(command.script))
                continue;
            compute = rule.answer;
            if (!compute)
                scripted = rule.replies[qMin(rule.used++, rule.replies.size() - 1)];
            break;
        }
        directory = isFakeJob ? QString() : m_state->shellDirectory;
        if (!isFakeJob && !scripted && !compute && directory.isEmpty()) {
            m_state->unexpected += name;
            return error(ErrorCode::Internal, {QStringLiteral("not scripted: ") + name});
        }
    }
    if (compute)
        return reply(compute(command), command, stop);
    if (scripted)
        return reply(*scripted, command, stop);
    return directory.isEmpty() ? runJobCall(words, command, stop)
                               : runShell(directory, command, stop);
}

Result<CommandOutput> FakeHost::Connection::reply(const FakeReply &reply, const Command &command,
                                                  std::stop_token stop)
{
    const bool late = reply.delay > command.deadline;
    if (!wait(late ? command.deadline : reply.delay, stop))
        return error(stop.stop_requested() ? ErrorCode::Cancelled : ErrorCode::ConnectionLost);
    if (late) {
        const auto limit = std::chrono::duration_cast<std::chrono::seconds>(command.deadline);
        return error(ErrorCode::CommandTimeout, {command.script, QString::number(limit.count())});
    }
    if (command.onOutput && !reply.out.isEmpty())
        command.onOutput(reply.out);
    if (reply.losesConnection) {
        m_lost = true;
        return error(ErrorCode::ConnectionLost);
    }
    if (reply.error) {
        Error failure = *reply.error;
        failure.host = m_state->id;
        return failure;
    }
    CommandOutput output;
    output.exitCode = reply.exitCode;
    output.signal = reply.signal;
    output.truncated = reply.out.size() > command.outputLimit;
    output.out = reply.out.left(command.outputLimit);
    output.err = reply.err.left(command.outputLimit);
    output.duration = reply.delay;
    return output;
}

Result<CommandOutput> FakeHost::Connection::runJobCall(const QStringList &words,
                                                       const Command &command, std::stop_token stop)
{
    const QString verb = words.value(0);
    const QString id = words.value(1);
    if (verb == u"attach") {
        return attach(id, words.value(2).toLongLong(),
                      std::chrono::seconds(words.value(3).toLongLong()), command, stop);
    }
    std::function<void(const QByteArray &)> onStart;
    QByteArray word = "absent";
    int exitCode = 0;
    {
        const QMutexLocker locker(&m_state->mutex);
        if (verb == u"start" && command.input.size() != words.value(2).toLongLong())
            return controlWord("error short", 65);
        auto job = m_state->jobs.find(id);
        if (verb == u"start" && job != m_state->jobs.end())
            exitCode = 17;
        if (verb == u"start" && job == m_state->jobs.end()) {
            for (const State::JobRule &rule : std::as_const(m_state->jobRules)) {
                if (!id.contains(rule.idPart))
                    continue;
                job = m_state->jobs.insert(id, {rule.job, {}});
                job->since.start();
                onStart = rule.job.onStart;
                break;
            }
        }
        if (job != m_state->jobs.end()) {
            if (verb == u"cancel" && !job->over()) {
                job->cancelled = true;
                job->job.exitCode = 143;
            }
            word = !job->over()           ? QByteArrayLiteral("running")
                : job->job.lost.isEmpty() ? "exit " + QByteArray::number(job->job.exitCode)
                                          : "lost " + job->job.lost.toLatin1();
        }
    }
    if (onStart)
        onStart(command.input);
    return controlWord(word, exitCode);
}

Result<CommandOutput> FakeHost::Connection::attach(const QString &id, qsizetype offset,
                                                   std::chrono::seconds limit,
                                                   const Command &command, std::stop_token stop)
{
    const QDeadlineTimer deadline(limit);
    for (;;) {
        QByteArray log;
        QByteArray word;
        {
            const QMutexLocker locker(&m_state->mutex);
            const auto job = m_state->jobs.find(id);
            if (job == m_state->jobs.end())
                return controlWord("absent", 2);
            if (job->over() || deadline.hasExpired()) {
                log = job->over() ? job->job.log.mid(offset) : QByteArray();
                word = !job->over()           ? QByteArrayLiteral("running")
                    : job->job.lost.isEmpty() ? "exit " + QByteArray::number(job->job.exitCode)
                                              : "lost " + job->job.lost.toLatin1();
                const qsizetype cutAt = job->job.connectionLostAfter - offset;
                if (job->over() && job->job.connectionLostAfter >= 0 && !job->wasCut) {
                    job->wasCut = true;
                    m_lost = true;
                    log = log.left(qMax<qsizetype>(cutAt, 0));
                }
            }
        }
        if (!log.isEmpty() && command.onOutput)
            command.onOutput(log);
        if (m_lost)
            return error(ErrorCode::ConnectionLost);
        if (!word.isEmpty()) {
            CommandOutput output = controlWord(word);
            output.out = log.left(command.outputLimit);
            return output;
        }
        if (!wait(std::chrono::milliseconds(5), stop)) {
            return error(stop.stop_requested() ? ErrorCode::Cancelled : ErrorCode::ConnectionLost);
        }
    }
}

Result<void> FakeHost::Connection::upload(const UploadRequest &request, std::stop_token stop)
{
    const QMutexLocker locker(&m_state->mutex);
    if (isCut())
        return error(ErrorCode::ConnectionLost);
    if (stop.stop_requested())
        return error(ErrorCode::Cancelled);
    if (!m_state->uploadErrors.isEmpty()) {
        Error failure = m_state->uploadErrors.takeFirst();
        failure.host = m_state->id;
        m_lost = failure.code == ErrorCode::ConnectionLost;
        return failure;
    }
    const qint64 size = QFile(request.localFile).size();
    if (!m_state->shellDirectory.isEmpty()) {
        QFile::remove(request.remoteFile);
        if (!QFile::copy(request.localFile, request.remoteFile)) {
            return error(ErrorCode::UploadFailed,
                         {request.localFile, QStringLiteral("cannot be copied")});
        }
    }
    m_state->uploads += request;
    if (request.onProgress)
        request.onProgress({size, size});
    return {};
}

Result<PrivilegeMode> FakeHost::Connection::probePrivilege(std::stop_token stop)
{
    const QMutexLocker locker(&m_state->mutex);
    if (isCut())
        return error(ErrorCode::ConnectionLost);
    if (stop.stop_requested())
        return error(ErrorCode::Cancelled);
    return m_state->privilege;
}

} // namespace kwup::test
