#pragma once

#include "core/base/Result.h"
#include "core/checks/Checks.h"
#include "core/journal/Journal.h"
#include "core/plan/Plan.h"
#include "core/run/RunTypes.h"

#include <QList>

#include <memory>

namespace kwup {

/// A warning the operator accepted, with the typed reason that lands in the report.
struct AcceptedWarning {
    QString checkId;
    QString host;
    QString reason;
};

/// Everything a run begins with; written as its first journal entry.
struct RunStart {
    Plan plan;
    Facts facts; ///< before
    QList<CheckResult> checks;
    QList<AcceptedWarning> accepted;
    QString operatorName; ///< local account name
    QString computer; ///< local host name
    QString programVersion;
};

/// What a list of runs shows.
struct RunSummary {
    QString runId;
    QString file;
    QDateTime startedAt;
    QDateTime lastEntryAt;
    RunState state = RunState::Idle; ///< Running when the process died in between
    QString from;
    QString to;
    QStringList hosts;
    QString lastStepId;
    bool wentBack = false; ///< the old version is in place again, nothing is left to do
    bool hasColdCopies = false; ///< of a deployment that `restore` can put back
    QString restores; ///< the run whose upgrade this one undoes; empty for all others
    bool isResumable() const;
    bool canBeRestored() const; ///< its upgrade can be undone by a new run of `restore`
};

/// Runs on this computer: one journal file each in `directory` (default: the user's data
/// directory). Thread-safe: holds no state but the path.
class RunStore {
public:
    explicit RunStore(QString directory = defaultDirectory());
    static QString defaultDirectory();

    /// Creates the journal and writes the first entry.
    Result<std::unique_ptr<Journal>> create(const RunStart &start) const;
    Result<std::unique_ptr<Journal>> open(const QString &runId) const;
    QList<RunSummary> list() const; ///< newest first; unreadable ones are left out
    Result<RunSummary> find(const QString &runId) const; ///< empty id: newest resumable
    Result<Plan> plan(const QString &runId) const;
    QString file(const QString &runId) const;

private:
    QString m_directory;
};

} // namespace kwup
