#include "core/discover/DiscoverHosts.h"

#include <QMutex>

#include <atomic>
#include <thread>
#include <vector>

namespace kwup {

namespace {

constexpr qsizetype MaxThreads = 16;

HostFacts unreachable(const HostSpec &spec, const Error &error)
{
    HostFacts facts;
    facts.host = spec;
    facts.readAt = QDateTime::currentDateTimeUtc();
    facts.error = error;
    return facts;
}

HostFacts discoverOne(HostPool &pool, const QString &hostId, std::stop_token stop)
{
    const HostSpec *known = pool.spec(hostId);
    const HostSpec spec = known != nullptr ? *known : HostSpec();
    if (stop.stop_requested()) {
        Error cancelled;
        cancelled.code = ErrorCode::Cancelled;
        cancelled.host = hostId;
        return unreachable(spec, cancelled);
    }
    auto connection = pool.connection(hostId, stop);
    if (!connection)
        return unreachable(spec, connection.error());
    HostFacts facts = discoverHost(**connection, spec, stop);
    if (!facts.isReachable())
        pool.drop(hostId); // a dead connection would fail every later question as well
    return facts;
}

/// Each host by one of several threads; the result is in the order of `ids`.
QList<HostFacts> discoverAll(HostPool &pool, const QStringList &ids,
                             const std::function<void(const HostFacts &)> &onHost,
                             std::stop_token stop)
{
    QList<HostFacts> results(ids.size());
    HostFacts *slots_ = results.data(); // each thread writes elements of its own
    std::atomic<qsizetype> next = 0;
    QMutex reporting;
    const auto work = [&] {
        for (qsizetype i = next++; i < ids.size(); i = next++) {
            slots_[i] = discoverOne(pool, ids[i], stop);
            const QMutexLocker locker(&reporting);
            if (onHost)
                onHost(slots_[i]);
        }
    };
    std::vector<std::jthread> threads;
    for (qsizetype i = 0; i < qMin(MaxThreads, ids.size()); ++i)
        threads.emplace_back(work);
    threads.clear(); // joins
    return results;
}

Result<ClusterView> readThrough(HostPool &pool, const HostFacts &host, bool withRanges,
                                std::stop_token stop)
{
    const QString id = host.host.id();
    auto connection = pool.connection(id, stop);
    if (!connection)
        return connection.error();
    auto view = readCluster(**connection, host, withRanges, stop);
    if (!view && view.error().code == ErrorCode::ConnectionLost)
        pool.drop(id);
    return view;
}

bool mayAnswer(const HostFacts &host)
{
    return host.isReachable() && host.isInstalled() && host.startCommand.isKnown();
}

} // namespace

Facts discoverHosts(HostPool &pool, bool withRanges,
                    const std::function<void(const HostFacts &)> &onHost, std::stop_token stop)
{
    return discoverHosts(pool, pool.hostIds(), withRanges, onHost, stop);
}

Facts discoverHosts(HostPool &pool, const QStringList &hostIds, bool withRanges,
                    const std::function<void(const HostFacts &)> &onHost, std::stop_token stop)
{
    const auto hosts = discoverAll(pool, hostIds, onHost, stop);
    QList<ClusterView> views;
    Error firstError;
    for (const auto &host : hosts) {
        if (stop.stop_requested())
            break;
        if (!mayAnswer(host))
            continue;
        // Once a cluster is known, only hosts that it does not know can belong to another one.
        if (!views.isEmpty()
            && assembleFacts(hosts, views, {}).nodeIdByHost.contains(host.host.id()))
            continue;
        auto view = readThrough(pool, host, withRanges && views.isEmpty(), stop);
        if (view)
            views.append(std::move(view).value());
        else if (firstError.code == ErrorCode::None)
            firstError = view.error();
    }
    if (views.isEmpty() && firstError.code == ErrorCode::None) {
        firstError.code =
            stop.stop_requested() ? ErrorCode::Cancelled : ErrorCode::NodeStatusUnavailable;
    }
    return assembleFacts(hosts, views, firstError);
}

} // namespace kwup
