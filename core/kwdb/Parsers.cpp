#include "core/kwdb/Parsers.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace kwup {

namespace {

using Row = QHash<QString, QString>;

Error unexpected(const QByteArray &csv)
{
    Error error;
    error.code = ErrorCode::OutputUnexpected;
    error.args = QStringList{QStringLiteral("kwbase --format=csv")};
    error.evidence = csv.left(4096);
    return error;
}

/// A number of the row; nothing when the column is missing, NULL or not a number.
template <typename T>
std::optional<T> number(const Row &row, const char *column)
{
    bool ok = false;
    const auto value = row.value(QLatin1String(column)).toLongLong(&ok);
    if (!ok)
        return std::nullopt;
    return static_cast<T>(value);
}

std::optional<bool> truth(const Row &row, const char *column)
{
    const QString text = row.value(QLatin1String(column));
    if (text == QLatin1String("true"))
        return true;
    if (text == QLatin1String("false"))
        return false;
    return std::nullopt;
}

bool hasColumns(const QList<Row> &rows, std::initializer_list<const char *> columns)
{
    if (rows.isEmpty())
        return true;
    for (const char *column : columns) {
        if (!rows.first().contains(QLatin1String(column)))
            return false;
    }
    return true;
}

NodeRow nodeRow(const Row &row)
{
    NodeRow node;
    node.id = number<int>(row, "id").value_or(0);
    node.address = row.value(QStringLiteral("address"));
    node.sqlAddress = row.value(QStringLiteral("sql_address"));
    node.build = row.value(QStringLiteral("build"));
    node.startedAt = parseTimestamp(row.value(QStringLiteral("started_at")));
    node.locality = row.value(QStringLiteral("locality"));
    node.startMode = row.value(QStringLiteral("start_mode"));
    node.isAvailable = truth(row, "is_available").value_or(false);
    node.isLive = truth(row, "is_live").value_or(false);
    node.leaseholders = number<int>(row, "replicas_leaseholders");
    node.leaders = number<int>(row, "replicas_leaders");
    node.ranges = number<int>(row, "ranges");
    node.rangesUnavailable = number<int>(row, "ranges_unavailable");
    node.rangesUnderreplicated = number<int>(row, "ranges_underreplicated");
    node.liveBytes = number<qint64>(row, "live_bytes");
    node.gossipedReplicas = number<int>(row, "gossiped_replicas");
    node.isDecommissioning = truth(row, "is_decommissioning");
    node.isDraining = truth(row, "is_draining");
    return node;
}

/// "{1,2,3}", also "{}" and with blanks. Nothing when it is something else.
std::optional<QList<int>> intArray(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') || !trimmed.endsWith(u'}'))
        return std::nullopt;
    QList<int> values;
    for (const auto &part : trimmed.mid(1, trimmed.size() - 2).split(u',', Qt::SkipEmptyParts)) {
        bool ok = false;
        values.append(part.trimmed().toInt(&ok));
        if (!ok)
            return std::nullopt;
    }
    return values;
}

/// Seconds of a duration as Go prints it: "30m0s", "3h", "1h15m", "1m30.5s", "250ms".
std::optional<qint64> goDuration(const QString &text)
{
    static const QRegularExpression whole(
        QStringLiteral(R"(^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s|us|µs|ns))+$)"));
    static const QRegularExpression part(
        QStringLiteral(R"((\d{1,9}(?:\.\d{1,9})?)(h|ms|m|s|us|µs|ns))"));
    static const QHash<QString, double> seconds{{QStringLiteral("h"), 3600},
                                                {QStringLiteral("m"), 60},
                                                {QStringLiteral("s"), 1},
                                                {QStringLiteral("ms"), 1e-3}};
    if (!whole.match(text).hasMatch())
        return std::nullopt;
    double sum = 0;
    auto parts = part.globalMatch(text);
    while (parts.hasNext()) {
        const auto match = parts.next();
        sum += match.captured(1).toDouble() * seconds.value(match.captured(2), 0);
    }
    return static_cast<qint64>(sum);
}

} // namespace

QDateTime parseTimestamp(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"(^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$)"));
    const auto match = pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    QDateTime time(QDate::fromString(match.captured(1), Qt::ISODate),
                   QTime::fromString(match.captured(2), Qt::ISODate), Qt::UTC);
    if (!time.isValid())
        return {};
    const int offset = match.captured(5).toInt() * 3600 + match.captured(6).toInt() * 60;
    const int sign = match.captured(4) == QLatin1String("-") ? -1 : 1;
    const qint64 milliseconds = match.captured(3).leftJustified(3, u'0', true).toLongLong();
    return time.addSecs(-sign * offset).addMSecs(milliseconds);
}

std::optional<qint64> parseDuration(const QString &text)
{
    static const QRegularExpression interval(
        QStringLiteral(R"(^(?:(\d{1,6}) days?\s*)?(?:(\d{1,6}):(\d\d):(\d\d)(?:\.\d{1,9})?)?$)"));
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::nullopt;
    if (const auto match = interval.match(trimmed); match.hasMatch()) {
        return match.captured(1).toLongLong() * 86400 + match.captured(2).toLongLong() * 3600
            + match.captured(3).toLongLong() * 60 + match.captured(4).toLongLong();
    }
    return goDuration(trimmed);
}

Result<QList<NodeRow>> parseNodeStatus(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    if (rows->isEmpty()
        || !hasColumns(*rows, {"id", "address", "build", "is_available", "is_live"}))
        return unexpected(csv);
    QList<NodeRow> nodes;
    for (const auto &row : *rows) {
        nodes.append(nodeRow(row));
        if (nodes.last().id <= 0)
            return unexpected(csv);
    }
    return nodes;
}

Result<RangeHealth> parseRangeHealth(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    if (rows->size() != 1)
        return unexpected(csv);
    const auto unavailable = number<qint64>(rows->first(), "ranges_unavailable");
    const auto underReplicated = number<qint64>(rows->first(), "ranges_underreplicated");
    // NULL means that no store has a record yet: that is not "nothing is wrong".
    if (!unavailable || !underReplicated)
        return unexpected(csv);
    return RangeHealth{*unavailable, *underReplicated};
}

Result<QList<JobRow>> parseJobs(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    if (!hasColumns(*rows, {"job_id", "job_type", "status"}))
        return unexpected(csv);
    QList<JobRow> jobs;
    for (const auto &row : *rows) {
        JobRow job;
        job.id = number<qint64>(row, "job_id").value_or(0);
        job.type = row.value(QStringLiteral("job_type"));
        job.description = row.value(QStringLiteral("description"));
        job.status = row.value(QStringLiteral("status"));
        job.fraction = row.value(QStringLiteral("fraction_completed")).toDouble();
        jobs.append(job);
    }
    return jobs;
}

Result<QList<StoreRow>> parseStores(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    QList<StoreRow> stores;
    for (const auto &row : *rows) {
        const auto nodeId = number<int>(row, "node_id");
        const auto storeId = number<int>(row, "store_id");
        if (!nodeId || !storeId)
            return unexpected(csv);
        stores.append({*nodeId, *storeId, number<int>(row, "range_count").value_or(0),
                       number<int>(row, "lease_count").value_or(0)});
    }
    return stores;
}

Result<QList<RangeRow>> parseRanges(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    QList<RangeRow> ranges;
    for (const auto &row : *rows) {
        const auto id = number<qint64>(row, "range_id");
        const auto replicas = intArray(row.value(QStringLiteral("replicas")));
        if (!id || !replicas)
            return unexpected(csv);
        const QString database = row.value(QStringLiteral("database_name"));
        const QString table = row.value(QStringLiteral("table_name"));
        const bool named = !database.isEmpty() && !table.isEmpty();
        ranges.append({*id, named ? database + u'.' + table : table, *replicas});
    }
    return ranges;
}

Result<QString> parseSingleValue(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    if (rows->size() != 1 || rows->first().size() != 1)
        return unexpected(csv);
    return rows->first().cbegin().value();
}

} // namespace kwup
