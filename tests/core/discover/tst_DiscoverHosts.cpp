#include "core/discover/DiscoverHosts.h"
#include "tests/core/discover/ScratchHost.h"

#include <QTest>

namespace kwup::test {

namespace {

const QByteArray Header = "id,address,sql_address,build,started_at,updated_at,locality,start_mode,"
                          "is_available,is_live\n";

QByteArray row(int id, const QByteArray &address)
{
    return QByteArray::number(id) + "," + address + ":26257," + address
        + ":26257,V2.2.0,2026-11-22 13:28:24.152772+00:00,2026-11-22 13:29:31.688469+00:00,"
          "region=NODE1,start,true,true\n";
}

void setUp(ScratchHost &host, const QByteArray &address, const QByteArray &nodes,
           const QByteArray &clusterId)
{
    host.installKwdb(address);
    host.program(QStringLiteral("uname"), "echo " + address + "\n");
    host.answer(QStringLiteral("node status"), Header + nodes);
    host.answer(QStringLiteral("ClusterID"), "value\n" + clusterId + "\n");
}

QList<HostLogin> logins(const QStringList &addresses)
{
    QList<HostLogin> list;
    for (const auto &address : addresses) {
        HostLogin login;
        login.spec.address = address;
        list.append(login);
    }
    return list;
}

} // namespace

class tst_DiscoverHosts final : public QObject {
    Q_OBJECT

private slots:
    void aClusterWithAnUnreachableHostIsStillRead();
    void aStrangerInTheListIsFound();
    void theNextHostIsAskedWhenOneDoesNotAnswer();
    void manyHostsAreReadInOrder();
    void aRequestedStopIsObeyed();
};

void tst_DiscoverHosts::aClusterWithAnUnreachableHostIsStillRead()
{
    ScratchHost a(QStringLiteral("10.78.1.1"));
    ScratchHost b(QStringLiteral("10.78.1.2"));
    const QByteArray nodes = row(1, "10.78.1.1") + row(2, "10.78.1.3") + row(3, "10.78.1.2");
    setUp(a, "10.78.1.1", nodes, "c1");
    setUp(b, "10.78.1.2", nodes, "c1");
    FakeConnector connector;
    connector.add(a.host());
    connector.add(b.host());
    FakePrompts prompts;
    HostPool pool(connector, prompts,
                  logins({a.host().id(), b.host().id(), QStringLiteral("10.78.1.3")}));
    QStringList reported;
    const auto facts = discoverHosts(
        pool, false, [&reported](const HostFacts &host) { reported.append(host.host.id()); }, {});
    QCOMPARE(facts.hosts.size(), 3);
    QVERIFY(facts.hosts[0].isInstalled() && facts.hosts[1].isInstalled());
    QVERIFY(facts.hosts[2].error.code == ErrorCode::HostUnreachable);
    QCOMPARE(facts.hosts[2].host.address, QStringLiteral("10.78.1.3"));
    QCOMPARE(facts.cluster.clusterId, QStringLiteral("c1"));
    QCOMPARE(facts.nodeIdByHost.value(b.host().id()), 3);
    QCOMPARE(facts.cluster.nodes.size(), 3);
    QVERIFY(facts.listProblems.isEmpty());
    reported.sort();
    QCOMPARE(reported, pool.hostIds());
    // The second host is in the first one's cluster: it is not asked again.
    QCOMPARE(b.host().scripts().filter(QStringLiteral("kwup_begin")).size(), 1);
}

void tst_DiscoverHosts::aStrangerInTheListIsFound()
{
    ScratchHost a(QStringLiteral("10.78.1.1"));
    ScratchHost b(QStringLiteral("10.99.0.1"));
    ScratchHost c(QStringLiteral("10.99.0.2"));
    setUp(a, "10.78.1.1", row(1, "10.78.1.1"), "c1");
    setUp(b, "10.99.0.1", row(1, "10.99.0.1"), "c2");
    FakeConnector connector;
    for (auto *host : {&a, &b, &c})
        connector.add(host->host());
    FakePrompts prompts;
    HostPool pool(connector, prompts, logins({a.host().id(), b.host().id(), c.host().id()}));
    const auto facts = discoverHosts(pool, false, {}, {});
    QCOMPARE(facts.listProblems.size(), 2);
    QVERIFY(facts.listProblems[0].code == ErrorCode::ClustersMixed);
    QCOMPARE(facts.listProblems[0].args.value(3), QStringLiteral("c2"));
    QVERIFY(facts.listProblems[1].code == ErrorCode::NotKwdb);
    QCOMPARE(facts.listProblems[1].host, QStringLiteral("10.99.0.2"));
}

void tst_DiscoverHosts::theNextHostIsAskedWhenOneDoesNotAnswer()
{
    ScratchHost a(QStringLiteral("10.78.1.1"));
    ScratchHost b(QStringLiteral("10.78.1.2"));
    a.installKwdb("10.78.1.1"); // its server is down
    setUp(b, "10.78.1.2", row(1, "10.78.1.1") + row(2, "10.78.1.2"), "c1");
    FakeConnector connector;
    connector.add(a.host());
    connector.add(b.host());
    FakePrompts prompts;
    HostPool pool(connector, prompts, logins({a.host().id(), b.host().id()}));
    const auto facts = discoverHosts(pool, false, {}, {});
    QVERIFY(facts.clusterError.code == ErrorCode::None);
    QCOMPARE(facts.cluster.askedHost, b.host().id());
    QCOMPARE(facts.nodeIdByHost.value(a.host().id()), 1);
    HostPool onlyDown(connector, prompts, logins({a.host().id()}));
    const auto down = discoverHosts(onlyDown, false, {}, {});
    QVERIFY(down.clusterError.code == ErrorCode::NodeStatusUnavailable);
    QVERIFY(down.clusterError.evidence.contains("cannot dial server"));
}

void tst_DiscoverHosts::manyHostsAreReadInOrder()
{
    FakeConnector connector;
    std::vector<std::unique_ptr<FakeHost>> hosts;
    QStringList ids;
    for (int i = 0; i < 40; ++i) {
        ids.append(QStringLiteral("10.1.0.%1").arg(i));
        hosts.push_back(std::make_unique<FakeHost>(ids.last()));
        hosts.back()->on(QStringLiteral("kwup_begin"), {FakeReply{"no frames\n"}});
        connector.add(*hosts.back());
    }
    FakePrompts prompts;
    HostPool pool(connector, prompts, logins(ids));
    int reported = 0;
    const auto facts =
        discoverHosts(pool, false, [&reported](const HostFacts &) { ++reported; }, {});
    QCOMPARE(reported, 40);
    for (int i = 0; i < 40; ++i) {
        QCOMPARE(facts.hosts[i].host.id(), ids[i]);
        QVERIFY(facts.hosts[i].error.code == ErrorCode::OutputUnexpected);
    }
    QVERIFY(facts.clusterError.code == ErrorCode::NodeStatusUnavailable);
}

void tst_DiscoverHosts::aRequestedStopIsObeyed()
{
    FakeHost host(QStringLiteral("10.1.0.1"));
    FakeConnector connector;
    connector.add(host);
    FakePrompts prompts;
    HostPool pool(connector, prompts, logins({host.id()}));
    std::stop_source stop;
    stop.request_stop();
    const auto facts = discoverHosts(pool, true, {}, stop.get_token());
    QVERIFY(facts.hosts.first().error.code == ErrorCode::Cancelled);
    QVERIFY(facts.clusterError.code == ErrorCode::Cancelled);
    QVERIFY(host.scripts().isEmpty());
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::tst_DiscoverHosts)
#include "tst_DiscoverHosts.moc"
