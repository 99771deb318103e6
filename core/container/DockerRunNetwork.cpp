#include "core/container/DockerRunParts.h"

#include <QJsonArray>

namespace kwup {

namespace {

QString bracketed(const QString &address)
{
    return address.contains(u':') ? u'[' + address + u']' : address;
}

void addPorts(RunBuilder &builder)
{
    const QJsonObject bindings = builder.host[QStringLiteral("PortBindings")].toObject();
    for (auto it = bindings.begin(); it != bindings.end(); ++it) {
        for (const auto binding : it.value().toArray()) {
            const QString address = binding[QStringLiteral("HostIp")].toString();
            const QString port = binding[QStringLiteral("HostPort")].toString();
            QString inside = it.key();
            if (inside.endsWith(QLatin1String("/tcp")))
                inside.chop(4);
            QString text = inside;
            if (!address.isEmpty())
                text = bracketed(address) + u':' + port + u':' + inside;
            else if (!port.isEmpty())
                text = port + u':' + inside;
            builder.add(QStringLiteral("publish"), text);
        }
    }
    if (builder.host[QStringLiteral("PublishAllPorts")].toBool())
        builder.flag(QStringLiteral("publish-all"));
    const QJsonObject ofImage = builder.imageConfig[QStringLiteral("ExposedPorts")].toObject();
    const QJsonObject exposed = builder.config[QStringLiteral("ExposedPorts")].toObject();
    for (auto it = exposed.begin(); it != exposed.end(); ++it) {
        if (!ofImage.contains(it.key()) && !bindings.contains(it.key()))
            builder.add(QStringLiteral("expose"), it.key());
    }
}

/// Options of one network, for `docker run` and for `docker network connect`.
QStringList endpointOptions(RunBuilder &builder, const QString &network, const QString &aliasOption)
{
    const QJsonObject endpoint = builder.container[QStringLiteral("NetworkSettings")]
                                     .toObject()[QStringLiteral("Networks")]
                                     .toObject()[network]
                                     .toObject();
    QJsonObject addresses = endpoint[QStringLiteral("IPAMConfig")].toObject();
    QStringList options;
    const QString v4 = addresses.take(QStringLiteral("IPv4Address")).toString();
    const QString v6 = addresses.take(QStringLiteral("IPv6Address")).toString();
    if (!v4.isEmpty())
        options.append(QStringLiteral("--ip=") + v4);
    if (!v6.isEmpty())
        options.append(QStringLiteral("--ip6=") + v6);
    for (const auto &address : textsOf(addresses[QStringLiteral("LinkLocalIPs")]))
        options.append(QStringLiteral("--link-local-ip=") + address);
    // The engine adds the short id by itself.
    const QString id = builder.container[QStringLiteral("Id")].toString();
    for (const auto &alias : textsOf(endpoint[QStringLiteral("Aliases")])) {
        if (!id.startsWith(alias))
            options.append(QStringLiteral("--%1=%2").arg(aliasOption, alias));
    }
    if (hasEffect(endpoint[QStringLiteral("DriverOpts")]))
        builder.problem(QStringLiteral("NetworkSettings.Networks.%1.DriverOpts").arg(network),
                        endpoint[QStringLiteral("DriverOpts")]);
    return options;
}

/// "/other:/this/alias" → "other:alias".
QString linkText(const QString &link)
{
    const QString other = link.section(u':', 0, 0).section(u'/', -1);
    return other + u':' + link.section(u'/', -1);
}

} // namespace

void addNetwork(RunBuilder &builder)
{
    QString mode = builder.host[QStringLiteral("NetworkMode")].toString();
    const bool isDefault =
        mode.isEmpty() || mode == QStringLiteral("default") || mode == QStringLiteral("bridge");
    if (isDefault)
        mode = QStringLiteral("bridge");
    else
        builder.add(QStringLiteral("network"), mode);
    const bool isOwn = mode != QStringLiteral("host") && mode != QStringLiteral("none")
        && !mode.startsWith(QLatin1String("container:"));
    if (isOwn) {
        if (!isDefault)
            builder.run.options += endpointOptions(builder, mode, QStringLiteral("network-alias"));
        addPorts(builder);
        const QJsonObject networks = builder.container[QStringLiteral("NetworkSettings")]
                                         .toObject()[QStringLiteral("Networks")]
                                         .toObject();
        for (const auto &network : networks.keys()) {
            const QString id = networks[network].toObject()[QStringLiteral("NetworkID")].toString();
            if (network != mode && (id.isEmpty() || id != mode))
                builder.run.networks.append(
                    endpointOptions(builder, network, QStringLiteral("alias"))
                    + QStringList{network});
        }
    }
    for (const auto &link : textsOf(builder.host[QStringLiteral("Links")]))
        builder.add(QStringLiteral("link"), linkText(link));
    for (const auto &server : textsOf(builder.host[QStringLiteral("Dns")]))
        builder.add(QStringLiteral("dns"), server);
    for (const auto &option : textsOf(builder.host[QStringLiteral("DnsOptions")]))
        builder.add(QStringLiteral("dns-option"), option);
    for (const auto &domain : textsOf(builder.host[QStringLiteral("DnsSearch")]))
        builder.add(QStringLiteral("dns-search"), domain);
    for (const auto &host : textsOf(builder.host[QStringLiteral("ExtraHosts")]))
        builder.add(QStringLiteral("add-host"), host);
    const QString mac = builder.config[QStringLiteral("MacAddress")].toString();
    if (!mac.isEmpty())
        builder.add(QStringLiteral("mac-address"), mac);
}

} // namespace kwup
