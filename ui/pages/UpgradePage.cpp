#include "ui/pages/UpgradePage.h"

#include "ui/models/Format.h"
#include "ui/models/RunListModel.h"
#include "ui/widgets/AvailabilityStrip.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QShowEvent>
#include <QSplitter>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

namespace kwup {

namespace {
constexpr std::chrono::milliseconds Refresh{2000};
constexpr std::chrono::minutes LongTime{59}; // for the width of its column
} // namespace

UpgradePage::UpgradePage(UpgradeSession &session, RunController &run, ClusterMonitor &monitor)
    : WizardPage(session)
    , m_run(run)
    , m_monitor(monitor)
    , m_state(new StatusLabel(this))
    , m_progress(new QProgressBar(this))
    , m_now(makeText(this))
    , m_gateText(makeText(this))
    , m_card(new ErrorCard(this))
    , m_timeline(makeTree(&m_steps, QStringLiteral("timelineTree"), this))
    , m_output(makeLog(&m_log, QStringLiteral("outputLog"), this))
    , m_nodesTable(makeTable(&m_nodes, QStringLiteral("liveNodesTable"), this))
    , m_clusterText(makeText(this))
    , m_strip(new AvailabilityStrip(this))
    , m_stripText(makeText(this))
    , m_pause(new QPushButton(this))
    , m_stop(new QPushButton(this))
{
    build();
    connectRun();
    connectMonitor();
    retranslateUi();
}

void UpgradePage::build()
{
    m_progress->setObjectName(QStringLiteral("runProgress"));
    m_progress->setRange(0, 100);
    m_pause->setObjectName(QStringLiteral("pauseButton"));
    m_stop->setObjectName(QStringLiteral("stopAfterNodeButton"));
    m_pause->setCheckable(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_state, 1);
    head->addWidget(m_pause);
    head->addWidget(m_stop);
    auto *cluster = new QWidget(this);
    auto *clusterColumn = new QVBoxLayout(cluster);
    clusterColumn->setContentsMargins(0, 0, 0, 0);
    clusterColumn->addWidget(m_clusterText);
    clusterColumn->addWidget(m_nodesTable, 1);
    clusterColumn->addWidget(m_strip);
    clusterColumn->addWidget(m_stripText);
    auto *right = new QSplitter(Qt::Vertical, this);
    right->addWidget(m_output);
    right->addWidget(cluster);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_timeline);
    splitter->addWidget(right);
    splitter->setSizes({1150, 1000}); // shares, not pixels
    for (QSplitter *one : {right, splitter})
        one->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addWidget(m_progress);
    column->addWidget(m_now);
    column->addWidget(m_gateText);
    column->addWidget(m_card);
    column->addWidget(splitter, 1);
}

void UpgradePage::connectRun()
{
    connect(&m_steps, &QAbstractItemModel::modelReset, m_timeline, &QTreeView::expandAll);
    connect(&m_run, &RunController::eventsReceived, this, &UpgradePage::applyEvents);
    connect(&m_run, &RunController::decisionNeeded, m_card, &ErrorCard::showDecision);
    connect(&m_run, &RunController::decisionOver, m_card, &ErrorCard::clear);
    connect(&m_run, &RunController::failedToStart, m_card, &ErrorCard::showError);
    connect(&m_run, &RunController::controlsChanged, this, &UpgradePage::showControls);
    connect(&m_run, &RunController::finished, this, [this] {
        m_monitor.stop();
        showNow();
    });
    connect(m_card, &ErrorCard::chosen, &m_run, &RunController::choose);
    connect(m_pause, &QPushButton::clicked, &m_run, &RunController::setPaused);
    connect(m_stop, &QPushButton::clicked, &m_run, &RunController::stopAfterNode);
    connect(&session(), &UpgradeSession::runStateChanged, this, &UpgradePage::showNow);
}

void UpgradePage::connectMonitor()
{
    connect(&m_monitor, &ClusterMonitor::clusterRead, this, [this](const ClusterView &view) {
        m_nodes.setNodes(view.nodes);
        m_nodesTable->setEnabled(true);
        m_lastRead = format::localTime(view.readAt);
        if (!m_fitted)
            fitNodes();
        m_fitted = true;
        const QString health = view.health ? tr("Ranges unavailable: %1, under-replicated: %2.")
                                                 .arg(view.health->unavailable)
                                                 .arg(view.health->underReplicated)
                                           : QString();
        m_clusterText->setText(tr("Read from %1 at %2. %3")
                                   .arg(view.askedHost, format::localTime(view.readAt), health));
    });
    connect(&m_monitor, &ClusterMonitor::readFailed, this, [this](const Error &error) {
        // What the table shows is of the past then.
        m_nodesTable->setEnabled(false);
        m_clusterText->setText(
            m_lastRead.isEmpty()
                ? describe(error)
                : tr("%1 The last answer was at %2.").arg(describe(error), m_lastRead));
    });
    connect(&m_monitor, &ClusterMonitor::availabilityRead, this, [this](Availability value) {
        m_strip->add(value);
        m_stripText->setText(m_strip->summary());
    });
}

void UpgradePage::initializePage()
{
    m_log.clear();
    m_strip->clear();
    m_card->clear();
    m_lastRead.clear();
    m_gate.reset();
    if (session().plan())
        m_steps.setPlan(*session().plan());
    m_timeline->expandAll();
    stretchFirstColumn(m_timeline, {tr("Running, %1 %").arg(100), format::duration(LongTime)});
    // Only ever once: whatever brings the wizard to this page again must not start another run.
    if (session().runState() == RunState::Idle && session().plan())
        m_run.start();
    showNow();
}

bool UpgradePage::isComplete() const
{
    return session().runIsOver() && !m_run.isRunning();
}

void UpgradePage::fitNodes()
{
    fitColumns(m_nodesTable);
    // The first reading shows nodes that are up; the longer words come later.
    const QFontMetrics metrics = m_nodesTable->fontMetrics();
    const int words = metrics.averageCharWidth() * 16;
    m_nodesTable->setColumnWidth(NodeTableModel::State,
                                 qMax(words, m_nodesTable->columnWidth(NodeTableModel::State)));
}

void UpgradePage::showEvent(QShowEvent *event)
{
    WizardPage::showEvent(event);
    if (event->spontaneous() || !m_run.isRunning())
        return;
    m_monitor.setInterval(Refresh);
    m_monitor.start(StatusReader::Depth::Nodes);
}

void UpgradePage::hideEvent(QHideEvent *event)
{
    WizardPage::hideEvent(event);
    if (!event->spontaneous())
        m_monitor.stop();
}

void UpgradePage::applyEvents(const QList<RunEvent> &events)
{
    QScrollBar *bar = m_output->verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    for (const RunEvent &event : events)
        applyEvent(event);
    if (atEnd)
        m_output->scrollToBottom();
    showNow();
}

void UpgradePage::applyEvent(const RunEvent &event)
{
    m_steps.apply(event);
    switch (event.kind) {
    case RunEvent::Kind::StepOutput:
        m_log.appendOutput(event.host, event.output);
        break;
    case RunEvent::Kind::StepStarted:
        m_gate.reset();
        if (const PlanStep *step =
                session().plan() ? session().plan()->step(event.stepId) : nullptr)
            m_log.appendLine(tr("▸ %1 %2").arg(event.host, stepTitle(*step)));
        break;
    case RunEvent::Kind::GateProgressed:
        m_gate = event.gate;
        break;
    case RunEvent::Kind::StepFailed:
    case RunEvent::Kind::Note:
        m_log.appendLine(tr("! %1").arg(describe(event.error)));
        break;
    default:
        break;
    }
}

void UpgradePage::showNow()
{
    const RunState state = session().runState();
    m_state->setStatus(statusOf(state), runStateName(state));
    m_progress->setValue(state == RunState::Completed ? 100 : m_steps.percentDone());
    const QModelIndex running = m_steps.runningStep();
    const PlanStep *step = m_steps.stepAt(running);
    const bool active = session().runIsActive();
    m_now->setVisible(active && step);
    if (step) {
        m_now->setText(tr("Now: %1. Expected: %2").arg(stepTitle(*step), stepExpectation(*step)));
        m_timeline->scrollTo(running);
    }
    m_gateText->setVisible(active && m_gate.has_value());
    if (m_gate)
        m_gateText->setText(describe(*m_gate));
    showControls();
    emit completeChanged();
}

void UpgradePage::showControls()
{
    const bool active = m_run.isRunning() && session().runIsActive();
    m_pause->setEnabled(active);
    m_stop->setEnabled(active && !m_run.isStopping());
    m_pause->setChecked(m_run.isPaused());
    m_pause->setText(m_run.isPaused() ? tr("&Go on") : tr("&Pause after this step"));
}

void UpgradePage::retranslateUi()
{
    setTitle(tr("Upgrade"));
    setSubTitle(tr("What runs on a host goes on there even when this window or the connection is "
                   "closed; the run can be resumed."));
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_timeline->setAccessibleName(tr("Steps of the run"));
    m_output->setAccessibleName(tr("Live output"));
    m_nodesTable->setAccessibleName(tr("Nodes of the cluster"));
    m_stop->setText(tr("S&top after this node"));
    m_stripText->setText(m_strip->summary());
    m_steps.retranslate();
    m_nodes.retranslate();
    showNow();
}

} // namespace kwup
