#pragma once

#include "core/run/Step.h"

namespace kwup {

/// Runs the start script as the job of this attempt and judges it: StartFailed, ServiceDied. The
/// result is that of the step "start". Used by Start, and by Gate when the service has died since.
Result<QJsonObject> startService(StepContext &context, const QByteArray &script);

} // namespace kwup
