#pragma once

#include "core/plan/Plan.h"

#include <functional>

namespace kwup {

/// What the operator must know before the start, in complete sentences: the outage and how long it
/// is expected to be, and what can be taken back until when.
QStringList planNotes(const Plan &plan);
/// What a person does by hand when the run is left after `begun` steps: which nodes are in which
/// state, how to go on, how to go back. Empty: nothing that resume does not do. `hasBegun` and
/// `isDone` tell about steps by id.
QStringList instructionsByHand(const Plan &plan,
                               const std::function<bool(const QString &)> &hasBegun,
                               const std::function<bool(const QString &)> &isDone);

} // namespace kwup
