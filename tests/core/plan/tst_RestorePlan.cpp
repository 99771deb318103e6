#include "core/plan/Plan.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

class TestRestorePlan : public QObject {
    Q_OBJECT

private slots:
    void allNodesStopThenGoBackThenStart();
    void dataThatWasNotOpenedStaysAndOldPackagesAreEnough();
    void nodesThatNeverChangedAreLeftAlone();
    void aHostWithoutCopyIsRefused();
    void aPartOfTheClusterIsRefused();
    void withoutARunOrADirectoryThereIsNoPlan();
    void nodeIdsComeFromTheRunWhenTheClusterIsDown();
    void aNewerPackageIsNoWayBack();
    void anIncompleteNodeGoesBackToItsOwnVersion();
    void everyScriptIsValidShellAndThePlanSurvivesJson();

private:
    static RestorePoint pointFor(const Facts &facts);
    static PlanInput inputFor(const Facts &facts, const RestorePoint &point);
    static QStringList stepsOf(const Plan &plan);
};

RestorePoint TestRestorePlan::pointFor(const Facts &facts)
{
    RestorePoint point;
    point.runId = u"20261122-1200-0000abcd"_s;
    for (const auto &host : facts.hosts) {
        const QString id = host.host.id();
        point.hosts.append(id);
        point.copies[id] = {u"/backup/kwup-20261122-1200-0000abcd-"_s + id, u"ab12"_s};
        point.nodeIds[id] = static_cast<int>(point.hosts.size());
    }
    return point;
}

PlanInput TestRestorePlan::inputFor(const Facts &facts, const RestorePoint &point)
{
    return {.facts = facts,
            .method = Method::Restore,
            .package = debPackage(u"2.2.0"_s),
            .backup = {},
            .nodeOrder = {},
            .runId = u"20261122-2331-4f2a"_s,
            .restorePoint = point};
}

QStringList TestRestorePlan::stepsOf(const Plan &plan)
{
    QStringList steps;
    for (const auto &stage : plan.stages) {
        for (const auto &step : stage.steps)
            steps.append(step.id);
    }
    return steps;
}

void TestRestorePlan::allNodesStopThenGoBackThenStart()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.1"_s);
    const auto plan = buildPlan(inputFor(builder.facts(), pointFor(builder.facts())));
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QStringList stages;
    for (const auto &stage : plan->stages)
        stages.append(stage.id.section(u'@', 0, 0));
    QCOMPARE(stages.join(u' '),
             u"lock stage copies stop restore restore restore start gate finish"_s);
    QStringList kinds;
    for (const auto &step : plan->stages[4].steps)
        kinds.append(toString(step.kind));
    QCOMPARE(kinds.join(u' '), u"save-state set-aside uninstall install restore-copy"_s);
    QCOMPARE(plan->from.base, u"2.2.1"_s);
    QCOMPARE(plan->to.base, u"2.2.0"_s);
    QVERIFY(plan->backup.evidence.contains(u"/backup/kwup-"_s));
    QVERIFY(plan->step(u"check-copy@10.0.0.2"_s)->script.contains("0000abcd-10.0.0.2"));
    QVERIFY(plan->step(u"lock@10.0.0.1"_s)->script.contains("20261122-1200-0000abcd"));
}

void TestRestorePlan::dataThatWasNotOpenedStaysAndOldPackagesAreEnough()
{
    auto builder = FactsBuilder::singleNode(u"2.2.1"_s);
    RestorePoint point = pointFor(builder.facts());
    point.isOpened = false;
    point.copies.clear();
    const auto plan = buildPlan(inputFor(builder.facts(), point));
    QVERIFY(plan);
    const QStringList steps = stepsOf(*plan);
    QVERIFY(steps.contains(u"old-packages@10.0.0.1"_s));
    QVERIFY(steps.filter(u"set-aside"_s).isEmpty());
    QVERIFY(steps.filter(u"uninstall"_s).isEmpty());
    QVERIFY(steps.filter(u"check-copy"_s).isEmpty());
}

void TestRestorePlan::nodesThatNeverChangedAreLeftAlone()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.0"_s);
    builder.host(1).binaryVersion = unreadable<KwdbVersion>();
    RestorePoint point = pointFor(builder.facts());
    point.isOpened = false;
    const auto plan = buildPlan(inputFor(builder.facts(), point));
    QVERIFY(plan);
    QCOMPARE(stepsOf(*plan).filter(u"stop@"_s), QStringList{u"stop@10.0.0.2"_s});
    QCOMPARE(stepsOf(*plan).filter(u"old-packages@"_s), QStringList{u"old-packages@10.0.0.2"_s});
}

void TestRestorePlan::aHostWithoutCopyIsRefused()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.1"_s);
    RestorePoint point = pointFor(builder.facts());
    point.copies.remove(u"10.0.0.3"_s);
    const auto plan = buildPlan(inputFor(builder.facts(), point));
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::RestoreImpossible);
    QVERIFY(describe(plan.error()).contains(u"10.0.0.3"_s));
}

void TestRestorePlan::aPartOfTheClusterIsRefused()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.1"_s);
    RestorePoint point = pointFor(builder.facts());
    point.hosts.append(u"10.0.0.4"_s);
    QVERIFY(!buildPlan(inputFor(builder.facts(), point)));
    point.hosts = {u"10.0.0.1"_s, u"10.0.0.2"_s};
    QVERIFY(!buildPlan(inputFor(builder.facts(), point)));
}

void TestRestorePlan::withoutARunOrADirectoryThereIsNoPlan()
{
    auto builder = FactsBuilder::singleNode(u"2.2.1"_s);
    PlanInput input = inputFor(builder.facts(), {});
    input.restorePoint.reset();
    const auto plan = buildPlan(input);
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::RestoreImpossible);
    RestorePoint point = pointFor(builder.facts());
    point.problem = {.code = ErrorCode::RunNotFound, .args = {u"x"_s}};
    const auto unknown = buildPlan(inputFor(builder.facts(), point));
    QVERIFY(!unknown);
    QVERIFY(unknown.error().code == ErrorCode::RunNotFound);
}

void TestRestorePlan::nodeIdsComeFromTheRunWhenTheClusterIsDown()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.1"_s);
    builder.stopped();
    builder.facts().nodeIdByHost.clear();
    const RestorePoint point = pointFor(builder.facts());
    const auto plan = buildPlan(inputFor(builder.facts(), point));
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QVERIFY(plan->nodeIds == point.nodeIds);
}

void TestRestorePlan::aNewerPackageIsNoWayBack()
{
    auto builder = FactsBuilder::singleNode(u"2.2.0"_s);
    PlanInput input = inputFor(builder.facts(), pointFor(builder.facts()));
    input.package = debPackage(u"2.2.1"_s);
    QVERIFY(!buildPlan(input));
    input.package = debPackage(u"2.2.0"_s); // nothing is wrong with the node
    QVERIFY(!buildPlan(input));
}

void TestRestorePlan::anIncompleteNodeGoesBackToItsOwnVersion()
{
    auto builder = FactsBuilder::singleNode(u"2.2.0"_s);
    builder.host(0).binaryVersion = unreadable<KwdbVersion>();
    QVERIFY(buildPlan(inputFor(builder.facts(), pointFor(builder.facts()))));
}

void TestRestorePlan::everyScriptIsValidShellAndThePlanSurvivesJson()
{
    auto builder = FactsBuilder::cluster(3, u"2.2.1"_s);
    RestorePoint point = pointFor(builder.facts());
    point.copies[u"10.0.0.2"_s].directory = u"/back up/it's here"_s;
    for (const bool isOpened : {true, false}) {
        point.isOpened = isOpened;
        const auto plan = buildPlan(inputFor(builder.facts(), point));
        QVERIFY(plan);
        for (const auto &stage : plan->stages) {
            for (const auto &step : stage.steps) {
                QVERIFY(!stepTitle(step).isEmpty());
                for (const auto &script : {step.script, step.look}) {
                    QProcess shell;
                    shell.start(u"sh"_s, {u"-n"_s});
                    shell.write(script);
                    shell.closeWriteChannel();
                    QVERIFY(shell.waitForFinished());
                    QVERIFY2(shell.exitCode() == 0, qPrintable(step.id));
                }
            }
        }
        const auto again = Plan::fromJson(plan->toJson());
        QVERIFY(again);
        QCOMPARE(QJsonDocument(again->toJson()).toJson(), QJsonDocument(plan->toJson()).toJson());
    }
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestRestorePlan)
#include "tst_RestorePlan.moc"
