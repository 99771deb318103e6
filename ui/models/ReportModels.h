#pragma once

#include "core/report/KeptOnHosts.h"
#include "core/report/ReportData.h"
#include "core/report/TransferResult.h"
#include "ui/models/CellTableModel.h"

namespace kwup {

/// Versions before and after, one row a host.
class BeforeAfterModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setReport(const ReportData &report);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_hosts.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<ReportHost> m_hosts;
    QString m_target; ///< the version every host should show
    Method m_method = Method::ScriptRolling;
    bool m_wentBack = false;
};

/// The tables that a run of export-import has moved, as they were compared on both clusters.
class MovedTableModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setReport(const ReportData &report);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_tables.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<MovedTable> m_tables;
};

/// What the run has left on the hosts for a way back.
class KeptModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setReport(const ReportData &report);

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_things.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<KeptThing> m_things;
};

/// Every attempt of every step, with what was skipped and why.
class ReportStepModel final : public CellTableModel {
    Q_OBJECT
public:
    using CellTableModel::CellTableModel;
    void setReport(const ReportData &report);
    const ReportStep *stepAt(int row) const;

protected:
    QStringList headers() const override;
    int rows() const override { return static_cast<int>(m_steps.size()); }
    Cell cell(int row, int column) const override;

private:
    QList<ReportStep> m_steps;
};

} // namespace kwup
