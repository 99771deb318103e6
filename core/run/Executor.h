#pragma once

#include "core/journal/Journal.h"
#include "core/remote/HostPool.h"
#include "core/run/RunTypes.h"
#include "core/run/Timeouts.h"

#include <atomic>

namespace kwup {

/// Runs a plan, or goes on with one from its journal. Create and run() it in one worker thread; the
/// request functions may be called from any thread.
///
/// Per step: journal the intent → look at the host, skip when the goal already holds (resume) →
/// run the script as a detached job (or re-attach to it) → observe what the step expects → journal
/// the outcome. A failure asks the DecisionMaker; after "stop here" only RestoreSetting still runs,
/// and the locks are marked as those of a stopped run (or released, when no node was touched yet).
/// Nothing is done to a host when the journal cannot be written.
class Executor {
public:
    Executor(Plan plan, Journal &journal, HostPool &pool, DecisionMaker &decisions,
             RunObserver &observer, Timeouts timeouts = {});

    /// Completed, Failed or Stopped. Blocks for the whole run. What an earlier process left in the
    /// journal decides where it begins (I6). `stop` interrupts waiting, never a job on a host.
    RunState run(std::stop_token stop);

    /// Before run(): another run's lock may be taken over; recorded in the journal (I13).
    void setTakeOverLock(bool allowed);

    void setPaused(bool paused); ///< takes effect after the running step
    void stopAfterStep();
    void stopAfterNode(); ///< after the gate of the node that is being upgraded

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace kwup
