#pragma once

#include "core/base/Error.h"
#include "core/discover/Facts.h"
#include "core/run/RunTypes.h"

#include <QJsonArray>
#include <QJsonObject>

namespace kwup {

// Values of a run as JSON, in the shapes that core/run/JournalKinds.h documents. Pure functions.
// Reading is lenient (a missing field is empty), because journals outlive program versions.

QJsonObject toJson(const Error &error);
Error errorFromJson(const QJsonObject &json);

QJsonObject toJson(const NodeCondition &condition);
NodeCondition conditionFromJson(const QJsonObject &json);

QJsonObject toJson(const GateClause &clause);
GateClause clauseFromJson(const QJsonObject &json);

QJsonArray nodesToJson(const QList<NodeRow> &nodes);
QList<NodeRow> nodesFromJson(const QJsonArray &json);
QJsonObject toJson(const RangeHealth &health);
std::optional<RangeHealth> healthFromJson(const QJsonValue &json);
QJsonObject serviceToJson(const ServiceState &service);
ServiceState serviceFromJson(const QJsonObject &json);
QJsonArray packagesToJson(const QList<PackageState> &packages);
QList<PackageState> packagesFromJson(const QJsonArray &json);

/// The facts without raw output: per host
///   {host, readAt, error?, <fact name as in HostFacts>: value …}   (unknown facts are absent)
/// and the cluster {readAt, askedHost, clusterId, nodes[], health?, jobs[], stores[], settings{}}.
QJsonObject factsToJson(const Facts &facts);
Facts factsFromJson(const QJsonObject &json);

} // namespace kwup
