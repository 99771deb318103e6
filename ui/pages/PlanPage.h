#pragma once

#include "ui/models/PlanModel.h"
#include "ui/pages/WizardPage.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTreeView;

namespace kwup {

class ErrorCard;
class StatusLabel;

/// What will be done, in full, with the exact commands; the order of the nodes. A commit page: its
/// button starts the upgrade.
class PlanPage final : public WizardPage {
    Q_OBJECT
public:
    explicit PlanPage(UpgradeSession &session);

    void initializePage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;

private:
    void build();
    void nameStart();
    void showPlan();
    void showStep();
    void showSummary();
    void fillOrder();
    void move(int by);
    void takeOrder();
    void saveRunbook(const QString &file);

    PlanModel m_model;
    StatusLabel *m_summary;
    QLabel *m_notes;
    ErrorCard *m_error;
    QTreeView *m_tree;
    QLabel *m_expectation;
    QPlainTextEdit *m_command;
    QLabel *m_orderLabel;
    QWidget *m_orderBox = nullptr; ///< hidden where there is no order to choose
    QListWidget *m_order;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_save;
};

} // namespace kwup
