#include "core/run/RunJson.h"

namespace kwup {

namespace {

QJsonValue jsonOf(const QString &value)
{
    return value;
}
QJsonValue jsonOf(int value)
{
    return value;
}
QJsonValue jsonOf(qint64 value)
{
    return value;
}
QJsonValue jsonOf(double value)
{
    return value;
}
QJsonValue jsonOf(bool value)
{
    return value;
}
QJsonValue jsonOf(const QStringList &value)
{
    return QJsonArray::fromStringList(value);
}
QJsonValue jsonOf(Deployment value)
{
    return toString(value);
}
QJsonValue jsonOf(RunType value)
{
    return toString(value);
}
QJsonValue jsonOf(SecurityMode value)
{
    return toString(value);
}
QJsonValue jsonOf(PrivilegeMode value)
{
    return static_cast<int>(value);
}
QJsonValue jsonOf(const KwdbVersion &value)
{
    return value.extension.isEmpty() ? value.base : value.base + u'\n' + value.extension;
}
QJsonValue jsonOf(const QList<PackageState> &value)
{
    return packagesToJson(value);
}
QJsonValue jsonOf(const ServiceState &value)
{
    return serviceToJson(value);
}
QJsonValue jsonOf(const StartCommand &value)
{
    return QJsonArray::fromStringList(value.words);
}

void read(const QJsonValue &json, QString &value)
{
    value = json.toString();
}
void read(const QJsonValue &json, int &value)
{
    value = json.toInt();
}
void read(const QJsonValue &json, qint64 &value)
{
    value = json.toInteger();
}
void read(const QJsonValue &json, double &value)
{
    value = json.toDouble();
}
void read(const QJsonValue &json, bool &value)
{
    value = json.toBool();
}
void read(const QJsonValue &json, QStringList &value)
{
    for (const auto item : json.toArray())
        value.append(item.toString());
}
void read(const QJsonValue &json, Deployment &value)
{
    value = deploymentFromString(json.toString()).value_or(Deployment::None);
}
void read(const QJsonValue &json, RunType &value)
{
    value = runTypeFromString(json.toString()).value_or(RunType::Unknown);
}
void read(const QJsonValue &json, SecurityMode &value)
{
    value = securityModeFromString(json.toString()).value_or(SecurityMode::Unknown);
}
void read(const QJsonValue &json, PrivilegeMode &value)
{
    value = static_cast<PrivilegeMode>(qBound(0, json.toInt(), 3));
}
void read(const QJsonValue &json, KwdbVersion &value)
{
    const QString text = json.toString();
    value = {text.section(u'\n', 0, 0), text.section(u'\n', 1)};
}
void read(const QJsonValue &json, QList<PackageState> &value)
{
    value = packagesFromJson(json.toArray());
}
void read(const QJsonValue &json, ServiceState &value)
{
    value = serviceFromJson(json.toObject());
}
void read(const QJsonValue &json, StartCommand &value)
{
    QStringList words;
    read(json, words);
    value = parseStartCommand(words).value_or(StartCommand{});
}

/// Every fact with its name, in one place for both directions.
template <typename HostRef, typename Visitor>
void visitFacts(HostRef &host, const Visitor &visit)
{
    visit("hostname", host.hostname);
    visit("machineId", host.machineId);
    visit("os", host.os);
    visit("osFamily", host.osFamily);
    visit("architecture", host.architecture);
    visit("cpuCount", host.cpuCount);
    visit("memoryBytes", host.memoryBytes);
    visit("clockOffset", host.clockOffset);
    visit("privilege", host.privilege);
    visit("deployment", host.deployment);
    visit("runType", host.runType);
    visit("security", host.security);
    visit("installedVersion", host.installedVersion);
    visit("binaryVersion", host.binaryVersion);
    visit("packages", host.packages);
    visit("managementUser", host.managementUser);
    visit("advertisedAddress", host.advertisedAddress);
    visit("sqlPort", host.sqlPort);
    visit("httpPort", host.httpPort);
    visit("startCommand", host.startCommand);
    visit("unitBroken", host.unitBroken);
    visit("startArgument", host.startArgument);
    visit("service", host.service);
    visit("dataRoot", host.dataRoot);
    visit("dataBytes", host.dataBytes);
    visit("dataFreeBytes", host.dataFreeBytes);
    visit("stageFreeBytes", host.stageFreeBytes);
    visit("installFreeBytes", host.installFreeBytes);
    visit("packageManagerLock", host.packageManagerLock);
    visit("otherNodes", host.otherNodes);
    visit("wizardLock", host.wizardLock);
    visit("tools", host.tools);
}

QJsonObject hostToJson(const HostFacts &host)
{
    QJsonObject json{{QStringLiteral("host"), host.host.id()},
                     {QStringLiteral("address"), host.host.address},
                     {QStringLiteral("port"), host.host.port},
                     {QStringLiteral("user"), host.host.user},
                     {QStringLiteral("readAt"), host.readAt.toUTC().toString(Qt::ISODateWithMs)}};
    if (host.error.code != ErrorCode::None)
        json[QStringLiteral("error")] = toJson(host.error);
    visitFacts(host, [&json](const char *name, const auto &fact) {
        if (fact.isKnown())
            json[QLatin1String(name)] = jsonOf(*fact.value);
    });
    return json;
}

HostFacts hostFromJson(const QJsonObject &json)
{
    HostFacts host;
    host.host.address = json[QStringLiteral("address")].toString();
    host.host.port = static_cast<quint16>(json[QStringLiteral("port")].toInt(22));
    host.host.user = json[QStringLiteral("user")].toString();
    host.readAt =
        QDateTime::fromString(json[QStringLiteral("readAt")].toString(), Qt::ISODateWithMs).toUTC();
    if (json.contains(QStringLiteral("error")))
        host.error = errorFromJson(json[QStringLiteral("error")].toObject());
    visitFacts(host, [&json](const char *name, auto &fact) {
        const QJsonValue value = json[QLatin1String(name)];
        if (!value.isUndefined())
            read(value, fact.value.emplace());
    });
    return host;
}

QJsonObject clusterToJson(const ClusterView &view)
{
    QJsonArray jobs;
    for (const auto &job : view.jobs) {
        jobs.append(QJsonObject{{QStringLiteral("id"), QString::number(job.id)},
                                {QStringLiteral("type"), job.type},
                                {QStringLiteral("status"), job.status},
                                {QStringLiteral("description"), job.description},
                                {QStringLiteral("fraction"), job.fraction}});
    }
    QJsonArray stores;
    for (const auto &store : view.stores) {
        stores.append(QJsonObject{{QStringLiteral("node"), store.nodeId},
                                  {QStringLiteral("store"), store.storeId},
                                  {QStringLiteral("ranges"), store.rangeCount},
                                  {QStringLiteral("leases"), store.leaseCount}});
    }
    QJsonObject settings;
    for (auto it = view.settings.cbegin(); it != view.settings.cend(); ++it)
        settings[it.key()] = it.value();
    QJsonObject json{{QStringLiteral("readAt"), view.readAt.toUTC().toString(Qt::ISODateWithMs)},
                     {QStringLiteral("askedHost"), view.askedHost},
                     {QStringLiteral("clusterId"), view.clusterId},
                     {QStringLiteral("nodes"), nodesToJson(view.nodes)},
                     {QStringLiteral("jobs"), jobs},
                     {QStringLiteral("stores"), stores},
                     {QStringLiteral("settings"), settings}};
    if (view.health)
        json[QStringLiteral("health")] = toJson(*view.health);
    return json;
}

ClusterView clusterFromJson(const QJsonObject &json)
{
    ClusterView view;
    view.readAt =
        QDateTime::fromString(json[QStringLiteral("readAt")].toString(), Qt::ISODateWithMs).toUTC();
    view.askedHost = json[QStringLiteral("askedHost")].toString();
    view.clusterId = json[QStringLiteral("clusterId")].toString();
    view.nodes = nodesFromJson(json[QStringLiteral("nodes")].toArray());
    view.health = healthFromJson(json[QStringLiteral("health")]);
    for (const auto value : json[QStringLiteral("jobs")].toArray()) {
        JobRow job;
        job.id = value[QStringLiteral("id")].toString().toLongLong();
        job.type = value[QStringLiteral("type")].toString();
        job.status = value[QStringLiteral("status")].toString();
        job.description = value[QStringLiteral("description")].toString();
        job.fraction = value[QStringLiteral("fraction")].toDouble();
        view.jobs.append(job);
    }
    for (const auto value : json[QStringLiteral("stores")].toArray()) {
        view.stores.append(
            {value[QStringLiteral("node")].toInt(), value[QStringLiteral("store")].toInt(),
             value[QStringLiteral("ranges")].toInt(), value[QStringLiteral("leases")].toInt()});
    }
    const QJsonObject settings = json[QStringLiteral("settings")].toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it)
        view.settings[it.key()] = it.value().toString();
    return view;
}

} // namespace

QJsonObject factsToJson(const Facts &facts)
{
    QJsonArray hosts;
    for (const auto &host : facts.hosts)
        hosts.append(hostToJson(host));
    QJsonObject ids;
    for (auto it = facts.nodeIdByHost.cbegin(); it != facts.nodeIdByHost.cend(); ++it)
        ids[it.key()] = it.value();
    QJsonObject json{{QStringLiteral("hosts"), hosts},
                     {QStringLiteral("cluster"), clusterToJson(facts.cluster)},
                     {QStringLiteral("nodeIds"), ids}};
    if (facts.clusterError.code != ErrorCode::None)
        json[QStringLiteral("clusterError")] = toJson(facts.clusterError);
    return json;
}

Facts factsFromJson(const QJsonObject &json)
{
    Facts facts;
    for (const auto value : json[QStringLiteral("hosts")].toArray())
        facts.hosts.append(hostFromJson(value.toObject()));
    facts.cluster = clusterFromJson(json[QStringLiteral("cluster")].toObject());
    if (json.contains(QStringLiteral("clusterError")))
        facts.clusterError = errorFromJson(json[QStringLiteral("clusterError")].toObject());
    const QJsonObject ids = json[QStringLiteral("nodeIds")].toObject();
    for (auto it = ids.begin(); it != ids.end(); ++it)
        facts.nodeIdByHost[it.key()] = it.value().toInt();
    return facts;
}

} // namespace kwup
