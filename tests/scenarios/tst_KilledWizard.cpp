#include "core/run/JournalKinds.h"
#include "tests/scenarios/KilledRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// The wizard is ended by SIGKILL in every step, each time it has begun; every new process goes on.
/// In the end all is done, and nothing was done twice. The wizard is a process of this program
/// (ScenarioRun::runAsProcess), so that its limits fit the cluster's time.
class KilledWizard final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options());
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { QCOMPARE(m_cluster->restore(), QString()); }

    void aRunKilledInEveryStepFinishesAndDoesNothingTwice_data()
    {
        QTest::addColumn<int>("delay"); // ms between the beginning of a step and the end
        QTest::newRow("at once") << 0;
        QTest::newRow("in the middle") << 400;
    }
    void aRunKilledInEveryStepFinishesAndDoesNothingTwice()
    {
        QFETCH(int, delay);
        m_cluster->setSetting(u"45m"_s);
        ScenarioRun run(*m_cluster);
        run.backup = {BackupChoice::Kind::ColdCopy, u"/var/backups"_s, {}, {}};
        QCOMPARE(run.prepare(), QStringList());
        KilledRun killed(
            *m_cluster, run, [](const QString &) { return true; }, delay);
        QCOMPARE(killed.finish(), u"completed"_s);
        qInfo("Killed %d times: %s", static_cast<int>(killed.killed().size()),
              qPrintable(killed.killed().join(u' ')));
        QCOMPARE(killed.missed({u"lock"_s, u"stage"_s, u"baseline"_s, u"raise-setting"_s,
                                u"before-stop"_s, u"stop"_s, u"backup"_s, u"upgrade"_s, u"start"_s,
                                u"gate"_s, u"restore-setting"_s, u"verify"_s, u"release"_s}),
                 QStringList());
        const QStringList failed = killed.log().filter(u"fail "_s);
        QVERIFY2(failed.isEmpty(), qPrintable(failed.join(u'\n')));
        for (int node = 1; node <= 3; ++node)
            verifyUpgradedOnce(node);
        QCOMPARE(m_cluster->setting(), u"00:45:00"_s);
        QCOMPARE(run.journal(journal::Verdict).size(), 1);
    }

private:
    void verifyUpgradedOnce(int node)
    {
        const HostEnd end = m_cluster->end(node);
        QCOMPARE(end.version, u"2.2.1"_s);
        QCOMPARE(end.server, u"2.2.1 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.drains, 1);
        QCOMPARE(end.starts, 1);
        QCOMPARE(end.installs, 1);
        QCOMPARE(end.lock, QString());
        QCOMPARE(end.left, QString());
    }

    std::unique_ptr<DemoCluster> m_cluster;
};

} // namespace kwup::test

KWUP_KILLED_MAIN(kwup::test::KilledWizard)
#include "tst_KilledWizard.moc"
