#pragma once

#include <QString>

namespace kwup {

/// What people read for a stable id that journals and results hold: a kind of installation, a run
/// type, a security mode, a kind of package, the state of a run. Anything else is returned as it
/// is. In the operator's language; thread-safe.
QString shownWord(const QString &id);

} // namespace kwup
