#include "ui/models/Format.h"

#include <QCoreApplication>
#include <QLocale>

namespace kwup::format {

QString bytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1);
}

QString duration(std::chrono::milliseconds duration)
{
    const qint64 ms = duration.count();
    if (ms < 1000)
        //: A duration in milliseconds
        return QCoreApplication::translate("Format", "%1 ms").arg(ms);
    const qint64 seconds = (ms + 500) / 1000;
    if (seconds < 60)
        //: A duration in seconds
        return QCoreApplication::translate("Format", "%1 s").arg(seconds);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        //: A duration in minutes and seconds
        return QCoreApplication::translate("Format", "%1 min %2 s").arg(minutes).arg(seconds % 60);
    //: A duration in hours and minutes
    return QCoreApplication::translate("Format", "%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString localTime(const QDateTime &utc)
{
    return utc.isValid() ? utc.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                         : dash();
}

QString yesNo(bool value)
{
    return value ? QCoreApplication::translate("Format", "Yes")
                 : QCoreApplication::translate("Format", "No");
}

QString dash()
{
    return QStringLiteral("–");
}

} // namespace kwup::format
