#include "ui/pages/BackupPage.h"

#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace kwup {

namespace {
const auto DefaultDirectory = QStringLiteral("/var/backups/kwdb");
}

BackupPage::BackupPage(UpgradeSession &session)
    : WizardPage(session)
    , m_cold(new QRadioButton(this))
    , m_coldText(makeText(this))
    , m_answers(new QWidget(this))
    , m_directoryLabel(new QLabel(this))
    , m_directory(new QLineEdit(DefaultDirectory, this))
    , m_named(new QRadioButton(this))
    , m_evidenceLabel(new QLabel(this))
    , m_evidence(new QLineEdit(this))
    , m_refused(new QRadioButton(this))
    , m_phraseLabel(new QLabel(this))
    , m_phrase(new QLineEdit(this))
    , m_reasonLabel(new QLabel(this))
    , m_reason(new QLineEdit(this))
    , m_state(new StatusLabel(this))
{
    build();
    for (QRadioButton *button : {m_cold, m_named, m_refused})
        connect(button, &QRadioButton::toggled, this, &BackupPage::takeAnswer);
    for (QLineEdit *edit : {m_directory, m_evidence, m_phrase, m_reason})
        connect(edit, &QLineEdit::textChanged, this, &BackupPage::takeAnswer);
    connect(&session, &UpgradeSession::backupChanged, this, [this] {
        show(this->session().backup());
        showState();
    });
    retranslateUi();
}

void BackupPage::build()
{
    m_cold->setObjectName(QStringLiteral("coldCopyRadio"));
    m_directory->setObjectName(QStringLiteral("directoryEdit"));
    m_named->setObjectName(QStringLiteral("namedRadio"));
    m_evidence->setObjectName(QStringLiteral("evidenceEdit"));
    m_refused->setObjectName(QStringLiteral("refusedRadio"));
    m_phrase->setObjectName(QStringLiteral("phraseEdit"));
    m_reason->setObjectName(QStringLiteral("refusalReasonEdit"));
    auto *grid = new QGridLayout(m_answers);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 3);
    grid->setColumnStretch(2, 1);
    int row = 0;
    const auto addChoice = [&](QRadioButton *button) { grid->addWidget(button, row++, 0, 1, 3); };
    const auto addField = [&](QLabel *label, QLineEdit *edit) {
        label->setBuddy(edit);
        grid->addWidget(label, row, 1);
        grid->addWidget(edit, row++, 2);
    };
    addChoice(m_cold);
    grid->addWidget(m_coldText, row++, 1, 1, 2);
    addField(m_directoryLabel, m_directory);
    addChoice(m_named);
    addField(m_evidenceLabel, m_evidence);
    addChoice(m_refused);
    addField(m_phraseLabel, m_phrase);
    addField(m_reasonLabel, m_reason);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_answers);
    column->addWidget(m_state);
    column->addStretch(1);
}

void BackupPage::initializePage()
{
    show(session().backup());
    showMethod();
    showState();
}

bool BackupPage::isComplete() const
{
    return session().backupIsAnswered();
}

void BackupPage::takeAnswer()
{
    if (m_loading)
        return;
    BackupChoice choice;
    if (m_cold->isChecked()) {
        choice.kind = BackupChoice::Kind::ColdCopy;
        choice.directory = m_directory->text().trimmed();
    } else if (m_named->isChecked()) {
        choice.kind = BackupChoice::Kind::Named;
        choice.evidence = m_evidence->text().trimmed();
    } else if (m_refused->isChecked()
               && m_phrase->text().trimmed() == UpgradeSession::refusalPhrase()) {
        choice.kind = BackupChoice::Kind::Refused;
        choice.reason = m_reason->text().trimmed();
    }
    m_loading = true;
    session().setBackup(choice);
    m_loading = false;
    showState();
}

void BackupPage::show(const BackupChoice &choice)
{
    if (m_loading)
        return;
    m_loading = true;
    m_cold->setChecked(choice.kind == BackupChoice::Kind::ColdCopy);
    m_named->setChecked(choice.kind == BackupChoice::Kind::Named);
    m_refused->setChecked(choice.kind == BackupChoice::Kind::Refused);
    if (!choice.directory.isEmpty())
        m_directory->setText(choice.directory);
    m_evidence->setText(choice.evidence);
    m_reason->setText(choice.reason);
    if (choice.kind == BackupChoice::Kind::Refused)
        m_phrase->setText(UpgradeSession::refusalPhrase());
    m_loading = false;
}

void BackupPage::showState()
{
    m_directory->setEnabled(m_cold->isEnabled() && m_cold->isChecked());
    m_evidence->setEnabled(m_named->isChecked());
    m_phrase->setEnabled(m_refused->isChecked());
    m_reason->setEnabled(m_refused->isChecked());
    const bool answered = session().backupIsAnswered();
    if (session().method() == Method::Restore)
        m_state->setStatus(Status::Good,
                           tr("The data and settings that are on the hosts now are set aside "
                              "there under other names, not deleted."));
    else if (!answered)
        m_state->setStatus(Status::Waiting, tr("Choose one answer and fill in its fields."));
    else if (session().backup().kind == BackupChoice::Kind::Refused)
        m_state->setStatus(Status::Warning,
                           tr("The upgrade goes on without a backup. This and the reason are "
                              "recorded in the report."));
    else
        m_state->setStatus(Status::Good, tr("The question for a backup is answered."));
    emit completeChanged();
}

/// What a cold copy holds, and whether there can be one, depends on the method.
void BackupPage::showMethod()
{
    const bool isBack = session().method() == Method::Restore;
    m_answers->setVisible(!isBack);
    m_cold->setEnabled(session().allowsColdCopy());
    setSubTitle(isBack ? tr("Going back needs no new backup: it puts one back.")
                       : tr("An upgrade cannot be taken back without a backup. One of the three "
                            "answers is needed, and it is recorded."));
    if (session().method() == Method::ScriptLive)
        m_coldText->setText(tr("The vendor's script restarts each node by itself, so nothing can "
                               "be copied cold. Make a backup beforehand and name it."));
    else if (!m_cold->isEnabled())
        m_coldText->setText(tr("Export and import stop no node, so nothing can be copied cold. "
                               "The present cluster keeps its data."));
    else if (session().takesImage())
        m_coldText->setText(tr("After a node has stopped and before its container is replaced, the "
                               "data directory and the description of the container are copied on "
                               "the host itself and the copy is read back."));
    else if (session().takesBuild())
        m_coldText->setText(tr("After a node has stopped and before its program is replaced, the "
                               "data directory, the certificates and the command line are copied "
                               "on the host itself and the copy is read back."));
    else
        m_coldText->setText(tr("After a node has stopped and before its packages change, the data "
                               "directory, /etc/kaiwudb and the unit file are copied on the host "
                               "itself and the copy is read back."));
}

void BackupPage::retranslateUi()
{
    setTitle(tr("Backup"));
    m_cold->setText(tr("Make a &cold copy of each node"));
    m_directoryLabel->setText(tr("&Directory on each host"));
    m_named->setText(tr("&Name a backup that exists"));
    m_evidenceLabel->setText(tr("&Where it is and when it was made"));
    m_refused->setText(tr("&Go without a backup"));
    m_phraseLabel->setText(tr("&Type the sentence \"%1\"").arg(UpgradeSession::refusalPhrase()));
    m_reasonLabel->setText(tr("&Reason"));
    showMethod();
    show(session().backup()); // a refusal stays one: its sentence in the new language
    showState();
}

} // namespace kwup
