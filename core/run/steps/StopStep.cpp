#include "core/run/RunJson.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

/// SIGKILL shows as a result of systemd; "exit-code" with a main status of 0 does not count: the
/// unit's ExecStop then ran with an empty MAINPID (host-transcripts README no. 2).
bool wasKilled(const QString &result)
{
    return result == QStringLiteral("timeout") || result == QStringLiteral("signal")
        || result == QStringLiteral("watchdog") || result == QStringLiteral("core-dump");
}

class StopStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        const ServiceState &service = look->condition.service;
        const bool isStopped = !service.isRunning()
            && (service.activeState == QStringLiteral("inactive")
                || service.activeState == QStringLiteral("failed"));
        if (!isStopped)
            return std::optional<QJsonObject>();
        return std::optional(QJsonObject{{QStringLiteral("graceful"), !wasKilled(service.result)},
                                         {QStringLiteral("result"), service.result},
                                         {QStringLiteral("execMainStatus"), service.execMainStatus},
                                         {QStringLiteral("drainMs"), 0},
                                         {QStringLiteral("stoppedAt"), look->hostTime},
                                         {QStringLiteral("forced"), false}});
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        bool isForced = false;
        const auto begun = std::chrono::steady_clock::now();
        const JobOptions options{
            .onLimit = [&](const QString &) { return decideAtLimit(context, begun, isForced); }};
        const auto job = context.job(context.step().script, options);
        if (!job) {
            // The limit is a decision, not a broken command.
            if (context.hasStoppedHere())
                return timeoutError(context, begun);
            return job.error();
        }
        return judge(context, *job, isForced);
    }

private:
    using Clock = std::chrono::steady_clock;

    static Error timeoutError(const StepContext &context, Clock::time_point begun)
    {
        const auto waited = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begun);
        return {.code = ErrorCode::StopTimeout,
                .host = context.host(),
                .args = {QString::number(waited.count())},
                .evidence = context.outputTail()};
    }

    static bool decideAtLimit(StepContext &context, Clock::time_point begun, bool &isForced)
    {
        const Choice choice =
            context.decide(Decision::Kind::StopLimit, timeoutError(context, begun),
                           {Choice::KeepWaiting, Choice::ForceStop, Choice::StopHere});
        if (choice == Choice::StopHere)
            return false;
        if (choice == Choice::ForceStop) {
            isForced = true;
            Command kill;
            kill.script = killScript(context.plan(), context.host());
            kill.runAs = RunAs::Root;
            // A failure shows at the next limit: the process is still there, and we ask again.
            if (const auto killed = context.runChecked(context.host(), kill); !killed)
                context.note(killed.error());
        }
        return true;
    }

    static Result<QJsonObject> judge(StepContext &context, const JobOutcome &job, bool isForced)
    {
        const auto &values = job.values;
        const bool isGone = values.value(QStringLiteral("main_pid")) == QStringLiteral("0")
            && values.value(QStringLiteral("left")).isEmpty();
        if (job.exitCode != 0 || !isGone) {
            return Error{.code = ErrorCode::StopFailed,
                         .host = context.host(),
                         .evidence = job.log.right(8000),
                         .command = QStringLiteral("systemctl stop kaiwudb"),
                         .exitCode = job.exitCode};
        }
        const QString result = values.value(QStringLiteral("result"));
        const bool isGraceful = !isForced && !wasKilled(result);
        if (!isGraceful) {
            context.note({.code = ErrorCode::CommandKilled,
                          .host = context.host(),
                          .args = {QStringLiteral("kwbase"), QStringLiteral("KILL")},
                          .evidence = job.log.right(2000)});
        }
        return QJsonObject{
            {QStringLiteral("graceful"), isGraceful},
            {QStringLiteral("result"), result},
            {QStringLiteral("execMainStatus"),
             values.value(QStringLiteral("exec_main_status")).toInt()},
            {QStringLiteral("drainMs"), values.value(QStringLiteral("drain_ms")).toLongLong()},
            {QStringLiteral("stoppedAt"), values.value(QStringLiteral("stopped_at")).toLongLong()},
            {QStringLiteral("forced"), isForced}};
    }
};

} // namespace

std::unique_ptr<Step> makeStopStep()
{
    return std::make_unique<StopStep>();
}

} // namespace kwup
