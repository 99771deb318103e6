#pragma once

#include "core/report/ReportData.h"

namespace kwup {

/// What a run has left on a host on purpose, so that going back stays possible.
struct KeptThing {
    QString host;
    QString what; ///< in the operator's language
    QString place; ///< path, container or image
    QString removal; ///< command that frees the space, for the day when it is not needed any more
};

/// In the order of the steps that told of it, also of a run that has gone back: its copies stay.
/// Pure.
QList<KeptThing> keptOnHosts(const ReportData &report);

} // namespace kwup
