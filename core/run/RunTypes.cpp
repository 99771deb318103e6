#include "core/run/RunTypes.h"

#include "core/base/CommandLine.h"
#include "core/run/RunJson.h"

namespace kwup {

QString toString(RunState state)
{
    switch (state) {
    case RunState::Idle:
        return QStringLiteral("idle");
    case RunState::Running:
        return QStringLiteral("running");
    case RunState::Paused:
        return QStringLiteral("paused");
    case RunState::Deciding:
        return QStringLiteral("deciding");
    case RunState::Stopping:
        return QStringLiteral("stopping");
    case RunState::Completed:
        return QStringLiteral("completed");
    case RunState::Failed:
        return QStringLiteral("failed");
    case RunState::Stopped:
        return QStringLiteral("stopped");
    }
    return {};
}

QString toString(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return QStringLiteral("waiting");
    case StepState::Running:
        return QStringLiteral("running");
    case StepState::Done:
        return QStringLiteral("done");
    case StepState::Skipped:
        return QStringLiteral("skipped");
    case StepState::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

QString toString(Choice choice)
{
    switch (choice) {
    case Choice::Retry:
        return QStringLiteral("retry");
    case Choice::KeepWaiting:
        return QStringLiteral("keep-waiting");
    case Choice::ForceStop:
        return QStringLiteral("force-stop");
    case Choice::GoBack:
        return QStringLiteral("go-back");
    case Choice::StopHere:
        return QStringLiteral("stop-here");
    }
    return {};
}

QString toString(Decision::Kind kind)
{
    switch (kind) {
    case Decision::Kind::StepFailed:
        return QStringLiteral("step-failed");
    case Decision::Kind::StopLimit:
        return QStringLiteral("stop-limit");
    case Decision::Kind::GateLimit:
        return QStringLiteral("gate-limit");
    }
    return {};
}

QString toString(RunEvent::Kind kind)
{
    switch (kind) {
    case RunEvent::Kind::RunStateChanged:
        return QStringLiteral("run-state-changed");
    case RunEvent::Kind::StageStarted:
        return QStringLiteral("stage-started");
    case RunEvent::Kind::StepStarted:
        return QStringLiteral("step-started");
    case RunEvent::Kind::StepProgress:
        return QStringLiteral("step-progress");
    case RunEvent::Kind::StepOutput:
        return QStringLiteral("step-output");
    case RunEvent::Kind::GateProgressed:
        return QStringLiteral("gate-progressed");
    case RunEvent::Kind::StepFinished:
        return QStringLiteral("step-finished");
    case RunEvent::Kind::StepFailed:
        return QStringLiteral("step-failed");
    case RunEvent::Kind::DecisionNeeded:
        return QStringLiteral("decision-needed");
    case RunEvent::Kind::DecisionTaken:
        return QStringLiteral("decision-taken");
    case RunEvent::Kind::Note:
        return QStringLiteral("note");
    }
    return {};
}

namespace {

QJsonObject gateJson(const GateProgress &gate)
{
    QJsonArray clauses;
    for (const auto &clause : gate.clauses)
        clauses.append(toJson(clause));
    return {{QStringLiteral("askedHost"), gate.askedHost},
            {QStringLiteral("clauses"), clauses},
            {QStringLiteral("goodReadings"), gate.goodReadings},
            {QStringLiteral("neededReadings"), gate.neededReadings},
            {QStringLiteral("elapsedSeconds"), static_cast<qint64>(gate.elapsed.count())},
            {QStringLiteral("limitSeconds"), static_cast<qint64>(gate.limit.count())},
            {QStringLiteral("text"), describe(gate)}};
}

QJsonObject decisionJson(const Decision &decision)
{
    QJsonArray choices;
    for (const auto choice : decision.choices) {
        choices.append(QJsonObject{{QStringLiteral("choice"), toString(choice)},
                                   {QStringLiteral("label"), choiceLabel(choice, decision)},
                                   {QStringLiteral("meaning"), choiceMeaning(choice, decision)}});
    }
    return {{QStringLiteral("decision"), toString(decision.kind)},
            {QStringLiteral("text"), describe(decision)},
            {QStringLiteral("error"), toJson(decision.error)},
            {QStringLiteral("condition"), toJson(decision.condition)},
            {QStringLiteral("conditionText"), describe(decision.condition)},
            {QStringLiteral("instructions"), QJsonArray::fromStringList(decision.instructions)},
            {QStringLiteral("choices"), choices}};
}

void addDetails(QJsonObject &json, const RunEvent &event)
{
    switch (event.kind) {
    case RunEvent::Kind::RunStateChanged:
        json[QStringLiteral("runState")] = toString(event.runState);
        break;
    case RunEvent::Kind::StepProgress:
        json[QStringLiteral("done")] = event.done;
        json[QStringLiteral("total")] = event.total;
        break;
    case RunEvent::Kind::StepOutput:
        json[QStringLiteral("output")] = printable(event.output);
        break;
    case RunEvent::Kind::GateProgressed:
        json[QStringLiteral("gate")] = gateJson(event.gate);
        break;
    case RunEvent::Kind::StepFinished:
        json[QStringLiteral("stepState")] = toString(event.stepState);
        json[QStringLiteral("durationMs")] = static_cast<qint64>(event.duration.count());
        break;
    case RunEvent::Kind::StepFailed:
        json[QStringLiteral("stepState")] = toString(event.stepState);
        json[QStringLiteral("durationMs")] = static_cast<qint64>(event.duration.count());
        json[QStringLiteral("error")] = toJson(event.error);
        json[QStringLiteral("text")] = describe(event.error);
        break;
    case RunEvent::Kind::Note:
        json[QStringLiteral("error")] = toJson(event.error);
        json[QStringLiteral("text")] = describe(event.error);
        break;
    case RunEvent::Kind::DecisionNeeded:
        json[QStringLiteral("decision")] = decisionJson(event.decision);
        break;
    case RunEvent::Kind::DecisionTaken:
        json[QStringLiteral("decision")] = toString(event.decision.kind);
        json[QStringLiteral("choice")] = toString(event.choice);
        break;
    case RunEvent::Kind::StageStarted:
    case RunEvent::Kind::StepStarted:
        break;
    }
}

} // namespace

QJsonObject toJson(const RunEvent &event)
{
    QJsonObject json{{QStringLiteral("event"), toString(event.kind)},
                     {QStringLiteral("time"), event.time.toUTC().toString(Qt::ISODateWithMs)}};
    const auto addText = [&json](const QString &key, const QString &value) {
        if (!value.isEmpty())
            json[key] = value;
    };
    addText(QStringLiteral("stage"), event.stageId);
    addText(QStringLiteral("step"), event.stepId);
    addText(QStringLiteral("host"), event.host);
    if (event.attempt > 0)
        json[QStringLiteral("attempt")] = event.attempt;
    addDetails(json, event);
    return json;
}

} // namespace kwup
