#include "ui/controllers/RunController.h"

#include <QTimer>

namespace kwup {

namespace {

constexpr std::chrono::milliseconds BatchTime{80};

/// Output of one step grows in place, only the last progress counts: keeps batches small however
/// much a host prints.
bool mergeInto(RunEvent &last, const RunEvent &event)
{
    if (last.kind != event.kind || last.stepId != event.stepId || last.host != event.host)
        return false;
    if (event.kind == RunEvent::Kind::StepOutput) {
        last.output += event.output;
        return true;
    }
    if (event.kind == RunEvent::Kind::StepProgress
        || event.kind == RunEvent::Kind::GateProgressed) {
        last = event;
        return true;
    }
    return false;
}

} // namespace

RunController::RunController(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                             QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_prompts(prompts)
    , m_session(session)
    , m_worker(this)
{
    qRegisterMetaType<Decision>();
    connect(&m_decisions, &DecisionBroker::decisionAsked, this, &RunController::decisionNeeded,
            Qt::QueuedConnection);
    connect(&m_decisions, &DecisionBroker::decisionOver, this, &RunController::decisionOver,
            Qt::QueuedConnection);
}

RunController::~RunController() = default;

void RunController::start()
{
    if (m_worker.isRunning())
        return;
    m_paused = false;
    m_stopping = false;
    const QList<HostLogin> logins = m_session.logins();
    if (m_session.intent() == UpgradeSession::Intent::ResumeRun)
        m_job = m_engine.resumedRun(m_session.runId(), logins, m_prompts, m_decisions, *this);
    else
        m_job = m_engine.newRun(m_session.runStart(), logins, m_prompts, m_decisions, *this);
    m_session.setRunState(RunState::Running);
    m_worker.start(
        [job = m_job](std::stop_token stop, const Worker::Post &) { return job->run(stop); },
        [this](const Result<RunState> &result) {
            deliverEvents();
            if (!result)
                emit failedToStart(result.error());
            const RunState state = result ? *result : RunState::Failed;
            m_session.setRunState(state);
            emit controlsChanged();
            emit finished(state);
        });
    emit controlsChanged();
}

void RunController::setPaused(bool paused)
{
    m_paused = paused;
    if (m_job)
        m_job->setPaused(paused);
    emit controlsChanged();
}

void RunController::stopAfterStep()
{
    m_stopping = true;
    if (m_job)
        m_job->stopAfterStep();
    emit controlsChanged();
}

void RunController::stopAfterNode()
{
    m_stopping = true;
    if (m_job)
        m_job->stopAfterNode();
    emit controlsChanged();
}

void RunController::detach()
{
    m_worker.requestStop();
}

void RunController::handleEvent(const RunEvent &event)
{
    const std::lock_guard lock(m_mutex);
    if (m_pending.isEmpty() || !mergeInto(m_pending.last(), event))
        m_pending.append(event);
    if (m_deliveryAsked)
        return;
    m_deliveryAsked = true;
    QMetaObject::invokeMethod(
        this, [this] { QTimer::singleShot(BatchTime, this, &RunController::deliverEvents); },
        Qt::QueuedConnection);
}

void RunController::deliverEvents()
{
    QList<RunEvent> events;
    {
        const std::lock_guard lock(m_mutex);
        events.swap(m_pending);
        m_deliveryAsked = false;
    }
    for (const RunEvent &event : events) {
        if (event.kind == RunEvent::Kind::RunStateChanged)
            m_session.setRunState(event.runState);
    }
    if (!events.isEmpty())
        emit eventsReceived(events);
}

} // namespace kwup
