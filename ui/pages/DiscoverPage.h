#pragma once

#include "ui/controllers/DiscoveryController.h"
#include "ui/models/FactsTableModel.h"
#include "ui/models/MethodTableModel.h"
#include "ui/pages/WizardPage.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;
class QTabWidget;

namespace kwup {

class ErrorCard;
class StatusLabel;

/// What is installed on the hosts, problems of the list, the upgrade method.
class DiscoverPage final : public WizardPage {
    Q_OBJECT
public:
    DiscoverPage(UpgradeSession &session, DiscoveryController &discovery);

    void initializePage() override;
    void cleanupPage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;

private:
    void build();
    void start();
    void showProgress();
    void showFacts();
    void showHost();
    void showVerdict();
    void fillMethods();

    DiscoveryController &m_discovery;
    FactsTableModel m_facts;
    FactDetailsModel m_details;
    MethodTableModel m_methods;
    QProgressBar *m_progress;
    QPushButton *m_again;
    StatusLabel *m_status;
    QTableView *m_factsTable;
    QTabWidget *m_tabs;
    ErrorCard *m_hostError;
    QTableView *m_detailsTable;
    QTableView *m_methodsTable;
    QLabel *m_methodLabel;
    QComboBox *m_method;
};

} // namespace kwup
