#include "ui/pages/StartPage.h"

#include "ui/widgets/Views.h"
#include "ui/wizard/Language.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace kwup {

using Intent = UpgradeSession::Intent;

StartPage::StartPage(UpgradeSession &session, Engine &engine, Language &language)
    : WizardPage(session)
    , m_engine(engine)
    , m_language(language)
    , m_new(new QRadioButton(this))
    , m_resume(new QRadioButton(this))
    , m_report(new QRadioButton(this))
    , m_runsLabel(new QLabel(this))
    , m_table(makeTable(&m_model, QStringLiteral("runsTable"), this))
    , m_profile(new QPushButton(this))
    , m_demo(makeText(this))
    , m_languageLabel(new QLabel(this))
    , m_languages(new QComboBox(this))
    , m_worker(this)
{
    build();
    connect(m_new, &QRadioButton::clicked, this, [this] { choose(Intent::NewUpgrade); });
    connect(m_resume, &QRadioButton::clicked, this, [this] { choose(Intent::ResumeRun); });
    connect(m_report, &QRadioButton::clicked, this, [this] { choose(Intent::OpenReport); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &StartPage::takeRun);
    connect(m_profile, &QPushButton::clicked, this, [this] {
        chooseFile(tr("Open a profile"), tr("Profiles (*.yaml *.yml);;All files (*)"),
                   [this](const QString &file) { openProfile(file); });
    });
    connect(m_languages, &QComboBox::activated, this,
            [this](int row) { m_language.use(Language::codes().at(row)); });
    connect(&m_language, &Language::changed, this, [this] {
        m_languages->setCurrentIndex(
            static_cast<int>(Language::codes().indexOf(m_language.current())));
    });
    connect(&session, &UpgradeSession::intentChanged, this, &QWizardPage::completeChanged);
    retranslateUi();
}

void StartPage::build()
{
    m_new->setObjectName(QStringLiteral("newRadio"));
    m_resume->setObjectName(QStringLiteral("resumeRadio"));
    m_report->setObjectName(QStringLiteral("reportRadio"));
    m_profile->setObjectName(QStringLiteral("profileButton"));
    m_languages->setObjectName(QStringLiteral("languageCombo"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_new);
    auto *profileRow = new QHBoxLayout;
    profileRow->addSpacing(fontMetrics().averageCharWidth() * 4);
    profileRow->addWidget(m_profile);
    profileRow->addStretch(1);
    column->addLayout(profileRow);
    column->addWidget(m_resume);
    column->addWidget(m_report);
    column->addWidget(m_runsLabel);
    column->addWidget(m_table, 1);
    column->addWidget(m_demo);
    auto *languageRow = new QHBoxLayout;
    languageRow->addWidget(m_languageLabel);
    languageRow->addWidget(m_languages);
    languageRow->addStretch(1);
    column->addLayout(languageRow);
    m_runsLabel->setBuddy(m_table);
    m_languageLabel->setBuddy(m_languages);
    for (const QString &code : Language::codes())
        m_languages->addItem(Language::nativeName(code), code);
    m_languages->setCurrentIndex(
        static_cast<int>(qMax<qsizetype>(0, Language::codes().indexOf(m_language.current()))));
    m_new->setChecked(true);
    m_resume->setEnabled(false); // until the runs have been read
    m_report->setEnabled(false);
    showRuns();
}

void StartPage::initializePage()
{
    // Another page may have begun a new upgrade from a report.
    if (session().intent() == Intent::NewUpgrade)
        m_new->setChecked(true);
    loadRuns();
}

void StartPage::loadRuns()
{
    m_worker.start([this](std::stop_token, const Worker::Post &) { return m_engine.runs(); },
                   [this](const QList<RunSummary> &runs) { takeRuns(runs); });
}

void StartPage::takeRuns(const QList<RunSummary> &runs)
{
    m_runs = runs;
    const bool resumable = std::any_of(runs.begin(), runs.end(),
                                       [](const RunSummary &run) { return run.isResumable(); });
    m_resume->setEnabled(resumable);
    m_report->setEnabled(!runs.isEmpty());
    if (m_preferResume && resumable) {
        m_resume->setChecked(true);
        choose(Intent::ResumeRun);
    }
    m_preferResume = false;
    showRuns();
}

void StartPage::choose(Intent intent)
{
    session().setIntent(intent, {});
    showRuns();
    if (intent != Intent::NewUpgrade && m_model.rowCount() > 0)
        m_table->selectRow(0);
    takeRun();
}

void StartPage::showRuns()
{
    QList<RunSummary> shown;
    for (const RunSummary &run : m_runs) {
        if (m_report->isChecked() || (m_resume->isChecked() && run.isResumable()))
            shown.append(run);
    }
    m_model.setRuns(shown);
    fitColumns(m_table);
    m_table->setVisible(!m_new->isChecked());
    m_runsLabel->setVisible(!m_new->isChecked());
}

void StartPage::takeRun()
{
    if (m_new->isChecked())
        return;
    const RunSummary *run = m_model.runAt(currentRow(m_table));
    session().setIntent(session().intent(), run ? run->runId : QString());
}

bool StartPage::isComplete() const
{
    return session().intentIsClear();
}

bool StartPage::validatePage()
{
    if (session().intent() != Intent::ResumeRun)
        return true;
    const auto plan = m_engine.planOf(session().runId()); // a small local file
    if (plan)
        session().adoptPlan(*plan);
    else
        tell(plan.error());
    return plan.has_value();
}

void StartPage::openProfile(const QString &file)
{
    const auto profile = loadProfile(file);
    if (!profile) {
        tell(profile.error());
        return;
    }
    session().applyProfile(*profile);
    m_new->setChecked(true);
    choose(Intent::NewUpgrade);
}

void StartPage::retranslateUi()
{
    setTitle(tr("Start"));
    setSubTitle(
        tr("Upgrade a KWDB database over SSH, one node at a time. Nothing is changed on any "
           "host before the upgrade is started on the page Plan."));
    m_new->setText(tr("&New upgrade"));
    m_resume->setText(tr("&Resume an unfinished run"));
    m_report->setText(tr("&Open the report of an earlier run"));
    m_runsLabel->setText(tr("R&uns on this computer"));
    m_table->setAccessibleName(tr("Runs on this computer"));
    m_profile->setText(tr("Open a &profile…"));
    m_demo->setText(
        tr("To try it without servers, run ./app/demo in the source folder: it starts a "
           "demo cluster of three hosts on this computer and opens this window on it."));
    m_languageLabel->setText(tr("&Language"));
    m_model.retranslate();
}

} // namespace kwup
