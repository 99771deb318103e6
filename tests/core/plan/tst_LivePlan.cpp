#include "core/plan/Plan.h"
#include "core/plan/PlanNotes.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

class TestLivePlan : public QObject {
    Q_OBJECT

private slots:
    void noNodeIsStoppedByUs();
    void aMarkedNodeIsRepairedFirst_data();
    void aMarkedNodeIsRepairedFirst();
    void oneNodeAfterTheOtherCanGoBackUntilItsRestart();
    void aLongerSettingIsSavedToo();
    void aColdCopyIsRefused();
    void theRisksAreSaid();
    void containersGetATerminalOfTheirOwn();
    void everyScriptIsValidShellAndThePlanSurvivesJson_data();
    void everyScriptIsValidShellAndThePlanSurvivesJson();

private:
    static PlanInput inputFor(const Facts &facts, const PackageInfo &package = debPackage())
    {
        return {.facts = facts,
                .method = Method::ScriptLive,
                .package = package,
                .backup = {BackupChoice::Kind::Named, {}, u"/srv/export"_s, {}},
                .nodeOrder = {},
                .runId = u"20261122-2331-4f2a"_s};
    }
    static QStringList ids(const QList<Stage> &stages)
    {
        QStringList list;
        for (const auto &stage : stages) {
            for (const auto &step : stage.steps)
                list.append(step.id);
        }
        return list;
    }
};

void TestLivePlan::noNodeIsStoppedByUs()
{
    auto cluster = FactsBuilder::cluster();
    const auto plan = buildPlan(inputFor(cluster.facts()));
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QString h = u"@10.0.0.1"_s;
    const Stage *stage = plan->stageOf(u"upgrade-live"_s + h);
    QVERIFY(stage);
    QCOMPARE(ids({*stage}),
             (QStringList{u"before-stop"_s + h, u"upgrade-live"_s + h, u"clear-mark"_s + h,
                          u"gate"_s + h}));
    QVERIFY(ids(plan->stages).filter(u"stop@"_s).filter(QRegularExpression(u"^stop"_s)).isEmpty());
    QCOMPARE(plan->pointOfNoReturn, u"upgrade-live@10.0.0.2"_s); // the asked one goes last
    QVERIFY(plan->step(u"upgrade-live"_s + h)->script.contains("node_id=1\n"));
    QVERIFY(plan->wayBack.isEmpty()); // without the old packages
    QVERIFY(!plan->outage());
}

void TestLivePlan::aMarkedNodeIsRepairedFirst_data()
{
    QTest::addColumn<bool>("isMark");
    QTest::newRow("marked in the cluster") << true;
    QTest::newRow("argument left behind") << false;
}

void TestLivePlan::aMarkedNodeIsRepairedFirst()
{
    QFETCH(bool, isMark);
    auto cluster = FactsBuilder::cluster();
    if (isMark)
        cluster.node(1).isAvailable = false;
    else
        cluster.host(1).startArgument = known(u"--upgrade-complete"_s);
    const auto plan = buildPlan(inputFor(cluster.facts()));
    QVERIFY(plan);
    const QString h = u"@10.0.0.2"_s;
    const QStringList steps = ids(plan->stages);
    QVERIFY(steps.indexOf(u"earlier-clear-mark"_s + h) > 0);
    QVERIFY(steps.indexOf(u"earlier-clear-mark"_s + h) < steps.indexOf(u"baseline"_s));
    QCOMPARE(steps.filter(u"earlier-clear-mark"_s).size(), 1);
    // It is the old version that must come back there.
    QVERIFY(plan->step(u"earlier-gate"_s + h)->args.contains(u"version"_s));
}

void TestLivePlan::oneNodeAfterTheOtherCanGoBackUntilItsRestart()
{
    auto cluster = FactsBuilder::cluster();
    PlanInput input = inputFor(cluster.facts());
    input.options.setText(option::OldPackageOnHost, u"/opt/kwdb_install"_s);
    const auto plan = buildPlan(input);
    QVERIFY(plan);
    QCOMPARE(plan->wayBack.size(), 3);
    QVERIFY(!plan->goesBackTogether);
    const QString h = u"@10.0.0.1"_s;
    const auto *stage = plan->stageOf(u"put-back"_s + h);
    QVERIFY(stage);
    QCOMPARE(stage->onlyIfBegun, u"upgrade-live"_s + h);
    QCOMPARE(stage->notIfBegun, u"clear-mark"_s + h);
    QCOMPARE(ids({*stage}),
             (QStringList{u"put-back"_s + h, u"back-clear-mark"_s + h, u"back-gate"_s + h}));
    QVERIFY(plan->step(u"put-back"_s + h)->script.contains("live-opened"));
}

void TestLivePlan::aLongerSettingIsSavedToo()
{
    auto cluster = FactsBuilder::cluster();
    const auto plan = buildPlan(inputFor(cluster.facts()));
    QVERIFY(plan);
    QVERIFY(plan->step(u"raise-setting"_s)->args[u"overwritten"_s].toBool());
    QVERIFY(plan->step(u"restore-setting"_s));
}

void TestLivePlan::aColdCopyIsRefused()
{
    auto cluster = FactsBuilder::cluster();
    PlanInput input = inputFor(cluster.facts());
    input.backup = {BackupChoice::Kind::ColdCopy, u"/backup"_s, {}, {}};
    const auto plan = buildPlan(input);
    QVERIFY(!plan);
    QVERIFY(plan.error().code == ErrorCode::BackupMissing);
}

void TestLivePlan::theRisksAreSaid()
{
    auto cluster = FactsBuilder::cluster();
    const auto plan = buildPlan(inputFor(cluster.facts()));
    QVERIFY(plan);
    const QString notes = planNotes(*plan).join(u'\n');
    QVERIFY2(notes.contains(u"drain"_s) && notes.contains(u"time_until_store_dead"_s),
             qPrintable(notes));
    const auto begun = [](const QString &id) { return id == u"upgrade-live@10.0.0.1"_s; };
    const auto done = [](const QString &) { return false; };
    QCOMPARE(instructionsByHand(*plan, begun, done).size(), 3);
    QVERIFY(instructionsByHand(*plan, done, done).isEmpty());
}

void TestLivePlan::containersGetATerminalOfTheirOwn()
{
    auto containers = FactsBuilder::cluster().asContainers();
    const auto plan = buildPlan(inputFor(containers.facts(), containerPackage()));
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QByteArray script = plan->step(u"upgrade-live@10.0.0.1"_s)->script;
    QVERIFY(script.contains("script -qefc") && script.contains("container=kaiwudb-container\n"));
    QVERIFY(plan->step(u"clear-mark@10.0.0.1"_s)->script.contains("docker-compose.yml"));
    QVERIFY(plan->wayBack.size() == 3); // the old image is kept on the host
}

void TestLivePlan::everyScriptIsValidShellAndThePlanSurvivesJson_data()
{
    QTest::addColumn<bool>("isContainer");
    QTest::newRow("packages") << false;
    QTest::newRow("containers") << true;
}

void TestLivePlan::everyScriptIsValidShellAndThePlanSurvivesJson()
{
    QFETCH(bool, isContainer);
    auto cluster = FactsBuilder::cluster();
    if (isContainer)
        cluster.asContainers();
    cluster.node(0).isAvailable = false;
    PlanInput input = inputFor(cluster.facts(), isContainer ? containerPackage() : debPackage());
    input.options.setText(option::OldPackageOnHost, u"/opt/kwdb_install"_s);
    const auto plan = buildPlan(input);
    QVERIFY(plan);
    const auto again =
        Plan::fromJson(QJsonDocument::fromJson(QJsonDocument(plan->toJson()).toJson()).object());
    QVERIFY(again);
    QCOMPARE(again->toJson(), plan->toJson());
    for (const auto &stage : plan->stages + plan->wayBack) {
        for (const auto &step : stage.steps) {
            for (const auto &text : {step.script, step.look}) {
                QProcess shell;
                shell.start(u"sh"_s, {u"-n"_s});
                shell.write(text);
                shell.closeWriteChannel();
                QVERIFY(shell.waitForFinished());
                QVERIFY2(shell.exitCode() == 0, qPrintable(step.id));
            }
        }
    }
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestLivePlan)
#include "tst_LivePlan.moc"
