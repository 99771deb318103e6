#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

namespace kwup {

/// How something stands, as shown everywhere in the window: always an icon and a word, never a
/// colour alone.
enum class Status { Good, Info, Warning, Bad, Running, Waiting, Skipped, Unknown };

QString statusWord(Status status); ///< one word in the operator's language

/// Drawn with lines, so it is sharp at every scale; follows the palette (light and dark) at the
/// time of painting. GUI thread.
QIcon statusIcon(Status status);

/// The hue of a status, with a lightness that is readable on the palette's window colour.
QColor statusColor(Status status, const QPalette &palette);

bool isDark(const QPalette &palette); ///< the window is darker than its text

} // namespace kwup
