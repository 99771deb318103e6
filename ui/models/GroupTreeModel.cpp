#include "ui/models/GroupTreeModel.h"

namespace kwup {

// internalId: 0 for a group, number of the group + 1 for a row in it.

QModelIndex GroupTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const quintptr id = parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0;
    return createIndex(row, column, id);
}

QModelIndex GroupTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int GroupTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return groups();
    if (parent.column() > 0 || parent.internalId() != 0)
        return 0;
    return rowsOf(parent.row());
}

int GroupTreeModel::columnCount(const QModelIndex &) const
{
    return static_cast<int>(headers().size());
}

QVariant GroupTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int group = groupOf(index);
    if (index.internalId() == 0)
        return cellData(groupCell(group, index.column()), role);
    return cellData(cell(group, index.row(), index.column()), role);
}

QVariant GroupTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= columnCount())
        return QAbstractItemModel::headerData(section, orientation, role);
    return headers().at(section);
}

void GroupTreeModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    const int last = columnCount() - 1;
    for (int group = 0; group < groups(); ++group) {
        const QModelIndex top = index(group, 0);
        emit dataChanged(top, index(group, last));
        if (rowsOf(group) > 0)
            emit dataChanged(index(0, 0, top), index(rowsOf(group) - 1, last, top));
    }
}

int GroupTreeModel::groupOf(const QModelIndex &index)
{
    if (!index.isValid())
        return -1;
    return index.internalId() == 0 ? index.row() : static_cast<int>(index.internalId()) - 1;
}

int GroupTreeModel::rowInGroup(const QModelIndex &index)
{
    return index.isValid() && index.internalId() != 0 ? index.row() : -1;
}

void GroupTreeModel::notifyRow(int group, int row)
{
    const int last = columnCount() - 1;
    const QModelIndex top = index(group, 0);
    emit dataChanged(top, index(group, last));
    emit dataChanged(index(row, 0, top), index(row, last, top));
}

} // namespace kwup
