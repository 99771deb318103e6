#pragma once

#include "core/base/Error.h"
#include "core/discover/Facts.h"
#include "core/journal/Journal.h"
#include "core/plan/Plan.h"
#include "core/run/RunStore.h"
#include "core/run/RunTypes.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

namespace kwup {

/// One attempt of a step, as the journal has it.
struct ReportStep {
    QString id;
    int attempt = 1;
    QString host;
    QString title;
    QString expectation;
    QString script;
    QDateTime startedAt;
    qint64 durationMs = -1; ///< -1: no outcome is in the journal
    int exitCode = -1; ///< -1: no command was run
    StepState state = StepState::Running;
    QString output; ///< last lines, printable
    Error error;
    NodeCondition condition;
    QJsonObject result;
    QList<GateProgress> readings; ///< of a gate
    QStringList notes;
};

struct ReportDecision {
    QDateTime time;
    QString stepId;
    QString host;
    QString text; ///< what was asked
    QString choice; ///< what the operator chose
};

/// A host before and after.
struct ReportHost {
    QString host;
    QString versionBefore;
    QString versionAfter; ///< empty: not verified
    QString binaryAfter;
};

/// What a report says, gathered from the journal; no text of its own. A value.
struct ReportData {
    Plan plan;
    Facts before;
    QString operatorName;
    QString computer;
    QString programVersion;
    QDateTime startedAt;
    QDateTime endedAt; ///< invalid while the run is not over
    RunState state = RunState::Running;
    int resumes = 0; ///< how often a process went on with the run
    QList<CheckResult> checks;
    QList<AcceptedWarning> accepted;
    QList<ReportStep> steps;
    QList<ReportDecision> decisions;
    QList<ReportHost> hosts;
    QJsonObject verdict; ///< as in the journal; empty: the run did not come so far
    bool wentBack = false; ///< the way back was gone to its end
    QString wentBackFrom; ///< id of the step that had failed
    QStringList instructions; ///< how to go on by hand after the end of the run; mostly empty
    QStringList problems; ///< of the verdict, and settings that were not put back
    bool isStepBack(const QString &stepId) const; ///< it belongs to the way back
    bool isChainIntact = true;
};

/// Pure. An empty journal gives an empty value.
ReportData reportData(const QList<JournalEntry> &entries);

} // namespace kwup
