#include "core/run/Step.h"

#include "core/base/CommandLine.h"
#include "core/run/ScriptReasons.h"

namespace kwup {

namespace {

/// What a full disk and a quota look like in tar's and mv's words under LC_ALL=C.
bool isOutOfSpace(const QByteArray &log)
{
    return log.contains("No space left on device") || log.contains("Disk quota exceeded");
}

/// The release that is staged: the new one, or the old one for the way back. The old one may lie
/// on the host already; then nothing is uploaded.
const PackageInfo &packageOf(const StepContext &context)
{
    const bool isOld = context.step().kind == StepKind::StageOld;
    return isOld && context.plan().oldPackage ? *context.plan().oldPackage : context.plan().package;
}

QString directoryOf(const StepContext &context)
{
    const QString directory = context.plan().remoteDirectory();
    return context.step().kind == StepKind::StageOld ? directory + QStringLiteral("/old")
                                                     : directory;
}

bool isUploaded(const StepContext &context)
{
    return context.step().args.contains(QStringLiteral("file"));
}

class StageStep final : public Step {
public:
    bool usesJob() const override { return true; }

    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const bool isOld = context.step().kind == StepKind::StageOld;
        const auto staged = isOld ? stagedOld(context) : stagedNew(context);
        if (!staged)
            return staged.error();
        const QString wanted = isOld ? context.step().args[QStringLiteral("staged")].toString()
                                     : QString::fromLatin1(context.plan().package.sha256);
        if (*staged != wanted)
            return std::optional<QJsonObject>();
        return std::optional(result(context, {}));
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        const auto begun = std::chrono::steady_clock::now();
        if (isUploaded(context) && !isJobThere(context)) {
            if (const auto prepared = prepareUpload(context); !prepared)
                return prepared.error();
            if (const auto uploaded = upload(context); !uploaded)
                return uploaded.error();
        }
        const auto uploadTime = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begun);
        const auto job = context.job(context.step().script);
        if (!job)
            return job.error();
        if (job->exitCode != 0)
            return failure(context, *job);
        QJsonObject staged = result(context, job->values);
        staged[QStringLiteral("uploadMs")] = static_cast<qint64>(uploadTime.count());
        return staged;
    }

private:
    static Result<QString> stagedNew(StepContext &context)
    {
        const auto look = context.look(context.host());
        return look ? Result<QString>(look->staged) : Result<QString>(look.error());
    }

    static Result<QString> stagedOld(StepContext &context)
    {
        Command command;
        command.runAs = RunAs::Root;
        command.script = QStringLiteral("cat %1 2>/dev/null || :\n")
                             .arg(shellQuote(directoryOf(context) + QStringLiteral("/staged")));
        const auto output = context.runChecked(context.host(), command);
        if (!output)
            return output.error();
        return QString::fromUtf8(output->out).trimmed();
    }

    static bool isJobThere(StepContext &context)
    {
        if (!context.isResumed())
            return false;
        const auto state = context.jobState();
        return state && state->kind != JobState::Kind::Absent;
    }

    static QJsonObject result(const StepContext &context, const QHash<QString, QString> &values)
    {
        const PackageInfo &package = packageOf(context);
        return {{QStringLiteral("directory"), directoryOf(context)},
                {QStringLiteral("archiveSha256"), QString::fromLatin1(package.sha256)},
                {QStringLiteral("scriptSha256"), package.scriptSha256},
                {QStringLiteral("version"),
                 values.value(QStringLiteral("version"), package.version.base)},
                {QStringLiteral("freeBytes"),
                 values.value(QStringLiteral("free_kb")).toLongLong() * 1024}};
    }

    /// The directory the login user may write, and the space for archive and unpacked package.
    static Result<void> prepareUpload(StepContext &context)
    {
        const QString directory = context.plan().uploadDirectory();
        Command command;
        command.script =
            QStringLiteral("d=%1\n"
                           "mkdir -m 700 \"$d\" 2>/dev/null\n"
                           "[ -d \"$d\" ] && [ ! -L \"$d\" ] && [ -O \"$d\" ] || exit 77\n"
                           "df -Pk \"$d\" | awk 'NR == 2 { print $4 }'\n")
                .arg(shellQuote(directory));
        const auto output = context.run(context.host(), command);
        if (!output)
            return output.error();
        if (!output->succeeded()) {
            return Error{.code = ErrorCode::RemoteFileError,
                         .host = context.host(),
                         .args = {directory, printable(output->err, 300).trimmed()},
                         .evidence = output->err.right(2000)};
        }
        const PackageInfo &package = packageOf(context);
        const qint64 needed = package.size + package.unpackedBytes + package.unpackedBytes / 10;
        bool isNumber = false;
        const qint64 free = output->out.trimmed().toLongLong(&isNumber) * 1024;
        if (isNumber && free < needed)
            return noSpace(context, needed, free);
        return {};
    }

    static Error noSpace(const StepContext &context, qint64 needed, qint64 free)
    {
        return {.code = ErrorCode::NoSpace,
                .host = context.host(),
                .args = {QStringLiteral("/var/tmp"), QString::number(needed),
                         free < 0 ? QStringLiteral("?") : QString::number(free)}};
    }

    static Result<void> upload(StepContext &context)
    {
        UploadRequest request;
        request.localFile = packageOf(context).file;
        request.remoteFile = context.plan().uploadDirectory() + u'/'
            + context.step().args[QStringLiteral("file")].toString();
        request.sha256 = packageOf(context).sha256;
        request.onProgress = [&context](TransferProgress progress) {
            context.progress(progress.sent, progress.total);
        };
        return context.services().hosts().upload(context.host(), request, context.stop());
    }

    static Error failure(const StepContext &context, const JobOutcome &job)
    {
        const PackageInfo &package = packageOf(context);
        const QString why = job.values.value(QStringLiteral("error"));
        const QString detail = job.values.value(QStringLiteral("detail"));
        Error error;
        if (!isUploaded(context) && !isOutOfSpace(job.log))
            error = {.code = ErrorCode::StepScriptFailed, .args = {scriptReason(why, detail)}};
        else if (isOutOfSpace(job.log))
            error = noSpace(context, package.size + package.unpackedBytes, -1);
        else if (why == QStringLiteral("checksum") && detail == QStringLiteral("deploy.sh"))
            error = {.code = ErrorCode::ChecksumMismatch,
                     .args = {detail, package.scriptSha256, QStringLiteral("?")}};
        else if (why == QStringLiteral("checksum"))
            error = {.code = ErrorCode::ChecksumMismatch,
                     .args = {package.file, QString::fromLatin1(package.sha256), detail}};
        else if (why == QStringLiteral("missing"))
            error = {.code = ErrorCode::PackageIncomplete, .args = {detail}};
        else
            error = {.code = ErrorCode::RemoteFileError,
                     .args = {detail, printable(job.log.right(300), 300).trimmed()}};
        error.host = context.host();
        error.evidence = job.log.right(8000);
        error.exitCode = job.exitCode;
        return error;
    }
};

} // namespace

std::unique_ptr<Step> makeStageStep()
{
    return std::make_unique<StageStep>();
}

} // namespace kwup
