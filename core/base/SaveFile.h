#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace kwup {

/// Writes a file on this computer whole or not at all: a reader never sees half of it, and what was
/// there stays when it fails. Blocks. Error: FileUnwritable.
Result<void> saveFile(const QString &name, const QByteArray &content);

} // namespace kwup
