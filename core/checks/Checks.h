#pragma once

#include "core/discover/Facts.h"
#include "core/kwdb/VersionPath.h"
#include "core/package/PackageInfo.h"
#include "core/plan/MethodOptions.h"
#include "core/plan/RestorePoint.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace kwup {

/// Warning: must be accepted with a typed reason. Info: worth knowing, nothing to accept.
enum class CheckStatus { Passed, Info, Warning, Blocked, NotApplicable };
QString toString(CheckStatus status); ///< passed, info, warning, blocked, not-applicable
std::optional<CheckStatus> checkStatusFromString(const QString &text);

/// What checks look at; nothing else. No I/O happens in a check.
struct CheckInput {
    const Facts &facts;
    Method method = Method::ScriptRolling;
    std::optional<PackageInfo> package;
    bool coldBackup = false; ///< a cold copy per node is planned
    MethodOptions options = {};
    std::optional<RestorePoint> restorePoint = {}; ///< for Method::Restore
    bool takesOverLock = false; ///< the operator has said so
};

/// One judgement. `args` fill the sentence of the check's text table; `evidence` is raw.
struct CheckResult {
    QString id; ///< stable kebab-case, e.g. all-nodes-live
    QString host; ///< empty when about the cluster
    CheckStatus status = CheckStatus::Passed;
    QString finding; ///< key of the sentence within the check, e.g. "node-down"
    QStringList args;
    QByteArray evidence;
    QString command; ///< that read the evidence
};

/// All checks of the catalogue, all failures at once, in catalogue order; one result per host for
/// checks about hosts. Pure and deterministic.
QList<CheckResult> runChecks(const CheckInput &input);
QStringList checkIds();

/// Texts in the operator's language (resources/checks table through translations).
QString checkTitle(const QString &id);
QString checkFamily(const QString &id); ///< connection, platform, installation, package, cluster …
QString checkWhy(const QString &id); ///< why it matters
QString describe(const CheckResult &result); ///< what was found, one or more full sentences
QString remedy(const CheckResult &result); ///< what to do; empty when passed

/// "What breaks if this node stops now": per node, from the range table or, without it, from
/// counts.
struct StopImpact {
    int nodeId = 0;
    QString host;
    int leases = 0; ///< leases that must move
    std::optional<int> rangesLosingQuorum; ///< empty when the range table could not be read
    bool clusterLosesQuorum = false; ///< fewer than a majority of nodes would remain
};
QList<StopImpact> stopImpacts(const Facts &facts);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::CheckResult)
