#pragma once

#include <QStringList>

class QAbstractItemModel;
class QComboBox;
class QFont;
class QLabel;
class QListView;
class QTableView;
class QTreeView;
class QWidget;

namespace kwup {

/// The same manners for all tables: whole rows are selected, Tab leaves the table, columns can be
/// moved and start as wide as their content. `objectName` is what tests look for.
QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, QWidget *parent);
QTreeView *makeTree(QAbstractItemModel *model, const QString &objectName, QWidget *parent);

/// A list of log lines in a fixed-width font; all lines are as high and wide as each other, which
/// keeps thousands of them cheap.
QListView *makeLog(QAbstractItemModel *model, const QString &objectName, QWidget *parent);

/// Widens columns to their content once, now (not on every change: that is slow).
void fitColumns(QTableView *table);
void fitColumns(QTreeView *tree);

/// The first column takes the room the others leave; each of those is wide
/// enough for its sample.
void stretchFirstColumn(QTreeView *tree, const QStringList &samples);

QLabel *makeText(QWidget *parent); ///< wraps, plain text, selectable
QFont fixedFont();
void setLines(QWidget *widget, int lines); ///< a minimum height of so many lines of its font

/// The row the cursor is in, -1 for none.
int currentRow(const QTableView *table);

} // namespace kwup
