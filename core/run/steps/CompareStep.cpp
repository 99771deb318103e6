#include "core/base/CommandLine.h"
#include "core/kwdb/Parsers.h"
#include "core/run/ScriptReasons.h"
#include "core/run/Step.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kwup {

namespace {

using Row = QHash<QString, QString>;

/// Counts and checksums of the tables of one database on both clusters. Only reads. What must be
/// computed row by row is computed by the servers.
class CompareStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        QJsonArray tables;
        QStringList different;
        const QJsonArray wanted = context.step().args[QStringLiteral("tables")].toArray();
        for (const auto value : wanted) {
            const QJsonObject table = value.toObject();
            const auto compared = compare(context, table);
            if (!compared)
                return compared.error();
            tables.append(*compared);
            context.progress(tables.size(), wanted.size());
            if (!(*compared)[QStringLiteral("equal")].toBool()) {
                different.append(QStringLiteral("%1 (%2 → %3)")
                                     .arg(table[QStringLiteral("table")].toString(),
                                          (*compared)[QStringLiteral("sourceRows")].toString(),
                                          (*compared)[QStringLiteral("targetRows")].toString()));
            }
        }
        QJsonObject result{
            {QStringLiteral("database"), context.step().args[QStringLiteral("name")]},
            {QStringLiteral("tables"), tables}};
        if (different.isEmpty())
            return result;
        return Error{
            .code = ErrorCode::StepScriptFailed,
            .host = context.host(),
            .args = {scriptReason(QStringLiteral("differs"), different.join(QStringLiteral(", ")))},
            .evidence = QJsonDocument(tables).toJson()};
    }

private:
    static Result<QByteArray> answer(StepContext &context, const QString &host,
                                     const QString &statement)
    {
        const int seconds = context.step().args[QStringLiteral("seconds")].toInt(3600);
        Command command;
        command.runAs = RunAs::Root;
        command.script = context.plan().clis.value(host).sql({statement}, seconds);
        command.deadline = std::chrono::seconds(seconds + 10);
        command.silence = command.deadline;
        const auto output = context.run(host, command);
        if (!output)
            return output.error();
        if (output->succeeded())
            return output->out;
        return Error{.code = ErrorCode::SqlFailed,
                     .host = host,
                     .args = {statement},
                     .evidence = output->err.right(4000),
                     .command = command.script,
                     .exitCode = output->exitCode};
    }

    static QString rows(const QByteArray &csv)
    {
        const auto parsed = parseCsv(csv);
        return parsed && !parsed->isEmpty() ? parsed->first().value(QStringLiteral("n"))
                                            : QString();
    }

    static QString checksum(const QByteArray &csv)
    {
        const auto parsed = parseCsv(csv);
        return parsed && !parsed->isEmpty() ? parsed->first().value(QStringLiteral("checksum"))
                                            : QString();
    }

    static Result<QJsonObject> compare(StepContext &context, const QJsonObject &table)
    {
        const QString source = context.step().args[QStringLiteral("sourceHost")].toString();
        QString statement = table[QStringLiteral("statement")].toString();
        auto old = answer(context, source, statement);
        auto now = old ? answer(context, context.host(), statement) : old;
        const QString counts = table[QStringLiteral("counts")].toString();
        const bool isRefused = !now && now.error().code == ErrorCode::SqlFailed;
        if (isRefused && counts != statement) {
            // A server that cannot compute the checksum can still count.
            statement = counts;
            old = answer(context, source, statement);
            now = old ? answer(context, context.host(), statement) : old;
        }
        if (!now)
            return now.error();
        // Several counts have one and the same heading, so the lines are compared as they are.
        const bool isEqual = old->trimmed() == now->trimmed() && !rows(*old).isEmpty();
        return QJsonObject{{QStringLiteral("table"), table[QStringLiteral("table")]},
                           {QStringLiteral("kind"), table[QStringLiteral("kind")]},
                           {QStringLiteral("sourceRows"), rows(*old)},
                           {QStringLiteral("targetRows"), rows(*now)},
                           {QStringLiteral("sourceChecksum"), checksum(*old)},
                           {QStringLiteral("targetChecksum"), checksum(*now)},
                           {QStringLiteral("byChecksum"), !checksum(*old).isEmpty()},
                           {QStringLiteral("equal"), isEqual}};
    }
};

} // namespace

std::unique_ptr<Step> makeCompareStep()
{
    return std::make_unique<CompareStep>();
}

} // namespace kwup
