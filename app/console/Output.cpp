#include "app/console/Output.h"

#include "app/console/Terminal.h"
#include "core/base/CommandLine.h"
#include "core/base/Words.h"
#include "core/discover/FactRows.h"
#include "core/plan/PlanNotes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <cstdio>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Output)
};

QString statusWord(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return Text::tr("passed");
    case CheckStatus::Info:
        return Text::tr("note");
    case CheckStatus::Warning:
        return Text::tr("WARNING");
    case CheckStatus::Blocked:
        return Text::tr("BLOCKED");
    case CheckStatus::NotApplicable:
        return Text::tr("not applicable");
    }
    return {};
}

QString indented(const QString &text)
{
    QString shifted = text.trimmed();
    shifted.replace(u'\n', QStringLiteral("\n      "));
    return QStringLiteral("      ") + shifted;
}

QString optionalNumber(const std::optional<int> &value)
{
    return value ? QString::number(*value) : QStringLiteral("–");
}

} // namespace

Output::Output(bool json)
    : m_json(json)
{ }

void Output::line(const QString &text)
{
    if (m_json)
        return;
    const QMutexLocker locker(&m_mutex);
    printLine(text);
}

void Output::object(const QString &event, QJsonObject fields)
{
    if (!m_json)
        return;
    fields[QStringLiteral("event")] = event;
    const QMutexLocker locker(&m_mutex);
    printLine(QString::fromUtf8(QJsonDocument(fields).toJson(QJsonDocument::Compact)));
}

void Output::error(const Error &error)
{
    if (error.code == ErrorCode::None)
        return;
    const QString raw = printable(error.evidence, 4000).trimmed();
    object(QStringLiteral("error"),
           {{QStringLiteral("code"), errorCodeName(error.code)},
            {QStringLiteral("host"), error.host},
            {QStringLiteral("message"), describe(error)},
            {QStringLiteral("remedy"), remedy(error)},
            {QStringLiteral("command"), error.command},
            {QStringLiteral("exitCode"), error.exitCode},
            {QStringLiteral("evidence"), raw}});
    line(describe(error));
    if (!error.command.isEmpty())
        line(indented(Text::tr("Command: %1").arg(error.command.left(400))));
    if (!raw.isEmpty())
        line(indented(raw));
    line(indented(remedy(error)));
}

void Output::progress(const QString &label, qint64 done, qint64 total)
{
    if (m_json || !terminal::outputIsTerminal() || total <= 0)
        return;
    const QMutexLocker locker(&m_mutex);
    const int percent = static_cast<int>(done * 100 / total);
    const int width = qBound(10, terminal::columns() - static_cast<int>(label.size()) - 12, 40);
    const int filled = static_cast<int>(done * width / total);
    terminal::write(stdout,
                    QStringLiteral("\r%1 [%2%3] %4%\x1b[K")
                        .arg(label, QString(filled, u'#'), QString(width - filled, u' '))
                        .arg(percent));
    m_showsProgress = true;
}

void Output::clearProgress()
{
    if (!m_showsProgress)
        return;
    terminal::write(stdout, QStringLiteral("\r\x1b[K"));
    m_showsProgress = false;
}

void Output::printLine(const QString &text)
{
    clearProgress();
    terminal::write(stdout, text + u'\n');
}

void Output::facts(const HostFacts &facts)
{
    object(QStringLiteral("facts"), factsJson(facts));
    if (!facts.isReachable()) {
        error(facts.error);
        return;
    }
    line(facts.host.id());
    for (const FactRow &row : factRows(facts)) {
        const QString value =
            row.problem.isEmpty() ? row.value : QStringLiteral("? %1").arg(row.problem);
        if (!value.isEmpty())
            line(QStringLiteral("  %1: %2").arg(row.label, value));
    }
}

void Output::cluster(const ClusterView &cluster)
{
    QJsonArray nodes;
    line(Text::tr("Nodes, as %1 sees them:").arg(cluster.askedHost));
    for (const NodeRow &node : cluster.nodes) {
        nodes += QJsonObject{{QStringLiteral("id"), node.id},
                             {QStringLiteral("address"), node.address},
                             {QStringLiteral("build"), node.build},
                             {QStringLiteral("isAvailable"), node.isAvailable},
                             {QStringLiteral("isLive"), node.isLive},
                             {QStringLiteral("ranges"), node.ranges.value_or(-1)},
                             {QStringLiteral("leaseholders"), node.leaseholders.value_or(-1)}};
        line(Text::tr("  node %1  %2  %3  %4  leases %5  replicas %6")
                 .arg(QString::number(node.id), node.address, node.build,
                      node.isUp() ? Text::tr("up") : Text::tr("DOWN"),
                      optionalNumber(node.leaseholders), optionalNumber(node.ranges)));
    }
    QJsonObject fields{{QStringLiteral("asked"), cluster.askedHost},
                       {QStringLiteral("clusterId"), cluster.clusterId},
                       {QStringLiteral("nodes"), nodes}};
    if (cluster.health) {
        fields[QStringLiteral("unavailable")] = cluster.health->unavailable;
        fields[QStringLiteral("underReplicated")] = cluster.health->underReplicated;
        line(Text::tr("Ranges unavailable: %1, under-replicated: %2")
                 .arg(cluster.health->unavailable)
                 .arg(cluster.health->underReplicated));
    }
    object(QStringLiteral("cluster"), fields);
}

void Output::package(const PackageInfo &package)
{
    object(QStringLiteral("package"),
           {{QStringLiteral("file"), package.file},
            {QStringLiteral("version"), package.version.toString()},
            {QStringLiteral("kind"), toString(package.kind)},
            {QStringLiteral("architecture"), package.architecture},
            {QStringLiteral("sha256"), QString::fromLatin1(package.sha256)},
            {QStringLiteral("size"), package.size}});
    if (isBuild(package.kind)) {
        // A tree is for any processor, and a build that lies on the hosts has no size here.
        const QString name = package.file.isEmpty() ? package.directory : package.file;
        line(Text::tr("Package %1: version %2, %3")
                 .arg(name, package.version.toString(), shownWord(toString(package.kind))));
        return;
    }
    line(Text::tr("Package %1: version %2, %3, %4, %5")
             .arg(package.file, package.version.toString(), shownWord(toString(package.kind)),
                  package.architecture, bytesText(package.size)));
}

void Output::check(const CheckResult &result, bool accepted)
{
    object(QStringLiteral("check"),
           {{QStringLiteral("id"), result.id},
            {QStringLiteral("host"), result.host},
            {QStringLiteral("status"), toString(result.status)},
            {QStringLiteral("accepted"), accepted},
            {QStringLiteral("finding"), result.finding},
            {QStringLiteral("message"), describe(result)},
            {QStringLiteral("remedy"), remedy(result)},
            {QStringLiteral("evidence"), printable(result.evidence, 4000)}});
    const QString host = result.host.isEmpty() ? QString() : QStringLiteral(" %1").arg(result.host);
    line(QStringLiteral("  %1  %2%3: %4")
             .arg(accepted ? Text::tr("accepted") : statusWord(result.status), result.id, host,
                  describe(result)));
    if (const QString what = remedy(result);
        !what.isEmpty() && result.status != CheckStatus::NotApplicable)
        line(indented(what));
}

void Output::advice(const MethodAdvice &advice)
{
    for (const MethodAdvice::Row &row : advice.rows) {
        object(QStringLiteral("method"),
               {{QStringLiteral("method"), toString(row.method)},
                {QStringLiteral("applicable"), row.applicable},
                {QStringLiteral("proposed"), advice.proposed == row.method},
                {QStringLiteral("reason"), describe(row)}});
        const QString mark =
            advice.proposed == row.method ? QStringLiteral("→") : QStringLiteral(" ");
        line(QStringLiteral("%1 %2 (%3): %4")
                 .arg(mark, methodName(row.method), toString(row.method), describe(row)));
    }
}

void Output::plan(const Plan &plan)
{
    QJsonObject json = plan.toJson();
    json[QStringLiteral("notes")] = QJsonArray::fromStringList(planNotes(plan));
    object(QStringLiteral("plan"), json);
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(plan.estimate()).count();
    line(Text::tr("Run %1: %2, %3 to %4, about %n minute(s)", nullptr, static_cast<int>(minutes))
             .arg(plan.runId, methodName(plan.method), plan.from.toString(), plan.to.toString()));
    for (const Stage &stage : plan.stages) {
        line(QStringLiteral("  %1").arg(stageTitle(stage)));
        for (const PlanStep &step : stage.steps) {
            if (step.id == plan.pointOfNoReturn)
                line(QStringLiteral("    ── %1")
                         .arg(Text::tr("point of no return: from here on, going "
                                       "back needs the backup")));
            line(QStringLiteral("    %1  %2").arg(step.id, stepTitle(step)));
        }
    }
    if (!plan.wayBack.isEmpty())
        line(Text::tr("The way back, only when it is chosen after a failed step:"));
    for (const Stage &stage : plan.wayBack) {
        line(QStringLiteral("  %1").arg(stageTitle(stage)));
        for (const PlanStep &step : stage.steps)
            line(QStringLiteral("    %1  %2").arg(step.id, stepTitle(step)));
    }
    for (const QString &note : planNotes(plan))
        line(note);
}

void Output::run(const RunSummary &run)
{
    object(QStringLiteral("run"),
           {{QStringLiteral("run"), run.runId},
            {QStringLiteral("state"), toString(run.state)},
            {QStringLiteral("resumable"), run.isResumable()},
            {QStringLiteral("startedAt"), run.startedAt.toString(Qt::ISODate)},
            {QStringLiteral("from"), run.from},
            {QStringLiteral("to"), run.to},
            {QStringLiteral("lastStep"), run.lastStepId},
            {QStringLiteral("hosts"), QJsonArray::fromStringList(run.hosts)}});
    line(Text::tr("%1  %2  %3 → %4  %5  last step %6  %7")
             .arg(run.runId, shownWord(toString(run.state)), run.from, run.to,
                  QLocale().toString(run.startedAt.toLocalTime(), QLocale::ShortFormat),
                  run.lastStepId, run.hosts.join(u' ')));
}

void Output::event(const RunEvent &event, const Plan &plan)
{
    if (m_json) {
        object(toString(event.kind), toJson(event));
        return;
    }
    printEvent(event, plan);
}

void Output::printOutput(const RunEvent &event)
{
    const QStringList lines = printable(event.output).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &text : lines) {
        if (!text.trimmed().isEmpty())
            line(QStringLiteral("      │ %1").arg(text.trimmed()));
    }
}

void Output::printEvent(const RunEvent &event, const Plan &plan)
{
    const PlanStep *step = plan.step(event.stepId);
    const QString title = step ? stepTitle(*step) : event.stepId;
    const QString time = event.time.toLocalTime().toString(QStringLiteral("hh:mm:ss"));
    switch (event.kind) {
    case RunEvent::Kind::RunStateChanged:
        line(QStringLiteral("%1  %2").arg(
            time, Text::tr("The run is now: %1").arg(shownWord(toString(event.runState)))));
        break;
    case RunEvent::Kind::StageStarted:
        break;
    case RunEvent::Kind::StepStarted:
        line(QStringLiteral("%1  %2  %3").arg(time, event.stepId, title));
        break;
    case RunEvent::Kind::StepProgress:
        progress(event.stepId, event.done, event.total);
        break;
    case RunEvent::Kind::StepOutput:
        printOutput(event);
        break;
    case RunEvent::Kind::GateProgressed:
        line(QStringLiteral("%1  %2  %3").arg(time, event.stepId, describe(event.gate)));
        break;
    case RunEvent::Kind::StepFinished:
        line(QStringLiteral("%1  %2  %3 (%4 s)")
                 .arg(time, event.stepId,
                      event.stepState == StepState::Skipped ? Text::tr("already done")
                                                            : Text::tr("done"),
                      QString::number(static_cast<double>(event.duration.count()) / 1000.0, 'f',
                                      1)));
        break;
    case RunEvent::Kind::StepFailed:
    case RunEvent::Kind::Note:
        error(event.error);
        break;
    case RunEvent::Kind::DecisionNeeded:
        // Why a step failed has just been told; in which state it has left the node has not.
        if (event.decision.kind != Decision::Kind::StepFailed)
            line(describe(event.decision));
        line(describe(event.decision.condition));
        break;
    case RunEvent::Kind::DecisionTaken:
        line(QStringLiteral("%1  %2").arg(time, choiceLabel(event.choice, event.decision)));
        break;
    }
}

} // namespace kwup
