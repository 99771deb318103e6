#include "core/checks/Findings.h"
#include "core/transfer/TransferFacts.h"

#include <QRegularExpression>

#include <algorithm>

// Moving data to a new cluster: what both clusters hold, and what EXPORT and IMPORT lose.

namespace kwup {

namespace {

/// Null for other methods.
const TransferFacts *transferOf(const CheckInput &input)
{
    return input.method == Method::ExportImport ? input.facts.transfer.get() : nullptr;
}

Finding newClusterReady(const CheckInput &input)
{
    if (input.method != Method::ExportImport)
        return notApplicable("other-method");
    if (!input.facts.transfer)
        return blocked("not-named");
    const TransferFacts &transfer = *input.facts.transfer;
    if (!transfer.unknownHosts.isEmpty())
        return blocked("unknown-hosts", {joined(transfer.unknownHosts)});
    if (transfer.target.cluster.nodes.isEmpty())
        return unread(CheckStatus::Blocked, transfer.target.clusterError);
    QStringList down;
    QStringList builds;
    for (const NodeRow &node : transfer.target.cluster.nodes) {
        if (isFormerMember(node))
            continue;
        if (!node.isUp())
            down.append(nodeName(node));
        if (!builds.contains(node.build))
            builds.append(node.build);
    }
    if (!down.isEmpty())
        return blocked("node-down", {joined(down)});
    if (builds.size() > 1)
        return blocked("mixed", {joined(builds)});
    return passed({QString::number(transfer.target.cluster.nodes.size()), joined(builds)});
}

Finding databasesToMove(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    for (const Error *error : {&transfer->sourceError, &transfer->destinationError}) {
        if (error->code != ErrorCode::None)
            return unread(CheckStatus::Blocked, *error);
    }
    QStringList unknown = transfer->wanted;
    unknown.removeIf(
        [&](const QString &name) { return transfer->source.databaseNames.contains(name); });
    if (!unknown.isEmpty())
        return blocked("unknown", {joined(unknown)});
    QStringList names;
    QStringList existing;
    for (const DatabaseEntry &database : transfer->source.databases) {
        names.append(database.name);
        if (transfer->destination.databaseNames.contains(database.name))
            existing.append(database.name);
    }
    if (names.isEmpty())
        return blocked("none");
    if (!existing.isEmpty())
        return blocked("exists", {joined(existing)});
    QStringList others = transfer->source.databaseNames;
    others.removeIf([&](const QString &name) {
        return names.contains(name) || name == QStringLiteral("defaultdb");
    });
    if (!others.isEmpty())
        return info("some-stay", {joined(names), joined(others)});
    return passed({joined(names)});
}

Finding inventoryComplete(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    const QStringList problems = transfer->source.problems;
    if (problems.isEmpty())
        return passed();
    Finding finding = warning("unanswered", {QString::number(problems.size()), problems.first()});
    finding.evidence = problems.join(u'\n').toUtf8();
    return finding;
}

/// What is in the databases and not in their export; one line each.
struct Lost {
    qsizetype foreignKeys = 0;
    qsizetype views = 0;
    qsizetype sequences = 0;
    qsizetype comments = 0;
    qsizetype grants = 0;
    qsizetype partitioned = 0;
    qsizetype sum() const { return foreignKeys + views + sequences + comments + grants; }
};

Lost lostOf(const Inventory &source, QStringList *names = nullptr)
{
    Lost lost;
    for (const DatabaseEntry &database : source.databases) {
        lost.grants += database.grants.size();
        for (const ObjectEntry &object : database.objects) {
            const qsizetype keys = definition::foreignKeys(object.create).size();
            lost.foreignKeys += keys;
            lost.comments += definition::comments(object.create).size();
            lost.partitioned +=
                object.isTable() && definition::hasPartitionInterval(object.create) ? 1 : 0;
            lost.views += object.kind == ObjectEntry::Kind::View ? 1 : 0;
            lost.sequences += object.kind == ObjectEntry::Kind::Sequence ? 1 : 0;
            if (names != nullptr && (keys > 0 || !object.isTable())) {
                names->append(QStringLiteral("%1 %2.%3.%4")
                                  .arg(object.isTable() ? QStringLiteral("foreign-key")
                                                        : toString(object.kind),
                                       database.name, object.schema, object.name));
            }
        }
    }
    return lost;
}

Finding lostByExport(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    QStringList names;
    const Lost lost = lostOf(transfer->source, &names);
    if (lost.sum() == 0)
        return passed();
    Finding finding = info("recreated",
                           {QString::number(lost.foreignKeys), QString::number(lost.views),
                            QString::number(lost.sequences), QString::number(lost.comments),
                            QString::number(lost.grants)});
    finding.evidence = names.join(u'\n').toUtf8();
    return finding;
}

Finding passwordsToSet(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    QStringList names;
    for (const UserEntry &user : transfer->source.users) {
        if (user.hasPassword)
            names.append(user.name);
    }
    return names.isEmpty() ? passed() : warning("lost", {joined(names)});
}

Finding partitionInterval(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    const qsizetype tables = lostOf(transfer->source).partitioned;
    const auto package = packageOfTarget(input.facts);
    const KwdbVersion first{QStringLiteral("3.1.0"), {}};
    if (tables == 0 || !package || compareBase(package->version, first) < 0)
        return passed();
    return info("removed", {QString::number(tables), package->version.toString()});
}

Finding transferSpace(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    const HostFacts *source = input.facts.host(input.facts.cluster.askedHost);
    const HostFacts *target = transfer->target.host(transfer->targetHost());
    if (source == nullptr || target == nullptr || !source->dataBytes.isKnown()
        || !source->dataFreeBytes.isKnown() || !target->dataFreeBytes.isKnown())
        return warning("not-known");
    const qint64 needed = *source->dataBytes.value;
    const auto mebibytes = [](qint64 bytes) { return QString::number(bytes / (1024 * 1024)); };
    for (const HostFacts *host : {source, target}) {
        const qint64 free = *host->dataFreeBytes.value;
        if (free < needed)
            return warning("little", {host->host.id(), mebibytes(free), mebibytes(needed)});
    }
    return passed({mebibytes(needed)});
}

Finding exportDirectory(const CheckInput &input)
{
    const TransferFacts *transfer = transferOf(input);
    if (transfer == nullptr)
        return notApplicable("other-method");
    static const QRegularExpression Plain(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9._-]*$"));
    const QString &name = transfer->directory;
    if (!name.isEmpty() && !Plain.match(name).hasMatch())
        return blocked("invalid", {name});
    return passed();
}

Finding noWrites(const CheckInput &input)
{
    return transferOf(input) == nullptr ? notApplicable("other-method") : warning("must-stop");
}

Finding availabilityAfterImport(const CheckInput &input)
{
    return transferOf(input) == nullptr ? notApplicable("other-method") : warning("affected");
}

} // namespace

// clang-format off
// A table, not a course of action.
// NOLINTNEXTLINE(readability-function-size)
CheckFamily transferChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Data to the new cluster"), {
        {.id = "new-cluster-ready",
         .title = QT_TRANSLATE_NOOP("Check", "The new cluster is ready"),
         .why = QT_TRANSLATE_NOOP("Check", "The data is imported there, so all its nodes must be up with one version."),
         .cluster = newClusterReady,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Nodes of the new cluster: %1, all up, version %2."), ""},
            {"not-named", QT_TRANSLATE_NOOP("Check", "No hosts of a new cluster are named."),
             QT_TRANSLATE_NOOP("Check", "Install the new version on other hosts, add them to the list, and name them as the hosts of the new cluster.")},
            {"unknown-hosts", QT_TRANSLATE_NOOP("Check", "These hosts of the new cluster are not in the list: %1."),
             QT_TRANSLATE_NOOP("Check", "Correct the names, or add the hosts to the list.")},
            {"node-down", QT_TRANSLATE_NOOP("Check", "Nodes of the new cluster are not up: %1."),
             QT_TRANSLATE_NOOP("Check", "Start them, then run the discovery again.")},
            {"mixed", QT_TRANSLATE_NOOP("Check", "The nodes of the new cluster have different versions: %1."),
             QT_TRANSLATE_NOOP("Check", "Install one version on all of them.")}}},
        {.id = "databases-to-move",
         .title = QT_TRANSLATE_NOOP("Check", "The databases can be moved"),
         .why = QT_TRANSLATE_NOOP("Check", "A database that exists on the new cluster cannot be imported."),
         .cluster = databasesToMove,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "These databases are moved; none of them exists on the new cluster: %1."), ""},
            {"some-stay", QT_TRANSLATE_NOOP("Check", "These databases are moved: %1. These are not: %2."), ""},
            {"unknown", QT_TRANSLATE_NOOP("Check", "These databases do not exist on the old cluster: %1."),
             QT_TRANSLATE_NOOP("Check", "Correct the names.")},
            {"none", QT_TRANSLATE_NOOP("Check", "There is no database to move."),
             QT_TRANSLATE_NOOP("Check", "Look whether the hosts of the old and of the new cluster are named the right way round.")},
            {"exists", QT_TRANSLATE_NOOP("Check", "These databases exist on the new cluster already: %1."),
             QT_TRANSLATE_NOOP("Check", "Look what they hold. Remove them there, or name only the other databases to be moved.")}}},
        {.id = "inventory-complete",
         .title = QT_TRANSLATE_NOOP("Check", "What the databases hold is known"),
         .why = QT_TRANSLATE_NOOP("Check", "What is not known cannot be made anew after the import, and is not missed."),
         .cluster = inventoryComplete,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "All questions to the old cluster were answered."), ""},
            {"unanswered", QT_TRANSLATE_NOOP("Check", "Questions that the old cluster did not answer: %1. The first one: %2"),
             QT_TRANSLATE_NOOP("Check", "Compare these objects by hand after the run.")}}},
        {.id = "lost-by-export",
         .title = QT_TRANSLATE_NOOP("Check", "What the export leaves out"),
         .why = QT_TRANSLATE_NOOP("Check", "EXPORT and IMPORT leave these out and say nothing."),
         .cluster = lostByExport,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "There is nothing that an export leaves out."), ""},
            {"recreated", QT_TRANSLATE_NOOP("Check", "Foreign keys: %1, views: %2, sequences: %3, comments: %4, grants: %5. The plan makes them anew on the new cluster; what it does not accept is listed in the report."), ""}}},
        {.id = "passwords-to-set",
         .title = QT_TRANSLATE_NOOP("Check", "Passwords of users"),
         .why = QT_TRANSLATE_NOOP("Check", "Passwords cannot be carried to another cluster."),
         .cluster = passwordsToSet,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No user has a password."), ""},
            {"lost", QT_TRANSLATE_NOOP("Check", "These users have a password that must be set again on the new cluster: %1."),
             QT_TRANSLATE_NOOP("Check", "Have new passwords at hand, and set them after the run.")}}},
        {.id = "partition-interval",
         .title = QT_TRANSLATE_NOOP("Check", "Partition intervals of tables"),
         .why = QT_TRANSLATE_NOOP("Check", "From version 3.1 on, a table cannot have an interval of its own, and its definition is refused."),
         .cluster = partitionInterval,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "No definition has to be changed."), ""},
            {"removed", QT_TRANSLATE_NOOP("Check", "Tables with PARTITION INTERVAL: %1. It is removed from their definitions, because version %2 does not accept it."), ""}}},
        {.id = "transfer-space",
         .title = QT_TRANSLATE_NOOP("Check", "Space for the exported files"),
         .why = QT_TRANSLATE_NOOP("Check", "The files of the largest export and their packed form lie on the data disks of one node of each cluster."),
         .cluster = transferSpace,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "Both clusters have more free space than the data directory of the old one takes (%1 MiB)."), ""},
            {"not-known", QT_TRANSLATE_NOOP("Check", "The free space could not be read."),
             QT_TRANSLATE_NOOP("Check", "Look at the free space of the data disks on both clusters.")},
            {"little", QT_TRANSLATE_NOOP("Check", "%1 has %2 MiB free; the data directory of the old cluster's node takes %3 MiB."),
             QT_TRANSLATE_NOOP("Check", "Make space, or move fewer databases at a time.")}}},
        {.id = "export-directory-name",
         .title = QT_TRANSLATE_NOOP("Check", "Name of the export directory"),
         .why = QT_TRANSLATE_NOOP("Check", "It is part of an address in SQL and of a path on two hosts. A directory that holds files is refused when the run begins to export."),
         .cluster = exportDirectory,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The name can be used."), ""},
            {"invalid", QT_TRANSLATE_NOOP("Check", "The name cannot be used: %1."),
             QT_TRANSLATE_NOOP("Check", "Use letters, digits, underscores, points and hyphens only.")}}},
        {.id = "no-writes",
         .title = QT_TRANSLATE_NOOP("Check", "No client writes to the old cluster"),
         .why = QT_TRANSLATE_NOOP("Check", "Tables are exported one after the other, each as it is at that moment."),
         .cluster = noWrites,
         .texts = {
            {"must-stop", QT_TRANSLATE_NOOP("Check", "What clients write after the export of a table is not on the new cluster, and the comparison fails."),
             QT_TRANSLATE_NOOP("Check", "Stop all clients that write before the run, and do not start them against the old cluster again.")}}},
        {.id = "availability-after-import",
         .title = QT_TRANSLATE_NOOP("Check", "High availability after the import"),
         .why = QT_TRANSLATE_NOOP("Check", "The vendor's guide warns of it for this method."),
         .cluster = availabilityAfterImport,
         .texts = {
            {"affected", QT_TRANSLATE_NOOP("Check", "The high availability of the cluster may be affected after an upgrade by export and import."),
             QT_TRANSLATE_NOOP("Check", "Look at the replicas and their distribution on the new cluster after the run.")}}},
    }};
}
// clang-format on

} // namespace kwup
