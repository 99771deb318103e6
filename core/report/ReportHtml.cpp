#include "core/report/HtmlWriter.h"
#include "core/report/Report.h"
#include "core/report/ReportData.h"

#include "core/base/CommandLine.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QSaveFile>

namespace kwup {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Report", text);
}

QString time(const QDateTime &when)
{
    return when.isValid()
        ? QLocale().toString(when.toLocalTime(), QStringLiteral("yyyy-MM-dd HH:mm:ss t"))
        : QStringLiteral("–");
}

QString seconds(qint64 milliseconds)
{
    if (milliseconds < 0)
        return QStringLiteral("–");
    return tr("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1));
}

QString stateText(const ReportData &report)
{
    switch (report.state) {
    case RunState::Completed:
        return report.problems.isEmpty()
            ? tr("The upgrade is complete; the cluster confirms it.")
            : tr("The upgrade is complete, with problems listed below.");
    case RunState::Failed:
        return tr("The run failed.");
    case RunState::Stopped:
        return tr("The run was stopped by the operator.");
    default:
        return tr("The run is not over.");
    }
}

QString statusText(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return tr("passed");
    case CheckStatus::Warning:
        return tr("warning");
    case CheckStatus::Blocked:
        return tr("blocks");
    case CheckStatus::NotApplicable:
        return tr("not applicable");
    }
    return {};
}

QString stepStateText(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return tr("waiting");
    case StepState::Running:
        return tr("begun, no outcome");
    case StepState::Done:
        return tr("done");
    case StepState::Skipped:
        return tr("already done");
    case StepState::Failed:
        return tr("failed");
    }
    return {};
}

void writeSummary(HtmlWriter &html, const ReportData &report)
{
    html.heading(1,
                 tr("Upgrade of KWDB from %1 to %2")
                     .arg(report.plan.from.toString(), report.plan.to.toString()));
    html.paragraph(stateText(report));
    html.list(report.problems);
    html.beginTable({tr("What"), tr("Value")});
    html.row({tr("Run"), report.plan.runId});
    html.row({tr("Operator"), tr("%1 on %2").arg(report.operatorName, report.computer)});
    html.row({tr("Begun"), time(report.startedAt)});
    html.row({tr("Ended"), time(report.endedAt)});
    html.row({tr("Resumed"), QString::number(report.resumes)});
    html.row({tr("Method"), methodName(report.plan.method)});
    html.row({tr("Package"), report.plan.package.file});
    html.row({tr("SHA-256 of the package"), QString::fromLatin1(report.plan.package.sha256)});
    html.row({tr("Program"), report.programVersion});
    html.endTable();
}

void writeHosts(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, tr("Hosts before and after"));
    html.beginTable({tr("Host"), tr("Version before"), tr("Version after"), tr("Binary after")});
    for (const ReportHost &host : report.hosts) {
        const QString unknown = tr("not verified");
        html.row({host.host, host.versionBefore,
                  host.versionAfter.isEmpty() ? unknown : host.versionAfter,
                  host.binaryAfter.isEmpty() ? unknown : host.binaryAfter});
    }
    html.endTable();
}

void writeChecks(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, tr("Checks and accepted warnings"));
    html.beginTable({tr("Result"), tr("Check"), tr("Host"), tr("Finding"), tr("Accepted because")});
    for (const CheckResult &check : report.checks) {
        QString reason;
        for (const AcceptedWarning &accepted : report.accepted) {
            const bool isThis = accepted.checkId == check.id
                && (accepted.host.isEmpty() || accepted.host == check.host);
            if (isThis && check.status == CheckStatus::Warning)
                reason = accepted.reason;
        }
        html.row(
            {statusText(check.status), checkTitle(check.id), check.host, describe(check), reason});
    }
    html.endTable();
}

void writeBackup(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, tr("Backup"));
    const BackupChoice &choice = report.plan.backup;
    switch (choice.kind) {
    case BackupChoice::Kind::None:
        html.paragraph(tr("Nothing was said about a backup."));
        break;
    case BackupChoice::Kind::ColdCopy:
        html.paragraph(tr("A cold copy of each stopped node, in %1.").arg(choice.directory));
        break;
    case BackupChoice::Kind::Named:
        html.paragraph(tr("The operator named this backup: %1").arg(choice.evidence));
        break;
    case BackupChoice::Kind::Refused:
        html.paragraph(tr("The operator went without a backup, because: %1").arg(choice.reason));
        break;
    }
    if (choice.kind != BackupChoice::Kind::ColdCopy)
        return;
    html.beginTable({tr("Host"), tr("File"), tr("Bytes"), tr("Entries"), tr("SHA-256")});
    for (const ReportStep &step : report.steps) {
        if (!step.id.startsWith(toString(StepKind::Backup)) || step.result.isEmpty())
            continue;
        const QJsonObject &copy = step.result;
        html.row({step.host, copy[QStringLiteral("path")].toString(),
                  QLocale().toString(copy[QStringLiteral("bytes")].toInteger()),
                  QLocale().toString(copy[QStringLiteral("entries")].toInteger()),
                  copy[QStringLiteral("sha256")].toString()});
    }
    html.endTable();
}

void writeStepDetails(HtmlWriter &html, const ReportStep &step)
{
    html.beginDetails(QStringLiteral("%1 (%2)").arg(step.id, stepStateText(step.state)));
    html.paragraph(tr("Expected: %1").arg(step.expectation));
    html.list(step.notes);
    if (step.error.code != ErrorCode::None) {
        html.paragraph(describe(step.error));
        html.paragraph(remedy(step.error));
        html.paragraph(describe(step.condition));
        html.preformatted(printable(step.error.evidence));
    }
    if (!step.readings.isEmpty()) {
        html.beginTable({tr("After"), tr("Asked"), tr("Good readings"), tr("Observed")});
        for (const GateProgress &reading : step.readings) {
            QStringList clauses;
            for (const GateClause &clause : reading.clauses)
                clauses += describe(clause);
            html.row({seconds(reading.elapsed.count() * 1000), reading.askedHost,
                      QStringLiteral("%1/%2").arg(reading.goodReadings).arg(reading.neededReadings),
                      clauses.join(u'\n')});
        }
        html.endTable();
    }
    html.preformatted(step.script);
    html.preformatted(step.output);
    html.endDetails();
}

void writeSteps(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, tr("Steps"));
    html.beginTable({tr("Begun"), tr("Step"), tr("Host"), tr("Attempt"), tr("Outcome"),
                     tr("Exit code"), tr("Duration")});
    for (const ReportStep &step : report.steps) {
        html.row({time(step.startedAt), step.title, step.host, QString::number(step.attempt),
                  stepStateText(step.state),
                  step.exitCode < 0 ? QStringLiteral("–") : QString::number(step.exitCode),
                  seconds(step.durationMs)});
    }
    html.endTable();
    html.heading(2, tr("Commands and output"));
    for (const ReportStep &step : report.steps)
        writeStepDetails(html, step);
}

void writeDecisions(HtmlWriter &html, const ReportData &report)
{
    if (report.decisions.isEmpty())
        return;
    html.heading(2, tr("Decisions of the operator"));
    html.beginTable({tr("Time"), tr("Step"), tr("Host"), tr("What was asked"), tr("Choice")});
    for (const ReportDecision &decision : report.decisions)
        html.row(
            {time(decision.time), decision.stepId, decision.host, decision.text, decision.choice});
    html.endTable();
}

Result<void> writeFile(const QString &name, const QByteArray &content)
{
    QSaveFile file(name);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (!isWritten)
        return Error{ErrorCode::FileUnwritable, {}, {name, file.errorString()}, {}, {}, -1};
    return {};
}

} // namespace

QString reportHtml(const QList<JournalEntry> &entries)
{
    const ReportData report = reportData(entries);
    HtmlWriter html(tr("KWDB upgrade %1").arg(report.plan.runId));
    writeSummary(html, report);
    writeHosts(html, report);
    writeChecks(html, report);
    writeBackup(html, report);
    writeDecisions(html, report);
    writeSteps(html, report);
    return html.finished();
}

Result<void> writeReport(const QList<JournalEntry> &entries, const QString &htmlFile,
                         const QString &jsonFile)
{
    if (const Result<void> html = writeFile(htmlFile, reportHtml(entries).toUtf8()); !html)
        return html;
    return writeFile(jsonFile, QJsonDocument(reportJson(entries)).toJson());
}

} // namespace kwup
