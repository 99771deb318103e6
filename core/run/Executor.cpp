#include "core/run/ExecutorPrivate.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>

namespace kwup {

namespace {

/// The first step of a stage that takes the node out of service.
const PlanStep *stepDown(const Stage &stage)
{
    const auto down = std::ranges::find_if(stage.steps, [](const PlanStep &step) {
        return step.kind == StepKind::Stop || step.kind == StepKind::UpgradeLive
            || step.kind == StepKind::ClearMark;
    });
    return down == stage.steps.end() ? nullptr : &*down;
}

} // namespace

Executor::Executor(Plan plan, Journal &journal, HostPool &pool, DecisionMaker &decisions,
                   RunObserver &observer, Timeouts timeouts)
    : d(std::make_shared<Private>(std::move(plan), journal, pool, decisions, observer, timeouts))
{ }

RunState Executor::run(std::stop_token stop)
{
    return d->run(std::move(stop));
}

void Executor::setTakeOverLock(bool allowed)
{
    d->takeOverLock = allowed;
}

void Executor::setPaused(bool paused)
{
    d->paused = paused;
}

void Executor::stopAfterStep()
{
    d->endAfterStep = true;
}

void Executor::stopAfterNode()
{
    d->endAfterNode = true;
}

Executor::Private::Private(Plan plan, Journal &journal, HostPool &pool, DecisionMaker &decisions,
                           RunObserver &observer, Timeouts timeouts)
    : m_plan(std::move(plan))
    , m_journal(journal)
    , m_decisions(decisions)
    , m_observer(observer)
    , m_timeouts(timeouts)
    , m_hosts(pool, m_timeouts, [this](const QString &host, const Error &error) {
        RunEvent event;
        event.kind = RunEvent::Kind::Note;
        event.host = host;
        event.error = error;
        emitEvent(event);
    })
{ }

RunState Executor::Private::run(std::stop_token stop)
{
    m_stop = std::move(stop);
    m_thread.adopt();
    if (const auto begun = begin(); !begun) {
        RunEvent event;
        event.kind = RunEvent::Kind::Note;
        event.error = begun.error();
        emitEvent(event);
        setState(RunState::Failed);
        return RunState::Failed;
    }
    if (m_history.isCompleted()) {
        const bool wentBack = !m_history.goBackFrom().isEmpty();
        setState(wentBack ? RunState::Failed : RunState::Completed);
        return m_state;
    }
    setState(RunState::Running);
    const Flow flow = m_history.goBackFrom().isEmpty() ? runStages() : Flow::GoBack;
    return end(flow == Flow::GoBack ? goBack() : flow);
}

Result<void> Executor::Private::begin()
{
    const auto entries = m_journal.entries();
    if (!entries)
        return entries.error();
    m_history.add(*entries);
    if (m_history.isCompleted())
        return {};
    const bool isResumed = m_history.hasBegun();
    if (isResumed)
        reopenSteps();
    return append(journal::RunBegan, {}, 0,
                  {{QStringLiteral("resumed"), isResumed},
                   {QStringLiteral("takeOverLock"), takeOverLock.load()},
                   {QStringLiteral("operator"),
                    QString::fromLocal8Bit(qgetenv(
#ifdef Q_OS_WIN
                        "USERNAME"
#else
                        "USER"
#endif
                        ))},
                   {QStringLiteral("computer"), QSysInfo::machineHostName()},
                   {QStringLiteral("process"), QCoreApplication::applicationPid()}});
}

/// What was true when an earlier process found it, but need not be now.
void Executor::Private::reopenSteps()
{
    const bool isRestored = !m_history.savedSetting() || !m_history.savedSetting()->isOutstanding;
    const bool hasNodeAhead = std::ranges::any_of(m_plan.stages, [this](const Stage &stage) {
        return !stage.host.isEmpty() && !isStageDone(stage);
    });
    for (const auto &stage : std::as_const(m_plan.stages)) {
        const PlanStep *down = stepDown(stage);
        const bool isAhead = down && !m_history.isDone(down->id);
        for (const auto &step : stage.steps) {
            const QString release = toString(StepKind::Release) + u'@' + step.host;
            if (step.kind == StepKind::Lock && !m_history.isDone(release))
                m_history.reopen(step.id);
            else if (step.kind == StepKind::BeforeStop && isAhead)
                m_history.reopen(step.id);
            else if (step.kind == StepKind::RaiseSetting && isRestored && hasNodeAhead)
                m_history.reopen(step.id);
            else if (step.kind == StepKind::RestoreSetting && hasNodeAhead)
                m_history.reopen(step.id);
        }
    }
}

Executor::Private::Flow Executor::Private::runStages()
{
    for (const auto &stage : std::as_const(m_plan.stages)) {
        const bool isDone = std::ranges::all_of(
            stage.steps, [this](const PlanStep &step) { return m_history.isDone(step.id); });
        if (isDone)
            continue;
        RunEvent event;
        event.kind = RunEvent::Kind::StageStarted;
        event.stageId = stage.id;
        event.host = stage.host;
        emitEvent(event);
        const Flow flow = runStage(stage);
        if (flow != Flow::Continue)
            return flow;
        if (!stage.host.isEmpty() && endAfterNode)
            return Flow::Stopped;
    }
    return Flow::Continue;
}

/// Of the way back: what is needed after what the run has begun, for the node that failed or for
/// all. Decided by the forward steps alone, so that a resumed way back is the same one.
QList<const Stage *> Executor::Private::stagesBack(const QString &failedStep) const
{
    const Stage *failed = m_plan.stageOf(failedStep);
    QList<const Stage *> stages;
    for (const auto &stage : m_plan.wayBack) {
        const bool isHere = m_plan.goesBackTogether || stage.host.isEmpty()
            || (failed && stage.host == failed->host);
        const bool isNeeded = stage.onlyIfBegun.isEmpty() || m_history.hasBegun(stage.onlyIfBegun);
        const bool isInTheWay = !stage.notIfBegun.isEmpty() && m_history.hasBegun(stage.notIfBegun);
        if (isHere && isNeeded && !isInTheWay)
            stages.append(&stage);
    }
    // Only tidying up is no way back: nothing has been begun that could be taken back.
    const bool isWay = std::ranges::any_of(
        stages, [](const Stage *stage) { return !stage->onlyIfBegun.isEmpty(); });
    return isWay ? stages : QList<const Stage *>();
}

Executor::Private::Flow Executor::Private::goBack()
{
    const QString from = m_history.goBackFrom();
    // A resumed way back: the locks may have become somebody else's meanwhile.
    for (const auto &stage : std::as_const(m_plan.stages)) {
        const bool isLock = !stage.steps.isEmpty() && stage.steps.first().kind == StepKind::Lock;
        if (!isLock)
            continue;
        if (const Flow flow = runStage(stage); flow != Flow::Continue)
            return flow;
    }
    QJsonArray done;
    for (const auto *stage : stagesBack(from)) {
        RunEvent event;
        event.kind = RunEvent::Kind::StageStarted;
        event.stageId = stage->id;
        event.host = stage->host;
        emitEvent(event);
        if (const Flow flow = runStage(*stage); flow != Flow::Continue)
            return flow;
        done.append(stage->id);
    }
    const auto written = append(journal::WentBack, {}, 0,
                                {{QStringLiteral("from"), from}, {QStringLiteral("stages"), done}});
    return written ? Flow::StopHere : Flow::JournalFailed;
}

Executor::Private::Flow Executor::Private::runStage(const Stage &stage)
{
    if (stage.order == Stage::Order::Parallel) {
        QList<const PlanStep *> waiting;
        for (const auto &step : stage.steps) {
            if (!m_history.isDone(step.id))
                waiting.append(&step);
        }
        if (waiting.size() > 1) {
            if (const Flow flow = checkpoint(waiting.first()->id); flow != Flow::Continue)
                return flow;
            if (const Flow flow = runParallel(stage, waiting); flow != Flow::Continue)
                return flow;
        }
    }
    for (const auto &step : stage.steps) {
        if (m_history.isDone(step.id))
            continue;
        // The node is going down already: the question whether it may is answered.
        if (step.kind == StepKind::BeforeStop && hasBegunToStop(stage))
            continue;
        if (const Flow flow = checkpoint(step.id); flow != Flow::Continue)
            return flow;
        if (const Flow flow = runStep(stage, step); flow != Flow::Continue)
            return flow;
    }
    return Flow::Continue;
}

bool Executor::Private::isStageDone(const Stage &stage) const
{
    return std::ranges::all_of(stage.steps,
                               [this](const PlanStep &step) { return m_history.isDone(step.id); });
}

/// An earlier process ordered the stop, and the host knows it.
bool Executor::Private::hasBegunToStop(const Stage &stage)
{
    const PlanStep *step = stepDown(stage);
    if (!step || m_history.step(step->id).state != StepState::Running)
        return false;
    StepContext context(*this, stage.id, *step, m_history.nextAttempt(step->id), true, m_stop);
    const auto state = context.jobState();
    return state && state->kind != JobState::Kind::Absent;
}

/// Between steps: stop and pause requests take effect here.
Executor::Private::Flow Executor::Private::checkpoint(const QString & /*nextStep*/)
{
    while (paused && !m_stop.stop_requested() && !endAfterStep) {
        setState(RunState::Paused);
        interruptibleWait(std::chrono::milliseconds(50), m_stop);
    }
    if (m_stop.stop_requested() || (endAfterStep && m_stepsDone > 0))
        return Flow::Stopped;
    setState(RunState::Running);
    return Flow::Continue;
}

void Executor::Private::setState(RunState state)
{
    if (m_state == state)
        return;
    m_state = state;
    RunEvent event;
    event.kind = RunEvent::Kind::RunStateChanged;
    event.runState = state;
    emitEvent(event);
}

Result<void> Executor::Private::append(const QString &kind, const QString &stepId, int attempt,
                                       const QJsonObject &data)
{
    Result<void> result;
    m_thread.call([&] {
        if (m_isJournalBroken) {
            result = m_lastError;
            return;
        }
        result = m_journal.append(kind, stepId, attempt, data);
        if (result) {
            m_history.add(kind, stepId, attempt, data);
        } else {
            m_isJournalBroken = true;
            m_lastError = result.error();
        }
    });
    return result;
}

QJsonObject Executor::Private::resultOf(const QString &stepId)
{
    QJsonObject result;
    m_thread.call([&] { result = m_history.result(stepId); });
    return result;
}

std::pair<QString, QString> Executor::Private::outstandingSetting()
{
    std::pair<QString, QString> found;
    m_thread.call([&] {
        const auto saved = m_history.savedSetting();
        if (saved && saved->isOutstanding)
            found = {saved->name, saved->value};
    });
    return found;
}

QJsonObject Executor::Private::runCreated()
{
    QJsonObject created;
    m_thread.call([&] { created = m_history.created(); });
    return created;
}

void Executor::Private::emitEvent(RunEvent event)
{
    const std::lock_guard lock(m_observing);
    event.time = QDateTime::currentDateTimeUtc();
    if (event.kind != RunEvent::Kind::RunStateChanged)
        event.runState = m_state;
    m_observer.handleEvent(event);
}

Choice Executor::Private::decide(const Decision &decision, int attempt)
{
    Choice choice = Choice::StopHere;
    m_thread.call([&] {
        QJsonArray choices;
        for (const auto offered : decision.choices)
            choices.append(toString(offered));
        const QJsonObject head{{QStringLiteral("decision"), toString(decision.kind)},
                               {QStringLiteral("host"), decision.host}};
        QJsonObject asked = head;
        asked[QStringLiteral("error")] = toJson(decision.error);
        asked[QStringLiteral("choices")] = choices;
        if (!append(journal::DecisionAsked, decision.stepId, attempt, asked))
            return;
        RunEvent event;
        event.kind = RunEvent::Kind::DecisionNeeded;
        event.stepId = decision.stepId;
        event.host = decision.host;
        event.attempt = attempt;
        event.decision = decision;
        event.error = decision.error;
        setState(RunState::Deciding);
        emitEvent(event);
        const Choice chosen =
            m_stop.stop_requested() ? Choice::StopHere : m_decisions.decide(decision, m_stop);
        QJsonObject taken = head;
        taken[QStringLiteral("choice")] = toString(chosen);
        // A choice that is not in the journal must not be carried out.
        if (!append(journal::DecisionTaken, decision.stepId, attempt, taken))
            return;
        choice = chosen;
        event.kind = RunEvent::Kind::DecisionTaken;
        event.choice = chosen;
        emitEvent(event);
        setState(chosen == Choice::StopHere ? RunState::Stopping : RunState::Running);
    });
    return choice;
}

} // namespace kwup
