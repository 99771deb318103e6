#include "tests/support/FactsBuilder.h"
#include "tests/ui/FakeEngine.h"
#include "ui/models/CheckModel.h"
#include "ui/models/ClusterModels.h"
#include "ui/models/FactsTableModel.h"
#include "ui/models/HostTableModel.h"
#include "ui/models/LogModel.h"
#include "ui/models/MethodTableModel.h"
#include "ui/models/PlanModel.h"
#include "ui/models/ReportModels.h"
#include "ui/models/RunListModel.h"
#include "ui/models/StepTimelineModel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QSignalSpy>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

namespace {

constexpr auto Strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

Plan samplePlan()
{
    Facts facts = FactsBuilder::cluster().facts();
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::Named;
    backup.evidence = QStringLiteral("tape 7");
    return *buildPlan({facts,
                       Method::ScriptRolling,
                       debPackage(),
                       backup,
                       {},
                       QStringLiteral("20260101-0000-test")});
}

QString text(const QAbstractItemModel &model, int row, int column, const QModelIndex &parent = {})
{
    return model.index(row, column, parent).data(Qt::DisplayRole).toString();
}

/// Every cell says in its accessible text what it shows, and no status is an icon alone.
void verifyTexts(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            QCOMPARE(index.data(Qt::AccessibleTextRole), index.data(Qt::DisplayRole));
            if (!index.data(Qt::DecorationRole).isNull())
                QVERIFY(!index.data(Qt::DisplayRole).toString().isEmpty());
        }
        verifyTexts(model, model.index(row, 0, parent));
    }
    for (int column = 0; column < model.columnCount(parent); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

} // namespace

class UiModelsTest : public QObject {
    Q_OBJECT

private slots:
    void hostsCanBeEditedAndFallBackToTheDefaults();
    void aPortThatIsNoPortIsRefused();
    void hostsNeverShowASecret();
    void factsComeInHostByHost();
    void theDetailsOfAHostNameEveryCommand();
    void aNodeThatIsDownSaysSoInWords();
    void runningJobsComeFirst();
    void impactsOfAHealthyClusterAreHarmless();
    void checksAreGroupedByFamily();
    void thePlanMarksThePointOfNoReturn();
    void theTimelineFollowsARunToTheEnd();
    void aFailedStepMarksItsNode();
    void theLogKeepsItsLimitAndWaitsForTheRestOfALine();
    void theLogShowsNoControlCharacters();
    void aRunThatWasCutOffIsCalledInterrupted();
    void everyMethodIsListedWithAReason();
    void theReportComparesBeforeAndAfter();
};

void UiModelsTest::hostsCanBeEditedAndFallBackToTheDefaults()
{
    UpgradeSession session;
    LoginChoice defaults;
    defaults.user = QStringLiteral("dba");
    session.setDefaults(defaults);
    HostTableModel model(session);
    const QAbstractItemModelTester tester(&model, Strict);

    QCOMPARE(model.addRow(), 0);
    QVERIFY(model.setData(model.index(0, HostTableModel::Address), QStringLiteral("10.0.0.1"),
                          Qt::EditRole));
    QCOMPARE(text(model, 0, HostTableModel::User), QStringLiteral("dba"));
    const QModelIndex user = model.index(0, HostTableModel::User);
    QVERIFY(model.setData(user, QStringLiteral("root"), Qt::EditRole));
    QCOMPARE(session.logins().first().spec.user, QStringLiteral("root"));
    QVERIFY(model.setData(user, QString(), Qt::EditRole));
    QCOMPARE(session.logins().first().spec.user, QStringLiteral("dba"));
    model.addRow();
    model.removeRowsAt({0});
    QCOMPARE(session.hosts().size(), 1);
    session.setHosts({agentHost(QStringLiteral("a")), agentHost(QStringLiteral("b"))});
    QCOMPARE(model.rowCount(), 2);
    verifyTexts(model);
}

void UiModelsTest::aPortThatIsNoPortIsRefused()
{
    UpgradeSession session;
    session.setHosts({agentHost(QStringLiteral("10.0.0.1"))});
    HostTableModel model(session);
    const QModelIndex port = model.index(0, HostTableModel::Port);
    for (const auto *bad : {"0", "65536", "-1", "ssh", "22x"})
        QVERIFY2(!model.setData(port, QString::fromLatin1(bad), Qt::EditRole), bad);
    QVERIFY(model.setData(port, QStringLiteral("2222"), Qt::EditRole));
    QCOMPARE(session.logins().first().spec.port, quint16(2222));
}

void UiModelsTest::hostsNeverShowASecret()
{
    UpgradeSession session;
    HostDraft host = agentHost(QStringLiteral("10.0.0.1"));
    host.own.secrets.password = Secret("s3cret");
    host.own.secrets.passphrase = Secret("s3cret");
    session.setHosts({host});
    const HostTableModel model(session);
    for (int column = 0; column < model.columnCount(); ++column) {
        for (int role = 0; role < Qt::UserRole; ++role)
            QVERIFY(
                !model.index(0, column).data(role).toString().contains(QStringLiteral("s3cret")));
    }
}

void UiModelsTest::factsComeInHostByHost()
{
    FactsTableModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    auto three = FactsBuilder::cluster();
    three.unreachable(2);
    model.setWaiting({three.hostId(0), three.hostId(1), three.hostId(2)});
    QCOMPARE(text(model, 1, FactsTableModel::State), QStringLiteral("Waiting"));
    QVERIFY(!model.factsAt(1));
    model.setHost(three.host(1));
    QCOMPARE(text(model, 1, FactsTableModel::State), QStringLiteral("Read"));
    QCOMPARE(text(model, 1, FactsTableModel::Version), QStringLiteral("2.2.0"));
    QVERIFY(model.factsAt(1));
    model.setFacts(three.facts());
    QCOMPARE(text(model, 2, FactsTableModel::State), QStringLiteral("Not read"));
    QCOMPARE(text(model, 0, FactsTableModel::NodeId), QStringLiteral("1"));
    verifyTexts(model);
}

void UiModelsTest::theDetailsOfAHostNameEveryCommand()
{
    FactDetailsModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    auto one = FactsBuilder::singleNode();
    one.host(0).memoryBytes = unreadable<qint64>();
    model.setHost(&one.host(0));
    QVERIFY(model.rowCount() > 20);
    bool told = false;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (text(model, row, 0) == QLatin1String("Memory"))
            told = !model.index(row, 1).data(Qt::ToolTipRole).toString().isEmpty();
    }
    QVERIFY(told);
    verifyTexts(model);
    model.setHost(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void UiModelsTest::aNodeThatIsDownSaysSoInWords()
{
    NodeTableModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    auto three = FactsBuilder::cluster();
    three.nodeDown(0);
    model.setNodes(three.view().nodes);
    QStringList states;
    for (int row = 0; row < model.rowCount(); ++row)
        states << text(model, row, NodeTableModel::State);
    QCOMPARE(states.count(QStringLiteral("Down")), 1);
    QCOMPARE(states.count(QStringLiteral("Up")), 2);
    verifyTexts(model);
    model.setNodes({});
    QCOMPARE(model.rowCount(), 0);
}

void UiModelsTest::runningJobsComeFirst()
{
    JobTableModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    JobRow done;
    done.id = 1;
    done.status = QStringLiteral("succeeded");
    JobRow running;
    running.id = 2;
    running.status = QStringLiteral("running");
    model.setJobs({done, running});
    QCOMPARE(text(model, 0, 0), QStringLiteral("2"));
    verifyTexts(model);
}

void UiModelsTest::impactsOfAHealthyClusterAreHarmless()
{
    ImpactTableModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    model.setImpacts({StopImpact{1, QStringLiteral("a"), 5, 0, false},
                      StopImpact{2, QStringLiteral("b"), 5, 3, false},
                      StopImpact{3, QStringLiteral("c"), 5, std::nullopt, true}});
    QCOMPARE(text(model, 0, 2), QStringLiteral("Clients of the other nodes go on"));
    QVERIFY(text(model, 1, 2) != text(model, 0, 2));
    QVERIFY(text(model, 2, 2) != text(model, 1, 2));
    verifyTexts(model);
}

void UiModelsTest::checksAreGroupedByFamily()
{
    CheckModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    Facts facts = FactsBuilder::cluster().nodeDown(1).facts();
    const QList<CheckResult> results = runChecks({facts, Method::ScriptRolling, debPackage()});
    model.setResults(results, {});
    int rows = 0;
    for (int group = 0; group < model.rowCount(); ++group)
        rows += model.rowCount(model.index(group, 0));
    QCOMPARE(rows, results.size());
    const CheckResult *first = model.resultAt(model.firstOpen());
    QVERIFY(first);
    QVERIFY(first->status == CheckStatus::Blocked);
    QVERIFY(model.find(first->id, first->host).isValid());
    QVERIFY(!model.resultAt(model.index(0, 0)));
    verifyTexts(model);
}

void UiModelsTest::thePlanMarksThePointOfNoReturn()
{
    PlanModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    const Plan plan = samplePlan();
    model.setPlan(plan);
    QCOMPARE(model.rowCount(), plan.stages.size());
    int marks = 0;
    for (int group = 0; group < model.rowCount(); ++group) {
        const QModelIndex stage = model.index(group, 0);
        for (int row = 0; row < model.rowCount(stage); ++row) {
            const QModelIndex step = model.index(row, 0, stage);
            const bool marked = !step.data(Qt::DecorationRole).isNull();
            QCOMPARE(marked, model.stepAt(step)->id == plan.pointOfNoReturn);
            marks += marked ? 1 : 0;
        }
    }
    QCOMPARE(marks, 1);
    verifyTexts(model);
    model.setPlan(std::nullopt);
    QCOMPARE(model.rowCount(), 0);
}

void UiModelsTest::theTimelineFollowsARunToTheEnd()
{
    StepTimelineModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    const Plan plan = samplePlan();
    model.setPlan(plan);
    QCOMPARE(model.percentDone(), 0);
    int before = 0;
    for (const RunEvent &event : successfulRun(plan)) {
        model.apply(event);
        QVERIFY(model.percentDone() >= before);
        before = model.percentDone();
        if (event.kind == RunEvent::Kind::StepStarted)
            QCOMPARE(model.stepAt(model.runningStep())->id, event.stepId);
    }
    QCOMPARE(model.percentDone(), 100);
    QVERIFY(!model.runningStep().isValid());
    for (int group = 0; group < model.rowCount(); ++group)
        QCOMPARE(text(model, group, 1), QStringLiteral("Done"));
    verifyTexts(model);
}

void UiModelsTest::aFailedStepMarksItsNode()
{
    StepTimelineModel model;
    const Plan plan = samplePlan();
    model.setPlan(plan);
    RunEvent failed;
    failed.kind = RunEvent::Kind::StepFailed;
    failed.stepId = plan.stages.last().steps.first().id;
    model.apply(failed);
    QCOMPARE(text(model, model.rowCount() - 1, 1), QStringLiteral("Failed"));
    RunEvent unknown = failed;
    unknown.stepId = QStringLiteral("no-such-step");
    model.apply(unknown);
    QCOMPARE(text(model, 0, 1), QStringLiteral("Waiting"));
}

void UiModelsTest::theLogKeepsItsLimitAndWaitsForTheRestOfALine()
{
    LogModel model(10);
    const QAbstractItemModelTester tester(&model, Strict);
    model.appendOutput(QStringLiteral("a"), "half ");
    QCOMPARE(model.rowCount(), 0);
    model.appendOutput(QStringLiteral("b"), "other\n");
    model.appendOutput(QStringLiteral("a"), "line\n");
    QCOMPARE(text(model, 0, 0), QStringLiteral("b  other"));
    QCOMPARE(text(model, 1, 0), QStringLiteral("a  half line"));
    for (int i = 0; i < 100; ++i)
        model.appendOutput({}, QByteArray::number(i) + '\n');
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(text(model, 9, 0), QStringLiteral("99"));
    model.appendOutput(QStringLiteral("a"), QByteArray(1024 * 1024, 'x'));
    QCOMPARE(model.rowCount(), 10);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void UiModelsTest::theLogShowsNoControlCharacters()
{
    LogModel model;
    model.appendOutput({}, "\x1b[31mred\x1b[0m\x07\n");
    QCOMPARE(text(model, 0, 0), QStringLiteral("red"));
}

void UiModelsTest::aRunThatWasCutOffIsCalledInterrupted()
{
    RunListModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    RunSummary run;
    run.runId = QStringLiteral("one");
    run.state = RunState::Running;
    RunSummary done = run;
    done.runId = QStringLiteral("two");
    done.state = RunState::Completed;
    model.setRuns({run, done});
    QCOMPARE(text(model, 0, 1), QStringLiteral("Interrupted"));
    QCOMPARE(text(model, 1, 1), QStringLiteral("Completed"));
    QCOMPARE(model.rowOf(QStringLiteral("two")), 1);
    QCOMPARE(model.rowOf(QStringLiteral("three")), -1);
    verifyTexts(model);
}

void UiModelsTest::everyMethodIsListedWithAReason()
{
    MethodTableModel model;
    const QAbstractItemModelTester tester(&model, Strict);
    Facts facts = FactsBuilder::cluster().facts();
    model.setAdvice(adviseMethod(facts, debPackage()));
    QCOMPARE(model.rowCount(), static_cast<int>(Method::Restore) + 1);
    int proposed = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        proposed += text(model, row, 1) == QLatin1String("Proposed") ? 1 : 0;
        QVERIFY(!text(model, row, 2).isEmpty());
    }
    QCOMPARE(proposed, 1);
    verifyTexts(model);
}

void UiModelsTest::theReportComparesBeforeAndAfter()
{
    BeforeAfterModel hosts;
    ReportStepModel steps;
    const QAbstractItemModelTester hostsTester(&hosts, Strict);
    const QAbstractItemModelTester stepsTester(&steps, Strict);
    const Plan plan = samplePlan();
    ReportData report = reportData(journalOf(plan, FactsBuilder::cluster().facts()));
    hosts.setReport(report);
    steps.setReport(report);
    QCOMPARE(hosts.rowCount(), 3);
    QCOMPARE(text(hosts, 0, 1), QStringLiteral("2.2.0"));
    QCOMPARE(text(hosts, 0, 4), QStringLiteral("Not verified"));
    report.hosts[0].versionAfter = plan.to.toString();
    report.hosts[1].versionAfter = plan.from.toString();
    hosts.setReport(report);
    QCOMPARE(text(hosts, 0, 4), QStringLiteral("Upgraded"));
    QCOMPARE(text(hosts, 1, 4), QStringLiteral("Not upgraded"));
    QVERIFY(steps.rowCount() > 10);
    QVERIFY(steps.stepAt(0));
    verifyTexts(hosts);
    verifyTexts(steps);
    KeptModel kept;
    const QAbstractItemModelTester keptTester(&kept, Strict);
    ReportStep copy;
    copy.id = QStringLiteral("backup@node1");
    copy.host = QStringLiteral("node1");
    copy.state = StepState::Done;
    copy.result = {{QStringLiteral("path"), QStringLiteral("/var/copies/run/kaiwudb.tar")}};
    report.steps = {copy};
    kept.setReport(report);
    QCOMPARE(kept.rowCount(), 1);
    QCOMPARE(text(kept, 0, 3), QStringLiteral("rm -rf /var/copies/run"));
    verifyTexts(kept);
}

QTEST_MAIN(UiModelsTest)
#include "tst_UiModels.moc"
