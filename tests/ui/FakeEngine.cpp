#include "tests/ui/FakeEngine.h"

#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonArray>

#include <algorithm>

namespace kwup::test {

namespace {

Error cancelled()
{
    return Error{ErrorCode::Cancelled, {}, {}, {}, {}, -1};
}

class FakeReader final : public StatusReader {
public:
    explicit FakeReader(FakeEngine &engine)
        : m_engine(engine)
    { }
    Result<ClusterView> read(Depth, std::stop_token stop) override
    {
        if (stop.stop_requested())
            return cancelled();
        if (m_engine.facts.clusterError.code != ErrorCode::None)
            return m_engine.facts.clusterError;
        return m_engine.facts.cluster;
    }

private:
    FakeEngine &m_engine;
};

class FakeRunJob final : public RunJob {
public:
    FakeRunJob(FakeEngine &engine, DecisionMaker &decisions, RunObserver &observer, bool resumed)
        : m_engine(engine)
        , m_decisions(decisions)
        , m_observer(observer)
        , m_resumed(resumed)
    { }

    Result<RunState> run(std::stop_token stop) override
    {
        m_engine.note(
            [this](auto &seen) { (m_resumed ? seen.runsResumed : seen.runsStarted) += 1; });
        if (m_engine.runError)
            return *m_engine.runError;
        for (const RunEvent &event : m_engine.runEvents) {
            if (!m_engine.waitWhileHeld(stop) || stop.stop_requested())
                return RunState::Stopped;
            m_observer.handleEvent(event);
            if (event.kind == RunEvent::Kind::DecisionNeeded && !ask(event.decision, stop))
                return RunState::Stopped;
        }
        return m_engine.runResult;
    }
    void setPaused(bool paused) override
    {
        m_engine.note([paused](auto &seen) { seen.paused = paused; });
    }
    void stopAfterStep() override
    {
        m_engine.note([](auto &seen) { seen.stopAfterStep = true; });
        m_engine.release();
    }
    void stopAfterNode() override
    {
        m_engine.note([](auto &seen) { seen.stopAfterNode = true; });
    }

private:
    bool ask(const Decision &decision, std::stop_token stop)
    {
        const Choice choice = m_decisions.decide(decision, stop);
        m_engine.note([choice](auto &seen) { seen.choices.append(choice); });
        return choice == Choice::Retry;
    }

    FakeEngine &m_engine;
    DecisionMaker &m_decisions;
    RunObserver &m_observer;
    bool m_resumed;
};

RunEvent event(RunEvent::Kind kind, const PlanStep &step)
{
    RunEvent result;
    result.kind = kind;
    result.time = QDateTime::currentDateTimeUtc();
    result.stepId = step.id;
    result.host = step.host;
    result.attempt = 1;
    return result;
}

} // namespace

FakeEngine::FakeEngine()
    : facts(FactsBuilder::cluster().facts())
    , package(debPackage())
{ }

void FakeEngine::hold()
{
    const std::lock_guard lock(m_mutex);
    m_held = true;
}

void FakeEngine::release()
{
    {
        const std::lock_guard lock(m_mutex);
        m_held = false;
    }
    m_released.notify_all();
}

bool FakeEngine::waitWhileHeld(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    return m_released.wait(lock, stop, [this] { return !m_held; });
}

FakeEngine::Seen FakeEngine::seen() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

void FakeEngine::note(const std::function<void(Seen &)> &change)
{
    const std::lock_guard lock(m_mutex);
    change(m_seen);
}

Facts FakeEngine::discover(const QList<HostLogin> &logins, const MethodOptions &, bool,
                           ConnectPrompts &prompts, const OnHost &onHost, std::stop_token stop)
{
    note([&logins](Seen &seen) {
        ++seen.discoveries;
        seen.logins = logins;
    });
    if (unknownKey)
        keyWasTrusted = prompts.trustHostKey(*unknownKey, stop);
    Facts found = facts;
    found.hosts.removeIf([&logins](const HostFacts &host) {
        return std::none_of(logins.begin(), logins.end(), [&host](const HostLogin &login) {
            return login.spec.id() == host.host.id();
        });
    });
    for (const HostFacts &host : std::as_const(found.hosts)) {
        if (!waitWhileHeld(stop))
            return {};
        onHost(host);
    }
    return found;
}

std::unique_ptr<StatusReader>
FakeEngine::statusReader(const QList<HostLogin> &, const std::optional<Facts> &, ConnectPrompts &)
{
    return std::make_unique<FakeReader>(*this);
}

Result<PackageInfo> FakeEngine::inspect(const QString &file, const OnBytes &onProgress,
                                        std::stop_token stop)
{
    onProgress(1, 2);
    if (!waitWhileHeld(stop))
        return cancelled();
    if (!package)
        return package.error();
    PackageInfo result = *package;
    result.file = file;
    return result;
}

Result<Plan> FakeEngine::planOf(const QString &runId)
{
    if (storedPlan)
        return *storedPlan;
    return Error{ErrorCode::RunNotFound, {}, {runId}, {}, {}, -1};
}

Result<QList<JournalEntry>> FakeEngine::journalOf(const QString &runId)
{
    if (journal.isEmpty())
        return Error{ErrorCode::RunNotFound, {}, {runId}, {}, {}, -1};
    return journal;
}

std::unique_ptr<RunJob> FakeEngine::newRun(const RunStart &, const QList<HostLogin> &,
                                           ConnectPrompts &, DecisionMaker &decisions,
                                           RunObserver &observer)
{
    return std::make_unique<FakeRunJob>(*this, decisions, observer, false);
}

std::unique_ptr<RunJob> FakeEngine::resumedRun(const QString &, const QList<HostLogin> &,
                                               ConnectPrompts &, DecisionMaker &decisions,
                                               RunObserver &observer)
{
    return std::make_unique<FakeRunJob>(*this, decisions, observer, true);
}

Facts clusterWithWarnings()
{
    auto three = FactsBuilder::cluster();
    for (const int index : {0, 1})
        three.host(index).clockOffset = unreadable<double>();
    return three.facts();
}

QList<RunEvent> successfulRun(const Plan &plan)
{
    QList<RunEvent> events;
    for (const Stage &stage : plan.stages) {
        for (const PlanStep &step : stage.steps) {
            events.append(event(RunEvent::Kind::StepStarted, step));
            RunEvent output = event(RunEvent::Kind::StepOutput, step);
            output.output = "line of " + step.id.toUtf8() + "\n";
            events.append(output);
            if (step.kind == StepKind::Gate) {
                RunEvent gate = event(RunEvent::Kind::GateProgressed, step);
                gate.gate.clauses = {{QStringLiteral("service-active"), true, {}},
                                     {QStringLiteral("node-up"), false, {}}};
                gate.gate.askedHost = step.host;
                events.append(gate);
            }
            RunEvent done = event(RunEvent::Kind::StepFinished, step);
            done.stepState = StepState::Done;
            done.duration = std::chrono::milliseconds(1500);
            events.append(done);
        }
    }
    return events;
}

QList<JournalEntry> journalOf(const Plan &plan, const Facts &facts)
{
    QList<JournalEntry> entries;
    const auto add = [&entries](QLatin1StringView kind, const QString &step,
                                const QJsonObject &data) {
        entries.append({entries.size() + 1, QDateTime::currentDateTimeUtc(), kind, step,
                        step.isEmpty() ? 0 : 1, data});
    };
    add(journal::RunCreated, {},
        {{QStringLiteral("plan"), plan.toJson()},
         {QStringLiteral("facts"), factsToJson(facts)},
         {QStringLiteral("operator"), QStringLiteral("dba")},
         {QStringLiteral("computer"), QStringLiteral("desk")}});
    add(journal::RunBegan, {}, {});
    for (const Stage &stage : plan.stages) {
        for (const PlanStep &step : stage.steps) {
            add(journal::StepStarted, step.id,
                {{QStringLiteral("kind"), toString(step.kind)},
                 {QStringLiteral("host"), step.host},
                 {QStringLiteral("title"), stepTitle(step)},
                 {QStringLiteral("script"), QString::fromUtf8(step.script)}});
            add(journal::StepFinished, step.id,
                {{QStringLiteral("state"), QStringLiteral("done")},
                 {QStringLiteral("exitCode"), 0},
                 {QStringLiteral("durationMs"), 1500}});
        }
    }
    add(journal::RunEnded, {}, {{QStringLiteral("state"), QStringLiteral("completed")}});
    return entries;
}

HostDraft agentHost(const QString &address)
{
    HostDraft draft;
    draft.address = address;
    draft.own.user = QStringLiteral("root");
    draft.own.auth = AuthMethod::Agent;
    return draft;
}

} // namespace kwup::test
