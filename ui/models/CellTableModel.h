#pragma once

#include "ui/widgets/Status.h"

#include <QAbstractTableModel>

#include <optional>

namespace kwup {

/// What one cell shows. Text is made when it is asked for, so that a language switch only needs a
/// repaint.
struct Cell {
    QString text;
    std::optional<Status> status = std::nullopt; ///< adds the icon; the text keeps the word
    QString toolTip = {};
    bool isNumber = false;
};

QVariant cellData(const Cell &cell, int role); ///< the answer for a view's role

/// Base of the read-only tables: a subclass names columns, rows and cells. GUI thread.
class CellTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    int columnCount(const QModelIndex &parent = {}) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

    /// Call on QEvent::LanguageChange: all texts are read again.
    void retranslate();

protected:
    virtual QStringList headers() const = 0;
    virtual int rows() const = 0;
    virtual Cell cell(int row, int column) const = 0;

    /// Replaces all rows with as few signals as possible: `assign` stores the new rows, `count` is
    /// how many there are afterwards. Selection survives.
    template <typename F>
    void replaceRows(int count, F assign)
    {
        const int before = rows();
        if (count > before)
            beginInsertRows({}, before, count - 1);
        else if (count < before)
            beginRemoveRows({}, count, before - 1);
        assign();
        if (count > before)
            endInsertRows();
        else if (count < before)
            endRemoveRows();
        const int kept = qMin(before, count);
        if (kept > 0)
            emit dataChanged(index(0, 0), index(kept - 1, columnCount() - 1));
    }
};

} // namespace kwup
