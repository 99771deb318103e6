#pragma once

#include "ui/controllers/DiscoveryController.h"
#include "ui/models/HostTableModel.h"
#include "ui/pages/WizardPage.h"

class QPushButton;
class QTableView;
class QTabWidget;

namespace kwup {

class LoginPanel;
class StatusLabel;

/// The hosts and how to log in. Before a resumed run it is the last page: then Next is "Resume".
class HostsPage final : public WizardPage {
    Q_OBJECT
public:
    HostsPage(UpgradeSession &session, DiscoveryController &discovery);

    void initializePage() override;
    void cleanupPage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;

private:
    void build();
    void connectButtons();
    void addHost();
    void removeHosts();
    void pasteList();
    void importFile(const QString &file);
    void findOthers();
    void showSelection();
    void takeOwnLogin();
    void update();
    QList<int> selectedRows() const;

    DiscoveryController &m_discovery;
    HostTableModel m_model;
    QTableView *m_table;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_paste;
    QPushButton *m_import;
    QPushButton *m_find;
    QPushButton *m_save;
    StatusLabel *m_status;
    QTabWidget *m_tabs;
    LoginPanel *m_defaults;
    LoginPanel *m_own;
    int m_foundCount = -1; ///< of the last search for other nodes
    Error m_findError;
};

} // namespace kwup
