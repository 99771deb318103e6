#include "core/remote/HostPool.h"

#include "tests/support/FakeHost.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

using namespace kwup;
using namespace kwup::test;

class TestHostPool final : public QObject {
    Q_OBJECT

private slots:
    void idsNameThePortOnlyWhenItIsNotTheUsualOne();
    void aConnectionIsOpenedOnceAndAgainAfterDrop();
    void anUnknownHostIsAnError();
    void aRefusedConnectIsTriedAgainNextTime();
    void threadsThatAskAtOnceGetTheHostTheyAskedFor();
    void threadsThatWantTheSameHostTakeTurns();
    void anUnscriptedCommandFailsAndIsListed();
    void repliesComeInOrderAndTheLastStays();
    void aCutConnectionStaysDead();
};

namespace {

HostSpec spec(const QString &address, quint16 port = 22)
{
    HostSpec host;
    host.address = address;
    host.port = port;
    return host;
}

/// Refuses every host and says by the error's arguments with what it had been called.
class EchoConnector final : public HostConnector {
public:
    Result<std::unique_ptr<HostConnection>> connect(const HostSpec &host,
                                                    const HostSecrets & /*secrets*/,
                                                    ConnectPrompts & /*prompts*/,
                                                    std::stop_token /*stop*/) override
    {
        std::this_thread::yield();
        return Error{ErrorCode::HostUnreachable, host.id(), {host.address, host.user}};
    }
};

} // namespace

void TestHostPool::idsNameThePortOnlyWhenItIsNotTheUsualOne()
{
    QCOMPARE(spec(QStringLiteral("10.0.0.1")).id(), QStringLiteral("10.0.0.1"));
    QCOMPARE(spec(QStringLiteral("10.0.0.1"), 2222).id(), QStringLiteral("10.0.0.1:2222"));
    QCOMPARE(spec(QStringLiteral("fe80::1")).id(), QStringLiteral("fe80::1"));
    QCOMPARE(spec(QStringLiteral("fe80::1"), 2222).id(), QStringLiteral("[fe80::1]:2222"));
}

void TestHostPool::aConnectionIsOpenedOnceAndAgainAfterDrop()
{
    FakeHost host(QStringLiteral("a"));
    FakeConnector connector;
    connector.add(host);
    FakePrompts prompts;
    HostPool pool(connector, prompts, {{spec(QStringLiteral("a")), {}}});
    auto first = pool.connection(QStringLiteral("a"), {});
    QVERIFY(first.has_value());
    QCOMPARE(*pool.connection(QStringLiteral("a"), {}), *first);
    QCOMPARE(host.connects(), 1);
    pool.drop(QStringLiteral("a"));
    QVERIFY(pool.connection(QStringLiteral("a"), {}).has_value());
    QCOMPARE(host.connects(), 2);
    QCOMPARE(pool.hostIds(), QStringList{QStringLiteral("a")});
    QVERIFY(pool.spec(QStringLiteral("a")) != nullptr);
    QVERIFY(pool.spec(QStringLiteral("b")) == nullptr);
}

void TestHostPool::anUnknownHostIsAnError()
{
    FakeConnector connector;
    FakePrompts prompts;
    HostPool pool(connector, prompts, {});
    QCOMPARE(pool.connection(QStringLiteral("x"), {}).error().code, ErrorCode::Internal);
}

void TestHostPool::aRefusedConnectIsTriedAgainNextTime()
{
    FakeHost host(QStringLiteral("a"));
    host.failConnects({Error{ErrorCode::ConnectTimeout}});
    FakeConnector connector;
    connector.add(host);
    FakePrompts prompts;
    HostPool pool(connector, prompts, {{spec(QStringLiteral("a")), {}}});
    QCOMPARE(pool.connection(QStringLiteral("a"), {}).error().code, ErrorCode::ConnectTimeout);
    QVERIFY(pool.connection(QStringLiteral("a"), {}).has_value());
}

void TestHostPool::threadsThatAskAtOnceGetTheHostTheyAskedFor()
{
    constexpr int Threads = 8;
    constexpr int Rounds = 400;
    QList<HostLogin> logins;
    for (int i = 0; i < Threads; ++i) {
        HostLogin login{spec(QStringLiteral("host%1").arg(i)), {}};
        login.spec.user = QStringLiteral("user%1").arg(i);
        logins.append(login);
    }
    EchoConnector connector;
    FakePrompts prompts;
    std::unique_ptr<HostPool> pool;
    std::barrier start(Threads + 1);
    std::barrier end(Threads + 1);
    std::vector<QStringList> wrong(Threads);
    std::vector<std::jthread> threads;
    threads.reserve(Threads);
    for (int i = 0; i < Threads; ++i) {
        threads.emplace_back([&, i] {
            const QString id = QStringLiteral("host%1").arg(i);
            const QStringList told{id, QStringLiteral("user%1").arg(i)};
            for (int round = 0; round < Rounds; ++round) {
                start.arrive_and_wait();
                const Error error = pool->connection(id, {}).error();
                if (error.host != id || error.args != told)
                    wrong[static_cast<std::size_t>(i)] +=
                        QStringLiteral("%1 got %2").arg(id, error.args.join(u' '));
                end.arrive_and_wait();
            }
        });
    }
    for (int round = 0; round < Rounds; ++round) {
        // The list is shared with the caller's, as it is in the programs.
        pool = std::make_unique<HostPool>(connector, prompts, logins);
        start.arrive_and_wait();
        end.arrive_and_wait();
    }
    threads.clear(); // joins
    for (const QStringList &lines : wrong)
        QCOMPARE(lines, QStringList());
}

void TestHostPool::threadsThatWantTheSameHostTakeTurns()
{
    FakeConnector connector;
    FakePrompts prompts;
    HostPool pool(connector, prompts,
                  {{spec(QStringLiteral("a")), {}}, {spec(QStringLiteral("b")), {}}});
    QVERIFY(pool.turn(QStringLiteral("a")) != pool.turn(QStringLiteral("b")));
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int again = 0; again < 200; ++again) {
                    const auto turn = pool.turn(QStringLiteral("a"));
                    const QMutexLocker locker(turn.get());
                    most = std::max<int>(most, ++inside);
                    std::this_thread::yield();
                    --inside;
                }
            });
        }
    }
    QCOMPARE(most.load(), 1);
}

void TestHostPool::anUnscriptedCommandFailsAndIsListed()
{
    FakeHost host;
    auto connection = host.connect();
    QCOMPARE(connection->run({QStringLiteral("id")}, {}).error().code, ErrorCode::Internal);
    QCOMPARE(host.unexpected(), QStringList{QStringLiteral("id")});
}

void TestHostPool::repliesComeInOrderAndTheLastStays()
{
    FakeHost host;
    host.on(QStringLiteral("date"), {FakeReply{"one"}, FakeReply{"two"}});
    auto connection = host.connect();
    QCOMPARE(connection->run({QStringLiteral("date")}, {})->out, QByteArray("one"));
    QCOMPARE(connection->run({QStringLiteral("date")}, {})->out, QByteArray("two"));
    QCOMPARE(connection->run({QStringLiteral("date")}, {})->out, QByteArray("two"));
}

void TestHostPool::aCutConnectionStaysDead()
{
    FakeHost host;
    host.on(QStringLiteral("x"), {FakeReply{"out"}});
    auto old = host.connect();
    host.cutConnections();
    QCOMPARE(old->run({QStringLiteral("x")}, {}).error().code, ErrorCode::ConnectionLost);
    QVERIFY(host.connect()->run({QStringLiteral("x")}, {}).has_value());
}

QTEST_GUILESS_MAIN(TestHostPool)
#include "tst_HostPool.moc"
