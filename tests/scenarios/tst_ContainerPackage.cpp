#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// A node that the deploy script has put into a container: KaiwuDB.tar instead of packages.
class ContainerPackage final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoCluster>(
            DemoCluster::Options{.mode = u"single"_s, .nodes = 1, .deployment = u"container"_s});
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init()
    {
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        QCOMPARE(m_run->prepare(), QStringList());
        QVERIFY(m_run->plan().method == Method::ScriptSingle);
        QVERIFY(m_run->plan().deployment == Deployment::ContainerPackage);
    }
    void cleanup() { m_run.reset(); }

    void theImageIsReplacedAndTheOldOneKept()
    {
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(), QStringList{u"state completed"_s});
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.version, u"2.2.1"_s);
        QVERIFY2(end.build.contains(u"2.2.1"_s), qPrintable(end.build));
        QCOMPARE(end.hardStops, 0);
        QCOMPARE(end.left, QString());
        QVERIFY(images().contains("kwup-kept"));
    }

    void aFailedLoadGoesBackToTheOldImage()
    {
        m_cluster->fault(1, u"docker-load-fails"_s);
        m_run->answer(Choice::GoBack);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->trouble(),
                 (QStringList{u"fail upgrade@n1 deploy-script-failed"_s,
                              u"ask step-failed retry go-back stop-here"_s, u"decide go-back"_s,
                              u"state failed"_s}));
        QCOMPARE(m_run->journal(journal::WentBack).size(), 1);
        QCOMPARE(m_cluster->end(1).version, u"2.2.0"_s);
        QVERIFY2(m_cluster->end(1).build.contains(u"2.2.0"_s), qPrintable(m_cluster->end(1).build));
    }

    void aNewVersionFileWithTheOldImageIsAFailureThatARetryRepairs()
    {
        m_cluster->fault(1, u"deploy-lies"_s);
        m_run->answer(Choice::Retry);
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail upgrade@n1 image-not-changed"_s});
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.version, u"2.2.1"_s);
        QVERIFY2(end.build.contains(u"2.2.1"_s), qPrintable(end.build));
    }

    /// The new tag is taken: "docker load" would print a second line while the vendor's script
    /// loads, and it would lose the image (kwdb-facts §2.6 no. 4). It has been loaded before.
    void anArchiveWhoseLoadPrintsTwoLinesIsLoadedBeforeTheStop()
    {
        const QByteArray tagged =
            m_cluster->inside(1, u"docker tag kwdb/kwdb:2.2.0 kwdb/kwdb:2.2.1 && echo ok"_s);
        QVERIFY2(tagged.contains("ok"), tagged.constData());
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(), QStringList{u"state completed"_s});
        QVERIFY2(m_cluster->end(1).build.contains(u"2.2.1"_s), qPrintable(m_cluster->end(1).build));
    }

private:
    QByteArray images() const
    {
        return m_cluster->inside(1, u"docker images --format '{{.Repository}}:{{.Tag}}'"_s);
    }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::ContainerPackage)

#include "tst_ContainerPackage.moc"
