#pragma once

#include "core/plan/Plan.h"
#include "core/run/Executor.h"
#include "core/run/RunStore.h"
#include "tests/support/ScratchCluster.h"

#include <QTemporaryDir>

namespace kwup::test {

/// Gives the choices it was told, in order; then StopHere. Remembers what it was asked.
class ScriptedDecisions final : public DecisionMaker {
public:
    QList<Choice> answers;
    QList<Decision> asked;
    std::function<void(const Decision &)> beforeAnswer; ///< e.g. to mend the fault

    Choice decide(const Decision &decision, std::stop_token stop) override;
};

/// Remembers all events.
class EventLog final : public RunObserver {
public:
    QList<RunEvent> events;
    std::function<void(const RunEvent &)> onEvent;

    void handleEvent(const RunEvent &event) override;
    QStringList finishedSteps() const;
    QList<Error> notes() const;
};

/// Refuses to write from a certain entry on, as a full disk does; or as when the program is killed
/// after the host has done a step whose outcome is then never written.
class FullDiskJournal final : public Journal {
public:
    FullDiskJournal(std::unique_ptr<Journal> journal, QString kind, QString step)
        : m_journal(std::move(journal))
        , m_kind(std::move(kind))
        , m_step(std::move(step))
    { }

    Result<void> append(const QString &kind, const QString &stepId, int attempt,
                        const QJsonObject &data) override
    {
        m_isFull = m_isFull || (kind == m_kind && stepId == m_step);
        if (m_isFull)
            return Error{.code = ErrorCode::JournalUnwritable,
                         .args = {QStringLiteral("file"), QStringLiteral("disk full")}};
        return m_journal->append(kind, stepId, attempt, data);
    }
    Result<QList<JournalEntry>> entries() const override { return m_journal->entries(); }

private:
    std::unique_ptr<Journal> m_journal;
    QString m_kind;
    QString m_step;
    bool m_isFull = false;
};

/// A cluster, a plan for it and what a run needs.
class RunFixture {
public:
    /// What is upgraded, and how.
    struct Setup {
        RunType runType = RunType::MultiReplication; ///< of several nodes
        bool hasOldPackages = false; ///< the release archive of 2.2.0 is brought along
    };
    explicit RunFixture(int nodes, const BackupChoice &backup = refused());
    RunFixture(int nodes, const BackupChoice &backup, const Setup &setup);
    static BackupChoice refused();
    static BackupChoice coldCopy();

    /// Begins the run, or goes on with it: a new executor over the same journal file.
    RunState run(std::stop_token stop = {});
    /// The same with the executor at hand (before it runs).
    RunState run(const std::function<void(Executor &)> &prepare, std::stop_token stop = {});
    QList<JournalEntry> entries() const;
    QList<JournalEntry> entries(const QString &kind) const;
    QJsonObject resultOf(const QString &stepId) const;
    bool allUpgradedOnce() const; ///< each node stopped, upgraded and started exactly once
    QString state() const; ///< of all hosts, for failure messages

    ScratchCluster cluster;
    QTemporaryDir runs;
    Plan plan;
    ScriptedDecisions decisions;
    EventLog log;
    Timeouts timeouts = ScratchCluster::timeouts();
    std::function<std::unique_ptr<Journal>(std::unique_ptr<Journal>)> wrapJournal;

private:
    RunStore store() const { return RunStore(runs.path()); }
};

} // namespace kwup::test
