#pragma once

#include "core/discover/Discovery.h"
#include "core/journal/Journal.h"
#include "core/package/PackageInfo.h"
#include "core/remote/HostPool.h"
#include "core/run/RunStore.h"
#include "core/run/RunTypes.h"

#include <functional>
#include <memory>

namespace kwup {

/// Reads the cluster again and again over connections it keeps. One thread at a time; blocks.
class StatusReader {
public:
    enum class Depth {
        Nodes, ///< node status and the two sums: cheap
        Full, ///< also jobs and stores
        WithRanges, ///< also the range table: up to 120 s
    };
    virtual ~StatusReader() = default;
    /// Through the first node that answers; the error of the last one asked when none does.
    virtual Result<ClusterView> read(Depth depth, std::stop_token stop) = 0;
};

/// One run. run() blocks in one worker thread; the requests come from any thread, also before
/// run().
class RunJob {
public:
    virtual ~RunJob() = default;
    /// Error: the journal cannot be created or opened; then nothing was done.
    virtual Result<RunState> run(std::stop_token stop) = 0;
    virtual void setPaused(bool paused) = 0;
    virtual void stopAfterStep() = 0;
    virtual void stopAfterNode() = 0;
};

/// Everything the window needs that blocks or touches the world; the seam where tests put a fake.
/// Thread-safe: the controllers call it from their workers. Pure functions of the engine (checks,
/// plan, texts) are called directly.
class Engine {
public:
    using OnHost = std::function<void(const HostFacts &)>;
    using OnBytes = std::function<void(qint64, qint64)>;

    virtual ~Engine() = default;
    virtual Facts discover(const QList<HostLogin> &logins, const MethodOptions &options,
                           bool withRanges, ConnectPrompts &prompts, const OnHost &onHost,
                           std::stop_token stop) = 0;
    virtual std::unique_ptr<StatusReader> statusReader(const QList<HostLogin> &logins,
                                                       const std::optional<Facts> &facts,
                                                       ConnectPrompts &prompts) = 0;
    virtual Result<PackageInfo> inspect(const QString &file, const OnBytes &onProgress,
                                        std::stop_token stop) = 0;

    virtual QList<RunSummary> runs() = 0;
    virtual Result<Plan> planOf(const QString &runId) = 0;
    virtual Result<QList<JournalEntry>> journalOf(const QString &runId) = 0;
    virtual std::unique_ptr<RunJob> newRun(const RunStart &start, const QList<HostLogin> &logins,
                                           ConnectPrompts &prompts, DecisionMaker &decisions,
                                           RunObserver &observer) = 0;
    virtual std::unique_ptr<RunJob> resumedRun(const QString &runId, const QList<HostLogin> &logins,
                                               ConnectPrompts &prompts, DecisionMaker &decisions,
                                               RunObserver &observer) = 0;
};

} // namespace kwup
