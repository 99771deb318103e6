#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/models/RunListModel.h"
#include "ui/pages/WizardPage.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTableView;

namespace kwup {

class Language;

/// What to do: a new upgrade, an unfinished run, an old report, back to an older version. Language.
class StartPage final : public WizardPage {
    Q_OBJECT
public:
    StartPage(UpgradeSession &session, Engine &engine, Language &language);

    void initializePage() override;
    bool isComplete() const override;
    bool validatePage() override;
    void openProfile(const QString &file); ///< its hosts, package and choices go to the session
    void preferResume() { m_preferResume = true; } ///< choose the newest unfinished run

protected:
    void retranslateUi() override;

private:
    void build();
    void loadRuns();
    void takeRuns(const QList<RunSummary> &runs);
    void choose(UpgradeSession::Intent intent);
    void connectChoices();
    void showChoice();
    bool beginGoingBack();
    void showRuns();
    void takeRun();

    Engine &m_engine;
    Language &m_language;
    bool m_preferResume = false;
    QList<RunSummary> m_runs;
    RunListModel m_model;
    QRadioButton *m_new;
    QRadioButton *m_resume;
    QRadioButton *m_report;
    QRadioButton *m_back; ///< with the copies of a run in the table
    QRadioButton *m_backTo; ///< with a directory on the hosts
    QLabel *m_directoryLabel;
    QLineEdit *m_directory;
    QString m_backRun; ///< to go back from, as chosen or as the session has it
    QLabel *m_runsLabel;
    QTableView *m_table;
    QPushButton *m_profile;
    QLabel *m_demo;
    QLabel *m_languageLabel;
    QComboBox *m_languages;
    Worker m_worker;
};

} // namespace kwup
