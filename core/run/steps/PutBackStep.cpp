#include "core/run/RunJson.h"
#include "core/run/ScriptReasons.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

/// The old packages again, judged like an upgrade to the old version.
class PutBackStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<QJsonObject> run(StepContext &context) override
    {
        const auto job = context.job(context.step().script);
        if (!job)
            return job.error();
        if (job->exitCode != 0 || job->values.contains(QStringLiteral("error")))
            return scriptFailure(context, *job);
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        const bool isNewImage = look->condition.isContainer && !look->condition.isOldImage;
        if (isNewImage) {
            Error error = imageNotChanged(look->condition);
            error.evidence = job->log.right(8000);
            return error;
        }
        if (auto problem = versionProblem(look->condition, context.target())) {
            problem->evidence = job->log.right(8000);
            return *problem;
        }
        return QJsonObject{{QStringLiteral("version"), look->condition.versionFile},
                           {QStringLiteral("binaryVersion"), look->condition.binaryVersion},
                           {QStringLiteral("packages"), packagesToJson(look->condition.packages)},
                           {QStringLiteral("config"), job->values.value(QStringLiteral("config"))}};
    }
};

} // namespace

std::unique_ptr<Step> makePutBackStep()
{
    return std::make_unique<PutBackStep>();
}

} // namespace kwup
