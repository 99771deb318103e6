#pragma once

#include "core/checks/Checks.h"
#include "ui/models/CellTableModel.h"

namespace kwup {

/// The nodes as the cluster itself sees them.
class NodeTableModel final : public CellTableModel {
    Q_OBJECT
public:
    enum Column {
        Id,
        Address,
        State,
        Build,
        Started,
        Leaseholders,
        Ranges,
        Unavailable,
        UnderReplicated,
        Data,
        ColumnCount
    };
    using CellTableModel::CellTableModel;
    void setNodes(const QList<NodeRow> &nodes);
    const QList<NodeRow> &nodes() const { return m_nodes; }

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_nodes.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<NodeRow> m_nodes;
};

/// Jobs of the database, running ones first.
class JobTableModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setJobs(const QList<JobRow> &jobs);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_jobs.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<JobRow> m_jobs;
};

/// What breaks if a node stops now.
class ImpactTableModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setImpacts(const QList<StopImpact> &impacts);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_impacts.size()); }
    Cell cell(int row, int column) const override;

private:
    Cell verdict(const StopImpact &impact) const;
    QList<StopImpact> m_impacts;
};

} // namespace kwup
