#include "ui/widgets/ChoiceDelegate.h"

#include <QComboBox>

namespace kwup {

ChoiceDelegate::ChoiceDelegate(Words words, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_words(std::move(words))
{ }

QWidget *ChoiceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                      const QModelIndex &) const
{
    auto *combo = new QComboBox(parent);
    combo->addItems(m_words());
    auto *self = const_cast<ChoiceDelegate *>(this);
    connect(combo, &QComboBox::activated, self, [self, combo] { emit self->commitData(combo); });
    return combo;
}

void ChoiceDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    qobject_cast<QComboBox *>(editor)->setCurrentIndex(index.data(Qt::EditRole).toInt());
}

void ChoiceDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentIndex(), Qt::EditRole);
}

} // namespace kwup
