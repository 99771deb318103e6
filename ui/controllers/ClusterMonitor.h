#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/wizard/UpgradeSession.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace kwup {

/// What one reading of the cluster showed; a segment of the availability strip.
enum class Availability { AllUp, SomeDown, NoAnswer };

/// Reads the cluster every few seconds while a page shows it: over connections of its own, one
/// reading at a time, never in the GUI thread.
class ClusterMonitor final : public QObject {
    Q_OBJECT
public:
    ClusterMonitor(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                   QObject *parent = nullptr);

    void start(StatusReader::Depth depth);
    void stop();
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }

signals:
    void clusterRead(const kwup::ClusterView &view);
    void readFailed(const kwup::Error &error);
    void availabilityRead(kwup::Availability availability, const QDateTime &when);

private:
    void readNow();
    void take(const Result<ClusterView> &view);

    Engine &m_engine;
    ConnectPrompts &m_prompts;
    UpgradeSession &m_session;
    StatusReader::Depth m_depth = StatusReader::Depth::Nodes;
    std::shared_ptr<StatusReader> m_reader;
    QTimer m_timer;
    Worker m_worker;
};

} // namespace kwup
