#include "core/run/ExecutorPrivate.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include "core/base/CommandLine.h"
#include "core/base/FillIn.h"
#include "core/plan/PlanNotes.h"

#include <QCoreApplication>

#include <thread>
#include <vector>

namespace kwup {

Executor::Private::Flow Executor::Private::runStep(const Stage &stage, const PlanStep &step)
{
    for (;;) {
        auto attempt = beginAttempt(stage, step);
        if (!attempt)
            return Flow::JournalFailed;
        perform(*attempt);
        const Flow flow = endAttempt(*attempt);
        if (flow != Flow::Retry)
            return flow;
    }
}

/// All at once, each in its own thread; failures are asked about when all have ended, one after the
/// other, by the ordinary way of a step.
Executor::Private::Flow Executor::Private::runParallel(const Stage &stage,
                                                       const QList<const PlanStep *> &steps)
{
    std::vector<Attempt> attempts;
    for (const auto *step : steps) {
        auto attempt = beginAttempt(stage, *step);
        if (!attempt)
            return Flow::JournalFailed;
        attempts.push_back(std::move(*attempt));
    }
    std::atomic<std::size_t> ended = 0;
    {
        std::vector<std::jthread> threads;
        for (auto &attempt : attempts) {
            threads.emplace_back([this, &attempt, &ended] {
                perform(attempt);
                ++ended;
                m_thread.wake();
            });
        }
        m_thread.serveUntil([&] { return ended == attempts.size(); });
    }
    Flow worst = Flow::Continue;
    for (auto &attempt : attempts) {
        Flow flow = endAttempt(attempt);
        if (flow == Flow::Retry)
            flow = runStep(stage, *attempt.step);
        // The others' outcomes are recorded all the same.
        if (worst == Flow::Continue)
            worst = flow;
        if (flow == Flow::JournalFailed)
            return flow;
    }
    return worst;
}

Result<Executor::Private::Attempt> Executor::Private::beginAttempt(const Stage &stage,
                                                                   const PlanStep &step)
{
    const bool isResumed = m_history.step(step.id).state == StepState::Running;
    Attempt attempt;
    attempt.step = &step;
    attempt.implementation = makeStep(step.kind);
    attempt.context = std::make_unique<StepContext>(
        *this, stage.id, step, m_history.nextAttempt(step.id), isResumed, m_stop);
    const bool usesJob = attempt.implementation->usesJob();
    const auto written =
        append(journal::StepStarted, step.id, attempt.context->attempt(),
               {{QStringLiteral("kind"), toString(step.kind)},
                {QStringLiteral("host"), step.host},
                {QStringLiteral("title"), stepTitle(step)},
                {QStringLiteral("expectation"), stepExpectation(step)},
                {QStringLiteral("jobId"), usesJob ? attempt.context->jobId() : QString()},
                {QStringLiteral("script"), QString::fromUtf8(step.script)},
                {QStringLiteral("resumed"), isResumed}});
    if (!written)
        return written.error();
    RunEvent event = attempt.context->event(RunEvent::Kind::StepStarted);
    event.stepState = StepState::Running;
    emitEvent(event);
    return attempt;
}

/// The work itself; in the run's thread or in that of a parallel step.
void Executor::Private::perform(Attempt &attempt)
{
    StepContext &context = *attempt.context;
    Step &step = *attempt.implementation;
    const auto look = [&]() -> bool {
        auto satisfied = step.satisfied(context);
        if (!satisfied) {
            attempt.result = Result<QJsonObject>(satisfied.error());
            return true;
        }
        if (!satisfied->has_value())
            return false;
        attempt.state = StepState::Skipped;
        attempt.result = Result<QJsonObject>(**satisfied);
        return true;
    };
    bool hasJob = false;
    if (step.usesJob() && context.isResumed()) {
        const auto state = context.jobState();
        if (!state) {
            attempt.result = Result<QJsonObject>(state.error());
            return;
        }
        hasJob = state->kind != JobState::Kind::Absent;
    }
    if (!hasJob && look())
        return;
    attempt.result = step.run(context);
    // A job that a reboot or somebody ended may have reached its goal all the same.
    if (!*attempt.result && attempt.result->error().code == ErrorCode::JobLost) {
        const Error lost = attempt.result->error();
        if (look() && *attempt.result)
            context.note(lost);
        else
            attempt.result = Result<QJsonObject>(lost);
    }
}

Executor::Private::Flow Executor::Private::endAttempt(Attempt &attempt)
{
    attempt.context->flushOutput();
    if (m_isJournalBroken)
        return Flow::JournalFailed;
    if (*attempt.result)
        return endDone(attempt, **attempt.result);
    const Error error = attempt.result->error();
    // Waiting was interrupted, nothing else: what runs on the host goes on and is found again.
    if (error.code == ErrorCode::Cancelled && m_stop.stop_requested())
        return Flow::Stopped;
    return endFailed(attempt, error);
}

Executor::Private::Flow Executor::Private::endDone(Attempt &attempt, const QJsonObject &result)
{
    StepContext &context = *attempt.context;
    const bool isSkipped = attempt.state == StepState::Skipped;
    const auto written =
        append(journal::StepFinished, attempt.step->id, context.attempt(),
               {{QStringLiteral("state"), toString(attempt.state)},
                {QStringLiteral("reason"), isSkipped ? QStringLiteral("already-done") : QString()},
                {QStringLiteral("exitCode"), context.exitCode()},
                {QStringLiteral("durationMs"), static_cast<qint64>(context.duration().count())},
                {QStringLiteral("output"), printable(context.outputTail())},
                {QStringLiteral("result"), result}});
    if (!written)
        return Flow::JournalFailed;
    ++m_stepsDone;
    RunEvent event = context.event(RunEvent::Kind::StepFinished);
    event.stepState = attempt.state;
    emitEvent(event);
    return Flow::Continue;
}

QStringList Executor::Private::instructions() const
{
    if (!m_history.goBackFrom().isEmpty()) {
        const QString sentence = QCoreApplication::translate(
            "Run",
            "The way back is not finished. To continue: remove the cause, then resume the run %1; "
            "it goes on with the way back where it was.");
        return {filledIn(sentence, {m_plan.runId})};
    }
    return instructionsByHand(
        m_plan, [this](const QString &id) { return m_history.hasBegun(id); },
        [this](const QString &id) { return m_history.isDone(id); });
}

NodeCondition Executor::Private::conditionOf(const QString &host)
{
    NodeCondition condition;
    condition.host = host;
    RemoteHosts hosts = m_hosts.impatient(std::chrono::seconds(5));
    const auto output = hosts.run(host, nodeLookCommand(m_plan, host, true), m_stop);
    if (output)
        return parseNodeLook(host, output->out).condition;
    condition.error = output.error();
    return condition;
}

Executor::Private::Flow Executor::Private::endFailed(Attempt &attempt, const Error &error)
{
    StepContext &context = *attempt.context;
    m_lastError = error;
    Decision decision;
    decision.kind = Decision::Kind::StepFailed;
    decision.stepId = attempt.step->id;
    decision.host = attempt.step->host;
    decision.error = error;
    decision.choices = {Choice::Retry, Choice::StopHere};
    const bool mayGoBack = m_history.goBackFrom().isEmpty() && !context.isBeyondReturn();
    if (mayGoBack && !stagesBack(attempt.step->id).isEmpty())
        decision.choices.insert(1, Choice::GoBack);
    decision.condition = conditionOf(attempt.step->host);
    decision.instructions = instructions();
    const auto written =
        append(journal::StepFailed, attempt.step->id, context.attempt(),
               {{QStringLiteral("error"), toJson(error)},
                {QStringLiteral("condition"), toJson(decision.condition)},
                {QStringLiteral("instructions"), QJsonArray::fromStringList(decision.instructions)},
                {QStringLiteral("exitCode"), context.exitCode()},
                {QStringLiteral("durationMs"), static_cast<qint64>(context.duration().count())},
                {QStringLiteral("output"), printable(context.outputTail())},
                {QStringLiteral("jobGoesOn"), context.jobGoesOn()}});
    if (!written)
        return Flow::JournalFailed;
    RunEvent event = context.event(RunEvent::Kind::StepFailed);
    event.stepState = StepState::Failed;
    event.error = error;
    event.decision = decision;
    emitEvent(event);
    if (context.hasStoppedHere())
        return Flow::StopHere;
    const Choice choice = decide(decision, context.attempt());
    if (m_isJournalBroken)
        return Flow::JournalFailed;
    switch (choice) {
    case Choice::Retry:
        return Flow::Retry;
    case Choice::GoBack:
        return Flow::GoBack;
    default:
        return Flow::StopHere;
    }
}

} // namespace kwup
