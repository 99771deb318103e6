#pragma once

#include "core/transfer/Inventory.h"

namespace kwup {

/// One statement for the new cluster that puts back what EXPORT and IMPORT drop without a word
/// (kwdb-transcripts 17, 18).
struct RecreateItem {
    QString kind; ///< user, role, member, setting, schema, sequence, default, foreign-key, view,
                  ///< comment, grant, retention
    QString name; ///< what people call it
    QString database; ///< within which it is run; empty: any
    QString statement;
};

/// Users, roles, who is in which role, settings; in an order in which they can be run. Pure.
QList<RecreateItem> clusterItems(const Inventory &source);
/// Of one database, after its tables have been imported. Pure.
QList<RecreateItem> databaseItems(const DatabaseEntry &database);

/// A definition with the whole path in front of the name that it defines: CREATE VIEW v … becomes
/// CREATE VIEW "db"."schema".v … Pure.
QString withPath(const QString &statement, const QString &keywords, const QString &database,
                 const QString &schema);

} // namespace kwup
