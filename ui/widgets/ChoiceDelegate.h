#pragma once

#include <QStyledItemDelegate>

#include <functional>

namespace kwup {

/// Edits a cell whose edit value is a number out of a short list, with a combo box. The words are
/// asked for when the editor opens, in the language of the moment.
class ChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using Words = std::function<QStringList()>; ///< in the order of the numbers, from 0
    explicit ChoiceDelegate(Words words, QObject *parent = nullptr);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;

private:
    Words m_words;
};

} // namespace kwup
