#include "core/plan/StepScripts.h"
#include "core/plan/methods/MethodPlans.h"

namespace kwup {

namespace {

using std::chrono::seconds;
using Variables = QList<QPair<QString, QString>>;

// The vendor's words (build instructions of the repository); it installs below its own install/.
constexpr QLatin1StringView VendorBuild{
    "rm -rf build && mkdir build && cd build && cmake .. -DCMAKE_BUILD_TYPE=Release && make && "
    "make install"};
constexpr qint64 BuildBytesPerSecond =
    200 * 1024; ///< of the source tree; a guess for the time line
constexpr qint64 CopyBytesPerSecond = 60 * 1024 * 1024;

/// Steps of one host whose server no package and no container stands behind. All scripts that look
/// for the server share one way to find it.
class SourceSteps {
public:
    SourceSteps(const PlanParts &parts, QString host)
        : m_parts(parts)
        , m_host(std::move(host))
        , m_functions(sharedScript(QStringLiteral("process.functions")))
    { }

    PlanStep upload() const
    {
        PlanStep stage = m_parts.stageStep(m_host);
        const PackageInfo &package = m_parts.plan().package;
        auto variables = common();
        variables.append({{QStringLiteral("upload"), m_parts.plan().uploadDirectory()},
                          {QStringLiteral("file"), stage.args[QStringLiteral("file")].toString()},
                          {QStringLiteral("sha256"), QString::fromLatin1(package.sha256)},
                          {QStringLiteral("folder"), package.topFolder}});
        stage.script = namedScript(QStringLiteral("stage-source"), variables,
                                   sharedScript(QStringLiteral("archive.functions")));
        return stage;
    }

    PlanStep build() const
    {
        const PackageInfo &package = m_parts.plan().package;
        const MethodOptions &options = m_parts.plan().options;
        const bool isTree = package.kind == PackageKind::SourceTree;
        QString command = options.text(option::BuildCommand);
        QStringList tools = options.list(option::BuildTools);
        auto variables = common();
        variables.append(
            {{QStringLiteral("tree"),
              package.directory.isEmpty() ? m_parts.packageDirectory() : package.directory},
             {QStringLiteral("version"), package.version.base},
             {QStringLiteral("build"), isTree ? QStringLiteral("yes") : QStringLiteral("no")}});
        if (isTree) {
            if (command.isEmpty())
                command = VendorBuild;
            if (tools.isEmpty())
                tools = package.tools;
            variables.append({{QStringLiteral("command"), command},
                              {QStringLiteral("tools"), tools.join(u' ')}});
        }
        PlanStep build = scripted(StepKind::Build, variables);
        build.limit = isTree ? std::chrono::hours(6) : std::chrono::hours(1);
        build.estimate = seconds(
            2 + package.unpackedBytes / (isTree ? BuildBytesPerSecond : CopyBytesPerSecond));
        return build;
    }

    PlanStep capture() const
    {
        PlanStep capture = scripted(StepKind::CaptureProcess, common());
        capture.estimate = seconds(1);
        return capture;
    }

    PlanStep stop() const
    {
        PlanStep stop = m_parts.stopStep(m_host);
        const auto drain = m_parts.input().timeouts.drainWait;
        auto variables = common();
        variables.append({QStringLiteral("drain_ms"), QString::number(drain.count())});
        stop.script = namedScript(QStringLiteral("stop-process"), variables, m_functions);
        return stop;
    }

    PlanStep backup() const
    {
        PlanStep backup = m_parts.backupStep(m_host);
        auto variables = common();
        const QString certificates = m_parts.plan().clis.value(m_host).certsDir;
        const bool isSecure =
            m_parts.facts(m_host).security.valueOr(SecurityMode::Unknown) != SecurityMode::Insecure;
        variables.append(
            {{QStringLiteral("data_root"), backup.args[QStringLiteral("dataRoot")].toString()},
             {QStringLiteral("version"), m_parts.plan().from.base},
             {QStringLiteral("certificates"), isSecure ? certificates : QString()},
             {QStringLiteral("target"), m_parts.backupTarget(m_host)}});
        backup.script =
            namedScript(QStringLiteral("backup-source"), variables,
                        m_functions + sharedScript(QStringLiteral("cold-copy.functions")));
        return backup;
    }

    PlanStep swap() const
    {
        auto variables = common();
        variables.append(
            {QStringLiteral("data_root"), m_parts.facts(m_host).dataRoot.valueOr(QString())});
        PlanStep swap = scripted(StepKind::Swap, variables);
        swap.estimate = seconds(2);
        return swap;
    }

    PlanStep start() const
    {
        PlanStep start = m_parts.startStep(m_host);
        const auto active = m_parts.input().timeouts.activeFor;
        auto variables = common();
        variables.append({QStringLiteral("active_ms"), QString::number(active.count())});
        start.script = namedScript(QStringLiteral("start-process"), variables, m_functions);
        return start;
    }

    /// Steps that put the cold copy back: other scripts, for nothing but the data is in /var or
    /// /etc.
    PlanStep ofCopy(StepKind kind, const RestorePoint::Copy &copy) const
    {
        auto variables = common();
        variables.append(
            {{QStringLiteral("data_root"), m_parts.facts(m_host).dataRoot.valueOr(QString())},
             {QStringLiteral("copy"), copy.directory},
             {QStringLiteral("sha256"), copy.sha256},
             {QStringLiteral("version"), m_parts.plan().to.base}});
        const QString name = toString(kind) + QStringLiteral(".source");
        PlanStep step = m_parts.step(kind, m_host);
        step.script = namedScript(name, variables, m_functions);
        step.look = kind == StepKind::RestoreCopy
            ? namedScript(name + QStringLiteral(".look"), variables)
            : lookScript(kind, variables);
        step.limit = std::chrono::hours(24);
        const qint64 bytes = m_parts.facts(m_host).dataBytes.valueOr(0);
        const bool reads = kind != StepKind::SetAside;
        step.estimate = seconds(2 + (reads ? 2 * bytes / CopyBytesPerSecond : 0));
        return step;
    }

    PlanStep gate() const { return m_parts.gateStep(m_host); }

    PlanStep listKept() const
    {
        PlanStep list = m_parts.step(StepKind::ListKept, m_host);
        list.script = stepScript(StepKind::ListKept, common());
        list.look = namedScript(QStringLiteral("list-kept-source.look"), common(), m_functions);
        list.estimate = seconds(1);
        return list;
    }

    /// What is left of the new program stops, the old one is put back and started as before.
    QList<PlanStep> wayBack() const
    {
        auto variables = common();
        variables.append({QStringLiteral("version"), m_parts.plan().from.base});
        return {m_parts.onTheWayBack(stop()), scripted(StepKind::SwapBack, variables),
                m_parts.onTheWayBack(start()), m_parts.onTheWayBack(gate())};
    }

private:
    Variables common() const
    {
        return {{QStringLiteral("directory"), m_parts.plan().remoteDirectory()},
                {QStringLiteral("run"), m_parts.plan().runId}};
    }

    PlanStep scripted(StepKind kind, const Variables &variables) const
    {
        PlanStep step = m_parts.step(kind, m_host);
        step.script = stepScript(kind, variables, m_functions);
        step.look = lookScript(kind, variables, m_functions);
        return step;
    }

    const PlanParts &m_parts;
    QString m_host;
    QByteArray m_functions;
};

Stage nodeStage(PlanParts &parts, const QString &host)
{
    const SourceSteps steps(parts, host);
    Stage stage{.id = QStringLiteral("node@") + host, .host = host, .steps = {}};
    if (parts.isCluster())
        stage.steps.append(parts.beforeStopStep(host));
    stage.steps.append(steps.stop());
    if (parts.plan().backup.kind == BackupChoice::Kind::ColdCopy)
        stage.steps.append(steps.backup());
    stage.steps.append(steps.swap());
    stage.steps.append(steps.start());
    if (parts.plan().pointOfNoReturn.isEmpty())
        parts.plan().pointOfNoReturn = stage.steps.last().id;
    stage.steps.append(steps.gate());
    return stage;
}

/// All that can fail without a node being stopped comes first. Builds go one after the other: they
/// take what the processors of a host have left over, and the cluster is in service.
void addPreparation(PlanParts &parts, const QStringList &hosts)
{
    using Order = Stage::Order;
    Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
    Stage uploads{.id = QStringLiteral("stage"), .host = {}, .order = Order::Parallel, .steps = {}};
    Stage builds{.id = QStringLiteral("build"), .host = {}, .steps = {}};
    Stage captures{
        .id = QStringLiteral("capture"), .host = {}, .order = Order::Parallel, .steps = {}};
    for (const auto &host : std::as_const(parts.plan().hosts))
        lock.steps.append(parts.lockStep(host.id()));
    for (const auto &host : hosts) {
        const SourceSteps steps(parts, host);
        if (!parts.plan().package.file.isEmpty())
            uploads.steps.append(steps.upload());
        builds.steps.append(steps.build());
        captures.steps.append(steps.capture());
    }
    parts.plan().stages.append(lock);
    if (!uploads.steps.isEmpty())
        parts.plan().stages.append(uploads);
    parts.plan().stages.append({builds, captures});
}

void addBaseline(PlanParts &parts)
{
    Stage baseline{.id = QStringLiteral("baseline"), .host = {}, .steps = {parts.baselineStep()}};
    if (parts.isCluster())
        baseline.steps.append(parts.raiseStep());
    parts.plan().stages.append(baseline);
}

/// What is kept is told before the locks and the staging directories go.
void listKept(PlanParts &parts, const QStringList &hosts)
{
    QList<PlanStep> &steps = parts.plan().stages.last().steps;
    qsizetype at = 0;
    while (at < steps.size() && steps[at].kind != StepKind::Release)
        ++at;
    for (const auto &host : hosts)
        steps.insert(at++, SourceSteps(parts, host).listKept());
}

} // namespace

Result<void> addSourceStages(PlanParts &parts)
{
    QStringList hosts;
    for (const auto &host : std::as_const(parts.plan().hosts)) {
        if (parts.needsUpgrade(host.id()))
            hosts.append(host.id());
    }
    addPreparation(parts, hosts);
    addBaseline(parts);
    for (const auto &host : std::as_const(hosts)) {
        parts.plan().stages.append(nodeStage(parts, host));
        parts.plan().wayBack.append(Stage{.id = QStringLiteral("back@") + host,
                                          .host = host,
                                          .steps = SourceSteps(parts, host).wayBack(),
                                          .onlyIfBegun = PlanParts::stepId(StepKind::Stop, host)});
    }
    parts.addFinish();
    listKept(parts, hosts);
    return {};
}

/// All nodes together, as with packages: the old program is made ready and the copies are read
/// through before the first node stops.
void addSourceRestoreStages(PlanParts &parts, const QStringList &hosts)
{
    const RestorePoint &point = *parts.input().restorePoint;
    addPreparation(parts, hosts);
    Stage copies{
        .id = QStringLiteral("copies"), .host = {}, .order = Stage::Order::Parallel, .steps = {}};
    Stage stop{.id = QStringLiteral("stop"), .host = {}, .steps = {}};
    Stage start{.id = QStringLiteral("start"), .host = {}, .steps = {}};
    QList<Stage> back;
    for (const auto &host : hosts) {
        const SourceSteps steps(parts, host);
        const RestorePoint::Copy copy = point.copies.value(host);
        copies.steps.append(steps.ofCopy(StepKind::CheckCopy, copy));
        stop.steps.append(steps.stop());
        back.append({.id = QStringLiteral("restore@") + host,
                     .host = host,
                     .steps = {steps.ofCopy(StepKind::SetAside, copy),
                               steps.ofCopy(StepKind::RestoreCopy, copy), steps.swap()}});
        start.steps.append(steps.start());
    }
    for (const auto &host : hosts)
        start.steps.append(SourceSteps(parts, host).gate());
    parts.plan().stages.append({copies, stop});
    parts.plan().stages.append(back);
    parts.plan().stages.append(start);
    Stage finish{.id = QStringLiteral("finish"), .host = {}, .steps = {parts.verifyStep()}};
    for (const auto &host : std::as_const(parts.plan().hosts))
        finish.steps.append(parts.releaseStep(host.id()));
    parts.plan().stages.append(finish);
    listKept(parts, hosts);
}

} // namespace kwup
