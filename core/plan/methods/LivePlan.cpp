#include "core/plan/StepScripts.h"
#include "core/plan/methods/MethodPlans.h"

#include <algorithm>

namespace kwup {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The vendor's script upgrades the running node by its own branch. Source: kwdb-facts §1.2, §4.4,
/// host-transcripts online-ok.
class LivePlan {
public:
    explicit LivePlan(PlanParts &parts)
        : m_parts(parts)
    { }

    Result<void> build()
    {
        m_parts.addPreparation();
        m_parts.addWayBackPreparation();
        addEarlierUpgrades();
        keepSetting();
        for (const auto &host : std::as_const(m_parts.plan().hosts)) {
            if (!m_parts.needsUpgrade(host.id()))
                continue;
            m_parts.plan().stages.append(nodeStage(host.id()));
            if (m_parts.hasOldPackages())
                m_parts.plan().wayBack.append(wayBack(host.id()));
        }
        m_parts.addFinish();
        return {};
    }

private:
    using Variables = QList<QPair<QString, QString>>;

    /// A mark goes within seconds after the start; the rest is for a busy host.
    milliseconds waitForMark() const
    {
        return 4 * m_parts.input().timeouts.gateSettle + seconds(20);
    }

    Variables variables(const QString &host) const
    {
        const Timeouts &times = m_parts.input().timeouts;
        Variables found{
            {QStringLiteral("directory"), m_parts.plan().remoteDirectory()},
            {QStringLiteral("package"), m_parts.packageDirectory()},
            {QStringLiteral("node_id"), QString::number(m_parts.plan().nodeIds.value(host))},
            {QStringLiteral("drain_ms"), QString::number(times.drainWait.count())},
            {QStringLiteral("active_ms"), QString::number(times.activeFor.count())},
            {QStringLiteral("wait_ms"), QString::number(waitForMark().count())}};
        if (m_parts.isContainer())
            found.append({QStringLiteral("container"), m_parts.containerOf(host)});
        return found;
    }

    /// mark: true or false, nothing when the node does not answer. nodes: rows of node status.
    QByteArray functions(const QString &host) const
    {
        const KwbaseCli cli = m_parts.plan().clis.value(host);
        const QString mark =
            QStringLiteral("SELECT upgrading FROM kwdb_internal.gossip_liveness WHERE node_id = %1")
                .arg(m_parts.plan().nodeIds.value(host));
        const QString text =
            QStringLiteral("mark() { (%1) 2>/dev/null | tr -d '\\r' | grep -x -e true -e false; }\n"
                           "nodes() { (%2) 2>/dev/null | tr -d '\\r' | tail -n +2; }\n")
                .arg(cli.sql({mark}, 10), cli.nodeStatus());
        return text.toUtf8() + m_parts.drainFunctions()
            + sharedScript(m_parts.isContainer() ? QStringLiteral("live.container.functions")
                                                 : QStringLiteral("live.functions"));
    }

    PlanStep upgradeStep(const QString &host) const
    {
        PlanStep upgrade = m_parts.step(StepKind::UpgradeLive, host);
        upgrade.script = stepScript(StepKind::UpgradeLive, variables(host), functions(host));
        upgrade.limit = std::chrono::minutes(30);
        upgrade.estimate = seconds(9);
        return upgrade;
    }

    PlanStep clearStep(const QString &host) const
    {
        PlanStep clear = m_parts.step(StepKind::ClearMark, host);
        clear.script = stepScript(StepKind::ClearMark, variables(host), functions(host));
        clear.look = lookScript(StepKind::ClearMark, variables(host), functions(host));
        clear.limit = std::chrono::minutes(10);
        clear.estimate = seconds(2);
        clear.args = {{QStringLiteral("waitMs"), static_cast<qint64>(waitForMark().count())}};
        return clear;
    }

    Stage nodeStage(const QString &host) const
    {
        Stage stage{.id = QStringLiteral("node@") + host, .host = host, .steps = {}};
        stage.steps = {m_parts.beforeStopStep(host), upgradeStep(host), clearStep(host),
                       m_parts.gateStep(host)};
        // The script restarts the node itself.
        if (m_parts.plan().pointOfNoReturn.isEmpty())
            m_parts.plan().pointOfNoReturn = stage.steps[1].id;
        return stage;
    }

    /// Until the script has restarted it, the node can have its old packages again; it is started
    /// with --upgrade-complete, because it is marked.
    Stage wayBack(const QString &host) const
    {
        PlanStep back = m_parts.putBackStep(host);
        back.script = namedScript(QStringLiteral("live-back"), variables(host), functions(host))
            + back.script;
        Stage stage{.id = QStringLiteral("back@") + host, .host = host, .steps = {}};
        stage.steps = {back, m_parts.onTheWayBack(clearStep(host)),
                       m_parts.onTheWayBack(m_parts.gateStep(host))};
        stage.onlyIfBegun = PlanParts::stepId(StepKind::UpgradeLive, host);
        stage.notIfBegun = PlanParts::stepId(StepKind::ClearMark, host);
        return stage;
    }

    bool isLeftMarked(const HostFacts &facts) const
    {
        const int id = m_parts.plan().nodeIds.value(facts.host.id());
        const QList<NodeRow> &nodes = m_parts.input().facts.cluster.nodes;
        const auto row = std::ranges::find(nodes, id, &NodeRow::id);
        const bool isMarked = row != nodes.end() && row->isLive && !row->isAvailable;
        return isMarked
            || facts.startArgument.valueOr({}).contains(QLatin1String("--upgrade-complete"));
    }

    /// A node that an earlier upgrade has left marked: nothing can begin before it is repaired.
    void addEarlierUpgrades()
    {
        Plan &plan = m_parts.plan();
        qsizetype at = 2; // behind locks and staging
        for (const auto &facts : m_parts.input().facts.hosts) {
            const QString host = facts.host.id();
            if (!isLeftMarked(facts))
                continue;
            Stage stage{.id = QStringLiteral("earlier@") + host, .host = host, .steps = {}};
            for (auto step :
                 {m_parts.beforeStopStep(host), clearStep(host), m_parts.gateStep(host)}) {
                step.id.prepend(QStringLiteral("earlier-"));
                if (facts.installedVersion.value != plan.to)
                    step.args[QStringLiteral("version")] = plan.from.toString();
                stage.steps.append(step);
            }
            plan.stages.insert(at++, stage);
        }
    }

    /// The server overwrites the setting with 3h and, later, with its default.
    void keepSetting()
    {
        for (auto &stage : m_parts.plan().stages) {
            for (auto &step : stage.steps) {
                if (step.kind == StepKind::RaiseSetting)
                    step.args[QStringLiteral("overwritten")] = true;
            }
        }
    }

    PlanParts &m_parts;
};

} // namespace

Result<void> addLiveStages(PlanParts &parts)
{
    if (parts.plan().backup.kind == BackupChoice::Kind::ColdCopy)
        return Error{.code = ErrorCode::BackupMissing};
    return LivePlan(parts).build();
}

} // namespace kwup
