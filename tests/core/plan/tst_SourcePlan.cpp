#include "core/plan/ChosenPackage.h"
#include "core/plan/Plan.h"
#include "core/plan/PlanNotes.h"
#include "tests/support/FactsBuilder.h"

#include <QProcess>
#include <QTest>

#include <algorithm>

namespace kwup::test {

using namespace Qt::StringLiterals;

class TestSourcePlan : public QObject {
    Q_OBJECT

private slots:
    void everythingThatCanFailComesBeforeTheStop();
    void theWayBackStopsPutsBackAndStarts();
    void aClusterGoesNodeByNode();
    void aFinishedBuildIsNotBuilt();
    void aBuildOnTheHostsIsNotUploaded();
    void whatTheOperatorSaysOfTheBuildIsInTheScript();
    void goingBackMakesTheOldProgramReadyFirst();
    void theEnvironmentIsNeverAnArgument();
    void everyScriptIsSound();
    void thePlanSurvivesTheJournal();

private:
    static Result<Plan> planOf(const Facts &facts, const PackageInfo &package = sourceTree(),
                               const MethodOptions &options = {})
    {
        const BackupChoice backup{BackupChoice::Kind::ColdCopy, u"/backup"_s, {}, {}};
        return buildPlan({facts, Method::Source, package, backup, {}, u"run-1"_s, {}, options});
    }
    static Facts single() { return FactsBuilder::singleNode().asSource().facts(); }
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

void TestSourcePlan::everythingThatCanFailComesBeforeTheStop()
{
    const auto plan = planOf(single());
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QString h = u"@10.0.0.1"_s;
    QCOMPARE(
        ids(plan->stages),
        (QStringList{u"lock"_s + h, u"stage"_s + h, u"build"_s + h, u"capture-process"_s + h,
                     u"baseline"_s, u"stop"_s + h, u"backup"_s + h, u"swap"_s + h, u"start"_s + h,
                     u"gate"_s + h, u"verify"_s, u"list-kept"_s + h, u"release"_s + h}));
    QCOMPARE(plan->pointOfNoReturn, u"start"_s + h);
    QVERIFY(plan->deployment == Deployment::Source);
    QVERIFY(plan->outage().has_value());
    QCOMPARE(plan->clis[u"10.0.0.1"_s].libraries, u"/opt/kwdb/install/lib"_s);
    const QByteArray stop = plan->step(u"stop"_s + h)->script;
    QVERIFY(stop.contains("kill -s TERM") && !stop.contains("systemctl stop kaiwudb"));
    QVERIFY(!planNotes(*plan).isEmpty());
}

void TestSourcePlan::theWayBackStopsPutsBackAndStarts()
{
    const auto plan = planOf(single());
    QVERIFY(plan);
    const QString h = u"@10.0.0.1"_s;
    QCOMPARE(plan->wayBack.size(), 1);
    QCOMPARE(plan->wayBack.first().onlyIfBegun, u"stop"_s + h);
    QCOMPARE(ids(plan->wayBack),
             (QStringList{u"back-stop"_s + h, u"swap-back"_s + h, u"back-start"_s + h,
                          u"back-gate"_s + h}));
    QCOMPARE(plan->step(u"back-gate"_s + h)->args[u"version"_s].toString(), u"2.2.0"_s);
}

void TestSourcePlan::aClusterGoesNodeByNode()
{
    const auto plan = planOf(FactsBuilder::cluster().asSource().facts());
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QStringList all = ids(plan->stages);
    QVERIFY(all.contains(u"raise-setting"_s) && all.contains(u"restore-setting"_s));
    QVERIFY(all.indexOf(u"build@10.0.0.3"_s) < all.indexOf(u"stop@10.0.0.1"_s));
    QVERIFY(all.contains(u"before-stop@10.0.0.2"_s));
    const auto builds = std::ranges::find(plan->stages, u"build"_s, &Stage::id);
    QVERIFY(builds->order == Stage::Order::Sequential);
    QCOMPARE(plan->wayBack.size(), 3);
    QVERIFY(!plan->goesBackTogether);
    QVERIFY(!planOf(FactsBuilder::singleReplicaCluster().asSource().facts()));
}

void TestSourcePlan::aFinishedBuildIsNotBuilt()
{
    const auto plan = planOf(single(), builtTree());
    QVERIFY(plan);
    const QByteArray script = plan->step(u"build@10.0.0.1"_s)->script;
    QVERIFY(script.contains("build=no") || script.contains("build='no'"));
    QVERIFY(!script.contains("cmake"));
}

void TestSourcePlan::aBuildOnTheHostsIsNotUploaded()
{
    MethodOptions options;
    options.setText(option::BuildOnHost, u"/srv/kwdb-2.2.1/install"_s);
    const auto package = chosenPackage(std::nullopt, options);
    QVERIFY(package && *package);
    const auto plan = planOf(single(), **package, options);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QVERIFY(!ids(plan->stages).contains(u"stage@10.0.0.1"_s));
    QVERIFY(plan->step(u"build@10.0.0.1"_s)->script.contains("/srv/kwdb-2.2.1/install"));
}

void TestSourcePlan::whatTheOperatorSaysOfTheBuildIsInTheScript()
{
    MethodOptions options;
    options.setText(option::BuildCommand, u"./our build.sh"_s);
    options.set(option::BuildTools, {u"ninja"_s, u"go"_s});
    const auto plan = planOf(single(), sourceTree(), options);
    QVERIFY(plan);
    const QByteArray script = plan->step(u"build@10.0.0.1"_s)->script;
    QVERIFY2(script.contains("'./our build.sh'") && script.contains("'ninja go'"),
             script.constData());
}

void TestSourcePlan::goingBackMakesTheOldProgramReadyFirst()
{
    const Facts facts = FactsBuilder::singleNode(u"2.2.1"_s).asSource().facts();
    RestorePoint point;
    point.runId = u"run-0"_s;
    point.copies[u"10.0.0.1"_s] = {u"/backup/kwup-run-0"_s, QString(64, u'c')};
    point.hosts = QStringList{u"10.0.0.1"_s};
    PlanInput input{facts, Method::Restore, builtTree(u"2.2.0"_s), {}, {}, u"run-1"_s, {}, {}};
    input.restorePoint = point;
    const auto plan = buildPlan(input);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QString h = u"@10.0.0.1"_s;
    QCOMPARE(ids(plan->stages),
             (QStringList{u"lock"_s + h, u"stage"_s + h, u"build"_s + h, u"capture-process"_s + h,
                          u"check-copy"_s + h, u"stop"_s + h, u"set-aside"_s + h,
                          u"restore-copy"_s + h, u"swap"_s + h, u"start"_s + h, u"gate"_s + h,
                          u"verify"_s, u"list-kept"_s + h, u"release"_s + h}));
    for (const auto *kind : {"check-copy", "set-aside", "restore-copy"}) {
        const PlanStep *step = plan->step(QLatin1String(kind) + h);
        QVERIFY2(!step->script.contains("/etc/kaiwudb") && !step->look.isEmpty(), kind);
        QVERIFY2(!step->script.contains("systemctl"), kind);
    }
    QVERIFY(plan->step(u"build"_s + h)->script.contains("version=2.2.0")
            || plan->step(u"build"_s + h)->script.contains("version='2.2.0'"));
}

void TestSourcePlan::theEnvironmentIsNeverAnArgument()
{
    const auto plan = planOf(single());
    QVERIFY(plan);
    const QByteArray start = plan->step(u"start@10.0.0.1"_s)->script;
    QVERIFY(start.contains("3< \"$s/environ\"") && !start.contains("cat \"$s/environ\""));
    const QByteArray backup = plan->step(u"backup@10.0.0.1"_s)->script;
    QVERIFY(!backup.contains("/environ"));
}

void TestSourcePlan::everyScriptIsSound()
{
    const auto plan = planOf(FactsBuilder::cluster().asSource().facts());
    QVERIFY(plan);
    for (const auto &stages : {plan->stages, plan->wayBack}) {
        for (const auto &stage : stages) {
            QVERIFY(!stageTitle(stage).isEmpty() && stageTitle(stage) != stage.id);
            for (const auto &step : stage.steps) {
                QVERIFY(!stepTitle(step).isEmpty() && !stepExpectation(step).isEmpty());
                if (!step.host.endsWith(u'1'))
                    continue;
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
    }
}

void TestSourcePlan::thePlanSurvivesTheJournal()
{
    const auto plan = planOf(single());
    QVERIFY(plan);
    const auto again = Plan::fromJson(plan->toJson());
    QVERIFY(again);
    QCOMPARE(again->toJson(), plan->toJson());
    QVERIFY(again->package.kind == PackageKind::SourceTree);
    QCOMPARE(again->clis[u"10.0.0.1"_s].libraries, u"/opt/kwdb/install/lib"_s);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestSourcePlan)
#include "tst_SourcePlan.moc"
