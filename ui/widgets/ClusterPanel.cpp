#include "ui/widgets/ClusterPanel.h"

#include "ui/models/Format.h"
#include "ui/widgets/ReplicaChart.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QEvent>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace kwup {

ClusterPanel::ClusterPanel(QWidget *parent)
    : QWidget(parent)
    , m_state(new StatusLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_nodesTable(makeTable(&m_nodes, QStringLiteral("nodesTable"), this))
    , m_jobsTable(makeTable(&m_jobs, QStringLiteral("jobsTable"), this))
    , m_impactTable(makeTable(&m_impacts, QStringLiteral("impactTable"), this))
    , m_chart(new ReplicaChart(this))
{
    auto *area = new QScrollArea(m_tabs);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(m_chart);
    m_tabs->addTab(m_nodesTable, QString());
    m_tabs->addTab(area, QString());
    m_tabs->addTab(m_jobsTable, QString());
    m_tabs->addTab(m_impactTable, QString());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_state);
    column->addWidget(m_tabs, 1);
    retranslateUi();
}

void ClusterPanel::setFacts(const Facts &facts)
{
    const ClusterView &cluster = facts.cluster;
    m_error = facts.clusterError;
    m_readAt = cluster.readAt;
    m_askedHost = cluster.askedHost;
    m_health = cluster.health;
    m_nodes.setNodes(cluster.nodes);
    m_chart->setNodes(cluster.nodes);
    m_jobs.setJobs(cluster.jobs);
    m_impacts.setImpacts(stopImpacts(facts));
    fitOnce();
    showState();
}

void ClusterPanel::setError(const Error &error)
{
    m_error = error;
    showState();
}

void ClusterPanel::fitOnce()
{
    if (m_fitted || m_nodes.rowCount() == 0)
        return;
    m_fitted = true;
    for (QTableView *table : {m_nodesTable, m_jobsTable, m_impactTable})
        fitColumns(table);
}

void ClusterPanel::showState()
{
    if (m_error.code != ErrorCode::None) {
        m_state->setStatus(Status::Warning, describe(m_error));
        return;
    }
    if (!m_readAt.isValid()) {
        m_state->setStatus(Status::Unknown, QString());
        return;
    }
    const QString when = format::localTime(m_readAt);
    if (!m_health) {
        m_state->setStatus(Status::Unknown,
                           tr("Read from %1 at %2. The sums of the ranges could not be read.")
                               .arg(m_askedHost, when));
        return;
    }
    const bool good = m_health->unavailable == 0 && m_health->underReplicated == 0;
    m_state->setStatus(good ? Status::Good : Status::Warning,
                       tr("Ranges unavailable: %1, under-replicated: %2. Read from %3 at %4.")
                           .arg(m_health->unavailable)
                           .arg(m_health->underReplicated)
                           .arg(m_askedHost, when));
}

void ClusterPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void ClusterPanel::retranslateUi()
{
    m_tabs->setAccessibleName(tr("Status of the cluster"));
    m_tabs->setTabText(0, tr("Nodes"));
    m_tabs->setTabText(1, tr("Replicas"));
    m_tabs->widget(1)->setAccessibleName(m_tabs->tabText(1));
    m_tabs->setTabText(2, tr("Jobs"));
    m_tabs->setTabText(3, tr("If a node stops now"));
    m_nodesTable->setAccessibleName(tr("Nodes of the cluster"));
    m_jobsTable->setAccessibleName(tr("Jobs of the database"));
    m_impactTable->setAccessibleName(tr("What breaks if a node stops now"));
    m_nodes.retranslate();
    m_jobs.retranslate();
    m_impacts.retranslate();
    showState();
}

} // namespace kwup
