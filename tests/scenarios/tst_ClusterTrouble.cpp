#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What only a cluster can suffer. In each case no further node may be stopped.
class ClusterTrouble final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options());
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init()
    {
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        QCOMPARE(m_run->prepare(), QStringList());
    }
    void cleanup() { m_run.reset(); }

    void aNodeThatNeverBecomesAvailableIsADecisionAtTheLimit()
    {
        m_run->when(u"start upgrade@n1"_s, [this] { m_cluster->fault(1, u"never-available"_s); });
        m_run->timeouts.gateLimit = 4s;
        m_run->answer(Choice::KeepWaiting, [this] { m_cluster->clear(1, u"never-available"_s); });
        keepWaiting();
        m_run->when(u"decide keep-waiting"_s, [this] { m_run->executor().stopAfterNode(); });
        QCOMPARE(m_run->run(), u"stopped"_s);
        QCOMPARE(
            m_run->trouble().mid(0, 2),
            (QStringList{u"ask gate-limit keep-waiting stop-here"_s, u"decide keep-waiting"_s}));
        QVERIFY(m_run->lines({u"fail"_s}).isEmpty());
        QVERIFY(m_run->log().contains(u"done gate@n1"_s));
        verifyUntouched(2);
        verifyUntouched(3);
    }

    void rangesThatStayUnderReplicatedStopTheRunAndTheSettingComesBack()
    {
        m_cluster->setSetting(u"45m"_s);
        m_run->timeouts.gateLimit = 12s;
        m_run->when(u"start upgrade@n1"_s, [this] {
            m_raised = m_cluster->setting(2);
            m_cluster->fault(2, u"under-replicated-stuck"_s, u"4"_s);
        });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"ask gate-limit keep-waiting stop-here"_s, u"decide stop-here"_s,
                              u"fail gate@n1 ranges-not-recovered"_s, u"state failed"_s}));
        QCOMPARE(m_raised, u"03:00:00"_s);
        QCOMPARE(m_cluster->setting(2), u"00:45:00"_s);
        QVERIFY(m_cluster->end(1).lock.contains(u"\"state\":\"failed\""_s));
        verifyUntouched(2);
        verifyUntouched(3);
    }

    void theNextNodeIsNotStoppedWhileAnotherOneIsDown()
    {
        m_run->timeouts.gateSettle = 1s; // twice this is what before-stop waits
        m_run->when(u"done gate@n1"_s, [this] {
            m_cluster->fault(3, u"die-now"_s);
            m_diedInTime = m_cluster->awaitNode(3, false);
        });
        QCOMPARE(m_run->run(), u"failed"_s);
        QVERIFY(m_diedInTime);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail before-stop@n2 other-node-down"_s,
                              u"ask step-failed retry stop-here"_s, u"decide stop-here"_s,
                              u"state failed"_s}));
        QVERIFY(!m_run->log().contains(u"start stop@n2"_s));
        QCOMPARE(m_cluster->setting(2), u"00:30:00"_s);
        verifyUntouched(2);
    }

    void aNodeThatDiesWhileAnotherOneIsBeingUpgradedHoldsTheGate()
    {
        m_run->timeouts.gateLimit = 5s;
        m_run->when(u"start start@n1"_s, [this] { m_cluster->fault(3, u"die-now"_s); });
        m_run->answer(Choice::KeepWaiting, [this] {
            m_cluster->clear(3, u"die-now"_s);
            m_cluster->inside(3, u"systemctl start kaiwudb"_s);
        });
        keepWaiting();
        m_run->when(u"decide keep-waiting"_s, [this] { m_run->executor().stopAfterNode(); });
        QCOMPARE(m_run->run(), u"stopped"_s);
        QCOMPARE(
            m_run->trouble().mid(0, 2),
            (QStringList{u"ask gate-limit keep-waiting stop-here"_s, u"decide keep-waiting"_s}));
        QVERIFY(m_run->log().contains(u"done gate@n1"_s));
        verifyUntouched(2);
    }

    void aDrainThatHangsIsADecisionAndForceStops()
    {
        m_cluster->fault(1, u"drain-hangs"_s);
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        m_run->timeouts.drainWait = 1s;
        m_run->timeouts.stopLimit = 4s;
        QCOMPARE(m_run->prepare(), QStringList());
        m_run->answer(Choice::KeepWaiting);
        m_run->answer(Choice::ForceStop, [this] { m_service = m_cluster->end(1).service; });
        m_run->when(u"done stop@n1"_s, [this] { m_run->executor().stopAfterNode(); });
        QCOMPARE(m_run->run(), u"stopped"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"ask stop-limit keep-waiting force-stop stop-here"_s,
                              u"decide keep-waiting"_s,
                              u"ask stop-limit keep-waiting force-stop stop-here"_s,
                              u"decide force-stop"_s, u"state stopped"_s}));
        QVERIFY2(m_service == u"active"_s || m_service == u"deactivating"_s, qPrintable(m_service));
        QVERIFY(m_run->log().contains(u"note command-killed n1"_s));
        QVERIFY(m_run->log().contains(u"done gate@n1"_s));
        QCOMPARE(m_cluster->end(1).version, u"2.2.1"_s);
        verifyUntouched(2);
    }

    void aHostThatLosesItsPowerDuringTheUpgradeIsTakenUpWhenItIsBack()
    {
        m_cluster->fault(2, u"deploy-slow"_s, u"30"_s);
        m_run->timeouts.reconnectLimit = 2min;
        m_run->meanwhile(u"start upgrade@n2"_s, [this] {
            m_cluster->inside(2, u"until pgrep -f '[d]eploy.sh upgrade'; do sleep 0.05; done"_s);
            m_cluster->powerOff(2);
            m_cluster->clear(2, u"deploy-slow"_s);
            m_cluster->powerOn(2);
        });
        m_run->answer(Choice::Retry);
        m_run->when(u"done gate@n2"_s, [this] { m_run->executor().stopAfterNode(); });
        QCOMPARE(m_run->run(), u"stopped"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n2 job-lost"_s, u"ask step-failed retry stop-here"_s,
                              u"decide retry"_s, u"state stopped"_s}));
        QCOMPARE(m_cluster->end(2).version, u"2.2.1"_s);
        QCOMPARE(m_cluster->end(2).server, u"2.2.1 installed"_s);
        QCOMPARE(m_cluster->end(2).service, u"active"_s);
        verifyUntouched(3);
    }

private:
    /// The short limits of these tests come again where the machine is busy.
    void keepWaiting()
    {
        for (int i = 0; i < 20; ++i)
            m_run->answer(Choice::KeepWaiting);
    }
    void verifyUntouched(int node)
    {
        const HostEnd end = m_cluster->end(node);
        QCOMPARE(end.version, u"2.2.0"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.drains, 0);
        QCOMPARE(end.starts, 0);
        QCOMPARE(end.installs, 0);
    }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    QString m_raised;
    QString m_service;
    bool m_diedInTime = false;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::ClusterTrouble)
#include "tst_ClusterTrouble.moc"
