#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// What people read for a stable id that journals and results hold: a kind of installation, a run
/// type, a security mode, a kind of package, the state of a run. Anything else is returned as it
/// is. In the operator's language; thread-safe.
QString shownWord(const QString &id);

/// Complete sentences one after the other: a blank between them, except after a full-width stop.
QString joinSentences(const QStringList &sentences);

} // namespace kwup
