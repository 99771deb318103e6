#include "core/checks/Checks.h"
#include "core/plan/Plan.h"
#include "core/transfer/TransferFacts.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

namespace kwup::test {

using namespace Qt::StringLiterals;

namespace {

/// One node of 2.1.0 with a database whose name is hard to quote, and one new node beside it.
Facts twoClusters(const QString &newVersion = u"2.2.1"_s)
{
    Facts facts = FactsBuilder::singleNode(u"2.1.0"_s).facts();
    auto transfer = std::make_shared<TransferFacts>();
    transfer->target = FactsBuilder::singleNode(newVersion).facts();
    HostFacts &host = transfer->target.hosts.first();
    host.host.address = u"10.9.9.9"_s;
    transfer->target.cluster.askedHost = host.host.id();
    DatabaseEntry database;
    database.name = u"it's \"x\""_s;
    ObjectEntry table;
    table.schema = u"public"_s;
    table.name = u"t"_s;
    table.columns = QStringList{u"a"_s};
    table.create = u"CREATE TABLE t (\n\ta INT4 NULL\n)\n\tpartition interval 1d"_s;
    ObjectEntry view = table;
    view.kind = ObjectEntry::Kind::View;
    view.name = u"v"_s;
    view.create = u"CREATE VIEW v (a) AS SELECT a FROM t"_s;
    database.objects = {table, view};
    transfer->source.databases = {database};
    transfer->source.databaseNames = QStringList{database.name};
    UserEntry user;
    user.name = u"app"_s;
    user.hasPassword = true;
    transfer->source.users = {user};
    facts.transfer = transfer;
    return facts;
}

MethodOptions targets()
{
    MethodOptions options;
    options.set(option::TargetHosts, {u"10.9.9.9"_s});
    return options;
}

Result<Plan> planOf(const Facts &facts, BackupChoice::Kind backup = BackupChoice::Kind::Refused)
{
    const BackupChoice choice{backup, u"/b"_s, {}, u"a test"_s};
    return buildPlan({facts,
                      Method::ExportImport,
                      packageOfTarget(facts).value_or(PackageInfo{}),
                      choice,
                      {},
                      u"r"_s,
                      {},
                      targets()});
}

CheckResult check(const Facts &facts, const QString &id)
{
    const auto results = runChecks({facts, Method::ExportImport, packageOfTarget(facts)});
    const auto found = std::ranges::find(results, id, &CheckResult::id);
    return found == results.end() ? CheckResult{} : *found;
}

} // namespace

class tst_TransferPlan final : public QObject {
    Q_OBJECT

private slots:
    void aDatabaseIsExportedCarriedImportedMadeWholeAndCompared()
    {
        const Facts facts = twoClusters();
        const auto plan = planOf(facts);
        QVERIFY2(plan, qPrintable(plan ? QString() : describe(plan.error())));
        QStringList ids;
        for (const auto &stage : plan->stages)
            ids.append(stage.id);
        QCOMPARE(ids,
                 QStringList({u"lock"_s, u"baseline"_s, u"users"_s, u"database@01-it_s__x_"_s,
                              u"finish"_s}));
        QStringList kinds;
        for (const auto &step : plan->stages[3].steps)
            kinds.append(toString(step.kind));
        QCOMPARE(kinds,
                 QStringList(
                     {u"export"_s, u"transfer-files"_s, u"import"_s, u"recreate"_s, u"compare"_s}));
        QCOMPARE(plan->hosts.size(), 2);
        QVERIFY(!plan->isTarget(plan->hosts.first()));
        QVERIFY(plan->isTarget(plan->hosts.last()));
        QCOMPARE(plan->to.base, u"2.2.1"_s);
        QCOMPARE(plan->stages[3].steps[0].host, facts.hosts.first().host.id());
        QCOMPARE(plan->stages[3].steps[2].host, u"10.9.9.9"_s);
    }

    void oddNamesAreQuotedForSqlAndForTheShell()
    {
        const auto plan = planOf(twoClusters());
        QVERIFY(plan);
        const QByteArray script = plan->stages[3].steps[0].script;
        QVERIFY2(script.contains(R"(FROM DATABASE "it'\''s ""x""")"), script.constData());
        QVERIFY(plan->stages[3].steps[2].script.contains(
            R"(WHERE database_name = '\''it'\'''\''s "x"'\'')"));
    }

    void thePlanSurvivesTheJournal()
    {
        const auto plan = planOf(twoClusters());
        QVERIFY(plan);
        const auto again = Plan::fromJson(plan->toJson());
        QVERIFY(again);
        QCOMPARE(again->toJson(), plan->toJson());
        QVERIFY(again->package.kind == PackageKind::NewCluster);
    }

    void intervalsAreRemovedFrom31On()
    {
        const auto older = planOf(twoClusters());
        const auto newer = planOf(twoClusters(u"3.1.0"_s));
        QVERIFY(older && newer);
        QVERIFY(older->stages[3].steps[2].script.contains("no_partition=no\n"));
        QVERIFY(newer->stages[3].steps[2].script.contains("no_partition=yes\n"));
        QCOMPARE(check(twoClusters(u"3.1.0"_s), u"partition-interval"_s).finding, u"removed"_s);
        QCOMPARE(check(twoClusters(), u"partition-interval"_s).finding, u"passed"_s);
    }

    void aColdCopyIsNotMadeByThisMethod()
    {
        const auto plan = planOf(twoClusters(), BackupChoice::Kind::ColdCopy);
        QVERIFY(!plan);
        QVERIFY(plan.error().code == ErrorCode::BackupMissing);
    }

    void withoutASecondClusterTheMethodDoesNotFit()
    {
        Facts facts = FactsBuilder::singleNode(u"2.1.0"_s).facts();
        QCOMPARE(rowOf(facts).reasonKey, u"needs-new-cluster"_s);
        facts = twoClusters();
        QVERIFY(rowOf(facts).applicable);
        const auto advice = adviseMethod(facts, packageOfTarget(facts));
        QVERIFY(advice.proposed == Method::ExportImport);
        for (const auto &row : advice.rows)
            QCOMPARE(row.applicable, row.method == Method::ExportImport);
    }

    void aPathThatIsDoneInPlaceIsNotForThisMethod()
    {
        Facts facts = twoClusters();
        facts.hosts.first().installedVersion.value = KwdbVersion{u"2.2.0"_s, {}};
        QCOMPARE(rowOf(facts).reasonKey, u"other-method"_s);
    }

    void whatIsLostAndWhatMustBeKnownIsSaidBeforehand()
    {
        const Facts facts = twoClusters();
        QVERIFY(check(facts, u"lost-by-export"_s).status == CheckStatus::Info);
        QVERIFY(check(facts, u"passwords-to-set"_s).status == CheckStatus::Warning);
        QVERIFY(check(facts, u"availability-after-import"_s).status == CheckStatus::Warning);
        QVERIFY(check(facts, u"new-cluster-ready"_s).status == CheckStatus::Passed);
        QVERIFY(check(facts, u"databases-to-move"_s).status == CheckStatus::Passed);
    }

    void aDatabaseThatExistsThereBlocks()
    {
        Facts facts = twoClusters();
        auto transfer = std::make_shared<TransferFacts>(*facts.transfer);
        transfer->destination.databaseNames = transfer->source.databaseNames;
        facts.transfer = transfer;
        QCOMPARE(check(facts, u"databases-to-move"_s).finding, u"exists"_s);
        transfer->wanted = QStringList{u"nope"_s};
        QCOMPARE(check(facts, u"databases-to-move"_s).finding, u"unknown"_s);
        transfer->directory = u"../x"_s;
        QCOMPARE(check(facts, u"export-directory-name"_s).finding, u"invalid"_s);
        transfer->source.problems = QStringList{u"x"_s};
        QCOMPARE(check(facts, u"inventory-complete"_s).finding, u"unanswered"_s);
        transfer->unknownHosts = QStringList{u"x"_s};
        QCOMPARE(check(facts, u"new-cluster-ready"_s).finding, u"unknown-hosts"_s);
    }

    void aDatabaseWithoutTablesIsMadeByItsStatement()
    {
        Facts facts = twoClusters();
        auto transfer = std::make_shared<TransferFacts>(*facts.transfer);
        transfer->source.databases.first().objects.clear();
        facts.transfer = transfer;
        const auto plan = planOf(facts);
        QVERIFY(plan);
        QCOMPARE(plan->stages[3].steps.size(), 1);
        QVERIFY(plan->stages[3].steps[0].kind == StepKind::Recreate);
    }

private:
    static MethodAdvice::Row rowOf(const Facts &facts)
    {
        const auto advice = adviseMethod(facts, packageOfTarget(facts));
        return *std::ranges::find(advice.rows, Method::ExportImport, &MethodAdvice::Row::method);
    }
};

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_TransferPlan)
#include "tst_TransferPlan.moc"
