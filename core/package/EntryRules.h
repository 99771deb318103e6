#pragma once

#include "core/base/Result.h"

#include <QString>

namespace kwup {

class EntryReader;

/// Path of an entry without "./" and double or trailing slashes. Pure.
QString normalisedPath(const QString &path);

/// Refuses what a release archive never holds and an attacker would put there: absolute paths,
/// "..", control characters, links that lead outside the archive, devices and pipes. Error
/// ArchiveUnsafe (args: entry, why).
Result<void> checkEntry(const EntryReader &entry);

} // namespace kwup
