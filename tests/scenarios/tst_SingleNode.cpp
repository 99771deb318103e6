#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

#include <csignal>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// What can go wrong on one node, on a single-node installation: quick, and nothing hides behind
/// the rest of a cluster.
class SingleNode final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(
            DemoCluster::Options{.mode = u"single"_s, .nodes = 1, .isSecure = true});
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init()
    {
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        QCOMPARE(m_run->prepare(), QStringList());
        QVERIFY(m_run->plan().method == Method::ScriptSingle);
    }
    void cleanup() { m_run.reset(); }

    void aSingleNodeIsUpgradedOffline()
    {
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"done"_s, u"skip"_s}),
                 (QStringList{u"done lock@n1"_s, u"done stage@n1"_s, u"done baseline"_s,
                              u"done stop@n1"_s, u"done upgrade@n1"_s, u"done start@n1"_s,
                              u"done gate@n1"_s, u"done verify"_s, u"done release@n1"_s}));
        verifyUpgraded();
        QCOMPARE(m_cluster->end(1).hardStops, 0);
    }

    void exitCode0WithoutAnythingDoneIsAFailure()
    {
        m_cluster->fault(1, u"deploy-noop"_s);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n1 deploy-did-nothing"_s,
                              u"ask step-failed retry stop-here"_s, u"decide stop-here"_s,
                              u"state failed"_s}));
        QCOMPARE(m_cluster->end(1).version, u"2.2.0"_s);
        QVERIFY(m_cluster->end(1).service != u"active"_s);
        QCOMPARE(m_cluster->end(1).starts, 0);
    }

    void aFailureThatKeepsStandardOutputOpenEndsAtOnceAndIsRetried()
    {
        m_cluster->fault(1, u"deploy-fails-hanging"_s);
        m_run->answer(Choice::Retry, [this] {
            m_strays = m_cluster->inside(1, u"pgrep -fc '[d]eploy.sh upgrade'"_s).trimmed();
            m_cluster->clear(1, u"deploy-fails-hanging"_s);
        });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n1 deploy-script-failed"_s,
                              u"ask step-failed retry stop-here"_s, u"decide retry"_s,
                              u"state completed"_s}));
        QCOMPARE(m_strays, QByteArray("0"));
        verifyUpgraded();
    }

    void completedWithTheOldPackagesIsAFailure()
    {
        m_cluster->fault(1, u"deploy-lies"_s);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail upgrade@n1 version-not-changed"_s});
        QCOMPARE(m_cluster->end(1).server, u"2.2.0 installed"_s);
        QCOMPARE(m_cluster->end(1).starts, 0);
    }

    void aVersionFileThatWasNotWrittenIsAFailureAndRetried()
    {
        m_cluster->fault(1, u"deploy-version-not-written"_s);
        m_run->answer(Choice::Retry,
                      [this] { m_cluster->clear(1, u"deploy-version-not-written"_s); });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail upgrade@n1 version-not-changed"_s});
        QCOMPARE(m_cluster->end(1).version, u"2.2.1"_s);
    }

    void aRetryInstallsWhatDpkgLeftRemoved()
    {
        m_cluster->fault(1, u"dpkg-fails-after-remove"_s);
        m_run->answer(Choice::Retry, [this] {
            m_server = m_cluster->end(1).server;
            m_cluster->clear(1, u"dpkg-fails-after-remove"_s);
        });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n1 deploy-script-failed"_s,
                              u"ask step-failed retry stop-here"_s, u"decide retry"_s,
                              u"state completed"_s}));
        QVERIFY2(!m_server.startsWith(u"2.2.0"_s), qPrintable(m_server));
        QCOMPARE(m_cluster->end(1).server, u"2.2.1 installed"_s);
        QCOMPARE(m_cluster->end(1).starts, 1);
    }

    void aServiceThatDiesTwoSecondsAfterItsStartIsNotStarted()
    {
        m_cluster->fault(1, u"die-after-start"_s, u"2"_s);
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        m_run->timeouts.activeFor = std::chrono::seconds(6); // a busy machine starts it slowly
        QCOMPARE(m_run->prepare(), QStringList());
        m_run->answer(Choice::Retry, [this] { m_cluster->clear(1, u"die-after-start"_s); });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail start@n1 service-died"_s, u"ask step-failed retry stop-here"_s,
                              u"decide retry"_s, u"state completed"_s}));
        QCOMPARE(m_cluster->end(1).starts, 2);
        QCOMPARE(m_cluster->end(1).installs, 1);
    }

    void aServiceThatDiesBeforeItIsBackFailsTheGate()
    {
        m_cluster->fault(1, u"never-up"_s); // alive, but answers nobody
        m_run->meanwhile(u"start gate@n1"_s, [this] { m_cluster->fault(1, u"die-now"_s); });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail gate@n1 service-died"_s});
        QCOMPARE(m_cluster->end(1).version, u"2.2.1"_s);
    }

    void completedWithTheNodeDownEndsInADecisionAndNotInSuccess()
    {
        m_cluster->fault(1, u"never-up"_s);
        m_run->timeouts.gateLimit = std::chrono::seconds(3);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"ask gate-limit keep-waiting stop-here"_s, u"decide stop-here"_s,
                              u"fail gate@n1 node-not-available"_s, u"state failed"_s}));
        QVERIFY(!m_run->journal(journal::Verdict).size());
    }

    void aConnectionLostInTheMiddleOfTheUpgradeIsTakenUpAgain()
    {
        m_cluster->fault(1, u"deploy-slow"_s, u"3"_s);
        m_run->meanwhile(u"start upgrade@n1"_s, [this] {
            m_cluster->inside(1, u"until pgrep -f '[d]eploy.sh upgrade'; do sleep 0.05; done"_s);
            m_cluster->signalSessions(1, SIGKILL);
        });
        QCOMPARE(m_run->run(), u"completed"_s);
        QVERIFY(m_run->log().contains(u"note connection-lost n1"_s));
        QCOMPARE(m_run->trouble(), QStringList{u"state completed"_s});
        verifyUpgraded();
    }

    void aHostThatFallsSilentInTheMiddleOfTheUpgradeIsTakenUpAgain()
    {
        m_cluster->fault(1, u"deploy-slow"_s, u"3"_s);
        QList<qint64> frozen;
        m_run->meanwhile(u"start upgrade@n1"_s, [this, &frozen] {
            m_cluster->inside(1, u"until pgrep -f '[d]eploy.sh upgrade'; do sleep 0.05; done"_s);
            frozen = m_cluster->sessions(1);
            m_cluster->signalSessions(1, SIGSTOP);
        });
        const QString state = m_run->run();
        for (const auto pid : std::as_const(frozen))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        QCOMPARE(state, u"completed"_s);
        QVERIFY(m_run->log().contains(u"note host-silent n1"_s));
        verifyUpgraded();
    }

    void aFullDiskWhileStagingChangesNothingAndIsRetried()
    {
        m_run->when(u"start lock@n1"_s, [this] {
            m_cluster->inside(1, u"mount -t tmpfs -o size=256k tmpfs /var/tmp"_s);
        });
        m_run->answer(Choice::Retry, [this] {
            m_service = m_cluster->end(1).service;
            m_cluster->inside(1, u"umount -l /var/tmp"_s);
        });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail stage@n1 no-space"_s});
        QCOMPARE(m_service, u"active"_s);
        QCOMPARE(m_cluster->end(1).version, u"2.2.1"_s);
    }

    void aLockOfAnotherWizardHoldsTheRunUntilItIsTakenOver()
    {
        const QString lock = u"{\"run\":\"20261122-0000-beef\",\"who\":\"zhang\",\"computer\":"
                             "\"pc\",\"since\":\"2026-11-22T00:00:00Z\",\"state\":\"stopped\"}"_s;
        m_cluster->inside(1, u"echo '%1' > /var/tmp/kwup.lock"_s.arg(lock));
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail lock@n1 lock-held"_s});
        QCOMPARE(m_run->errors().first().args.value(0), u"zhang"_s);
        QCOMPARE(m_cluster->end(1).lock, lock);
        QCOMPARE(m_cluster->end(1).service, u"active"_s);

        m_run->takesOverLock = true;
        QCOMPARE(m_run->resume(), u"completed"_s);
        QCOMPARE(m_run->journal(journal::LockTakenOver).size(), 1);
        verifyUpgraded();
    }

private:
    void verifyUpgraded()
    {
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.version, u"2.2.1"_s);
        QCOMPARE(end.server, u"2.2.1 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.starts, 1);
        QCOMPARE(end.drains, 1);
        QCOMPARE(end.installs, 1);
        QCOMPARE(end.lock, QString());
        QCOMPARE(end.left, QString());
    }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    QByteArray m_strays;
    QString m_server;
    QString m_service;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::SingleNode)
#include "tst_SingleNode.moc"
