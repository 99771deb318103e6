#include "core/base/CommandLine.h"
#include "core/plan/StepScripts.h"
#include "core/run/ScriptReasons.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 PieceMiB = 4;

QString text(const StepContext &context, const char *name)
{
    return context.step().args[QLatin1String(name)].toString();
}

/// Carries a packed export from one host to another, piece by piece: what is there already is not
/// carried again after a lost connection or a resume. The hosts need no login for each other, and
/// nothing is kept on this computer.
class TransferFilesStep final : public Step {
public:
    Result<std::optional<QJsonObject>> satisfied(StepContext &context) override
    {
        const auto values = exported(context);
        const auto output =
            context.run(context.host(),
                        {.script = QStringLiteral("f=%1\n[ -e \"$f\" ] && sha256sum < \"$f\"\n:\n")
                                       .arg(shellQuote(text(context, "targetFile"))),
                         .runAs = RunAs::Root,
                         .deadline = context.step().limit,
                         .silence = context.step().limit});
        if (!output)
            return output.error();
        const QString sum = values[QStringLiteral("sha256")].toString();
        if (sum.isEmpty() || QString::fromLatin1(output->out.left(64)) != sum)
            return std::optional<QJsonObject>();
        return std::optional(QJsonObject{{QStringLiteral("values"), values}});
    }

    Result<QJsonObject> run(StepContext &context) override
    {
        const auto values = exported(context);
        const qint64 total = values[QStringLiteral("bytes")].toString().toLongLong();
        if (total <= 0)
            return Error{.code = ErrorCode::Internal, .args = {text(context, "exportStep")}};
        auto there = prepare(context);
        if (!there)
            return there.error();
        qint64 done = std::min(*there, total) / MiB * MiB;
        while (done < total) {
            const auto carried = carry(context, done);
            if (!carried)
                return carried.error();
            done += *carried;
            context.progress(done, total);
        }
        return finish(context, values);
    }

private:
    static QJsonObject exported(StepContext &context)
    {
        return context.services()
            .resultOf(text(context, "exportStep"))[QStringLiteral("values")]
            .toObject();
    }

    /// Makes the directory, which must be this run's own; bytes that an earlier attempt has left.
    static Result<qint64> prepare(StepContext &context)
    {
        Command command;
        command.runAs = RunAs::Root;
        command.script =
            QStringLiteral("umask 077\nstate=%1\nfile=%2\nbase=${file%/*}\n"
                           "mkdir -p \"$state\" || exit 1\n"
                           "if [ ! -e \"$state/directory\" ]; then\n"
                           "    if [ -n \"$(ls -A \"$base\" 2>/dev/null)\" ]; then\n"
                           "        echo not-empty\n        exit 0\n    fi\n"
                           "    echo \"$base\" > \"$state/directory\"\nfi\n"
                           "mkdir -p \"$base\" || exit 1\n"
                           "touch \"$file.part\" && stat -c %s \"$file.part\"\n")
                .arg(shellQuote(text(context, "state")), shellQuote(text(context, "targetFile")));
        const auto output = context.runChecked(context.host(), command);
        if (!output)
            return output.error();
        const QByteArray answer = output->out.trimmed();
        if (answer == "not-empty") {
            const QString directory = text(context, "targetFile").section(u'/', 0, -2);
            return Error{.code = ErrorCode::StepScriptFailed,
                         .host = context.host(),
                         .args = {scriptReason(QStringLiteral("not-empty"), directory)}};
        }
        return answer.toLongLong();
    }

    /// One piece from `offset`; its size.
    static Result<qint64> carry(StepContext &context, qint64 offset)
    {
        Command read;
        read.runAs = RunAs::Root;
        read.script = QStringLiteral("dd if=%1 bs=1048576 skip=%2 count=%3 status=none")
                          .arg(shellQuote(text(context, "sourceFile")))
                          .arg(offset / MiB)
                          .arg(PieceMiB);
        const auto piece = context.runChecked(text(context, "sourceHost"), read);
        if (!piece)
            return piece.error();
        if (piece->out.isEmpty()) {
            return Error{.code = ErrorCode::OutputUnexpected,
                         .host = text(context, "sourceHost"),
                         .args = {read.script}};
        }
        Command write;
        write.runAs = RunAs::Root;
        write.input = piece->out;
        write.script = QStringLiteral("umask 077\ndd of=%1 bs=1048576 seek=%2 iflag=fullblock "
                                      "status=none")
                           .arg(shellQuote(text(context, "targetFile") + QStringLiteral(".part")))
                           .arg(offset / MiB);
        const auto written = context.runChecked(context.host(), write);
        if (!written)
            return written.error();
        return piece->out.size();
    }

    static Result<QJsonObject> finish(StepContext &context, const QJsonObject &values)
    {
        QByteArray script = context.step().script;
        script.replace(shellQuote(QString(Sha256Placeholder)).toUtf8(),
                       shellQuote(values[QStringLiteral("sha256")].toString()).toUtf8());
        Command command;
        command.runAs = RunAs::Root;
        command.script = QString::fromUtf8(script);
        command.deadline = context.step().limit;
        command.silence = context.step().limit;
        const auto output = context.run(context.host(), command);
        if (!output)
            return output.error();
        const auto told = scriptValues(output->out);
        if (!output->succeeded()) {
            return Error{.code = ErrorCode::StepScriptFailed,
                         .host = context.host(),
                         .args = {scriptReason(told.value(QStringLiteral("error")),
                                               told.value(QStringLiteral("detail")))},
                         .evidence = (output->out + output->err).right(8000),
                         .exitCode = output->exitCode};
        }
        return QJsonObject{{QStringLiteral("values"), values}};
    }
};

} // namespace

std::unique_ptr<Step> makeTransferFilesStep()
{
    return std::make_unique<TransferFilesStep>();
}

} // namespace kwup
