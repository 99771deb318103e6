#include "core/transfer/TransferFacts.h"

#include "core/discover/DiscoverHosts.h"
#include "core/discover/Discovery.h"
#include "core/transfer/InventoryReader.h"

namespace kwup {

namespace {

Result<Inventory> inventoryOf(HostPool &pool, const Facts &facts, const QStringList &databases,
                              bool withRows, std::stop_token stop)
{
    const HostFacts *host = facts.host(facts.cluster.askedHost);
    const auto cli = host == nullptr ? std::nullopt : kwbaseCliOf(*host);
    if (!cli)
        return facts.clusterError;
    const auto connection = pool.connection(facts.cluster.askedHost, stop);
    if (!connection)
        return connection.error();
    return InventoryReader(**connection, *cli).read(databases, withRows, stop);
}

bool isNamed(const HostSpec &spec, const QStringList &names)
{
    return names.contains(spec.id()) || names.contains(spec.address);
}

} // namespace

QString TransferFacts::targetHost() const
{
    return target.cluster.askedHost;
}

Facts discoverForMethod(HostPool &pool, const MethodOptions &options, bool withRanges,
                        const std::function<void(const HostFacts &)> &onHost, std::stop_token stop)
{
    const QStringList names = options.list(option::TargetHosts);
    if (names.isEmpty())
        return discoverHosts(pool, withRanges, onHost, stop);
    QStringList oldHosts;
    QStringList newHosts;
    QStringList unknown = names;
    for (const auto &id : pool.hostIds()) {
        const HostSpec *spec = pool.spec(id);
        const bool isNew = spec != nullptr && isNamed(*spec, names);
        (isNew ? newHosts : oldHosts).append(id);
        if (isNew)
            unknown.removeIf(
                [&](const QString &name) { return name == spec->id() || name == spec->address; });
    }
    Facts facts = discoverHosts(pool, oldHosts, withRanges, onHost, stop);
    auto transfer = std::make_shared<TransferFacts>();
    transfer->target = discoverHosts(pool, newHosts, false, onHost, stop);
    transfer->unknownHosts = unknown;
    transfer->wanted = options.list(option::Databases);
    transfer->directory = options.text(option::ExportDirectory);
    const auto source = inventoryOf(pool, facts, transfer->wanted, true, stop);
    if (source)
        transfer->source = *source;
    else
        transfer->sourceError = source.error();
    // No database has an empty name: only the lists are wanted.
    const auto destination = inventoryOf(pool, transfer->target, {QString()}, false, stop);
    if (destination)
        transfer->destination = *destination;
    else
        transfer->destinationError = destination.error();
    facts.listProblems += transfer->target.listProblems;
    facts.transfer = transfer;
    return facts;
}

QList<HostFacts> allHosts(const Facts &facts)
{
    return facts.transfer ? facts.hosts + facts.transfer->target.hosts : facts.hosts;
}

std::optional<PackageInfo> packageOfTarget(const Facts &facts)
{
    if (!facts.transfer || facts.transfer->target.hosts.isEmpty())
        return std::nullopt;
    PackageInfo package;
    package.kind = PackageKind::NewCluster;
    std::optional<KwdbVersion> lowest;
    for (const auto &host : facts.transfer->target.hosts) {
        if (!host.installedVersion.isKnown())
            return std::nullopt;
        if (!lowest || compareBase(*host.installedVersion.value, *lowest) < 0)
            lowest = *host.installedVersion.value;
        package.architecture = host.architecture.valueOr(QString());
    }
    package.version = *lowest;
    return package;
}

} // namespace kwup
