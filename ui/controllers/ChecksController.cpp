#include "ui/controllers/ChecksController.h"

#include <algorithm>

namespace kwup {

ChecksController::ChecksController(Engine &engine, ConnectPrompts &prompts, UpgradeSession &session,
                                   QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_prompts(prompts)
    , m_session(session)
    , m_worker(this)
{
    const auto judgeIfKnown = [this] {
        if (m_session.facts() && !m_session.checks().isEmpty())
            judge();
    };
    connect(&session, &UpgradeSession::packageChanged, this, judgeIfKnown);
    connect(&session, &UpgradeSession::backupChanged, this, judgeIfKnown);
    connect(&session, &UpgradeSession::factsChanged, this, judgeIfKnown);
}

void ChecksController::judge()
{
    m_session.runChecksNow();
}

void ChecksController::runAllAgain()
{
    m_worker.start(
        [this, logins = m_session.logins(), options = m_session.options()](std::stop_token stop,
                                                                           const Worker::Post &) {
            return m_engine.discover(
                logins, options, true, m_prompts, [](const HostFacts &) {}, stop);
        },
        [this](const Facts &facts) {
            m_session.setFacts(facts);
            finish(facts.clusterError);
        });
    emit runningChanged();
}

void ChecksController::runAgain(const CheckResult &result)
{
    // Both clusters are compared with each other, so they are read together.
    if (m_session.hasNewCluster())
        return runAllAgain();
    const QList<HostLogin> logins = m_session.logins();
    const auto login = std::find_if(logins.begin(), logins.end(), [&result](const auto &one) {
        return one.spec.id() == result.host;
    });
    if (login != logins.end())
        readHost(*login);
    else
        readCluster();
}

void ChecksController::readHost(const HostLogin &login)
{
    m_worker.start(
        [this, login](std::stop_token stop, const Worker::Post &) {
            return m_engine.discover(
                {login}, {}, false, m_prompts, [](const HostFacts &) {}, stop);
        },
        [this](const Facts &fresh) {
            if (m_session.facts() && !fresh.hosts.isEmpty()) {
                QList<HostFacts> hosts = m_session.facts()->hosts;
                for (HostFacts &host : hosts) {
                    if (host.host.id() == fresh.hosts.first().host.id())
                        host = fresh.hosts.first();
                }
                const Facts &known = *m_session.facts();
                Facts merged = assembleFacts(hosts, {known.cluster}, known.clusterError);
                merged.transfer = known.transfer;
                m_session.setFacts(merged);
            }
            finish({});
        });
    emit runningChanged();
}

void ChecksController::readCluster()
{
    m_worker.start(
        [this, logins = m_session.oldLogins(), facts = m_session.facts()](std::stop_token stop,
                                                                          const Worker::Post &) {
            const auto reader = m_engine.statusReader(logins, facts, m_prompts);
            return reader->read(StatusReader::Depth::WithRanges, stop);
        },
        [this](const Result<ClusterView> &view) {
            if (view)
                m_session.setCluster(*view);
            finish(view ? Error{} : view.error());
        });
    emit runningChanged();
}

void ChecksController::finish(const Error &error)
{
    m_error = error;
    judge();
    emit runningChanged();
}

void ChecksController::stop()
{
    if (!m_worker.isRunning())
        return;
    m_worker.cancel();
    emit runningChanged();
}

} // namespace kwup
