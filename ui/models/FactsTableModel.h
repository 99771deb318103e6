#pragma once

#include "core/discover/Facts.h"
#include "ui/models/CellTableModel.h"

namespace kwup {

/// One row a host: what discovery found. Hosts that have not answered yet show "Waiting".
class FactsTableModel final : public CellTableModel {
    Q_OBJECT
public:
    enum Column {
        Host,
        State,
        Cluster, ///< old or new; only where there are two
        Version,
        Kind,
        Topology,
        Service,
        NodeId,
        DataRoot,
        DataSize,
        FreeSpace,
        System,
        Processors,
        Privilege,
        Security,
        ColumnCount
    };
    using CellTableModel::CellTableModel;

    void setWaiting(const QStringList &hostIds); ///< all rows new, nothing known yet
    void setHost(const HostFacts &facts); ///< the row of that host
    void setFacts(const Facts &facts);
    const HostFacts *factsAt(int row) const; ///< nullptr while waiting

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_rows.size()); }
    Cell cell(int row, int column) const override;

private:
    struct Row {
        QString hostId;
        std::optional<HostFacts> facts;
    };
    Cell stateCell(const Row &row) const;

    QList<Row> m_rows;
    QHash<QString, int> m_nodeIds;
    QSet<QString> m_newHosts;
};

/// All facts of one host with the command that read each.
class FactDetailsModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setHost(const HostFacts *facts); ///< nullptr: empty

protected:
    QStringList headers() const override;
    int rows() const override { return m_count; }
    Cell cell(int row, int column) const override;

private:
    std::optional<HostFacts> m_facts;
    int m_count = 0;
};

} // namespace kwup
