#pragma once

#include "core/base/Result.h"
#include "core/kwdb/Types.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>

namespace kwup {

/// kwbase's csv: quotes doubled, empty strings `""`, NULL unquoted. Rows keyed by column name.
/// Error OutputUnexpected when there is no header or a row has another number of columns.
Result<QList<QHash<QString, QString>>> parseCsv(const QByteArray &csv);

Result<QList<NodeRow>> parseNodeStatus(const QByteArray &csv);
Result<RangeHealth> parseRangeHealth(const QByteArray &csv);
Result<QList<JobRow>> parseJobs(const QByteArray &csv);
Result<QList<StoreRow>> parseStores(const QByteArray &csv);
Result<QList<RangeRow>> parseRanges(const QByteArray &csv);
Result<QString> parseSingleValue(const QByteArray &csv);

/// A timestamp as kwbase prints it: "2025-06-06 07:40:07.123456+00:00".
QDateTime parseTimestamp(const QString &text);

/// A setting's duration as shown ("00:30:00", "02:00:00", "30m0s", "3h") in seconds.
std::optional<qint64> parseDuration(const QString &text);

/// Content of /etc/kaiwudb/info/MODE. Source: kwdb-facts §3.2; 8 to 10 lines, address is the last.
struct ModeFile {
    Deployment deployment = Deployment::None;
    RunType runType = RunType::Unknown;
    QString installedAt; ///< line 3: directory, or image at install time (stale in containers)
    QString dataRoot;
    int sqlPort = 0;
    int httpPort = 0;
    QString user;
    SecurityMode security = SecurityMode::Unknown;
    std::optional<bool> encrypted; ///< 2.2.0 and later
    QString address;
};
Result<ModeFile> parseMode(const QByteArray &content);

/// Content of /etc/kaiwudb/info/NODE.
struct NodeFile {
    QStringList otherNodes;
    int sshPort = 22;
    QString sshUser;
};
Result<NodeFile> parseNodeFile(const QByteArray &content);

} // namespace kwup
