#pragma once

#include "core/discover/Facts.h"
#include "core/kwdb/KwbaseCli.h"
#include "core/remote/HostConnection.h"

#include <stop_token>

namespace kwup {

/// Reads all facts of one host over an open connection: one command, read-only (I1). Blocks (up to
/// 60 s). A host that answers but is not KWDB gives facts with Deployment::None, not an error.
HostFacts discoverHost(HostConnection &connection, const HostSpec &spec, std::stop_token stop);

/// How to call kwbase on that host; empty when no start command is known.
std::optional<KwbaseCli> kwbaseCliOf(const HostFacts &facts);

/// What the cluster says through this node. `withRanges` also reads the range table (up to 120 s).
/// Blocks; error NodeStatusUnavailable with kwbase's own text.
Result<ClusterView> readCluster(CommandRunner &runner, const HostFacts &facts, bool withRanges,
                                std::stop_token stop);

/// Only node status (and, with `health`, the two sums): cheap, for gates and live tables.
Result<ClusterView> readNodes(CommandRunner &runner, const KwbaseCli &cli, bool health,
                              std::stop_token stop);

/// Puts the hosts' facts and the views of one or more nodes together: node ids by host, one cluster
/// or several, one host entered twice, hosts that are not KWDB. Pure.
Facts assembleFacts(const QList<HostFacts> &hosts, const QList<ClusterView> &views,
                    const Error &clusterError);

/// Addresses the cluster knows (NODE file and node status) that are not in the list yet. Pure.
QStringList missingHosts(const Facts &facts);

} // namespace kwup
