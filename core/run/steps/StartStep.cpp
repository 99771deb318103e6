#include "core/run/steps/StartService.h"

namespace kwup {

Result<QJsonObject> startService(StepContext &context, const QByteArray &script)
{
    const auto job = context.job(script);
    if (!job)
        return job.error();
    const auto &values = job->values;
    const QString why = values.value(QStringLiteral("error"));
    if (job->exitCode != 0 || !why.isEmpty()) {
        Error error{.code = ErrorCode::StartFailed,
                    .host = context.host(),
                    .evidence = job->log.right(8000),
                    .command = QStringLiteral("systemctl start kaiwudb"),
                    .exitCode = job->exitCode};
        if (why == QStringLiteral("died")) {
            const double seconds = values.value(QStringLiteral("died_after_ms")).toDouble() / 1000;
            error.code = ErrorCode::ServiceDied;
            error.args = {QString::number(seconds, 'f', 1)};
        }
        return error;
    }
    return QJsonObject{
        {QStringLiteral("mainPid"), values.value(QStringLiteral("main_pid")).toLongLong()},
        {QStringLiteral("startedAt"), values.value(QStringLiteral("started_at")).toLongLong()},
        {QStringLiteral("activeForMs"), values.value(QStringLiteral("active_ms")).toLongLong()}};
}

namespace {

class StartStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        const ServiceState &service = look->condition.service;
        if (!service.isRunning() || service.activeState != QStringLiteral("active"))
            return std::optional<QJsonObject>();
        return std::optional(QJsonObject{{QStringLiteral("mainPid"), service.mainPid},
                                         {QStringLiteral("startedAt"), look->hostTime},
                                         {QStringLiteral("activeForMs"), 0}});
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        return startService(context, context.step().script);
    }
};

} // namespace

std::unique_ptr<Step> makeStartStep()
{
    return std::make_unique<StartStep>();
}

} // namespace kwup
