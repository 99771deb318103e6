#pragma once

#include "ui/controllers/ClusterMonitor.h"
#include "ui/controllers/RunController.h"
#include "ui/models/ClusterModels.h"
#include "ui/models/LogModel.h"
#include "ui/models/StepTimelineModel.h"
#include "ui/pages/WizardPage.h"

class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QTableView;
class QTreeView;

namespace kwup {

class AvailabilityStrip;
class ErrorCard;
class StatusLabel;

/// The run: what is done now, what the hosts print, how the cluster is meanwhile, and the
/// decisions.
class UpgradePage final : public WizardPage {
    Q_OBJECT
public:
    UpgradePage(UpgradeSession &session, RunController &run, ClusterMonitor &monitor);

    void initializePage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void connectRun();
    void connectMonitor();
    void applyEvents(const QList<RunEvent> &events);
    void applyEvent(const RunEvent &event);
    void fitNodes();
    void showNow();
    void showControls();

    RunController &m_run;
    ClusterMonitor &m_monitor;
    StepTimelineModel m_steps;
    LogModel m_log;
    NodeTableModel m_nodes;
    std::optional<GateProgress> m_gate;
    QString m_lastRead; ///< when a node last told the state of the cluster
    bool m_fitted = false;
    StatusLabel *m_state;
    QProgressBar *m_progress;
    QLabel *m_now;
    QLabel *m_gateText;
    ErrorCard *m_card;
    QTreeView *m_timeline;
    QListView *m_output;
    QTableView *m_nodesTable;
    QLabel *m_clusterText;
    AvailabilityStrip *m_strip;
    QLabel *m_stripText;
    QPushButton *m_pause;
    QPushButton *m_stop;
};

} // namespace kwup
