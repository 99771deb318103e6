#include "core/report/TransferResult.h"

#include <QJsonArray>

namespace kwup {

namespace {

QStringList texts(const QJsonValue &array)
{
    QStringList list;
    for (const auto value : array.toArray())
        list.append(value.toString());
    return list;
}

} // namespace

bool MovedTable::isEqual() const
{
    return sourceRows == targetRows && (!byChecksum || sourceChecksum == targetChecksum);
}

QList<MovedTable> movedTables(const ReportData &report)
{
    QList<MovedTable> tables;
    for (const ReportStep &step : report.steps) {
        if (!step.id.startsWith(toString(StepKind::Compare) + u'@'))
            continue;
        const QString database = step.result[QStringLiteral("database")].toString();
        for (const auto row : step.result[QStringLiteral("tables")].toArray()) {
            tables.append({database + u'.' + row[QStringLiteral("table")].toString(),
                           row[QStringLiteral("sourceRows")].toString(),
                           row[QStringLiteral("targetRows")].toString(),
                           row[QStringLiteral("byChecksum")].toBool(),
                           row[QStringLiteral("sourceChecksum")].toString(),
                           row[QStringLiteral("targetChecksum")].toString()});
        }
    }
    return tables;
}

QStringList leftOnOldCluster(const ReportData &report)
{
    return texts(report.verdict[QStringLiteral("left")]);
}

QStringList passwordsToSet(const ReportData &report)
{
    return texts(report.verdict[QStringLiteral("passwords")]);
}

} // namespace kwup
