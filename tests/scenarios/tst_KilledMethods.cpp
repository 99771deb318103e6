#include "core/run/JournalKinds.h"
#include "tests/scenarios/KilledRun.h"

#include <QSet>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// SIGKILL in every kind of step that the methods for containers and for whole clusters have of
/// their own: the run finishes, and no node is stopped, upgraded or started twice.
class KilledMethods final : public QObject {
    Q_OBJECT

private slots:
    void aRunKilledInItsOwnStepsFinishesAndDoesNothingTwice_data();
    void aRunKilledInItsOwnStepsFinishesAndDoesNothingTwice();
    void cleanup() { m_cluster.reset(); }

private:
    void verifyJournal(const ScenarioRun &run) const;
    void verifyHosts(int installs) const;
    QString build(int node) const;
    int starts() const;

    std::unique_ptr<DemoCluster> m_cluster;
};

void KilledMethods::aRunKilledInItsOwnStepsFinishesAndDoesNothingTwice_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<QString>("deployment");
    QTest::addColumn<QStringList>("kinds");
    QTest::newRow("whole cluster") << u"single-replica"_s << 2 << u"script"_s
                                   << QStringList{u"save-config"_s, u"stop"_s,    u"verify-down"_s,
                                                  u"backup"_s,      u"upgrade"_s, u"start"_s};
    QTest::newRow("container package")
        << u"single"_s << 1 << u"container"_s
        << QStringList{u"save-config"_s, u"stop"_s, u"upgrade"_s, u"start"_s};
    QTest::newRow("docker run") << u"single"_s << 1 << u"docker-run"_s
                                << QStringList{u"fetch-image"_s,       u"stop"_s,  u"copy-store"_s,
                                               u"replace-container"_s, u"start"_s, u"list-kept"_s};
    QTest::newRow("compose") << u"single"_s << 1 << u"compose"_s
                             << QStringList{u"fetch-image"_s,  u"stop"_s,  u"backup"_s,
                                            u"edit-compose"_s, u"start"_s, u"list-kept"_s};
}

void KilledMethods::aRunKilledInItsOwnStepsFinishesAndDoesNothingTwice()
{
    QFETCH(QString, mode);
    QFETCH(int, nodes);
    QFETCH(QString, deployment);
    QFETCH(QStringList, kinds);
    DemoCluster::Options how{.mode = mode, .nodes = nodes, .deployment = deployment};
    const bool isInLayer = kinds.contains(u"copy-store"_s);
    if (isInLayer)
        how.more = {u"--store"_s, u"layer"_s};
    m_cluster = std::make_unique<DemoCluster>(how);
    QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    ScenarioRun run(*m_cluster);
    if (kinds.contains(u"backup"_s))
        run.backup = {BackupChoice::Kind::ColdCopy, u"/var/backups"_s, {}, {}};
    if (deployment == u"script"_s)
        run.oldArchive = m_cluster->archive(u"2.2.0"_s);
    run.options.setFlag(option::MountStore, isInLayer);
    run.options.setText(option::MountDirectory, isInLayer ? u"/srv/kwdb-data"_s : QString());
    QCOMPARE(run.prepare(), QStringList());
    const int startsBefore = starts();
    // The first step of each kind.
    QSet<QString> met;
    KilledRun killed(
        *m_cluster, run,
        [&](const QString &step) {
            const QString kind = step.section(u'@', 0, 0);
            if (!kinds.contains(kind) || met.contains(kind))
                return false;
            met.insert(kind);
            return true;
        },
        500);
    QCOMPARE(killed.finish(), u"completed"_s);
    QCOMPARE(killed.missed(kinds), QStringList());
    const QStringList failed = killed.log().filter(u"fail "_s);
    QVERIFY2(failed.isEmpty(), qPrintable(killed.log().join(u'\n')));
    verifyJournal(run);
    verifyHosts(deployment == u"script"_s ? 1 : 0);
    QCOMPARE(starts() - startsBefore, nodes);
}

/// Each step that changes a host has one attempt: it was found again, not repeated.
void KilledMethods::verifyJournal(const ScenarioRun &run) const
{
    for (const auto &entry : run.journal(journal::StepStarted)) {
        const QString kind = entry.stepId.section(u'@', 0, 0);
        const bool isAskedAgain = kind == u"lock"_s;
        QVERIFY2(entry.attempt == 1 || isAskedAgain, qPrintable(entry.stepId));
    }
    QStringList finished;
    for (const auto &entry : run.journal(journal::StepFinished)) {
        if (!entry.stepId.startsWith(u"lock"_s))
            finished.append(entry.stepId);
    }
    QCOMPARE(QSet<QString>(finished.begin(), finished.end()).size(), finished.size());
    QCOMPARE(run.journal(journal::Verdict).size(), 1);
}

void KilledMethods::verifyHosts(int installs) const
{
    for (int node = 1; node <= m_cluster->size(); ++node) {
        QCOMPARE(build(node), u"2.2.1"_s);
        const HostEnd end = m_cluster->end(node);
        QCOMPARE(end.lock, QString());
        QCOMPARE(end.left, QString());
        if (installs == 0)
            continue;
        QCOMPARE(end.starts, 1);
        QCOMPARE(end.installs, installs);
        QVERIFY(end.drains <= 1);
    }
}

/// Of all servers, ever; the cluster itself keeps the record.
int KilledMethods::starts() const
{
    return static_cast<int>(m_cluster->sql(u"SHOW JOBS"_s).count("RESTART HISTORY"));
}

/// Of the running server, waited for; empty after a minute.
QString KilledMethods::build(int node) const
{
    std::optional<KwdbVersion> version;
    (void)QTest::qWaitFor(
        [&] {
            version = KwdbVersion::fromBuildTag(m_cluster->end(node).build);
            return version.has_value();
        },
        60000);
    return version ? version->base : QString();
}

} // namespace kwup::test

KWUP_KILLED_MAIN(kwup::test::KilledMethods)
#include "tst_KilledMethods.moc"
