#include "core/kwdb/Parsers.h"

namespace kwup {

namespace {

/// Reads kwbase's csv byte by byte; a field is null when it reads NULL without quotes.
class CsvReader {
public:
    explicit CsvReader(const QByteArray &csv)
        : m_csv(csv)
    { }

    bool atEnd() const { return m_at >= m_csv.size(); }

    /// The next record; nullopt when a quote is not closed.
    std::optional<QStringList> record()
    {
        QStringList fields;
        while (true) {
            auto field = nextField();
            if (!field)
                return std::nullopt;
            fields.append(*field);
            if (atEnd())
                return fields;
            const char separator = m_csv[m_at++];
            if (separator == '\n')
                return fields;
            if (separator != ',')
                return std::nullopt;
        }
    }

private:
    std::optional<QString> nextField()
    {
        if (!atEnd() && m_csv[m_at] == '"')
            return quotedField();
        const qsizetype from = m_at;
        while (!atEnd() && m_csv[m_at] != ',' && m_csv[m_at] != '\n')
            ++m_at;
        QByteArray text = m_csv.mid(from, m_at - from);
        if (text.endsWith('\r'))
            text.chop(1);
        if (text == "NULL")
            return QString();
        const QString field = QString::fromUtf8(text);
        return field.isNull() ? QStringLiteral("") : field;
    }

    std::optional<QString> quotedField()
    {
        QByteArray text("");
        for (++m_at; !atEnd(); ++m_at) {
            if (m_csv[m_at] != '"') {
                text += m_csv[m_at];
                continue;
            }
            ++m_at;
            if (!atEnd() && m_csv[m_at] == '"') {
                text += '"';
                continue;
            }
            if (!atEnd() && m_csv[m_at] == '\r')
                ++m_at;
            const QString field = QString::fromUtf8(text);
            return field.isNull() ? QStringLiteral("") : field;
        }
        return std::nullopt;
    }

    const QByteArray &m_csv;
    qsizetype m_at = 0;
};

Error unexpected(const QByteArray &csv)
{
    Error error;
    error.code = ErrorCode::OutputUnexpected;
    error.args = QStringList{QStringLiteral("kwbase --format=csv")};
    error.evidence = csv.left(4096);
    return error;
}

} // namespace

Result<QList<QHash<QString, QString>>> parseCsv(const QByteArray &csv)
{
    CsvReader reader(csv);
    if (csv.trimmed().isEmpty())
        return unexpected(csv);
    const auto header = reader.record();
    if (!header || header->contains(QString()))
        return unexpected(csv);
    QList<QHash<QString, QString>> rows;
    while (!reader.atEnd()) {
        const auto fields = reader.record();
        if (!fields || fields->size() != header->size())
            return unexpected(csv);
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < fields->size(); ++i)
            row.insert(header->at(i), fields->at(i));
        rows.append(row);
    }
    return rows;
}

} // namespace kwup
