#pragma once

#include "core/base/Error.h"
#include "core/discover/Facts.h"
#include "core/plan/Plan.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>

#include <stop_token>

namespace kwup {

enum class RunState { Idle, Running, Paused, Deciding, Stopping, Completed, Failed, Stopped };
enum class StepState { Waiting, Running, Done, Skipped, Failed };
QString toString(RunState state); ///< kebab-case, stable
QString toString(StepState state);

/// One condition of a gate, for clear progress ("2 of 3 clauses hold").
struct GateClause {
    /// service-active, health-ready, node-up, others-up, build, started, ranges
    QString key;
    bool holds = false;
    QStringList args; ///< observed and wanted values, as describe() needs
};
struct GateProgress {
    QList<GateClause> clauses;
    int goodReadings = 0; ///< in a row, after the moment from which they can be true
    int neededReadings = 2;
    std::chrono::seconds elapsed{0};
    std::chrono::seconds limit{0};
    QString askedHost;
};
QString describe(const GateClause &clause);
QString describe(const GateProgress &progress);

/// In which state a node is now, read when a step failed (I15).
struct NodeCondition {
    QString host; ///< empty: not read, there is nothing to say
    Error error; ///< when the host could not be asked
    ServiceState service;
    QList<PackageState> packages;
    QString versionFile;
    QString binaryVersion; ///< empty: no working binary
    QString lastLog; ///< last lines of the unit's journal
    bool isContainer = false; ///< then `packages` holds the image that the compose file names
    bool isOldImage = false; ///< and this is the one that was kept before the upgrade
};
QString describe(const NodeCondition &condition); ///< sentences: is the service up, which version

/// What the operator may choose when a step cannot go on by itself.
enum class Choice { Retry, KeepWaiting, ForceStop, GoBack, StopHere };
QString toString(Choice choice); ///< retry, keep-waiting, force-stop, go-back, stop-here

struct Decision {
    enum class Kind { StepFailed, StopLimit, GateLimit };
    Kind kind = Kind::StepFailed;
    QString stepId;
    QString host;
    Error error;
    NodeCondition condition;
    QList<Choice> choices; ///< the safe one (StopHere) is always last
    /// What a person does by hand after StopHere, when the run would leave more than one node
    /// down: complete sentences (instructionsByHand); mostly empty.
    QStringList instructions = {};
};
QString toString(Decision::Kind kind); ///< step-failed, stop-limit, gate-limit
QString describe(const Decision &decision); ///< what happened
QString choiceLabel(Choice choice, const Decision &decision); ///< button text
QString choiceMeaning(Choice choice, const Decision &decision); ///< what it will do

/// What happens during a run, in order. Small values; sent from the run's thread.
struct RunEvent {
    enum class Kind {
        RunStateChanged,
        StageStarted,
        StepStarted,
        StepProgress, ///< done/total (bytes or percent)
        StepOutput, ///< live output of the host
        GateProgressed,
        StepFinished, ///< stepState Done or Skipped
        StepFailed,
        DecisionNeeded,
        DecisionTaken,
        Note, ///< something worth a line, as an Error value with a code and text
    };
    Kind kind = Kind::Note;
    QDateTime time;
    QString stageId;
    QString stepId;
    QString host;
    int attempt = 0;
    RunState runState = RunState::Idle;
    StepState stepState = StepState::Waiting;
    qint64 done = 0;
    qint64 total = 0;
    QByteArray output;
    GateProgress gate;
    Error error;
    Decision decision;
    Choice choice = Choice::StopHere;
    std::chrono::milliseconds duration{0};
};
QString toString(RunEvent::Kind kind); ///< kebab-case, the `event` field of --json
QJsonObject toJson(const RunEvent &event);

/// Receives events in the run's thread (and, for parallel stages, in their threads, one at a time).
/// Must return quickly.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    virtual void handleEvent(const RunEvent &event) = 0;
};

/// Answers decisions. Called in the run's thread; blocks until the operator has chosen or `stop` is
/// requested (then the answer is StopHere).
class DecisionMaker {
public:
    virtual ~DecisionMaker() = default;
    virtual Choice decide(const Decision &decision, std::stop_token stop) = 0;
};

} // namespace kwup

Q_DECLARE_METATYPE(kwup::RunEvent)
Q_DECLARE_METATYPE(kwup::Decision)
