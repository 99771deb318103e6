#include "app/console/Session.h"
#include "core/base/SaveFile.h"
#include "core/report/Report.h"
#include "core/run/Executor.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSysInfo>

// The verbs that plan, change or show something; Session.cpp holds what comes before them.

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Session)
};

/// Hands the run's events to the output.
class PrintingObserver final : public RunObserver {
public:
    PrintingObserver(Output &output, const Plan &plan)
        : m_output(output)
        , m_plan(plan)
    { }
    void handleEvent(const RunEvent &event) override { m_output.event(event, m_plan); }

private:
    Output &m_output;
    const Plan &m_plan;
};

QString userName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? QDir::home().dirName() : name;
}

} // namespace

ExitCode Session::planVerb(Upgrade &upgrade)
{
    const Result<Plan> planned = plan(upgrade);
    if (!planned)
        return failed(planned.error(), ExitCode::Blocked);
    m_output.plan(*planned);
    if (m_options.output.isEmpty())
        return ExitCode::Ok;
    const bool isShell = m_options.output.endsWith(QStringLiteral(".sh"));
    const QByteArray content =
        isShell ? runbookShell(*planned) : runbookMarkdown(*planned).toUtf8();
    if (const Result<void> written = saveFile(m_options.output, content); !written)
        return failed(written.error(), ExitCode::Usage);
    m_output.line(Text::tr("The runbook is in %1.").arg(m_options.output));
    return ExitCode::Ok;
}

ExitCode Session::runVerb(Upgrade &upgrade)
{
    const Result<Plan> planned = plan(upgrade);
    if (!planned)
        return failed(planned.error(), ExitCode::Blocked);
    m_output.plan(*planned);
    RunStart start;
    start.plan = *planned;
    start.facts = upgrade.facts;
    start.checks = upgrade.checks;
    start.accepted = upgrade.accepted;
    start.operatorName = userName();
    start.computer = QSysInfo::machineHostName();
    start.programVersion = QCoreApplication::applicationVersion();
    const Result<std::unique_ptr<Journal>> journal = m_store.create(start);
    if (!journal)
        return failed(journal.error(), ExitCode::RunFailed);
    return execute(*planned, **journal, upgrade.logins);
}

ExitCode Session::execute(const Plan &plan, Journal &journal, const QList<HostLogin> &logins)
{
    HostPool pool(m_connector, m_prompts, logins);
    PrintingObserver observer(m_output, plan);
    ConsoleDecisions decisions(m_options, m_output);
    Executor executor(plan, journal, pool, decisions, observer);
    executor.setTakeOverLock(m_options.takeOverLock);
    m_interrupt.setHandlers(
        [this, &executor] {
            m_output.line(
                Text::tr("The run stops after this step. Interrupt again to leave now; what "
                         "runs on a host goes on there."));
            executor.stopAfterStep();
        },
        [this] { m_stop.request_stop(); });
    const RunState state = executor.run(m_stop.get_token());
    m_interrupt.setHandlers({}, {});
    m_output.clearProgress();
    writeReportOf(plan.runId);
    switch (state) {
    case RunState::Completed:
        m_output.line(plan.method == Method::Restore ? Text::tr("The old version is back.")
                                                     : Text::tr("The upgrade is complete."));
        return ExitCode::Ok;
    case RunState::Failed:
        if (const auto run = m_store.find(plan.runId); run && run->wentBack) {
            m_output.line(
                Text::tr("The upgrade failed and was taken back: the nodes concerned run version "
                         "%1 again. This run is over; after the cause is removed, begin a new one.")
                    .arg(plan.from.toString()));
            return ExitCode::RunFailed;
        }
        m_output.line(
            Text::tr("The run failed. After the cause is removed: kwdb-upgrade resume --run %1")
                .arg(plan.runId));
        return ExitCode::RunFailed;
    default:
        m_output.line(Text::tr("The run is stopped. Go on with: kwdb-upgrade resume --run %1")
                          .arg(plan.runId));
        return ExitCode::Resumable;
    }
}

void Session::writeReportOf(const QString &runId)
{
    const Result<QList<JournalEntry>> entries = readJournal(m_store.file(runId));
    const QString base = QFileInfo(m_store.file(runId)).dir().filePath(runId);
    const Result<void> written = entries
        ? writeReport(*entries, base + QStringLiteral(".html"), base + QStringLiteral(".json"))
        : Result<void>(entries.error());
    if (!written) {
        m_output.error(written.error());
        return;
    }
    m_output.object(QStringLiteral("report"),
                    {{QStringLiteral("html"), base + QStringLiteral(".html")},
                     {QStringLiteral("json"), base + QStringLiteral(".json")}});
    m_output.line(Text::tr("Report: %1").arg(base + QStringLiteral(".html")));
}

ExitCode Session::resumeVerb()
{
    const Result<RunSummary> found = m_store.find(m_options.runId);
    if (!found)
        return failed(found.error(), ExitCode::Usage);
    if (!found->isResumable()) {
        m_output.run(*found);
        return failed(Error{.code = ErrorCode::RunOver, .args = {found->runId}}, ExitCode::Usage);
    }
    const Result<Plan> plan = m_store.plan(found->runId);
    if (!plan)
        return failed(plan.error(), ExitCode::Usage);
    QList<HostSpec> hosts = plan->hosts;
    if (!m_options.profile.isEmpty()) {
        // The profile may know newer ways to log in than the run began with.
        const Result<Profile> profile = loadProfile(m_options.profile);
        if (!profile)
            return failed(profile.error(), ExitCode::Usage);
        for (HostSpec &host : hosts) {
            for (const HostSpec &known : profile->hosts)
                host = known.id() == host.id() ? known : host;
        }
    }
    Result<QList<HostLogin>> logins = withKnownSecrets(hosts);
    if (!logins)
        return failed(logins.error(), ExitCode::Usage);
    if (const auto code = login(*logins))
        return *code;
    const Result<std::unique_ptr<Journal>> journal = m_store.open(found->runId);
    if (!journal)
        return failed(journal.error(), ExitCode::RunFailed);
    m_output.run(*found);
    return execute(*plan, **journal, *logins);
}

ExitCode Session::statusVerb()
{
    if (!m_options.runId.isEmpty()) {
        const Result<RunSummary> found = m_store.find(m_options.runId);
        if (!found)
            return failed(found.error(), ExitCode::Usage);
        m_output.run(*found);
        return ExitCode::Ok;
    }
    const QList<RunSummary> runs = m_store.list();
    if (runs.isEmpty())
        m_output.line(Text::tr("There are no runs yet."));
    for (const RunSummary &run : runs)
        m_output.run(run);
    return ExitCode::Ok;
}

ExitCode Session::reportVerb()
{
    QString runId = m_options.runId;
    if (runId.isEmpty()) {
        const QList<RunSummary> runs = m_store.list();
        if (runs.isEmpty())
            return failed(Error{.code = ErrorCode::NoRuns}, ExitCode::Usage);
        runId = runs.first().runId;
    }
    const Result<QList<JournalEntry>> entries = readJournal(m_store.file(runId));
    if (!entries)
        return failed(entries.error(), ExitCode::Usage);
    if (m_options.output.isEmpty()) {
        writeReportOf(runId);
        return ExitCode::Ok;
    }
    const Result<void> written = writeReport(*entries, m_options.output + QStringLiteral(".html"),
                                             m_options.output + QStringLiteral(".json"));
    if (!written)
        return failed(written.error(), ExitCode::Usage);
    m_output.line(Text::tr("Report: %1").arg(m_options.output + QStringLiteral(".html")));
    return ExitCode::Ok;
}

} // namespace kwup
