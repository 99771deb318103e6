#include "core/run/ScriptReasons.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

using Values = QHash<QString, QString>;

Result<Values> look(StepContext &context)
{
    Command command;
    command.runAs = RunAs::Root;
    command.script = QString::fromUtf8(context.step().look);
    // A look that waits for the goal says how long.
    command.deadline +=
        std::chrono::milliseconds(context.step().args[QStringLiteral("waitMs")].toInteger());
    const auto output = context.runChecked(context.host(), command);
    if (!output)
        return output.error();
    Values values = scriptValues(output->out);
    if (values.contains(QStringLiteral("holds")))
        return values;
    return Error{.code = ErrorCode::OutputUnexpected,
                 .host = context.host(),
                 .args = {context.step().id},
                 .evidence = output->out.left(8000) + output->err.left(8000)};
}

QJsonObject result(const Values &values)
{
    QJsonObject json;
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (it.key() != QStringLiteral("holds"))
            json[it.key()] = it.value();
    }
    return {{QStringLiteral("values"), json}};
}

class ScriptStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const auto values = look(context);
        if (!values)
            return values.error();
        if (values->value(QStringLiteral("holds")) != QStringLiteral("yes"))
            return std::optional<QJsonObject>();
        return std::optional(result(*values));
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        const auto job = context.job(context.step().script);
        if (!job)
            return job.error();
        if (job->exitCode != 0 || job->values.contains(QStringLiteral("error")))
            return scriptFailure(context, *job);
        const auto seen = look(context);
        if (!seen)
            return seen.error();
        if (seen->value(QStringLiteral("holds")) != QStringLiteral("yes")) {
            return scriptFailure(
                context, *job,
                scriptReason(QStringLiteral("not-reached"), seen->value(QStringLiteral("found"))));
        }
        Values values = job->values;
        values.insert(*seen);
        return result(values);
    }
};

/// Reads and judges; the host is left as it is.
class LookStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const auto values = look(context);
        if (!values)
            return values.error();
        if (values->value(QStringLiteral("holds")) == QStringLiteral("yes"))
            return result(*values);
        return Error{.code = ErrorCode::StepScriptFailed,
                     .host = context.host(),
                     .args = {scriptReason(toString(context.step().kind),
                                           values->value(QStringLiteral("found")))},
                     .command = QString::fromUtf8(context.step().look)};
    }
};

} // namespace

std::unique_ptr<Step> makeScriptStep()
{
    return std::make_unique<ScriptStep>();
}

std::unique_ptr<Step> makeLookStep()
{
    return std::make_unique<LookStep>();
}

} // namespace kwup
