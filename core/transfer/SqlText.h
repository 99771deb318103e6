#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// A name quoted for SQL, whatever characters it has: ab"c → "ab""c".
QString sqlName(const QString &name);
/// Parts of a name quoted and joined by dots.
QString sqlPath(const QStringList &parts);
/// A text as a literal: it's → 'it''s'.
QString sqlText(const QString &text);

} // namespace kwup
