#pragma once

#include "core/report/ReportData.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace kwup {

/// A table as a run of export-import has compared it on both clusters.
struct MovedTable {
    QString name; ///< database.schema.table
    QString sourceRows;
    QString targetRows;
    bool byChecksum = false; ///< otherwise counted only
    QString sourceChecksum;
    QString targetChecksum;

    bool isEqual() const;
};

/// What such a run says about itself; all empty for other methods. Pure.
QList<MovedTable> movedTables(const ReportData &report);
/// What the new cluster does not have, or not as it was.
QStringList leftOnOldCluster(const ReportData &report);
/// Users whose passwords must be set again.
QStringList passwordsToSet(const ReportData &report);

} // namespace kwup
