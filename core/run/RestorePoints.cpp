#include "core/run/RestorePoints.h"

#include "core/plan/PlanParts.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunHistory.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace kwup {

namespace {

RestorePoint unusable(const QString &why)
{
    RestorePoint point;
    point.problem = {.code = ErrorCode::RestoreImpossible, .args = {why}};
    return point;
}

/// Times of a run by the journal: whether all its nodes were stopped while copies were made.
struct Moments {
    QDateTime lastStop;
    QDateTime firstStart;
    int stopped = 0;

    void add(const JournalEntry &entry, const PlanStep &step)
    {
        if (entry.kind == journal::StepFinished && step.kind == StepKind::Stop) {
            lastStop = std::max(lastStop, entry.time);
            ++stopped;
        }
        const bool isStart = entry.kind == journal::StepStarted && step.kind == StepKind::Start;
        if (isStart && (!firstStart.isValid() || entry.time < firstStart))
            firstStart = entry.time;
    }
    bool isOne(qsizetype nodes) const
    {
        return stopped >= nodes && (!firstStart.isValid() || lastStop <= firstStart);
    }
};

RestorePoint pointOfRun(const Plan &plan, const QList<JournalEntry> &entries)
{
    RestorePoint point;
    point.runId = plan.runId;
    point.nodeIds = plan.nodeIds;
    for (const auto &host : plan.hosts)
        point.hosts.append(host.id());
    // Other methods open the data by steps of their own, and a way back starts the old version.
    const bool isOffline = plan.method == Method::ScriptSingle
        || plan.method == Method::ScriptRolling || plan.method == Method::ScriptOfflineCluster;
    point.isOpened = !isOffline;
    QHash<QString, const PlanStep *> forward;
    for (const auto &stage : plan.stages) {
        for (const auto &step : stage.steps)
            forward[step.id] = &step;
    }
    Moments moments;
    for (const auto &entry : entries) {
        const PlanStep *step = forward.value(entry.stepId);
        if (!step)
            continue;
        moments.add(entry, *step);
        // Begun is enough: what a start that failed has done to the data is not known.
        if (entry.kind == journal::StepStarted && step->kind == StepKind::Start)
            point.isOpened = true;
        if (entry.kind != journal::StepFinished || step->kind != StepKind::Backup)
            continue;
        const QJsonObject result = entry.data[QStringLiteral("result")].toObject();
        const QString path = result[QStringLiteral("path")].toString();
        point.copies[step->host] = {path.section(u'/', 0, -2),
                                    result[QStringLiteral("sha256")].toString()};
    }
    point.isOneMoment = moments.isOne(plan.hosts.size());
    return point;
}

QString below(const QString &directory, const QString &copy)
{
    return QDir::cleanPath(directory) + u'/' + copy.section(u'/', -1);
}

RestorePoint pointOfDirectory(const QString &runId, const QString &directory,
                              const QList<HostSpec> &hosts)
{
    RestorePoint point;
    point.runId = runId;
    if (runId.isEmpty() && hosts.size() > 1) {
        return unusable(QCoreApplication::translate(
            "Restore",
            "The cold copies of several nodes must be of one run. Name the run as well."));
    }
    for (const auto &host : hosts) {
        const QString copy = runId.isEmpty()
            ? QDir::cleanPath(directory)
            : below(directory, PlanParts::backupName(runId, host.id()));
        point.copies[host.id()] = {copy, {}};
    }
    point.isOneMoment = hosts.size() == 1;
    return point;
}

} // namespace

RestorePoint restorePointOf(const RunStore &store, const MethodOptions &options,
                            const QList<HostSpec> &hosts)
{
    const QString runId = options.text(option::BackupRun).trimmed();
    const QString directory = options.text(option::BackupPath).trimmed();
    if (!directory.isEmpty() && !directory.startsWith(u'/')) {
        return unusable(QCoreApplication::translate("Restore", "The directory %1 is not absolute.")
                            .arg(directory));
    }
    if (runId.isEmpty() && directory.isEmpty()) {
        return unusable(QCoreApplication::translate(
            "Restore", "Neither a run nor a directory with the cold copy is named."));
    }
    if (runId.isEmpty())
        return pointOfDirectory({}, directory, hosts);
    const auto plan = store.plan(runId);
    const auto entries =
        plan ? readJournal(store.file(runId)) : Result<QList<JournalEntry>>(plan.error());
    if (!entries) {
        if (!directory.isEmpty() && entries.error().code == ErrorCode::RunNotFound)
            return pointOfDirectory(runId, directory, hosts);
        RestorePoint point;
        point.problem = entries.error();
        return point;
    }
    RestorePoint point = pointOfRun(*plan, *entries);
    if (!directory.isEmpty()) {
        for (auto &copy : point.copies)
            copy.directory = below(directory, copy.directory);
    }
    return point;
}

} // namespace kwup
