#pragma once

#include "ui/controllers/ChecksController.h"
#include "ui/controllers/ClusterMonitor.h"
#include "ui/models/CheckModel.h"
#include "ui/pages/WizardPage.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTextBrowser;
class QTreeView;

namespace kwup {

class ClusterPanel;
class StatusLabel;

/// All checks with their findings, and beside them the cluster as it is now.
class ChecksPage final : public WizardPage {
    Q_OBJECT
public:
    ChecksPage(UpgradeSession &session, ChecksController &checks, ClusterMonitor &monitor);

    void initializePage() override;
    void cleanupPage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void showResults();
    void showDetails();
    void showSummary();
    void accept();
    const CheckResult *selected() const;

    ChecksController &m_checks;
    ClusterMonitor &m_monitor;
    CheckModel m_model;
    StatusLabel *m_summary;
    QTreeView *m_tree;
    QTextBrowser *m_details;
    QPushButton *m_runAll;
    QPushButton *m_runOne;
    QLabel *m_reasonLabel;
    QLineEdit *m_reason;
    QPushButton *m_accept;
    ClusterPanel *m_cluster;
};

} // namespace kwup
