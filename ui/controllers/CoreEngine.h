#pragma once

#include "ui/controllers/Engine.h"

namespace kwup {

/// The Engine on the real core: connections from a HostConnector, runs kept by a RunStore. The
/// connector must outlive it. Thread-safe like the interface.
class CoreEngine final : public Engine {
public:
    CoreEngine(HostConnector &connector, RunStore store, Timeouts timeouts = {});

    Facts discover(const QList<HostLogin> &logins, const MethodOptions &options, bool withRanges,
                   ConnectPrompts &prompts, const OnHost &onHost, std::stop_token stop) override;
    std::unique_ptr<StatusReader> statusReader(const QList<HostLogin> &logins,
                                               const std::optional<Facts> &facts,
                                               ConnectPrompts &prompts) override;
    Result<PackageInfo> inspect(const QString &file, const OnBytes &onProgress,
                                std::stop_token stop) override;
    QList<RunSummary> runs() override;
    Result<Plan> planOf(const QString &runId) override;
    Result<QList<JournalEntry>> journalOf(const QString &runId) override;
    std::unique_ptr<RunJob> newRun(const RunStart &start, const QList<HostLogin> &logins,
                                   ConnectPrompts &prompts, DecisionMaker &decisions,
                                   RunObserver &observer) override;
    std::unique_ptr<RunJob> resumedRun(const QString &runId, const QList<HostLogin> &logins,
                                       ConnectPrompts &prompts, DecisionMaker &decisions,
                                       RunObserver &observer) override;

private:
    HostConnector &m_connector;
    RunStore m_store;
    Timeouts m_timeouts;
};

} // namespace kwup
