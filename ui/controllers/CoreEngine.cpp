#include "ui/controllers/CoreEngine.h"

#include "core/run/Executor.h"
#include "core/transfer/TransferFacts.h"

#include <QMutex>

namespace kwup {

namespace {

class CoreStatusReader final : public StatusReader {
public:
    CoreStatusReader(HostConnector &connector, ConnectPrompts &prompts,
                     const QList<HostLogin> &logins, const std::optional<Facts> &facts)
        : m_pool(connector, prompts, logins)
    {
        if (!facts)
            return;
        for (const HostFacts &host : facts->hosts)
            m_facts.insert(host.host.id(), host);
    }

    Result<ClusterView> read(Depth depth, std::stop_token stop) override
    {
        Error last{ErrorCode::NodeStatusUnavailable, {}, {}, {}, {}, -1};
        // The node that answered last time first: asking a stopped one costs seconds.
        QStringList order = m_pool.hostIds();
        if (order.removeOne(m_answering))
            order.prepend(m_answering);
        for (const QString &id : order) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, {}, {}, {}, {}, -1};
            auto view = readFrom(id, depth, stop);
            if (view) {
                m_answering = id;
                view->askedHost = id;
                return view;
            }
            last = view.error();
        }
        return last;
    }

private:
    Result<ClusterView> readFrom(const QString &id, Depth depth, std::stop_token stop)
    {
        const auto connection = m_pool.connection(id, stop);
        if (!connection)
            return connection.error();
        if (!m_facts.contains(id))
            m_facts.insert(id, discoverHost(**connection, *m_pool.spec(id), stop));
        const HostFacts facts = m_facts.value(id);
        const auto cli = kwbaseCliOf(facts);
        if (!cli) {
            m_facts.remove(id);
            return Error{ErrorCode::NodeStatusUnavailable, id, {}, {}, {}, -1};
        }
        auto view = depth == Depth::Nodes
            ? readNodes(**connection, *cli, true, stop)
            : readCluster(**connection, facts, depth == Depth::WithRanges, stop);
        const auto lost = [](ErrorCode code) {
            return code == ErrorCode::ConnectionLost || code == ErrorCode::HostSilent;
        };
        if (!view && lost(view.error().code))
            m_pool.drop(id);
        return view;
    }

    HostPool m_pool;
    QHash<QString, HostFacts> m_facts;
    QString m_answering;
};

/// Opens the journal in the thread it will belong to, then runs. What is asked of the run before
/// the executor exists is kept and handed on.
class CoreRunJob final : public RunJob {
public:
    using OpenJournal = std::function<Result<std::unique_ptr<Journal>>()>;
    using LoadPlan = std::function<Result<Plan>()>;

    CoreRunJob(OpenJournal openJournal, LoadPlan loadPlan, std::unique_ptr<HostPool> pool,
               DecisionMaker &decisions, RunObserver &observer, const Timeouts &timeouts)
        : m_openJournal(std::move(openJournal))
        , m_loadPlan(std::move(loadPlan))
        , m_pool(std::move(pool))
        , m_decisions(decisions)
        , m_observer(observer)
        , m_timeouts(timeouts)
    { }

    Result<RunState> run(std::stop_token stop) override
    {
        const auto plan = m_loadPlan();
        if (!plan)
            return plan.error();
        const auto journal = m_openJournal();
        if (!journal)
            return journal.error();
        Executor executor(*plan, **journal, *m_pool, m_decisions, m_observer, m_timeouts);
        attach(&executor);
        const RunState state = executor.run(stop);
        attach(nullptr);
        return state;
    }

    void setPaused(bool paused) override
    {
        const QMutexLocker lock(&m_mutex);
        m_paused = paused;
        if (m_executor)
            m_executor->setPaused(paused);
    }

    void stopAfterStep() override
    {
        const QMutexLocker lock(&m_mutex);
        m_stopAfterStep = true;
        if (m_executor)
            m_executor->stopAfterStep();
    }

    void stopAfterNode() override
    {
        const QMutexLocker lock(&m_mutex);
        m_stopAfterNode = true;
        if (m_executor)
            m_executor->stopAfterNode();
    }

private:
    void attach(Executor *executor)
    {
        const QMutexLocker lock(&m_mutex);
        m_executor = executor;
        if (!executor)
            return;
        if (m_paused)
            executor->setPaused(true);
        if (m_stopAfterStep)
            executor->stopAfterStep();
        if (m_stopAfterNode)
            executor->stopAfterNode();
    }

    OpenJournal m_openJournal;
    LoadPlan m_loadPlan;
    std::unique_ptr<HostPool> m_pool;
    DecisionMaker &m_decisions;
    RunObserver &m_observer;
    Timeouts m_timeouts;
    QMutex m_mutex;
    Executor *m_executor = nullptr;
    bool m_paused = false;
    bool m_stopAfterStep = false;
    bool m_stopAfterNode = false;
};

} // namespace

CoreEngine::CoreEngine(HostConnector &connector, RunStore store, Timeouts timeouts)
    : m_connector(connector)
    , m_store(std::move(store))
    , m_timeouts(timeouts)
{ }

Facts CoreEngine::discover(const QList<HostLogin> &logins, const MethodOptions &options,
                           bool withRanges, ConnectPrompts &prompts, const OnHost &onHost,
                           std::stop_token stop)
{
    HostPool pool(m_connector, prompts, logins);
    return discoverForMethod(pool, options, withRanges, onHost, stop);
}

std::unique_ptr<StatusReader> CoreEngine::statusReader(const QList<HostLogin> &logins,
                                                       const std::optional<Facts> &facts,
                                                       ConnectPrompts &prompts)
{
    return std::make_unique<CoreStatusReader>(m_connector, prompts, logins, facts);
}

Result<PackageInfo> CoreEngine::inspect(const QString &file, const OnBytes &onProgress,
                                        std::stop_token stop)
{
    return inspectPackage(file, onProgress, stop);
}

QList<RunSummary> CoreEngine::runs()
{
    return m_store.list();
}

Result<Plan> CoreEngine::planOf(const QString &runId)
{
    return m_store.plan(runId);
}

Result<QList<JournalEntry>> CoreEngine::journalOf(const QString &runId)
{
    return readJournal(m_store.file(runId));
}

std::unique_ptr<RunJob> CoreEngine::newRun(const RunStart &start, const QList<HostLogin> &logins,
                                           ConnectPrompts &prompts, DecisionMaker &decisions,
                                           RunObserver &observer)
{
    return std::make_unique<CoreRunJob>([store = m_store, start] { return store.create(start); },
                                        [plan = start.plan]() -> Result<Plan> { return plan; },
                                        std::make_unique<HostPool>(m_connector, prompts, logins),
                                        decisions, observer, m_timeouts);
}

std::unique_ptr<RunJob> CoreEngine::resumedRun(const QString &runId, const QList<HostLogin> &logins,
                                               ConnectPrompts &prompts, DecisionMaker &decisions,
                                               RunObserver &observer)
{
    return std::make_unique<CoreRunJob>([store = m_store, runId] { return store.open(runId); },
                                        [store = m_store, runId] { return store.plan(runId); },
                                        std::make_unique<HostPool>(m_connector, prompts, logins),
                                        decisions, observer, m_timeouts);
}

} // namespace kwup
