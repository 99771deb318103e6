#include "core/run/Step.h"

namespace kwup {

namespace {

/// After success. What cannot be removed is told, but does not make an upgrade fail that has been
/// verified.
class ReleaseStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        Command command;
        command.script = QString::fromUtf8(context.step().script);
        command.runAs = RunAs::Root;
        RemoteHosts hosts = context.services().hosts().impatient(std::chrono::seconds(20));
        const auto output = hosts.run(context.host(), command, context.stop());
        if (!output && output.error().code == ErrorCode::Cancelled)
            return output.error();
        if (!output)
            context.note(output.error());
        const auto values = output ? scriptValues(output->out) : QHash<QString, QString>();
        const bool isLockGone = values.value(QStringLiteral("lock")) == QStringLiteral("removed");
        const bool isStagingGone = values.contains(QStringLiteral("staging"));
        if (output && !isStagingGone) {
            context.note({.code = ErrorCode::RemoteFileError,
                          .host = context.host(),
                          .args = {context.plan().remoteDirectory(),
                                   QString::fromUtf8(output->err.right(300)).trimmed()}});
        }
        return QJsonObject{{QStringLiteral("lockRemoved"), isLockGone},
                           {QStringLiteral("stagingRemoved"), isStagingGone}};
    }
};

} // namespace

std::unique_ptr<Step> makeReleaseStep()
{
    return std::make_unique<ReleaseStep>();
}

} // namespace kwup
