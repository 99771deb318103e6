#include "ui/models/FactsTableModel.h"

#include "core/base/Words.h"
#include "core/discover/FactRows.h"
#include "core/transfer/TransferFacts.h"
#include "ui/models/Format.h"
#include "ui/wizard/HostDraft.h"

namespace kwup {

namespace {

template <typename T, typename F>
Cell known(const Fact<T> &fact, F words, bool isNumber = false)
{
    return {fact.isKnown() ? words(*fact.value) : format::dash(), std::nullopt, fact.command,
            isNumber};
}

QString asIs(const QString &text)
{
    return text;
}

template <typename Id>
QString wordOf(Id id)
{
    return shownWord(toString(id));
}

QString shown(const ServiceState &service)
{
    if (service.activeState.isEmpty())
        return format::dash();
    return QStringLiteral("%1 (%2)").arg(service.activeState, service.subState);
}

} // namespace

void FactsTableModel::setWaiting(const QStringList &hostIds)
{
    replaceRows(static_cast<int>(hostIds.size()), [&] {
        m_rows.clear();
        m_nodeIds.clear();
        for (const QString &id : hostIds)
            m_rows.append({id, std::nullopt});
    });
}

void FactsTableModel::setHost(const HostFacts &facts)
{
    for (int row = 0; row < rows(); ++row) {
        if (m_rows.at(row).hostId != facts.host.id())
            continue;
        m_rows[row].facts = facts;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
}

void FactsTableModel::setFacts(const Facts &facts)
{
    const QList<HostFacts> all = allHosts(facts);
    replaceRows(static_cast<int>(all.size()), [&] {
        m_rows.clear();
        m_newHosts.clear();
        m_nodeIds = facts.nodeIdByHost;
        for (const HostFacts &host : all)
            m_rows.append({host.host.id(), host});
        if (!facts.transfer)
            return;
        m_nodeIds.insert(facts.transfer->target.nodeIdByHost);
        for (const HostFacts &host : facts.transfer->target.hosts)
            m_newHosts.insert(host.host.id());
    });
}

const HostFacts *FactsTableModel::factsAt(int row) const
{
    if (row < 0 || row >= rows() || !m_rows.at(row).facts)
        return nullptr;
    return &*m_rows.at(row).facts;
}

QStringList FactsTableModel::headers() const
{
    return {tr("Host"),     tr("State"),   tr("Cluster"), tr("Version"),        tr("Deployment"),
            tr("Topology"), tr("Service"), tr("Node"),    tr("Data directory"), tr("Size"),
            tr("Free"),     tr("System"),  tr("CPU"),     tr("Root by"),        tr("Security")};
}

Cell FactsTableModel::stateCell(const Row &row) const
{
    if (!row.facts)
        return {tr("Waiting"), Status::Waiting};
    if (!row.facts->isReachable())
        return {tr("Not read"), Status::Bad, describe(row.facts->error)};
    if (!row.facts->isInstalled())
        return {tr("Not KWDB"), Status::Bad};
    return {tr("Read"), Status::Good};
}

Cell FactsTableModel::cell(int row, int column) const
{
    const Row &line = m_rows.at(row);
    if (column == Host)
        return {line.hostId};
    if (column == State)
        return stateCell(line);
    if (column == Cluster)
        return {m_newHosts.contains(line.hostId) ? tr("New") : tr("Present")};
    if (!line.facts)
        return {};
    const HostFacts &facts = *line.facts;
    switch (column) {
    case Version:
        return known(facts.installedVersion, [](const KwdbVersion &v) { return v.toString(); });
    case Kind:
        return known(facts.deployment, wordOf<Deployment>);
    case Topology:
        return known(facts.runType, wordOf<RunType>);
    case Service:
        return known(facts.service, shown);
    case NodeId:
        return {m_nodeIds.contains(line.hostId) ? QString::number(m_nodeIds.value(line.hostId))
                                                : format::dash(),
                std::nullopt,
                {},
                true};
    case DataRoot:
        return known(facts.dataRoot, asIs);
    case DataSize:
        return known(facts.dataBytes, format::bytes, true);
    case FreeSpace:
        return known(facts.dataFreeBytes, format::bytes, true);
    case System:
        return known(facts.os, asIs);
    case Processors:
        return known(
            facts.cpuCount, [](int count) { return QString::number(count); }, true);
    case Privilege:
        return known(facts.privilege, privilegeName);
    case Security:
        return known(facts.security, wordOf<SecurityMode>);
    default:
        return {};
    }
}

void FactDetailsModel::setHost(const HostFacts *facts)
{
    const int count = facts ? static_cast<int>(factRows(*facts).size()) : 0;
    replaceRows(count, [&] {
        m_facts = facts ? std::optional(*facts) : std::nullopt;
        m_count = count;
    });
}

QStringList FactDetailsModel::headers() const
{
    return {tr("Fact"), tr("Value"), tr("Command that read it")};
}

Cell FactDetailsModel::cell(int row, int column) const
{
    const FactRow line = factRows(*m_facts).at(row);
    if (column == 0)
        return {line.label};
    if (column == 1)
        return {line.value.isEmpty() ? format::dash() : line.value,
                line.problem.isEmpty() ? std::nullopt : std::optional(Status::Warning),
                line.problem.isEmpty() ? line.raw : line.problem};
    return {line.command.simplified(), std::nullopt, line.command};
}

} // namespace kwup
