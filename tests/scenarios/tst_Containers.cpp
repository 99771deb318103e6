#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// docker run and docker-compose: success, an image that cannot be loaded, a new container that
/// dies and the way back.
class Containers final : public QObject {
    Q_OBJECT

private slots:
    void aContainerOfDockerRunIsReplacedAndTheOldOneKept()
    {
        open(u"docker-run"_s, {}, false);
        m_run->backup = {BackupChoice::Kind::ColdCopy, u"/backup"_s, {}, {}};
        QCOMPARE(m_run->prepare(), QStringList());
        QVERIFY(m_run->plan().method == Method::DockerRunInsecure);
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"done"_s, u"skip"_s}),
                 (QStringList{u"done lock@n1"_s, u"done stage@n1"_s, u"done fetch-image@n1"_s,
                              u"done baseline"_s, u"done stop@n1"_s, u"done backup@n1"_s,
                              u"done replace-container@n1"_s, u"done start@n1"_s, u"done gate@n1"_s,
                              u"done verify"_s, u"done list-kept@n1"_s, u"done release@n1"_s}));
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(build(), u"2.2.1"_s);
        QVERIFY2(end.containers.contains(u"-kwup-"_s), qPrintable(end.containers));
        QCOMPARE(end.left, QString());
        QVERIFY(keptImages().contains("kwup-kept"));
    }

    void aNewContainerThatDiesIsTakenBack()
    {
        open(u"docker-run"_s, {});
        m_run->when(u"done replace-container@n1"_s,
                    [this] { m_cluster->fault(1, u"die-after-start"_s, u"1"_s); });
        m_run->answer(Choice::GoBack, [this] { m_cluster->clear(1, u"die-after-start"_s); });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s, u"decide"_s}),
                 (QStringList{u"fail start@n1 service-died"_s, u"decide go-back"_s}));
        QVERIFY(m_run->lines({u"done"_s}).contains(u"done restore-container@n1"_s));
        QCOMPARE(build(), u"2.2.0"_s);
        QCOMPARE(m_cluster->end(1).lock, QString());
    }

    void anImageThatCannotBeLoadedStopsNothing()
    {
        open(u"docker-run"_s, {});
        m_cluster->fault(1, u"docker-load-enospc"_s);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}),
                 QStringList{u"fail fetch-image@n1 step-script-failed"_s});
        QVERIFY(!m_run->log().contains(u"start stop@n1"_s));
        QCOMPARE(build(), u"2.2.0"_s);
        m_cluster->clear(1, u"docker-load-enospc"_s);
    }

    void aComposeServiceIsStartedFromTheNewImage()
    {
        open(u"compose"_s, {});
        QVERIFY(m_run->plan().method == Method::Compose);
        const QByteArray before = composeFile();
        QCOMPARE(m_run->run(), u"completed"_s);
        QByteArray expected = before;
        expected.replace("2.2.0", "2.2.1");
        QCOMPARE(composeFile(), expected);
        QCOMPARE(build(), u"2.2.1"_s);
        QCOMPARE(m_cluster->end(1).left, QString());
    }

    void aComposeServiceGoesBackToTheOldFileAndImage()
    {
        open(u"compose"_s, {});
        const QByteArray before = composeFile();
        m_run->when(u"done edit-compose@n1"_s,
                    [this] { m_cluster->fault(1, u"die-after-start"_s, u"1"_s); });
        m_run->answer(Choice::GoBack, [this] { m_cluster->clear(1, u"die-after-start"_s); });
        QCOMPARE(m_run->run(), u"failed"_s);
        QVERIFY2(m_run->lines({u"done"_s}).contains(u"done restore-compose@n1"_s),
                 qPrintable(m_run->log().join(u'\n')));
        QCOMPARE(composeFile(), before);
        QCOMPARE(build(), u"2.2.0"_s);
    }

    void dataInTheContainerIsRefusedAndMovedWithConsent()
    {
        open(u"docker-run"_s, {u"--store"_s, u"layer"_s}, false);
        const QStringList problems = m_run->prepare();
        QVERIFY2(problems.contains(u"blocked store-on-mount n1"_s),
                 qPrintable(problems.join(u'\n')));
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        MethodOptions options;
        options.setFlag(option::MountStore, true);
        options.setText(option::MountDirectory, u"/srv/kwdb-data"_s);
        m_run->options = options;
        QCOMPARE(m_run->prepare(), QStringList());
        QCOMPARE(m_run->run(), u"completed"_s);
        QVERIFY(m_run->lines({u"done"_s}).contains(u"done copy-store@n1"_s));
        QCOMPARE(build(), u"2.2.1"_s);
    }

    void cleanup()
    {
        if (QTest::currentTestFailed() && m_run)
            qWarning("%s", qPrintable(m_run->log().join(u'\n')));
        m_run.reset();
    }
    void cleanupTestCase() { m_cluster.reset(); }

private:
    /// The cluster of the class, made anew when it is of another kind.
    void open(const QString &deployment, const QStringList &more, bool isPrepared = true)
    {
        const QString kind = deployment + more.join(u' ');
        if (!m_cluster || m_kind != kind) {
            m_cluster.reset();
            m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options{
                .mode = u"single"_s, .nodes = 1, .deployment = deployment, .more = more});
            m_kind = kind;
        }
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
        if (isPrepared)
            QCOMPARE(m_run->prepare(), QStringList());
    }

    /// Of the running server, waited for; empty after a minute.
    QString build() const
    {
        std::optional<KwdbVersion> version;
        (void)QTest::qWaitFor(
            [&] {
                version = KwdbVersion::fromBuildTag(m_cluster->end(1).build);
                return version.has_value();
            },
            60000);
        return version ? version->base : QString();
    }
    QByteArray composeFile() const
    {
        return m_cluster->inside(1,
                                 u"cat /opt/*/docker-compose.yml /srv/*/docker-compose.yml "
                                 "2>/dev/null"_s);
    }
    QByteArray keptImages() const { return m_cluster->inside(1, u"docker images"_s); }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    QString m_kind;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::Containers)
#include "tst_Containers.moc"
