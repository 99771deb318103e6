#include "core/base/Words.h"
#include "core/kwdb/DeployScript.h"
#include "core/run/RunJson.h"
#include "core/run/ScriptReasons.h"
#include "core/run/Step.h"

#include <QCoreApplication>

namespace kwup {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Run", sentence);
}

class UpgradeStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        if (problemOf(context, look->condition))
            return std::optional<QJsonObject>();
        return std::optional(result(look->condition, true, 0));
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        if (const auto ready = checkPrecondition(context); !ready)
            return ready.error();
        const auto job = context.job(context.step().script);
        if (!job)
            return job.error();
        return judge(context, *job);
    }

private:
    static bool isLive(const StepContext &context)
    {
        return context.step().kind == StepKind::UpgradeLive;
    }

    /// The script can write the new version file and leave the old image in the compose file
    /// (kwdb-facts §2.6 no. 4).
    static std::optional<Error> problemOf(const StepContext &context,
                                          const NodeCondition &condition)
    {
        if (auto problem = versionProblem(condition, context.plan().to))
            return problem;
        if (!condition.isOldImage)
            return std::nullopt;
        return imageNotChanged(condition);
    }

    /// deploy.sh takes another branch on a running node, and refuses when .version is new already.
    static Result<void> checkPrecondition(StepContext &context)
    {
        if (context.isResumed()) {
            const auto state = context.jobState();
            if (!state)
                return state.error();
            if (state->kind != JobState::Kind::Absent)
                return {}; // begun before; what the host looked like then was checked then
        }
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        Error error{.code = ErrorCode::StepPreconditionFailed, .host = context.host()};
        // The live step asks the host itself, in its script.
        if (look->condition.service.isRunning() && !isLive(context)) {
            error.args = {text(QT_TRANSLATE_NOOP("Run", "a stopped service")),
                          text(QT_TRANSLATE_NOOP("Run", "a running service"))};
            return error;
        }
        // With an image, the step's script does what the vendor's has left out.
        const bool wouldRefuse = look->condition.versionFile == context.plan().to.toString();
        if (wouldRefuse && !look->condition.isContainer) {
            error.args = {
                text(QT_TRANSLATE_NOOP("Run", "a version file that is older than the package")),
                text(QT_TRANSLATE_NOOP(
                    "Run",
                    "the new version in /etc/kaiwudb/info/.version although packages or "
                    "binary are not complete. The vendor's script would refuse to run; "
                    "install the two packages by hand, then retry"))};
            error.evidence = describe(look->condition).toUtf8();
            return error;
        }
        return {};
    }

    static QJsonObject result(const NodeCondition &condition, bool isCompleted, int orphans)
    {
        return {{QStringLiteral("completed"), isCompleted},
                {QStringLiteral("version"), condition.versionFile},
                {QStringLiteral("binaryVersion"), condition.binaryVersion},
                {QStringLiteral("packages"), packagesToJson(condition.packages)},
                {QStringLiteral("needDaemonReload"), condition.service.needDaemonReload},
                {QStringLiteral("orphansEnded"), orphans}};
    }

    static Error deployFailure(const StepContext &context, const JobOutcome &job,
                               const DeployOutput &output)
    {
        const auto signature = recogniseFailure(job.log);
        QString message = output.errorMessage;
        if (signature)
            message = joinSentences({signature->cause, message});
        if (message.isEmpty())
            message = QString::fromUtf8(job.log.right(300)).trimmed();
        return {.code = ErrorCode::DeployScriptFailed,
                .host = context.host(),
                .args = {message, signature ? signature->id : QString()},
                .evidence = job.log.right(8000),
                .command = QStringLiteral("bash ./deploy.sh upgrade -l"),
                .exitCode = job.exitCode};
    }

    static Result<QJsonObject> judge(StepContext &context, const JobOutcome &job)
    {
        const DeployOutput output = parseDeployOutput(job.log);
        const QString old = job.values.value(QStringLiteral("old_process"));
        context.setBeyondReturn(isLive(context) && old != QStringLiteral("runs")
                                && old != QStringLiteral("ended"));
        const QString own = job.values.value(QStringLiteral("error"));
        if (isLive(context) && !own.isEmpty())
            return scriptFailure(context, job); // before the vendor's script was begun
        if (job.exitCode != 0)
            return deployFailure(context, job, output);
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        auto problem = problemOf(context, look->condition);
        const bool isRepaired = job.values.contains(QStringLiteral("repaired"));
        if (!output.completed && !isRepaired) {
            // Exit code 0 without the completion line: an option it did not know, or nothing done.
            problem = Error{.code = ErrorCode::DeployDidNothing, .host = context.host()};
        }
        if (problem) {
            problem->evidence = job.log.right(8000);
            problem->command = QStringLiteral("bash ./deploy.sh upgrade -l");
            problem->exitCode = job.exitCode;
            return *problem;
        }
        QJsonObject json =
            result(look->condition, true, job.values.value(QStringLiteral("orphans")).toInt());
        if (isLive(context)) {
            json[QStringLiteral("stoppedAt")] =
                job.values.value(QStringLiteral("begun_at")).toLongLong();
        }
        return json;
    }
};

} // namespace

std::unique_ptr<Step> makeUpgradeStep()
{
    return std::make_unique<UpgradeStep>();
}

} // namespace kwup
