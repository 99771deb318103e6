#include "core/run/JournalKinds.h"
#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

#include <csignal>
#include <cstdio>

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
        QStringList killed;
        QStringList log;
        while (true) {
            const QString ended = oneWizard(run, delay, killed, log);
            if (!ended.isEmpty()) {
                QCOMPARE(ended, u"state completed"_s);
                break;
            }
            QVERIFY2(killed.size() < 60, "the run does not come to an end");
        }
        qInfo("Killed %d times: %s", static_cast<int>(killed.size()),
              qPrintable(killed.join(u' ')));
        for (const auto *kind :
             {"lock", "stage", "baseline", "raise-setting", "before-stop", "stop", "backup",
              "upgrade", "start", "gate", "restore-setting", "verify", "release"})
            QVERIFY2(!killed.filter(QLatin1String(kind)).isEmpty(), kind);
        QVERIFY2(log.filter(u"fail "_s).isEmpty(), qPrintable(log.filter(u"fail "_s).join(u'\n')));
        for (int node = 1; node <= 3; ++node)
            verifyUpgradedOnce(node);
        QCOMPARE(m_cluster->setting(), u"00:45:00"_s);
        QCOMPARE(run.journal(journal::Verdict).size(), 1);
    }

private:
    /// The last state when it ended by itself; empty when it was killed.
    QString oneWizard(const ScenarioRun &run, int delay, QStringList &killed, QStringList &log)
    {
        QProcess wizard;
        wizard.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        wizard.start(QCoreApplication::applicationFilePath(), run.processWords());
        QString state;
        while (wizard.state() != QProcess::NotRunning || wizard.canReadLine()) {
            if (!wizard.canReadLine()) {
                if (!wizard.waitForReadyRead(120000) && wizard.state() != QProcess::NotRunning)
                    return u"silent after "_s + log.value(log.size() - 1);
                continue;
            }
            const QString line = m_cluster->named(QString::fromUtf8(wizard.readLine()).trimmed());
            log.append(line);
            if (line.startsWith(u"state "_s))
                state = line;
            // A lock is taken again by each process, as a new attempt.
            const QString step = line.section(u' ', 1).section(u'#', 0, 0);
            if (!line.startsWith(u"start "_s) || killed.contains(step))
                continue;
            QThread::msleep(static_cast<unsigned long>(delay));
            killed.append(step);
            qInfo("killed in %s", qPrintable(step));
            wizard.kill();
            wizard.waitForFinished();
            return {};
        }
        return state;
    }

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

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (const auto code = kwup::test::ScenarioRun::runAsProcess(application.arguments()))
        return *code;
    kwup::test::KilledWizard test;
    return kwup::test::runScenarios(test, argc, argv);
}
#include "tst_KilledWizard.moc"
