#include "tests/scenarios/DemoCluster.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// The console program as an operator starts it, with its real limits: ended by SIGKILL once in
/// each kind of step, then `resume`, until the run is complete.
class KilledConsole final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!QFile::exists(Program))
            QSKIP("kwdb-upgrade has not been built.");
        m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options());
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void theConsoleProgramKilledInEachKindOfStepFinishesTheUpgrade()
    {
        const QStringList common{u"--json"_s, u"--data-dir"_s, m_cluster->path(u"data"_s),
                                 u"--known-hosts"_s, m_cluster->knownHosts()};
        const QString profile = m_cluster->writeProfile(u"profile.yaml"_s, u"cold-copy"_s);
        int exitCode = call(common
                            + QStringList{u"--profile"_s, profile, u"--accept-warnings"_s,
                                          u"a test has no clients"_s, u"run"_s});
        while (exitCode == Killed) {
            QVERIFY2(m_killed.size() < 20, "the run does not come to an end");
            exitCode = call(common + QStringList{u"resume"_s});
        }
        QVERIFY2(exitCode == 0, m_last.constData());
        qInfo("Killed in %s", qPrintable(m_killed.join(u' ')));
        for (const auto *kind :
             {"lock", "stage", "baseline", "raise-setting", "before-stop", "stop", "backup",
              "upgrade", "start", "gate", "restore-setting", "verify", "release"})
            QVERIFY2(m_killed.contains(QLatin1String(kind)), kind);
        for (int node = 1; node <= 3; ++node)
            verifyUpgradedOnce(node);
        QCOMPARE(m_cluster->setting(), u"00:30:00"_s);
    }

private:
    static constexpr int Killed = -1;
    const QString Program = QStringLiteral(KWUP_BINARY_DIR "/app/kwdb-upgrade");

    /// Runs the program until it ends or has begun a kind of step in which it was not killed yet.
    int call(const QStringList &words)
    {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(Program, words);
        program.closeWriteChannel();
        while (program.state() != QProcess::NotRunning || program.canReadLine()) {
            if (!program.canReadLine()) {
                program.waitForReadyRead(1000);
                continue;
            }
            m_last = program.readLine();
            const QJsonObject event = QJsonDocument::fromJson(m_last).object();
            if (event[u"event"_s].toString() != u"step-started"_s)
                continue;
            const QString kind = event[u"step"_s].toString().section(u'@', 0, 0);
            if (m_killed.contains(kind))
                continue;
            // Each kind at another moment, so that not all are hit in their first milliseconds.
            letWork(program, event[u"step"_s].toString(),
                    150 * static_cast<int>(m_killed.size() % 4));
            m_killed.append(kind);
            program.kill();
            program.waitForFinished();
            return Killed;
        }
        return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : 99;
    }

    /// Part of the step is let happen, but not what comes behind it.
    void letWork(QProcess &program, const QString &step, int delay)
    {
        const QDeadlineTimer end(delay);
        while (!end.hasExpired()) {
            if (program.canReadLine()) {
                m_last = program.readLine();
                const QJsonObject event = QJsonDocument::fromJson(m_last).object();
                if (event[u"event"_s] == u"step-finished"_s && event[u"step"_s] == step)
                    return;
            } else if (!program.waitForReadyRead(static_cast<int>(end.remainingTime()))
                       && program.state() == QProcess::NotRunning) {
                return;
            }
        }
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
    QStringList m_killed;
    QByteArray m_last;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::KilledConsole)
#include "tst_KilledConsole.moc"
