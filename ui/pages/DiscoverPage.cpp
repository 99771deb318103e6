#include "ui/pages/DiscoverPage.h"

#include "core/base/Words.h"
#include "core/transfer/TransferFacts.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace kwup {

DiscoverPage::DiscoverPage(UpgradeSession &session, DiscoveryController &discovery)
    : WizardPage(session)
    , m_discovery(discovery)
    , m_progress(new QProgressBar(this))
    , m_again(new QPushButton(this))
    , m_status(new StatusLabel(this))
    , m_factsTable(makeTable(&m_facts, QStringLiteral("factsTable"), this))
    , m_tabs(new QTabWidget(this))
    , m_hostError(new ErrorCard(this))
    , m_detailsTable(makeTable(&m_details, QStringLiteral("factDetailsTable"), this))
    , m_methodsTable(makeTable(&m_methods, QStringLiteral("methodsTable"), this))
    , m_methodLabel(new QLabel(this))
    , m_method(new QComboBox(this))
{
    build();
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_discovery.isRunning())
            m_discovery.stop();
        else
            start();
    });
    connect(&m_discovery, &DiscoveryController::runningChanged, this, &DiscoverPage::showProgress);
    connect(&m_discovery, &DiscoveryController::hostRead, this, [this](const HostFacts &facts) {
        m_facts.setHost(facts);
        showProgress();
        showHost();
    });
    connect(&m_discovery, &DiscoveryController::finished, this,
            [this] { fitColumns(m_factsTable); });
    connect(&session, &UpgradeSession::factsChanged, this, &DiscoverPage::showFacts);
    connect(&session, &UpgradeSession::packageChanged, this, &DiscoverPage::fillMethods);
    connect(m_factsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &DiscoverPage::showHost);
    connect(m_method, &QComboBox::activated, this, [this] {
        this->session().setMethod(static_cast<Method>(m_method->currentData().toInt()));
    });
    retranslateUi();
}

void DiscoverPage::build()
{
    m_again->setObjectName(QStringLiteral("readAgainButton"));
    m_progress->setObjectName(QStringLiteral("discoverProgress"));
    m_method->setObjectName(QStringLiteral("methodCombo"));
    m_methodLabel->setBuddy(m_method);
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *top = new QHBoxLayout;
    top->addWidget(m_progress, 1);
    top->addWidget(m_again);
    auto *host = new QWidget(m_tabs);
    auto *hostColumn = new QVBoxLayout(host);
    hostColumn->addWidget(m_hostError);
    hostColumn->addWidget(m_detailsTable, 1);
    auto *method = new QWidget(m_tabs);
    auto *methodColumn = new QVBoxLayout(method);
    auto *methodRow = new QHBoxLayout;
    methodRow->addWidget(m_methodLabel);
    methodRow->addWidget(m_method);
    methodRow->addStretch(1);
    methodColumn->addLayout(methodRow);
    methodColumn->addWidget(m_methodsTable, 1);
    // The reason is what one looks for here: in full, on several lines.
    m_methodsTable->setWordWrap(true);
    m_methodsTable->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_tabs->addTab(host, QString());
    m_tabs->addTab(method, QString());
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_factsTable);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto *column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_status);
    column->addWidget(splitter, 1);
}

void DiscoverPage::initializePage()
{
    if (!session().facts())
        start();
    else
        showFacts();
}

void DiscoverPage::cleanupPage()
{
    m_discovery.stop();
}

bool DiscoverPage::isComplete() const
{
    return session().discoveryIsUsable() && !m_discovery.isRunning();
}

void DiscoverPage::start()
{
    QStringList ids;
    for (const HostLogin &login : session().logins())
        ids << login.spec.id();
    m_facts.setWaiting(ids);
    m_factsTable->setColumnHidden(FactsTableModel::Cluster, !session().hasNewCluster());
    fitColumns(m_factsTable);
    m_factsTable->selectRow(0);
    m_discovery.start();
}

void DiscoverPage::showProgress()
{
    const bool busy = m_discovery.isRunning();
    m_progress->setMaximum(qMax(1, m_discovery.hostsTotal()));
    m_progress->setValue(busy || !session().facts() ? m_discovery.hostsDone()
                                                    : m_progress->maximum());
    m_progress->setFormat(
        tr("%1 of %n host(s) read", nullptr, m_progress->maximum()).arg(m_progress->value()));
    m_again->setText(busy ? tr("&Stop") : tr("Read a&gain"));
    showVerdict();
}

void DiscoverPage::showFacts()
{
    if (session().facts())
        m_facts.setFacts(*session().facts());
    m_factsTable->setColumnHidden(FactsTableModel::Cluster, !session().hasNewCluster());
    if (currentRow(m_factsTable) < 0)
        m_factsTable->selectRow(0);
    fillMethods();
    showHost();
    showProgress();
}

void DiscoverPage::showHost()
{
    const HostFacts *facts = m_facts.factsAt(currentRow(m_factsTable));
    const bool fresh = m_details.rowCount() == 0;
    m_details.setHost(facts && facts->isReachable() ? facts : nullptr);
    m_detailsTable->setVisible(m_details.rowCount() > 0);
    m_hostError->showError(facts ? facts->error : Error{});
    if (fresh)
        fitColumns(m_detailsTable);
}

void DiscoverPage::fillMethods()
{
    const MethodAdvice advice = session().advice();
    m_methods.setAdvice(advice);
    fitColumns(m_methodsTable);
    const QSignalBlocker blocker(m_method);
    m_method->clear();
    for (const MethodAdvice::Row &row : advice.rows) {
        if (row.applicable)
            m_method->addItem(methodName(row.method), static_cast<int>(row.method));
    }
    m_method->setCurrentIndex(m_method->findData(static_cast<int>(session().method())));
    m_method->setEnabled(m_method->count() > 1);
}

void DiscoverPage::showVerdict()
{
    emit completeChanged();
    if (m_discovery.isRunning() || !session().facts()) {
        m_status->setStatus(Status::Running,
                            m_discovery.isRunning() ? tr("The hosts are being read…") : QString());
        return;
    }
    const Facts &facts = *session().facts();
    QStringList problems;
    for (const Error &problem : facts.listProblems)
        problems << joinSentences({describe(problem), remedy(problem)});
    for (const HostFacts &host : allHosts(facts)) {
        if (!host.isReachable())
            problems << describe(host.error);
    }
    if (!problems.isEmpty())
        m_status->setStatus(Status::Bad, problems.join(u'\n'));
    else if (!session().discoveryIsUsable())
        m_status->setStatus(Status::Bad,
                            tr("No upgrade method can be used here; the tab Upgrade "
                               "method shows why."));
    else if (facts.clusterError.code != ErrorCode::None)
        m_status->setStatus(Status::Warning, describe(facts.clusterError));
    else
        m_status->setStatus(
            Status::Good,
            tr("All hosts were read. Proposed method: %1.").arg(methodName(session().method())));
}

void DiscoverPage::retranslateUi()
{
    setTitle(tr("Connect and discover"));
    setSubTitle(tr("All hosts are read at once and nothing is changed. Each fact is shown with the "
                   "command that read it."));
    m_progress->setAccessibleName(tr("Hosts read"));
    m_factsTable->setAccessibleName(tr("Facts of all hosts"));
    m_detailsTable->setAccessibleName(tr("Facts of the selected host"));
    m_methodsTable->setAccessibleName(tr("Upgrade methods"));
    m_tabs->setAccessibleName(tr("Details"));
    m_tabs->setTabText(0, tr("Facts of the selected host"));
    m_tabs->setTabText(1, tr("Upgrade method"));
    m_methodLabel->setText(tr("&Upgrade method"));
    for (CellTableModel *model :
         std::initializer_list<CellTableModel *>{&m_facts, &m_details, &m_methods})
        model->retranslate();
    fillMethods();
    showProgress();
}

} // namespace kwup
