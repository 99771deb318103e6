#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace kwup {

/// Values as the operator reads them, in the language and locale of the moment.
namespace format {
QString bytes(qint64 bytes); ///< "1.5 GiB"
QString duration(std::chrono::milliseconds duration); ///< "850 ms", "12 s", "3 min 20 s"
QString localTime(const QDateTime &utc); ///< of this computer
QString yesNo(bool value);
QString dash(); ///< stands for "not known"
} // namespace format

} // namespace kwup
