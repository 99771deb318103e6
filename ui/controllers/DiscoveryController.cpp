#include "ui/controllers/DiscoveryController.h"

#include <algorithm>

namespace kwup {

DiscoveryController::DiscoveryController(Engine &engine, ConnectPrompts &prompts,
                                         UpgradeSession &session, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_prompts(prompts)
    , m_session(session)
    , m_worker(this)
{ }

void DiscoveryController::begin(int total)
{
    m_done = 0;
    m_total = total;
}

void DiscoveryController::start()
{
    const QList<HostLogin> logins = m_session.logins();
    begin(static_cast<int>(logins.size()));
    m_worker.start(
        [this, logins, options = m_session.options()](std::stop_token stop,
                                                      const Worker::Post &post) {
            const auto onHost = [this, post](const HostFacts &facts) {
                post([this, facts] {
                    ++m_done;
                    emit hostRead(facts);
                });
            };
            return m_engine.discover(logins, options, true, m_prompts, onHost, stop);
        },
        [this](const Facts &facts) {
            m_session.setFacts(facts);
            emit runningChanged();
            emit finished();
        });
    emit runningChanged();
}

void DiscoveryController::findOthers(const HostLogin &from)
{
    begin(1);
    m_worker.start(
        [this, from](std::stop_token stop, const Worker::Post &) {
            return m_engine.discover(
                {from}, {}, false, m_prompts, [](const HostFacts &) {}, stop);
        },
        [this, spec = from.spec](const Facts &facts) {
            takeOthers(spec, facts);
            emit runningChanged();
        });
    emit runningChanged();
}

void DiscoveryController::takeOthers(const HostSpec &from, const Facts &facts)
{
    const HostFacts *host = facts.host(from.id());
    if (host && !host->isReachable()) {
        emit othersFound(0, host->error);
        return;
    }
    QList<HostSpec> found;
    for (const QString &address : missingHosts(facts)) {
        HostSpec spec = from;
        spec.address = address;
        found.append(spec);
    }
    const QList<HostDraft> &drafts = m_session.hosts();
    const auto draft = std::ranges::find_if(drafts, [&](const HostDraft &one) {
        return resolved(one, m_session.defaults()).spec.id() == from.id();
    });
    const bool isNewCluster = draft != drafts.end() && draft->isNewCluster;
    const int added = m_session.addHosts(found, isNewCluster);
    const bool silent = added == 0 && found.isEmpty() && facts.cluster.nodes.isEmpty();
    emit othersFound(added, silent ? facts.clusterError : Error{});
}

void DiscoveryController::stop()
{
    if (!m_worker.isRunning())
        return;
    m_worker.cancel();
    emit runningChanged();
}

} // namespace kwup
