#pragma once

#include <QAbstractListModel>
#include <QHash>

#include <deque>

namespace kwup {

/// Live output of the hosts as lines, the newest last; keeps at most `limit` lines. What a host
/// sends is made safe to show first. GUI thread.
class LogModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit LogModel(int limit = 5000, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// Bytes as they come: an unfinished last line of a host waits for its rest.
    void appendOutput(const QString &host, const QByteArray &bytes);
    void appendLine(const QString &line);
    void clear();
    QString allText() const;

private:
    void append(const QStringList &lines);

    int m_limit;
    std::deque<QString> m_lines;
    QHash<QString, QByteArray> m_rest;
};

} // namespace kwup
