#pragma once

#include "ui/models/CellTableModel.h"

#include <QAbstractItemModel>

namespace kwup {

/// Base of the trees with two levels (families of checks, stages with steps): a subclass names
/// groups, rows and cells. Read-only. GUI thread.
class GroupTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &child) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

    void retranslate();

    /// The group a row stands in, or the group itself; -1 for an invalid index.
    static int groupOf(const QModelIndex &index);
    /// The row within its group; -1 for a group or an invalid index.
    static int rowInGroup(const QModelIndex &index);

protected:
    virtual QStringList headers() const = 0;
    virtual int groups() const = 0;
    virtual int rowsOf(int group) const = 0;
    virtual Cell groupCell(int group, int column) const = 0;
    virtual Cell cell(int group, int row, int column) const = 0;

    void notifyRow(int group, int row); ///< its cells and those of its group have changed
};

} // namespace kwup
