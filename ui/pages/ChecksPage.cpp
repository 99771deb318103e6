#include "ui/pages/ChecksPage.h"

#include "core/base/CommandLine.h"
#include "ui/widgets/ClusterPanel.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShowEvent>
#include <QSplitter>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

namespace kwup {

namespace {

constexpr std::chrono::milliseconds Refresh{5000};

QString paragraph(const QString &heading, const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<p><b>%1</b><br>%2</p>")
        .arg(heading.toHtmlEscaped(), text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

QString preformatted(const QString &heading, const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<p><b>%1</b></p><pre style=\"white-space: pre-wrap\">%2</pre>")
        .arg(heading.toHtmlEscaped(), text.toHtmlEscaped());
}

} // namespace

ChecksPage::ChecksPage(UpgradeSession &session, ChecksController &checks, ClusterMonitor &monitor)
    : WizardPage(session)
    , m_checks(checks)
    , m_monitor(monitor)
    , m_summary(new StatusLabel(this))
    , m_tree(makeTree(&m_model, QStringLiteral("checksTree"), this))
    , m_details(new QTextBrowser(this))
    , m_runAll(new QPushButton(this))
    , m_runOne(new QPushButton(this))
    , m_reasonLabel(new QLabel(this))
    , m_reason(new QLineEdit(this))
    , m_accept(new QPushButton(this))
    , m_cluster(new ClusterPanel(this))
{
    build();
    connect(m_runAll, &QPushButton::clicked, &m_checks, &ChecksController::runAllAgain);
    connect(m_runOne, &QPushButton::clicked, this, [this] {
        if (const CheckResult *result = selected())
            m_checks.runAgain(*result);
    });
    connect(m_accept, &QPushButton::clicked, this, &ChecksPage::accept);
    connect(m_reason, &QLineEdit::textChanged, this, &ChecksPage::showSummary);
    connect(&m_checks, &ChecksController::runningChanged, this, &ChecksPage::showSummary);
    connect(&session, &UpgradeSession::checksChanged, this, &ChecksPage::showResults);
    connect(&session, &UpgradeSession::clusterChanged, this,
            [this] { m_cluster->setFacts(*this->session().facts()); });
    connect(&session, &UpgradeSession::factsChanged, this, [this] {
        if (this->session().facts())
            m_cluster->setFacts(*this->session().facts());
    });
    connect(&m_monitor, &ClusterMonitor::clusterRead, this,
            [this](const ClusterView &view) { this->session().setCluster(view); });
    connect(&m_monitor, &ClusterMonitor::readFailed, m_cluster, &ClusterPanel::setError);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ChecksPage::showDetails);
    retranslateUi();
}

void ChecksPage::build()
{
    m_runAll->setObjectName(QStringLiteral("runAllButton"));
    m_runOne->setObjectName(QStringLiteral("runOneButton"));
    m_reason->setObjectName(QStringLiteral("reasonEdit"));
    m_accept->setObjectName(QStringLiteral("acceptButton"));
    m_details->setObjectName(QStringLiteral("checkDetails"));
    m_details->setTabChangesFocus(true);
    m_details->setOpenLinks(false);
    m_reasonLabel->setBuddy(m_reason);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_runAll);
    buttons->addWidget(m_runOne);
    buttons->addStretch(1);
    auto *acceptRow = new QHBoxLayout;
    acceptRow->addWidget(m_reasonLabel);
    acceptRow->addWidget(m_reason, 1);
    acceptRow->addWidget(m_accept);
    auto *detailsBox = new QWidget(this);
    auto *detailsColumn = new QVBoxLayout(detailsBox);
    detailsColumn->setContentsMargins(0, 0, 0, 0);
    detailsColumn->addWidget(m_details, 1);
    detailsColumn->addLayout(acceptRow);
    auto *right = new QSplitter(Qt::Vertical, this);
    right->setChildrenCollapsible(false);
    right->addWidget(detailsBox);
    right->addWidget(m_cluster);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_tree);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_summary);
    column->addWidget(splitter, 1);
    column->addLayout(buttons);
}

void ChecksPage::initializePage()
{
    if (session().factsAreOutdated())
        m_checks.runAllAgain();
    else
        m_checks.judge();
    if (session().facts())
        m_cluster->setFacts(*session().facts());
}

void ChecksPage::cleanupPage()
{
    m_checks.stop();
}

bool ChecksPage::isComplete() const
{
    return session().checksAllowUpgrade() && !m_checks.isRunning();
}

void ChecksPage::showEvent(QShowEvent *event)
{
    WizardPage::showEvent(event);
    if (event->spontaneous())
        return;
    m_monitor.setInterval(Refresh);
    m_monitor.start(StatusReader::Depth::Full);
}

void ChecksPage::hideEvent(QHideEvent *event)
{
    WizardPage::hideEvent(event);
    if (!event->spontaneous())
        m_monitor.stop();
}

const CheckResult *ChecksPage::selected() const
{
    return m_model.resultAt(m_tree->currentIndex());
}

void ChecksPage::showResults()
{
    const CheckResult *before = selected();
    const QString id = before ? before->id : QString();
    const QString host = before ? before->host : QString();
    m_model.setResults(session().checks(), session().accepted());
    fitColumns(m_tree);
    QModelIndex index = m_model.find(id, host);
    if (!index.isValid())
        index = m_model.firstOpen();
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
    showDetails();
}

void ChecksPage::showDetails()
{
    const CheckResult *result = selected();
    QString html;
    if (result) {
        const QString title = result->host.isEmpty()
            ? checkTitle(result->id)
            : tr("%1 on %2").arg(checkTitle(result->id), result->host);
        const auto accepted = session().acceptanceOf(*result);
        html = QStringLiteral("<h3>%1</h3>").arg(title.toHtmlEscaped())
            + paragraph(CheckModel::wordOf(result->status), describe(*result))
            + paragraph(tr("What to do"), remedy(*result))
            + paragraph(tr("Why it matters"), checkWhy(result->id))
            + paragraph(tr("Accepted because"), accepted ? accepted->reason : QString())
            + preformatted(tr("Evidence"), printable(result->evidence, 8000))
            + preformatted(tr("Command that read it"), result->command);
    }
    m_details->setHtml(html);
    showSummary();
}

void ChecksPage::showSummary()
{
    const CheckResult *result = selected();
    const bool busy = m_checks.isRunning();
    const bool warning = result && result->status == CheckStatus::Warning;
    m_runAll->setEnabled(!busy);
    m_runOne->setEnabled(result && !busy);
    m_reason->setEnabled(warning);
    m_accept->setEnabled(warning && !m_reason->text().trimmed().isEmpty());
    int blocked = 0;
    for (const CheckResult &one : session().checks())
        blocked += one.status == CheckStatus::Blocked ? 1 : 0;
    const int open = session().openFindings() - blocked;
    if (busy)
        m_summary->setStatus(Status::Running, tr("The hosts are being read again…"));
    else if (blocked > 0)
        m_summary->setStatus(Status::Bad,
                             tr("%n check(s) do not allow the upgrade.", nullptr, blocked));
    else if (open > 0)
        m_summary->setStatus(
            Status::Warning,
            tr("%n warning(s) must be corrected or accepted with a reason.", nullptr, open));
    else
        m_summary->setStatus(Status::Good, tr("Nothing stands against the upgrade."));
    emit completeChanged();
}

void ChecksPage::accept()
{
    const CheckResult *result = selected();
    if (!result)
        return;
    const CheckResult copy = *result;
    const QString reason = m_reason->text();
    m_reason->clear();
    session().acceptWarning(copy, reason);
    if (session().openFindings() > 0)
        m_tree->setCurrentIndex(m_model.firstOpen());
}

void ChecksPage::retranslateUi()
{
    setTitle(tr("Checks"));
    setSubTitle(
        tr("Everything that can be checked beforehand, all findings at once. Beside it: the "
           "cluster as it is now."));
    m_tree->setAccessibleName(tr("Checks"));
    m_details->setAccessibleName(tr("Details of the selected check"));
    m_runAll->setText(tr("Run &all again"));
    m_runOne->setText(tr("Run the selected one a&gain"));
    m_reasonLabel->setText(tr("&Reason to accept the warning"));
    m_accept->setText(tr("Ac&cept the warning"));
    m_model.retranslate();
    showDetails();
}

} // namespace kwup
