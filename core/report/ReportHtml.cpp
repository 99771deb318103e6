#include "core/report/HtmlWriter.h"
#include "core/report/KeptOnHosts.h"
#include "core/report/Report.h"
#include "core/report/ReportData.h"
#include "core/report/TransferSection.h"

#include "core/base/CommandLine.h"
#include "core/base/SaveFile.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

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
    return Text::tr("%1 s").arg(
        QLocale().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1));
}

QString stateText(const ReportData &report)
{
    switch (report.state) {
    case RunState::Completed:
        return report.problems.isEmpty()
            ? Text::tr("The upgrade is complete; the cluster confirms it.")
            : Text::tr("The upgrade is complete, with problems listed below.");
    case RunState::Failed:
        if (report.wentBack)
            return Text::tr("The run failed at the step %1 and went back: the old version is in "
                            "place again.")
                .arg(report.wentBackFrom);
        return Text::tr("The run failed.");
    case RunState::Stopped:
        return Text::tr("The run was stopped by the operator.");
    default:
        return Text::tr("The run is not over.");
    }
}

QString statusText(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return Text::tr("passed");
    case CheckStatus::Info:
        return Text::tr("worth knowing");
    case CheckStatus::Warning:
        return Text::tr("warning");
    case CheckStatus::Blocked:
        return Text::tr("blocks");
    case CheckStatus::NotApplicable:
        return Text::tr("not applicable");
    }
    return {};
}

QString stepStateText(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return Text::tr("waiting");
    case StepState::Running:
        return Text::tr("begun, no outcome");
    case StepState::Done:
        return Text::tr("done");
    case StepState::Skipped:
        return Text::tr("already done");
    case StepState::Failed:
        return Text::tr("failed");
    }
    return {};
}

void writeSummary(HtmlWriter &html, const ReportData &report)
{
    html.heading(1,
                 Text::tr("Upgrade of KWDB from %1 to %2")
                     .arg(report.plan.from.toString(), report.plan.to.toString()));
    html.paragraph(stateText(report));
    html.list(report.problems);
    if (!report.instructions.isEmpty()) {
        html.heading(2, Text::tr("What is left to do"));
        html.list(report.instructions);
    }
    html.beginTable({Text::tr("What"), Text::tr("Value")});
    html.row({Text::tr("Run"), report.plan.runId});
    html.row(
        {Text::tr("Operator"), Text::tr("%1 on %2").arg(report.operatorName, report.computer)});
    html.row({Text::tr("Begun"), time(report.startedAt)});
    html.row({Text::tr("Ended"), time(report.endedAt)});
    html.row({Text::tr("Resumed"), QString::number(report.resumes)});
    html.row({Text::tr("Method"), methodName(report.plan.method)});
    html.row({Text::tr("Package"), report.plan.package.file});
    html.row({Text::tr("SHA-256 of the package"), QString::fromLatin1(report.plan.package.sha256)});
    html.row({Text::tr("Program"), report.programVersion});
    html.endTable();
}

void writeHosts(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, Text::tr("Hosts before and after"));
    html.beginTable({Text::tr("Host"), Text::tr("Version before"), Text::tr("Version after"),
                     Text::tr("Binary after")});
    for (const ReportHost &host : report.hosts) {
        const QString unknown = Text::tr("not verified");
        html.row({host.host, host.versionBefore,
                  host.versionAfter.isEmpty() ? unknown : host.versionAfter,
                  host.binaryAfter.isEmpty() ? unknown : host.binaryAfter});
    }
    html.endTable();
}

void writeChecks(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, Text::tr("Checks and accepted warnings"));
    html.beginTable({Text::tr("Result"), Text::tr("Check"), Text::tr("Host"), Text::tr("Finding"),
                     Text::tr("Accepted because")});
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
    html.heading(2, Text::tr("Backup"));
    const BackupChoice &choice = report.plan.backup;
    switch (choice.kind) {
    case BackupChoice::Kind::None:
        html.paragraph(Text::tr("Nothing was said about a backup."));
        break;
    case BackupChoice::Kind::ColdCopy:
        html.paragraph(Text::tr("A cold copy of each stopped node, in %1.").arg(choice.directory));
        break;
    case BackupChoice::Kind::Named:
        html.paragraph(Text::tr("The operator named this backup: %1").arg(choice.evidence));
        break;
    case BackupChoice::Kind::Refused:
        html.paragraph(
            Text::tr("The operator went without a backup, because: %1").arg(choice.reason));
        break;
    }
    if (choice.kind != BackupChoice::Kind::ColdCopy)
        return;
    html.beginTable({Text::tr("Host"), Text::tr("File"), Text::tr("Bytes"), Text::tr("Entries"),
                     Text::tr("SHA-256")});
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

void writeKept(HtmlWriter &html, const ReportData &report)
{
    const QList<KeptThing> things = keptOnHosts(report);
    if (things.isEmpty())
        return;
    html.heading(2, Text::tr("Kept on the hosts"));
    html.paragraph(Text::tr("This is what a way back needs. Remove it when the new version has "
                            "proved itself."));
    html.beginTable({Text::tr("Host"), Text::tr("What"), Text::tr("Place"),
                     Text::tr("Command that removes it")});
    for (const KeptThing &thing : things)
        html.row({thing.host, thing.what, thing.place, thing.removal});
    html.endTable();
}

void writeStepDetails(HtmlWriter &html, const ReportStep &step)
{
    html.beginDetails(QStringLiteral("%1 (%2)").arg(step.id, stepStateText(step.state)));
    html.paragraph(Text::tr("Expected: %1").arg(step.expectation));
    html.list(step.notes);
    if (step.error.code != ErrorCode::None) {
        html.paragraph(describe(step.error));
        html.paragraph(remedy(step.error));
        html.paragraph(describe(step.condition));
        html.preformatted(printable(step.error.evidence));
    }
    if (!step.readings.isEmpty()) {
        html.beginTable({Text::tr("After"), Text::tr("Asked"), Text::tr("Good readings"),
                         Text::tr("Observed")});
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

void writeStepTable(HtmlWriter &html, const ReportData &report, bool isWayBack)
{
    html.beginTable({Text::tr("Begun"), Text::tr("Step"), Text::tr("Host"), Text::tr("Attempt"),
                     Text::tr("Outcome"), Text::tr("Exit code"), Text::tr("Duration")});
    for (const ReportStep &step : report.steps) {
        if (report.isStepBack(step.id) != isWayBack)
            continue;
        html.row({time(step.startedAt), step.title, step.host, QString::number(step.attempt),
                  stepStateText(step.state),
                  step.exitCode < 0 ? QStringLiteral("–") : QString::number(step.exitCode),
                  seconds(step.durationMs)});
    }
    html.endTable();
}

void writeSteps(HtmlWriter &html, const ReportData &report)
{
    html.heading(2, Text::tr("Steps"));
    writeStepTable(html, report, false);
    const bool hasGoneBack =
        std::any_of(report.steps.begin(), report.steps.end(),
                    [&report](const ReportStep &step) { return report.isStepBack(step.id); });
    if (hasGoneBack) {
        html.heading(2, Text::tr("Steps of the way back"));
        writeStepTable(html, report, true);
    }
    html.heading(2, Text::tr("Commands and output"));
    for (const ReportStep &step : report.steps)
        writeStepDetails(html, step);
}

void writeDecisions(HtmlWriter &html, const ReportData &report)
{
    if (report.decisions.isEmpty())
        return;
    html.heading(2, Text::tr("Decisions of the operator"));
    html.beginTable({Text::tr("Time"), Text::tr("Step"), Text::tr("Host"),
                     Text::tr("What was asked"), Text::tr("Choice")});
    for (const ReportDecision &decision : report.decisions)
        html.row(
            {time(decision.time), decision.stepId, decision.host, decision.text, decision.choice});
    html.endTable();
}

} // namespace

QString reportHtml(const QList<JournalEntry> &entries)
{
    const ReportData report = reportData(entries);
    HtmlWriter html(Text::tr("KWDB upgrade %1").arg(report.plan.runId));
    writeSummary(html, report);
    writeHosts(html, report);
    writeTransfer(html, report);
    writeChecks(html, report);
    writeBackup(html, report);
    writeKept(html, report);
    writeDecisions(html, report);
    writeSteps(html, report);
    return html.finished();
}

Result<void> writeReport(const QList<JournalEntry> &entries, const QString &htmlFile,
                         const QString &jsonFile)
{
    if (const Result<void> html = saveFile(htmlFile, reportHtml(entries).toUtf8()); !html)
        return html;
    return saveFile(jsonFile, QJsonDocument(reportJson(entries)).toJson());
}

} // namespace kwup
