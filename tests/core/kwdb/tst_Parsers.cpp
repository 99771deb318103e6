#include "core/kwdb/Parsers.h"

#include "tests/support/Transcript.h"

#include <QDirIterator>
#include <QTest>

namespace kwup::test {

namespace {

const auto Options = QStringLiteral("kwdb-transcripts/03-node-status-opts.txt");

QList<TranscriptEntry> csvStatusEntries()
{
    QList<TranscriptEntry> found;
    QDirIterator files(QStringLiteral(KWUP_SOURCE_DIR "/tests/data/kwdb-transcripts"),
                       {QStringLiteral("*.txt")});
    while (files.hasNext()) {
        files.next();
        for (const auto &entry :
             readTranscript(QStringLiteral("kwdb-transcripts/") + files.fileName())) {
            if (entry.command.contains(QStringLiteral("node status"))
                && entry.command.contains(QStringLiteral("--format=csv")) && entry.exitCode == 0)
                found.append(entry);
        }
    }
    return found;
}

} // namespace

class tst_Parsers final : public QObject {
    Q_OBJECT

private slots:
    void everyRecordedNodeStatusIsRead();
    void allColumnsOfNodeStatusAreRead();
    void columnsThatWereNotAskedForStayUnknown();
    void nullColumnsOfNodeStatusStayUnknown();
    void unknownColumnsAreIgnored();
    void anUpgradingNodeIsLiveButNotAvailable();
    void nodeStatusThatIsNoneIsRefused_data();
    void nodeStatusThatIsNoneIsRefused();
    void rangeHealthIsRead();
    void rangeHealthWithoutRecordsIsNotZero();
    void recordedJobsAreRead();
    void storesAndRangesAreRead();
    void aReplicaListThatIsNoneIsRefused();
    void singleValuesAreRead();
    void quotesInCsvAreUndone();
    void nullAndEmptyDifferInCsv();
    void brokenCsvIsRefused_data();
    void brokenCsvIsRefused();
    void timestampsAreUtc_data();
    void timestampsAreUtc();
    void durationsAreSeconds_data();
    void durationsAreSeconds();
};

void tst_Parsers::everyRecordedNodeStatusIsRead()
{
    const auto entries = csvStatusEntries();
    QVERIFY(entries.size() >= 20);
    for (const auto &entry : entries) {
        const auto nodes = parseNodeStatus(entry.out);
        QVERIFY2(nodes.has_value(), qPrintable(entry.command));
        QVERIFY(!nodes->isEmpty());
        for (const auto &node : *nodes) {
            QVERIFY(node.id > 0);
            QVERIFY(node.startedAt.isValid());
            QVERIFY(node.build.startsWith(u'V'));
            QCOMPARE(node.startMode, QStringLiteral("start"));
        }
    }
}

void tst_Parsers::allColumnsOfNodeStatusAreRead()
{
    const auto entry = transcriptEntry(Options, QStringLiteral("--all --format=csv"));
    const auto nodes = parseNodeStatus(entry.out);
    QVERIFY(nodes.has_value());
    QCOMPARE(nodes->size(), 3);
    const NodeRow &node = nodes->first();
    QCOMPARE(node.id, 1);
    QCOMPARE(node.address, QStringLiteral("127.0.0.1:27257"));
    QCOMPARE(node.sqlAddress, QStringLiteral("127.0.0.1:27257"));
    QCOMPARE(node.build, QStringLiteral("V2.2.0"));
    QCOMPARE(node.startedAt, QDateTime(QDate(2026, 11, 22), QTime(13, 28, 24, 152), Qt::UTC));
    QCOMPARE(node.locality, QStringLiteral("region=NODE1"));
    QVERIFY(node.isUp());
    QCOMPARE(node.leaders, 36);
    QCOMPARE(node.leaseholders, 36);
    QCOMPARE(node.ranges, 53);
    QCOMPARE(node.rangesUnavailable, 0);
    QCOMPARE(node.rangesUnderreplicated, 0);
    QCOMPARE(node.liveBytes, 1316706);
    QCOMPARE(node.gossipedReplicas, 53);
    QCOMPARE(node.isDecommissioning, false);
    QCOMPARE(node.isDraining, false);
}

void tst_Parsers::columnsThatWereNotAskedForStayUnknown()
{
    const auto plain = parseNodeStatus(
        transcriptEntry(QStringLiteral("kwdb-transcripts/02-node-status-formats.txt"),
                        QStringLiteral("--format=csv"))
            .out);
    QVERIFY(plain.has_value());
    QVERIFY(!plain->first().ranges && !plain->first().isDraining);
    const auto decommission = parseNodeStatus(
        transcriptEntry(Options, QStringLiteral("--decommission --format=csv")).out);
    QVERIFY(decommission.has_value());
    QVERIFY(!decommission->first().ranges && decommission->first().isDraining);
}

void tst_Parsers::nullColumnsOfNodeStatusStayUnknown()
{
    const auto nodes = parseNodeStatus(
        "id,address,sql_address,build,started_at,updated_at,locality,start_mode,is_available,"
        "is_live,ranges,is_draining\n"
        "4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL\n");
    QVERIFY(nodes.has_value());
    const NodeRow &node = nodes->first();
    QCOMPARE(node.id, 4);
    QVERIFY(node.address.isEmpty());
    QVERIFY(!node.startedAt.isValid());
    QVERIFY(!node.isAvailable && !node.isLive && !node.ranges && !node.isDraining);
}

void tst_Parsers::unknownColumnsAreIgnored()
{
    const auto nodes = parseNodeStatus(
        "id,novelty,address,build,is_available,is_live\n7,\"a,b\",h:1,3.9.0,true,true\n");
    QVERIFY(nodes.has_value());
    QCOMPARE(nodes->first().id, 7);
    QCOMPARE(nodes->first().build, QStringLiteral("3.9.0"));
}

void tst_Parsers::anUpgradingNodeIsLiveButNotAvailable()
{
    const auto nodes = parseNodeStatus(
        "id,address,sql_address,build,started_at,updated_at,locality,start_mode,is_available,is_"
        "live\n"
        "2,10.0.0.2:26257,10.0.0.2:26257,2.2.0,2025-06-06 07:40:09.2+00:00,2025-06-13 "
        "02:11:39.9+00:00,\"\",start,false,true\n");
    QVERIFY(nodes.has_value());
    QVERIFY(!nodes->first().isAvailable && nodes->first().isLive && !nodes->first().isUp());
    QVERIFY(nodes->first().locality.isEmpty());
}

void tst_Parsers::nodeStatusThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("header only") << QByteArray("id,address,build,is_available,is_live\n");
    QTest::newRow("a table")
        << transcriptEntry(Options, QStringLiteral("--ranges --format=table")).out;
    QTest::newRow("tab separated") << transcriptEntry(Options, QStringLiteral("--ranges")).out;
    QTest::newRow("cut off") << QByteArray("id,address,build,is_available,is_live\n1,h:1,V2");
    QTest::newRow("no id") << QByteArray(
        "id,address,build,is_available,is_live\nx,h:1,V2,true,true\n");
    QTest::newRow("error text") << QByteArray(
        "ERROR: cannot dial server.\nIs the server running?\n");
}

void tst_Parsers::nodeStatusThatIsNoneIsRefused()
{
    QFETCH(QByteArray, csv);
    const auto nodes = parseNodeStatus(csv);
    QVERIFY(!nodes.has_value());
    QCOMPARE(nodes.error().code, ErrorCode::OutputUnexpected);
    QCOMPARE(nodes.error().evidence, csv.left(4096));
}

void tst_Parsers::rangeHealthIsRead()
{
    const auto entry = transcriptEntry(QStringLiteral("kwdb-transcripts/04-sql.txt"),
                                       QStringLiteral("--format=csv -e SELECT\\ sum"));
    const auto health = parseRangeHealth(entry.out);
    QVERIFY(health.has_value());
    QCOMPARE(*health, RangeHealth());
    const auto bad = parseRangeHealth("ranges_unavailable,ranges_underreplicated\n2,53\n");
    QVERIFY(bad.has_value());
    QCOMPARE(bad->unavailable, 2);
    QCOMPARE(bad->underReplicated, 53);
}

void tst_Parsers::rangeHealthWithoutRecordsIsNotZero()
{
    QVERIFY(!parseRangeHealth("ranges_unavailable,ranges_underreplicated\nNULL,NULL\n"));
    QVERIFY(!parseRangeHealth("ranges_unavailable,ranges_underreplicated\n"));
}

void tst_Parsers::recordedJobsAreRead()
{
    const auto entry = transcriptEntry(QStringLiteral("kwdb-transcripts/04-sql.txt"),
                                       QStringLiteral("--format=csv -e SHOW\\ JOBS"));
    const auto jobs = parseJobs(entry.out);
    QVERIFY(jobs.has_value());
    QCOMPARE(jobs->size(), 3);
    QCOMPARE(jobs->first().id, 1229729645820051459);
    QCOMPARE(jobs->first().type, QStringLiteral("RESTART HISTORY"));
    QCOMPARE(jobs->first().description, QStringLiteral("Start KWBASE SERVICE"));
    QCOMPARE(jobs->first().status, QStringLiteral("succeeded"));
    const auto chosen =
        parseJobs(transcriptEntry(QStringLiteral("kwdb-transcripts/04-sql.txt"),
                                  QStringLiteral("SELECT\\ job_id\\,\\ job_type\\,\\ status"))
                      .out);
    QVERIFY(chosen.has_value());
    QCOMPARE(chosen->first().fraction, 1.0);
    const auto none = parseJobs("job_id,job_type,status\n");
    QVERIFY(none.has_value());
    QVERIFY(none->isEmpty());
}

void tst_Parsers::storesAndRangesAreRead()
{
    const auto stores =
        parseStores("node_id,store_id,range_count,lease_count\n1,1,55,25\n3,2,55,NULL\n");
    QVERIFY(stores.has_value());
    QCOMPARE(stores->last().nodeId, 3);
    QCOMPARE(stores->last().storeId, 2);
    QCOMPARE(stores->first().leaseCount, 25);
    const auto ranges = parseRanges("range_id,database_name,table_name,replicas\n"
                                    "1,\"\",\"\",\"{1,2,3}\"\n40,lab,t,\"{2,3}\"\n41,lab,t,{}\n");
    QVERIFY(ranges.has_value());
    QCOMPARE(ranges->at(0).table, QString());
    QCOMPARE(ranges->at(0).replicaStores, (QList<int>{1, 2, 3}));
    QCOMPARE(ranges->at(1).table, QStringLiteral("lab.t"));
    QVERIFY(ranges->at(2).replicaStores.isEmpty());
}

void tst_Parsers::aReplicaListThatIsNoneIsRefused()
{
    QVERIFY(!parseRanges("range_id,database_name,table_name,replicas\n1,a,b,NULL\n"));
    QVERIFY(!parseRanges("range_id,database_name,table_name,replicas\n1,a,b,\"{1,x}\"\n"));
    QVERIFY(!parseStores("node_id,store_id\nNULL,1\n"));
}

void tst_Parsers::singleValuesAreRead()
{
    const auto value = parseSingleValue("server.time_until_store_dead\n02:00:00\n");
    QVERIFY(value.has_value());
    QCOMPARE(*value, QStringLiteral("02:00:00"));
    const auto empty = parseSingleValue("cluster.preserve_downgrade_option\n\"\"\n");
    QVERIFY(empty.has_value());
    QVERIFY(empty->isEmpty());
    QVERIFY(!parseSingleValue("a\n1\n2\n"));
    QVERIFY(!parseSingleValue("a,b\n1,2\n"));
    QVERIFY(!parseSingleValue("a\n"));
}

void tst_Parsers::quotesInCsvAreUndone()
{
    const auto rows = parseCsv("a,b\n\"x \"\"y\"\", z\",\"two\nlines\"\r\n");
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->first().value(QStringLiteral("a")), QStringLiteral("x \"y\", z"));
    QCOMPARE(rows->first().value(QStringLiteral("b")), QStringLiteral("two\nlines"));
}

void tst_Parsers::nullAndEmptyDifferInCsv()
{
    const auto rows = parseCsv("a,b,c\nNULL,\"\",\"NULL\"\n");
    QVERIFY(rows.has_value());
    QVERIFY(rows->first().value(QStringLiteral("a")).isNull());
    QVERIFY(!rows->first().value(QStringLiteral("b")).isNull());
    QCOMPARE(rows->first().value(QStringLiteral("c")), QStringLiteral("NULL"));
}

void tst_Parsers::brokenCsvIsRefused_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("no header") << QByteArray("\n");
    QTest::newRow("quote not closed") << QByteArray("a,b\n1,\"2");
    QTest::newRow("too few") << QByteArray("a,b\n1\n");
    QTest::newRow("too many") << QByteArray("a,b\n1,2,3\n");
    QTest::newRow("text after a quote") << QByteArray("a,b\n\"1\"x,2\n");
}

void tst_Parsers::brokenCsvIsRefused()
{
    QFETCH(QByteArray, csv);
    const auto rows = parseCsv(csv);
    QVERIFY(!rows.has_value());
    QCOMPARE(rows.error().code, ErrorCode::OutputUnexpected);
}

void tst_Parsers::timestampsAreUtc_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("six digits") << "2025-06-06 07:40:07.123456+00:00"
                                << "2025-06-06T07:40:07.123Z";
    QTest::newRow("one digit") << "2025-06-13 02:11:40.5+00:00"
                               << "2025-06-13T02:11:40.500Z";
    QTest::newRow("no fraction") << "2025-06-13 02:11:40+00:00"
                                 << "2025-06-13T02:11:40.000Z";
    QTest::newRow("east") << "2025-06-13 02:11:40+08:00"
                          << "2025-06-12T18:11:40.000Z";
    QTest::newRow("west") << "2025-06-13 02:11:40-01:30"
                          << "2025-06-13T03:41:40.000Z";
    QTest::newRow("no zone") << "2026-11-22 13:49:03.315072"
                             << "2026-11-22T13:49:03.315Z";
    QTest::newRow("not a day") << "2025-02-30 02:11:40+00:00"
                               << "";
    QTest::newRow("null") << "NULL"
                          << "";
    QTest::newRow("empty") << ""
                           << "";
}

void tst_Parsers::timestampsAreUtc()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto time = parseTimestamp(text);
    QCOMPARE(time.toString(Qt::ISODateWithMs), expected);
}

void tst_Parsers::durationsAreSeconds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("30 minutes") << "00:30:00" << qint64(1800);
    QTest::newRow("2 hours") << "02:00:00" << qint64(7200);
    QTest::newRow("Go") << "30m0s" << qint64(1800);
    QTest::newRow("3h") << "3h" << qint64(10800);
    QTest::newRow("75s") << "75s" << qint64(75);
    QTest::newRow("1h15m") << "1h15m" << qint64(4500);
    QTest::newRow("fraction") << "1m30.5s" << qint64(90);
    QTest::newRow("milliseconds") << "1500ms" << qint64(1);
    QTest::newRow("days") << "1 day 02:00:00" << qint64(93600);
    QTest::newRow("empty") << "" << qint64(-1);
    QTest::newRow("bare number") << "30" << qint64(-1);
    QTest::newRow("negative") << "-3h" << qint64(-1);
    QTest::newRow("word") << "soon" << qint64(-1);
}

void tst_Parsers::durationsAreSeconds()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    QCOMPARE(parseDuration(text).value_or(-1), seconds);
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_Parsers)
#include "tst_Parsers.moc"
