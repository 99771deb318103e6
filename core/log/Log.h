#pragma once

#include "core/base/Result.h"

#include <QString>

namespace kwup {

/// Starts the program's log: rotating file `<directory>/kwdb-upgrade.log` (4 files of 2 MiB), Qt's
/// messages included; warnings also go to standard error. Call once, in main, before threads.
Result<void> startLog(const QString &directory);

/// Writes one line. Thread-safe; does nothing before startLog(). Never pass raw host output: use
/// printable(); a Secret cannot be passed.
void logInfo(const QString &text);
void logWarning(const QString &text);

} // namespace kwup
