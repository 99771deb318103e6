#include "core/run/JournalKinds.h"
#include "tests/core/run/RunFixture.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

namespace kwup::test {

/// What goes wrong on hosts, one fault a test: what is said, what is not touched, and how the run
/// goes on when the fault is mended.
class TestExecutorFaults : public QObject {
    Q_OBJECT

private slots:
    void aFailedScriptIsExplainedAndRetryRepairs();
    void aLockedPackageManagerIsRecognised();
    void aScriptThatDoesNothingIsFound();
    void aVersionFileThatStaysOldIsFound();
    void aServiceThatDiesAfterItsStartIsFound();
    void aServiceThatDiesInTheGateIsStartedAgainOnlyWhenTold();
    void aServiceThatCannotStartIsFound();
    void aNodeThatNeverBecomesAvailableMeetsTheLimit();
    void rangesThatNeverRecoverMeetTheLimit();
    void anotherNodeDownForbidsTheNextStop();
    void aWorseClusterForbidsTheNextStop();
    void aHangingDrainIsEndedBySystemctlStop();
    void aHangingStopAsksTheOperator();
    void stoppingHereAtTheLimitLeavesTheStopToTheHost();
    void aForcedStopRefusesTheColdCopy();
    void aBackupInsideTheDataRootIsRefused();
    void aForeignLockIsRespected();
    void aForeignLockIsTakenOverOnlyWhenTold();
    void aSettingThatCannotBePutBackStaysInTheReportUntilResumed();
    void aLostConnectionIsFoundAgain_data();
    void aLostConnectionIsFoundAgain();
    void aHostThatStaysAwayFailsTheStepAndItsJobIsFoundAgain();
    void theAskedNodeIsSwitchedWhenItFails();
    void aDamagedUploadIsRefused();
};

namespace {

ErrorCode firstError(const RunFixture &fixture)
{
    return fixture.decisions.asked.isEmpty() ? ErrorCode::None
                                             : fixture.decisions.asked.first().error.code;
}

/// Mends by `mend` when first asked, and answers Retry.
void retryOnce(RunFixture &fixture, const std::function<void()> &mend)
{
    fixture.decisions.answers = {Choice::Retry};
    fixture.decisions.beforeAnswer = [mend](const Decision &) { mend(); };
}

} // namespace

void TestExecutorFaults::aFailedScriptIsExplainedAndRetryRepairs()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("deploy-fails"));
    retryOnce(fixture, [&] { fixture.cluster.clearFault(0, QStringLiteral("deploy-fails")); });
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY(firstError(fixture) == ErrorCode::DeployScriptFailed);
    const Decision asked = fixture.decisions.asked.first();
    QVERIFY(describe(asked).contains(QStringLiteral("dependency problems")));
    QCOMPARE(asked.error.exitCode, 1);
    QVERIFY(asked.choices.last() == Choice::StopHere);
    // The state the node is in now: one package unpacked, version file old.
    QCOMPARE(asked.condition.versionFile, QStringLiteral("2.2.0"));
    QVERIFY(describe(asked.condition).contains(QStringLiteral("install ok unpacked")));
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 2);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), 1);
    QVERIFY(!fixture.entries(journal::StepFailed).isEmpty());
}

void TestExecutorFaults::aLockedPackageManagerIsRecognised()
{
    RunFixture fixture(3);
    const int first = fixture.plan.hosts.first().id() == fixture.cluster.hostId(0) ? 0 : 1;
    fixture.cluster.setFault(first, QStringLiteral("lock-held"));
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::DeployScriptFailed);
    QCOMPARE(fixture.decisions.asked.first().error.args.value(1),
             QStringLiteral("package-manager-lock"));
    // Nobody else was touched, and the setting is back.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fixture.cluster.isRunning(i), i != first);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
    fixture.cluster.clearFault(first, QStringLiteral("lock-held"));
    QVERIFY(fixture.run() == RunState::Completed);
    QCOMPARE(fixture.cluster.count(first, QStringLiteral("term")), 1);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
}

void TestExecutorFaults::aScriptThatDoesNothingIsFound()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("deploy-does-nothing"));
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::DeployDidNothing);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), 0);
}

void TestExecutorFaults::aVersionFileThatStaysOldIsFound()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("version-stays"));
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::VersionNotChanged);
    QVERIFY(fixture.decisions.asked.first().error.args.contains(
        QStringLiteral("/etc/kaiwudb/info/.version")));
}

void TestExecutorFaults::aServiceThatDiesAfterItsStartIsFound()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("start-dies"), QStringLiteral("50"));
    retryOnce(fixture, [&] { fixture.cluster.clearFault(0, QStringLiteral("start-dies")); });
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY(firstError(fixture) == ErrorCode::ServiceDied);
    QCOMPARE(fixture.decisions.asked.first().stepId, QStringLiteral("start@10.0.0.1"));
    QVERIFY(!fixture.decisions.asked.first().condition.service.isRunning());
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), 2);
}

void TestExecutorFaults::aServiceThatDiesInTheGateIsStartedAgainOnlyWhenTold()
{
    RunFixture fixture(3);
    int first = 0;
    for (int i = 0; i < 3; ++i) {
        if (fixture.cluster.hostId(i) == fixture.plan.hosts.first().id())
            first = i;
    }
    bool hasDied = false;
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (hasDied || event.kind != RunEvent::Kind::StepStarted
            || !event.stepId.startsWith(u"gate@"))
            return;
        hasDied = true;
        fixture.cluster.writeFile(first, QStringLiteral("/state/result"), "signal\n");
        fixture.cluster.writeFile(first, QStringLiteral("/state/pid"), "0\n");
    };
    retryOnce(fixture, [&] { QVERIFY(!fixture.cluster.isRunning(first)); });
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY(firstError(fixture) == ErrorCode::ServiceDied);
    QVERIFY(fixture.decisions.asked.first().stepId.startsWith(u"gate@"));
    QCOMPARE(fixture.cluster.count(first, QStringLiteral("start")), 2);
    QCOMPARE(fixture.cluster.count(first, QStringLiteral("upgrade")), 1);
}

void TestExecutorFaults::aServiceThatCannotStartIsFound()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("start-fails"));
    retryOnce(fixture, [&] { fixture.cluster.clearFault(0, QStringLiteral("start-fails")); });
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY(firstError(fixture) == ErrorCode::StartFailed);
    QVERIFY(fixture.decisions.asked.first().error.evidence.contains("service's log"));
    QVERIFY(fixture.allUpgradedOnce());
}

void TestExecutorFaults::aNodeThatNeverBecomesAvailableMeetsTheLimit()
{
    RunFixture fixture(3);
    fixture.timeouts.gateLimit = std::chrono::milliseconds(800);
    const int first = fixture.plan.hosts.first().id() == fixture.cluster.hostId(0) ? 0 : 1;
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepStarted && event.stepId.startsWith(u"start@"))
            fixture.cluster.setFault(first, QStringLiteral("never-available"));
    };
    fixture.decisions.answers = {Choice::KeepWaiting, Choice::StopHere};
    QVERIFY(fixture.run() == RunState::Failed);
    QCOMPARE(fixture.decisions.asked.size(), 2);
    QVERIFY(fixture.decisions.asked.first().kind == Decision::Kind::GateLimit);
    QVERIFY(firstError(fixture) == ErrorCode::NodeNotAvailable);
    // No other node was stopped.
    int stopped = 0;
    for (int i = 0; i < 3; ++i)
        stopped += fixture.cluster.count(i, QStringLiteral("term"));
    QCOMPARE(stopped, 1);
    fixture.log.onEvent = {};
    fixture.timeouts.gateLimit = std::chrono::seconds(5);
    fixture.cluster.clearFault(first, QStringLiteral("never-available"));
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
}

void TestExecutorFaults::rangesThatNeverRecoverMeetTheLimit()
{
    RunFixture fixture(3);
    fixture.timeouts.gateLimit = std::chrono::milliseconds(800);
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepStarted && event.stepId.startsWith(u"start@"))
            fixture.cluster.setUnderReplicated(7);
    };
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::RangesNotRecovered);
    QVERIFY(fixture.decisions.asked.first().kind == Decision::Kind::GateLimit);
}

void TestExecutorFaults::anotherNodeDownForbidsTheNextStop()
{
    RunFixture fixture(3);
    int victim = -1;
    fixture.log.onEvent = [&](const RunEvent &event) {
        // After the first node's gate the last node of the plan dies.
        if (victim >= 0 || event.kind != RunEvent::Kind::StepFinished
            || !event.stepId.startsWith(u"gate@"))
            return;
        for (int i = 0; i < 3; ++i) {
            if (fixture.cluster.hostId(i) == fixture.plan.hosts.last().id())
                victim = i;
        }
        fixture.cluster.writeFile(victim, QStringLiteral("/state/pid"), "0\n");
    };
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY2(firstError(fixture) == ErrorCode::OtherNodeDown, qPrintable(fixture.state()));
    int stopped = 0;
    for (int i = 0; i < 3; ++i)
        stopped += fixture.cluster.count(i, QStringLiteral("term"));
    QCOMPARE(stopped, 1);
}

void TestExecutorFaults::aWorseClusterForbidsTheNextStop()
{
    RunFixture fixture(3);
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepFinished && event.stepId.startsWith(u"gate@"))
            fixture.cluster.setUnderReplicated(3);
    };
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY2(firstError(fixture) == ErrorCode::ClusterWorse, qPrintable(fixture.state()));
    QVERIFY(describe(fixture.decisions.asked.first()).contains(QStringLiteral("0 → 3")));
}

void TestExecutorFaults::aHangingDrainIsEndedBySystemctlStop()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("drain-hangs"));
    QVERIFY(fixture.run() == RunState::Completed);
    const QJsonObject stop = fixture.resultOf(QStringLiteral("stop@10.0.0.1"));
    QVERIFY(stop[QStringLiteral("drainMs")].toInteger() >= 1000);
    QCOMPARE(stop[QStringLiteral("graceful")].toBool(), true);
}

void TestExecutorFaults::aHangingStopAsksTheOperator()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("stop-hangs"));
    fixture.decisions.answers = {Choice::KeepWaiting, Choice::ForceStop};
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QCOMPARE(fixture.decisions.asked.size(), 2);
    const Decision asked = fixture.decisions.asked.first();
    QVERIFY(asked.kind == Decision::Kind::StopLimit);
    QVERIFY(asked.error.code == ErrorCode::StopTimeout);
    QVERIFY(choiceMeaning(Choice::ForceStop, asked).contains(QStringLiteral("9 to 17")));
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("kill")), 1);
    QCOMPARE(fixture.resultOf(QStringLiteral("stop@10.0.0.1"))[QStringLiteral("forced")].toBool(),
             true);
    QCOMPARE(fixture.entries(journal::DecisionTaken).size(), 2);
}

void TestExecutorFaults::stoppingHereAtTheLimitLeavesTheStopToTheHost()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("stop-hangs"));
    QVERIFY(fixture.run() == RunState::Failed); // answers StopHere
    QCOMPARE(fixture.decisions.asked.size(), 1); // and is not asked once more
    const auto failed = fixture.entries(journal::StepFailed);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().data[QStringLiteral("jobGoesOn")].toBool(), true);
    fixture.cluster.clearFault(0, QStringLiteral("stop-hangs"));
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state())); // one SIGTERM in all
}

void TestExecutorFaults::aForcedStopRefusesTheColdCopy()
{
    RunFixture fixture(1, RunFixture::coldCopy());
    fixture.cluster.setFault(0, QStringLiteral("drain-hangs"));
    fixture.cluster.setFault(0, QStringLiteral("stop-kills"));
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::BackupFailed);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 0);
    QCOMPARE(fixture.resultOf(QStringLiteral("stop@10.0.0.1"))[QStringLiteral("graceful")].toBool(),
             false);
}

void TestExecutorFaults::aBackupInsideTheDataRootIsRefused()
{
    BackupChoice inside = RunFixture::coldCopy();
    inside.directory = QStringLiteral("/var/lib/kaiwudb/backup");
    RunFixture fixture(1, inside);
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::BackupFailed);
    QVERIFY(!fixture.cluster.exists(0, QStringLiteral("/var/lib/kaiwudb/backup")));
}

void TestExecutorFaults::aForeignLockIsRespected()
{
    RunFixture fixture(3);
    const QByteArray foreign = R"({"computer":"other","run":"r2","since":"now","who":"eve"})";
    fixture.cluster.writeFile(1, QStringLiteral("/var/tmp/kwup.lock"), foreign);
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::LockHeld);
    QCOMPARE(fixture.decisions.asked.first().error.args,
             (QStringList{QStringLiteral("eve"), QStringLiteral("other"), QStringLiteral("now")}));
    QCOMPARE(fixture.cluster.fileContent(1, QStringLiteral("/var/tmp/kwup.lock")).toUtf8(),
             foreign);
    // Nothing was touched, so our own locks are given back.
    for (int i = 0; i < 3; ++i) {
        if (i != 1)
            QVERIFY(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")));
    }
}

void TestExecutorFaults::aForeignLockIsTakenOverOnlyWhenTold()
{
    RunFixture fixture(1);
    fixture.cluster.writeFile(0, QStringLiteral("/var/tmp/kwup.lock"),
                              R"({"computer":"other","run":"r2","since":"now","who":"eve"})");
    const RunState state = fixture.run([](Executor &executor) { executor.setTakeOverLock(true); });
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    const auto taken = fixture.entries(journal::LockTakenOver);
    QCOMPARE(taken.size(), 1);
    QCOMPARE(taken.first().data[QStringLiteral("previous")][QStringLiteral("who")].toString(),
             QStringLiteral("eve"));
}

void TestExecutorFaults::aSettingThatCannotBePutBackStaysInTheReportUntilResumed()
{
    RunFixture fixture(3);
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind != RunEvent::Kind::StepStarted || !event.stepId.startsWith(u"upgrade@"))
            return;
        for (int i = 0; i < 3; ++i) {
            fixture.cluster.setFault(i, QStringLiteral("set-fails"));
            fixture.cluster.setFault(i, QStringLiteral("lock-held"));
        }
    };
    QVERIFY(fixture.run() == RunState::Failed);
    QCOMPARE(fixture.entries(journal::SettingNotRestored).size(), 1);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("03:00:00"));
    QVERIFY(fixture.log.notes().last().code == ErrorCode::SettingNotRestored);
    fixture.log.onEvent = {};
    for (int i = 0; i < 3; ++i) {
        fixture.cluster.clearFault(i, QStringLiteral("set-fails"));
        fixture.cluster.clearFault(i, QStringLiteral("lock-held"));
    }
    QVERIFY(fixture.run() == RunState::Completed);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
    QCOMPARE(fixture.entries(journal::SettingSaved).size(), 1);
}

void TestExecutorFaults::aLostConnectionIsFoundAgain_data()
{
    QTest::addColumn<QString>("part");
    QTest::newRow("while the stop is begun") << QStringLiteral(" start stop_");
    QTest::newRow("while the stop is watched") << QStringLiteral(" attach stop_");
    QTest::newRow("while the upgrade is begun") << QStringLiteral(" start upgrade_");
    QTest::newRow("while the upgrade is watched") << QStringLiteral(" attach upgrade_");
    QTest::newRow("while the start is begun") << QStringLiteral(" start start_");
    QTest::newRow("while the start is watched") << QStringLiteral(" attach start_");
    QTest::newRow("while the package is unpacked") << QStringLiteral(" attach stage_");
    QTest::newRow("while the lock is taken") << QStringLiteral("kwup: lock=taken");
    QTest::newRow("while the node is looked at") << QStringLiteral("== packages");
    QTest::newRow("while the gate reads") << QStringLiteral("Ready=$code");
}

void TestExecutorFaults::aLostConnectionIsFoundAgain()
{
    QFETCH(QString, part);
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("deploy-slow"), QStringLiteral("0.3"));
    fixture.cluster.loseConnection(0, part);
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QVERIFY(!fixture.log.notes().isEmpty());
    QVERIFY(fixture.log.notes().first().code == ErrorCode::ConnectionLost);
}

void TestExecutorFaults::aHostThatStaysAwayFailsTheStepAndItsJobIsFoundAgain()
{
    RunFixture fixture(1);
    fixture.timeouts.reconnectLimit = std::chrono::milliseconds(200);
    fixture.cluster.setFault(0, QStringLiteral("deploy-slow"), QStringLiteral("0.5"));
    fixture.cluster.loseConnection(0, QStringLiteral(" attach upgrade_"));
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::Note)
            fixture.cluster.setReachable(0, false);
    };
    retryOnce(fixture, [&] {
        fixture.log.onEvent = {};
        fixture.cluster.setReachable(0, true);
    });
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY(firstError(fixture) == ErrorCode::HostUnreachable);
    QVERIFY(fixture.decisions.asked.first().condition.error.code != ErrorCode::None);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
}

void TestExecutorFaults::theAskedNodeIsSwitchedWhenItFails()
{
    RunFixture fixture(3);
    // The one that is asked first refuses to answer clients, but is up for the others.
    int asked = 0;
    for (int i = 0; i < 3; ++i) {
        if (fixture.cluster.hostId(i) == fixture.plan.hosts.last().id())
            asked = i;
    }
    fixture.cluster.setFault(asked, QStringLiteral("cli-fails"));
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    for (const auto &reading : fixture.entries(journal::GateReading)) {
        if (!reading.data[QStringLiteral("clauses")].toArray().isEmpty())
            QVERIFY(reading.data[QStringLiteral("askedHost")].toString()
                    != fixture.cluster.hostId(asked));
    }
}

void TestExecutorFaults::aDamagedUploadIsRefused()
{
    RunFixture fixture(1);
    QFile file(fixture.cluster.package().file);
    QVERIFY(file.open(QFile::Append));
    file.write("x");
    file.close();
    QVERIFY(fixture.run() == RunState::Failed);
    QVERIFY(firstError(fixture) == ErrorCode::ChecksumMismatch);
    QVERIFY(fixture.cluster.isRunning(0));
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("term")), 0);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestExecutorFaults)

#include "tst_ExecutorFaults.moc"
