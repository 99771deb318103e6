#include "core/transfer/SqlText.h"

namespace kwup {

QString sqlName(const QString &name)
{
    QString quoted = name;
    quoted.replace(u'"', QLatin1String("\"\""));
    return u'"' + quoted + u'"';
}

QString sqlPath(const QStringList &parts)
{
    QStringList quoted;
    for (const auto &part : parts)
        quoted.append(sqlName(part));
    return quoted.join(u'.');
}

QString sqlText(const QString &text)
{
    QString quoted = text;
    quoted.replace(u'\'', QLatin1String("''"));
    return u'\'' + quoted + u'\'';
}

} // namespace kwup
