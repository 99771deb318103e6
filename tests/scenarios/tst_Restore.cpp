#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

#include <algorithm>

namespace kwup::test {

using namespace Qt::StringLiterals;

namespace {

const QString Marker = u"/var/lib/kaiwudb/marker"_s;
const QString Copies = u"/var/backups"_s;

// What a failed restore of an earlier test may have left.
const QString TidyUp = u"rm -rf /etc/kaiwudb.kwup-* /var/lib/kaiwudb.kwup-* "
                       "/var/lib/kaiwudb/marker /var/backups/kwup-*"_s;

} // namespace

/// Back to the old version, with the cold copies of a run or with the old packages alone.
class Restore final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_single = std::make_unique<DemoCluster>(
            DemoCluster::Options{.mode = u"single"_s, .nodes = 1, .isSecure = true});
        QVERIFY2(m_single->problem().isEmpty(), qPrintable(m_single->problem()));
    }
    void cleanupTestCase()
    {
        m_single.reset();
        m_cluster.reset();
    }
    void init()
    {
        m_single->everywhere(TidyUp);
        QCOMPARE(m_single->restore(), QString());
        m_store = std::make_unique<QTemporaryDir>();
    }

    void aNodeGoesBackAfterADamagedCopyWasRefusedAndAnInstallationFailed()
    {
        const QByteArray before = m_single->inside(1,
                                                   u"cat /etc/kaiwudb/info/MODE "
                                                   "/etc/kaiwudb/certs/ca.crt"_s);
        const QString run = upgradedWithCopy(*m_single);
        QVERIFY(!run.isEmpty());
        const QString tar = Copies + u"/kwup-"_s + run + u"-*/kaiwudb.tar"_s;
        m_single->inside(1, u"cp -p %1 /var/tmp/whole.tar; printf x >> $(echo %1)"_s.arg(tar));

        ScenarioRun damaged(*m_single, m_store->path());
        prepareRestore(damaged, *m_single, run);
        QCOMPARE(damaged.prepare(), QStringList());
        QCOMPARE(damaged.run(), u"failed"_s);
        QCOMPARE(damaged.lines({u"fail"_s}),
                 QStringList{u"fail check-copy@n1 step-script-failed"_s});
        QVERIFY(describe(damaged.errors().last()).contains(u"kaiwudb.tar"_s));
        QVERIFY(!damaged.log().contains(u"start stop@n1"_s));
        QCOMPARE(m_single->end(1).version, u"2.2.1"_s);
        QCOMPARE(m_single->end(1).service, u"active"_s);
        QCOMPARE(m_single->end(1).lock, QString());

        m_single->inside(1, u"mv /var/tmp/whole.tar $(echo %1)"_s.arg(tar));
        ScenarioRun restore(*m_single, m_store->path());
        prepareRestore(restore, *m_single, run);
        QCOMPARE(restore.prepare(), QStringList());
        QVERIFY(restore.plan().method == Method::Restore);
        restore.when(u"start install@n1"_s,
                     [this] { m_single->inside(1, u"dpkg -r --force-depends squashfs-tools"_s); });
        restore.answer(Choice::Retry,
                       [this] { m_single->inside(1, u"dpkg -i /etc/kwsim/squashfs-tools.deb"_s); });
        QCOMPARE(restore.run(), u"completed"_s);
        QCOMPARE(restore.trouble(),
                 (QStringList{u"fail install@n1 step-script-failed"_s,
                              u"ask step-failed retry stop-here"_s, u"decide retry"_s,
                              u"state completed"_s}));
        verifyRestored(*m_single, 1, restore.plan().runId);
        QCOMPARE(m_single->inside(1, u"cat /etc/kaiwudb/info/MODE /etc/kaiwudb/certs/ca.crt"_s),
                 before);
        const auto finished = restore.store().find(run);
        QVERIFY(finished);
        QVERIFY(!finished->isResumable());
    }

    void aNodeWhoseNewVersionNeverStartedGetsItsOldPackagesBack()
    {
        m_single->inside(1, u"echo before > "_s + Marker);
        ScenarioRun upgrade(*m_single, m_store->path());
        QCOMPARE(upgrade.prepare(), QStringList());
        m_single->fault(1, u"dpkg-fails-after-remove"_s);
        QCOMPARE(upgrade.run(), u"failed"_s);
        QVERIFY(m_single->end(1).lock.contains(upgrade.plan().runId));
        QVERIFY(m_single->inside(1, u"kwbase version"_s).isEmpty());
        m_single->inside(1,
                         u"dpkg -i /etc/kwsim/squashfs-tools.deb; rm -f "
                         "/etc/kwsim/squashfs-removed /etc/kwsim/fault/*"_s);

        ScenarioRun restore(*m_single, m_store->path());
        prepareRestore(restore, *m_single, upgrade.plan().runId);
        QCOMPARE(restore.prepare(), QStringList());
        QVERIFY(restore.plan().step(u"old-packages@"_s + m_single->hostId(1)));
        QVERIFY(!restore.plan().step(u"set-aside@"_s + m_single->hostId(1)));
        QCOMPARE(restore.run(), u"completed"_s);
        QCOMPARE(restore.journal(journal::LockTakenOver).size(), 1);
        QCOMPARE(m_single->end(1).server, u"2.2.0 installed"_s);
        QCOMPARE(m_single->end(1).service, u"active"_s);
        QCOMPARE(m_single->end(1).lock, QString());
        QCOMPARE(m_single->inside(1, u"cat "_s + Marker), QByteArray("before\n"));
        const auto left = restore.store().find(upgrade.plan().runId);
        QVERIFY(left);
        QVERIFY(!left->isResumable());
    }

    void withoutTheOldPackagesOrABackupNothingBegins()
    {
        const QString run = upgradedWithCopy(*m_single);
        QVERIFY(!run.isEmpty());
        ScenarioRun same(*m_single, m_store->path());
        same.method = Method::Restore;
        same.options.setText(option::BackupRun, run); // the new package instead of the old one
        QVERIFY(same.prepare().contains(u"plan method-not-applicable"_s));
        ScenarioRun unknown(*m_single, m_store->path());
        prepareRestore(unknown, *m_single, u"20200101-0000-00000000"_s);
        QCOMPARE(unknown.prepare(), QStringList{u"blocked restore-point"_s});
        QCOMPARE(m_single->end(1).version, u"2.2.1"_s);
        QCOMPARE(m_single->end(1).service, u"active"_s);
    }

    void aRestoreKilledInTheStepsThatChangeTheHostComesToItsEnd()
    {
        const QString source = upgradedWithCopy(*m_single);
        QVERIFY(!source.isEmpty());
        ScenarioRun restore(*m_single, m_store->path());
        prepareRestore(restore, *m_single, source);
        QCOMPARE(restore.prepare(), QStringList());
        QStringList killed;
        for (QString ended; ended.isEmpty();) {
            ended = oneWizard(restore, killed);
            QVERIFY2(ended.isEmpty() || ended == u"state completed"_s, qPrintable(ended));
            QVERIFY2(killed.size() < 40, "the run does not come to an end");
        }
        QCOMPARE(killed.size(), 4);
        verifyRestored(*m_single, 1, restore.plan().runId);
    }

    void allNodesOfAClusterGoBackTogether()
    {
        m_cluster = std::make_unique<DemoCluster>(
            DemoCluster::Options{.mode = u"single-replica"_s, .nodes = 3});
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
        const QString run = upgradedWithCopy(*m_cluster);
        QVERIFY(!run.isEmpty());
        ScenarioRun restore(*m_cluster, m_store->path());
        prepareRestore(restore, *m_cluster, run);
        QCOMPARE(restore.prepare(), QStringList());
        const auto &checks = restore.checks();
        QVERIFY(std::any_of(checks.begin(), checks.end(), [](const CheckResult &check) {
            return check.id == u"restore-point"_s && check.finding == u"copies"_s;
        }));
        const QString ended = restore.run();
        QVERIFY2(ended == u"completed"_s,
                 restore.errors().isEmpty() ? "" : qPrintable(describe(restore.errors().last())));
        const QStringList done = restore.lines({u"done"_s});
        QVERIFY(done.indexOf(u"done stop@n3"_s) < done.indexOf(u"done set-aside@n1"_s));
        QVERIFY(done.indexOf(u"done restore-copy@n3"_s) < done.indexOf(u"done start@n1"_s));
        for (int node = 1; node <= 3; ++node)
            verifyRestored(*m_cluster, node, restore.plan().runId);
    }

private:
    /// Upgrades with a cold copy and changes the data afterwards. The run's id.
    QString upgradedWithCopy(DemoCluster &cluster)
    {
        cluster.everywhere(u"echo before > "_s + Marker);
        ScenarioRun upgrade(cluster, m_store->path());
        upgrade.backup = {BackupChoice::Kind::ColdCopy, Copies, {}, {}};
        if (!upgrade.prepare().isEmpty() || upgrade.run() != u"completed"_s)
            return {};
        cluster.everywhere(u"echo after > "_s + Marker);
        return upgrade.plan().runId;
    }

    static void prepareRestore(ScenarioRun &run, const DemoCluster &cluster, const QString &source)
    {
        run.archive = cluster.archive(u"2.2.0"_s);
        run.method = Method::Restore;
        run.backup = {};
        run.options.setText(option::BackupRun, source);
    }

    static void verifyRestored(const DemoCluster &cluster, int node, const QString &run)
    {
        const HostEnd end = cluster.end(node);
        QCOMPARE(end.version, u"2.2.0"_s);
        QCOMPARE(end.server, u"2.2.0 installed"_s);
        QCOMPARE(end.service, u"active"_s);
        QCOMPARE(end.lock, QString());
        QVERIFY2(!end.left.contains(run), qPrintable(end.left));
        QCOMPARE(cluster.inside(node, u"cat "_s + Marker), QByteArray("before\n"));
        // What was there is kept under other names.
        QCOMPARE(cluster.inside(node, u"cat /var/lib/kaiwudb.kwup-%1/marker"_s.arg(run)),
                 QByteArray("after\n"));
        QVERIFY(cluster.inside(node, u"cat /etc/kaiwudb.kwup-%1/kaiwudb/info/.version"_s.arg(run))
                    .startsWith("2.2.1"));
    }

    /// The last state when it ended by itself; empty when it was killed.
    QString oneWizard(const ScenarioRun &run, QStringList &killed)
    {
        QProcess wizard;
        wizard.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        wizard.start(QCoreApplication::applicationFilePath(), run.processWords());
        QString state;
        while (wizard.state() != QProcess::NotRunning || wizard.canReadLine()) {
            if (!wizard.canReadLine()) {
                if (!wizard.waitForReadyRead(120000) && wizard.state() != QProcess::NotRunning)
                    return u"silent"_s;
                continue;
            }
            const QString line = m_single->named(QString::fromUtf8(wizard.readLine()).trimmed());
            if (line.startsWith(u"state "_s) || line.startsWith(u"fail "_s))
                state = line;
            const QString step = line.section(u' ', 1).section(u'#', 0, 0);
            const QStringList fatal{u"set-aside@n1"_s, u"uninstall@n1"_s, u"install@n1"_s,
                                    u"restore-copy@n1"_s};
            if (!line.startsWith(u"start "_s) || !fatal.contains(step) || killed.contains(step))
                continue;
            QThread::msleep(150);
            killed.append(step);
            wizard.kill();
            wizard.waitForFinished();
            return {};
        }
        return state.isEmpty() ? u"no word"_s : state;
    }

    std::unique_ptr<DemoCluster> m_single;
    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<QTemporaryDir> m_store;
};

} // namespace kwup::test

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (const auto code = kwup::test::ScenarioRun::runAsProcess(application.arguments()))
        return *code;
    kwup::test::Restore test;
    return kwup::test::runScenarios(test, argc, argv);
}
#include "tst_Restore.moc"
