#include "core/plan/Plan.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace kwup::test {

class TestPlan : public QObject {
    Q_OBJECT

private slots:
    void aClusterPlanHasItsStagesInOrder();
    void aSingleNodePlanNeedsNoQuorumAndNoSetting();
    void theNodeThatIsAskedGoesLast();
    void aGivenOrderIsKeptAndAnIncompleteOneRefused();
    void theColdCopyComesBetweenStopAndUpgrade();
    void withoutAnAnswerAboutTheBackupThereIsNoPlan_data();
    void withoutAnAnswerAboutTheBackupThereIsNoPlan();
    void anUnknownNodeIdIsRefused();
    void anUndocumentedPathIsRefused();
    void thePointOfNoReturnIsTheFirstStart();
    void aPlanSurvivesJson();
    void nonsenseIsNotAPlan();
    void everyScriptIsValidShell();
    void hostsWithBlanksAndQuotesStayQuoted();
    void theRunbookHoldsTheScriptsByteForByte();
    void theRunbookShellIsValidShell();
    void runIdsAreSafeAndDiffer();
    void everyKindHasItsTexts();

private:
    static PlanInput inputFor(const Facts &facts, Method method = Method::ScriptRolling);
    static Plan planFor(const Facts &facts, Method method = Method::ScriptRolling);
};

PlanInput TestPlan::inputFor(const Facts &facts, Method method)
{
    return {.facts = facts,
            .method = method,
            .package = debPackage(),
            .backup = {.kind = BackupChoice::Kind::ColdCopy,
                       .directory = QStringLiteral("/backup"),
                       .evidence = {},
                       .reason = {}},
            .nodeOrder = {},
            .runId = QStringLiteral("20261122-2331-4f2a")};
}

Plan TestPlan::planFor(const Facts &facts, Method method)
{
    const auto plan = buildPlan(inputFor(facts, method));
    if (!plan)
        qFatal("%s", qPrintable(describe(plan.error())));
    return *plan;
}

void TestPlan::aClusterPlanHasItsStagesInOrder()
{
    const Plan plan = planFor(FactsBuilder::cluster().facts());
    QStringList stages;
    for (const auto &stage : plan.stages)
        stages.append(stage.id);
    QCOMPARE(
        stages.first(3),
        (QStringList{QStringLiteral("lock"), QStringLiteral("stage"), QStringLiteral("baseline")}));
    QCOMPARE(stages.last(), QStringLiteral("finish"));
    QCOMPARE(stages.size(), 7);
    QVERIFY(plan.stages[1].order == Stage::Order::Parallel);
    QStringList kinds;
    for (const auto &step : plan.stages[3].steps)
        kinds.append(toString(step.kind));
    QCOMPARE(kinds.join(u' '), QStringLiteral("before-stop stop backup upgrade start gate"));
    QVERIFY(plan.estimate() > std::chrono::seconds(60));
}

void TestPlan::aSingleNodePlanNeedsNoQuorumAndNoSetting()
{
    const Plan plan = planFor(FactsBuilder::singleNode().facts(), Method::ScriptSingle);
    QVERIFY(!plan.step(QStringLiteral("raise-setting")));
    QVERIFY(!plan.step(QStringLiteral("restore-setting")));
    QVERIFY(!plan.step(QStringLiteral("before-stop@10.0.0.1")));
    QVERIFY(plan.step(QStringLiteral("stop@10.0.0.1")));
    QVERIFY(plan.step(QStringLiteral("gate@10.0.0.1")));
}

void TestPlan::theNodeThatIsAskedGoesLast()
{
    auto builder = FactsBuilder::cluster();
    builder.view().askedHost = QStringLiteral("10.0.0.1");
    QCOMPARE(planFor(builder.facts()).hosts.last().id(), QStringLiteral("10.0.0.1"));
}

void TestPlan::aGivenOrderIsKeptAndAnIncompleteOneRefused()
{
    auto builder = FactsBuilder::cluster();
    PlanInput input = inputFor(builder.facts());
    input.nodeOrder = {QStringLiteral("10.0.0.3"), QStringLiteral("10.0.0.1"),
                       QStringLiteral("10.0.0.2")};
    const auto plan = buildPlan(input);
    QVERIFY(plan);
    QStringList order;
    for (const auto &host : plan->hosts)
        order.append(host.id());
    QCOMPARE(order, input.nodeOrder);
    input.nodeOrder.removeLast();
    QVERIFY(!buildPlan(input));
}

void TestPlan::theColdCopyComesBetweenStopAndUpgrade()
{
    auto builder = FactsBuilder::cluster();
    const Plan plan = planFor(builder.facts());
    const PlanStep *backup = plan.step(QStringLiteral("backup@10.0.0.1"));
    QVERIFY(backup);
    QVERIFY(backup->script.contains("/backup/kwup-20261122-2331-4f2a-10.0.0.1"));
    PlanInput input = inputFor(builder.facts());
    input.backup = {.kind = BackupChoice::Kind::Refused,
                    .directory = {},
                    .evidence = {},
                    .reason = QStringLiteral("test system")};
    const auto without = buildPlan(input);
    QVERIFY(without);
    QVERIFY(!without->step(QStringLiteral("backup@10.0.0.1")));
}

void TestPlan::withoutAnAnswerAboutTheBackupThereIsNoPlan_data()
{
    using Kind = BackupChoice::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << int(Kind::None) << QString();
    QTest::newRow("relative directory") << int(Kind::ColdCopy) << QStringLiteral("backup");
    QTest::newRow("named without a name") << int(Kind::Named) << QStringLiteral("  ");
    QTest::newRow("refused without a reason") << int(Kind::Refused) << QString();
}

void TestPlan::withoutAnAnswerAboutTheBackupThereIsNoPlan()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    auto builder = FactsBuilder::cluster();
    PlanInput input = inputFor(builder.facts());
    input.backup = {.kind = static_cast<BackupChoice::Kind>(kind),
                    .directory = text,
                    .evidence = text,
                    .reason = text};
    const auto plan = buildPlan(input);
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::BackupMissing);
}

void TestPlan::anUnknownNodeIdIsRefused()
{
    auto builder = FactsBuilder::cluster();
    builder.facts().nodeIdByHost.remove(QStringLiteral("10.0.0.2"));
    const auto plan = buildPlan(inputFor(builder.facts()));
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::NodeIdUnknown
            || plan.error().code == ErrorCode::MethodNotApplicable);
}

void TestPlan::anUndocumentedPathIsRefused()
{
    auto builder = FactsBuilder::cluster(3, QStringLiteral("2.1.0"));
    const auto plan = buildPlan(inputFor(builder.facts()));
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::MethodNotApplicable);
    QVERIFY(describe(plan.error()).contains(QStringLiteral("2.1.0")));
}

void TestPlan::thePointOfNoReturnIsTheFirstStart()
{
    const Plan plan = planFor(FactsBuilder::cluster().facts());
    QCOMPARE(plan.pointOfNoReturn, QStringLiteral("start@") + plan.hosts.first().id());
    QVERIFY(runbookMarkdown(plan).contains(QStringLiteral("Point of no return")));
}

void TestPlan::aPlanSurvivesJson()
{
    auto builder = FactsBuilder::cluster();
    builder.host(1).host.port = 2222;
    builder.host(1).host.jump = JumpHost{.address = QStringLiteral("gate"),
                                         .port = 22,
                                         .user = QStringLiteral("j"),
                                         .auth = AuthMethod::Password,
                                         .keyFile = {}};
    builder.facts().nodeIdByHost[QStringLiteral("10.0.0.2:2222")] =
        builder.facts().nodeIdByHost.take(QStringLiteral("10.0.0.2"));
    const Plan plan = planFor(builder.facts());
    const QByteArray text = QJsonDocument(plan.toJson()).toJson();
    const auto read = Plan::fromJson(QJsonDocument::fromJson(text).object());
    QVERIFY(read);
    QCOMPARE(QJsonDocument(read->toJson()).toJson(), text);
    QCOMPARE(read->hosts, plan.hosts);
    QCOMPARE(read->nodeIds, plan.nodeIds);
    QCOMPARE(read->step(plan.pointOfNoReturn)->script, plan.step(plan.pointOfNoReturn)->script);
}

void TestPlan::nonsenseIsNotAPlan()
{
    QVERIFY(!Plan::fromJson({}));
    QJsonObject json = planFor(FactsBuilder::cluster().facts()).toJson();
    json[QStringLiteral("method")] = QStringLiteral("by-magic");
    QVERIFY(!Plan::fromJson(json));
}

void TestPlan::everyScriptIsValidShell()
{
    const Plan plan = planFor(FactsBuilder::cluster().facts());
    for (const auto &stage : plan.stages) {
        for (const auto &step : stage.steps) {
            QProcess shell;
            shell.start(QStringLiteral("sh"), {QStringLiteral("-n")});
            shell.write(step.script);
            shell.closeWriteChannel();
            QVERIFY(shell.waitForFinished());
            QVERIFY2(shell.exitCode() == 0, qPrintable(step.id));
            const bool changes = step.kind != StepKind::Baseline
                && step.kind != StepKind::BeforeStop && step.kind != StepKind::Gate
                && step.kind != StepKind::Verify;
            QVERIFY2(step.script.isEmpty() != changes, qPrintable(step.id));
        }
    }
}

void TestPlan::hostsWithBlanksAndQuotesStayQuoted()
{
    auto builder = FactsBuilder::cluster();
    builder.host(0).dataRoot = known(QStringLiteral("/data/it's here; rm -rf /"));
    const Plan plan = planFor(builder.facts());
    const QByteArray script = plan.step(QStringLiteral("backup@10.0.0.1"))->script;
    const qsizetype at = script.indexOf("data_root=");
    QProcess shell;
    shell.start(QStringLiteral("sh"), {QStringLiteral("-s")});
    shell.write(script.mid(at, script.indexOf('\n', at) - at) + "\nprintf %s \"$data_root\"\n");
    shell.closeWriteChannel();
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), QByteArray("/data/it's here; rm -rf /"));
}

void TestPlan::theRunbookHoldsTheScriptsByteForByte()
{
    const Plan plan = planFor(FactsBuilder::cluster().facts());
    const QByteArray markdown = runbookMarkdown(plan).toUtf8();
    const QByteArray shell = runbookShell(plan);
    for (const auto &stage : plan.stages) {
        for (const auto &step : stage.steps) {
            QVERIFY2(markdown.contains(step.script), qPrintable(step.id));
            QVERIFY2(shell.contains(step.script), qPrintable(step.id));
            QVERIFY(markdown.contains(step.id.toUtf8()));
        }
    }
}

void TestPlan::theRunbookShellIsValidShell()
{
    QProcess shell;
    shell.start(QStringLiteral("sh"), {QStringLiteral("-n")});
    shell.write(runbookShell(planFor(FactsBuilder::cluster().facts())));
    shell.closeWriteChannel();
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
}

void TestPlan::runIdsAreSafeAndDiffer()
{
    const QString a = newRunId();
    QVERIFY(a != newRunId());
    static const QRegularExpression Pattern(QStringLiteral("^\\d{8}-\\d{4}-[0-9a-f]{8}$"));
    QVERIFY2(Pattern.match(a).hasMatch(), qPrintable(a));
}

void TestPlan::everyKindHasItsTexts()
{
    const Plan plan = planFor(FactsBuilder::cluster().facts());
    for (const auto &stage : plan.stages) {
        QVERIFY(!stageTitle(stage).isEmpty());
        for (const auto &step : stage.steps) {
            QVERIFY(!stepTitle(step).isEmpty());
            QVERIFY(!stepTitle(step).contains(u'%'));
            QVERIFY(!stepExpectation(step).isEmpty());
            QVERIFY(stepKindFromString(toString(step.kind)) == step.kind);
        }
    }
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestPlan)

#include "tst_Plan.moc"
