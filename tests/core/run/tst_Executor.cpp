#include "tests/core/run/RunFixture.h"

#include <QTest>

namespace kwup::test {

class TestExecutor : public QObject {
    Q_OBJECT

private slots:
    void aSingleNodeIsUpgraded();
    void aClusterIsUpgradedNodeByNode();
};

void TestExecutor::aSingleNodeIsUpgraded()
{
    RunFixture fixture(1);
    QVERIFY(fixture.cluster.isValid());
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
}

void TestExecutor::aClusterIsUpgradedNodeByNode()
{
    RunFixture fixture(3, RunFixture::coldCopy());
    const RunState state = fixture.run();
    QVERIFY2(state == RunState::Completed, qPrintable(fixture.state()));
    QVERIFY2(fixture.allUpgradedOnce(), qPrintable(fixture.state()));
    QCOMPARE(fixture.cluster.setting(), QStringLiteral("00:30:00"));
    QCOMPARE(fixture.cluster.count(0, QStringLiteral("setting"))
                 + fixture.cluster.count(1, QStringLiteral("setting"))
                 + fixture.cluster.count(2, QStringLiteral("setting")),
             2);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestExecutor)

#include "tst_Executor.moc"
