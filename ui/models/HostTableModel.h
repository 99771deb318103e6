#pragma once

#include "ui/wizard/UpgradeSession.h"

#include <QAbstractTableModel>

namespace kwup {

/// The hosts of the session as an editable table. A cell shows the default where the host says
/// nothing of its own (in italics); emptying a cell goes back to the default. Never shows a secret.
/// GUI thread.
class HostTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Address, Port, User, Auth, KeyFile, Privilege, Jump, Cluster, ColumnCount };

    static QStringList clusterWords(); ///< of the column Cluster, in the order of its values

    explicit HostTableModel(UpgradeSession &session, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    int addRow(); ///< an empty host; its row
    void removeRowsAt(QList<int> rows);
    void setLogin(const QList<int> &rows, const LoginChoice &login); ///< keeps their addresses
    void retranslate();

private:
    QString text(int row, int column) const;
    bool isOwn(int row, int column) const;
    void store(const QList<HostDraft> &hosts);

    UpgradeSession &m_session;
    int m_rows = 0;
    bool m_storing = false;
};

} // namespace kwup
