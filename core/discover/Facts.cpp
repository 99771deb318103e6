#include "core/discover/Facts.h"

namespace kwup {

const HostFacts *Facts::host(const QString &hostId) const
{
    for (const HostFacts &candidate : hosts) {
        if (candidate.host.id() == hostId)
            return &candidate;
    }
    return nullptr;
}

} // namespace kwup
