#include "tests/core/run/RunFixture.h"

#include <QProcess>
#include <QTest>

namespace kwup::test {

/// The program is killed (SIGKILL) at every entry of its journal, before and after it is written,
/// and at moments in between; then the run is resumed. It must complete, and no node may be
/// stopped, upgraded or started twice.
class TestResumeAfterKill : public QObject {
    Q_OBJECT

private slots:
    void aSingleNodeRunSurvivesADeathAtEveryEntry();
    void aClusterRunSurvivesADeathAtManyEntries();
    void aClusterRunSurvivesDeathAfterDeath();
    void aRunSurvivesADeathWhileTheHostIsBusy_data();
    void aRunSurvivesADeathWhileTheHostIsBusy();

private:
    static bool runAndDie(RunFixture &fixture, const QString &when, int count);
    static void finish(RunFixture &fixture, const QString &where);
};

/// False when the run was over before it could die.
bool TestResumeAfterKill::runAndDie(RunFixture &fixture, const QString &when, int count)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QStringLiteral(KWUP_DIE_AT_ENTRY),
                  {fixture.cluster.directory(), QString::number(fixture.cluster.size()),
                   fixture.runs.path(), fixture.plan.runId, when, QString::number(count)});
    process.waitForFinished(60000);
    return process.exitStatus() == QProcess::CrashExit;
}

void TestResumeAfterKill::finish(RunFixture &fixture, const QString &where)
{
    const RunState state = fixture.run();
    const QString told = where + u'\n' + fixture.state();
    QVERIFY2(state == RunState::Completed, qPrintable(told));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(told));
    QVERIFY2(fixture.cluster.setting() == QStringLiteral("00:30:00"), qPrintable(told));
    for (int i = 0; i < fixture.cluster.size(); ++i) {
        QVERIFY2(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup.lock")),
                 qPrintable(told));
        QVERIFY2(!fixture.cluster.exists(i, QStringLiteral("/var/tmp/kwup-") + fixture.plan.runId),
                 qPrintable(told));
    }
    QVERIFY2(fixture.decisions.asked.isEmpty(), qPrintable(told));
}

void TestResumeAfterKill::aSingleNodeRunSurvivesADeathAtEveryEntry()
{
    for (const auto &when : {QStringLiteral("before"), QStringLiteral("after")}) {
        for (int entry = 1;; ++entry) {
            RunFixture fixture(1);
            const QString where = QStringLiteral("died %1 entry %2").arg(when).arg(entry);
            if (!runAndDie(fixture, when, entry)) {
                QVERIFY2(entry > 15, qPrintable(where));
                break;
            }
            finish(fixture, where);
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void TestResumeAfterKill::aClusterRunSurvivesADeathAtManyEntries()
{
    // Every seventh entry, and every one around the first node's stop, upgrade and start.
    for (int entry = 14; entry < 90; entry += entry >= 20 && entry < 36 ? 1 : 7) {
        RunFixture fixture(3, RunFixture::coldCopy());
        const QString when = entry % 2 == 0 ? QStringLiteral("before") : QStringLiteral("after");
        const QString where = QStringLiteral("died %1 entry %2").arg(when).arg(entry);
        if (!runAndDie(fixture, when, entry))
            break;
        finish(fixture, where);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestResumeAfterKill::aClusterRunSurvivesDeathAfterDeath()
{
    RunFixture fixture(3);
    int deaths = 0;
    // Each process comes a little further than the one before.
    while (deaths < 60 && runAndDie(fixture, QStringLiteral("after"), 16))
        ++deaths;
    QVERIFY2(deaths > 3 && deaths < 60, qPrintable(fixture.state()));
    finish(fixture, QStringLiteral("died %1 times").arg(deaths));
}

void TestResumeAfterKill::aRunSurvivesADeathWhileTheHostIsBusy_data()
{
    QTest::addColumn<int>("milliseconds");
    for (int time = 150; time <= 1950; time += 150)
        QTest::addRow("%d ms", time) << time;
}

void TestResumeAfterKill::aRunSurvivesADeathWhileTheHostIsBusy()
{
    QFETCH(int, milliseconds);
    RunFixture fixture(1, RunFixture::coldCopy());
    fixture.cluster.setFault(0, QStringLiteral("deploy-slow"), QStringLiteral("0.5"));
    fixture.cluster.setFault(0, QStringLiteral("drain-hangs"));
    runAndDie(fixture, QStringLiteral("time"), milliseconds);
    finish(fixture, QStringLiteral("died after %1 ms").arg(milliseconds));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestResumeAfterKill)

#include "tst_ResumeAfterKill.moc"
