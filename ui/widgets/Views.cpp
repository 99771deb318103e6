#include "ui/widgets/Views.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTreeView>

namespace kwup {

namespace {

constexpr int WidestColumn = 45; // in average characters
constexpr int WidestLine = 160;

void limitWidths(QHeaderView *header, const QFontMetrics &metrics)
{
    const int limit = metrics.averageCharWidth() * WidestColumn;
    for (int section = 0; section < header->count(); ++section) {
        if (header->sectionSize(section) > limit)
            header->resizeSection(section, limit);
    }
}

class LineDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const QFontMetrics metrics(option.font);
        return {metrics.averageCharWidth() * WidestLine, metrics.lineSpacing()};
    }
};

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

QListView *makeLog(QAbstractItemModel *model, const QString &objectName, QWidget *parent)
{
    auto *list = new QListView(parent);
    list->setObjectName(objectName);
    list->setModel(model);
    list->setFont(fixedFont());
    list->setItemDelegate(new LineDelegate(list));
    list->setUniformItemSizes(true);
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    return list;
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
        header->resizeSection(i + 1, text + icon + metrics.averageCharWidth() * 3);
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
