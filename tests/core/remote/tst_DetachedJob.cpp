#include "core/remote/DetachedJob.h"

#include "tests/support/FakeHost.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace kwup;
using namespace kwup::test;
using namespace std::chrono_literals;

/// job.sh itself, run by the shell of this machine.
class TestDetachedJob final : public QObject {
    Q_OBJECT

private slots:
    void aJobRunsAndItsLogIsComplete();
    void aSecondStartFindsTheFirst();
    void aCutScriptNeverRuns();
    void followGoesOnAtTheOffset();
    void followEndsAtItsLimitWhileTheJobGoesOn();
    void aLostConnectionDoesNotStopTheJob();
    void cancelEndsTheWholeGroup();
    void aKilledRunnerIsLost();
    void aRebootIsTold();
    void anUnknownJobIsAbsent();
    void badIdsAreRefused();
    void scriptsSeeTheUsualUmaskAndNoInput();
    void theInMemoryJobBehavesAlike();
};

namespace {

struct Bench {
    Bench()
    {
        host.useLocalShell(directory.path());
        connection = host.connect();
    }
    DetachedJobs jobs() { return {*connection, base()}; }
    QString base() const { return directory.filePath(QStringLiteral("jobs")); }
    QString path(const QString &name) const { return directory.filePath(name); }

    QTemporaryDir directory;
    FakeHost host;
    std::unique_ptr<HostConnection> connection;
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<JobState> followed(DetachedJobs &jobs, const QString &id, QByteArray &log, qint64 offset = 0)
{
    return jobs.follow(id, offset, 30s, [&log](const QByteArray &piece) { log += piece; }, {});
}

} // namespace

void TestDetachedJob::aJobRunsAndItsLogIsComplete()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    const QByteArray script = "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done\n"
                              "printf 'no newline \\377'; exit 7";
    const auto started = jobs.start(QStringLiteral("j1"), script, {});
    QVERIFY(started.has_value());
    QByteArray log;
    const auto state = followed(jobs, QStringLiteral("j1"), log);
    QVERIFY(state.has_value());
    QCOMPARE(state->kind, JobState::Kind::Exited);
    QCOMPARE(state->exitCode, 7);
    QVERIFY(log.endsWith("line 1999\nno newline \xff"));
    QCOMPARE(log, contents(bench.base() + QStringLiteral("/j1/log")));
}

void TestDetachedJob::aSecondStartFindsTheFirst()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    const QByteArray script = "echo ran >> " + bench.path(QStringLiteral("count")).toUtf8();
    QVERIFY(jobs.start(QStringLiteral("j"), script, {}).has_value());
    QByteArray log;
    QVERIFY(followed(jobs, QStringLiteral("j"), log).has_value());
    const auto again = jobs.start(QStringLiteral("j"), script, {});
    QVERIFY(again.has_value());
    QCOMPARE(again->kind, JobState::Kind::Exited);
    QCOMPARE(contents(bench.path(QStringLiteral("count"))), QByteArray("ran\n"));
}

void TestDetachedJob::aCutScriptNeverRuns()
{
    Bench bench;
    Command command;
    command.script = QStringLiteral("true");
    // The same call with one byte less of input, as a connection cut in the middle leaves it.
    class Cutter final : public CommandRunner {
    public:
        explicit Cutter(CommandRunner &runner)
            : m_runner(runner)
        { }
        Result<CommandOutput> run(const Command &command, std::stop_token stop) override
        {
            Command cut = command;
            cut.input.chop(1);
            return m_runner.run(cut, stop);
        }
        QString hostId() const override { return m_runner.hostId(); }

    private:
        CommandRunner &m_runner;
    };
    Cutter cutter(*bench.connection);
    DetachedJobs jobs(cutter, bench.base());
    const auto started = jobs.start(QStringLiteral("j"), "echo part", {});
    QCOMPARE(started.error().code, ErrorCode::ConnectionLost);
    QCOMPARE(bench.jobs().state(QStringLiteral("j"), {})->kind, JobState::Kind::Absent);
}

void TestDetachedJob::followGoesOnAtTheOffset()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(jobs.start(QStringLiteral("j"), "echo 0123456789", {}).has_value());
    QByteArray log;
    QVERIFY(followed(jobs, QStringLiteral("j"), log, 4).has_value());
    QCOMPARE(log, QByteArray("456789\n"));
}

void TestDetachedJob::followEndsAtItsLimitWhileTheJobGoesOn()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(jobs.start(QStringLiteral("j"), "echo begin; sleep 60", {}).has_value());
    qint64 offset = 0;
    const auto state = jobs.follow(QStringLiteral("j"), offset, 1s, {}, {});
    QCOMPARE(state.error().code, ErrorCode::CommandTimeout);
    QCOMPARE(offset, 6);
    QCOMPARE(jobs.state(QStringLiteral("j"), {})->kind, JobState::Kind::Running);
    QCOMPARE(jobs.cancel(QStringLiteral("j"), 5s, {})->kind, JobState::Kind::Exited);
}

void TestDetachedJob::aLostConnectionDoesNotStopTheJob()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    const QByteArray gate = bench.path(QStringLiteral("gate")).toUtf8();
    QVERIFY(jobs.start(QStringLiteral("j"),
                       "echo first; until [ -e " + gate + " ]; do sleep 0.05; done; echo last", {})
                .has_value());
    QByteArray log;
    qint64 offset = 0;
    const auto lost = jobs.follow(QStringLiteral("j"), offset, 30s,
                                  [&bench, &log](const QByteArray &piece) {
                                      log += piece;
                                      bench.host.cutConnections();
                                  },
                                  {});
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    bench.connection = bench.host.connect();
    DetachedJobs later = bench.jobs();
    QCOMPARE(later.state(QStringLiteral("j"), {})->kind, JobState::Kind::Running);
    QFile file(QString::fromUtf8(gate));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(followed(later, QStringLiteral("j"), log, offset).has_value());
    QCOMPARE(log, QByteArray("first\nlast\n"));
}

void TestDetachedJob::cancelEndsTheWholeGroup()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(
        jobs.start(QStringLiteral("j"), "trap '' TERM; sleep 61 & wait; sleep 61", {}).has_value());
    const auto state = jobs.cancel(QStringLiteral("j"), 1s, {});
    QVERIFY(state.has_value());
    QCOMPARE(state->kind, JobState::Kind::Exited);
    QCOMPARE(state->exitCode, 137);
}

void TestDetachedJob::aKilledRunnerIsLost()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(jobs.start(QStringLiteral("j"), "sleep 60", {}).has_value());
    const QByteArray pid = contents(bench.base() + QStringLiteral("/j/who")).split(' ').value(0);
    QVERIFY(pid.toInt() > 1);
    const Command killer{QStringLiteral("kill -s KILL -- -") + QString::fromLatin1(pid)};
    QVERIFY(bench.connection->run(killer, {}).has_value());
    JobState state;
    QTRY_VERIFY((state = jobs.state(QStringLiteral("j"), {}).value()).kind == JobState::Kind::Lost);
    QCOMPARE(state.lostReason, QStringLiteral("killed"));
}

void TestDetachedJob::aRebootIsTold()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(jobs.start(QStringLiteral("j"), "true", {}).has_value());
    QByteArray log;
    QVERIFY(followed(jobs, QStringLiteral("j"), log).has_value());
    // What a reboot in the middle leaves: no rc, and a boot id that is not today's.
    QVERIFY(QFile::remove(bench.base() + QStringLiteral("/j/rc")));
    QFile who(bench.base() + QStringLiteral("/j/who"));
    QVERIFY(who.open(QIODevice::WriteOnly | QIODevice::Truncate));
    who.write("4711 12345 00000000-0000-0000-0000-000000000000\n");
    who.close();
    const auto state = jobs.state(QStringLiteral("j"), {});
    QCOMPARE(state->kind, JobState::Kind::Lost);
    QCOMPARE(state->lostReason, QStringLiteral("reboot"));
}

void TestDetachedJob::anUnknownJobIsAbsent()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QCOMPARE(jobs.state(QStringLiteral("none"), {})->kind, JobState::Kind::Absent);
    QByteArray log;
    QCOMPARE(followed(jobs, QStringLiteral("none"), log)->kind, JobState::Kind::Absent);
    QCOMPARE(jobs.cancel(QStringLiteral("none"), 1s, {})->kind, JobState::Kind::Absent);
}

void TestDetachedJob::badIdsAreRefused()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    for (const char *id : {"../x", ".hidden", "a b", "a/b", "a;b"}) {
        const auto started = jobs.start(QString::fromLatin1(id), "true", {});
        QCOMPARE(started.error().code, ErrorCode::OutputUnexpected);
    }
}

void TestDetachedJob::scriptsSeeTheUsualUmaskAndNoInput()
{
    Bench bench;
    DetachedJobs jobs = bench.jobs();
    QVERIFY(jobs.start(QStringLiteral("j"), "umask; pwd; cat; echo $LC_ALL", {}).has_value());
    QByteArray log;
    QVERIFY(followed(jobs, QStringLiteral("j"), log).has_value());
    QCOMPARE(log, QByteArray("0022\n/\nC\n"));
}

void TestDetachedJob::theInMemoryJobBehavesAlike()
{
    FakeHost host;
    FakeJob job;
    job.log = "one\ntwo\n";
    job.exitCode = 3;
    job.connectionLostAfter = 4;
    host.onJob(QStringLiteral("step"), job);
    auto connection = host.connect();
    DetachedJobs jobs(*connection, QStringLiteral("/var/tmp/jobs"));
    QCOMPARE(jobs.state(QStringLiteral("step-1"), {})->kind, JobState::Kind::Absent);
    QVERIFY(jobs.start(QStringLiteral("step-1"), "script", {}).has_value());
    qint64 offset = 0;
    QByteArray log;
    const auto take = [&log](const QByteArray &piece) { log += piece; };
    QCOMPARE(jobs.follow(QStringLiteral("step-1"), offset, 5s, take, {}).error().code,
             ErrorCode::ConnectionLost);
    auto next = host.connect();
    DetachedJobs again(*next, QStringLiteral("/var/tmp/jobs"));
    QVERIFY(again.start(QStringLiteral("step-1"), "script", {}).has_value());
    QCOMPARE(again.follow(QStringLiteral("step-1"), offset, 5s, take, {})->exitCode, 3);
    QCOMPARE(log, job.log);
    QCOMPARE(host.jobStarts(QStringLiteral("step-1")), 1);
}

QTEST_GUILESS_MAIN(TestDetachedJob)
#include "tst_DetachedJob.moc"
