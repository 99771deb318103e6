#include "core/plan/PlanParts.h"

#include "core/discover/Discovery.h"
#include "core/plan/StepScripts.h"

#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

// A drain in a cluster uses its whole wait; the transfer rates are cautious for a busy disk.
constexpr qint64 UploadBytesPerSecond = 10 * 1024 * 1024;
constexpr qint64 BackupBytesPerSecond = 60 * 1024 * 1024;

} // namespace

seconds atLeastASecond(std::chrono::milliseconds duration)
{
    return std::max(seconds(1), duration_cast<seconds>(duration));
}

QString PlanParts::stepId(StepKind kind, const QString &host)
{
    return host.isEmpty() ? toString(kind) : toString(kind) + u'@' + host;
}

bool PlanParts::isCluster() const
{
    return m_plan.runType == RunType::MultiReplication;
}

const HostFacts &PlanParts::facts(const QString &host) const
{
    return *m_input.facts.host(host);
}

Result<void> PlanParts::fill()
{
    fillHead();
    return fillHosts();
}

void PlanParts::fillHead()
{
    m_plan.runId = m_input.runId.isEmpty() ? newRunId() : m_input.runId;
    m_plan.method = m_input.method;
    m_plan.to = m_input.package.version;
    m_plan.package = m_input.package;
    m_plan.backup = m_input.backup;
    const HostFacts &first = m_input.facts.hosts.first();
    m_plan.from = *first.installedVersion.value;
    const bool isBack = m_plan.method == Method::Restore;
    for (const auto &host : m_input.facts.hosts) {
        const auto order = compareBase(*host.installedVersion.value, m_plan.from);
        if (isBack ? order > 0 : order < 0)
            m_plan.from = *host.installedVersion.value;
    }
    m_plan.runType = first.runType.valueOr(RunType::Unknown);
    m_plan.deployment = first.deployment.valueOr(Deployment::BarePackage);
    m_plan.options = m_input.options;
    m_plan.oldPackage = m_input.oldPackage;
}

QStringList PlanParts::proposedOrder() const
{
    QStringList order;
    for (const auto &host : m_input.facts.hosts)
        order.append(host.host.id());
    // The node that is asked goes last, so that the run asks one and the same for most of it.
    if (order.removeOne(m_input.facts.cluster.askedHost))
        order.append(m_input.facts.cluster.askedHost);
    return order;
}

Result<void> PlanParts::fillHosts()
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
        else if (m_input.restorePoint && m_input.restorePoint->nodeIds.contains(id))
            m_plan.nodeIds[id] = m_input.restorePoint->nodeIds[id];
        if (isCluster() && (!m_plan.nodeIds.contains(id) || !m_plan.clis.contains(id)))
            return Error{.code = ErrorCode::NodeIdUnknown, .host = id, .args = {id}};
    }
    return {};
}

bool PlanParts::needsUpgrade(const QString &id) const
{
    const HostFacts *facts = m_input.facts.host(id);
    const bool isThere = facts->installedVersion.value == m_plan.to
        && facts->binaryVersion.isKnown()
        && compareBase(*facts->binaryVersion.value, m_plan.to) == 0 && facts->service.isKnown()
        && facts->service.value->isRunning();
    return !isThere;
}

PlanStep PlanParts::step(StepKind kind, const QString &host) const
{
    PlanStep step;
    step.kind = kind;
    step.host = host;
    step.id = stepId(kind, host);
    return step;
}

QString PlanParts::packageDirectory() const
{
    return m_plan.remoteDirectory() + QStringLiteral("/package/") + m_plan.package.topFolder;
}

PlanStep PlanParts::lockStep(const QString &host) const
{
    PlanStep lock = step(StepKind::Lock, host);
    lock.script = stepScript(StepKind::Lock,
                             {{QStringLiteral("run"), m_plan.runId},
                              {QStringLiteral("instead"),
                               m_input.restorePoint ? m_input.restorePoint->runId : QString()},
                              {QStringLiteral("lock"), QString(LockFile)}});
    lock.args = {{QStringLiteral("path"), QString(LockFile)}};
    lock.estimate = seconds(1);
    return lock;
}

PlanStep PlanParts::stageStep(const QString &host) const
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
                               {QStringLiteral("script_sha256"), package.scriptSha256}},
                              sharedScript(QStringLiteral("archive.functions")));
    stage.args = {{QStringLiteral("file"), file}};
    stage.estimate = seconds(2 + package.size / UploadBytesPerSecond);
    stage.limit = std::chrono::hours(1);
    return stage;
}

QByteArray PlanParts::variantScript(StepKind kind, const Variables &variables,
                                    const QByteArray &functions) const
{
    return isContainer()
        ? namedScript(toString(kind) + QStringLiteral(".container"), variables, functions)
        : stepScript(kind, variables, functions);
}

QByteArray PlanParts::drainFunctions() const
{
    return sharedScript(isContainer() ? QStringLiteral("drain.container.functions")
                                      : QStringLiteral("drain.functions"));
}

QByteArray PlanParts::variantLook(StepKind kind, const Variables &variables) const
{
    return isContainer()
        ? namedScript(toString(kind) + QStringLiteral(".container.look"), variables)
        : lookScript(kind, variables);
}

QString PlanParts::containerOf(const QString &host) const
{
    const QString name = facts(host).container.valueOr(QString());
    return name.isEmpty() ? QStringLiteral("kaiwudb-container") : name;
}

QString PlanParts::keptImage() const
{
    return QStringLiteral("kwup-kept:") + m_plan.runId;
}

QList<QPair<QString, QString>> PlanParts::savingVariables(const QString &host) const
{
    QList<QPair<QString, QString>> variables{
        {QStringLiteral("directory"), m_plan.remoteDirectory()}};
    if (isContainer()) {
        variables.append({QStringLiteral("container"), containerOf(host)});
        variables.append({QStringLiteral("kept"), keptImage()});
        variables.append({QStringLiteral("package"), packageDirectory()});
        variables.append({QStringLiteral("data_root"),
                          facts(host).dataRoot.valueOr(QStringLiteral("/var/lib/kaiwudb"))});
    }
    return variables;
}

bool PlanParts::hasOldPackages() const
{
    if (isContainer())
        return true; // the image stays on the host under a second name
    return m_plan.oldPackage || !m_plan.options.text(option::OldPackageOnHost).isEmpty();
}

QString PlanParts::oldDirectory() const
{
    return m_plan.remoteDirectory() + QStringLiteral("/old");
}

PlanStep PlanParts::stageOldStep(const QString &host) const
{
    PlanStep stage = step(StepKind::StageOld, host);
    stage.limit = std::chrono::hours(1);
    if (!m_plan.oldPackage) {
        const QString version = m_plan.from.base;
        stage.script =
            stepScript(StepKind::StageOld,
                       {{QStringLiteral("directory"), oldDirectory()},
                        {QStringLiteral("source"), m_plan.options.text(option::OldPackageOnHost)},
                        {QStringLiteral("version"), version},
                        {QStringLiteral("kind"), packageSuffix()}});
        stage.args = {{QStringLiteral("staged"), version}};
        stage.estimate = seconds(2);
        return stage;
    }
    const PackageInfo &package = *m_plan.oldPackage;
    const QString file = QStringLiteral("old-release.tar.gz");
    stage.script = stepScript(StepKind::Stage,
                              {{QStringLiteral("directory"), oldDirectory()},
                               {QStringLiteral("upload"), m_plan.uploadDirectory()},
                               {QStringLiteral("file"), file},
                               {QStringLiteral("sha256"), QString::fromLatin1(package.sha256)},
                               {QStringLiteral("folder"), package.topFolder},
                               {QStringLiteral("script_sha256"), package.scriptSha256}},
                              sharedScript(QStringLiteral("archive.functions")));
    stage.args = {{QStringLiteral("file"), file},
                  {QStringLiteral("staged"), QString::fromLatin1(package.sha256)}};
    stage.estimate = seconds(2 + package.size / UploadBytesPerSecond);
    return stage;
}

QString PlanParts::packageSuffix() const
{
    return m_plan.package.kind == PackageKind::BareRpm ? QStringLiteral("rpm")
                                                       : QStringLiteral("deb");
}

PlanStep PlanParts::saveConfigStep(const QString &host) const
{
    const auto variables = savingVariables(host);
    PlanStep save = step(StepKind::SaveConfig, host);
    save.script = variantScript(StepKind::SaveConfig, variables);
    save.look = variantLook(StepKind::SaveConfig, variables);
    save.estimate = seconds(1);
    return save;
}

PlanStep PlanParts::verifyDownStep(const QString &host) const
{
    PlanStep down = step(StepKind::VerifyDown, host);
    QList<QPair<QString, QString>> variables;
    if (isContainer())
        variables.append({QStringLiteral("container"), containerOf(host)});
    down.look = variantLook(StepKind::VerifyDown, variables);
    down.estimate = seconds(1);
    return down;
}

PlanStep PlanParts::putBackStep(const QString &host) const
{
    const QString folder =
        m_plan.oldPackage ? m_plan.oldPackage->topFolder : QStringLiteral("kwdb_install");
    PlanStep back = step(StepKind::PutBack, host);
    back.script = stepScript(
        StepKind::PutBack,
        {{QStringLiteral("directory"), m_plan.remoteDirectory()},
         {QStringLiteral("old"), oldDirectory() + QStringLiteral("/package/") + folder},
         {QStringLiteral("kind"), packageSuffix()},
         {QStringLiteral("user"), facts(host).managementUser.valueOr(QStringLiteral("kaiwudb"))}});
    if (isContainer())
        back.script = variantScript(StepKind::PutBack, savingVariables(host));
    back.limit = std::chrono::minutes(30);
    back.estimate = seconds(4);
    back.args = {{QStringLiteral("version"), m_plan.from.toString()}};
    return back;
}

PlanStep PlanParts::onTheWayBack(PlanStep step) const
{
    step.id.prepend(QStringLiteral("back-"));
    step.args[QStringLiteral("version")] = m_plan.from.toString();
    return step;
}

void PlanParts::addWayBackPreparation()
{
    if (!hasOldPackages())
        return;
    Stage old{.id = QStringLiteral("stage-old"),
              .host = {},
              .order = Stage::Order::Parallel,
              .steps = {}};
    Stage save{
        .id = QStringLiteral("save"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    for (const auto &host : std::as_const(m_plan.hosts)) {
        if (!needsUpgrade(host.id()))
            continue;
        if (!isContainer())
            old.steps.append(stageOldStep(host.id()));
        save.steps.append(saveConfigStep(host.id()));
    }
    // Before anything of the cluster is touched: what is missing here must not be found out later.
    const auto baseline = std::ranges::find(m_plan.stages, QStringLiteral("baseline"), &Stage::id);
    const auto at = baseline - m_plan.stages.begin();
    m_plan.stages.insert(at, save);
    if (!old.steps.isEmpty())
        m_plan.stages.insert(at, old);
}

void PlanParts::addPreparation()
{
    Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
    Stage staging{
        .id = QStringLiteral("stage"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    for (const auto &host : std::as_const(m_plan.hosts)) {
        lock.steps.append(lockStep(host.id()));
        if (needsUpgrade(host.id()))
            staging.steps.append(stageStep(host.id()));
    }
    Stage baseline{.id = QStringLiteral("baseline"), .host = {}, .steps = {baselineStep()}};
    if (isCluster())
        baseline.steps.append(raiseStep());
    m_plan.stages.append({lock, staging, baseline});
}

PlanStep PlanParts::baselineStep() const
{
    PlanStep baseline = step(StepKind::Baseline, askedHost());
    baseline.id = stepId(StepKind::Baseline);
    return baseline;
}

PlanStep PlanParts::raiseStep() const
{
    const QString name = QLatin1String(TimeUntilStoreDead);
    const QString value = QStringLiteral("3h0m0s");
    PlanStep raise = step(StepKind::RaiseSetting, askedHost());
    raise.id = stepId(StepKind::RaiseSetting);
    raise.script = settingScript(m_plan.clis[askedHost()], name, value);
    raise.args = {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
    raise.estimate = seconds(1);
    return raise;
}

PlanStep PlanParts::beforeStopStep(const QString &host) const
{
    PlanStep before = step(StepKind::BeforeStop, host);
    before.estimate = seconds(3);
    before.limit = seconds(120);
    return before;
}

PlanStep PlanParts::stopStep(const QString &host) const
{
    PlanStep stop = stopStep(host, m_input.timeouts.drainWait);
    if (!isCluster())
        stop.estimate = seconds(2);
    return stop;
}

PlanStep PlanParts::stopStep(const QString &host, std::chrono::milliseconds drain) const
{
    PlanStep stop = step(StepKind::Stop, host);
    QList<QPair<QString, QString>> variables{
        {QStringLiteral("drain_ms"), QString::number(drain.count())}};
    if (isContainer())
        variables.append({QStringLiteral("container"), containerOf(host)});
    stop.script = variantScript(StepKind::Stop, variables, drainFunctions());
    stop.limit = atLeastASecond(m_input.timeouts.stopLimit);
    stop.estimate = atLeastASecond(drain) + seconds(1);
    return stop;
}

QString PlanParts::backupName(const QString &runId, const QString &host)
{
    QString label = host;
    label.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9.-]")), QStringLiteral("_"));
    return QStringLiteral("kwup-") + runId + u'-' + label;
}

QString PlanParts::backupTarget(const QString &host) const
{
    return m_plan.backup.directory + u'/' + backupName(m_plan.runId, host);
}

PlanStep PlanParts::backupStep(const QString &host) const
{
    const HostFacts *facts = m_input.facts.host(host);
    const QString dataRoot = facts->dataRoot.valueOr(QStringLiteral("/var/lib/kaiwudb"));
    const QString target = backupTarget(host);
    PlanStep backup = step(StepKind::Backup, host);
    backup.script =
        stepScript(StepKind::Backup,
                   {{QStringLiteral("data_root"), dataRoot}, {QStringLiteral("target"), target}},
                   sharedScript(QStringLiteral("cold-copy.functions")));
    backup.args = {{QStringLiteral("dataRoot"), dataRoot}, {QStringLiteral("target"), target}};
    backup.limit = std::chrono::hours(24);
    backup.estimate = seconds(2 + 2 * facts->dataBytes.valueOr(0) / BackupBytesPerSecond);
    return backup;
}

PlanStep PlanParts::upgradeStep(const QString &host) const
{
    PlanStep upgrade = step(StepKind::Upgrade, host);
    QList<QPair<QString, QString>> variables{{QStringLiteral("package"), packageDirectory()}};
    if (isContainer())
        variables.append({QStringLiteral("container"), containerOf(host)});
    upgrade.script = stepScript(StepKind::Upgrade, variables);
    upgrade.limit = std::chrono::minutes(30);
    upgrade.estimate = seconds(4);
    return upgrade;
}

PlanStep PlanParts::startStep(const QString &host) const
{
    const auto active = m_input.timeouts.activeFor;
    PlanStep start = step(StepKind::Start, host);
    start.script = stepScript(StepKind::Start,
                              {{QStringLiteral("active_ms"), QString::number(active.count())}});
    start.limit = std::chrono::minutes(10);
    start.estimate = atLeastASecond(active) + seconds(1);
    return start;
}

PlanStep PlanParts::gateStep(const QString &host) const
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
    // The address in the command is the one inside the container.
    if (isContainer()) {
        gate.args[QStringLiteral("http")] =
            QStringLiteral("127.0.0.1:%1").arg(facts->httpPort.valueOr(8080));
    }
    gate.args[QStringLiteral("secure")] =
        facts->security.valueOr(SecurityMode::Unknown) != SecurityMode::Insecure;
    return gate;
}

} // namespace kwup
