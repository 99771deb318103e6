#include "core/checks/Checks.h"
#include "tests/support/FactsBuilder.h"

#include <QTest>

using namespace kwup;
using namespace kwup::test;

class StopImpactTest : public QObject {
    Q_OBJECT

private slots:
    void anyOfThreeNodesCanStop();
    void everyRangeOfASingleReplicaNodeIsLost();
    void aRangeThatIsLostAlreadyDoesNotCount();
    void withoutTheRangeTableLeasesComeFromCounts();
    void anUnknownStoreGivesNoNumber();
    void aFormerMemberDoesNotCount();
    void withoutAViewThereIsNothingToSay();
};

void StopImpactTest::anyOfThreeNodesCanStop()
{
    FactsBuilder facts = FactsBuilder::cluster();
    const QList<StopImpact> impacts = stopImpacts(facts.facts());
    QCOMPARE(impacts.size(), 3);
    for (const StopImpact &impact : impacts) {
        QCOMPARE(impact.rangesLosingQuorum.value_or(-1), 0);
        QVERIFY(!impact.clusterLosesQuorum);
        QCOMPARE(impact.leases, 18);
    }
    QCOMPARE(impacts[1].nodeId, 2);
    QCOMPARE(impacts[1].host, QStringLiteral("10.0.0.3"));
}

void StopImpactTest::everyRangeOfASingleReplicaNodeIsLost()
{
    FactsBuilder facts = FactsBuilder::singleReplicaCluster();
    for (const StopImpact &impact : stopImpacts(facts.facts()))
        QCOMPARE(impact.rangesLosingQuorum.value_or(-1), 18);
}

void StopImpactTest::aRangeThatIsLostAlreadyDoesNotCount()
{
    FactsBuilder facts = FactsBuilder::cluster();
    facts.nodeDown(2);
    for (const StopImpact &impact : stopImpacts(facts.facts())) {
        const bool isDown = impact.nodeId == facts.node(2).id;
        QCOMPARE(impact.rangesLosingQuorum.value_or(-1), isDown ? 0 : 54);
    }
}

void StopImpactTest::withoutTheRangeTableLeasesComeFromCounts()
{
    FactsBuilder facts = FactsBuilder::cluster();
    facts.view().ranges.clear();
    facts.view().stores.clear();
    facts.node(0).leaseholders = 7;
    const StopImpact impact = stopImpacts(facts.facts()).first();
    QCOMPARE(impact.leases, 7);
    QVERIFY(!impact.rangesLosingQuorum.has_value());
    QVERIFY(!impact.clusterLosesQuorum);
}

void StopImpactTest::anUnknownStoreGivesNoNumber()
{
    FactsBuilder facts = FactsBuilder::cluster();
    facts.view().ranges[0].replicaStores.append(77);
    for (const StopImpact &impact : stopImpacts(facts.facts()))
        QVERIFY(!impact.rangesLosingQuorum.has_value());
}

void StopImpactTest::aFormerMemberDoesNotCount()
{
    FactsBuilder facts = FactsBuilder::cluster(4);
    facts.nodeDown(3);
    for (const StopImpact &impact : stopImpacts(facts.facts())) // 3 of 4 are up, 2 would remain
        QCOMPARE(impact.clusterLosesQuorum, impact.nodeId != facts.node(3).id);
    facts.node(3).isDecommissioning = true;
    facts.node(3).gossipedReplicas = 0;
    const QList<StopImpact> impacts = stopImpacts(facts.facts());
    QCOMPARE(impacts.size(), 3);
    for (const StopImpact &impact : impacts)
        QVERIFY(!impact.clusterLosesQuorum);
}

void StopImpactTest::withoutAViewThereIsNothingToSay()
{
    FactsBuilder facts = FactsBuilder::cluster();
    QVERIFY(stopImpacts(facts.stopped().facts()).isEmpty());
}

QTEST_APPLESS_MAIN(StopImpactTest)
#include "tst_StopImpact.moc"
