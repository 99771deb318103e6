#pragma once

#include "core/run/StepContext.h"

namespace kwup {

/// The verdict of export-import, computed from both clusters (I7): the new cluster is up with its
/// version, every table is there with the rows of the old one, and what could not be carried over
/// is named. Writes the journal entry of the verdict. Blocks; a problem is an error.
/// The result beyond that of verify: {left[text], passwords[name]}.
Result<QJsonObject> verifyTransfer(StepContext &context);

} // namespace kwup
