#pragma once

#include "core/checks/Checks.h"
#include "core/run/Executor.h"
#include "core/run/RunStore.h"
#include "core/ssh/SshConnector.h"
#include "tests/scenarios/DemoCluster.h"

#include <QElapsedTimer>
#include <QStringList>

#include <deque>
#include <functional>
#include <thread>
#include <vector>

namespace kwup::test {

/// The real limits in the stand-ins' time, with something on top for what a process really takes.
Timeouts shortTimeouts(double scale);

/// One upgrade as the operator would do it, by the objects the programs use: discover, check, plan,
/// run. Scenario in (settings, faults, answers), event log out: compact lines with n1, n2 … for
/// the hosts:
///   start STEP · done STEP · skip STEP · fail STEP CODE      STEP: stop@n2, 2nd attempt stop@n2#2
///   ask KIND CHOICE… · decide CHOICE · note CODE [HOST] · state STATE
/// Belongs to the test's thread, which is also the run's.
class ScenarioRun final : private RunObserver, private DecisionMaker, private ConnectPrompts {
public:
    /// `storeDirectory`: where journals are kept, when another run is to find them.
    explicit ScenarioRun(DemoCluster &cluster, const QString &storeDirectory = {});
    ~ScenarioRun() override;
    Q_DISABLE_COPY_MOVE(ScenarioRun)

    // What the operator enters; change before prepare().
    QList<HostLogin> logins;
    QString archive;
    QString oldArchive; ///< of the installed version, for the way back; mostly empty
    BackupChoice backup;
    std::optional<Method> method; ///< empty: as advised
    MethodOptions options;
    QStringList nodeOrder; ///< n1, n2 … as the default
    Timeouts timeouts; ///< in step with the cluster's time scale
    QString knownHosts; ///< file; the cluster's as the default
    bool takesOverLock = false;
    bool acceptsWarnings = true;

    /// Discover, check, plan and begin the journal. Empty, or the lines that stand in the way:
    /// "host n2 host-unreachable", "list host-twice", "blocked all-nodes-live n2",
    /// "package archive-truncated", "plan method-not-applicable".
    QStringList prepare();
    QString run(); ///< the end: completed, failed (also when not prepared) or stopped
    /// As another process would: the plan and what has happened come from the journal.
    QString resume();

    /// Arguments with which this program, started again, does what resume() does and prints the
    /// log; its main() must call runAsProcess() first (empty: these are other arguments).
    QStringList processWords() const;
    static std::optional<int> runAsProcess(const QStringList &arguments);

    /// The next decision is answered so, after `before`. Without an answer: stop-here.
    void answer(Choice choice, std::function<void()> before = {});
    /// Once, in the run's thread, when the log gets this line. Must be quick.
    void when(const QString &line, std::function<void()> action);
    /// The same in a thread of its own, which is waited for at the end of the run.
    void meanwhile(const QString &line, std::function<void()> action);

    Executor &executor() { return *m_executor; } ///< only in when()
    const QStringList &log() const { return m_log; }
    /// Lines that begin with one of these words.
    QStringList lines(const QStringList &words) const;
    /// What deviates from a smooth run: fail, ask, decide, and the last state.
    QStringList trouble() const;
    Facts facts() const { return m_facts; }
    RunStore store() const { return m_store; }
    const QList<CheckResult> &checks() const { return m_checks; }
    const Plan &plan() const { return m_plan; }
    /// Errors in the order they were told: failed steps and notes.
    const QList<Error> &errors() const { return m_errors; }
    QList<JournalEntry> journal() const;
    QList<JournalEntry> journal(const QString &kind) const;

private:
    void handleEvent(const RunEvent &event) override;
    Choice decide(const Decision &decision, std::stop_token stop) override;
    bool trustHostKey(const UnknownKey &key, std::stop_token stop) override;
    QList<Secret> answer(const QString &host, const QString &title,
                         const QList<Question> &questions, std::stop_token stop) override;

    void openPool();
    QStringList discover();
    QStringList inspect();
    QStringList check();
    Method chosenMethod() const;
    std::optional<RestorePoint> restorePoint() const;
    QString execute(std::unique_ptr<Journal> journal, const Plan &plan);
    void add(const QString &line);

    struct Action {
        QString line;
        std::function<void()> action;
        bool isParallel = false;
    };
    struct Answer {
        Choice choice = Choice::StopHere;
        std::function<void()> before;
    };

    DemoCluster &m_cluster;
    QTemporaryDir m_directory;
    std::unique_ptr<SshConnector> m_connector;
    QString m_storeDirectory;
    RunStore m_store;
    std::unique_ptr<HostPool> m_pool;
    Executor *m_executor = nullptr;
    Facts m_facts;
    PackageInfo m_package;
    std::optional<PackageInfo> m_oldPackage;
    QList<CheckResult> m_checks;
    Plan m_plan;
    bool m_isPrepared = false;
    std::vector<Action> m_actions;
    std::deque<Answer> m_answers;
    std::vector<std::jthread> m_threads;
    QElapsedTimer m_clock;
    QStringList m_log;
    QList<Error> m_errors;
};

} // namespace kwup::test
