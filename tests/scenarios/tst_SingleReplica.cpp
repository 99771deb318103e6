#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QJsonArray>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// A single-replica cluster: all nodes stopped together, upgraded, started together; and back.
class SingleReplica final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(
            DemoCluster::Options{.mode = u"single-replica"_s, .nodes = 2});
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init()
    {
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
    }
    void cleanup() { m_run.reset(); }

    void theClusterIsUpgradedAsAWhole()
    {
        m_run->backup.kind = BackupChoice::Kind::ColdCopy;
        m_run->backup.directory = u"/var/backups"_s;
        QCOMPARE(m_run->prepare(), QStringList());
        QVERIFY(m_run->plan().method == Method::ScriptOfflineCluster);
        QVERIFY(m_run->plan().outage().has_value());
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(), QStringList{u"state completed"_s});
        for (int node = 1; node <= 2; ++node) {
            const HostEnd end = m_cluster->end(node);
            QCOMPARE(end.version, u"2.2.1"_s);
            QCOMPARE(end.service, u"active"_s);
            QCOMPARE(end.starts, 1);
            QCOMPARE(end.installs, 1);
            QCOMPARE(end.left, QString());
            QCOMPARE(end.lock, QString());
        }
    }

    void aFailedUpgradeGoesBackToTheOldVersion()
    {
        m_run->oldArchive = m_cluster->archive(u"2.2.0"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        m_cluster->fault(2, u"deploy-fails-hanging"_s);
        m_run->answer(Choice::GoBack, [this] {
            m_states = {m_cluster->end(1).service, m_cluster->end(2).service};
            m_cluster->clear(2, u"deploy-fails-hanging"_s);
        });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n2 deploy-script-failed"_s,
                              u"ask step-failed retry go-back stop-here"_s, u"decide go-back"_s,
                              u"state failed"_s}));
        QVERIFY(!m_states.contains(u"active"_s));
        QCOMPARE(m_run->journal(journal::WentBack).size(), 1);
        for (int node = 1; node <= 2; ++node) {
            const HostEnd end = m_cluster->end(node);
            QCOMPARE(end.version, u"2.2.0"_s);
            QCOMPARE(end.server, u"2.2.0 installed"_s);
            QCOMPARE(end.service, u"active"_s);
            QCOMPARE(end.left, QString());
            QVERIFY(m_cluster->awaitNode(node, true));
        }
    }

    void withoutOldPackagesARepairedRunGoesOn()
    {
        QCOMPARE(m_run->prepare(), QStringList());
        m_cluster->fault(2, u"dpkg-fails-after-remove"_s);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"ask"_s}), QStringList{u"ask step-failed retry stop-here"_s});
        const QJsonArray lines =
            m_run->journal(journal::RunEnded).last().data[u"instructions"_s].toArray();
        QVERIFY(!lines.isEmpty());
        for (int node = 1; node <= 2; ++node) {
            QVERIFY(m_cluster->end(node).service != u"active"_s);
            QVERIFY(!m_cluster->end(node).lock.isEmpty());
        }
        m_cluster->clear(2, u"dpkg-fails-after-remove"_s);
        QCOMPARE(m_run->resume(), u"completed"_s);
        for (int node = 1; node <= 2; ++node) {
            QCOMPARE(m_cluster->end(node).version, u"2.2.1"_s);
            QCOMPARE(m_cluster->end(node).starts, 1);
        }
    }

private:
    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    QStringList m_states;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::SingleReplica)

#include "tst_SingleReplica.moc"
