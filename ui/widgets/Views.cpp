#include "ui/widgets/Views.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QStyle>
#include <QTableView>
#include <QTreeView>

namespace kwup {

namespace {

constexpr int WidestColumn = 45; // in average characters

void limitWidths(QHeaderView *header, const QFontMetrics &metrics)
{
    const int limit = metrics.averageCharWidth() * WidestColumn;
    for (int section = 0; section < header->count(); ++section) {
        if (header->sectionSize(section) > limit)
            header->resizeSection(section, limit);
    }
}

} // namespace

QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setObjectName(objectName);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setAlternatingRowColors(true);
    table->setWordWrap(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() * 3 / 2);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setSectionsMovable(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    return table;
}

QTreeView *makeTree(QAbstractItemModel *model, const QString &objectName, QWidget *parent)
{
    auto *tree = new QTreeView(parent);
    tree->setObjectName(objectName);
    tree->setModel(model);
    tree->setUniformRowHeights(true);
    tree->setAlternatingRowColors(true);
    tree->setAllColumnsShowFocus(true);
    tree->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    return tree;
}

void fitColumns(QTableView *table)
{
    table->resizeColumnsToContents();
    limitWidths(table->horizontalHeader(), table->fontMetrics());
}

void fitColumns(QTreeView *tree)
{
    tree->expandAll();
    for (int column = 0; column < tree->header()->count(); ++column)
        tree->resizeColumnToContents(column);
    limitWidths(tree->header(), tree->fontMetrics());
}

void stretchFirstColumn(QTreeView *tree, const QStringList &samples)
{
    QHeaderView *header = tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    const QFontMetrics metrics = tree->fontMetrics();
    const int icon = tree->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, tree);
    for (int i = 0; i < samples.size(); ++i) {
        const int text = metrics.horizontalAdvance(samples.at(i));
        header->resizeSection(i + 1, text + icon + metrics.averageCharWidth() * 4);
    }
    header->setMinimumSectionSize(metrics.averageCharWidth() * 4);
}

QLabel *makeText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QFont fixedFont()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

void setLines(QWidget *widget, int lines)
{
    widget->setMinimumHeight(widget->fontMetrics().lineSpacing() * (lines + 1));
}

int currentRow(const QTableView *table)
{
    const QModelIndex index = table->currentIndex();
    return index.isValid() ? index.row() : -1;
}

} // namespace kwup
