#pragma once

#include <QString>

namespace kwup {

/// Why a step's script gave up ("kwup: error=<key>"), as a sentence in the operator's language.
/// `detail` is what the script added; a key that is not in the table is shown with its detail.
QString scriptReason(const QString &key, const QString &detail);

} // namespace kwup
