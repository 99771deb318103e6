#pragma once

#include "core/discover/Discovery.h"
#include "core/remote/HostPool.h"

#include <functional>

namespace kwup {

/// Discovery of a whole list: all hosts at once (at most 16 threads), then the cluster through the
/// first node that answers, then assembleFacts(). Blocks; call from a worker thread. onHost is
/// called as each host is done, one call at a time, in worker threads.
Facts discoverHosts(HostPool &pool, bool withRanges,
                    const std::function<void(const HostFacts &)> &onHost, std::stop_token stop);
/// The same for some of the pool's hosts, as one cluster.
Facts discoverHosts(HostPool &pool, const QStringList &hostIds, bool withRanges,
                    const std::function<void(const HostFacts &)> &onHost, std::stop_token stop);

} // namespace kwup
