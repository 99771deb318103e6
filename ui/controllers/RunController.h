#pragma once

#include "ui/controllers/DecisionBroker.h"
#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/wizard/UpgradeSession.h"

#include <QObject>

#include <memory>
#include <mutex>

namespace kwup {

/// Runs the session's plan (or resumes its run) in a worker and hands its events to the window in
/// batches, at most about twelve a second. GUI thread, except handleEvent().
class RunController final : public QObject, public RunObserver {
    Q_OBJECT
public:
    RunController(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                  QObject *parent = nullptr);
    ~RunController() override;

    void start(); ///< a new run or the one to resume, as the session's intent says
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    void stopAfterStep();
    void stopAfterNode();
    bool isStopping() const { return m_stopping; }
    void choose(Choice choice) { m_decisions.choose(choice); }
    /// Leaves the run: what is under way on a host goes on there. finished() follows.
    void detach();
    bool isRunning() const { return m_worker.isRunning(); }

    void handleEvent(const RunEvent &event) override; ///< the run's threads

signals:
    void eventsReceived(const QList<kwup::RunEvent> &events); ///< in order
    void decisionNeeded(const kwup::Decision &decision);
    void decisionOver();
    void controlsChanged();
    void failedToStart(const kwup::Error &error);
    void finished(kwup::RunState state);

private:
    void deliverEvents();

    Engine &m_engine;
    ConnectPrompts &m_prompts;
    UpgradeSession &m_session;
    DecisionBroker m_decisions;
    std::shared_ptr<RunJob> m_job;
    bool m_paused = false;
    bool m_stopping = false;
    std::mutex m_mutex; ///< guards the two below
    QList<RunEvent> m_pending;
    bool m_deliveryAsked = false;
    Worker m_worker;
};

} // namespace kwup
