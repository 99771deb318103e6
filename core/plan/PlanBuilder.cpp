#include "core/plan/Plan.h"
#include "core/plan/StepScripts.h"

#include "core/discover/Discovery.h"

#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

// A drain in a cluster uses its whole wait; the transfer rates are cautious for a busy disk.
constexpr qint64 UploadBytesPerSecond = 10 * 1024 * 1024;
constexpr qint64 BackupBytesPerSecond = 60 * 1024 * 1024;

QString stepId(StepKind kind, const QString &host = {})
{
    return host.isEmpty() ? toString(kind) : toString(kind) + u'@' + host;
}

seconds atLeastASecond(std::chrono::milliseconds duration)
{
    return std::max(seconds(1), duration_cast<seconds>(duration));
}

class Builder {
public:
    explicit Builder(const PlanInput &input)
        : m_input(input)
    { }

    Result<Plan> build()
    {
        if (const auto refused = check(); !refused)
            return refused.error();
        fillHead();
        if (const auto hosts = fillHosts(); !hosts)
            return hosts.error();
        addPreparation();
        for (const auto &host : std::as_const(m_plan.hosts)) {
            if (needsUpgrade(host.id()))
                m_plan.stages.append(nodeStage(host.id()));
        }
        addFinish();
        return m_plan;
    }

private:
    Result<void> check() const
    {
        const MethodAdvice advice = adviseMethod(m_input.facts, m_input.package);
        const auto row = std::ranges::find(advice.rows, m_input.method, &MethodAdvice::Row::method);
        if (row == advice.rows.end() || !row->applicable) {
            return Error{
                .code = ErrorCode::MethodNotApplicable,
                .args = {row == advice.rows.end() ? toString(m_input.method) : describe(*row)}};
        }
        const BackupChoice &backup = m_input.backup;
        const bool isAnswered =
            (backup.kind == BackupChoice::Kind::ColdCopy && backup.directory.startsWith(u'/'))
            || (backup.kind == BackupChoice::Kind::Named && !backup.evidence.trimmed().isEmpty())
            || (backup.kind == BackupChoice::Kind::Refused && !backup.reason.trimmed().isEmpty());
        if (!isAnswered)
            return Error{.code = ErrorCode::BackupMissing};
        return {};
    }

    bool isCluster() const { return m_input.method != Method::ScriptSingle; }

    void fillHead()
    {
        m_plan.runId = m_input.runId.isEmpty() ? newRunId() : m_input.runId;
        m_plan.method = m_input.method;
        m_plan.to = m_input.package.version;
        m_plan.package = m_input.package;
        m_plan.backup = m_input.backup;
        const HostFacts &first = m_input.facts.hosts.first();
        m_plan.from = *first.installedVersion.value;
        for (const auto &host : m_input.facts.hosts) {
            if (compareBase(*host.installedVersion.value, m_plan.from) < 0)
                m_plan.from = *host.installedVersion.value;
        }
        m_plan.runType = first.runType.valueOr(RunType::Unknown);
    }

    QStringList proposedOrder() const
    {
        QStringList order;
        for (const auto &host : m_input.facts.hosts)
            order.append(host.host.id());
        // The node that is asked goes last, so that the run asks one and the same for most of it.
        if (order.removeOne(m_input.facts.cluster.askedHost))
            order.append(m_input.facts.cluster.askedHost);
        return order;
    }

    Result<void> fillHosts()
    {
        QStringList order = proposedOrder();
        if (!m_input.nodeOrder.isEmpty()) {
            QStringList wanted = m_input.nodeOrder;
            std::ranges::sort(wanted);
            std::ranges::sort(order);
            if (wanted != order) {
                return Error{.code = ErrorCode::Internal,
                             .args = {QStringLiteral("the node order names other hosts")}};
            }
            order = m_input.nodeOrder;
        }
        for (const auto &id : std::as_const(order)) {
            const HostFacts *facts = m_input.facts.host(id);
            m_plan.hosts.append(facts->host);
            if (const auto cli = kwbaseCliOf(*facts))
                m_plan.clis[id] = *cli;
            const auto nodeId = m_input.facts.nodeIdByHost.constFind(id);
            if (nodeId != m_input.facts.nodeIdByHost.cend())
                m_plan.nodeIds[id] = *nodeId;
            if (isCluster() && (!m_plan.nodeIds.contains(id) || !m_plan.clis.contains(id)))
                return Error{.code = ErrorCode::NodeIdUnknown, .host = id, .args = {id}};
        }
        return {};
    }

    bool needsUpgrade(const QString &id) const
    {
        const HostFacts *facts = m_input.facts.host(id);
        const bool isThere = facts->installedVersion.value == m_plan.to
            && facts->binaryVersion.isKnown()
            && compareBase(*facts->binaryVersion.value, m_plan.to) == 0 && facts->service.isKnown()
            && facts->service.value->isRunning();
        return !isThere;
    }

    PlanStep step(StepKind kind, const QString &host) const
    {
        PlanStep step;
        step.kind = kind;
        step.host = host;
        step.id = stepId(kind, host);
        return step;
    }

    QString packageDirectory() const
    {
        return m_plan.remoteDirectory() + QStringLiteral("/package/") + m_plan.package.topFolder;
    }

    PlanStep lockStep(const QString &host) const
    {
        PlanStep lock = step(StepKind::Lock, host);
        lock.script = stepScript(
            StepKind::Lock,
            {{QStringLiteral("run"), m_plan.runId}, {QStringLiteral("lock"), QString(LockFile)}});
        lock.args = {{QStringLiteral("path"), QString(LockFile)}};
        lock.estimate = seconds(1);
        return lock;
    }

    PlanStep stageStep(const QString &host) const
    {
        const PackageInfo &package = m_plan.package;
        const QString file = QStringLiteral("release.tar.gz");
        PlanStep stage = step(StepKind::Stage, host);
        stage.script = stepScript(StepKind::Stage,
                                  {{QStringLiteral("directory"), m_plan.remoteDirectory()},
                                   {QStringLiteral("upload"), m_plan.uploadDirectory()},
                                   {QStringLiteral("file"), file},
                                   {QStringLiteral("sha256"), QString::fromLatin1(package.sha256)},
                                   {QStringLiteral("folder"), package.topFolder},
                                   {QStringLiteral("script_sha256"), package.scriptSha256}});
        stage.args = {{QStringLiteral("file"), file}};
        stage.estimate = seconds(2 + package.size / UploadBytesPerSecond);
        stage.limit = std::chrono::hours(1);
        return stage;
    }

    void addPreparation()
    {
        Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
        Stage staging{.id = QStringLiteral("stage"),
                      .host = {},
                      .order = Stage::Order::Parallel,
                      .steps = {}};
        for (const auto &host : std::as_const(m_plan.hosts)) {
            lock.steps.append(lockStep(host.id()));
            if (needsUpgrade(host.id()))
                staging.steps.append(stageStep(host.id()));
        }
        Stage baseline{.id = QStringLiteral("baseline"), .host = {}, .steps = {}};
        // Asked first: the host that goes last.
        const QString asked = m_plan.hosts.last().id();
        baseline.steps.append(step(StepKind::Baseline, asked));
        baseline.steps.last().id = stepId(StepKind::Baseline);
        if (isCluster())
            baseline.steps.append(raiseStep(asked));
        m_plan.stages.append({lock, staging, baseline});
    }

    PlanStep raiseStep(const QString &asked) const
    {
        const QString name = QLatin1String(TimeUntilStoreDead);
        const QString value = QStringLiteral("3h0m0s");
        PlanStep raise = step(StepKind::RaiseSetting, asked);
        raise.id = stepId(StepKind::RaiseSetting);
        raise.script = settingScript(m_plan.clis[asked], name, value);
        raise.args = {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
        raise.estimate = seconds(1);
        return raise;
    }

    Stage nodeStage(const QString &host)
    {
        Stage stage{.id = QStringLiteral("node@") + host, .host = host, .steps = {}};
        if (isCluster()) {
            PlanStep before = step(StepKind::BeforeStop, host);
            before.estimate = seconds(3);
            before.limit = seconds(120);
            stage.steps.append(before);
        }
        stage.steps.append(stopStep(host));
        if (m_plan.backup.kind == BackupChoice::Kind::ColdCopy)
            stage.steps.append(backupStep(host));
        stage.steps.append(upgradeStep(host));
        stage.steps.append(startStep(host));
        if (m_plan.pointOfNoReturn.isEmpty())
            m_plan.pointOfNoReturn = stage.steps.last().id;
        stage.steps.append(gateStep(host));
        return stage;
    }

    PlanStep stopStep(const QString &host) const
    {
        const Timeouts &times = m_input.timeouts;
        PlanStep stop = step(StepKind::Stop, host);
        stop.script =
            stepScript(StepKind::Stop,
                       {{QStringLiteral("drain_ms"), QString::number(times.drainWait.count())}});
        stop.limit = atLeastASecond(times.stopLimit);
        stop.estimate = isCluster() ? atLeastASecond(times.drainWait) + seconds(1) : seconds(2);
        return stop;
    }

    PlanStep backupStep(const QString &host) const
    {
        const HostFacts *facts = m_input.facts.host(host);
        const QString dataRoot = facts->dataRoot.valueOr(QStringLiteral("/var/lib/kaiwudb"));
        QString label = host;
        label.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9.-]")), QStringLiteral("_"));
        const QString target =
            m_plan.backup.directory + QStringLiteral("/kwup-") + m_plan.runId + u'-' + label;
        PlanStep backup = step(StepKind::Backup, host);
        backup.script = stepScript(
            StepKind::Backup,
            {{QStringLiteral("data_root"), dataRoot}, {QStringLiteral("target"), target}});
        backup.args = {{QStringLiteral("dataRoot"), dataRoot}, {QStringLiteral("target"), target}};
        backup.limit = std::chrono::hours(24);
        backup.estimate = seconds(2 + 2 * facts->dataBytes.valueOr(0) / BackupBytesPerSecond);
        return backup;
    }

    PlanStep upgradeStep(const QString &host) const
    {
        PlanStep upgrade = step(StepKind::Upgrade, host);
        upgrade.script =
            stepScript(StepKind::Upgrade, {{QStringLiteral("package"), packageDirectory()}});
        upgrade.limit = std::chrono::minutes(30);
        upgrade.estimate = seconds(4);
        return upgrade;
    }

    PlanStep startStep(const QString &host) const
    {
        const auto active = m_input.timeouts.activeFor;
        PlanStep start = step(StepKind::Start, host);
        start.script = stepScript(StepKind::Start,
                                  {{QStringLiteral("active_ms"), QString::number(active.count())}});
        start.limit = std::chrono::minutes(10);
        start.estimate = atLeastASecond(active) + seconds(1);
        return start;
    }

    PlanStep gateStep(const QString &host) const
    {
        const Timeouts &times = m_input.timeouts;
        const HostFacts *facts = m_input.facts.host(host);
        PlanStep gate = step(StepKind::Gate, host);
        gate.limit = atLeastASecond(times.gateLimit);
        gate.estimate = atLeastASecond(times.gateSettle) - atLeastASecond(times.activeFor)
            + 2 * atLeastASecond(times.gateInterval);
        if (gate.estimate < seconds(1))
            gate.estimate = seconds(1);
        if (facts->startCommand.isKnown())
            gate.args[QStringLiteral("http")] = facts->startCommand.value->localHttpAddress();
        gate.args[QStringLiteral("secure")] =
            facts->security.valueOr(SecurityMode::Unknown) != SecurityMode::Insecure;
        return gate;
    }

    void addFinish()
    {
        Stage finish{.id = QStringLiteral("finish"), .host = {}, .steps = {}};
        const QString asked = m_plan.hosts.last().id();
        if (isCluster()) {
            PlanStep restore = step(StepKind::RestoreSetting, asked);
            restore.id = stepId(StepKind::RestoreSetting);
            const QString name = QLatin1String(TimeUntilStoreDead);
            restore.script =
                settingScript(m_plan.clis[asked], name, QString(SavedValuePlaceholder));
            restore.args = {{QStringLiteral("name"), name}};
            restore.estimate = seconds(1);
            finish.steps.append(restore);
        }
        PlanStep verify = step(StepKind::Verify, asked);
        verify.id = stepId(StepKind::Verify);
        verify.estimate = seconds(5);
        finish.steps.append(verify);
        for (const auto &host : std::as_const(m_plan.hosts)) {
            PlanStep release = step(StepKind::Release, host.id());
            release.script = stepScript(StepKind::Release,
                                        {{QStringLiteral("run"), m_plan.runId},
                                         {QStringLiteral("lock"), QString(LockFile)},
                                         {QStringLiteral("directory"), m_plan.remoteDirectory()},
                                         {QStringLiteral("upload"), m_plan.uploadDirectory()}});
            release.estimate = seconds(1);
            finish.steps.append(release);
        }
        m_plan.stages.append(finish);
    }

    const PlanInput &m_input;
    Plan m_plan;
};

} // namespace

Result<Plan> buildPlan(const PlanInput &input)
{
    return Builder(input).build();
}

} // namespace kwup
