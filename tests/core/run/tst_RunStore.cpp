#include "core/run/JournalKinds.h"
#include "core/run/RunHistory.h"
#include "core/run/RunJson.h"
#include "core/run/RunStore.h"
#include "tests/support/FactsBuilder.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

class TestRunStore : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aNewRunIsListedAsIdleAndResumable();
    void aRunThatWasCutIsRunningAndResumable();
    void aCompletedRunIsNotResumable();
    void theNewestResumableRunIsFoundWithoutAnId();
    void runIdsThatLeadElsewhereAreNotFound();
    void unreadableFilesAreLeftOutOfTheList();
    void factsSurviveJson();
    void errorsSurviveJson();
    void aJobThatGoesOnKeepsItsAttempt();

private:
    RunStart startOf(const QString &runId) const;
    void append(const QString &runId, const QString &kind, const QJsonObject &data);
    RunStore store() const { return RunStore(m_directory->path()); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestRunStore::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

RunStart TestRunStore::startOf(const QString &runId) const
{
    RunStart start;
    start.facts = FactsBuilder::cluster().facts();
    const auto plan = buildPlan({.facts = start.facts,
                                 .method = Method::ScriptRolling,
                                 .package = debPackage(),
                                 .backup = {.kind = BackupChoice::Kind::Refused,
                                            .directory = {},
                                            .evidence = {},
                                            .reason = QStringLiteral("test")},
                                 .nodeOrder = {},
                                 .runId = runId});
    start.plan = plan ? *plan : Plan();
    start.operatorName = QStringLiteral("dba");
    start.accepted = {
        {QStringLiteral("clock-skew"), QStringLiteral("10.0.0.1"), QStringLiteral("known")}};
    return start;
}

void TestRunStore::append(const QString &runId, const QString &kind, const QJsonObject &data)
{
    const auto journal = store().open(runId);
    QVERIFY(journal);
    QVERIFY((*journal)->append(kind, {}, 0, data));
}

void TestRunStore::aNewRunIsListedAsIdleAndResumable()
{
    QVERIFY(store().create(startOf(QStringLiteral("r1"))));
    const auto runs = store().list();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.first().runId, QStringLiteral("r1"));
    QCOMPARE(runs.first().from, QStringLiteral("2.2.0"));
    QCOMPARE(runs.first().to, QStringLiteral("2.2.1"));
    QCOMPARE(runs.first().hosts.size(), 3);
    QVERIFY(runs.first().state == RunState::Idle);
    QVERIFY(runs.first().isResumable());
    const auto entries = readJournal(store().file(QStringLiteral("r1")));
    QVERIFY(entries);
    const QJsonObject data = entries->first().data;
    QCOMPARE(data[QStringLiteral("accepted")][0][QStringLiteral("reason")].toString(),
             QStringLiteral("known"));
}

void TestRunStore::aRunThatWasCutIsRunningAndResumable()
{
    QVERIFY(store().create(startOf(QStringLiteral("r1"))));
    append(QStringLiteral("r1"), journal::RunBegan, {});
    const auto run = store().find(QStringLiteral("r1"));
    QVERIFY(run);
    QVERIFY(run->state == RunState::Running);
    QVERIFY(run->isResumable());
}

void TestRunStore::aCompletedRunIsNotResumable()
{
    QVERIFY(store().create(startOf(QStringLiteral("r1"))));
    append(QStringLiteral("r1"), journal::RunBegan, {});
    append(QStringLiteral("r1"), journal::RunEnded,
           {{QStringLiteral("state"), QStringLiteral("completed")}});
    const auto run = store().find(QStringLiteral("r1"));
    QVERIFY(run);
    QVERIFY(run->state == RunState::Completed);
    QVERIFY(!run->isResumable());
    const auto none = store().find({});
    QVERIFY(!none);
    QVERIFY(none.error().code == ErrorCode::NoRuns);
}

void TestRunStore::theNewestResumableRunIsFoundWithoutAnId()
{
    for (const auto &id : {QStringLiteral("r1"), QStringLiteral("r2")}) {
        QVERIFY(store().create(startOf(id)));
        QTest::qWait(2); // times in the journal have milliseconds
    }
    QCOMPARE(store().find({})->runId, QStringLiteral("r2"));
    append(QStringLiteral("r2"), journal::RunEnded,
           {{QStringLiteral("state"), QStringLiteral("completed")}});
    QCOMPARE(store().find({})->runId, QStringLiteral("r1"));
}

void TestRunStore::runIdsThatLeadElsewhereAreNotFound()
{
    for (const auto &id : {QStringLiteral("../r1"), QStringLiteral("/etc/passwd"),
                           QStringLiteral("a b"), QStringLiteral("nobody")}) {
        QVERIFY(!store().open(id));
        QVERIFY(!store().plan(id));
        const auto found = store().find(id);
        QVERIFY(!found && found.error().code == ErrorCode::RunNotFound);
    }
}

void TestRunStore::unreadableFilesAreLeftOutOfTheList()
{
    QVERIFY(store().create(startOf(QStringLiteral("r1"))));
    QFile file(store().file(QStringLiteral("broken")));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("nonsense");
    file.close();
    QCOMPARE(store().list().size(), 1);
}

void TestRunStore::factsSurviveJson()
{
    auto builder = FactsBuilder::cluster();
    builder.unreachable(2).job(QStringLiteral("IMPORT"), QStringLiteral("running"));
    const QJsonObject json = factsToJson(builder.facts());
    const Facts read = factsFromJson(json);
    QCOMPARE(factsToJson(read), json);
    QCOMPARE(read.hosts.size(), 3);
    QVERIFY(!read.hosts[2].isReachable());
    QCOMPARE(read.hosts[0].installedVersion.value->toString(), QStringLiteral("2.2.0"));
    QCOMPARE(read.cluster.nodes.size(), 3);
    QCOMPARE(read.nodeIdByHost, builder.facts().nodeIdByHost);
}

void TestRunStore::errorsSurviveJson()
{
    const Error error{.code = ErrorCode::DeployScriptFailed,
                      .host = QStringLiteral("h"),
                      .args = {QStringLiteral("a"), QStringLiteral("b")},
                      .evidence = "bad \x1b[31mred\x1b[0m",
                      .command = QStringLiteral("deploy.sh"),
                      .exitCode = 1};
    const Error read = errorFromJson(toJson(error));
    QVERIFY(read.code == error.code);
    QCOMPARE(read.args, error.args);
    QCOMPARE(read.exitCode, 1);
    QVERIFY(!read.evidence.contains('\x1b'));
}

void TestRunStore::aJobThatGoesOnKeepsItsAttempt()
{
    const QString step = QStringLiteral("upgrade@h");
    RunHistory history;
    history.add(journal::StepStarted, step, 1, {});
    history.add(journal::StepFailed, step, 1, {{QStringLiteral("jobGoesOn"), true}});
    QCOMPARE(history.nextAttempt(step), 1);
    history.add(journal::StepFailed, step, 1, {{QStringLiteral("jobGoesOn"), false}});
    QCOMPARE(history.nextAttempt(step), 2);
    QVERIFY(!history.isDone(step));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestRunStore)

#include "tst_RunStore.moc"
