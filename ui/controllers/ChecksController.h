#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/wizard/UpgradeSession.h"

#include <QObject>

namespace kwup {

/// Runs the checks: judges at once what is known, and reads the hosts again when asked to. Keeps
/// the results right when package, method or backup change. GUI thread; reading in a worker.
class ChecksController final : public QObject {
    Q_OBJECT
public:
    ChecksController(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                     QObject *parent = nullptr);

    void judge(); ///< the facts as they are; instant
    void runAllAgain(); ///< all hosts and the cluster are read again
    void runAgain(const CheckResult &result); ///< only the host it is about, or the cluster
    void stop();
    bool isRunning() const { return m_worker.isRunning(); }
    const Error &error() const { return m_error; } ///< why the cluster could not be read again

signals:
    void runningChanged();

private:
    void readHost(const HostLogin &login);
    void readCluster();
    void finish(const Error &error);

    Engine &m_engine;
    ConnectPrompts &m_prompts;
    UpgradeSession &m_session;
    Error m_error;
    Worker m_worker;
};

} // namespace kwup
