#include "core/report/ReportData.h"

#include "core/base/CommandLine.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include <QJsonArray>

namespace kwup {

namespace {

using Handler = void (*)(ReportData &, const JournalEntry &);

QString string(const QJsonObject &data, const char *key)
{
    return data[QLatin1StringView(key)].toString();
}

qint64 number(const QJsonObject &data, const char *key)
{
    return data[QLatin1StringView(key)].toInteger(-1);
}

ReportStep *attempt(ReportData &report, const JournalEntry &entry)
{
    for (auto step = report.steps.rbegin(); step != report.steps.rend(); ++step) {
        if (step->id == entry.stepId && step->attempt == entry.attempt)
            return &*step;
    }
    return nullptr;
}

QList<CheckResult> checksFromJson(const QJsonArray &rows)
{
    QList<CheckResult> checks;
    for (const QJsonValue &value : rows) {
        const QJsonObject row = value.toObject();
        CheckResult check;
        check.id = string(row, "id");
        check.host = string(row, "host");
        check.finding = string(row, "finding");
        check.command = string(row, "command");
        check.evidence = string(row, "evidence").toUtf8();
        for (const QJsonValue &arg : row[QStringLiteral("args")].toArray())
            check.args += arg.toString();
        check.status =
            checkStatusFromString(string(row, "status")).value_or(CheckStatus::NotApplicable);
        checks += check;
    }
    return checks;
}

void readCreated(ReportData &report, const JournalEntry &entry)
{
    const QJsonObject &data = entry.data;
    if (const auto plan = Plan::fromJson(data[QStringLiteral("plan")].toObject()))
        report.plan = *plan;
    report.before = factsFromJson(data[QStringLiteral("facts")].toObject());
    report.operatorName = string(data, "operator");
    report.computer = string(data, "computer");
    report.programVersion = string(data, "programVersion");
    report.startedAt = entry.time;
    report.checks = checksFromJson(data[QStringLiteral("checks")].toArray());
    for (const QJsonValue &value : data[QStringLiteral("accepted")].toArray()) {
        const QJsonObject row = value.toObject();
        report.accepted +=
            AcceptedWarning{string(row, "checkId"), string(row, "host"), string(row, "reason")};
    }
    for (const HostFacts &facts : std::as_const(report.before.hosts)) {
        report.hosts += ReportHost{facts.host.id(), facts.installedVersion.valueOr({}).toString(),
                                   QString(), QString()};
    }
}

void readBegan(ReportData &report, const JournalEntry &entry)
{
    report.state = RunState::Running;
    report.endedAt = {};
    if (entry.data[QStringLiteral("resumed")].toBool())
        ++report.resumes;
}

void readStarted(ReportData &report, const JournalEntry &entry)
{
    if (ReportStep *known = attempt(report, entry)) { // an attempt that a resume went on with
        known->state = StepState::Running;
        return;
    }
    ReportStep step;
    step.id = entry.stepId;
    step.attempt = entry.attempt;
    step.host = string(entry.data, "host");
    step.title = string(entry.data, "title");
    step.expectation = string(entry.data, "expectation");
    step.script = string(entry.data, "script");
    step.startedAt = entry.time;
    if (const PlanStep *planned = report.plan.step(entry.stepId)) {
        step.title = stepTitle(*planned);
        step.expectation = stepExpectation(*planned);
    }
    report.steps += step;
}

void readOutcome(ReportStep &step, const QJsonObject &data)
{
    step.durationMs = number(data, "durationMs");
    step.exitCode = static_cast<int>(number(data, "exitCode"));
    step.output = printable(string(data, "output").toUtf8());
}

void readFinished(ReportData &report, const JournalEntry &entry)
{
    ReportStep *step = attempt(report, entry);
    if (!step)
        return;
    readOutcome(*step, entry.data);
    step->state = string(entry.data, "state") == u"skipped" ? StepState::Skipped : StepState::Done;
    step->result = entry.data[QStringLiteral("result")].toObject();
}

void readFailed(ReportData &report, const JournalEntry &entry)
{
    ReportStep *step = attempt(report, entry);
    if (!step)
        return;
    readOutcome(*step, entry.data);
    step->state = StepState::Failed;
    step->error = errorFromJson(entry.data[QStringLiteral("error")].toObject());
    step->condition = conditionFromJson(entry.data[QStringLiteral("condition")].toObject());
}

void readNote(ReportData &report, const JournalEntry &entry)
{
    if (ReportStep *step = attempt(report, entry))
        step->notes += describe(errorFromJson(entry.data[QStringLiteral("error")].toObject()));
}

void readGate(ReportData &report, const JournalEntry &entry)
{
    ReportStep *step = attempt(report, entry);
    if (!step)
        return;
    GateProgress progress;
    for (const QJsonValue &clause : entry.data[QStringLiteral("clauses")].toArray())
        progress.clauses += clauseFromJson(clause.toObject());
    progress.goodReadings = static_cast<int>(number(entry.data, "goodReadings"));
    progress.neededReadings = static_cast<int>(number(entry.data, "neededReadings"));
    progress.askedHost = string(entry.data, "askedHost");
    progress.elapsed = std::chrono::seconds(number(entry.data, "elapsedMs") / 1000);
    step->readings += progress;
}

void readDecision(ReportData &report, const JournalEntry &entry)
{
    if (entry.kind == QLatin1StringView(journal::DecisionAsked)) {
        const Error error = errorFromJson(entry.data[QStringLiteral("error")].toObject());
        report.decisions += ReportDecision{entry.time, entry.stepId, string(entry.data, "host"),
                                           describe(error), QString()};
    } else if (!report.decisions.isEmpty()) {
        report.decisions.last().choice = string(entry.data, "choice");
    }
}

void readLock(ReportData &report, const JournalEntry &entry)
{
    const QJsonObject previous = entry.data[QStringLiteral("previous")].toObject();
    const Error held{
        ErrorCode::LockHeld,
        string(entry.data, "host"),
        {string(previous, "who"), string(previous, "computer"), string(previous, "since")},
        {},
        {},
        -1};
    report.decisions += ReportDecision{entry.time, entry.stepId, held.host, describe(held),
                                       QStringLiteral("take-over-lock")};
}

void readSetting(ReportData &report, const JournalEntry &entry)
{
    const Error open{ErrorCode::SettingNotRestored,
                     {},
                     {string(entry.data, "name"), string(entry.data, "value")},
                     {},
                     {},
                     -1};
    const QString text = describe(open);
    if (entry.kind == QLatin1StringView(journal::SettingNotRestored)
        && !report.problems.contains(text))
        report.problems += text;
    else if (entry.kind == QLatin1StringView(journal::SettingRestored))
        report.problems.removeAll(text);
}

void readVerdict(ReportData &report, const JournalEntry &entry)
{
    report.verdict = entry.data;
    for (const QJsonValue &problem : entry.data[QStringLiteral("problems")].toArray())
        report.problems += describe(errorFromJson(problem.toObject()));
    for (const QJsonValue &value : entry.data[QStringLiteral("hosts")].toArray()) {
        const QJsonObject row = value.toObject();
        for (ReportHost &host : report.hosts) {
            if (host.host != string(row, "host"))
                continue;
            host.versionAfter = string(row, "version");
            host.binaryAfter = string(row, "binaryVersion");
        }
    }
}

void readWentBack(ReportData &report, const JournalEntry &entry)
{
    report.wentBack = true;
    report.wentBackFrom = string(entry.data, "from");
}

void readEnded(ReportData &report, const JournalEntry &entry)
{
    report.endedAt = entry.time;
    report.instructions.clear();
    for (const QJsonValue &line : entry.data[QStringLiteral("instructions")].toArray())
        report.instructions += line.toString();
    const QString state = string(entry.data, "state");
    for (const RunState known : {RunState::Completed, RunState::Failed, RunState::Stopped}) {
        if (state == toString(known))
            report.state = known;
    }
}

Handler handlerFor(const QString &kind)
{
    static const QHash<QString, Handler> Handlers{
        {QString::fromLatin1(journal::RunCreated), readCreated},
        {QString::fromLatin1(journal::RunBegan), readBegan},
        {QString::fromLatin1(journal::StepStarted), readStarted},
        {QString::fromLatin1(journal::StepFinished), readFinished},
        {QString::fromLatin1(journal::StepFailed), readFailed},
        {QString::fromLatin1(journal::StepNote), readNote},
        {QString::fromLatin1(journal::GateReading), readGate},
        {QString::fromLatin1(journal::DecisionAsked), readDecision},
        {QString::fromLatin1(journal::DecisionTaken), readDecision},
        {QString::fromLatin1(journal::LockTakenOver), readLock},
        {QString::fromLatin1(journal::SettingNotRestored), readSetting},
        {QString::fromLatin1(journal::SettingRestored), readSetting},
        {QString::fromLatin1(journal::Verdict), readVerdict},
        {QString::fromLatin1(journal::WentBack), readWentBack},
        {QString::fromLatin1(journal::RunEnded), readEnded},
    };
    return Handlers.value(kind);
}

} // namespace

bool ReportData::isStepBack(const QString &stepId) const
{
    for (const Stage &stage : plan.wayBack) {
        for (const PlanStep &step : stage.steps) {
            if (step.id == stepId)
                return true;
        }
    }
    return false;
}

ReportData reportData(const QList<JournalEntry> &entries)
{
    ReportData report;
    for (const JournalEntry &entry : entries) {
        if (const Handler handler = handlerFor(entry.kind))
            handler(report, entry);
    }
    return report;
}

} // namespace kwup
