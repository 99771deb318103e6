#pragma once

#include "ui/models/ClusterModels.h"

#include <QWidget>

class QTabWidget;
class QTableView;

namespace kwup {

class ReplicaChart;
class StatusLabel;

/// The status tables of a cluster: nodes, replicas with a chart, jobs, and what breaks if a node
/// stops now. Shows what it is given. GUI thread.
class ClusterPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ClusterPanel(QWidget *parent = nullptr);

    void setFacts(const Facts &facts); ///< also computes what a stop would break
    void setError(const Error &error); ///< the last reading failed; the tables keep the one before

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();
    void showState();
    void fitOnce();

    NodeTableModel m_nodes;
    JobTableModel m_jobs;
    ImpactTableModel m_impacts;
    QDateTime m_readAt;
    QString m_askedHost;
    std::optional<RangeHealth> m_health;
    Error m_error;
    bool m_fitted = false;
    StatusLabel *m_state;
    QTabWidget *m_tabs;
    QTableView *m_nodesTable;
    QTableView *m_jobsTable;
    QTableView *m_impactTable;
    ReplicaChart *m_chart;
};

} // namespace kwup
