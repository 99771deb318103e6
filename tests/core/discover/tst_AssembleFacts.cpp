#include "core/discover/Discovery.h"
#include "tests/support/FactsBuilder.h"

#include <QTest>

namespace kwup::test {

namespace {

Facts assembled(FactsBuilder &builder, const QList<ClusterView> &more = {})
{
    return assembleFacts(builder.facts().hosts, QList<ClusterView>{builder.view()} + more, {});
}

ClusterView otherCluster(const QString &askedHost)
{
    ClusterView view;
    view.askedHost = askedHost;
    view.clusterId = QStringLiteral("00000000-aaaa-bbbb-cccc-000000000000");
    NodeRow node;
    node.id = 1;
    node.address = QStringLiteral("10.9.9.9:26257");
    view.nodes = {node};
    return view;
}

} // namespace

class tst_AssembleFacts final : public QObject {
    Q_OBJECT

private slots:
    void nodeIdsFollowAddressesNotOrder();
    void nodesOnOneAddressAreToldApartByPort();
    void aForwardedPortStillFindsTheNode();
    void theOnlyNodeIsTheOneThatWasAsked();
    void twoClustersInOneListAreTold();
    void viewsOfOneClusterAreNotTwo();
    void withoutIdsTheNodesDecideWhetherItIsOneCluster();
    void oneHostNamedTwiceIsTold();
    void clonedMachinesAreNotOneHost();
    void aHostWithoutKwdbIsTold();
    void withoutAViewTheReasonIsKept();
    void missingHostsComeFromTheClusterAndFromNodeFiles();
    void hostsAreFoundById();
};

void tst_AssembleFacts::nodeIdsFollowAddressesNotOrder()
{
    auto three = FactsBuilder::cluster();
    const auto facts = assembled(three);
    QCOMPARE(facts.nodeIdByHost.value(QStringLiteral("10.0.0.1")), 1);
    QCOMPARE(facts.nodeIdByHost.value(QStringLiteral("10.0.0.2")), 3);
    QCOMPARE(facts.nodeIdByHost.value(QStringLiteral("10.0.0.3")), 2);
    QVERIFY(facts.listProblems.isEmpty());
    QVERIFY(facts.clusterError.code == ErrorCode::None);
}

void tst_AssembleFacts::nodesOnOneAddressAreToldApartByPort()
{
    auto three = FactsBuilder::cluster();
    for (int i = 0; i < 3; ++i) {
        auto &host = three.host(i);
        host.host.address = QStringLiteral("127.0.0.1");
        host.host.port = static_cast<quint16>(2200 + i);
        host.advertisedAddress = known(QStringLiteral("127.0.0.1"));
        host.sqlPort = known(26257 + i);
        host.startCommand.value->advertiseAddress = QStringLiteral("127.0.0.1:%1").arg(26257 + i);
        three.view().nodes[i].address = QStringLiteral("127.0.0.1:%1").arg(26259 - i);
        three.view().nodes[i].sqlAddress = three.view().nodes[i].address;
        three.view().nodes[i].id = i + 1;
    }
    const auto facts = assembled(three);
    QCOMPARE(facts.nodeIdByHost.size(), 3);
    QCOMPARE(facts.nodeIdByHost.value(QStringLiteral("127.0.0.1:2200")), 3);
    QCOMPARE(facts.nodeIdByHost.value(QStringLiteral("127.0.0.1:2202")), 1);
}

void tst_AssembleFacts::aForwardedPortStillFindsTheNode()
{
    auto three = FactsBuilder::cluster();
    three.node(1).address = QStringLiteral("10.0.0.2:36257");
    three.node(1).sqlAddress = three.node(1).address;
    QCOMPARE(assembled(three).nodeIdByHost.value(QStringLiteral("10.0.0.2")), 3);
}

void tst_AssembleFacts::theOnlyNodeIsTheOneThatWasAsked()
{
    HostFacts host;
    host.host.address = QStringLiteral("10.0.0.1");
    ClusterView view;
    view.askedHost = host.host.id();
    NodeRow node;
    node.id = 7;
    node.address = QStringLiteral("127.0.0.1:26257");
    view.nodes = {node};
    QCOMPARE(assembleFacts({host}, {view}, {}).nodeIdByHost.value(host.host.id()), 7);
    HostFacts other;
    other.host.address = QStringLiteral("10.0.0.2");
    QVERIFY(!assembleFacts({other}, {view}, {}).nodeIdByHost.contains(other.host.id()));
}

void tst_AssembleFacts::twoClustersInOneListAreTold()
{
    auto three = FactsBuilder::cluster();
    HostFacts stranger = three.host(0);
    stranger.host.address = QStringLiteral("10.9.9.9");
    stranger.hostname = known(QStringLiteral("other"));
    stranger.machineId = known(QStringLiteral("ffff"));
    stranger.advertisedAddress = known(QStringLiteral("10.9.9.9"));
    three.facts().hosts.append(stranger);
    const auto facts = assembled(three, {otherCluster(QStringLiteral("10.9.9.9"))});
    QCOMPARE(facts.listProblems.size(), 1);
    const Error &problem = facts.listProblems.first();
    QVERIFY(problem.code == ErrorCode::ClustersMixed);
    QCOMPARE(
        problem.args,
        (QStringList{QStringLiteral("10.0.0.1"), three.view().clusterId, QStringLiteral("10.9.9.9"),
                     QStringLiteral("00000000-aaaa-bbbb-cccc-000000000000")}));
    QVERIFY(!describe(problem).contains(u'?'));
    QVERIFY(!facts.nodeIdByHost.contains(QStringLiteral("10.9.9.9")));
    QCOMPARE(facts.cluster.clusterId, three.view().clusterId);
}

void tst_AssembleFacts::viewsOfOneClusterAreNotTwo()
{
    auto three = FactsBuilder::cluster();
    ClusterView second = three.view();
    second.askedHost = QStringLiteral("10.0.0.2");
    QVERIFY(assembled(three, {second}).listProblems.isEmpty());
}

void tst_AssembleFacts::withoutIdsTheNodesDecideWhetherItIsOneCluster()
{
    auto three = FactsBuilder::cluster();
    ClusterView same = three.view();
    same.clusterId.clear();
    same.nodes.removeFirst();
    QVERIFY(assembled(three, {same}).listProblems.isEmpty());
    ClusterView other = otherCluster(QStringLiteral("10.0.0.2"));
    other.clusterId.clear();
    QCOMPARE(assembled(three, {other}).listProblems.size(), 1);
}

void tst_AssembleFacts::oneHostNamedTwiceIsTold()
{
    auto three = FactsBuilder::cluster();
    HostFacts again = three.host(1);
    again.host.address = QStringLiteral("db2.example");
    three.facts().hosts.append(again);
    const auto facts = assembled(three);
    QCOMPARE(facts.listProblems.size(), 1);
    QVERIFY(facts.listProblems.first().code == ErrorCode::HostTwice);
    QCOMPARE(facts.listProblems.first().args,
             (QStringList{QStringLiteral("10.0.0.2"), QStringLiteral("db2.example"),
                          QStringLiteral("10.0.0.2:26257")}));
}

void tst_AssembleFacts::clonedMachinesAreNotOneHost()
{
    auto three = FactsBuilder::cluster();
    for (int i = 0; i < 3; ++i) {
        three.host(i).machineId = known(QStringLiteral("0123456789abcdef0123456789abcdef"));
        three.host(i).hostname = known(QStringLiteral("localhost"));
    }
    QVERIFY(assembled(three).listProblems.isEmpty());
    // One address for several nodes, as behind one gateway: the ports differ.
    three.host(1).advertisedAddress = three.host(0).advertisedAddress;
    three.host(1).sqlPort = known(26258);
    QVERIFY(assembled(three).listProblems.isEmpty());
}

void tst_AssembleFacts::aHostWithoutKwdbIsTold()
{
    auto three = FactsBuilder::cluster();
    HostFacts plain;
    plain.host.address = QStringLiteral("10.0.0.9");
    plain.deployment = known(Deployment::None);
    three.facts().hosts.append(plain);
    HostFacts silent;
    silent.host.address = QStringLiteral("10.0.0.10");
    silent.error.code = ErrorCode::HostUnreachable;
    three.facts().hosts.append(silent);
    const auto facts = assembled(three);
    QCOMPARE(facts.listProblems.size(), 1);
    QVERIFY(facts.listProblems.first().code == ErrorCode::NotKwdb);
    QCOMPARE(facts.listProblems.first().host, QStringLiteral("10.0.0.9"));
    QVERIFY(!facts.nodeIdByHost.contains(QStringLiteral("10.0.0.10")));
}

void tst_AssembleFacts::withoutAViewTheReasonIsKept()
{
    auto three = FactsBuilder::cluster();
    Error why;
    why.code = ErrorCode::NodeStatusUnavailable;
    const auto facts = assembleFacts(three.facts().hosts, {}, why);
    QVERIFY(facts.clusterError.code == ErrorCode::NodeStatusUnavailable);
    QVERIFY(facts.nodeIdByHost.isEmpty() && facts.cluster.nodes.isEmpty());
    QCOMPARE(facts.hosts.size(), 3);
}

void tst_AssembleFacts::missingHostsComeFromTheClusterAndFromNodeFiles()
{
    auto three = FactsBuilder::cluster();
    const HostFacts first = three.host(0);
    const auto view = three.view();
    auto facts = assembleFacts({first}, {view}, {});
    QStringList missing = missingHosts(facts);
    missing.sort();
    QCOMPARE(missing, (QStringList{QStringLiteral("10.0.0.2"), QStringLiteral("10.0.0.3")}));
    facts = assembleFacts({first}, {}, {});
    QCOMPARE(missingHosts(facts),
             (QStringList{QStringLiteral("10.0.0.2"), QStringLiteral("10.0.0.3")}));
    QVERIFY(missingHosts(assembled(three)).isEmpty());
    // A node that was taken out of the cluster is not missing.
    NodeRow gone = view.nodes.first();
    gone.id = 9;
    gone.address = QStringLiteral("10.0.0.99:26257");
    gone.isDecommissioning = true;
    gone.isAvailable = false;
    gone.isLive = false;
    three.view().nodes.append(gone);
    QVERIFY(missingHosts(assembled(three)).isEmpty());
}

void tst_AssembleFacts::hostsAreFoundById()
{
    auto three = FactsBuilder::cluster();
    const auto facts = assembled(three);
    QVERIFY(facts.host(QStringLiteral("10.0.0.2")) != nullptr);
    QVERIFY(facts.host(QStringLiteral("10.0.0.7")) == nullptr);
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_AssembleFacts)
#include "tst_AssembleFacts.moc"
