#pragma once

#include "core/plan/MethodOptions.h"
#include "core/plan/RestorePoint.h"
#include "core/remote/Host.h"
#include "core/run/RunStore.h"

namespace kwup {

/// What the options `backup-run` and `backup-path` name, for these hosts. Reads one journal; blocks
/// for that long. Never fails: RestorePoint::problem says why it cannot be used.
///
/// - a run whose journal is on this computer: its cold copies, wherever it has put them;
/// - the same and a directory: the copies have been moved there, names unchanged;
/// - a run that is not known here and a directory: its copies below that directory;
/// - a directory alone: the cold copy of a single host.
RestorePoint restorePointOf(const RunStore &store, const MethodOptions &options,
                            const QList<HostSpec> &hosts);

} // namespace kwup
