#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/models/RunListModel.h"
#include "ui/pages/WizardPage.h"

class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QTableView;

namespace kwup {

class Language;

/// What to do: a new upgrade, an unfinished run, an old report. Language.
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
    QLabel *m_runsLabel;
    QTableView *m_table;
    QPushButton *m_profile;
    QLabel *m_demo;
    QLabel *m_languageLabel;
    QComboBox *m_languages;
    Worker m_worker;
};

} // namespace kwup
