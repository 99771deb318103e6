#include "core/run/JournalKinds.h"
#include "tests/scenarios/KilledRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// The vendor's script on running nodes: what it overwrites, what it leaves behind, and the way out
/// when it fails behind the mark.
class LiveUpgrade final : public QObject {
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
        for (int node = 1; node <= 3; ++node)
            writeArgument(node, u"KAIWUDB_START_ARG=\"\""_s);
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        m_run->method = Method::ScriptLive;
    }
    void cleanup() { m_run.reset(); }

    void aLongSettingSurvivesAndNodesThatStayMarkedAreRepaired()
    {
        m_cluster->setSetting(u"5h"_s);
        writeArgument(2, u"KAIWUDB_START_ARG="_s); // where the script inserts nothing
        QCOMPARE(m_run->prepare(), QStringList());
        // The script says "completed" of a node that is down: it does not wait for it.
        m_run->when(u"start upgrade-live@n3"_s,
                    [this] { m_cluster->fault(3, u"die-after-start"_s, u"0"_s); });
        m_run->answer(Choice::Retry, [this] { m_cluster->clear(3, u"die-after-start"_s); });
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail clear-mark@n3 step-script-failed"_s,
                              u"ask step-failed retry stop-here"_s, u"decide retry"_s,
                              u"state completed"_s}));
        QCOMPARE(m_cluster->setting(), u"05:00:00"_s);
        for (int node = 1; node <= 3; ++node)
            verifyUpgraded(node, node);
        QCOMPARE(argument(2), u"KAIWUDB_START_ARG="_s);
        QCOMPARE(m_run->lines({u"skip"_s}), QStringList{u"skip clear-mark@n1"_s});
    }

    void aNodeThatFailedBehindTheMarkIsUpgradedStoppedWhenTriedAgain()
    {
        m_cluster->setSetting(u"45m"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        m_cluster->fault(1, u"dpkg-fails-after-remove"_s);
        m_run->answer(Choice::Retry, [this] {
            m_marked = marked();
            m_cluster->clear(1, u"dpkg-fails-after-remove"_s);
        });
        m_run->when(u"start gate@n1"_s, [this] { m_run->executor().stopAfterNode(); });
        QCOMPARE(m_run->run(), u"stopped"_s);
        QCOMPARE(m_run->lines({u"fail"_s, u"ask"_s}),
                 (QStringList{u"fail upgrade-live@n1 deploy-script-failed"_s,
                              u"ask step-failed retry stop-here"_s}));
        QCOMPARE(m_marked, 1);
        QCOMPARE(marked(), 0);
        verifyUpgraded(1, 1);
        QCOMPARE(m_cluster->end(2).starts, 0);
        QCOMPARE(m_cluster->setting(), u"00:45:00"_s);
    }

    void aNodeThatFailedBehindTheMarkGoesBackToTheOldVersion()
    {
        m_cluster->setSetting(u"45m"_s);
        m_run->oldArchive = m_cluster->archive(u"2.2.0"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        m_cluster->fault(1, u"deploy-fails-hanging"_s);
        m_run->answer(Choice::GoBack, [this] { m_cluster->clear(1, u"deploy-fails-hanging"_s); });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade-live@n1 deploy-script-failed"_s,
                              u"ask step-failed retry go-back stop-here"_s, u"decide go-back"_s,
                              u"state failed"_s}));
        QCOMPARE(m_run->journal(journal::WentBack).size(), 1);
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.version, u"2.2.0"_s);
        QCOMPARE(end.server, u"2.2.0 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.starts, 1);
        QCOMPARE(marked(), 0);
        QCOMPARE(argument(1), u"KAIWUDB_START_ARG=\"\""_s);
        QCOMPARE(m_cluster->setting(), u"00:45:00"_s);
    }

    void aNodeLeftMarkedIsRepairedFirstAndAKilledRunFinishesAndDoesNothingTwice()
    {
        const QByteArray upgraded = m_cluster->inside(
            3,
            u"cd /usr/local/kaiwudb/bin && a=$(cat /etc/kwsim/address) && "
            "id=$(./kwbase node status --insecure --host=$a:26257 --format=csv |"
            " awk -F, -v a=$a:26257 '$3 == a { print $1 }') && "
            "./kwbase node upgrade $id --insecure --host=$a:26257 && echo marked"_s);
        QVERIFY2(upgraded.contains("marked"), upgraded.constData());
        m_run->acceptsWarnings = false;
        const QStringList problems = m_run->prepare();
        QVERIFY(problems.contains(u"blocked no-upgrade-leftover n3"_s));
        QVERIFY(problems.contains(u"blocked live-risks"_s));
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        m_run->method = Method::ScriptLive;
        QCOMPARE(m_run->prepare(), QStringList());
        KilledRun killed(
            *m_cluster, *m_run,
            [](const QString &step) {
                return step == u"earlier-clear-mark@n3"_s || step == u"upgrade-live@n1"_s
                    || step == u"clear-mark@n1"_s || step == u"gate@n1"_s
                    || step == u"upgrade-live@n2"_s;
            },
            1200);
        QCOMPARE(killed.finish(), u"completed"_s);
        QCOMPARE(killed.killed().size(), 5);
        QVERIFY2(killed.log().filter(u"fail "_s).isEmpty(), qPrintable(killed.log().join(u'\n')));
        for (int node = 1; node <= 3; ++node)
            verifyUpgraded(node, node == 3 ? 2 : 1);
        QCOMPARE(m_run->journal(journal::Verdict).size(), 1);
    }

private:
    void writeArgument(int node, const QString &line) const
    {
        m_cluster->inside(node, u"echo '%1' >/etc/kaiwudb/script/kaiwudb_env"_s.arg(line));
    }
    QString argument(int node) const
    {
        return QString::fromUtf8(
            m_cluster->inside(node, u"cat /etc/kaiwudb/script/kaiwudb_env"_s).trimmed());
    }
    int marked() const
    {
        return static_cast<int>(
            m_cluster->sql(u"SELECT upgrading FROM kwdb_internal.gossip_liveness"_s, 2)
                .count("true"));
    }
    void verifyUpgraded(int node, int starts)
    {
        const HostEnd end = m_cluster->end(node);
        QCOMPARE(end.version, u"2.2.1"_s);
        QCOMPARE(end.server, u"2.2.1 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QVERIFY2(end.build.contains(u"2.2.1"_s), qPrintable(end.build));
        QCOMPARE(end.starts, starts);
        QCOMPARE(end.lock.contains(u"stopped"_s) || end.lock.isEmpty(), true);
        QVERIFY(!argument(node).contains(u"upgrade-complete"_s));
    }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    int m_marked = 0;
};

} // namespace kwup::test

KWUP_KILLED_MAIN(kwup::test::LiveUpgrade)
#include "tst_LiveUpgrade.moc"
