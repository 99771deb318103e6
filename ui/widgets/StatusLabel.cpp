#include "ui/widgets/StatusLabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace kwup {

StatusLabel::StatusLabel(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_label(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_label, 1);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setVisible(false);
}

void StatusLabel::setStatus(Status status, const QString &text)
{
    m_status = status;
    m_text = text;
    setVisible(!text.isEmpty());
    render();
}

QString StatusLabel::text() const
{
    return m_label->text();
}

void StatusLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::LanguageChange || type == QEvent::PaletteChange
        || type == QEvent::StyleChange)
        render();
}

void StatusLabel::render()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(statusIcon(m_status).pixmap(QSize(size, size), devicePixelRatio()));
    const QString word = statusWord(m_status);
    if (m_text.isEmpty() || m_text == word)
        m_label->setText(m_text);
    else
        //: A status word and the sentence that explains it, e.g. "Warning: …"
        m_label->setText(tr("%1: %2").arg(word, m_text));
}

} // namespace kwup
