#include "core/transfer/TransferFacts.h"
#include "tests/core/checks/CheckCase.h"

// Moving data to a new cluster.

namespace kwup::test {

namespace {

constexpr auto Passed = CheckStatus::Passed;
constexpr auto Info = CheckStatus::Info;
constexpr auto Warning = CheckStatus::Warning;
constexpr auto Blocked = CheckStatus::Blocked;

ObjectEntry object(ObjectEntry::Kind kind, const char *create)
{
    ObjectEntry entry;
    entry.kind = kind;
    entry.schema = QStringLiteral("public");
    entry.name = QStringLiteral("t");
    entry.create = QString::fromLatin1(create);
    return entry;
}

/// An old cluster with one database without anything that an export drops, and an empty new one.
TransferFacts twoClusters()
{
    TransferFacts transfer;
    transfer.target = FactsBuilder::singleNode(QStringLiteral("3.1.0")).facts();
    DatabaseEntry shop;
    shop.name = QStringLiteral("shop");
    shop.objects = {object(ObjectEntry::Kind::Table, "CREATE TABLE t (\n\ta INT4 NULL\n)")};
    transfer.source.databases = {shop};
    transfer.source.databaseNames = QStringList{QStringLiteral("shop")};
    return transfer;
}

Change with(const std::function<void(TransferFacts &)> &change)
{
    return [change](Scenario &s) {
        s.method = Method::ExportImport;
        TransferFacts transfer = twoClusters();
        change(transfer);
        s.facts.facts().transfer = std::make_shared<TransferFacts>(transfer);
    };
}

const Change Fits = with([](TransferFacts &) {});
const Change NotNamed = [](Scenario &s) { s.method = Method::ExportImport; };

Change source(const std::function<void(Inventory &)> &change)
{
    return with([change](TransferFacts &t) { change(t.source); });
}

Change targetNodes(const std::function<void(QList<NodeRow> &)> &change)
{
    return with([change](TransferFacts &t) { change(t.target.cluster.nodes); });
}

} // namespace

QList<CheckCase> transferCases()
{
    const QString shop = QStringLiteral("shop");
    return {
        {"ready", "new-cluster-ready", Passed, "passed", Fits},
        {"not named", "new-cluster-ready", Blocked, "not-named", NotNamed},
        {"not in the list", "new-cluster-ready", Blocked, "unknown-hosts",
         with([](TransferFacts &t) { t.unknownHosts = QStringList{QStringLiteral("10.9")}; }), 0,
         "10.9"},
        {"does not answer", "new-cluster-ready", Blocked, "not-read",
         targetNodes([](QList<NodeRow> &nodes) { nodes.clear(); })},
        {"node down", "new-cluster-ready", Blocked, "node-down",
         targetNodes([](QList<NodeRow> &nodes) { nodes[0].isLive = false; })},
        {"two versions", "new-cluster-ready", Blocked, "mixed",
         targetNodes([](QList<NodeRow> &nodes) {
             nodes.append(nodes[0]);
             nodes[1].build = QStringLiteral("V3.0.0");
         })},
        {"all", "databases-to-move", Passed, "passed", Fits, 0, "shop"},
        {"some", "databases-to-move", Info, "some-stay",
         source([](Inventory &i) { i.databaseNames.append(QStringLiteral("other")); }), 0, "other"},
        {"a wrong name", "databases-to-move", Blocked, "unknown",
         with([](TransferFacts &t) { t.wanted = QStringList{QStringLiteral("nope")}; }), 0, "nope"},
        {"nothing", "databases-to-move", Blocked, "none",
         source([](Inventory &i) { i = Inventory(); })},
        {"exists there", "databases-to-move", Blocked, "exists",
         with([shop](TransferFacts &t) { t.destination.databaseNames = QStringList{shop}; }), 0,
         "shop"},
        {"answered", "inventory-complete", Passed, "passed", Fits},
        {"not answered", "inventory-complete", Warning, "unanswered",
         source([](Inventory &i) { i.problems = QStringList{QStringLiteral("SHOW X")}; }), 0,
         "SHOW X"},
        {"nothing is lost", "lost-by-export", Passed, "passed", Fits},
        {"a view", "lost-by-export", Info, "recreated", source([](Inventory &i) {
             i.databases[0].objects.append(object(ObjectEntry::Kind::View, "CREATE VIEW"));
         }),
         0, "views: 1"},
        {"no password", "passwords-to-set", Passed, "passed", Fits},
        {"a password", "passwords-to-set", Warning, "lost", source([](Inventory &i) {
             UserEntry user;
             user.name = QStringLiteral("app");
             user.hasPassword = true;
             i.users = {user};
         }),
         0, "app"},
        {"no interval", "partition-interval", Passed, "passed", Fits},
        {"an interval", "partition-interval", Info, "removed", source([](Inventory &i) {
             i.databases[0].objects.append(
                 object(ObjectEntry::Kind::TimeSeries, "CREATE TABLE t\n\tpartition interval 1d"));
         })},
        {"space", "transfer-space", Passed, "passed", Fits},
        {"little space", "transfer-space", Warning, "little",
         with([](TransferFacts &t) { t.target.hosts[0].dataFreeBytes.value = 0; })},
        {"space unknown", "transfer-space", Warning, "not-known",
         with([](TransferFacts &t) { t.target.hosts[0].dataFreeBytes.value.reset(); })},
        {"named after the run", "export-directory-name", Passed, "passed", Fits},
        {"a path", "export-directory-name", Blocked, "invalid",
         with([](TransferFacts &t) { t.directory = QStringLiteral("../x"); }), 0, "../x"},
        {"clients", "no-writes", Warning, "must-stop", Fits},
        {"availability", "availability-after-import", Warning, "affected", Fits},
    };
}

} // namespace kwup::test
