#include "ui/pages/StartPage.h"

#include "ui/widgets/Views.h"
#include "ui/wizard/Language.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
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
    , m_back(new QRadioButton(this))
    , m_backTo(new QRadioButton(this))
    , m_directoryLabel(new QLabel(this))
    , m_directory(new QLineEdit(this))
    , m_runsLabel(new QLabel(this))
    , m_table(makeTable(&m_model, QStringLiteral("runsTable"), this))
    , m_profile(new QPushButton(this))
    , m_demo(makeText(this))
    , m_languageLabel(new QLabel(this))
    , m_languages(new QComboBox(this))
    , m_worker(this)
{
    build();
    connectChoices();
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

void StartPage::connectChoices()
{
    connect(m_new, &QRadioButton::clicked, this, [this] { choose(Intent::NewUpgrade); });
    connect(m_resume, &QRadioButton::clicked, this, [this] { choose(Intent::ResumeRun); });
    connect(m_report, &QRadioButton::clicked, this, [this] { choose(Intent::OpenReport); });
    // Going back is a new run of its own; what it goes back to is taken when the page is left.
    for (QRadioButton *button : {m_back, m_backTo})
        connect(button, &QRadioButton::clicked, this, [this] { choose(Intent::NewUpgrade); });
    connect(m_directory, &QLineEdit::textChanged, this, &QWizardPage::completeChanged);
}

void StartPage::build()
{
    m_new->setObjectName(QStringLiteral("newRadio"));
    m_resume->setObjectName(QStringLiteral("resumeRadio"));
    m_report->setObjectName(QStringLiteral("reportRadio"));
    m_back->setObjectName(QStringLiteral("goBackRadio"));
    m_backTo->setObjectName(QStringLiteral("goBackToRadio"));
    m_directory->setObjectName(QStringLiteral("copyDirectoryEdit"));
    m_directoryLabel->setBuddy(m_directory);
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
    column->addWidget(m_back);
    column->addWidget(m_backTo);
    auto *directoryRow = new QHBoxLayout;
    directoryRow->addSpacing(fontMetrics().averageCharWidth() * 4);
    directoryRow->addWidget(m_directoryLabel);
    directoryRow->addWidget(m_directory, 1);
    column->addLayout(directoryRow);
    column->addWidget(m_runsLabel);
    column->addWidget(m_table, 1);
    column->addStretch(0); // takes the room of the table while it is hidden
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
    m_back->setEnabled(false);
    showRuns();
}

void StartPage::initializePage()
{
    // Another page may have begun a new run from a report.
    if (session().intent() == Intent::NewUpgrade)
        showChoice();
    loadRuns();
}

/// What the session is about to do, as the choice that leads there.
void StartPage::showChoice()
{
    m_backRun = session().options().text(option::BackupRun);
    m_directory->setText(session().options().text(option::BackupPath));
    if (!session().isGoingBack())
        m_new->setChecked(true);
    else if (m_backRun.isEmpty())
        m_backTo->setChecked(true);
    else
        m_back->setChecked(true);
    showRuns();
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
    m_back->setEnabled(m_back->isChecked()
                       || std::ranges::any_of(runs, &RunSummary::canBeRestored));
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
    m_backRun.clear();
    showRuns();
    if (m_model.rowCount() > 0)
        m_table->selectRow(0);
    takeRun();
    if (m_backTo->isChecked())
        m_directory->setFocus();
}

void StartPage::showRuns()
{
    QList<RunSummary> shown;
    for (const RunSummary &run : m_runs) {
        if (m_report->isChecked() || (m_resume->isChecked() && run.isResumable())
            || (m_back->isChecked() && (run.canBeRestored() || run.runId == m_backRun)))
            shown.append(run);
    }
    m_model.setRuns(shown);
    fitColumns(m_table);
    const bool isOfRuns = !m_new->isChecked() && !m_backTo->isChecked();
    m_table->setVisible(isOfRuns);
    m_runsLabel->setVisible(isOfRuns);
    m_directoryLabel->setVisible(m_backTo->isChecked());
    m_directory->setVisible(m_backTo->isChecked());
    if (m_back->isChecked() && !m_backRun.isEmpty())
        m_table->selectRow(m_model.rowOf(m_backRun));
    emit completeChanged();
}

void StartPage::takeRun()
{
    if (m_new->isChecked() || m_backTo->isChecked())
        return;
    const RunSummary *run = m_model.runAt(currentRow(m_table));
    if (m_back->isChecked()) {
        if (run)
            m_backRun = run->runId;
        emit completeChanged();
        return;
    }
    session().setIntent(session().intent(), run ? run->runId : QString());
}

bool StartPage::isComplete() const
{
    if (m_back->isChecked())
        return !m_backRun.isEmpty();
    if (m_backTo->isChecked())
        return m_directory->text().trimmed().startsWith(u'/');
    return session().intentIsClear();
}

bool StartPage::beginGoingBack()
{
    const MethodOptions &options = session().options();
    if (m_backTo->isChecked()) {
        const QString directory = m_directory->text().trimmed();
        if (!session().isGoingBack() || options.text(option::BackupPath) != directory)
            session().goBackTo(directory);
        return true;
    }
    if (session().isGoingBack() && options.text(option::BackupRun) == m_backRun)
        return true; // hosts and archive may have been entered since
    const auto plan = m_engine.planOf(m_backRun); // a small local file
    if (plan)
        session().goBackFrom(*plan);
    else
        tell(plan.error());
    return plan.has_value();
}

bool StartPage::validatePage()
{
    if (m_back->isChecked() || m_backTo->isChecked())
        return beginGoingBack();
    if (m_new->isChecked() && session().isGoingBack())
        session().forgetGoingBack();
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
    session().setIntent(Intent::NewUpgrade, {});
    showChoice();
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
    m_back->setText(tr("Go &back to the version before an earlier run"));
    m_backTo->setText(tr("Go back with a backup in a &directory on the hosts"));
    m_directoryLabel->setText(tr("Directory of the cold &copy"));
    m_directory->setPlaceholderText(QStringLiteral("/var/backups/…"));
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
