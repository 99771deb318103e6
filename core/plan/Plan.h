#pragma once

#include "core/base/Result.h"
#include "core/discover/Facts.h"
#include "core/kwdb/KwbaseCli.h"
#include "core/kwdb/VersionPath.h"
#include "core/package/PackageInfo.h"
#include "core/plan/MethodAdvice.h"
#include "core/plan/MethodOptions.h"
#include "core/plan/RestorePoint.h"
#include "core/plan/StepKind.h"
#include "core/remote/Host.h"
#include "core/run/Timeouts.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace kwup {

/// How the operator answers "is there a backup" (I10). Exactly one kind for the run.
struct BackupChoice {
    enum class Kind { None, ColdCopy, Named, Refused };
    Kind kind = Kind::None; ///< None: not answered yet, a plan cannot be started
    QString directory; ///< ColdCopy: absolute directory on each host
    QString evidence; ///< Named: where the backup is, checked before the run; as typed
    QString reason; ///< Refused: typed by the operator, recorded
};

/// One thing done to one host or to the cluster. What changes a host is `script`, run as root and
/// detached (I4); what is shown in the plan and the runbook is the same text that runs.
struct PlanStep {
    QString id; ///< unique in the plan and stable: "stop@10.0.0.1"
    StepKind kind = StepKind::Verify;
    QString host; ///< HostSpec::id(); for cluster steps the host that is asked, may change at run
    QByteArray script; ///< POSIX sh, run as root; empty when nothing on a host is changed
    /// POSIX sh, run as root, only reads: prints "kwup: holds=yes" when the goal of the step holds.
    /// Steps without an implementation of their own (ScriptStep) are skipped and judged by it.
    QByteArray look;
    QJsonObject args; ///< values the implementation needs (versions, directories, node id …)
    std::chrono::seconds limit{600}; ///< after it the operator decides; never for ever
    std::chrono::seconds estimate{5}; ///< for the time line only
};

/// Steps that belong together: preparation, one node, completion.
struct Stage {
    enum class Order { Sequential, Parallel };
    QString id; ///< "lock", "stage", "baseline", "node@10.0.0.1", "finish"
    QString host; ///< set when the stage is one node
    Order order = Order::Sequential;
    QList<PlanStep> steps;
    // For a stage of the way back: whether it is needed, by what the run had begun until then.
    QString onlyIfBegun = {}; ///< id of a step; empty: always
    QString notIfBegun = {}; ///< id of a step; empty: never in the way
};

/// What will be done, in full: enough to run it, to print it, and to resume it from the journal.
/// A value; contains no secrets.
struct Plan {
    QString runId; ///< e.g. 20261122-2331-4f2a; also the remote directory /var/tmp/kwup-<runId>
    Method method = Method::ScriptRolling;
    KwdbVersion from;
    KwdbVersion to;
    RunType runType = RunType::Unknown;
    QList<HostSpec> hosts; ///< in node order
    QHash<QString, int> nodeIds; ///< host id → node id
    QHash<QString, KwbaseCli> clis; ///< host id → how to call kwbase there
    PackageInfo package;
    BackupChoice backup;
    Deployment deployment = Deployment::BarePackage; ///< of all hosts
    MethodOptions options;
    std::optional<PackageInfo> oldPackage; ///< of `from`, brought along for the way back
    QList<Stage> stages;
    /// What "go back to the old version" does, in order; empty: there is no way back in this run.
    QList<Stage> wayBack;
    bool goesBackTogether = false; ///< all nodes of the run, not only the one that failed
    QString pointOfNoReturn; ///< id of the first step after which going back needs the backup

    const PlanStep *step(const QString &stepId) const; ///< also of the way back
    std::chrono::seconds estimate() const;
    std::optional<std::chrono::seconds> outage() const; ///< expected; empty: stays in service
    bool isTarget(const HostSpec &host) const; ///< export-import: of the new cluster
    QString remoteDirectory() const; ///< /var/tmp/kwup-<runId>, 0700, root
    QString uploadDirectory() const; ///< beside it, 0700, the login user's (sftp writes there)
    const Stage *stageOf(const QString &stepId) const;
    QJsonObject toJson() const;
    static Result<Plan> fromJson(const QJsonObject &json);
};

struct PlanInput {
    const Facts &facts;
    Method method = Method::ScriptRolling;
    PackageInfo package;
    BackupChoice backup;
    QStringList nodeOrder; ///< host ids; empty = proposed order (the node asked last goes last)
    QString runId; ///< newRunId() or fixed by a test
    Timeouts timeouts = {}; ///< those that stand in scripts and limits
    MethodOptions options = {};
    std::optional<PackageInfo> oldPackage = {}; ///< read from the option old-package
    std::optional<RestorePoint> restorePoint = {}; ///< for Method::Restore
};

/// Pure. Nodes at the target get no stage. Errors: MethodNotApplicable, BackupMissing,
/// NodeIdUnknown, RestoreImpossible.
Result<Plan> buildPlan(const PlanInput &input);
QString newRunId();

QString stepTitle(const PlanStep &step); ///< in the operator's language, as those below
QString stepExpectation(const PlanStep &step); ///< what must be observed for success (I5)
QString stageTitle(const Stage &stage);
QString runbookMarkdown(const Plan &plan); ///< with the exact commands
QByteArray runbookShell(const Plan &plan);
} // namespace kwup

Q_DECLARE_METATYPE(kwup::Plan)
