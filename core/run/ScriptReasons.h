#pragma once

#include "core/run/StepContext.h"

#include <QString>

namespace kwup {

/// Why a step's script gave up ("kwup: error=<key>"), as a sentence in the operator's language.
/// `detail` is what the script added; a key that is not in the table is shown with its detail.
QString scriptReason(const QString &key, const QString &detail);

/// The job of a step did not reach its goal: StepScriptFailed with the end of its log.
Error scriptFailure(const StepContext &context, const JobOutcome &job, const QString &why);
/// The same with the reason the script told; without one, the last line it printed.
Error scriptFailure(const StepContext &context, const JobOutcome &job);

} // namespace kwup
