#include "core/kwdb/UnitFile.h"

#include <QTest>

namespace kwup::test {

class tst_UnitFile final : public QObject {
    Q_OBJECT

private slots:
    void theUnitOfTheDeployScriptIsRead();
    void anEmptyValueResetsAndLinesContinue();
    void theRecordedProcessOfAClusterNodeIsRead();
    void localAddressesReplaceWildcards_data();
    void localAddressesReplaceWildcards();
    void theCommandInsideAContainersShellIsFound();
    void optionsMayStandApartFromTheirValues();
    void wordsWithoutAStartCommandGiveNothing();
};

void tst_UnitFile::theUnitOfTheDeployScriptIsRead()
{
    const auto unit = parseUnitFile(
        "[Unit]\nDescription=KaiwuDB Service\nUser=nobody\n\n[Service]\nType=simple\n"
        "User=kaiwudb\nGroup=kaiwudb\nWorkingDirectory=/usr/local/kaiwudb/bin\n"
        "EnvironmentFile=/etc/kaiwudb/script/kaiwudb_env\n# comment\n"
        "ExecStartPre=/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000\n"
        "ExecStart=/usr/local/kaiwudb/bin/kwbase start $KAIWUDB_START_ARG "
        "--certs-dir=/etc/kaiwudb/certs --listen-addr=0.0.0.0:26257 "
        "--advertise-addr=10.78.1.1:26257 --http-addr=0.0.0.0:8080 --store=/var/lib/kaiwudb "
        "--join 10.78.1.1:26257\nExecStop=/bin/kill $MAINPID\n");
    QCOMPARE(unit.user, QStringLiteral("kaiwudb"));
    QCOMPARE(unit.workingDirectory, QStringLiteral("/usr/local/kaiwudb/bin"));
    QCOMPARE(unit.environmentFile, QStringLiteral("/etc/kaiwudb/script/kaiwudb_env"));
    QCOMPARE(
        unit.execStartPre,
        QStringList{QStringLiteral("/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000")});
    QVERIFY(unit.execStart.contains(QStringLiteral("$KAIWUDB_START_ARG")));
    const auto start = parseStartCommand(unit.execStart);
    QVERIFY(start);
    QVERIFY(start->runType() == RunType::MultiReplication);
    QVERIFY(start->security == SecurityMode::Tls);
    QCOMPARE(start->certsDir, QStringLiteral("/etc/kaiwudb/certs"));
    QCOMPARE(start->store, QStringLiteral("/var/lib/kaiwudb"));
    QCOMPARE(start->advertiseAddress, QStringLiteral("10.78.1.1:26257"));
    QCOMPARE(start->join, QStringList{QStringLiteral("10.78.1.1:26257")});
    QCOMPARE(start->localSqlAddress(), QStringLiteral("127.0.0.1:26257"));
    QCOMPARE(start->localHttpAddress(), QStringLiteral("127.0.0.1:8080"));
}

void tst_UnitFile::anEmptyValueResetsAndLinesContinue()
{
    const auto unit = parseUnitFile("[Service]\r\nExecStartPre=/bin/one\r\nExecStartPre=\r\n"
                                    "ExecStartPre=-/bin/two \\\r\n  x\r\n"
                                    "ExecStart=/opt/kwbase start-single-node \\\n  --insecure \\\n"
                                    "  \"--store=/data with blank\"\n");
    QCOMPARE(unit.execStartPre.size(), 1);
    QVERIFY(unit.execStartPre.first().startsWith(QStringLiteral("-/bin/two")));
    const auto start = parseStartCommand(unit.execStart);
    QVERIFY(start);
    QVERIFY(start->runType() == RunType::Single);
    QVERIFY(start->security == SecurityMode::Insecure);
    QCOMPARE(start->store, QStringLiteral("/data with blank"));
}

void tst_UnitFile::theRecordedProcessOfAClusterNodeIsRead()
{
    const auto start = parseStartCommand(
        QStringLiteral("/bin/bash /usr/local/kaiwudb/bin/kwbase start-single-replica "
                       "--certs-dir=/etc/kaiwudb/certs --tlcp --listen-addr=0.0.0.0:26257 "
                       "--advertise-addr=10.79.1.1 --store=path=/var/lib/kaiwudb,attrs=ssd "
                       "--join=10.79.1.1:26257,10.79.1.2:26257")
            .split(u' '));
    QVERIFY(start);
    QVERIFY(start->runType() == RunType::SingleReplication);
    QVERIFY(start->security == SecurityMode::Tlcp);
    QCOMPARE(start->store, QStringLiteral("/var/lib/kaiwudb"));
    QCOMPARE(start->advertiseAddress, QStringLiteral("10.79.1.1:26257"));
    QCOMPARE(start->join.size(), 2);
    QCOMPARE(start->words.first(), QStringLiteral("/usr/local/kaiwudb/bin/kwbase"));
}

void tst_UnitFile::localAddressesReplaceWildcards_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("expected");
    QTest::newRow("wildcard") << "--listen-addr=0.0.0.0:26000"
                              << "127.0.0.1:26000";
    QTest::newRow("no host") << "--listen-addr=:26000"
                             << "127.0.0.1:26000";
    QTest::newRow("no port") << "--listen-addr=10.0.0.7"
                             << "10.0.0.7:26257";
    QTest::newRow("one address") << "--listen-addr=10.0.0.7:27000"
                                 << "10.0.0.7:27000";
    QTest::newRow("IPv6 wildcard") << "--listen-addr=[::]:26257"
                                   << "[::1]:26257";
    QTest::newRow("not given") << "--insecure"
                               << "127.0.0.1:26257";
}

void tst_UnitFile::localAddressesReplaceWildcards()
{
    QFETCH(QString, option);
    QFETCH(QString, expected);
    const auto start =
        parseStartCommand({QStringLiteral("./kwbase"), QStringLiteral("start"), option});
    QVERIFY(start);
    QCOMPARE(start->localSqlAddress(), expected);
}

void tst_UnitFile::theCommandInsideAContainersShellIsFound()
{
    const auto start =
        parseStartCommand({QStringLiteral("/bin/bash"), QStringLiteral("-c"),
                           QStringLiteral("/kaiwudb/bin/kwbase  start-single-node --insecure "
                                          "--listen-addr=0.0.0.0:26257 --http-addr=0.0.0.0:8080 "
                                          "--store=/kaiwudb/deploy/kaiwudb-container")});
    QVERIFY(start);
    QVERIFY(start->runType() == RunType::Single);
    QCOMPARE(start->store, QStringLiteral("/kaiwudb/deploy/kaiwudb-container"));
}

void tst_UnitFile::optionsMayStandApartFromTheirValues()
{
    const auto start = parseStartCommand(
        QStringLiteral("kwbase start --insecure --store /data -j 10.0.0.1:26257 --background")
            .split(u' '));
    QVERIFY(start);
    QVERIFY(start->security == SecurityMode::Insecure);
    QCOMPARE(start->store, QStringLiteral("/data"));
    QCOMPARE(start->join, QStringList{QStringLiteral("10.0.0.1:26257")});
}

void tst_UnitFile::wordsWithoutAStartCommandGiveNothing()
{
    QVERIFY(!parseStartCommand({}));
    QVERIFY(!parseStartCommand({QStringLiteral("kwbase"), QStringLiteral("version")}));
    QVERIFY(!parseStartCommand({QStringLiteral("/usr/bin/docker-compose"), QStringLiteral("up")}));
    QVERIFY(parseUnitFile("").execStart.isEmpty());
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_UnitFile)
#include "tst_UnitFile.moc"
