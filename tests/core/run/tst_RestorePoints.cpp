#include "core/run/JournalKinds.h"
#include "core/run/RestorePoints.h"
#include "tests/support/FactsBuilder.h"

#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

class TestRestorePoints : public QObject {
    Q_OBJECT

private slots:
    void copiesMadeOneAfterTheOtherAreOfSeveralMoments();
    void aRunThatNeverStartedTheNewVersionHasNotOpenedTheData();
    void anUnknownRunIsAProblemUnlessADirectoryIsNamed();
    void aDirectoryAloneIsEnoughForOneHostOnly();

private:
    static Plan create(const RunStore &store, const FactsBuilder &builder, Method method);
    static void stopAndCopy(Journal &journal, const QString &host);
    static MethodOptions optionsFor(const QString &run, const QString &directory = {});
};

Plan TestRestorePoints::create(const RunStore &store, const FactsBuilder &builder, Method method)
{
    FactsBuilder copy = builder;
    RunStart start;
    start.facts = copy.facts();
    start.plan = *buildPlan({.facts = start.facts,
                             .method = method,
                             .package = debPackage(),
                             .backup = {.kind = BackupChoice::Kind::ColdCopy,
                                        .directory = u"/backup"_s,
                                        .evidence = {},
                                        .reason = {}},
                             .nodeOrder = {},
                             .runId = u"20261122-2331-4f2a"_s});
    (void)store.create(start);
    return start.plan;
}

void TestRestorePoints::stopAndCopy(Journal &journal, const QString &host)
{
    const QString stop = u"stop@"_s + host;
    const QString backup = u"backup@"_s + host;
    const QJsonObject copy{
        {u"path"_s, u"/backup/kwup-20261122-2331-4f2a-%1/kaiwudb.tar"_s.arg(host)},
        {u"sha256"_s, u"ab12"_s}};
    QVERIFY(journal.append(journal::StepStarted, stop, 1, {}));
    QVERIFY(journal.append(journal::StepFinished, stop, 1, {{u"state"_s, u"done"_s}}));
    QVERIFY(journal.append(journal::StepFinished, backup, 1,
                           {{u"state"_s, u"done"_s}, {u"result"_s, copy}}));
}

MethodOptions TestRestorePoints::optionsFor(const QString &run, const QString &directory)
{
    MethodOptions options;
    options.setText(option::BackupRun, run);
    options.setText(option::BackupPath, directory);
    return options;
}

void TestRestorePoints::copiesMadeOneAfterTheOtherAreOfSeveralMoments()
{
    const QTemporaryDir directory;
    const RunStore store(directory.path());
    const Plan plan = create(store, FactsBuilder::cluster(), Method::ScriptRolling);
    const auto journal = store.open(plan.runId);
    QVERIFY(journal);
    for (const auto &host : plan.hosts) {
        stopAndCopy(**journal, host.id());
        QTest::qWait(2); // journal times have milliseconds
        QVERIFY((*journal)->append(journal::StepStarted, u"start@"_s + host.id(), 1, {}));
        QTest::qWait(2);
    }
    const RestorePoint point = restorePointOf(store, optionsFor(plan.runId), plan.hosts);
    QVERIFY(point.isUsable());
    QVERIFY(point.isOpened);
    QVERIFY(!point.isOneMoment);
    QCOMPARE(point.copies.size(), 3);
    QCOMPARE(point.copies[plan.hosts[0].id()].sha256, u"ab12"_s);
    const RestorePoint moved =
        restorePointOf(store, optionsFor(plan.runId, u"/moved/"_s), plan.hosts);
    QCOMPARE(moved.copies[plan.hosts[0].id()].directory,
             u"/moved/kwup-20261122-2331-4f2a-"_s + plan.hosts[0].id());
}

void TestRestorePoints::aRunThatNeverStartedTheNewVersionHasNotOpenedTheData()
{
    const QTemporaryDir directory;
    const RunStore store(directory.path());
    const Plan plan = create(store, FactsBuilder::singleNode(), Method::ScriptSingle);
    const auto journal = store.open(plan.runId);
    QVERIFY(journal);
    stopAndCopy(**journal, plan.hosts[0].id());
    RestorePoint point = restorePointOf(store, optionsFor(plan.runId), plan.hosts);
    QVERIFY(!point.isOpened);
    QVERIFY(point.isOneMoment);
    QVERIFY((*journal)->append(journal::StepStarted, u"start@"_s + plan.hosts[0].id(), 1, {}));
    point = restorePointOf(store, optionsFor(plan.runId), plan.hosts);
    QVERIFY(point.isOpened);
}

void TestRestorePoints::anUnknownRunIsAProblemUnlessADirectoryIsNamed()
{
    const QTemporaryDir directory;
    const RunStore store(directory.path());
    auto builder = FactsBuilder::cluster();
    const QList<HostSpec> hosts{builder.host(0).host, builder.host(1).host};
    const QString run = u"20200101-0000-1"_s;
    QVERIFY(restorePointOf(store, optionsFor(run), hosts).problem.code == ErrorCode::RunNotFound);
    const RestorePoint point = restorePointOf(store, optionsFor(run, u"/backup"_s), hosts);
    QVERIFY(point.isUsable());
    QVERIFY(point.isOpened); // not known
    QCOMPARE(point.copies[hosts[1].id()].directory, u"/backup/kwup-%1-10.0.0.2"_s.arg(run));
}

void TestRestorePoints::aDirectoryAloneIsEnoughForOneHostOnly()
{
    const QTemporaryDir directory;
    const RunStore store(directory.path());
    auto builder = FactsBuilder::cluster();
    const MethodOptions options = optionsFor({}, u"/backup/copy"_s);
    QVERIFY(restorePointOf(store, options, {builder.host(0).host}).isUsable());
    QVERIFY(
        !restorePointOf(store, options, {builder.host(0).host, builder.host(1).host}).isUsable());
    QVERIFY(!restorePointOf(store, optionsFor({}, u"backup"_s), {builder.host(0).host}).isUsable());
    QVERIFY(!restorePointOf(store, {}, {builder.host(0).host}).isUsable());
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestRestorePoints)
#include "tst_RestorePoints.moc"
