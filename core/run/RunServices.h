#pragma once

#include "core/run/RemoteHosts.h"
#include "core/run/RunTypes.h"

namespace kwup {

/// What the executor offers to its steps. Calls may come from the threads of a parallel stage;
/// journal, history and decisions are handled in the run's thread, and the caller waits.
class RunServices {
public:
    virtual ~RunServices() = default;

    virtual const Plan &plan() const = 0;
    virtual const Timeouts &timeouts() const = 0;
    virtual RemoteHosts &hosts() = 0;
    virtual bool mayTakeOverLock() const = 0;

    /// Error JournalUnwritable: the caller must not change anything any more.
    virtual Result<void> append(const QString &kind, const QString &stepId, int attempt,
                                const QJsonObject &data) = 0;
    /// Result of a step that is done; empty when it is not.
    virtual QJsonObject resultOf(const QString &stepId) = 0;
    /// The setting that was saved before it was changed: name and value; empty when none is.
    virtual std::pair<QString, QString> outstandingSetting() = 0;
    virtual QJsonObject runCreated() = 0; ///< data of the first journal entry
    virtual void emitEvent(RunEvent event) = 0;
    virtual Choice decide(const Decision &decision, int attempt) = 0;
};

} // namespace kwup
