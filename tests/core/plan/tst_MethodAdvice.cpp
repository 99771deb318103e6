#include "core/plan/Plan.h"
#include "tests/support/FactsBuilder.h"

#include <QTest>

#include <algorithm>

namespace kwup::test {

class TestMethodAdvice : public QObject {
    Q_OBJECT

private slots:
    void everyMethodHasARowWithASentence();
    void aHealthyClusterIsUpgradedRolling();
    void aSingleNodeIsUpgradedByItself();
    void aTypedReasonLetsAnUndocumentedPathPass();
    void everyReasonIsTheTrueOne_data();
    void everyReasonIsTheTrueOne();

private:
    static MethodAdvice::Row rowOf(const Facts &facts, Method method,
                                   const std::optional<PackageInfo> &package = debPackage());
};

MethodAdvice::Row TestMethodAdvice::rowOf(const Facts &facts, Method method,
                                          const std::optional<PackageInfo> &package)
{
    const auto advice = adviseMethod(facts, package);
    return *std::ranges::find(advice.rows, method, &MethodAdvice::Row::method);
}

void TestMethodAdvice::everyMethodHasARowWithASentence()
{
    const auto advice = adviseMethod(FactsBuilder::cluster().facts(), debPackage());
    QCOMPARE(advice.rows.size(), 10);
    for (const auto &row : advice.rows) {
        QVERIFY(!methodName(row.method).isEmpty());
        QVERIFY2(describe(row).endsWith(u'.'), qPrintable(row.reasonKey));
        QVERIFY2(!describe(row).contains(u'%'), qPrintable(describe(row)));
    }
}

void TestMethodAdvice::aHealthyClusterIsUpgradedRolling()
{
    const auto advice = adviseMethod(FactsBuilder::cluster().facts(), debPackage());
    QVERIFY(advice.proposed == Method::ScriptRolling);
    // The way for running nodes fits as well, but is never proposed.
    const auto applicable = std::ranges::count_if(advice.rows, &MethodAdvice::Row::applicable);
    QCOMPARE(applicable, 2);
}

void TestMethodAdvice::aSingleNodeIsUpgradedByItself()
{
    const auto advice = adviseMethod(FactsBuilder::singleNode().facts(), debPackage());
    QVERIFY(advice.proposed == Method::ScriptSingle);
}

void TestMethodAdvice::aTypedReasonLetsAnUndocumentedPathPass()
{
    const Facts facts = FactsBuilder::cluster().facts();
    const auto package = debPackage(QStringLiteral("9.9.9"));
    QVERIFY(!adviseMethod(facts, package).proposed);
    MethodOptions options;
    options.setText(option::UndocumentedPath, QStringLiteral("agreed with the vendor"));
    QVERIFY(adviseMethod(facts, package, options).proposed == Method::ScriptRolling);
}

void TestMethodAdvice::everyReasonIsTheTrueOne_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *what, const MethodAdvice::Row &row, const char *expected) {
        QTest::newRow(what) << row.reasonKey << QString::fromLatin1(expected);
    };
    auto cluster = FactsBuilder::cluster();
    add("single method on a cluster", rowOf(cluster.facts(), Method::ScriptSingle), "needs-single");
    add("compose on packages", rowOf(cluster.facts(), Method::Compose), "needs-compose");
    add("live branch", rowOf(cluster.facts(), Method::ScriptLive), "experts");
    auto replica = FactsBuilder::singleReplicaCluster();
    add("rolling on a single-replica cluster", rowOf(replica.facts(), Method::ScriptRolling),
        "needs-multi-replica");
    add("live branch on a single-replica cluster", rowOf(replica.facts(), Method::ScriptLive),
        "needs-multi-replica");
    auto single = FactsBuilder::singleNode();
    add("live branch on a single node", rowOf(single.facts(), Method::ScriptLive),
        "needs-multi-replica");
    add("offline cluster", rowOf(replica.facts(), Method::ScriptOfflineCluster), "applicable");
    auto containers = FactsBuilder::cluster().asContainers();
    add("containers", rowOf(containers.facts(), Method::ScriptRolling, containerPackage()),
        "applicable");
    add("a package of another kind", rowOf(containers.facts(), Method::ScriptRolling),
        "package-kind");
    add("rpm on Debian", rowOf(cluster.facts(), Method::ScriptRolling, rpmPackage()),
        "package-kind");
    add("the same version",
        rowOf(cluster.facts(), Method::ScriptRolling, debPackage(QStringLiteral("2.2.0"))),
        "same-version");
    add("an older version",
        rowOf(cluster.facts(), Method::ScriptRolling, debPackage(QStringLiteral("2.1.0"))),
        "older-version");
    auto built = FactsBuilder::cluster().asSource();
    add("servers built from source", rowOf(built.facts(), Method::Source, sourceTree()),
        "applicable");
    add("packages for servers built from source", rowOf(built.facts(), Method::Source),
        "package-kind");
    add("a source tree for packages", rowOf(cluster.facts(), Method::ScriptRolling, sourceTree()),
        "package-kind");
    auto oneReplica = FactsBuilder::singleReplicaCluster().asSource();
    add("a single-replica cluster built from source",
        rowOf(oneReplica.facts(), Method::Source, sourceTree()), "source-single-replica");
    add("packages are no source build", rowOf(cluster.facts(), Method::Source), "needs-source");
    auto lost = FactsBuilder::cluster().unreachable(1);
    add("a host that cannot be read", rowOf(lost.facts(), Method::ScriptRolling),
        "hosts-unreadable");
    auto two = FactsBuilder::cluster(2);
    add("two nodes", rowOf(two.facts(), Method::ScriptRolling), "needs-three-nodes");
    auto mixed = FactsBuilder::cluster();
    mixed.host(1).runType = known(RunType::Single);
    add("mixed run types", rowOf(mixed.facts(), Method::ScriptRolling), "mixed-run-type");
    auto missing = FactsBuilder::cluster();
    missing.facts().hosts.removeLast();
    missing.facts().nodeIdByHost.remove(QStringLiteral("10.0.0.3"));
    add("a node that is not in the list", rowOf(missing.facts(), Method::ScriptRolling),
        "nodes-incomplete");
}

void TestMethodAdvice::everyReasonIsTheTrueOne()
{
    QFETCH(QString, reason);
    QFETCH(QString, expected);
    QCOMPARE(reason, expected);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestMethodAdvice)

#include "tst_MethodAdvice.moc"
