#include "tests/core/run/RunFixture.h"

#include <QJsonDocument>

namespace kwup::test {

Choice ScriptedDecisions::decide(const Decision &decision, std::stop_token)
{
    asked.append(decision);
    if (beforeAnswer)
        beforeAnswer(decision);
    return answers.isEmpty() ? Choice::StopHere : answers.takeFirst();
}

void EventLog::handleEvent(const RunEvent &event)
{
    events.append(event);
    if (onEvent)
        onEvent(event);
}

QStringList EventLog::finishedSteps() const
{
    QStringList steps;
    for (const auto &event : events) {
        if (event.kind == RunEvent::Kind::StepFinished)
            steps.append(event.stepId);
    }
    return steps;
}

QList<Error> EventLog::notes() const
{
    QList<Error> errors;
    for (const auto &event : events) {
        if (event.kind == RunEvent::Kind::Note)
            errors.append(event.error);
    }
    return errors;
}

BackupChoice RunFixture::refused()
{
    return {.kind = BackupChoice::Kind::Refused,
            .directory = {},
            .evidence = {},
            .reason = QStringLiteral("a test")};
}

BackupChoice RunFixture::coldCopy()
{
    return {.kind = BackupChoice::Kind::ColdCopy,
            .directory = QStringLiteral("/backup"),
            .evidence = {},
            .reason = {}};
}

RunFixture::RunFixture(int nodes, const BackupChoice &backup)
    : RunFixture(nodes, backup, Setup())
{ }

RunFixture::RunFixture(int nodes, const BackupChoice &backup, const Setup &setup)
    : cluster(nodes, setup.runType)
{
    const Facts facts = cluster.facts();
    PlanInput input{.facts = facts,
                    .method = nodes == 1                              ? Method::ScriptSingle
                        : setup.runType == RunType::SingleReplication ? Method::ScriptOfflineCluster
                                                                      : Method::ScriptRolling,
                    .package = cluster.package(),
                    .backup = backup,
                    .nodeOrder = {},
                    .runId = QStringLiteral("20261122-2331-4f2a"),
                    .timeouts = timeouts};
    if (setup.hasOldPackages)
        input.oldPackage = cluster.oldPackage();
    auto built = buildPlan(input);
    if (!built)
        qFatal("no plan: %s", qPrintable(describe(built.error())));
    plan = std::move(*built);
    // The hosts of the cluster are called without certificates and as this user.
    const auto clis = cluster.clis();
    for (auto *stages : {&plan.stages, &plan.wayBack}) {
        for (auto &stage : *stages) {
            for (auto &step : stage.steps)
                step.args[QStringLiteral("secure")] = false;
        }
    }
    plan.clis = clis;
    RunStart start;
    start.plan = plan;
    start.facts = facts;
    start.operatorName = QStringLiteral("dba");
    start.computer = QStringLiteral("desk");
    start.programVersion = QStringLiteral("0.1.0");
    if (const auto created = store().create(start); !created)
        qFatal("no journal: %s", qPrintable(describe(created.error())));
}

RunState RunFixture::run(std::stop_token stop)
{
    return run([](Executor &) {}, std::move(stop));
}

RunState RunFixture::run(const std::function<void(Executor &)> &prepare, std::stop_token stop)
{
    auto opened = store().open(plan.runId);
    if (!opened)
        qFatal("journal: %s", qPrintable(describe(opened.error())));
    std::unique_ptr<Journal> journal = std::move(*opened);
    if (wrapJournal)
        journal = wrapJournal(std::move(journal));
    // From the journal, as a resume does.
    const auto planned = store().plan(plan.runId);
    if (!planned)
        qFatal("plan: %s", qPrintable(describe(planned.error())));
    FakePrompts prompts;
    HostPool pool(cluster.connector(), prompts, cluster.logins());
    Executor executor(*planned, *journal, pool, decisions, log, timeouts);
    prepare(executor);
    return executor.run(std::move(stop));
}

QList<JournalEntry> RunFixture::entries() const
{
    const auto read = readJournal(store().file(plan.runId));
    return read ? *read : QList<JournalEntry>();
}

QList<JournalEntry> RunFixture::entries(const QString &kind) const
{
    QList<JournalEntry> found;
    for (const auto &entry : entries()) {
        if (entry.kind == kind)
            found.append(entry);
    }
    return found;
}

QJsonObject RunFixture::resultOf(const QString &stepId) const
{
    QJsonObject result;
    for (const auto &entry : entries()) {
        if (entry.kind == QStringLiteral("step-finished") && entry.stepId == stepId)
            result = entry.data[QStringLiteral("result")].toObject();
    }
    return result;
}

bool RunFixture::allUpgradedOnce() const
{
    for (int i = 0; i < cluster.size(); ++i) {
        const bool isRight = cluster.count(i, QStringLiteral("term")) == 1
            && cluster.count(i, QStringLiteral("upgrade")) == 1
            && cluster.count(i, QStringLiteral("start")) == 1 && cluster.isRunning(i)
            && cluster.version(i) == QStringLiteral("2.2.1");
        if (!isRight)
            return false;
    }
    return true;
}

QString RunFixture::state() const
{
    QString text;
    for (int i = 0; i < cluster.size(); ++i) {
        text += QStringLiteral("%1: term %2 upgrade %3 start %4 running %5 version %6\n")
                    .arg(cluster.hostId(i))
                    .arg(cluster.count(i, QStringLiteral("term")))
                    .arg(cluster.count(i, QStringLiteral("upgrade")))
                    .arg(cluster.count(i, QStringLiteral("start")))
                    .arg(cluster.isRunning(i))
                    .arg(cluster.version(i));
    }
    text += QStringLiteral("setting %1\n").arg(cluster.setting());
    for (const auto &entry : entries()) {
        text += QStringLiteral("%1 %2 %3 %4\n")
                    .arg(entry.seq)
                    .arg(entry.kind, entry.stepId,
                         entry.kind == QStringLiteral("step-failed") ? QString::fromUtf8(
                             QJsonDocument(entry.data[QStringLiteral("error")].toObject())
                                 .toJson(QJsonDocument::Compact))
                                                                     : QString());
    }
    return text;
}

} // namespace kwup::test
