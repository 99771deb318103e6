#pragma once

#include <QByteArray>
#include <QString>

namespace kwup {

/// Content of a file of the top-level folder resources/ that is built into the program; empty when
/// there is none of that name. Thread-safe.
QByteArray resource(const QString &name);

} // namespace kwup
