#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/wizard/UpgradeSession.h"

#include <QObject>

namespace kwup {

/// Reads the facts of all hosts of the session, or finds the other nodes of a cluster from one.
/// GUI thread; the reading happens in a worker and can be stopped at any time.
class DiscoveryController final : public QObject {
    Q_OBJECT
public:
    DiscoveryController(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                        QObject *parent = nullptr);

    void start(); ///< all hosts at once; the result goes to the session
    void findOthers(const HostLogin &from); ///< new addresses are added to the session's hosts
    void stop();
    bool isRunning() const { return m_worker.isRunning(); }
    int hostsDone() const { return m_done; }
    int hostsTotal() const { return m_total; }

signals:
    void runningChanged();
    void hostRead(const kwup::HostFacts &facts);
    void finished();
    /// `added` is 0 when nothing new was found; `error` is set when the host could not be asked.
    void othersFound(int added, const kwup::Error &error);

private:
    void begin(int total);
    void takeOthers(const HostSpec &from, const Facts &facts);

    Engine &m_engine;
    ConnectPrompts &m_prompts;
    UpgradeSession &m_session;
    int m_done = 0;
    int m_total = 0;
    Worker m_worker;
};

} // namespace kwup
