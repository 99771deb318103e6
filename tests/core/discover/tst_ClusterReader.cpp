#include "core/discover/Discovery.h"
#include "tests/core/discover/ScratchHost.h"
#include "tests/support/Transcript.h"

#include <QTest>

namespace kwup::test {

namespace {

QByteArray recordedStatus()
{
    return transcriptEntry(QStringLiteral("kwdb-transcripts/03-node-status-opts.txt"),
                           QStringLiteral("--all --format=csv"))
        .out;
}

void answerEverything(ScratchHost &scratch)
{
    scratch.answer(QStringLiteral("node status --all --format=csv"), recordedStatus());
    scratch.answer(QStringLiteral("ClusterID"), "value\nb928144b-117f-45a2-b5df-d4a0f9ce4771\n");
    scratch.answer(QStringLiteral("ranges.underreplicated"),
                   "ranges_unavailable,ranges_underreplicated\n0,53\n");
    scratch.answer(QStringLiteral("SHOW JOBS"),
                   transcriptEntry(QStringLiteral("kwdb-transcripts/04-sql.txt"),
                                   QStringLiteral("--format=csv -e SHOW\\ JOBS"))
                       .out);
    scratch.answer(QStringLiteral("lease_count"),
                   "node_id,store_id,range_count,lease_count\n1,1,55,25\n2,2,55,14\n3,3,55,15\n");
    scratch.answer(QStringLiteral("server.time_until_store_dead"),
                   "server.time_until_store_dead\n02:00:00\n");
    scratch.answer(QStringLiteral("ranges_no_leases"),
                   "range_id,database_name,table_name,replicas\n1,\"\",\"\",\"{1,2,3}\"\n");
}

HostFacts installed(ScratchHost &scratch)
{
    scratch.installKwdb("127.0.0.1");
    const auto connection = scratch.host().connect();
    return discoverHost(*connection, scratch.spec(), {});
}

} // namespace

class tst_ClusterReader final : public QObject {
    Q_OBJECT

private slots:
    void theClusterIsReadThroughOneNode();
    void rangesAreReadOnlyWhenAskedFor();
    void aNodeThatDoesNotAnswerSaysWhy();
    void oneRefusedStatementDoesNotHideTheRest();
    void cheapReadingAsksOnlyForStatusAndHealth();
    void withoutAStartCommandNothingIsAsked();
};

void tst_ClusterReader::theClusterIsReadThroughOneNode()
{
    ScratchHost scratch;
    const auto facts = installed(scratch);
    answerEverything(scratch);
    const auto connection = scratch.host().connect();
    const auto view = readCluster(*connection, facts, true, {});
    QVERIFY(view.has_value());
    QCOMPARE(view->askedHost, QStringLiteral("node1"));
    QCOMPARE(view->clusterId, QStringLiteral("b928144b-117f-45a2-b5df-d4a0f9ce4771"));
    QCOMPARE(view->nodes.size(), 3);
    QVERIFY(view->health);
    QCOMPARE(view->health->underReplicated, 53);
    QCOMPARE(view->jobs.size(), 3);
    QCOMPARE(view->stores.size(), 3);
    QCOMPARE(view->ranges.size(), 1);
    QCOMPARE(view->settings.value(QLatin1String(TimeUntilStoreDead)), QStringLiteral("02:00:00"));
    QVERIFY(!view->settings.contains(QStringLiteral("cluster.preserve_downgrade_option")));
    QVERIFY(view->healthError.code == ErrorCode::None && view->jobsError.code == ErrorCode::None);
    QVERIFY(view->readAt.isValid());
}

void tst_ClusterReader::rangesAreReadOnlyWhenAskedFor()
{
    ScratchHost scratch;
    const auto facts = installed(scratch);
    answerEverything(scratch);
    const auto connection = scratch.host().connect();
    const auto view = readCluster(*connection, facts, false, {});
    QVERIFY(view.has_value());
    QVERIFY(view->ranges.isEmpty());
    QVERIFY(!scratch.host().scripts().last().contains(QStringLiteral("ranges_no_leases")));
}

void tst_ClusterReader::aNodeThatDoesNotAnswerSaysWhy()
{
    ScratchHost scratch;
    const auto facts = installed(scratch); // kwbase answers nothing
    const auto connection = scratch.host().connect();
    const auto view = readCluster(*connection, facts, true, {});
    QVERIFY(!view.has_value());
    QVERIFY(view.error().code == ErrorCode::NodeStatusUnavailable);
    QCOMPARE(view.error().host, QStringLiteral("node1"));
    QCOMPARE(view.error().exitCode, 1);
    QVERIFY(view.error().evidence.contains("cannot dial server"));
    QVERIFY(view.error().command.contains(QStringLiteral("node status --all")));
}

void tst_ClusterReader::oneRefusedStatementDoesNotHideTheRest()
{
    ScratchHost scratch;
    const auto facts = installed(scratch);
    scratch.answer(QStringLiteral("node status"), recordedStatus());
    scratch.answer(QStringLiteral("SHOW JOBS"), "garbage\n1,2\n");
    const auto connection = scratch.host().connect();
    const auto view = readCluster(*connection, facts, true, {});
    QVERIFY(view.has_value());
    QCOMPARE(view->nodes.size(), 3);
    QVERIFY(!view->health);
    QVERIFY(view->healthError.code == ErrorCode::SqlFailed);
    QVERIFY(view->healthError.evidence.contains("cannot dial server"));
    QVERIFY(view->jobsError.code == ErrorCode::OutputUnexpected);
    QVERIFY(view->rangesError.code == ErrorCode::SqlFailed);
    QVERIFY(view->clusterId.isEmpty() && view->settings.isEmpty());
}

void tst_ClusterReader::cheapReadingAsksOnlyForStatusAndHealth()
{
    ScratchHost scratch;
    const auto facts = installed(scratch);
    answerEverything(scratch);
    const auto cli = kwbaseCliOf(facts);
    QVERIFY(cli);
    const auto connection = scratch.host().connect();
    const auto plain = readNodes(*connection, *cli, false, {});
    QVERIFY(plain.has_value());
    QVERIFY(!plain->health && plain->healthError.code == ErrorCode::None);
    const auto healthy = readNodes(*connection, *cli, true, {});
    QVERIFY(healthy.has_value());
    QCOMPARE(healthy->nodes.size(), 3);
    QVERIFY(healthy->health == (RangeHealth{0, 53}));
    QVERIFY(!scratch.host().scripts().last().contains(QStringLiteral("SHOW JOBS")));
}

void tst_ClusterReader::withoutAStartCommandNothingIsAsked()
{
    FakeHost host;
    HostFacts facts;
    facts.startCommand.error.code = ErrorCode::NotInstalled;
    const auto connection = host.connect();
    const auto view = readCluster(*connection, facts, false, {});
    QVERIFY(!view.has_value());
    QVERIFY(view.error().code == ErrorCode::NodeStatusUnavailable);
    QVERIFY(host.scripts().isEmpty());
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::tst_ClusterReader)
#include "tst_ClusterReader.moc"
