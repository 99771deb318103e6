#pragma once

#include "core/base/Result.h"
#include "core/discover/Facts.h"
#include "core/kwdb/KwbaseCli.h"
#include "core/kwdb/VersionPath.h"
#include "core/package/PackageInfo.h"
#include "core/plan/MethodAdvice.h"
#include "core/plan/MethodOptions.h"
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

/// What a step does. Names (toString) are stable; each kind has one implementation in core/run.
enum class StepKind {
    Lock, ///< take the wizard's lock on the host (I13)
    Stage, ///< upload, compare SHA-256, unpack to the staging directory
    Baseline, ///< record the cluster as it is before the first change
    RaiseSetting, ///< save server.time_until_store_dead, then raise it (I12)
    BeforeStop, ///< all other nodes up, nothing worse than the baseline: may this node stop?
    Stop, ///< drain, then systemctl stop
    Backup, ///< cold copy of data root, /etc/kaiwudb and unit
    Upgrade, ///< deploy.sh upgrade -l
    StageOld, ///< for the way back: the old release at hand on the host
    SaveConfig, ///< for the way back: copy of /etc/kaiwudb and the unit
    VerifyDown, ///< no process of the node is left; nothing is changed
    PutBack, ///< way back: old packages, /etc/kaiwudb and unit as they were before the upgrade
    Start, ///< daemon-reload, systemctl start, active for 10 s
    Gate, ///< the node is back, the cluster is no worse than before, seen from another node
    RestoreSetting, ///< put the saved value back; also after a failure
    Verify, ///< the verdict, computed from the cluster (I7)
    // clang-format off
    FetchImage, CopyStore, ReplaceContainer, EditCompose, RestoreContainer, RestoreCompose,
    ListKept,
    // clang-format on
    Release, ///< remove staging and lock; also after a failure (lock only)
    // export-import
    Export, ///< EXPORT of one database into a new directory of the old cluster, packed
    TransferFiles, ///< the packed export from the old cluster's node to the new one's
    Import, ///< IMPORT of one database into the new cluster
    Recreate, ///< what EXPORT and IMPORT drop, or what belongs to the whole cluster
    Compare, ///< row counts and checksums of one database on both sides
    RemoveExport, ///< the exported files, on both sides
};
QString toString(StepKind kind); ///< kebab-case
std::optional<StepKind> stepKindFromString(const QString &text);

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
};

/// Pure. Nodes at the target get no stage. Errors: MethodNotApplicable, BackupMissing,
/// NodeIdUnknown.
Result<Plan> buildPlan(const PlanInput &input);
QString newRunId();

QString stepTitle(const PlanStep &step); ///< in the operator's language, as those below
QString stepExpectation(const PlanStep &step); ///< what must be observed for success (I5)
QString stageTitle(const Stage &stage);
QString runbookMarkdown(const Plan &plan); ///< with the exact commands
QByteArray runbookShell(const Plan &plan);
} // namespace kwup

Q_DECLARE_METATYPE(kwup::Plan)
