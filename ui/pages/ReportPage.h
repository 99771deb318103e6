#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/models/ReportModels.h"
#include "ui/pages/WizardPage.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace kwup {

class ErrorCard;
class StatusLabel;

/// The verdict and the report of a run, made from its journal alone.
class ReportPage final : public WizardPage {
    Q_OBJECT
public:
    ReportPage(UpgradeSession &session, Engine &engine);

    void initializePage() override;
    bool isComplete() const override { return true; }

protected:
    void retranslateUi() override;

private:
    void build();
    void takeEntries(const Result<QList<JournalEntry>> &entries);
    void showReport();
    void showStep();
    void showMoved();
    QString verdictOnCompleted(bool isGood) const;
    void saveHtml(const QString &file);
    void saveJson(const QString &file);
    void openInBrowser();
    void goBack();
    bool write(const QString &file, const QByteArray &content);

    Engine &m_engine;
    QList<JournalEntry> m_entries;
    ReportData m_report;
    BeforeAfterModel m_hosts;
    MovedTableModel m_moved;
    KeptModel m_kept;
    ReportStepModel m_steps;
    StatusLabel *m_verdict;
    QLabel *m_facts;
    ErrorCard *m_error;
    QTabWidget *m_tabs;
    QTableView *m_hostsTable;
    QWidget *m_movedTab; ///< of export-import only
    QTableView *m_movedTable;
    QLabel *m_left;
    QTableView *m_keptTable; ///< hidden when nothing is kept
    QTableView *m_stepsTable;
    QPlainTextEdit *m_step;
    QPushButton *m_saveHtml;
    QPushButton *m_saveJson;
    QPushButton *m_open;
    QPushButton *m_goBack;
    Worker m_worker;
};

} // namespace kwup
