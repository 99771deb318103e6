#include "core/run/JournalKinds.h"
#include "core/run/Step.h"

#include <QDateTime>
#include <QJsonDocument>

namespace kwup {

namespace {

class LockStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        RunServices &services = context.services();
        const QJsonObject created = services.runCreated();
        const QJsonObject content{
            {QStringLiteral("run"), context.plan().runId},
            {QStringLiteral("who"), created[QStringLiteral("operator")]},
            {QStringLiteral("computer"), created[QStringLiteral("computer")]},
            {QStringLiteral("since"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {QStringLiteral("state"), QStringLiteral("running")}};
        Command command;
        command.script = QString::fromUtf8(context.step().script);
        command.runAs = RunAs::Root;
        command.input = (services.mayTakeOverLock() ? "take-over\n" : "if-free\n")
            + QJsonDocument(content).toJson(QJsonDocument::Compact) + '\n';
        const auto output = context.runChecked(context.host(), command);
        if (!output)
            return output.error();
        return judge(context, *output);
    }

private:
    static Result<QJsonObject> judge(StepContext &context, const CommandOutput &output)
    {
        const auto values = scriptValues(output.out);
        const QString lock = values[QStringLiteral("lock")];
        const QByteArray raw = values[QStringLiteral("previous")].toUtf8();
        const QJsonObject previous = QJsonDocument::fromJson(raw).object();
        if (lock == QStringLiteral("held")) {
            const auto text = [&previous](const QString &key) {
                const QString value = previous[key].toString();
                return value.isEmpty() ? QStringLiteral("?") : value;
            };
            return Error{.code = ErrorCode::LockHeld,
                         .host = context.host(),
                         .args = {text(QStringLiteral("who")), text(QStringLiteral("computer")),
                                  text(QStringLiteral("since"))},
                         .evidence = raw};
        }
        const bool isTakenOver = lock == QStringLiteral("taken-over");
        if (isTakenOver) {
            const auto recorded = context.journal(
                journal::LockTakenOver,
                {{QStringLiteral("host"), context.host()}, {QStringLiteral("previous"), previous}});
            if (!recorded)
                return recorded.error();
        } else if (lock != QStringLiteral("taken") && lock != QStringLiteral("ours")) {
            return Error{.code = ErrorCode::OutputUnexpected,
                         .host = context.host(),
                         .args = {context.step().id},
                         .evidence = output.out.right(2000) + output.err.right(2000)};
        }
        return QJsonObject{{QStringLiteral("path"), context.step().args[QStringLiteral("path")]},
                           {QStringLiteral("takenOver"), isTakenOver}};
    }
};

} // namespace

std::unique_ptr<Step> makeLockStep()
{
    return std::make_unique<LockStep>();
}

} // namespace kwup
