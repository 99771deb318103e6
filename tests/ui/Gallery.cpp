#include "core/plan/Plan.h"
#include "tests/support/FactsBuilder.h"
#include "tests/ui/DarkPalette.h"
#include "tests/ui/FakeEngine.h"
#include "ui/wizard/Language.h"
#include "ui/wizard/UpgradeWizard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTest>

// A tool, not a test: walks through the wizard on a fake engine and saves a picture of each page.

using namespace kwup;
using namespace kwup::test;

namespace {

Decision failure(const PlanStep &step)
{
    Decision decision;
    decision.stepId = step.id;
    decision.host = step.host;
    decision.error = {ErrorCode::StartFailed,
                      step.host,
                      {},
                      "Job for kaiwudb.service failed because the control process exited with "
                      "error code.\n",
                      QStringLiteral("systemctl start kaiwudb"),
                      1};
    decision.condition.host = step.host;
    decision.condition.service.activeState = QStringLiteral("failed");
    decision.condition.service.subState = QStringLiteral("failed");
    decision.condition.versionFile = QStringLiteral("2.2.1");
    decision.condition.binaryVersion = QStringLiteral("V2.2.1");
    decision.condition.lastLog = QStringLiteral("kwbase: cannot open store\n");
    decision.choices = {Choice::Retry, Choice::StopHere};
    return decision;
}

void addFailure(QList<RunEvent> &events, const Plan &plan)
{
    for (qsizetype i = 0; i < events.size(); ++i) {
        const PlanStep *step = plan.step(events.at(i).stepId);
        if (!step || step->kind != StepKind::Start
            || events.at(i).kind != RunEvent::Kind::StepFinished)
            continue;
        RunEvent failed = events.at(i);
        failed.kind = RunEvent::Kind::StepFailed;
        failed.error = failure(*step).error;
        RunEvent decision = failed;
        decision.kind = RunEvent::Kind::DecisionNeeded;
        decision.decision = failure(*step);
        RunEvent state = failed;
        state.stepId.clear();
        state.kind = RunEvent::Kind::RunStateChanged;
        state.runState = RunState::Deciding;
        events = events.mid(0, i);
        events << failed << state << decision;
        return;
    }
}

class Tour {
public:
    Tour(FakeEngine &engine, UpgradeSession &session, UpgradeWizard &wizard, const QString &prefix)
        : m_engine(engine)
        , m_session(session)
        , m_wizard(wizard)
        , m_prefix(prefix)
    { }

    void run()
    {
        shoot("1-start");
        m_session.setHosts({agentHost(QStringLiteral("10.0.0.1")),
                            agentHost(QStringLiteral("10.0.0.2")),
                            agentHost(QStringLiteral("10.0.0.3"))});
        next("2-hosts");
        next("3-discover");
        m_session.setPackageFile(QStringLiteral("/srv/releases/KWDB-2.2.1-debian-x86_64.tar.gz"));
        next("4-package");
        next("5-checks");
        acceptAll();
        next("6-backup");
        BackupChoice choice;
        choice.kind = BackupChoice::Kind::ColdCopy;
        choice.directory = QStringLiteral("/var/backups/kwdb");
        m_session.setBackup(choice);
        next("7-plan");
        if (!m_session.plan())
            return;
        QList<RunEvent> events = successfulRun(*m_session.plan());
        addFailure(events, *m_session.plan());
        m_engine.runEvents = events;
        m_engine.journal = journalOf(*m_session.plan(), m_engine.facts);
        next("8-upgrade");
        QTest::qWait(1500);
        shoot("8-upgrade");
        if (auto *button = m_wizard.findChild<QAbstractButton *>(QStringLiteral("stop-hereButton")))
            button->click();
        QTest::qWait(500);
        next("9-report");
    }

private:
    void acceptAll()
    {
        const auto checks = m_session.checks();
        for (const CheckResult &check : checks)
            m_session.acceptWarning(check, QStringLiteral("Known and agreed"));
    }

    void next(const char *name)
    {
        m_wizard.next();
        QTest::qWait(400);
        shoot(name);
    }

    void shoot(const char *name)
    {
        QTest::qWait(200);
        m_wizard.grab().save(m_prefix + QLatin1String(name) + QStringLiteral(".png"));
    }

    FakeEngine &m_engine;
    UpgradeSession &m_session;
    UpgradeWizard &m_wizard;
    QString m_prefix;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("dark"), QStringLiteral("dark palette")});
    parser.addOption({QStringLiteral("language"), QStringLiteral("en or zh_CN"),
                      QStringLiteral("code"), QStringLiteral("en")});
    parser.addOption({QStringLiteral("out"), QStringLiteral("folder"), QStringLiteral("folder"),
                      QStringLiteral(".")});
    parser.process(app);
    if (parser.isSet(QStringLiteral("dark")))
        QApplication::setPalette(darkPalette());
    Language language;
    language.use(parser.value(QStringLiteral("language")));
    FakeEngine engine;
    UpgradeSession session;
    Controllers controllers(engine, session);
    UpgradeWizard wizard(controllers, session, language);
    wizard.resize(1280, 800);
    wizard.show();
    QDir().mkpath(parser.value(QStringLiteral("out")));
    Tour(engine, session, wizard, parser.value(QStringLiteral("out")) + QLatin1Char('/')).run();
    return 0;
}
