#pragma once

#include "core/checks/Checks.h"

#include <optional>
#include <vector>

namespace kwup {

/// What a check has to say, without the id and host that runChecks() adds.
struct Finding {
    CheckStatus status = CheckStatus::Passed;
    const char *key = "passed";
    QStringList args;
    QByteArray evidence;
    QString command;
};

/// The sentences of one finding: what was found, and what to do. Marked for translation in the
/// context "Check"; %1 … are the finding's args.
struct FindingText {
    const char *key;
    const char *sentence;
    const char *remedy;
};

/// Which hosts a check about hosts looks at; the others give NotApplicable.
enum class Needs {
    Nothing, ///< also hosts that could not be read
    Reachable,
    Installed, ///< KWDB is installed there
};

/// One check: either about the cluster or about each host. The functions are pure. A fact that is
/// not known never passes: see unread().
struct CheckDefinition {
    const char *id; ///< kebab-case, stable: it is in journals and profiles
    const char *title;
    const char *why;
    Finding (*cluster)(const CheckInput &) = nullptr;
    Finding (*host)(const CheckInput &, const HostFacts &) = nullptr;
    Needs needs = Needs::Nothing; ///< only for checks about hosts
    /// A check about one method; it is not mentioned for any other.
    std::optional<Method> onlyFor = {};
    std::vector<FindingText> texts; ///< includes "passed"
};

struct CheckFamily {
    const char *title;
    std::vector<CheckDefinition> checks;
};

CheckFamily connectionChecks();
CheckFamily platformChecks();
CheckFamily installationChecks();
CheckFamily serviceChecks();
CheckFamily packageChecks();
CheckFamily containerChecks();
CheckFamily liveChecks();
CheckFamily clusterChecks();
CheckFamily replicaChecks();
CheckFamily transferChecks();
CheckFamily restoreChecks();
CheckFamily sourceChecks();

/// All families in the order of the catalogue. Built once; thread-safe.
const std::vector<CheckFamily> &catalogue();

} // namespace kwup
