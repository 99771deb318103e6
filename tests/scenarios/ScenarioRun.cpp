#include "tests/scenarios/ScenarioRun.h"

#include "core/discover/DiscoverHosts.h"
#include "core/plan/ChosenPackage.h"
#include "core/run/RemoteHosts.h"
#include "core/run/RestorePoints.h"
#include "core/ssh/SshLibrary.h"

#include <QTest>

#include <algorithm>
#include <cstdio>

namespace kwup::test {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// A run that hangs is a failure, not a test that never ends.
constexpr auto RunLimit = 400s;

milliseconds scaled(milliseconds time, double scale)
{
    return milliseconds(static_cast<qint64>(static_cast<double>(time.count()) * scale));
}

SshConfig configOf(const QString &knownHosts, const QString &directory)
{
    SshConfig config;
    config.userKnownHostsFile = knownHosts;
    config.ownKnownHostsFile = directory + QStringLiteral("/known_hosts");
    config.connectTimeout = 15s;
    config.keepalive = 1s;
    return config;
}

QString lineOf(const RunEvent &event)
{
    const QString step =
        event.attempt > 1 ? event.stepId + u'#' + QString::number(event.attempt) : event.stepId;
    switch (event.kind) {
    case RunEvent::Kind::RunStateChanged:
        return QStringLiteral("state ") + toString(event.runState);
    case RunEvent::Kind::StepStarted:
        return QStringLiteral("start ") + step;
    case RunEvent::Kind::StepFinished:
        return (event.stepState == StepState::Skipped ? QStringLiteral("skip ")
                                                      : QStringLiteral("done "))
            + step;
    case RunEvent::Kind::StepFailed:
        return QStringLiteral("fail %1 %2").arg(step, errorCodeName(event.error.code));
    case RunEvent::Kind::DecisionNeeded: {
        QStringList words{QStringLiteral("ask"), toString(event.decision.kind)};
        for (const auto choice : event.decision.choices)
            words.append(toString(choice));
        return words.join(u' ');
    }
    case RunEvent::Kind::DecisionTaken:
        return QStringLiteral("decide ") + toString(event.choice);
    case RunEvent::Kind::Note:
        return QStringLiteral("note %1 %2")
            .arg(errorCodeName(event.error.code), event.error.host)
            .trimmed();
    case RunEvent::Kind::StageStarted:
    case RunEvent::Kind::StepProgress:
    case RunEvent::Kind::StepOutput:
    case RunEvent::Kind::GateProgressed:
        break;
    }
    return {};
}

/// Of a wizard in a process of its own: prints the log, decides nothing.
class Frontend final : public RunObserver, public DecisionMaker, public ConnectPrompts {
public:
    void handleEvent(const RunEvent &event) override
    {
        const QString line = lineOf(event);
        if (!line.isEmpty())
            std::puts(qPrintable(line));
        std::fflush(stdout);
    }
    Choice decide(const Decision & /*decision*/, std::stop_token /*stop*/) override
    {
        return Choice::StopHere;
    }
    bool trustHostKey(const UnknownKey & /*key*/, std::stop_token /*stop*/) override
    {
        return false;
    }
    QList<Secret> answer(const QString & /*host*/, const QString & /*title*/,
                         const QList<Question> & /*questions*/, std::stop_token /*stop*/) override
    {
        return {};
    }
};

} // namespace

Timeouts shortTimeouts(double scale)
{
    const Timeouts real;
    Timeouts timeouts;
    timeouts.drainWait = scaled(real.drainWait, scale) + 500ms;
    timeouts.stopLimit = scaled(real.stopLimit, scale) + 2s;
    timeouts.activeFor = scaled(real.activeFor, scale);
    timeouts.gateSettle = scaled(real.gateSettle, scale);
    timeouts.gateInterval = 100ms;
    timeouts.gateLimit = 25s;
    timeouts.reconnectPause = 100ms;
    timeouts.reconnectLimit = 15s;
    return timeouts;
}

ScenarioRun::ScenarioRun(DemoCluster &cluster, const QString &storeDirectory)
    : logins(cluster.logins())
    , archive(cluster.archive())
    , timeouts(shortTimeouts(cluster.timeScale()))
    , knownHosts(cluster.knownHosts())
    , m_cluster(cluster)
    , m_storeDirectory(storeDirectory.isEmpty() ? m_directory.path() : storeDirectory)
    , m_store(m_storeDirectory)
{
    m_clock.start();
    backup.kind = BackupChoice::Kind::Refused;
    backup.reason = QStringLiteral("there is no data in a test");
}

ScenarioRun::~ScenarioRun() = default;

QStringList ScenarioRun::prepare()
{
    QStringList problems = discover();
    if (problems.isEmpty())
        problems = inspect();
    if (problems.isEmpty())
        problems = check();
    if (!problems.isEmpty())
        return problems;
    if (nodeOrder.isEmpty()) {
        for (const auto &login : std::as_const(logins))
            nodeOrder.append(login.spec.id());
    }
    PlanInput input{m_facts,   chosenMethod(), m_package, backup,
                    nodeOrder, newRunId(),     timeouts,  options};
    input.oldPackage = m_oldPackage;
    input.restorePoint = restorePoint();
    const auto plan = buildPlan(input);
    if (!plan)
        return {QStringLiteral("plan ") + errorCodeName(plan.error().code)};
    m_plan = *plan;
    RunStart start;
    start.plan = m_plan;
    start.facts = m_facts;
    start.checks = m_checks;
    start.operatorName = QStringLiteral("tester");
    start.computer = QStringLiteral("bench");
    const auto journal = m_store.create(start);
    if (!journal)
        return {QStringLiteral("journal ") + errorCodeName(journal.error().code)};
    m_isPrepared = true;
    return {};
}

Method ScenarioRun::chosenMethod() const
{
    return method.value_or(methodToCheck(adviseMethod(m_facts, m_package), m_facts));
}

std::optional<RestorePoint> ScenarioRun::restorePoint() const
{
    if (chosenMethod() != Method::Restore)
        return std::nullopt;
    QList<HostSpec> hosts;
    for (const auto &login : logins)
        hosts.append(login.spec);
    return restorePointOf(m_store, options, hosts);
}

void ScenarioRun::openPool()
{
    m_pool.reset();
    m_connector = std::make_unique<SshConnector>(configOf(knownHosts, m_directory.path()));
    m_pool = std::make_unique<HostPool>(*m_connector, static_cast<ConnectPrompts &>(*this), logins);
}

QStringList ScenarioRun::discover()
{
    openPool();
    m_facts = discoverHosts(*m_pool, true, [](const HostFacts &) {}, {});
    QStringList problems;
    for (const auto &host : std::as_const(m_facts.hosts)) {
        if (!host.isReachable()) {
            problems.append(m_cluster.named(
                QStringLiteral("host %1 %2").arg(host.host.id(), errorCodeName(host.error.code))));
            m_errors.append(host.error);
        }
    }
    for (const auto &problem : std::as_const(m_facts.listProblems)) {
        problems.append(QStringLiteral("list ") + errorCodeName(problem.code));
        m_errors.append(problem);
    }
    return problems;
}

QStringList ScenarioRun::inspect()
{
    std::optional<PackageInfo> read;
    Error error;
    if (!archive.isEmpty()) {
        const auto package = inspectPackage(archive, [](qint64, qint64) {}, {});
        if (package)
            read = *package;
        else
            error = package.error();
    }
    const auto package = chosenPackage(read, options);
    if (!package)
        error = package.error();
    if (error.code != ErrorCode::None || !*package) {
        m_errors.append(error);
        return {QStringLiteral("package ") + errorCodeName(error.code)};
    }
    m_package = **package;
    if (oldArchive.isEmpty())
        return {};
    const auto old = inspectPackage(oldArchive, [](qint64, qint64) {}, {});
    if (!old) {
        m_errors.append(old.error());
        return {QStringLiteral("package ") + errorCodeName(old.error().code)};
    }
    m_oldPackage = *old;
    return {};
}

QStringList ScenarioRun::check()
{
    m_checks = runChecks({m_facts, chosenMethod(), m_package,
                          backup.kind == BackupChoice::Kind::ColdCopy, options, restorePoint()});
    QStringList problems;
    for (const auto &result : std::as_const(m_checks)) {
        const bool isInTheWay = result.status == CheckStatus::Blocked
            || (result.status == CheckStatus::Warning && !acceptsWarnings);
        if (isInTheWay) {
            problems.append(m_cluster.named(
                QStringLiteral("blocked %1 %2").arg(result.id, result.host).trimmed()));
        }
    }
    return problems;
}

QString ScenarioRun::run()
{
    if (!m_isPrepared)
        return toString(RunState::Failed);
    return resume();
}

QString ScenarioRun::resume()
{
    const auto plan = m_store.plan(m_plan.runId);
    auto journal = m_store.open(m_plan.runId);
    if (!plan || !journal)
        return toString(RunState::Failed);
    openPool();
    return execute(std::move(*journal), *plan);
}

QString ScenarioRun::execute(std::unique_ptr<Journal> journal, const Plan &plan)
{
    Executor executor(plan, *journal, *m_pool, *this, *this, timeouts);
    executor.setTakeOverLock(takesOverLock);
    m_executor = &executor;
    std::stop_source stop;
    const std::jthread watchdog([&stop](const std::stop_token &done) {
        if (interruptibleWait(RunLimit, done)) {
            qWarning("The run takes too long and is stopped.");
            stop.request_stop();
        }
    });
    const RunState state = executor.run(stop.get_token());
    m_executor = nullptr;
    m_threads.clear(); // joins
    return toString(state);
}

QStringList ScenarioRun::processWords() const
{
    return {QStringLiteral("--wizard"), m_storeDirectory, m_plan.runId, knownHosts,
            QString::number(m_cluster.timeScale())};
}

std::optional<int> ScenarioRun::runAsProcess(const QStringList &arguments)
{
    if (arguments.size() != 6 || arguments[1] != QStringLiteral("--wizard"))
        return std::nullopt;
    const SshLibrary library;
    const RunStore store(arguments[2]);
    const auto plan = store.plan(arguments[3]);
    const auto journal = store.open(arguments[3]);
    if (!plan || !journal)
        return 2;
    QList<HostLogin> logins;
    for (const auto &spec : plan->hosts)
        logins.append({spec, {}});
    Frontend frontend;
    SshConnector connector(configOf(arguments[4], arguments[2]));
    HostPool pool(connector, frontend, logins);
    Executor executor(*plan, **journal, pool, frontend, frontend,
                      shortTimeouts(arguments[5].toDouble()));
    return executor.run({}) == RunState::Completed ? 0 : 1;
}

void ScenarioRun::answer(Choice choice, std::function<void()> before)
{
    m_answers.push_back({choice, std::move(before)});
}

void ScenarioRun::when(const QString &line, std::function<void()> action)
{
    m_actions.push_back({line, std::move(action), false});
}

void ScenarioRun::meanwhile(const QString &line, std::function<void()> action)
{
    m_actions.push_back({line, std::move(action), true});
}

QStringList ScenarioRun::lines(const QStringList &words) const
{
    QStringList found;
    for (const auto &line : m_log) {
        if (words.contains(line.section(u' ', 0, 0)))
            found.append(line);
    }
    return found;
}

QStringList ScenarioRun::trouble() const
{
    QStringList found =
        lines({QStringLiteral("fail"), QStringLiteral("ask"), QStringLiteral("decide")});
    const QStringList states = lines({QStringLiteral("state")});
    if (!states.isEmpty())
        found.append(states.last());
    return found;
}

QList<JournalEntry> ScenarioRun::journal() const
{
    return readJournal(m_store.file(m_plan.runId)).value_or({});
}

QList<JournalEntry> ScenarioRun::journal(const QString &kind) const
{
    QList<JournalEntry> found = journal();
    found.removeIf([&kind](const JournalEntry &entry) { return entry.kind != kind; });
    return found;
}

void ScenarioRun::handleEvent(const RunEvent &event)
{
    if (event.error.code != ErrorCode::None && event.kind != RunEvent::Kind::DecisionNeeded
        && event.kind != RunEvent::Kind::DecisionTaken)
        m_errors.append(event.error);
    if (event.kind == RunEvent::Kind::StepFailed)
        qInfo("%s\n%s", qPrintable(describe(event.error)), event.error.evidence.constData());
    const QString line = lineOf(event);
    if (!line.isEmpty())
        add(m_cluster.named(line));
}

void ScenarioRun::add(const QString &line)
{
    m_log.append(line);
    qInfo("%7.2f %s", static_cast<double>(m_clock.elapsed()) / 1000, qPrintable(line));
    const auto found = std::ranges::find(m_actions, line, &Action::line);
    if (found == m_actions.end())
        return;
    const Action action = *found;
    m_actions.erase(found);
    if (action.isParallel)
        m_threads.emplace_back(action.action);
    else
        action.action();
}

Choice ScenarioRun::decide(const Decision &decision, std::stop_token /*stop*/)
{
    if (m_answers.empty())
        return Choice::StopHere;
    const Answer answer = m_answers.front();
    m_answers.pop_front();
    if (answer.before)
        answer.before();
    return decision.choices.contains(answer.choice) ? answer.choice : Choice::StopHere;
}

bool ScenarioRun::trustHostKey(const UnknownKey & /*key*/, std::stop_token /*stop*/)
{
    return false;
}

QList<Secret> ScenarioRun::answer(const QString & /*host*/, const QString & /*title*/,
                                  const QList<Question> & /*questions*/, std::stop_token /*stop*/)
{
    return {};
}

} // namespace kwup::test
