#include "ui/pages/ReportPage.h"

#include "core/base/SaveFile.h"
#include "core/report/Report.h"
#include "ui/models/Format.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>
#include <QWizard>

namespace kwup {

ReportPage::ReportPage(UpgradeSession &session, Engine &engine)
    : WizardPage(session)
    , m_engine(engine)
    , m_verdict(new StatusLabel(this))
    , m_facts(makeText(this))
    , m_error(new ErrorCard(this))
    , m_tabs(new QTabWidget(this))
    , m_hostsTable(makeTable(&m_hosts, QStringLiteral("beforeAfterTable"), this))
    , m_movedTab(new QWidget(this))
    , m_movedTable(makeTable(&m_moved, QStringLiteral("movedTable"), this))
    , m_left(makeText(this))
    , m_keptTable(makeTable(&m_kept, QStringLiteral("keptTable"), this))
    , m_stepsTable(makeTable(&m_steps, QStringLiteral("reportStepsTable"), this))
    , m_step(new QPlainTextEdit(this))
    , m_saveHtml(new QPushButton(this))
    , m_saveJson(new QPushButton(this))
    , m_open(new QPushButton(this))
    , m_goBack(new QPushButton(this))
    , m_worker(this)
{
    setFinalPage(true);
    build();
    connect(m_stepsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ReportPage::showStep);
    connect(m_saveHtml, &QPushButton::clicked, this, [this] {
        chooseNewFile(tr("Save the report as HTML"), m_report.plan.runId + QStringLiteral(".html"),
                      [this](const QString &file) { saveHtml(file); });
    });
    connect(m_saveJson, &QPushButton::clicked, this, [this] {
        chooseNewFile(tr("Save the report as JSON"), m_report.plan.runId + QStringLiteral(".json"),
                      [this](const QString &file) { saveJson(file); });
    });
    connect(m_open, &QPushButton::clicked, this, &ReportPage::openInBrowser);
    connect(m_goBack, &QPushButton::clicked, this, &ReportPage::goBack);
    retranslateUi();
}

void ReportPage::build()
{
    m_saveHtml->setObjectName(QStringLiteral("saveHtmlButton"));
    m_saveJson->setObjectName(QStringLiteral("saveJsonButton"));
    m_open->setObjectName(QStringLiteral("openReportButton"));
    m_goBack->setObjectName(QStringLiteral("goBackButton"));
    m_step->setObjectName(QStringLiteral("reportStepText"));
    m_step->setReadOnly(true);
    m_step->setTabChangesFocus(true);
    m_step->setFont(fixedFont());
    auto *steps = new QSplitter(Qt::Vertical, m_tabs);
    steps->setChildrenCollapsible(false);
    steps->addWidget(m_stepsTable);
    steps->addWidget(m_step);
    steps->setStretchFactor(0, 2);
    steps->setStretchFactor(1, 1);
    auto *movedColumn = new QVBoxLayout(m_movedTab);
    movedColumn->addWidget(m_movedTable, 1);
    movedColumn->addWidget(m_left);
    m_left->setObjectName(QStringLiteral("leftToDo"));
    m_tabs->addTab(m_hostsTable, QString());
    m_tabs->addTab(steps, QString());
    m_tabs->addTab(m_movedTab, QString());
    m_tabs->addTab(m_keptTable, QString());
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_saveHtml, m_saveJson, m_open})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_goBack);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_verdict);
    column->addWidget(m_facts);
    column->addWidget(m_error);
    column->addWidget(m_tabs, 1);
    column->addLayout(buttons);
}

void ReportPage::initializePage()
{
    m_entries.clear();
    showReport();
    m_worker.start([this, runId = session().runId()](
                       std::stop_token, const Worker::Post &) { return m_engine.journalOf(runId); },
                   [this](const Result<QList<JournalEntry>> &entries) { takeEntries(entries); });
}

void ReportPage::takeEntries(const Result<QList<JournalEntry>> &entries)
{
    m_error->showError(entries ? Error{} : entries.error());
    if (entries)
        m_entries = *entries;
    showReport();
    fitColumns(m_hostsTable);
    fitColumns(m_movedTable);
    fitColumns(m_keptTable);
    fitColumns(m_stepsTable);
    if (m_report.plan.method == Method::ExportImport)
        m_tabs->setCurrentWidget(m_movedTab);
}

void ReportPage::showReport()
{
    m_report = m_entries.isEmpty() ? ReportData{} : reportData(m_entries);
    m_hosts.setReport(m_report);
    m_steps.setReport(m_report);
    showMoved();
    m_kept.setReport(m_report);
    m_tabs->setTabVisible(m_tabs->indexOf(m_keptTable), m_kept.rowCount() > 0);
    const bool any = !m_entries.isEmpty();
    for (QPushButton *button : {m_saveHtml, m_saveJson, m_open})
        button->setEnabled(any);
    // Whether there is a usable copy is a check of the new run; other deployments have their own
    // way.
    m_goBack->setEnabled(any && m_report.plan.method != Method::Restore
                         && m_report.plan.method != Method::ExportImport
                         && (m_report.plan.deployment == Deployment::BarePackage
                             || m_report.plan.deployment == Deployment::Source));
    showStep();
    if (!any) {
        m_verdict->setStatus(Status::Unknown, QString());
        m_facts->clear();
        return;
    }
    const bool good = m_report.state == RunState::Completed && m_report.problems.isEmpty();
    const QString problems = m_report.problems.join(u'\n');
    switch (m_report.state) {
    case RunState::Completed:
        m_verdict->setStatus(good ? Status::Good : Status::Warning,
                             good ? verdictOnCompleted(true)
                                  : verdictOnCompleted(false) + u'\n' + problems);
        break;
    case RunState::Failed:
        m_verdict->setStatus(
            Status::Bad,
            m_report.wentBack
                ? tr("The upgrade failed, and the old version is in place again. %1").arg(problems)
                : tr("The run failed. %1").arg(problems));
        break;
    case RunState::Stopped:
        m_verdict->setStatus(Status::Warning,
                             tr("The run was stopped and can be resumed. %1").arg(problems));
        break;
    default:
        m_verdict->setStatus(Status::Warning, tr("The run is not over. It can be resumed."));
    }
    m_facts->setText(tr("From %1 to %2, begun %3, ended %4, by %5 on %6. Run %7.")
                         .arg(m_report.plan.from.toString(), m_report.plan.to.toString(),
                              format::localTime(m_report.startedAt),
                              format::localTime(m_report.endedAt), m_report.operatorName,
                              m_report.computer, m_report.plan.runId));
}

QString ReportPage::verdictOnCompleted(bool isGood) const
{
    if (m_report.plan.method == Method::Restore)
        return isGood ? tr("The old version is back, and the cluster itself confirms it.")
                      : tr("The old version is back, but the cluster shows problems:");
    return isGood ? tr("The upgrade is complete, and the cluster itself confirms it.")
                  : tr("The upgrade is complete, but the cluster shows problems:");
}

void ReportPage::showMoved()
{
    m_moved.setReport(m_report);
    m_tabs->setTabVisible(m_tabs->indexOf(m_movedTab),
                          m_report.plan.method == Method::ExportImport);
    const QStringList left = leftOnOldCluster(m_report);
    const QStringList passwords = passwordsToSet(m_report);
    QStringList lines;
    if (!left.isEmpty())
        lines << tr("The new cluster does not have these, or not as they were:") << left;
    if (!passwords.isEmpty())
        lines << tr("The passwords of these users must be set again: %1")
                     .arg(passwords.join(QStringLiteral(", ")));
    m_left->setText(lines.join(u'\n'));
    m_left->setVisible(!lines.isEmpty());
}

void ReportPage::showStep()
{
    const ReportStep *step = m_steps.stepAt(currentRow(m_stepsTable));
    QStringList parts;
    if (step && !step->script.isEmpty())
        parts << tr("Command:\n%1").arg(step->script);
    if (step && !step->output.isEmpty())
        parts << tr("Output:\n%1").arg(step->output);
    m_step->setPlainText(parts.join(QStringLiteral("\n\n")));
}

bool ReportPage::write(const QString &file, const QByteArray &content)
{
    const auto saved = saveFile(file, content);
    if (!saved)
        tell(saved.error());
    return saved.has_value();
}

void ReportPage::saveHtml(const QString &file)
{
    write(file, reportHtml(m_entries).toUtf8());
}

void ReportPage::saveJson(const QString &file)
{
    write(file, QJsonDocument(reportJson(m_entries)).toJson());
}

void ReportPage::openInBrowser()
{
    const QString directory = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QStringLiteral("/reports");
    QDir().mkpath(directory);
    const QString file =
        directory + QLatin1Char('/') + m_report.plan.runId + QStringLiteral(".html");
    if (write(file, reportHtml(m_entries).toUtf8()))
        QDesktopServices::openUrl(QUrl::fromLocalFile(file));
}

void ReportPage::goBack()
{
    session().goBackFrom(m_report.plan);
    wizard()->restart();
    wizard()->next();
}

void ReportPage::retranslateUi()
{
    setTitle(tr("Verify and report"));
    setSubTitle(tr("The verdict is computed from the cluster as it is after the run. The report is "
                   "made from the run's journal."));
    m_tabs->setAccessibleName(tr("Report"));
    m_tabs->setTabText(0, tr("Before and after"));
    m_tabs->setTabText(1, tr("Steps"));
    m_tabs->setTabText(2, tr("Data moved"));
    m_tabs->setTabText(3, tr("Kept on the hosts"));
    m_keptTable->setAccessibleName(tr("Kept on the hosts"));
    m_movedTable->setAccessibleName(tr("Data moved to the new cluster"));
    m_hostsTable->setAccessibleName(tr("Versions before and after"));
    m_stepsTable->setAccessibleName(tr("Steps of the report"));
    m_step->setAccessibleName(tr("Command and output of the selected step"));
    m_goBack->setText(tr("&Go back with the backup of this run…"));
    m_goBack->setToolTip(tr("Begins a new run that puts the version before this run back. The "
                            "release archive of that version is needed."));
    m_saveHtml->setText(tr("Save as &HTML…"));
    m_saveJson->setText(tr("Save as &JSON…"));
    m_open->setText(tr("&Open in the browser"));
    m_hosts.retranslate();
    m_moved.retranslate();
    m_kept.retranslate();
    m_steps.retranslate();
    showReport();
}

} // namespace kwup
