#include "core/report/KeptOnHosts.h"
#include "core/report/Report.h"
#include "core/report/ReportData.h"

#include "core/base/CommandLine.h"
#include "core/run/RunJson.h"

#include <QJsonArray>

// The report for machines. Field names are stable; texts in `title` and `message` follow the
// operator's language.

namespace kwup {

namespace {

QJsonObject errorJson(const Error &error)
{
    QJsonObject json = toJson(error);
    json[QStringLiteral("message")] = describe(error);
    json[QStringLiteral("remedy")] = remedy(error);
    return json;
}

QJsonObject readingJson(const GateProgress &reading)
{
    QJsonArray clauses;
    for (const GateClause &clause : reading.clauses) {
        QJsonObject row = toJson(clause);
        row[QStringLiteral("text")] = describe(clause);
        clauses += row;
    }
    return {{QStringLiteral("askedHost"), reading.askedHost},
            {QStringLiteral("elapsedSeconds"), static_cast<qint64>(reading.elapsed.count())},
            {QStringLiteral("goodReadings"), reading.goodReadings},
            {QStringLiteral("neededReadings"), reading.neededReadings},
            {QStringLiteral("clauses"), clauses}};
}

QJsonObject stepJson(const ReportStep &step)
{
    QJsonObject json{{QStringLiteral("id"), step.id},
                     {QStringLiteral("attempt"), step.attempt},
                     {QStringLiteral("host"), step.host},
                     {QStringLiteral("title"), step.title},
                     {QStringLiteral("expectation"), step.expectation},
                     {QStringLiteral("state"), toString(step.state)},
                     {QStringLiteral("startedAt"), step.startedAt.toString(Qt::ISODateWithMs)},
                     {QStringLiteral("durationMs"), step.durationMs},
                     {QStringLiteral("exitCode"), step.exitCode},
                     {QStringLiteral("command"), step.script},
                     {QStringLiteral("output"), step.output},
                     {QStringLiteral("result"), step.result},
                     {QStringLiteral("notes"), QJsonArray::fromStringList(step.notes)}};
    if (step.error.code != ErrorCode::None) {
        json[QStringLiteral("error")] = errorJson(step.error);
        json[QStringLiteral("condition")] = toJson(step.condition);
    }
    QJsonArray readings;
    for (const GateProgress &reading : step.readings)
        readings += readingJson(reading);
    if (!readings.isEmpty())
        json[QStringLiteral("gateReadings")] = readings;
    return json;
}

QJsonArray checksJson(const ReportData &report)
{
    QJsonArray rows;
    for (const CheckResult &check : report.checks) {
        QString reason;
        for (const AcceptedWarning &accepted : report.accepted) {
            if (accepted.checkId == check.id
                && (accepted.host.isEmpty() || accepted.host == check.host))
                reason = accepted.reason;
        }
        QJsonObject row{{QStringLiteral("id"), check.id},
                        {QStringLiteral("host"), check.host},
                        {QStringLiteral("status"), toString(check.status)},
                        {QStringLiteral("message"), describe(check)},
                        {QStringLiteral("evidence"), printable(check.evidence, 4000)},
                        {QStringLiteral("command"), check.command}};
        if (check.status == CheckStatus::Warning)
            row[QStringLiteral("acceptedBecause")] = reason;
        rows += row;
    }
    return rows;
}

QJsonObject backupJson(const ReportData &report)
{
    static const QHash<BackupChoice::Kind, QString> Names{
        {BackupChoice::Kind::None, QStringLiteral("none")},
        {BackupChoice::Kind::ColdCopy, QStringLiteral("cold-copy")},
        {BackupChoice::Kind::Named, QStringLiteral("named")},
        {BackupChoice::Kind::Refused, QStringLiteral("refused")}};
    const BackupChoice &choice = report.plan.backup;
    QJsonArray copies;
    for (const ReportStep &step : report.steps) {
        if (step.id.startsWith(toString(StepKind::Backup)) && !step.result.isEmpty()) {
            QJsonObject copy = step.result;
            copy[QStringLiteral("host")] = step.host;
            copies += copy;
        }
    }
    return {{QStringLiteral("kind"), Names.value(choice.kind)},
            {QStringLiteral("directory"), choice.directory},
            {QStringLiteral("evidence"), choice.evidence},
            {QStringLiteral("refusedBecause"), choice.reason},
            {QStringLiteral("copies"), copies}};
}

QJsonArray keptJson(const ReportData &report)
{
    QJsonArray rows;
    for (const KeptThing &thing : keptOnHosts(report)) {
        rows += QJsonObject{{QStringLiteral("host"), thing.host},
                            {QStringLiteral("what"), thing.what},
                            {QStringLiteral("place"), thing.place},
                            {QStringLiteral("removal"), thing.removal}};
    }
    return rows;
}

QJsonArray hostsJson(const ReportData &report)
{
    QJsonArray rows;
    for (const ReportHost &host : report.hosts) {
        rows += QJsonObject{{QStringLiteral("host"), host.host},
                            {QStringLiteral("versionBefore"), host.versionBefore},
                            {QStringLiteral("versionAfter"), host.versionAfter},
                            {QStringLiteral("binaryAfter"), host.binaryAfter}};
    }
    return rows;
}

} // namespace

QJsonObject reportJson(const QList<JournalEntry> &entries)
{
    const ReportData report = reportData(entries);
    QJsonArray steps;
    for (const ReportStep &step : report.steps) {
        QJsonObject row = stepJson(step);
        row[QStringLiteral("wayBack")] = report.isStepBack(step.id);
        steps += row;
    }
    QJsonArray decisions;
    for (const ReportDecision &decision : report.decisions) {
        decisions +=
            QJsonObject{{QStringLiteral("time"), decision.time.toString(Qt::ISODateWithMs)},
                        {QStringLiteral("stepId"), decision.stepId},
                        {QStringLiteral("host"), decision.host},
                        {QStringLiteral("question"), decision.text},
                        {QStringLiteral("choice"), decision.choice}};
    }
    return {
        {QStringLiteral("format"), 1},
        {QStringLiteral("run"), report.plan.runId},
        {QStringLiteral("state"), toString(report.state)},
        {QStringLiteral("method"), toString(report.plan.method)},
        {QStringLiteral("from"), report.plan.from.toString()},
        {QStringLiteral("to"), report.plan.to.toString()},
        {QStringLiteral("operator"), report.operatorName},
        {QStringLiteral("computer"), report.computer},
        {QStringLiteral("programVersion"), report.programVersion},
        {QStringLiteral("startedAt"), report.startedAt.toString(Qt::ISODateWithMs)},
        {QStringLiteral("endedAt"), report.endedAt.toString(Qt::ISODateWithMs)},
        {QStringLiteral("resumes"), report.resumes},
        {QStringLiteral("package"),
         QJsonObject{{QStringLiteral("file"), report.plan.package.file},
                     {QStringLiteral("sha256"), QString::fromLatin1(report.plan.package.sha256)},
                     {QStringLiteral("version"), report.plan.package.version.toString()}}},
        {QStringLiteral("hosts"), hostsJson(report)},
        {QStringLiteral("kept"), keptJson(report)},
        {QStringLiteral("checks"), checksJson(report)},
        {QStringLiteral("backup"), backupJson(report)},
        {QStringLiteral("steps"), steps},
        {QStringLiteral("decisions"), decisions},
        {QStringLiteral("wentBack"), report.wentBack},
        {QStringLiteral("wentBackFrom"), report.wentBackFrom},
        {QStringLiteral("instructions"), QJsonArray::fromStringList(report.instructions)},
        {QStringLiteral("verdict"), report.verdict},
        {QStringLiteral("problems"), QJsonArray::fromStringList(report.problems)}};
}

} // namespace kwup
