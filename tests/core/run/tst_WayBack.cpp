#include "core/run/JournalKinds.h"
#include "tests/core/run/RunFixture.h"

#include <QJsonArray>
#include <QTest>

namespace kwup::test {

/// The whole cluster stopped and upgraded, and the way back to the old version, on scratch hosts.
class TestWayBack : public QObject {
    Q_OBJECT

private slots:
    void aSingleReplicaClusterIsUpgradedInStrictPhases();
    void aSingleReplicaClusterThatIsDownAlreadyIsUpgraded();
    void aFailedUpgradeGoesBackOnAllNodes();
    void withoutOldPackagesTheWayBackIsNotOffered();
    void whatFailsOnTheWayBackIsRetried();
    void aBrokenWayBackGoesOnWhereItWas_data();
    void aBrokenWayBackGoesOnWhereItWas();
    void afterTheFirstStartThereIsNoWayBack();
    void aFailureBeforeTheUpgradeOnlyStartsTheNodesAgain();
    void aNodeOfAClusterGoesBackAlone();
    void aWayBackThatWasLeftIsFinishedByTheResumeAndLeavesNothing();
    void theOldPackagesMayLieOnTheHosts();

private:
    static RunFixture::Setup offline(bool hasOldPackages);
    static QStringList choices(const Decision &decision);
    static void verifyOldVersion(RunFixture &fixture);
};

namespace {

QString step(const char *kind, int index)
{
    return QString::fromLatin1(kind) + QStringLiteral("@10.0.0.%1").arg(index + 1);
}

/// Index of the host that is the plan's first, second …; the order is not that of the list.
int at(const RunFixture &fixture, int place)
{
    return fixture.plan.hosts[place].id().section(u'.', 3).toInt() - 1;
}

} // namespace

RunFixture::Setup TestWayBack::offline(bool hasOldPackages)
{
    return {.runType = RunType::SingleReplication, .hasOldPackages = hasOldPackages};
}

QStringList TestWayBack::choices(const Decision &decision)
{
    QStringList names;
    for (const auto choice : decision.choices)
        names.append(toString(choice));
    return names;
}

void TestWayBack::verifyOldVersion(RunFixture &fixture)
{
    const QString told = fixture.state();
    for (int i = 0; i < fixture.cluster.size(); ++i) {
        QVERIFY2(fixture.cluster.isRunning(i), qPrintable(told));
        QCOMPARE(fixture.cluster.version(i), QStringLiteral("2.2.0"));
        QVERIFY2(!fixture.cluster.fileContent(i, QStringLiteral("/state/packages"))
                      .contains(QStringLiteral("2.2.1")),
                 qPrintable(told));
        QCOMPARE(fixture.cluster.fileContent(i, QStringLiteral("/state/build")).trimmed(),
                 QStringLiteral("V2.2.0"));
        QVERIFY2(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")),
                 qPrintable(told));
    }
    QCOMPARE(fixture.entries(journal::WentBack).size(), 1);
}

void TestWayBack::aSingleReplicaClusterIsUpgradedInStrictPhases()
{
    RunFixture fixture(3, RunFixture::coldCopy(), offline(false));
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QVERIFY(fixture.decisions.asked.isEmpty());
    const QStringList done = fixture.log.finishedSteps();
    const auto phase = [&done](const char *kind) {
        QList<int> at;
        for (int i = 0; i < 3; ++i)
            at.append(static_cast<int>(done.indexOf(step(kind, i))));
        std::ranges::sort(at);
        return at;
    };
    int last = -1;
    for (const char *kind : {"stop", "verify-down", "backup", "upgrade", "start", "gate"}) {
        const QList<int> at = phase(kind);
        QVERIFY2(at.first() > last, kind);
        last = at.last();
    }
    for (int i = 0; i < 3; ++i)
        QVERIFY(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")));
}

void TestWayBack::aSingleReplicaClusterThatIsDownAlreadyIsUpgraded()
{
    RunFixture fixture(2, RunFixture::refused(), offline(false));
    for (int i = 0; i < 2; ++i)
        fixture.cluster.writeFile(i, QStringLiteral("/state/pid"), "0\n");
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(fixture.cluster.isRunning(i));
        QCOMPARE(fixture.cluster.version(i), QStringLiteral("2.2.1"));
    }
}

void TestWayBack::aFailedUpgradeGoesBackOnAllNodes()
{
    RunFixture fixture(3, RunFixture::refused(), offline(true));
    const int first = at(fixture, 0);
    const int second = at(fixture, 1);
    fixture.cluster.setFault(second, QStringLiteral("deploy-fails"));
    fixture.decisions.answers = {Choice::GoBack};
    fixture.decisions.beforeAnswer = [&](const Decision &) {
        // The first has the new packages, the second half of them, the third none; all are down.
        QCOMPARE(fixture.cluster.version(first), QStringLiteral("2.2.1"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!fixture.cluster.isRunning(i));
    };
    QVERIFY2(fixture.run() == RunState::Failed, qPrintable(fixture.state()));
    QCOMPARE(fixture.decisions.asked.size(), 1);
    const Decision asked = fixture.decisions.asked.first();
    QCOMPARE(asked.stepId, step("upgrade", second));
    QCOMPARE(choices(asked).join(u' '), QStringLiteral("retry go-back stop-here"));
    QVERIFY(asked.instructions.join(u' ').contains(fixture.cluster.hostId(second)));
    verifyOldVersion(fixture);
    QCOMPARE(fixture.cluster.count(first, QStringLiteral("dpkg")), 1);
    QCOMPARE(fixture.cluster.count(at(fixture, 2), QStringLiteral("dpkg")), 0);
    const auto entries = fixture.entries(journal::RunEnded);
    QCOMPARE(entries.last().data[QStringLiteral("wentBack")].toBool(), true);
    QVERIFY(!entries.last().data.contains(QStringLiteral("instructions")));

    // It is over: another process finds nothing to do.
    const int starts = fixture.cluster.count(0, QStringLiteral("start"));
    QVERIFY(fixture.run() == RunState::Failed);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), starts);
    QCOMPARE(fixture.entries(journal::WentBack).size(), 1);
}

void TestWayBack::withoutOldPackagesTheWayBackIsNotOffered()
{
    RunFixture fixture(3, RunFixture::refused(), offline(false));
    fixture.cluster.setFault(1, QStringLiteral("deploy-fails"));
    QVERIFY(fixture.run() == RunState::Failed);
    QCOMPARE(choices(fixture.decisions.asked.first()).join(u' '),
             QStringLiteral("retry stop-here"));
    // Everything stays down, with written instructions and the locks of this run.
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!fixture.cluster.isRunning(i));
        QVERIFY(fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")));
    }
    const QJsonArray lines =
        fixture.entries(journal::RunEnded).last().data[QStringLiteral("instructions")].toArray();
    QVERIFY(lines.size() >= 4);
    // Repaired: the same run goes on.
    fixture.cluster.clearFault(1, QStringLiteral("deploy-fails"));
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 1);
    QCOMPARE(fixture.cluster.count(1, QStringLiteral("upgrade")), 2);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), 1);
}

void TestWayBack::whatFailsOnTheWayBackIsRetried()
{
    RunFixture fixture(2, RunFixture::refused(), offline(true));
    const int first = at(fixture, 0);
    fixture.cluster.setFault(at(fixture, 1), QStringLiteral("lock-held"));
    fixture.cluster.setFault(first, QStringLiteral("dpkg-fails"));
    fixture.decisions.answers = {Choice::GoBack, Choice::Retry};
    fixture.decisions.beforeAnswer = [&](const Decision &decision) {
        if (decision.stepId == step("put-back", first))
            fixture.cluster.clearFault(first, QStringLiteral("dpkg-fails"));
    };
    QVERIFY2(fixture.run() == RunState::Failed, qPrintable(fixture.state()));
    QCOMPARE(fixture.decisions.asked.size(), 2);
    const Decision asked = fixture.decisions.asked.last();
    QCOMPARE(asked.stepId, step("put-back", first));
    QCOMPARE(choices(asked).join(u' '), QStringLiteral("retry stop-here"));
    QVERIFY(describe(asked.error).contains(QStringLiteral("frontend lock")));
    verifyOldVersion(fixture);
}

void TestWayBack::aBrokenWayBackGoesOnWhereItWas_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("step"); // a step of a host: its place in the plan
    const QString started = journal::StepStarted;
    const QString finished = journal::StepFinished;
    QTest::newRow("before the packages") << started << QStringLiteral("put-back@0");
    QTest::newRow("after the packages") << finished << QStringLiteral("put-back@1");
    QTest::newRow("while the nodes start") << finished << QStringLiteral("back-start@0");
    QTest::newRow("at the verdict") << finished << QStringLiteral("back-verify");
    QTest::newRow("at the last entry") << QString(journal::WentBack) << QString();
}

void TestWayBack::aBrokenWayBackGoesOnWhereItWas()
{
    QFETCH(QString, kind);
    QFETCH(QString, step);
    RunFixture fixture(2, RunFixture::refused(), offline(true));
    if (step.contains(u'@')) {
        const int place = step.section(u'@', 1).toInt();
        step = step.section(u'@', 0, 0) + u'@' + fixture.plan.hosts[place].id();
    }
    fixture.cluster.setFault(at(fixture, 1), QStringLiteral("deploy-fails"));
    fixture.decisions.answers = {Choice::GoBack};
    fixture.wrapJournal = [&](std::unique_ptr<Journal> journal) -> std::unique_ptr<Journal> {
        return std::make_unique<FullDiskJournal>(std::move(journal), kind, step);
    };
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(fixture.entries(journal::WentBack).isEmpty());
    fixture.wrapJournal = {};
    QVERIFY2(fixture.run() == RunState::Failed, qPrintable(fixture.state()));
    QCOMPARE(fixture.decisions.asked.size(), 1);
    verifyOldVersion(fixture);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("start")), 1);
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("dpkg")), 1);
    }
}

void TestWayBack::afterTheFirstStartThereIsNoWayBack()
{
    RunFixture fixture(2, RunFixture::refused(), offline(true));
    fixture.cluster.setFault(1, QStringLiteral("start-fails"));
    QVERIFY(fixture.run() == RunState::Failed);
    const Decision asked = fixture.decisions.asked.first();
    QCOMPARE(asked.stepId, step("start", 1));
    QCOMPARE(choices(asked).join(u' '), QStringLiteral("retry stop-here"));
    QVERIFY(asked.instructions.last().contains(QStringLiteral("backup")));
}

void TestWayBack::aFailureBeforeTheUpgradeOnlyStartsTheNodesAgain()
{
    // Without old packages, too: nothing of them has been touched.
    RunFixture fixture(2, RunFixture::coldCopy(), offline(false));
    fixture.cluster.setFault(1, QStringLiteral("drain-hangs"));
    fixture.cluster.setFault(1, QStringLiteral("stop-kills"));
    fixture.decisions.answers = {Choice::GoBack};
    QVERIFY2(fixture.run() == RunState::Failed, qPrintable(fixture.state()));
    const Decision asked = fixture.decisions.asked.first();
    QCOMPARE(asked.stepId, step("backup", 1));
    QCOMPARE(choices(asked).join(u' '), QStringLiteral("retry go-back stop-here"));
    verifyOldVersion(fixture);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("dpkg")), 0);
}

void TestWayBack::aNodeOfAClusterGoesBackAlone()
{
    RunFixture fixture(3, RunFixture::refused(),
                       {.runType = RunType::MultiReplication, .hasOldPackages = true});
    const int index = at(fixture, 1);
    fixture.cluster.setFault(index, QStringLiteral("deploy-fails"));
    fixture.decisions.answers = {Choice::GoBack};
    QVERIFY2(fixture.run() == RunState::Failed, qPrintable(fixture.state()));
    QCOMPARE(choices(fixture.decisions.asked.first()).join(u' '),
             QStringLiteral("retry go-back stop-here"));
    for (int i = 0; i < 3; ++i) {
        const bool isFirst = fixture.plan.hosts[0].id() == fixture.cluster.hostId(i);
        QVERIFY2(fixture.cluster.isRunning(i), qPrintable(fixture.state()));
        QCOMPARE(fixture.cluster.version(i),
                 isFirst ? QStringLiteral("2.2.1") : QStringLiteral("2.2.0"));
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("dpkg")), i == index ? 1 : 0);
        QVERIFY(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")));
    }
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
}

void TestWayBack::aWayBackThatWasLeftIsFinishedByTheResumeAndLeavesNothing()
{
    RunFixture fixture(3, RunFixture::refused(),
                       {.runType = RunType::MultiReplication, .hasOldPackages = true});
    const int index = at(fixture, 0);
    fixture.cluster.setFault(index, QStringLiteral("deploy-fails"));
    fixture.cluster.setFault(index, QStringLiteral("dpkg-fails"));
    fixture.decisions.answers = {Choice::GoBack, Choice::StopHere};
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(fixture.entries(journal::WentBack).isEmpty());
    QVERIFY(fixture.decisions.asked.last().instructions.join(u' ').contains(fixture.plan.runId));
    for (int i = 0; i < 3; ++i)
        QVERIFY(fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")));
    fixture.cluster.clearFault(index, QStringLiteral("dpkg-fails"));
    QVERIFY(fixture.run() == RunState::Failed);
    QCOMPARE(fixture.decisions.asked.size(), 2);
    verifyOldVersion(fixture);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!fixture.cluster.exists(i, fixture.plan.remoteDirectory()));
}

void TestWayBack::theOldPackagesMayLieOnTheHosts()
{
    ScratchCluster cluster(2, RunType::SingleReplication);
    const Facts facts = cluster.facts();
    MethodOptions options;
    options.setText(option::OldPackageOnHost, QStringLiteral("/opt/kwdb_install"));
    const auto plan = buildPlan({.facts = facts,
                                 .method = Method::ScriptOfflineCluster,
                                 .package = cluster.package(),
                                 .backup = RunFixture::refused(),
                                 .nodeOrder = {},
                                 .runId = QStringLiteral("x"),
                                 .options = options});
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const PlanStep *stage = plan->step(step("stage-old", 0));
    QVERIFY(stage);
    QVERIFY(stage->script.contains("source='/opt/kwdb_install'")
            || stage->script.contains("source=/opt/kwdb_install"));
    QVERIFY(!stage->args.contains(QStringLiteral("file")));
    QVERIFY(plan->step(step("put-back", 1)));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestWayBack)

#include "tst_WayBack.moc"
