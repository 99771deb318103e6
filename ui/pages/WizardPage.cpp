#include "ui/pages/WizardPage.h"

#include <QEvent>
#include <QFileDialog>
#include <QMessageBox>

namespace kwup {

WizardPage::WizardPage(UpgradeSession &session)
    : m_session(session)
{ }

void WizardPage::changeEvent(QEvent *event)
{
    QWizardPage::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void WizardPage::chooseFile(const QString &title, const QString &filter,
                            const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QFileDialog(this, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, chosen);
    dialog->open();
}

void WizardPage::chooseNewFile(const QString &title, const QString &suggestion,
                               const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(suggestion);
    connect(dialog, &QFileDialog::fileSelected, this, chosen);
    dialog->open();
}

void WizardPage::tell(const Error &error)
{
    tell(describe(error) + QStringLiteral("\n\n") + remedy(error));
}

void WizardPage::tell(const QString &sentence)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title(), sentence, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

} // namespace kwup
