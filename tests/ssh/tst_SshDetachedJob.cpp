#include "core/remote/DetachedJob.h"
#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QRandomGenerator>
#include <QTest>

#include <thread>

using namespace kwup;
using namespace kwup::test;
using namespace std::chrono_literals;

/// I4: whatever dies on the way, a job runs once and its log comes back whole.
class TestSshDetachedJob final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aJobSurvivesKilledSessionsAtAnyMoment();
    void aJobGoesOnWithoutAnyConnection();

private:
    std::unique_ptr<HostConnection> connect();

    SshLibrary m_library;
    std::unique_ptr<SshServer> m_server;
};

void TestSshDetachedJob::initTestCase()
{
    m_server = std::make_unique<SshServer>();
    if (!m_server->problem().isEmpty())
        QSKIP(qPrintable(m_server->problem()));
}

/// Null when the session was killed while it came up.
std::unique_ptr<HostConnection> TestSshDetachedJob::connect()
{
    SshConnector connector(m_server->config());
    ScriptedPrompts prompts;
    auto connection = connector.connect(m_server->spec(), {}, prompts, {});
    return connection ? std::move(connection).value() : nullptr;
}

void TestSshDetachedJob::aJobSurvivesKilledSessionsAtAnyMoment()
{
    const QString base = m_server->path(QStringLiteral("jobs"));
    int kills = 0;
    QRandomGenerator random(20261122);
    for (int round = 0; round < 4; ++round) {
        const QString id = QStringLiteral("job-%1").arg(round);
        const QString counter = m_server->path(QStringLiteral("count-%1").arg(round));
        const QByteArray script = "echo ran >> " + counter.toUtf8()
            + "\ni=0; while [ $i -lt 300 ]; do echo \"line $i "
              "........................................\"; i=$((i+1)); "
              "[ $((i % 5)) -eq 0 ] && sleep 0.03; done; printf 'end'; exit 9\n";
        QByteArray log;
        qint64 offset = 0;
        Result<JobState> state = JobState{};
        for (int attempt = 0; attempt < 60; ++attempt) {
            std::jthread killer;
            if (attempt < 8) { // so many chances to die, then the rest in peace
                const auto pause = std::chrono::milliseconds(random.bounded(20, 400));
                killer = std::jthread([this, pause] {
                    std::this_thread::sleep_for(pause);
                    m_server->killSessions();
                });
            }
            const auto host = connect();
            if (!host) {
                ++kills;
                continue;
            }
            DetachedJobs jobs(*host, base);
            state = jobs.start(id, script, {});
            if (state) {
                state = jobs.follow(id, offset, 60s,
                                    [&log](const QByteArray &piece) { log += piece; }, {});
            }
            if (state && state->kind == JobState::Kind::Exited)
                break;
            kills += state ? 0 : 1;
            if (!state)
                QCOMPARE(state.error().code, ErrorCode::ConnectionLost);
        }
        if (!state)
            QFAIL(qPrintable(describe(state.error())));
        QCOMPARE(state->kind, JobState::Kind::Exited);
        QCOMPARE(state->exitCode, 9);
        QCOMPARE(log, m_server->readFile(QStringLiteral("jobs/%1/log").arg(id)));
        QVERIFY(log.endsWith("end"));
        QCOMPARE(log.count('\n'), 300);
        QCOMPARE(m_server->readFile(QStringLiteral("count-%1").arg(round)), QByteArray("ran\n"));
    }
    QVERIFY2(kills >= 10, qPrintable(QString::number(kills)));
}

void TestSshDetachedJob::aJobGoesOnWithoutAnyConnection()
{
    const QString base = m_server->path(QStringLiteral("jobs"));
    const QString gate = m_server->path(QStringLiteral("gate"));
    auto host = connect();
    QVERIFY(host);
    {
        DetachedJobs jobs(*host, base);
        const QByteArray script =
            "until [ -e " + gate.toUtf8() + " ]; do sleep 0.05; done; echo done";
        const auto started = jobs.start(QStringLiteral("alone"), script, {});
        QVERIFY(started.has_value());
        QCOMPARE(started->kind, JobState::Kind::Running);
    }
    host.reset();
    QTRY_VERIFY(m_server->sessionProcesses().isEmpty());
    m_server->writeFile(QStringLiteral("gate"), "x");
    QTRY_VERIFY(!m_server->readFile(QStringLiteral("jobs/alone/rc")).isEmpty());
    host = connect();
    QVERIFY(host);
    DetachedJobs jobs(*host, base);
    const auto state = jobs.state(QStringLiteral("alone"), {});
    QVERIFY(state.has_value());
    QCOMPARE(state->kind, JobState::Kind::Exited);
    QCOMPARE(state->exitCode, 0);
}

QTEST_GUILESS_MAIN(TestSshDetachedJob)
#include "tst_SshDetachedJob.moc"
