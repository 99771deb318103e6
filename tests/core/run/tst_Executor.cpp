#include "core/run/JournalKinds.h"
#include "tests/core/run/RunFixture.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTest>

#include <thread>

namespace kwup::test {

/// Whole runs on scratch hosts: the happy path, what the operator may ask for, and what is
/// recorded.
class TestExecutor : public QObject {
    Q_OBJECT

private slots:
    void aSingleNodeIsUpgraded();
    void aClusterIsUpgradedNodeByNode();
    void theNextNodeIsStoppedOnlyAfterTheGate();
    void theColdCopyIsThereAndVerified();
    void theSettingIsRaisedAndPutBackVerbatim();
    void aLongerSettingIsLeftAlone();
    void everyChangeIsInTheJournalBeforeItIsMade();
    void theVerdictHasBeforeAndAfter();
    void gateReadingsAreRecordedAndJudgedFromAnotherNode();
    void aCompletedRunDoesNothingWhenRunAgain();
    void stopAfterTheNodeLeavesTheOthersAlone();
    void stopAfterTheStepEndsThereAndResumeGoesOn();
    void pausingHoldsTheRunBetweenSteps();
    void aStopRequestInterruptsWaitingAndResumeCompletes();
    void aFailingJournalStopsEverythingAtOnce();
    void underReplicatedThatWasThereBeforeDoesNotBlock();
    void nodesThatAreUpgradedAlreadyAreNotTouched();
};

namespace {

int indexOfEntry(const QList<JournalEntry> &entries, const QString &kind, const QString &step)
{
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (entries[i].kind == kind && entries[i].stepId == step)
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace

void TestExecutor::aSingleNodeIsUpgraded()
{
    RunFixture fixture(1);
    QVERIFY(fixture.cluster.isValid());
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QVERIFY(fixture.log.events.last().kind == RunEvent::Kind::RunStateChanged);
    QVERIFY(fixture.log.events.last().runState == RunState::Completed);
    QVERIFY(!fixture.cluster.exists(0, QStringLiteral("/var/tmp/kwup.lock")));
    QVERIFY(!fixture.cluster.exists(0, QStringLiteral("/var/tmp/kwup-") + fixture.plan.runId));
}

void TestExecutor::aClusterIsUpgradedNodeByNode()
{
    RunFixture fixture(3);
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QVERIFY(fixture.decisions.asked.isEmpty());
}

void TestExecutor::theNextNodeIsStoppedOnlyAfterTheGate()
{
    RunFixture fixture(3);
    QVERIFY(fixture.run() == RunState::Completed);
    const auto entries = fixture.entries();
    int previousGate = 0;
    for (const auto &host : fixture.plan.hosts) {
        const int stop =
            indexOfEntry(entries, journal::StepStarted, QStringLiteral("stop@") + host.id());
        const int gate =
            indexOfEntry(entries, journal::StepFinished, QStringLiteral("gate@") + host.id());
        QVERIFY(stop > previousGate);
        QVERIFY(gate > stop);
        previousGate = gate;
    }
}

void TestExecutor::theColdCopyIsThereAndVerified()
{
    RunFixture fixture(1, RunFixture::coldCopy());
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    const QJsonObject backup = fixture.resultOf(QStringLiteral("backup@10.0.0.1"));
    QCOMPARE(backup[QStringLiteral("verified")].toBool(), true);
    QVERIFY(backup[QStringLiteral("bytes")].toInteger() > 20000);
    QVERIFY(backup[QStringLiteral("entries")].toInteger() >= 7);
    QCOMPARE(backup[QStringLiteral("sha256")].toString().size(), 64);
    QVERIFY(QFile::exists(backup[QStringLiteral("path")].toString()));
    // It is the old version that was copied.
    QProcess tar;
    tar.start(QStringLiteral("sh"),
              {QStringLiteral("-c"),
               QStringLiteral("tar -xOf '%1' --wildcards '*info/.version'")
                   .arg(backup[QStringLiteral("path")].toString())});
    QVERIFY(tar.waitForFinished());
    QCOMPARE(tar.readAllStandardOutput().trimmed(), QByteArray("2.2.0"));
}

void TestExecutor::theSettingIsRaisedAndPutBackVerbatim()
{
    RunFixture fixture(3);
    fixture.cluster.setSetting(QStringLiteral("00:47:11"));
    QString during;
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepStarted
            && event.stepId.startsWith(QStringLiteral("stop@")))
            during = fixture.cluster.setting();
    };
    QVERIFY(fixture.run() == RunState::Completed);
    QCOMPARE(during, QStringLiteral("03:00:00"));
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:47:11"));
    const auto entries = fixture.entries();
    const int saved = indexOfEntry(entries, journal::SettingSaved, QStringLiteral("raise-setting"));
    QVERIFY(saved > 0);
    QCOMPARE(entries[saved].data[QStringLiteral("previous")].toString(),
             QStringLiteral("00:47:11"));
    QVERIFY(indexOfEntry(entries, journal::SettingRestored, QStringLiteral("restore-setting"))
            > saved);
}

void TestExecutor::aLongerSettingIsLeftAlone()
{
    RunFixture fixture(3);
    fixture.cluster.setSetting(QStringLiteral("10:00:00"));
    QVERIFY(fixture.run() == RunState::Completed);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("10:00:00"));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("setting")), 0);
}

void TestExecutor::everyChangeIsInTheJournalBeforeItIsMade()
{
    RunFixture fixture(1);
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind != RunEvent::Kind::StepStarted)
            return;
        const auto entries = fixture.entries();
        QVERIFY(!entries.isEmpty());
        QCOMPARE(entries.last().kind, QString(journal::StepStarted));
        QCOMPARE(entries.last().stepId, event.stepId);
        if (event.stepId.startsWith(QStringLiteral("upgrade@"))) {
            QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 0);
            QCOMPARE(entries.last().data[QStringLiteral("script")].toString().toUtf8(),
                     fixture.plan.step(event.stepId)->script);
        }
    };
    QVERIFY(fixture.run() == RunState::Completed);
}

void TestExecutor::theVerdictHasBeforeAndAfter()
{
    RunFixture fixture(3);
    QVERIFY(fixture.run() == RunState::Completed);
    const auto verdicts = fixture.entries(journal::Verdict);
    QCOMPARE(verdicts.size(), 1);
    const QJsonObject verdict = verdicts.first().data;
    QCOMPARE(verdict[QStringLiteral("ok")].toBool(), true);
    QCOMPARE(verdict[QStringLiteral("nodes")].toArray().size(), 3);
    QCOMPARE(verdict[QStringLiteral("hosts")].toArray().size(), 3);
    QCOMPARE(verdict[QStringLiteral("builds")].toArray(), QJsonArray{QStringLiteral("V2.2.1")});
    const QJsonObject before = verdict[QStringLiteral("before")].toObject();
    QCOMPARE(before[QStringLiteral("nodes")].toArray().size(), 3);
    QCOMPARE(before[QStringLiteral("versions")][QStringLiteral("10.0.0.2")].toString(),
             QStringLiteral("2.2.0"));
}

void TestExecutor::gateReadingsAreRecordedAndJudgedFromAnotherNode()
{
    RunFixture fixture(3);
    QVERIFY(fixture.run() == RunState::Completed);
    const auto readings = fixture.entries(journal::GateReading);
    QVERIFY(readings.size() >= 3);
    for (const auto &reading : readings) {
        const QString asked = reading.data[QStringLiteral("askedHost")].toString();
        QVERIFY(!asked.isEmpty());
        QVERIFY(!reading.stepId.endsWith(u'@' + asked));
    }
    for (const auto &host : fixture.plan.hosts) {
        const QJsonObject gate = fixture.resultOf(QStringLiteral("gate@") + host.id());
        QVERIFY(gate[QStringLiteral("readings")].toInt() >= 2);
        QCOMPARE(gate[QStringLiteral("clauses")].toArray().size(), 7);
    }
}

void TestExecutor::aCompletedRunDoesNothingWhenRunAgain()
{
    RunFixture fixture(1);
    QVERIFY(fixture.run() == RunState::Completed);
    const auto before = fixture.entries().size();
    QVERIFY(fixture.run() == RunState::Completed);
    QCOMPARE(fixture.entries().size(), before);
    QVERIFY(fixture.allUpgradedOnce());
}

void TestExecutor::stopAfterTheNodeLeavesTheOthersAlone()
{
    RunFixture fixture(3);
    const RunState state = fixture.run([](Executor &executor) { executor.stopAfterNode(); });
    QVERIFY(state == RunState::Stopped);
    int upgraded = 0;
    for (int i = 0; i < 3; ++i) {
        upgraded += fixture.cluster.count(i, QStringLiteral("upgrade"));
        QVERIFY(fixture.cluster.isRunning(i));
        const QString lock = fixture.cluster.fileContent(i, QStringLiteral("/var/tmp/kwup.lock"));
        QVERIFY2(lock.contains(QStringLiteral("\"state\":\"stopped\"")), qPrintable(lock));
    }
    QCOMPARE(upgraded, 1);
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
    // The setting was raised again for the other two.
    QCOMPARE(fixture.entries(journal::SettingSaved).size(), 2);
}

void TestExecutor::stopAfterTheStepEndsThereAndResumeGoesOn()
{
    RunFixture fixture(1);
    Executor *running = nullptr;
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepStarted
            && event.stepId == QStringLiteral("upgrade@10.0.0.1"))
            running->stopAfterStep();
    };
    QVERIFY(fixture.run([&](Executor &executor) { running = &executor; }) == RunState::Stopped);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 1);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("start")), 0);
    fixture.log.onEvent = {};
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
}

void TestExecutor::pausingHoldsTheRunBetweenSteps()
{
    RunFixture fixture(1);
    Executor *running = nullptr;
    bool wasPaused = false;
    std::jthread resumer;
    fixture.log.onEvent = [&](const RunEvent &event) {
        if (event.kind == RunEvent::Kind::StepStarted
            && event.stepId == QStringLiteral("stop@10.0.0.1"))
            running->setPaused(true);
        if (event.kind != RunEvent::Kind::RunStateChanged || event.runState != RunState::Paused)
            return;
        wasPaused = true;
        QVERIFY(!fixture.cluster.isRunning(0)); // the running step was finished
        QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 0);
        resumer = std::jthread([&] { running->setPaused(false); });
    };
    QVERIFY(fixture.run([&](Executor &executor) { running = &executor; }) == RunState::Completed);
    QVERIFY(wasPaused);
    QVERIFY(fixture.allUpgradedOnce());
}

void TestExecutor::aStopRequestInterruptsWaitingAndResumeCompletes()
{
    RunFixture fixture(1);
    fixture.cluster.setFault(0, QStringLiteral("deploy-slow"), QStringLiteral("2"));
    std::stop_source stop;
    fixture.log.onEvent = [&](const RunEvent &event) {
        // The script is under way: its output has come.
        if (event.kind == RunEvent::Kind::StepOutput
            && event.stepId == QStringLiteral("upgrade@10.0.0.1"))
            stop.request_stop();
    };
    QVERIFY(fixture.run(stop.get_token()) == RunState::Stopped);
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("upgrade")), 1);
    QCOMPARE(fixture.cluster.version(0), QStringLiteral("2.2.0")); // still at work
    fixture.log.onEvent = {};
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
}

void TestExecutor::aFailingJournalStopsEverythingAtOnce()
{
    RunFixture fixture(3);
    const QString first = fixture.plan.hosts.first().id();
    fixture.wrapJournal = [&](std::unique_ptr<Journal> journal) {
        return std::make_unique<FullDiskJournal>(std::move(journal), journal::StepStarted,
                                                 QStringLiteral("stop@") + first);
    };
    QVERIFY(fixture.run() == RunState::Failed);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(fixture.cluster.isRunning(i));
        QCOMPARE(fixture.cluster.count(i, QStringLiteral("term")), 0);
    }
    // Not even the setting is touched without a journal; the resume puts it back.
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("03:00:00"));
    QVERIFY(!fixture.log.notes().isEmpty());
    QCOMPARE(fixture.log.notes().last().code, ErrorCode::JournalUnwritable);
    QVERIFY(fixture.decisions.asked.isEmpty());
    fixture.wrapJournal = {};
    QVERIFY(fixture.run() == RunState::Completed);
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
}

void TestExecutor::underReplicatedThatWasThereBeforeDoesNotBlock()
{
    RunFixture fixture(3);
    fixture.cluster.setUnderReplicated(53);
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY(fixture.decisions.asked.isEmpty());
}

void TestExecutor::nodesThatAreUpgradedAlreadyAreNotTouched()
{
    ScratchCluster cluster(3);
    Facts facts = cluster.facts();
    facts.hosts[1].installedVersion.value = KwdbVersion{QStringLiteral("2.2.1"), {}};
    facts.hosts[1].binaryVersion.value = KwdbVersion{QStringLiteral("2.2.1"), {}};
    const auto plan = buildPlan({.facts = facts,
                                 .method = Method::ScriptRolling,
                                 .package = cluster.package(),
                                 .backup = RunFixture::refused(),
                                 .nodeOrder = {},
                                 .runId = QStringLiteral("x")});
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QVERIFY(!plan->step(QStringLiteral("stop@10.0.0.2")));
    QVERIFY(!plan->step(QStringLiteral("stage@10.0.0.2")));
    QVERIFY(plan->step(QStringLiteral("lock@10.0.0.2")));
    QVERIFY(plan->step(QStringLiteral("stop@10.0.0.1")));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestExecutor)

#include "tst_Executor.moc"
