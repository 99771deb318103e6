#include "core/run/StepContext.h"

#include "core/base/CommandLine.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

namespace kwup {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype LogLimit = 256 * 1024;
constexpr qsizetype TailLimit = 8 * 1024;
constexpr qsizetype EventLimit = 64 * 1024;
constexpr auto FlushInterval = 100ms; // ten output events a second at most

void keepTail(QByteArray &bytes, qsizetype limit)
{
    if (bytes.size() > 2 * limit)
        bytes = bytes.right(limit);
}

} // namespace

QHash<QString, QString> scriptValues(const QByteArray &log)
{
    QHash<QString, QString> values;
    const QByteArray prefix = "kwup: ";
    for (const auto &line : log.split('\n')) {
        const auto separator = line.indexOf('=');
        if (!line.startsWith(prefix) || separator < 0)
            continue;
        const QByteArray key = line.mid(prefix.size(), separator - prefix.size());
        values[QString::fromUtf8(key)] = QString::fromUtf8(line.mid(separator + 1)).trimmed();
    }
    return values;
}

StepContext::StepContext(RunServices &services, QString stageId, const PlanStep &step, int attempt,
                         bool isResumed, std::stop_token stop)
    : m_services(services)
    , m_stageId(std::move(stageId))
    , m_step(step)
    , m_attempt(attempt)
    , m_isResumed(isResumed)
    , m_stop(std::move(stop))
{ }

StepContext::~StepContext() = default;

const KwdbVersion &StepContext::target() const
{
    return m_step.args.contains(QStringLiteral("version")) ? plan().from : plan().to;
}

QString StepContext::jobId(const QString &suffix) const
{
    QString id = m_step.id;
    for (auto &character : id) {
        const bool isAllowed = (character >= u'a' && character <= u'z')
            || (character >= u'A' && character <= u'Z') || (character >= u'0' && character <= u'9')
            || character == u'-';
        if (!isAllowed)
            character = u'_';
    }
    id += u'.' + QString::number(m_attempt);
    return suffix.isEmpty() ? id : id + u'.' + suffix;
}

QString StepContext::baseDirectory() const
{
    return plan().remoteDirectory() + QStringLiteral("/jobs");
}

std::chrono::milliseconds StepContext::duration() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun);
}

RunEvent StepContext::event(RunEvent::Kind kind) const
{
    RunEvent event;
    event.kind = kind;
    event.stageId = m_stageId;
    event.stepId = m_step.id;
    event.host = m_step.host;
    event.attempt = m_attempt;
    event.duration = duration();
    return event;
}

Result<CommandOutput> StepContext::run(const QString &host, const Command &command)
{
    return m_services.hosts().run(host, command, m_stop);
}

Result<CommandOutput> StepContext::runChecked(const QString &host, const Command &command)
{
    auto output = run(host, command);
    if (!output || output->succeeded())
        return output;
    Error error{.code = ErrorCode::CommandFailed,
                .host = host,
                .args = {command.script.left(500), QString::number(output->exitCode)},
                .evidence = output->err.right(4000) + output->out.right(4000),
                .command = command.script,
                .exitCode = output->exitCode};
    if (!output->signal.isEmpty()) {
        error.code = ErrorCode::CommandKilled;
        error.args[1] = output->signal;
    }
    return error;
}

Result<NodeLook> StepContext::look(const QString &host)
{
    const auto output = runChecked(host, nodeLookCommand(plan(), host, false));
    if (!output)
        return output.error();
    return parseNodeLook(host, output->out);
}

Result<JobState> StepContext::jobState(const QString &suffix)
{
    const QString id = jobId(suffix);
    return m_services.hosts().with<JobState>(
        host(),
        [&](HostConnection &connection) {
            return DetachedJobs(connection, baseDirectory()).state(id, m_stop);
        },
        m_stop);
}

Result<JobOutcome> StepContext::job(const QByteArray &script, const JobOptions &options)
{
    const QString id = jobId(options.suffix);
    m_jobGoesOn = true; // from here on it may have been started, whatever the answer
    const auto started = m_services.hosts().with<JobState>(
        host(),
        [&](HostConnection &connection) {
            return DetachedJobs(connection, baseDirectory()).start(id, script, m_stop);
        },
        m_stop);
    if (!started)
        return started.error();
    QByteArray log;
    const auto ended = follow(id, log, options);
    flushOutput();
    if (!ended)
        return ended.error();
    m_jobGoesOn = false;
    if (ended->kind != JobState::Kind::Exited) {
        const QString reason =
            ended->kind == JobState::Kind::Lost ? ended->lostReason : QStringLiteral("absent");
        return Error{.code = ErrorCode::JobLost,
                     .host = host(),
                     .args = {id, reason},
                     .evidence = log.right(TailLimit)};
    }
    m_exitCode = ended->exitCode;
    return JobOutcome{ended->exitCode, log, scriptValues(log)};
}

Result<JobState> StepContext::follow(const QString &id, QByteArray &log, const JobOptions &options)
{
    qint64 offset = 0;
    const auto take = [this, &log](const QByteArray &piece) {
        log += piece;
        keepTail(log, LogLimit);
        output(piece);
    };
    // The limit counts from here, whatever connections are lost meanwhile.
    auto end = Clock::now() + m_step.limit;
    for (;;) {
        auto state = m_services.hosts().with<JobState>(
            host(),
            [&](HostConnection &connection) {
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
                return DetachedJobs(connection, baseDirectory())
                    .follow(id, offset, std::max(left, 0ms), take, m_stop);
            },
            m_stop);
        if (state || state.error().code != ErrorCode::CommandTimeout)
            return state;
        flushOutput();
        if (!waitOn(id, options)) {
            stopHere();
            return state;
        }
        end = Clock::now() + m_step.limit;
    }
}

bool StepContext::waitOn(const QString &id, const JobOptions &options)
{
    if (options.onLimit)
        return options.onLimit(id);
    const Error error{.code = ErrorCode::CommandTimeout,
                      .host = host(),
                      .args = {id, QString::number(m_step.limit.count())}};
    return decide(Decision::Kind::StepFailed, error, {Choice::KeepWaiting, Choice::StopHere})
        == Choice::KeepWaiting;
}

Result<void> StepContext::journal(const QString &kind, const QJsonObject &data)
{
    return m_services.append(kind, m_step.id, m_attempt, data);
}

void StepContext::note(const Error &error, bool isWarning)
{
    // A note that cannot be written must not stop what is under way; the next entry will.
    (void)journal(journal::StepNote,
                  {{QStringLiteral("error"), toJson(error)},
                   {QStringLiteral("severity"),
                    isWarning ? QStringLiteral("warning") : QStringLiteral("info")}});
    RunEvent told = event(RunEvent::Kind::Note);
    told.error = error;
    m_services.emitEvent(told);
}

void StepContext::progress(qint64 done, qint64 total)
{
    RunEvent told = event(RunEvent::Kind::StepProgress);
    told.done = done;
    told.total = total;
    m_services.emitEvent(told);
}

void StepContext::gate(const GateProgress &progress)
{
    RunEvent told = event(RunEvent::Kind::GateProgressed);
    told.gate = progress;
    m_services.emitEvent(told);
}

Choice StepContext::decide(Decision::Kind kind, const Error &error, const QList<Choice> &choices)
{
    Decision decision;
    decision.kind = kind;
    decision.stepId = m_step.id;
    decision.host = host();
    decision.error = error;
    decision.choices = choices;
    if (const auto seen = look(host()))
        decision.condition = seen->condition;
    else {
        decision.condition.host = host();
        decision.condition.error = seen.error();
    }
    return m_services.decide(decision, m_attempt);
}

void StepContext::output(const QByteArray &piece)
{
    m_tail += piece;
    keepTail(m_tail, TailLimit);
    m_unsent += piece;
    // What comes faster than the window can show is cut; the journal keeps the tail.
    keepTail(m_unsent, EventLimit);
    if (Clock::now() - m_flushed >= FlushInterval)
        flushOutput();
}

void StepContext::flushOutput()
{
    if (m_unsent.isEmpty())
        return;
    RunEvent told = event(RunEvent::Kind::StepOutput);
    told.output = m_unsent;
    m_unsent.clear();
    m_flushed = Clock::now();
    m_services.emitEvent(told);
}

QByteArray StepContext::outputTail() const
{
    return m_tail.right(TailLimit);
}

QJsonObject stateBefore(StepContext &context)
{
    RunServices &services = context.services();
    const QJsonObject baseline = services.resultOf(QStringLiteral("baseline"));
    QJsonObject versions;
    const QJsonArray hosts =
        services.runCreated()[QStringLiteral("facts")][QStringLiteral("hosts")].toArray();
    for (const auto host : hosts) {
        versions[host[QStringLiteral("host")].toString()] =
            host[QStringLiteral("installedVersion")];
    }
    QJsonObject json{{QStringLiteral("nodes"), baseline[QStringLiteral("nodes")]},
                     {QStringLiteral("versions"), versions}};
    if (baseline.contains(QStringLiteral("health")))
        json[QStringLiteral("health")] = baseline[QStringLiteral("health")];
    return json;
}

} // namespace kwup
