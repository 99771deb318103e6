#pragma once

#include "core/plan/PlanParts.h"

namespace kwup {

// One function per family of methods: adds the stages (and the way back) to the plan of `parts`,
// whose head is filled in already. Pure. Errors as buildPlan().

/// script-single, script-rolling.
Result<void> addScriptStages(PlanParts &parts);
/// script-live. Error BackupMissing when a cold copy is wanted: no node is stopped for one.
Result<void> addLiveStages(PlanParts &parts);
/// script-offline-cluster.
Result<void> addOfflineStages(PlanParts &parts);
/// restore. Error RestoreImpossible too.
Result<void> addRestoreStages(PlanParts &parts);

/// compose, docker-run-insecure, docker-run-secure.
Result<void> addContainerStages(PlanParts &parts);

/// source.
Result<void> addSourceStages(PlanParts &parts);
/// restore of servers that were built from source, with the cold copies of the restore point.
void addSourceRestoreStages(PlanParts &parts, const QStringList &hosts);

/// export-import.
Result<void> addTransferStages(PlanParts &parts);

} // namespace kwup
