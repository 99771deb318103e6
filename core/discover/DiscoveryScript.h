#pragma once

#include "core/discover/Sections.h"

namespace kwup {

/// The exit code by which a section says that the file it reads does not exist.
inline constexpr int AbsentFile = 44;

/// The limit of `du` over the data root; a bigger directory leaves its size unknown.
inline constexpr int DuSeconds = 30;

/// Where a wizard says that it works on a host (I13).
inline constexpr auto WizardLockFile = "/var/tmp/kwup.lock";

/// The readings that discovery makes on a host, all read-only (I1). Sources: kwdb-facts §3.1–3.6.
QList<Section> discoverySections();

/// sh text that sets the variables the sections use.
QString discoveryPreamble();

} // namespace kwup
