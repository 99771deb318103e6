#include "ui/wizard/UpgradeWizard.h"

#include "ui/pages/BackupPage.h"
#include "ui/pages/ChecksPage.h"
#include "ui/pages/DiscoverPage.h"
#include "ui/pages/HostsPage.h"
#include "ui/pages/PackagePage.h"
#include "ui/pages/PlanPage.h"
#include "ui/pages/ReportPage.h"
#include "ui/pages/StartPage.h"
#include "ui/pages/UpgradePage.h"
#include "ui/widgets/FingerprintDialog.h"
#include "ui/widgets/PageList.h"
#include "ui/widgets/QuestionDialog.h"
#include "ui/wizard/Language.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

namespace kwup {

UpgradeWizard::UpgradeWizard(Controllers &controllers, UpgradeSession &session, Language &language,
                             QWidget *parent)
    : QWizard(parent)
    , m_parts(controllers)
    , m_session(session)
    , m_start(new StartPage(session, controllers.engine, language))
    , m_pageList(new PageList)
    , m_fingerprints(new FingerprintDialog(this))
{
    // The default style on Windows ignores the palette.
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setOption(QWizard::NoCancelButtonOnLastPage);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    setWindowFlag(Qt::WindowContextHelpButtonHint, false);
    setSizeGripEnabled(true);
    setSideWidget(m_pageList);
    addPages();
    connectPrompts();
    connect(this, &QWizard::currentIdChanged, this, &UpgradeWizard::showPageList);
    retranslateUi();
    resize(sizeHint());
}

void UpgradeWizard::addPages()
{
    setPage(Start, m_start);
    setPage(Hosts, new HostsPage(m_session, m_parts.discovery));
    setPage(Discover, new DiscoverPage(m_session, m_parts.discovery));
    setPage(Package, new PackagePage(m_session, m_parts.packages));
    setPage(Checks, new ChecksPage(m_session, m_parts.checks, m_parts.checksMonitor));
    setPage(Backup, new BackupPage(m_session));
    setPage(Plan, new PlanPage(m_session));
    setPage(Upgrade, new UpgradePage(m_session, m_parts.run, m_parts.runMonitor));
    setPage(Report, new ReportPage(m_session, m_parts.engine));
    setStartId(Start);
}

int UpgradeWizard::nextId() const
{
    using Intent = UpgradeSession::Intent;
    switch (currentId()) {
    case Start:
        return m_session.intent() == Intent::OpenReport ? Report : Hosts;
    case Hosts:
        return m_session.intent() == Intent::ResumeRun ? Upgrade : Discover;
    case Report:
        return -1;
    default:
        return currentId() + 1;
    }
}

void UpgradeWizard::connectPrompts()
{
    connect(&m_parts.prompts, &PromptBroker::keyAsked, this,
            [this](int id, const ConnectPrompts::UnknownKey &key) {
                m_fingerprints->addKey(id, key);
                m_fingerprints->open();
            });
    connect(&m_parts.prompts, &PromptBroker::withdrawn, m_fingerprints,
            &FingerprintDialog::withdraw);
    connect(m_fingerprints, &FingerprintDialog::answered, &m_parts.prompts,
            &PromptBroker::answerKey);
    connect(&m_parts.prompts, &PromptBroker::questionsAsked, this,
            [this](int id, const QString &host, const QString &title,
                   const QList<ConnectPrompts::Question> &questions) {
                auto *dialog = new QuestionDialog(host, title, questions, this);
                connect(dialog, &QuestionDialog::answered, &m_parts.prompts,
                        [this, id](const QList<Secret> &answers) {
                            m_parts.prompts.answerQuestions(id, answers);
                        });
                connect(&m_parts.prompts, &PromptBroker::withdrawn, dialog,
                        [dialog, id](int withdrawn) {
                            if (withdrawn == id)
                                dialog->close();
                        });
                dialog->open();
            });
}

QSize UpgradeWizard::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    const QSize wanted(metrics.averageCharWidth() * 190, metrics.lineSpacing() * 50);
    const QScreen *on = screen();
    return on ? wanted.boundedTo(on->availableSize() * 0.95) : wanted;
}

void UpgradeWizard::reject()
{
    if (m_parts.run.isRunning())
        askBeforeClosing();
    else
        QWizard::reject();
}

void UpgradeWizard::closeEvent(QCloseEvent *event)
{
    if (m_parts.run.isRunning()) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    QWizard::closeEvent(event);
}

void UpgradeWizard::askBeforeClosing()
{
    if (m_closing || findChild<QMessageBox *>(QStringLiteral("closeQuestion")))
        return;
    auto *box = new QMessageBox(QMessageBox::Question, tr("An upgrade is running"),
                                tr("What is to happen to the running upgrade?"),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("The command that runs on a host goes on there even when this window is closed. The "
           "nodes that have not been upgraded stay as they are, and the run can be resumed later "
           "on the page Start."));
    QPushButton *stay = box->addButton(tr("&Keep the window open"), QMessageBox::RejectRole);
    QPushButton *stop =
        box->addButton(tr("&Stop after this step, then close"), QMessageBox::ActionRole);
    QPushButton *close = box->addButton(tr("&Close now"), QMessageBox::DestructiveRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(stop, &QPushButton::clicked, this, [this] {
        m_parts.run.stopAfterStep();
        closeWhenRunEnds();
    });
    connect(close, &QPushButton::clicked, this, [this] {
        m_parts.run.detach();
        closeWhenRunEnds();
    });
    box->open();
}

void UpgradeWizard::closeWhenRunEnds()
{
    m_closing = true;
    if (!m_parts.run.isRunning()) {
        QWizard::reject();
        return;
    }
    connect(&m_parts.run, &RunController::finished, this, [this] { QWizard::reject(); });
}

void UpgradeWizard::changeEvent(QEvent *event)
{
    QWizard::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void UpgradeWizard::showPageList()
{
    QStringList titles;
    for (const int id : pageIds())
        titles << page(id)->title();
    m_pageList->setPages(titles, currentId());
}

void UpgradeWizard::retranslateUi()
{
    setWindowTitle(tr("KWDB Upgrade Wizard"));
    setButtonText(QWizard::BackButton, tr("< &Back"));
    setButtonText(QWizard::NextButton, tr("&Next >"));
    setButtonText(QWizard::CancelButton, tr("Close"));
    setButtonText(QWizard::FinishButton, tr("&Finish"));
    m_pageList->setAccessibleName(tr("Pages of the wizard"));
    // The pages may get their event after this one: read their titles when all have it.
    QMetaObject::invokeMethod(this, &UpgradeWizard::showPageList, Qt::QueuedConnection);
}

} // namespace kwup
