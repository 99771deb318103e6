#include "core/run/Step.h"

#include "core/base/CommandLine.h"

#include <QCoreApplication>

namespace kwup {

namespace {

class BackupStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<QJsonObject> run(StepContext &context) override
    {
        const auto job = context.job(context.step().script);
        if (!job)
            return job.error();
        if (job->exitCode != 0)
            return failure(context, *job);
        const auto &values = job->values;
        const QString path = values.value(QStringLiteral("path"));
        const QString sum = values.value(QStringLiteral("sha256"));
        if (path.isEmpty() || sum.size() != 64)
            return failure(context, *job);
        return QJsonObject{
            {QStringLiteral("kind"), QStringLiteral("cold-copy")},
            {QStringLiteral("path"), path},
            {QStringLiteral("bytes"), values.value(QStringLiteral("bytes")).toLongLong()},
            {QStringLiteral("entries"), values.value(QStringLiteral("entries")).toLongLong()},
            {QStringLiteral("sha256"), sum},
            {QStringLiteral("manifest"),
             context.step().args[QStringLiteral("target")].toString()
                 + QStringLiteral("/SHA256SUMS")},
            {QStringLiteral("durationMs"),
             values.value(QStringLiteral("duration_ms")).toLongLong()},
            {QStringLiteral("dataRoot"), context.step().args[QStringLiteral("dataRoot")]},
            {QStringLiteral("verified"), true}};
    }

private:
    static Error failure(const StepContext &context, const JobOutcome &job)
    {
        const QString why = job.values.value(QStringLiteral("error"));
        const QString detail = job.values.value(QStringLiteral("detail"));
        Error error{.code = ErrorCode::BackupFailed,
                    .host = context.host(),
                    .args = {reason(why, detail, job.log)},
                    .evidence = job.log.right(8000),
                    .exitCode = job.exitCode};
        if (why == QStringLiteral("space")) {
            error.code = ErrorCode::NoSpace;
            error.args = {context.step().args[QStringLiteral("target")].toString(),
                          detail.section(u' ', 0, 0), detail.section(u' ', 1, 1)};
        }
        return error;
    }

    static QString reason(const QString &why, const QString &detail, const QByteArray &log)
    {
        const auto text = [](const char *sentence) {
            return QCoreApplication::translate("Run", sentence);
        };
        if (why == QStringLiteral("running"))
            return text(QT_TRANSLATE_NOOP("Run", "the service is running"));
        if (why == QStringLiteral("killed")) {
            return text(QT_TRANSLATE_NOOP(
                "Run",
                "the node was ended by force, so its files are not those of a clean stop. "
                "Start the service and stop it again by hand, then retry"));
        }
        if (why == QStringLiteral("inside")) {
            return text(QT_TRANSLATE_NOOP("Run", "the directory %1 lies inside the data root"))
                .arg(detail);
        }
        if (why.isEmpty())
            return printable(log.right(300), 300).trimmed();
        return why + QStringLiteral(": ") + detail;
    }
};

} // namespace

std::unique_ptr<Step> makeBackupStep()
{
    return std::make_unique<BackupStep>();
}

} // namespace kwup
