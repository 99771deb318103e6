#include "ui/models/LogModel.h"

#include "core/base/CommandLine.h"

namespace kwup {

namespace {
constexpr qsizetype LongestLine = 2000; // characters; a host may never send a line feed
}

LogModel::LogModel(int limit, QObject *parent)
    : QAbstractListModel(parent)
    , m_limit(limit)
{ }

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return m_lines.at(static_cast<size_t>(index.row()));
    return {};
}

void LogModel::appendOutput(const QString &host, const QByteArray &bytes)
{
    QByteArray all = m_rest.take(host) + bytes;
    const qsizetype end = qMax(all.lastIndexOf('\n'), all.lastIndexOf('\r'));
    QByteArray rest = all.mid(end + 1);
    all.truncate(end + 1);
    if (rest.size() > LongestLine) {
        all += rest;
        rest.clear();
    }
    if (!rest.isEmpty())
        m_rest.insert(host, rest);
    if (all.trimmed().isEmpty())
        return;
    QStringList lines;
    for (const QString &line : printable(all).split(u'\n', Qt::SkipEmptyParts))
        lines << (host.isEmpty() ? line : QStringLiteral("%1  %2").arg(host, line));
    append(lines);
}

void LogModel::appendLine(const QString &line)
{
    append({line});
}

void LogModel::append(const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    const QStringList fresh = lines.mid(qMax<qsizetype>(0, lines.size() - m_limit));
    const int excess = rowCount() + static_cast<int>(fresh.size()) - m_limit;
    if (excess > 0) {
        beginRemoveRows({}, 0, excess - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + excess);
        endRemoveRows();
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_lines.insert(m_lines.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_rest.clear();
    endResetModel();
}

QString LogModel::allText() const
{
    QString text;
    for (const QString &line : m_lines) {
        text += line;
        text += u'\n';
    }
    return text;
}

} // namespace kwup
