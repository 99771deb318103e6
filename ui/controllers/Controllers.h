#pragma once

#include "ui/controllers/ChecksController.h"
#include "ui/controllers/ClusterMonitor.h"
#include "ui/controllers/DiscoveryController.h"
#include "ui/controllers/PackageController.h"
#include "ui/controllers/PromptBroker.h"
#include "ui/controllers/RunController.h"

namespace kwup {

/// All controllers of one window. Owned beside the window, because its pages hold references to
/// them until the end; engine and session outlive them. GUI thread.
struct Controllers {
    Controllers(Engine &anEngine, UpgradeSession &session)
        : engine(anEngine)
        , discovery(anEngine, prompts, session)
        , packages(anEngine, session)
        , checks(anEngine, prompts, session)
        , checksMonitor(anEngine, prompts, session)
        , runMonitor(anEngine, prompts, session)
        , run(anEngine, prompts, session)
    { }

    Engine &engine;
    PromptBroker prompts; ///< before the controllers: their workers may wait in it until their end
    DiscoveryController discovery;
    PackageController packages;
    ChecksController checks;
    ClusterMonitor checksMonitor;
    ClusterMonitor runMonitor;
    RunController run;
};

} // namespace kwup
