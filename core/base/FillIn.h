#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// A sentence with %1 … %9 replaced by args, in one pass: a value that contains "%2" is not filled
/// in again. A place without a value becomes "?".
QString filledIn(const QString &sentence, const QStringList &args);

} // namespace kwup
