#pragma once

#include <QString>

namespace kwup {

/// The sentence of a note of the version-path table, in the operator's language; empty for an
/// unknown id. Thread-safe.
QString versionPathNote(const QString &id);

} // namespace kwup
