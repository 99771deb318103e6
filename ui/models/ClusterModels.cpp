#include "ui/models/ClusterModels.h"

#include "ui/models/Format.h"

#include <QLocale>

#include <algorithm>

namespace kwup {

namespace {

Cell number(const std::optional<int> &value, bool zeroIsGood = false)
{
    if (!value)
        return {format::dash(), std::nullopt, {}, true};
    const bool marked = zeroIsGood && *value != 0;
    return {QLocale().toString(*value),
            marked ? std::optional(Status::Warning) : std::nullopt,
            {},
            true};
}

} // namespace

void NodeTableModel::setNodes(const QList<NodeRow> &nodes)
{
    replaceRows(static_cast<int>(nodes.size()), [&] { m_nodes = nodes; });
}

QStringList NodeTableModel::headers() const
{
    return {tr("Node"),   tr("Address"),     tr("State"),
            tr("Build"),  tr("Started"),     tr("Leaseholders"),
            tr("Ranges"), tr("Unavailable"), tr("Under-replicated"),
            tr("Data")};
}

Cell NodeTableModel::cell(int row, int column) const
{
    const NodeRow &node = m_nodes.at(row);
    switch (column) {
    case Id:
        return {QString::number(node.id), std::nullopt, {}, true};
    case Address:
        return {node.address};
    case State:
        if (node.isDraining.value_or(false))
            return {tr("Draining"), Status::Running};
        if (node.isUp())
            return {tr("Up"), Status::Good};
        if (node.isLive)
            return {tr("Live, not available"), Status::Warning};
        return {tr("Down"), Status::Bad};
    case Build:
        return {node.build};
    case Started:
        return {format::localTime(node.startedAt)};
    case Leaseholders:
        return number(node.leaseholders);
    case Ranges:
        return number(node.ranges);
    case Unavailable:
        return number(node.rangesUnavailable, true);
    case UnderReplicated:
        return number(node.rangesUnderreplicated, true);
    case Data:
        return {node.liveBytes ? format::bytes(*node.liveBytes) : format::dash(),
                std::nullopt,
                {},
                true};
    default:
        return {};
    }
}

void JobTableModel::setJobs(const QList<JobRow> &jobs)
{
    QList<JobRow> sorted = jobs;
    std::stable_partition(sorted.begin(), sorted.end(),
                          [](const JobRow &job) { return job.status == QLatin1String("running"); });
    replaceRows(static_cast<int>(sorted.size()), [&] { m_jobs = sorted; });
}

QStringList JobTableModel::headers() const
{
    return {tr("Job"), tr("State"), tr("Type"), tr("Description"), tr("Done")};
}

Cell JobTableModel::cell(int row, int column) const
{
    const JobRow &job = m_jobs.at(row);
    switch (column) {
    case 0:
        return {QString::number(job.id), std::nullopt, {}, true};
    case 1:
        return {job.status};
    case 2:
        return {job.type};
    case 3:
        return {job.description.simplified(), std::nullopt, job.description};
    default:
        //: A share in percent
        return {tr("%1 %").arg(qRound(job.fraction * 100)), std::nullopt, {}, true};
    }
}

void ImpactTableModel::setImpacts(const QList<StopImpact> &impacts)
{
    replaceRows(static_cast<int>(impacts.size()), [&] { m_impacts = impacts; });
}

QStringList ImpactTableModel::headers() const
{
    return {tr("Node"), tr("Host"), tr("If it stops now"), tr("Leases that move"),
            tr("Ranges that lose quorum")};
}

Cell ImpactTableModel::verdict(const StopImpact &impact) const
{
    if (impact.clusterLosesQuorum)
        return {tr("The whole cluster stops answering"), Status::Bad};
    if (!impact.rangesLosingQuorum)
        return {tr("The range table could not be read"), Status::Unknown};
    if (*impact.rangesLosingQuorum > 0)
        return {tr("Part of the data cannot be read or written"), Status::Bad};
    return {tr("Clients of the other nodes go on"), Status::Good};
}

Cell ImpactTableModel::cell(int row, int column) const
{
    const StopImpact &impact = m_impacts.at(row);
    switch (column) {
    case 0:
        return {QString::number(impact.nodeId), std::nullopt, {}, true};
    case 1:
        return {impact.host};
    case 2:
        return verdict(impact);
    case 3:
        return number(impact.leases);
    default:
        return number(impact.rangesLosingQuorum, true);
    }
}

} // namespace kwup
