#include "ui/controllers/ClusterMonitor.h"

#include <algorithm>

namespace kwup {

namespace {
constexpr std::chrono::milliseconds Pause{2000}; // between two readings
}

ClusterMonitor::ClusterMonitor(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                               QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_prompts(prompts)
    , m_session(session)
    , m_worker(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(Pause);
    connect(&m_timer, &QTimer::timeout, this, &ClusterMonitor::readNow);
}

void ClusterMonitor::start(StatusReader::Depth depth)
{
    stop();
    m_depth = depth;
    m_reader = m_engine.statusReader(m_session.oldLogins(), m_session.facts(), m_prompts);
    readNow();
}

void ClusterMonitor::stop()
{
    m_timer.stop();
    m_worker.cancel();
    m_reader.reset();
}

void ClusterMonitor::readNow()
{
    // The worker holds its share of the reader: a cancelled reading may still be on its way out.
    m_worker.start(
        [reader = m_reader, depth = m_depth](std::stop_token stop, const Worker::Post &) {
            return reader->read(depth, stop);
        },
        [this](const Result<ClusterView> &view) { take(view); });
}

void ClusterMonitor::take(const Result<ClusterView> &view)
{
    if (view) {
        const bool allUp =
            std::all_of(view->nodes.begin(), view->nodes.end(), [](const NodeRow &node) {
                return node.isUp() || node.isDecommissioning.value_or(false);
            });
        emit availabilityRead(allUp ? Availability::AllUp : Availability::SomeDown,
                              QDateTime::currentDateTimeUtc());
        emit clusterRead(*view);
    } else if (view.error().code != ErrorCode::Cancelled) {
        emit availabilityRead(Availability::NoAnswer, QDateTime::currentDateTimeUtc());
        emit readFailed(view.error());
    }
    m_timer.start();
}

} // namespace kwup
