#include "ui/widgets/ErrorCard.h"

#include "core/base/CommandLine.h"
#include "core/kwdb/DeployScript.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kwup {

namespace {

void emptyLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

ErrorCard::ErrorCard(QWidget *parent)
    : QFrame(parent)
    , m_what(new StatusLabel(this))
    , m_sentences(new QWidget(this))
    , m_choices(new QWidget(this))
    , m_rawButton(new QPushButton(this))
    , m_raw(new QPlainTextEdit(this))
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_what);
    column->addWidget(m_sentences);
    column->addWidget(m_choices);
    column->addWidget(m_rawButton, 0, Qt::AlignLeft);
    column->addWidget(m_raw, 1);
    auto *sentences = new QVBoxLayout(m_sentences);
    sentences->setContentsMargins(0, 0, 0, 0);
    auto *choices = new QGridLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setColumnStretch(1, 1);
    m_rawButton->setCheckable(true);
    m_rawButton->setObjectName(QStringLiteral("rawTextButton"));
    m_raw->setObjectName(QStringLiteral("rawText"));
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setFont(fixedFont());
    setLines(m_raw, 6);
    m_raw->hide();
    render();
    connect(m_rawButton, &QPushButton::toggled, m_raw, &QWidget::setVisible);
}

void ErrorCard::showError(const Error &error)
{
    m_decision.reset();
    m_error = error;
    m_rawButton->setChecked(false);
    render();
}

void ErrorCard::showDecision(const Decision &decision)
{
    m_decision = decision;
    m_error = decision.error;
    m_rawButton->setChecked(false);
    render();
}

void ErrorCard::clear()
{
    m_decision.reset();
    m_error = {};
    render();
}

void ErrorCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        render();
}

void ErrorCard::render()
{
    const bool any = m_decision || m_error.code != ErrorCode::None;
    setVisible(any);
    setAccessibleName(tr("What happened"));
    m_raw->setAccessibleName(tr("Command and raw text"));
    m_rawButton->setText(tr("Show the command and the raw te&xt"));
    if (!any)
        return;
    renderSentences();
    renderChoices();
    renderRaw();
}

void ErrorCard::renderSentences()
{
    emptyLayout(m_sentences->layout());
    const auto add = [this](const QString &text) {
        if (text.isEmpty())
            return;
        QLabel *label = makeText(m_sentences);
        label->setText(text);
        m_sentences->layout()->addWidget(label);
    };
    const bool waiting = m_decision && m_decision->kind != Decision::Kind::StepFailed;
    m_what->setStatus(waiting ? Status::Warning : Status::Bad,
                      m_decision ? describe(*m_decision) : describe(m_error));
    const auto cause = recogniseFailure(m_error.evidence);
    if (cause) {
        add(tr("Probable cause: %1").arg(cause->cause));
        add(tr("What to do: %1").arg(cause->advice));
    } else if (m_error.code != ErrorCode::None) {
        add(tr("What to do: %1").arg(remedy(m_error)));
    }
    if (m_decision)
        add(tr("The node now: %1").arg(describe(m_decision->condition)));
    for (const auto &line : m_decision ? m_decision->instructions : QStringList())
        add(line);
}

void ErrorCard::renderChoices()
{
    auto *grid = static_cast<QGridLayout *>(m_choices->layout());
    emptyLayout(grid);
    m_choices->setVisible(m_decision.has_value());
    if (!m_decision)
        return;
    int row = 0;
    for (const Choice choice : m_decision->choices) {
        auto *button = new QPushButton(choiceLabel(choice, *m_decision), m_choices);
        button->setObjectName(toString(choice) + QStringLiteral("Button"));
        QLabel *meaning = makeText(m_choices);
        meaning->setText(choiceMeaning(choice, *m_decision));
        button->setAccessibleDescription(meaning->text());
        grid->addWidget(button, row, 0, Qt::AlignTop);
        grid->addWidget(meaning, row, 1);
        connect(button, &QPushButton::clicked, this, [this, choice] { emit chosen(choice); });
        ++row;
    }
}

void ErrorCard::renderRaw()
{
    const QString text = rawText();
    m_rawButton->setVisible(!text.isEmpty());
    m_raw->setPlainText(text);
    m_raw->setVisible(!text.isEmpty() && m_rawButton->isChecked());
}

QString ErrorCard::rawText() const
{
    QStringList parts;
    if (!m_error.command.isEmpty())
        parts << tr("Command:\n%1").arg(m_error.command);
    if (m_error.exitCode >= 0)
        parts << tr("Exit code: %1").arg(m_error.exitCode);
    if (!m_error.evidence.isEmpty())
        parts << tr("Output:\n%1").arg(printable(m_error.evidence));
    if (m_decision && !m_decision->condition.lastLog.isEmpty())
        parts
            << tr("Log of the service:\n%1").arg(printable(m_decision->condition.lastLog.toUtf8()));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace kwup
