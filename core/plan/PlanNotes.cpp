#include "core/plan/PlanNotes.h"

#include <QCoreApplication>

#include <algorithm>

namespace kwup {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("PlanNotes", sentence);
}

int minutes(std::chrono::seconds duration)
{
    return static_cast<int>(std::max<qint64>(1, (duration.count() + 59) / 60));
}

bool hasStep(const QList<Stage> &stages, StepKind kind)
{
    return std::ranges::any_of(stages, [kind](const Stage &stage) {
        return std::ranges::find(stage.steps, kind, &PlanStep::kind) != stage.steps.end();
    });
}

bool isScript(Method method)
{
    return method == Method::ScriptSingle || method == Method::ScriptRolling
        || method == Method::ScriptLive || method == Method::ScriptOfflineCluster;
}

// clang-format off
QString wayBackNote(const Plan &plan)
{
    if (plan.method == Method::Source)
        return text(QT_TRANSLATE_NOOP("PlanNotes", "The old program is kept beside the new one until it is removed by hand. A failed step on a node can be answered by going back: its old program is put back and started with the same command. If the new version has changed the data, the old one may refuse it; then only the backup helps."));
    if (!isScript(plan.method))
        return {};
    if (plan.deployment == Deployment::ContainerPackage)
        return text(QT_TRANSLATE_NOOP("PlanNotes", "The old image stays on each host under the name kwup-kept:%1: until the new version is started, a failed step can be answered by going back. When the upgrade is verified and the image is no longer needed, remove it by hand.")).arg(plan.runId);
    if (!hasStep(plan.wayBack, StepKind::PutBack)) {
        return text(QT_TRANSLATE_NOOP("PlanNotes", "The packages of the installed version are not at hand, so this run cannot put them back: after a failed upgrade of the packages the choices are to repair and continue, or to stop there. Name the archive of the installed version in the settings of the method to have the way back."));
    }
    if (plan.goesBackTogether)
        return text(QT_TRANSLATE_NOOP("PlanNotes", "The packages of the installed version are at hand: until the first node is started with the new version, a failed step can be answered by going back, for all nodes together."));
    return text(QT_TRANSLATE_NOOP("PlanNotes", "The packages of the installed version are at hand: until a node is started with the new version, a failed step on it can be answered by going back on this node."));
}
// clang-format on

QStringList hostsWhere(const Plan &plan, StepKind kind,
                       const std::function<bool(const QString &)> &holds)
{
    QStringList hosts;
    for (const auto &stage : plan.stages) {
        for (const auto &step : stage.steps) {
            if (step.kind == kind && holds(step.id))
                hosts.append(step.host);
        }
    }
    return hosts;
}

QString names(const QStringList &hosts)
{
    return hosts.join(QStringLiteral(", "));
}

} // namespace

QStringList planNotes(const Plan &plan)
{
    QStringList notes;
    // clang-format off
    if (const auto outage = plan.outage()) {
        if (plan.hosts.size() > 1)
            notes.append(QCoreApplication::translate("PlanNotes", "All nodes are stopped at the same time: the whole database is out of service for about %n minute(s). Tell everybody who uses it before the start.", nullptr, minutes(*outage)));
        else
            notes.append(QCoreApplication::translate("PlanNotes", "The database is out of service for about %n minute(s).", nullptr, minutes(*outage)));
    }
    // clang-format on
    // clang-format off
    if (plan.method == Method::ScriptLive) {
        notes.append(text(QT_TRANSLATE_NOOP("PlanNotes", "This is the vendor's script on running nodes, which the guide does not describe: it restarts each node without a drain, so clients can wait up to 18 seconds for each node.")));
        notes.append(text(QT_TRANSLATE_NOOP("PlanNotes", "The server overwrites server.time_until_store_dead with three hours and then with 30 minutes. The present value is saved before and put back at the end, also after a failure.")));
    }
    // clang-format on
    if (const QString note = wayBackNote(plan); !note.isEmpty())
        notes.append(note);
    return notes;
}

// clang-format off
/// A node that the vendor's script has marked and not restarted.
static QStringList markedByHand(const Plan &plan,
                                const std::function<bool(const QString &)> &hasBegun,
                                const std::function<bool(const QString &)> &isDone)
{
    const QStringList begun = hostsWhere(plan, StepKind::UpgradeLive, hasBegun);
    const QStringList open = hostsWhere(plan, StepKind::ClearMark, [&](const QString &id) {
        return !isDone(id) && begun.contains(plan.step(id)->host);
    });
    if (open.isEmpty())
        return {};
    const bool isContainer = plan.deployment == Deployment::ContainerPackage;
    return {text(QT_TRANSLATE_NOOP("PlanNotes", "The node on %1 may be marked as upgrading. Until the mark is gone, no other node can be upgraded and no node can be decommissioned.")).arg(names(open)),
            text(QT_TRANSLATE_NOOP("PlanNotes", "To continue: remove the cause, then resume the run %1. It looks at every host first and does nothing twice.")).arg(plan.runId),
            isContainer ? text(QT_TRANSLATE_NOOP("PlanNotes", "To take the mark away by hand: append --upgrade-complete to the line with /kaiwudb/bin/kwbase in /etc/kaiwudb/script/docker-compose.yml, run \"systemctl restart kaiwudb\" as root, and take the argument out again when the node is available."))
                        : text(QT_TRANSLATE_NOOP("PlanNotes", "To take the mark away by hand: write KAIWUDB_START_ARG=\"--upgrade-complete \" into /etc/kaiwudb/script/kaiwudb_env, run \"systemctl daemon-reload; systemctl restart kaiwudb\" as root, and take the argument out again when the node is available."))};
}

QStringList instructionsByHand(const Plan &plan,
                               const std::function<bool(const QString &)> &hasBegun,
                               const std::function<bool(const QString &)> &isDone)
{
    if (plan.method == Method::ScriptLive)
        return markedByHand(plan, hasBegun, isDone);
    const bool isOver = hasBegun(plan.pointOfNoReturn);
    const QStringList stopped = hostsWhere(plan, StepKind::Stop, hasBegun);
    if (plan.method != Method::ScriptOfflineCluster || stopped.isEmpty())
        return {};
    const QStringList upgraded = hostsWhere(plan, StepKind::Upgrade, isDone);
    const QStringList open = hostsWhere(plan, StepKind::Upgrade, [&](const QString &id) { return !isDone(id); });
    QStringList lines;
    if (!isOver)
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "The run leaves the nodes down on: %1. The database is out of service.")).arg(names(stopped)));
    if (!upgraded.isEmpty())
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "The new packages are on: %1.")).arg(names(upgraded)));
    if (!open.isEmpty())
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "The new packages are not, or not completely, on: %1. No node may be started before all have the same version.")).arg(names(open)));
    lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "To continue: remove the cause, then resume the run %1. It looks at every host first and does nothing twice.")).arg(plan.runId));
    const QString package = plan.remoteDirectory() + QStringLiteral("/package/") + plan.package.topFolder;
    if (!open.isEmpty())
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "To finish by hand: on each of these hosts run \"cd %1 && bash ./deploy.sh upgrade -l\" as root, and only when all show %2 in /etc/kaiwudb/info/.version run \"systemctl daemon-reload; systemctl start kaiwudb\" on every node.")).arg(package, plan.to.toString()));
    else
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "To finish by hand: run \"systemctl daemon-reload; systemctl start kaiwudb\" as root on every node.")));
    if (isOver)
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "The new version has opened the data: going back needs the backup of all nodes.")));
    else
        lines.append(text(QT_TRANSLATE_NOOP("PlanNotes", "To go back by hand: install the two packages of version %1 again on every host that has new ones, check that /etc/kaiwudb/info/.version says so, then start all nodes. The data has not been opened by the new version.")).arg(plan.from.toString()));
    return lines;
}
// clang-format on

} // namespace kwup
