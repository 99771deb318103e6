#include "tests/support/FactsBuilder.h"
#include "tests/ui/FakeEngine.h"
#include "ui/controllers/ChecksController.h"
#include "ui/controllers/ClusterMonitor.h"
#include "ui/controllers/DiscoveryController.h"
#include "ui/controllers/PackageController.h"
#include "ui/controllers/PromptBroker.h"
#include "ui/controllers/RunController.h"

#include <QSignalSpy>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

class ControllersTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void discoveryFillsTheSession();
    void aStoppedDiscoveryNeverArrives();
    void theEndOfAControllerEndsItsWork();
    void aHostKeyIsAskedInTheWindowAndAnsweredToTheWorker();
    void aQuestionIsWithdrawnWhenNobodyWaitsForIt();
    void theOtherNodesAreAdded();
    void aPackageThatCannotBeReadLeavesItsError();
    void checksAreReadAgain();
    void aClusterThatAnswersIsSeenAgainAndAgain();
    void aClusterThatDoesNotAnswerIsSaid();
    void eventsArriveInOrderAndOutputIsMerged();
    void aDecisionWaitsForTheOperator();
    void leavingARunAnswersItsDecisionWithTheSafeChoice();
    void aJournalThatCannotBeWrittenEndsTheRunBeforeItBegins();

private:
    void planRun();

    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<PromptBroker> m_prompts;
    std::unique_ptr<UpgradeSession> m_session;
};

void ControllersTest::init()
{
    m_engine = std::make_unique<FakeEngine>();
    m_prompts = std::make_unique<PromptBroker>();
    m_session = std::make_unique<UpgradeSession>();
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1")),
                         agentHost(QStringLiteral("10.0.0.2")),
                         agentHost(QStringLiteral("10.0.0.3"))});
}

void ControllersTest::cleanup()
{
    m_session.reset();
    m_prompts.reset();
    m_engine.reset();
}

void ControllersTest::planRun()
{
    m_session->setFacts(m_engine->facts);
    m_session->setPackage(debPackage());
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::Named;
    backup.evidence = QStringLiteral("tape 7");
    m_session->setBackup(backup);
    m_session->makePlan();
    QVERIFY(m_session->plan());
}

void ControllersTest::discoveryFillsTheSession()
{
    DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
    QSignalSpy read(&discovery, &DiscoveryController::hostRead);
    QSignalSpy finished(&discovery, &DiscoveryController::finished);
    discovery.start();
    QVERIFY(discovery.isRunning());
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(read.count(), 3);
    QVERIFY(!discovery.isRunning());
    QVERIFY(m_session->discoveryIsUsable());
}

void ControllersTest::aStoppedDiscoveryNeverArrives()
{
    m_engine->hold();
    DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
    QSignalSpy finished(&discovery, &DiscoveryController::finished);
    discovery.start();
    QTRY_COMPARE(m_engine->seen().discoveries, 1);
    discovery.stop();
    QVERIFY(!discovery.isRunning());
    m_engine->release();
    discovery.start();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(m_session->facts()->hosts.size(), 3);
}

void ControllersTest::theEndOfAControllerEndsItsWork()
{
    m_engine->hold();
    {
        DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
        discovery.start();
        QTRY_COMPARE(m_engine->seen().discoveries, 1);
    }
    QVERIFY(!m_session->facts());
}

void ControllersTest::aHostKeyIsAskedInTheWindowAndAnsweredToTheWorker()
{
    m_engine->unknownKey = ConnectPrompts::UnknownKey{
        QStringLiteral("10.0.0.1"), QStringLiteral("ssh-ed25519"), QStringLiteral("SHA256:abc")};
    DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
    QSignalSpy asked(m_prompts.get(), &PromptBroker::keyAsked);
    QSignalSpy finished(&discovery, &DiscoveryController::finished);
    discovery.start();
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(finished.count(), 0);
    m_prompts->answerKey(asked.first().first().toInt(), true);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(m_engine->keyWasTrusted);
}

void ControllersTest::aQuestionIsWithdrawnWhenNobodyWaitsForIt()
{
    m_engine->unknownKey = ConnectPrompts::UnknownKey{};
    DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
    QSignalSpy asked(m_prompts.get(), &PromptBroker::keyAsked);
    QSignalSpy withdrawn(m_prompts.get(), &PromptBroker::withdrawn);
    discovery.start();
    QTRY_COMPARE(asked.count(), 1);
    discovery.stop();
    QTRY_COMPARE(withdrawn.count(), 1);
    QVERIFY(!m_engine->keyWasTrusted);
}

void ControllersTest::theOtherNodesAreAdded()
{
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1"))});
    auto one = FactsBuilder::cluster();
    one.host(0).otherNodes =
        known(QStringList{QStringLiteral("10.0.0.2"), QStringLiteral("10.0.0.3")});
    m_engine->facts = one.facts();
    m_engine->facts.hosts = {one.host(0)};
    DiscoveryController discovery(*m_engine, *m_prompts, *m_session);
    QSignalSpy found(&discovery, &DiscoveryController::othersFound);
    discovery.findOthers(m_session->logins().first());
    QTRY_COMPARE(found.count(), 1);
    QCOMPARE(found.first().first().toInt(), 2);
    QCOMPARE(m_session->hosts().size(), 3);
    QCOMPARE(m_session->logins().last().spec.user, QStringLiteral("root"));
}

void ControllersTest::aPackageThatCannotBeReadLeavesItsError()
{
    m_engine->package = Error{ErrorCode::ArchiveTruncated, {}, {}, {}, {}, -1};
    PackageController packages(*m_engine, *m_session);
    packages.read(QStringLiteral("/tmp/a.tar.gz"));
    QTRY_VERIFY(!packages.isRunning());
    QVERIFY(packages.error().code == ErrorCode::ArchiveTruncated);
    QVERIFY(!m_session->packageIsUsable());
    m_engine->package = debPackage();
    packages.read(QStringLiteral("/tmp/b.tar.gz"));
    QTRY_VERIFY(m_session->packageIsUsable());
    QVERIFY(packages.error().code == ErrorCode::None);
    QCOMPARE(m_session->package()->file, QStringLiteral("/tmp/b.tar.gz"));
}

void ControllersTest::checksAreReadAgain()
{
    planRun();
    ChecksController checks(*m_engine, *m_prompts, *m_session);
    checks.judge();
    const auto blocked = [this] {
        const auto &all = m_session->checks();
        return std::count_if(all.begin(), all.end(), [](const CheckResult &one) {
            return one.status == CheckStatus::Blocked;
        });
    };
    QCOMPARE(blocked(), 0);
    m_engine->facts = FactsBuilder::cluster().nodeDown(1).facts();
    checks.runAllAgain();
    QTRY_VERIFY(!checks.isRunning());
    QVERIFY(blocked() > 0);
    m_engine->facts = FactsBuilder::cluster().facts();
    for (const CheckResult &check : QList<CheckResult>(m_session->checks())) {
        if (check.status != CheckStatus::Blocked)
            continue;
        checks.runAgain(check);
        QTRY_VERIFY(!checks.isRunning());
    }
    for (const CheckResult &check : m_session->checks()) {
        QVERIFY2(check.status != CheckStatus::Blocked,
                 qPrintable(check.id + u' ' + check.host + u' ' + describe(check)));
    }
}

void ControllersTest::aClusterThatAnswersIsSeenAgainAndAgain()
{
    ClusterMonitor monitor(*m_engine, *m_prompts, *m_session);
    monitor.setInterval(std::chrono::milliseconds(1));
    QSignalSpy read(&monitor, &ClusterMonitor::clusterRead);
    monitor.start(StatusReader::Depth::Nodes);
    QTRY_VERIFY(read.count() >= 3);
    monitor.stop();
}

void ControllersTest::aClusterThatDoesNotAnswerIsSaid()
{
    m_engine->facts.clusterError = Error{ErrorCode::NodeStatusUnavailable, {}, {}, {}, {}, -1};
    ClusterMonitor monitor(*m_engine, *m_prompts, *m_session);
    QSignalSpy failed(&monitor, &ClusterMonitor::readFailed);
    QList<Availability> seen;
    connect(&monitor, &ClusterMonitor::availabilityRead, this,
            [&seen](Availability value) { seen.append(value); });
    monitor.start(StatusReader::Depth::Nodes);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(seen, QList<Availability>{Availability::NoAnswer});
}

void ControllersTest::eventsArriveInOrderAndOutputIsMerged()
{
    planRun();
    RunEvent output;
    output.kind = RunEvent::Kind::StepOutput;
    output.stepId = QStringLiteral("x");
    output.output = "0123456789";
    for (int i = 0; i < 1000; ++i)
        m_engine->runEvents.append(output);
    RunEvent done = output;
    done.kind = RunEvent::Kind::StepFinished;
    m_engine->runEvents.append(done);

    RunController run(*m_engine, *m_prompts, *m_session);
    QList<RunEvent> received;
    connect(&run, &RunController::eventsReceived, this,
            [&received](const QList<RunEvent> &events) { received += events; });
    QSignalSpy finished(&run, &RunController::finished);
    run.start();
    QVERIFY(m_session->runIsActive());
    QTRY_COMPARE(finished.count(), 1);
    qsizetype bytes = 0;
    for (const RunEvent &event : received)
        bytes += event.output.size();
    QCOMPARE(bytes, 10010);
    QVERIFY2(received.size() < 100, qPrintable(QString::number(received.size())));
    QVERIFY(received.last().kind == RunEvent::Kind::StepFinished);
    QVERIFY(m_session->runState() == RunState::Completed);
}

void ControllersTest::aDecisionWaitsForTheOperator()
{
    planRun();
    RunEvent decision;
    decision.kind = RunEvent::Kind::DecisionNeeded;
    m_engine->runEvents = {decision};
    RunController run(*m_engine, *m_prompts, *m_session);
    QSignalSpy needed(&run, &RunController::decisionNeeded);
    QSignalSpy over(&run, &RunController::decisionOver);
    QSignalSpy finished(&run, &RunController::finished);
    run.choose(Choice::StopHere); // nothing waits yet: must not answer the question to come
    run.start();
    QTRY_COMPARE(needed.count(), 1);
    QCOMPARE(finished.count(), 0);
    run.choose(Choice::Retry);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(over.count(), 1);
    QVERIFY(m_engine->seen().choices == QList<Choice>{Choice::Retry});
}

void ControllersTest::leavingARunAnswersItsDecisionWithTheSafeChoice()
{
    planRun();
    RunEvent decision;
    decision.kind = RunEvent::Kind::DecisionNeeded;
    m_engine->runEvents = {decision};
    RunController run(*m_engine, *m_prompts, *m_session);
    QSignalSpy needed(&run, &RunController::decisionNeeded);
    QSignalSpy finished(&run, &RunController::finished);
    run.start();
    QTRY_COMPARE(needed.count(), 1);
    run.detach();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(m_engine->seen().choices == QList<Choice>{Choice::StopHere});
    QVERIFY(m_session->runState() == RunState::Stopped);
}

void ControllersTest::aJournalThatCannotBeWrittenEndsTheRunBeforeItBegins()
{
    planRun();
    m_engine->runError = Error{ErrorCode::JournalUnwritable, {}, {}, {}, {}, -1};
    RunController run(*m_engine, *m_prompts, *m_session);
    QSignalSpy failed(&run, &RunController::failedToStart);
    QSignalSpy finished(&run, &RunController::finished);
    run.start();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(failed.count(), 1);
    QVERIFY(m_session->runState() == RunState::Failed);
}

QTEST_GUILESS_MAIN(ControllersTest)
#include "tst_Controllers.moc"
