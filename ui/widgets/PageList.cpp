#include "ui/widgets/PageList.h"

#include <QLabel>
#include <QVBoxLayout>

namespace kwup {

PageList::PageList(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->addStretch(1);
}

void PageList::setPages(const QStringList &titles, int current)
{
    auto *column = static_cast<QVBoxLayout *>(layout());
    while (m_labels.size() < titles.size()) {
        auto *label = new QLabel(this);
        label->setTextFormat(Qt::PlainText);
        column->insertWidget(static_cast<int>(m_labels.size()), label);
        m_labels.append(label);
    }
    for (int i = 0; i < m_labels.size(); ++i) {
        QLabel *label = m_labels.at(i);
        const bool isCurrent = i == current;
        QFont font = this->font();
        font.setBold(isCurrent);
        label->setFont(font);
        //: An entry of the list of pages: a mark, its number and its title
        label->setText(tr("%1 %2. %3")
                           .arg(isCurrent ? QStringLiteral("▸") : QStringLiteral("  "))
                           .arg(i + 1)
                           .arg(titles.value(i)));
        label->setForegroundRole(i > current ? QPalette::PlaceholderText : QPalette::WindowText);
        label->setAccessibleDescription(isCurrent ? tr("Current page") : QString());
    }
    updateGeometry();
}

QSize PageList::sizeHint() const
{
    QSize hint = QWidget::sizeHint();
    QFont bold = font();
    bold.setBold(true);
    int widest = 0;
    for (const QLabel *label : m_labels)
        widest = qMax(widest, QFontMetrics(bold).horizontalAdvance(label->text()));
    hint.setWidth(widest + fontMetrics().averageCharWidth() * 6);
    return hint;
}

} // namespace kwup
