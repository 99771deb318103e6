#include "core/run/RunJson.h"

#include "core/base/CommandLine.h"

namespace kwup {

namespace {

constexpr qsizetype EvidenceLimit = 8 * 1024;

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QJsonValue &value)
{
    QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.toUTC();
}

template <typename T>
void addOptional(QJsonObject &json, const QString &key, const std::optional<T> &value)
{
    if (value)
        json[key] = QJsonValue(*value);
}

std::optional<int> optionalInt(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

} // namespace

QJsonObject toJson(const Error &error)
{
    return {{QStringLiteral("code"), errorCodeName(error.code)},
            {QStringLiteral("host"), error.host},
            {QStringLiteral("args"), QJsonArray::fromStringList(error.args)},
            {QStringLiteral("command"), error.command},
            {QStringLiteral("exitCode"), error.exitCode},
            {QStringLiteral("evidence"), printable(error.evidence, EvidenceLimit)}};
}

Error errorFromJson(const QJsonObject &json)
{
    Error error;
    error.code = errorCodeFromName(json[QStringLiteral("code")].toString());
    error.host = json[QStringLiteral("host")].toString();
    for (const auto arg : json[QStringLiteral("args")].toArray())
        error.args.append(arg.toString());
    error.command = json[QStringLiteral("command")].toString();
    error.exitCode = json[QStringLiteral("exitCode")].toInt(-1);
    error.evidence = json[QStringLiteral("evidence")].toString().toUtf8();
    return error;
}

QJsonArray packagesToJson(const QList<PackageState> &packages)
{
    QJsonArray array;
    for (const auto &package : packages) {
        array.append(QJsonObject{{QStringLiteral("name"), package.name},
                                 {QStringLiteral("version"), package.version},
                                 {QStringLiteral("status"), package.status}});
    }
    return array;
}

QList<PackageState> packagesFromJson(const QJsonArray &json)
{
    QList<PackageState> packages;
    for (const auto value : json) {
        packages.append({value[QStringLiteral("name")].toString(),
                         value[QStringLiteral("version")].toString(),
                         value[QStringLiteral("status")].toString()});
    }
    return packages;
}

QJsonObject serviceToJson(const ServiceState &service)
{
    return {{QStringLiteral("activeState"), service.activeState},
            {QStringLiteral("subState"), service.subState},
            {QStringLiteral("result"), service.result},
            {QStringLiteral("mainPid"), service.mainPid},
            {QStringLiteral("execMainStatus"), service.execMainStatus},
            {QStringLiteral("unitFileState"), service.unitFileState},
            {QStringLiteral("needDaemonReload"), service.needDaemonReload}};
}

ServiceState serviceFromJson(const QJsonObject &json)
{
    ServiceState service;
    service.activeState = json[QStringLiteral("activeState")].toString();
    service.subState = json[QStringLiteral("subState")].toString();
    service.result = json[QStringLiteral("result")].toString();
    service.mainPid = json[QStringLiteral("mainPid")].toInteger();
    service.execMainStatus = json[QStringLiteral("execMainStatus")].toInt();
    service.unitFileState = json[QStringLiteral("unitFileState")].toString();
    service.needDaemonReload = json[QStringLiteral("needDaemonReload")].toBool();
    return service;
}

QJsonObject toJson(const NodeCondition &condition)
{
    QJsonObject json{{QStringLiteral("host"), condition.host},
                     {QStringLiteral("service"), serviceToJson(condition.service)},
                     {QStringLiteral("packages"), packagesToJson(condition.packages)},
                     {QStringLiteral("versionFile"), condition.versionFile},
                     {QStringLiteral("binaryVersion"), condition.binaryVersion},
                     {QStringLiteral("lastLog"), condition.lastLog}};
    if (condition.error.code != ErrorCode::None)
        json[QStringLiteral("error")] = toJson(condition.error);
    return json;
}

NodeCondition conditionFromJson(const QJsonObject &json)
{
    NodeCondition condition;
    condition.host = json[QStringLiteral("host")].toString();
    if (json.contains(QStringLiteral("error")))
        condition.error = errorFromJson(json[QStringLiteral("error")].toObject());
    condition.service = serviceFromJson(json[QStringLiteral("service")].toObject());
    condition.packages = packagesFromJson(json[QStringLiteral("packages")].toArray());
    condition.versionFile = json[QStringLiteral("versionFile")].toString();
    condition.binaryVersion = json[QStringLiteral("binaryVersion")].toString();
    condition.lastLog = json[QStringLiteral("lastLog")].toString();
    return condition;
}

QJsonObject toJson(const GateClause &clause)
{
    return {{QStringLiteral("key"), clause.key},
            {QStringLiteral("holds"), clause.holds},
            {QStringLiteral("args"), QJsonArray::fromStringList(clause.args)}};
}

GateClause clauseFromJson(const QJsonObject &json)
{
    GateClause clause;
    clause.key = json[QStringLiteral("key")].toString();
    clause.holds = json[QStringLiteral("holds")].toBool();
    for (const auto arg : json[QStringLiteral("args")].toArray())
        clause.args.append(arg.toString());
    return clause;
}

QJsonArray nodesToJson(const QList<NodeRow> &nodes)
{
    QJsonArray array;
    for (const auto &node : nodes) {
        QJsonObject json{{QStringLiteral("id"), node.id},
                         {QStringLiteral("address"), node.address},
                         {QStringLiteral("sqlAddress"), node.sqlAddress},
                         {QStringLiteral("build"), node.build},
                         {QStringLiteral("startedAt"), timeText(node.startedAt)},
                         {QStringLiteral("startMode"), node.startMode},
                         {QStringLiteral("isAvailable"), node.isAvailable},
                         {QStringLiteral("isLive"), node.isLive}};
        addOptional(json, QStringLiteral("leaseholders"), node.leaseholders);
        addOptional(json, QStringLiteral("ranges"), node.ranges);
        addOptional(json, QStringLiteral("rangesUnavailable"), node.rangesUnavailable);
        addOptional(json, QStringLiteral("rangesUnderreplicated"), node.rangesUnderreplicated);
        addOptional(json, QStringLiteral("gossipedReplicas"), node.gossipedReplicas);
        addOptional(json, QStringLiteral("isDecommissioning"), node.isDecommissioning);
        addOptional(json, QStringLiteral("isDraining"), node.isDraining);
        array.append(json);
    }
    return array;
}

QList<NodeRow> nodesFromJson(const QJsonArray &array)
{
    QList<NodeRow> nodes;
    for (const auto value : array) {
        const QJsonObject json = value.toObject();
        NodeRow node;
        node.id = json[QStringLiteral("id")].toInt();
        node.address = json[QStringLiteral("address")].toString();
        node.sqlAddress = json[QStringLiteral("sqlAddress")].toString();
        node.build = json[QStringLiteral("build")].toString();
        node.startedAt = timeOf(json[QStringLiteral("startedAt")]);
        node.startMode = json[QStringLiteral("startMode")].toString();
        node.isAvailable = json[QStringLiteral("isAvailable")].toBool();
        node.isLive = json[QStringLiteral("isLive")].toBool();
        node.leaseholders = optionalInt(json[QStringLiteral("leaseholders")]);
        node.ranges = optionalInt(json[QStringLiteral("ranges")]);
        node.rangesUnavailable = optionalInt(json[QStringLiteral("rangesUnavailable")]);
        node.rangesUnderreplicated = optionalInt(json[QStringLiteral("rangesUnderreplicated")]);
        node.gossipedReplicas = optionalInt(json[QStringLiteral("gossipedReplicas")]);
        if (json.contains(QStringLiteral("isDecommissioning")))
            node.isDecommissioning = json[QStringLiteral("isDecommissioning")].toBool();
        if (json.contains(QStringLiteral("isDraining")))
            node.isDraining = json[QStringLiteral("isDraining")].toBool();
        nodes.append(node);
    }
    return nodes;
}

QJsonObject toJson(const RangeHealth &health)
{
    return {{QStringLiteral("unavailable"), health.unavailable},
            {QStringLiteral("underReplicated"), health.underReplicated}};
}

std::optional<RangeHealth> healthFromJson(const QJsonValue &json)
{
    if (!json.isObject())
        return std::nullopt;
    return RangeHealth{json[QStringLiteral("unavailable")].toInteger(),
                       json[QStringLiteral("underReplicated")].toInteger()};
}

} // namespace kwup
