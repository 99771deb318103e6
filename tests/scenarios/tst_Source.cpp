#include "core/run/JournalKinds.h"
#include "tests/scenarios/KilledRun.h"

#include <QJsonDocument>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

namespace {

const QString Home = u"/root/go/src/gitee.com/kwbasedb/install"_s;
const QByteArray Secret = "do-not-show-this";

// Ends the server and starts it by hand with the same command, a secret in its environment and a
// limit of its own.
constexpr auto StartByHand = R"sh(
pid=$(pgrep -x kwbase | head -n 1)
tr '\0' '\n' < /proc/$pid/cmdline > /root/words
cd /proc/$pid/cwd && cd "$(pwd -P)"
kill $pid
while [ -s /proc/$pid/cmdline ]; do sleep 0.1; done
ulimit -n 3000
mapfile -t words < /root/words
LD_LIBRARY_PATH=../lib SITE_TOKEN=%1 setsid nohup "${words[@]}" > /root/kwbase.log 2>&1 < /dev/null &
)sh";

// How the server runs; the variable _ is what a shell sets for the command it runs.
constexpr auto HowItRuns = R"sh(
pid=$(pgrep -x kwbase | head -n 1)
tr '\0' ' ' < /proc/$pid/cmdline; echo
readlink /proc/$pid/cwd /proc/$pid/exe
tr '\0' '\n' < /proc/$pid/environ | grep -v '^_=' | sort
grep -E 'open files|core file' /proc/$pid/limits
readlink /proc/$pid/fd/1 /proc/$pid/fd/2
)sh";

} // namespace

/// Servers that were built from source: built again, or replaced by a finished build.
class Source final : public QObject {
    Q_OBJECT

private slots:
    void aTreeIsBuiltAndTheServerStartedAsBefore()
    {
        open();
        m_cluster->inside(1, QString::fromLatin1(StartByHand).arg(QString::fromLatin1(Secret)));
        QCOMPARE(build(), u"2.2.0"_s);
        const QByteArray before = m_cluster->inside(1, QLatin1String(HowItRuns));
        QVERIFY2(before.contains(Secret) && before.contains("3000"), before.constData());
        m_run->backup = {BackupChoice::Kind::ColdCopy, u"/var/backups"_s, {}, {}};
        QCOMPARE(m_run->prepare(), QStringList());
        QVERIFY(m_run->plan().method == Method::Source);
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"done"_s, u"skip"_s}),
                 (QStringList{u"done lock@n1"_s, u"done stage@n1"_s, u"done build@n1"_s,
                              u"done capture-process@n1"_s, u"done baseline"_s, u"done stop@n1"_s,
                              u"done backup@n1"_s, u"done swap@n1"_s, u"done start@n1"_s,
                              u"done gate@n1"_s, u"done verify"_s, u"done list-kept@n1"_s,
                              u"done release@n1"_s}));
        QCOMPARE(build(), u"2.2.1"_s);
        QCOMPARE(m_cluster->inside(1, QLatin1String(HowItRuns)), before);
        QVERIFY(m_cluster->inside(1, u"ls %1.old-%2/bin"_s.arg(Home, m_run->plan().runId))
                    .contains("kwbase"));
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.lock, QString());
        QCOMPARE(end.left, QString());
        for (const auto &entry : m_run->journal())
            QVERIFY(!QJsonDocument(entry.data).toJson().contains(Secret));
        QCOMPARE(m_cluster->inside(1, u"grep -rl %1 /var/backups"_s.arg(QLatin1String(Secret))),
                 QByteArray());
    }

    void aBuildThatFailsStopsNothing()
    {
        open();
        QCOMPARE(m_run->prepare(), QStringList());
        const QByteArray pid = m_cluster->inside(1, u"pgrep -x kwbase"_s);
        m_cluster->fault(1, u"source-build-fails"_s);
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"fail"_s}), QStringList{u"fail build@n1 step-script-failed"_s});
        QVERIFY(m_run->errors().last().evidence.contains("undefined: checkStartMode"));
        QVERIFY(!m_run->log().contains(u"start stop@n1"_s));
        QCOMPARE(m_cluster->inside(1, u"pgrep -x kwbase"_s), pid);
        QVERIFY(!m_cluster->inside(1, u"ls -d %1.old-* 2>&1"_s.arg(Home)).startsWith("/"));
    }

    void aServerThatDiesIsTakenBack()
    {
        open();
        m_run->archive = m_cluster->artifact(u"built221"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        m_run->when(u"done swap@n1"_s,
                    [this] { m_cluster->fault(1, u"die-after-start"_s, u"0"_s); });
        m_run->answer(Choice::GoBack, [this] { m_cluster->clear(1, u"die-after-start"_s); });
        QCOMPARE(m_run->run(), u"failed"_s);
        QCOMPARE(m_run->lines({u"decide"_s}), QStringList{u"decide go-back"_s});
        QVERIFY(m_run->lines({u"done"_s}).contains(u"done swap-back@n1"_s));
        QVERIFY(m_run->lines({u"done"_s}).contains(u"done back-gate@n1"_s));
        QCOMPARE(build(), u"2.2.0"_s);
        QCOMPARE(m_cluster->inside(1, u"ls -d %1.old-* 2>/dev/null"_s.arg(Home)), QByteArray());
        QCOMPARE(m_cluster->end(1).lock, QString());
    }

    void anUpgradeIsTakenBackWithTheKeptProgramAndTheColdCopy()
    {
        const QString marker = u"/var/lib/kaiwudb/marker"_s;
        open();
        m_cluster->inside(1, u"echo before > "_s + marker);
        const QTemporaryDir store;
        ScenarioRun upgrade(*m_cluster, store.path());
        upgrade.archive = m_cluster->artifact(u"built221"_s);
        upgrade.backup = {BackupChoice::Kind::ColdCopy, u"/var/backups"_s, {}, {}};
        QCOMPARE(upgrade.prepare(), QStringList());
        QCOMPARE(upgrade.run(), u"completed"_s);
        m_cluster->inside(1, u"echo after > "_s + marker);

        m_run = std::make_unique<ScenarioRun>(*m_cluster, store.path());
        m_run->method = Method::Restore;
        m_run->archive.clear();
        m_run->backup = {};
        m_run->options.setText(option::BackupRun, upgrade.plan().runId);
        m_run->options.setText(option::BuildOnHost, Home + u".old-"_s + upgrade.plan().runId);
        m_run->options.setText(option::BuildVersion, u"2.2.0"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->lines({u"done"_s, u"skip"_s}),
                 (QStringList{u"done lock@n1"_s, u"done build@n1"_s, u"done capture-process@n1"_s,
                              u"done check-copy@n1"_s, u"done stop@n1"_s, u"done set-aside@n1"_s,
                              u"done restore-copy@n1"_s, u"done swap@n1"_s, u"done start@n1"_s,
                              u"done gate@n1"_s, u"done verify"_s, u"done list-kept@n1"_s,
                              u"done release@n1"_s}));
        QCOMPARE(build(), u"2.2.0"_s);
        QCOMPARE(m_cluster->inside(1, u"cat "_s + marker), QByteArray("before\n"));
        // What was there is kept under other names.
        const QString run = m_run->plan().runId;
        QCOMPARE(m_cluster->inside(1, u"cat /var/lib/kaiwudb.kwup-%1/marker"_s.arg(run)),
                 QByteArray("after\n"));
        QVERIFY(m_cluster->inside(1, u"ls %1.old-%2/bin"_s.arg(Home, run)).contains("kwbase"));
        QCOMPARE(m_cluster->end(1).left, QString());
    }

    void aRunKilledInTheStepsThatChangeTheHostComesToItsEnd()
    {
        open();
        QCOMPARE(m_run->prepare(), QStringList());
        const QStringList kinds{u"build"_s, u"capture-process"_s, u"stop"_s, u"swap"_s, u"start"_s};
        KilledRun killed(
            *m_cluster, *m_run,
            [&kinds](const QString &step) { return kinds.contains(step.section(u'@', 0, 0)); },
            150);
        QCOMPARE(killed.finish(), u"completed"_s);
        QCOMPARE(killed.missed(kinds), QStringList());
        QCOMPARE(build(), u"2.2.1"_s);
        QCOMPARE(m_cluster->inside(1, u"pgrep -cx kwbase"_s), QByteArray("1\n"));
        QCOMPARE(m_cluster->end(1).left, QString());
    }

    void threeNodesGoOneAfterTheOther()
    {
        open(u"multi"_s);
        const QString before = m_cluster->setting();
        m_run->archive = m_cluster->artifact(u"built221"_s);
        QCOMPARE(m_run->prepare(), QStringList());
        QCOMPARE(m_run->run(), u"completed"_s);
        QCOMPARE(m_run->trouble(), QStringList{u"state completed"_s});
        const QStringList log = m_run->log();
        for (int node = 1; node <= 3; ++node)
            QCOMPARE(build(node), u"2.2.1"_s);
        QVERIFY(log.indexOf(u"done gate@n1"_s) < log.indexOf(u"start stop@n2"_s));
        QVERIFY(log.indexOf(u"done gate@n2"_s) < log.indexOf(u"start stop@n3"_s));
        QVERIFY(log.contains(u"done raise-setting"_s) && log.contains(u"done restore-setting"_s));
        QCOMPARE(m_cluster->setting(), before);
    }

    void cleanup()
    {
        if (QTest::currentTestFailed() && m_run) {
            for (const auto &error : m_run->errors())
                qWarning("%s\n%s", qPrintable(describe(error)), error.evidence.constData());
        }
        m_run.reset();
    }
    void cleanupTestCase() { m_cluster.reset(); }

private:
    /// The cluster of the class, made anew when it is of another kind.
    void open(const QString &mode = u"single"_s)
    {
        if (!m_cluster || m_mode != mode) {
            m_cluster.reset();
            m_cluster = std::make_unique<DemoCluster>(DemoCluster::Options{
                .mode = mode, .nodes = mode == u"single"_s ? 1 : 3, .deployment = u"source"_s});
            m_mode = mode;
            QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
        } else {
            QCOMPARE(m_cluster->restore(), QString());
        }
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
    }

    /// Of the running server, waited for; empty after a minute.
    QString build(int node = 1) const
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

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
    QString m_mode;
};

} // namespace kwup::test

KWUP_KILLED_MAIN(kwup::test::Source)
#include "tst_Source.moc"
