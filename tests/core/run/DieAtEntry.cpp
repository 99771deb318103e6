#include "tests/core/run/RunFixture.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdlib>
#include <thread>

#include <unistd.h>

// die-at-entry CLUSTER-DIRECTORY NODES RUNS-DIRECTORY RUN-ID WHEN N
// Runs or resumes a run and kills itself as kill -9 does: WHEN is before or after (the Nth append
// of this process) or time (after N ms). Exit code 0: the run completed before that.

namespace kwup::test {

namespace {

[[noreturn]] void die()
{
    ::kill(::getpid(), SIGKILL);
    std::abort();
}

class DyingJournal final : public Journal {
public:
    DyingJournal(std::unique_ptr<Journal> journal, const QString &when, int count)
        : m_journal(std::move(journal))
        , m_when(when)
        , m_left(count)
    { }

    Result<void> append(const QString &kind, const QString &stepId, int attempt,
                        const QJsonObject &data) override
    {
        const bool isTheOne = --m_left == 0;
        if (isTheOne && m_when == QStringLiteral("before"))
            die();
        const auto written = m_journal->append(kind, stepId, attempt, data);
        if (isTheOne && m_when == QStringLiteral("after"))
            die();
        return written;
    }

    Result<QList<JournalEntry>> entries() const override { return m_journal->entries(); }

private:
    std::unique_ptr<Journal> m_journal;
    QString m_when;
    int m_left;
};

} // namespace

int runAndDie(const QStringList &arguments)
{
    ScratchCluster cluster(arguments[2].toInt(), arguments[1]);
    const RunStore store(arguments[3]);
    const auto plan = store.plan(arguments[4]);
    auto opened = store.open(arguments[4]);
    if (!plan || !opened)
        return 2;
    const int count = arguments[6].toInt();
    if (arguments[5] == QStringLiteral("time")) {
        std::thread([count] {
            std::this_thread::sleep_for(std::chrono::milliseconds(count));
            die();
        }).detach();
    }
    DyingJournal journal(std::move(*opened), arguments[5], count);
    FakePrompts prompts;
    HostPool pool(cluster.connector(), prompts, cluster.logins());
    ScriptedDecisions decisions;
    EventLog log;
    Executor executor(*plan, journal, pool, decisions, log, ScratchCluster::timeouts());
    return executor.run({}) == RunState::Completed ? 0 : 1;
}

} // namespace kwup::test

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    return arguments.size() == 7 ? kwup::test::runAndDie(arguments) : 2;
}
