#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

#include <atomic>

namespace kwup::test {

using namespace Qt::StringLiterals;

class HappyPaths final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options());
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { QCOMPARE(m_cluster->restore(), QString()); }

    void threeNodesAreUpgradedOneAfterTheOtherWithAColdBackup()
    {
        m_cluster->setSetting(u"45m"_s);
        ScenarioRun run(*m_cluster);
        run.backup = {BackupChoice::Kind::ColdCopy, u"/var/backups"_s, {}, {}};
        QCOMPARE(run.prepare(), QStringList());
        QCOMPARE(run.run(), u"completed"_s);

        QStringList expected;
        for (const auto *host : {"n1", "n2", "n3"}) {
            for (const auto *step : {"before-stop", "stop", "backup", "upgrade", "start", "gate"})
                expected.append(u"done %1@%2"_s.arg(QLatin1String(step), QLatin1String(host)));
        }
        QStringList steps = run.lines({u"done"_s, u"skip"_s});
        steps = steps.mid(8, expected.size()); // after lock ×3, stage ×3, baseline, raise-setting
        QCOMPARE(steps, expected);
        QCOMPARE(run.trouble(), QStringList{u"state completed"_s});
        QCOMPARE(m_cluster->setting(), u"00:45:00"_s);
        for (int node = 1; node <= 3; ++node) {
            verifyUpgraded(node);
            verifyBackup(node);
        }
    }

    void aRunStoppedAfterANodeAndPausedLaterGoesOnWhereItWas()
    {
        ScenarioRun run(*m_cluster);
        QCOMPARE(run.prepare(), QStringList());
        run.when(u"start upgrade@n1"_s, [&run] { run.executor().stopAfterNode(); });
        QCOMPARE(run.run(), u"stopped"_s);
        QVERIFY(run.log().contains(u"done gate@n1"_s));
        QVERIFY(!run.log().contains(u"start before-stop@n2"_s));
        QCOMPARE(m_cluster->setting(), u"00:30:00"_s);
        QVERIFY(m_cluster->end(1).lock.contains(u"\"state\":\"stopped\""_s));

        std::atomic<bool> wasStarted = true;
        run.when(u"start upgrade@n2"_s, [&run] { run.executor().setPaused(true); });
        run.meanwhile(u"state paused"_s, [&] {
            QThread::sleep(1);
            wasStarted = m_cluster->end(2).service == u"active"_s;
            run.executor().setPaused(false);
        });
        QCOMPARE(run.resume(), u"completed"_s);
        QVERIFY(!wasStarted);
        QCOMPARE(run.lines({u"done"_s}).filter(u"stop@n"_s).filter(u"done stop"_s),
                 (QStringList{u"done stop@n1"_s, u"done stop@n2"_s, u"done stop@n3"_s}));
        for (int node = 1; node <= 3; ++node)
            verifyUpgraded(node);
    }

private:
    void verifyUpgraded(int node)
    {
        const HostEnd end = m_cluster->end(node);
        QCOMPARE(end.version, u"2.2.1"_s);
        QCOMPARE(end.server, u"2.2.1 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.starts, 1);
        QCOMPARE(end.drains, 1);
        QCOMPARE(end.installs, 1);
        QCOMPARE(end.lock, QString());
        QCOMPARE(end.left, QString());
    }

    void verifyBackup(int node)
    {
        const QByteArray found =
            m_cluster->inside(node,
                              u"cd /var/backups/kwup-* && sha256sum -c --quiet SHA256SUMS && "
                              "tar -tf kaiwudb.tar | grep -c 000001.log"_s);
        QCOMPARE(found.trimmed(), QByteArray("1"));
    }

    std::unique_ptr<DemoCluster> m_cluster;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::HappyPaths)
#include "tst_HappyPaths.moc"
