#pragma once

#include "ui/pages/WizardPage.h"

class QLabel;
class QLineEdit;
class QRadioButton;

namespace kwup {

class StatusLabel;

/// The answer to "is there a backup": make a cold copy, name one, or go without in writing.
class BackupPage final : public WizardPage {
    Q_OBJECT
public:
    explicit BackupPage(UpgradeSession &session);

    void initializePage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;

private:
    void build();
    void takeAnswer();
    void show(const BackupChoice &choice);
    void showState();
    void showMethod();

    QRadioButton *m_cold;
    QLabel *m_coldText;
    QWidget *m_answers;
    QLabel *m_directoryLabel;
    QLineEdit *m_directory;
    QRadioButton *m_named;
    QLabel *m_evidenceLabel;
    QLineEdit *m_evidence;
    QRadioButton *m_refused;
    QLabel *m_phraseLabel;
    QLineEdit *m_phrase;
    QLabel *m_reasonLabel;
    QLineEdit *m_reason;
    StatusLabel *m_state;
    bool m_loading = false;
};

} // namespace kwup
