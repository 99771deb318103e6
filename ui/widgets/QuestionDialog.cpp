#include "ui/widgets/QuestionDialog.h"

#include "core/base/CommandLine.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/Views.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace kwup {

namespace {
constexpr qsizetype LongestQuestion = 500; // the text comes from the server
}

QuestionDialog::QuestionDialog(const QString &host, const QString &title,
                               const QList<ConnectPrompts::Question> &questions, QWidget *parent)
    : QDialog(parent)
    , m_host(host)
    , m_title(printable(title.toUtf8(), LongestQuestion))
    , m_text(makeText(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    auto *form = new QFormLayout;
    column->addLayout(form);
    for (const ConnectPrompts::Question &question : questions) {
        QLineEdit *edit = question.echo ? new QLineEdit(this) : new SecretEdit(this);
        auto *label = new QLabel(printable(question.text.toUtf8(), LongestQuestion), this);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(edit);
        form->addRow(label, edit);
        m_edits.append(edit);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    retranslateUi();
}

void QuestionDialog::done(int result)
{
    QList<Secret> answers;
    if (result == QDialog::Accepted) {
        for (const QLineEdit *edit : m_edits)
            answers.append(Secret(edit->text().toUtf8()));
    }
    emit answered(answers);
    QDialog::done(result);
}

void QuestionDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void QuestionDialog::retranslateUi()
{
    setWindowTitle(tr("Login to %1").arg(m_host));
    m_text->setText(m_title.isEmpty() ? tr("The host %1 asks:").arg(m_host)
                                      : tr("The host %1 asks: %2").arg(m_host, m_title));
}

} // namespace kwup
