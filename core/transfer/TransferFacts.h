#pragma once

#include "core/discover/Facts.h"
#include "core/package/PackageInfo.h"
#include "core/plan/MethodOptions.h"
#include "core/remote/HostPool.h"
#include "core/transfer/Inventory.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace kwup {

/// The new cluster beside the old one, and what both hold. A value; Facts::transfer points to it.
struct TransferFacts {
    Facts target; ///< the new cluster's hosts and view; Facts::hosts has the old cluster's only
    QStringList unknownHosts; ///< named as the new cluster's, but not in the list of hosts
    Inventory source;
    Error sourceError; ///< why `source` is empty
    Inventory destination; ///< the names of its databases, users and settings
    Error destinationError;
    QStringList wanted; ///< databases that were asked for; empty: all
    QString directory; ///< option export-directory; empty: named after the run

    QString targetHost() const; ///< that imports
};

/// discoverHosts(), and, when the options name hosts of a new cluster, the same for those as a
/// cluster of its own, and the inventories of both. Read-only (I1). Blocks.
Facts discoverForMethod(HostPool &pool, const MethodOptions &options, bool withRanges,
                        const std::function<void(const HostFacts &)> &onHost, std::stop_token stop);

/// The hosts of both clusters, the new one's last.
QList<HostFacts> allHosts(const Facts &facts);

/// Stands for the package of a plan that installs nothing: the version that runs on the new
/// cluster. Empty when there is no new cluster or its version is not known.
std::optional<PackageInfo> packageOfTarget(const Facts &facts);

} // namespace kwup
