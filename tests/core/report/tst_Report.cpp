#include "core/report/Report.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace kwup;

namespace {

/// Builds journal entries one second apart.
class History {
public:
    void add(QLatin1StringView kind, const QJsonObject &data, const QString &stepId = {},
             int attempt = 0)
    {
        JournalEntry entry;
        entry.seq = m_entries.size() + 1;
        entry.time = QDateTime(QDate(2026, 11, 22), QTime(2, 0), Qt::UTC).addSecs(entry.seq);
        entry.kind = kind;
        entry.stepId = stepId;
        entry.attempt = attempt;
        entry.data = data;
        m_entries += entry;
    }
    const QList<JournalEntry> &entries() const { return m_entries; }

private:
    QList<JournalEntry> m_entries;
};

const QString Stop = QStringLiteral("stop@10.0.0.1");

QJsonObject created(const BackupChoice &backup)
{
    Plan plan;
    plan.runId = QStringLiteral("20261122-0200-test");
    plan.from = {QStringLiteral("2.2.0"), {}};
    plan.to = {QStringLiteral("2.2.1"), {}};
    plan.backup = backup;
    Facts facts;
    HostFacts host;
    host.host.address = QStringLiteral("10.0.0.1");
    host.installedVersion.value = KwdbVersion{QStringLiteral("2.2.0"), {}};
    facts.hosts += host;
    return {{QStringLiteral("plan"), plan.toJson()},
            {QStringLiteral("facts"), factsToJson(facts)},
            {QStringLiteral("operator"), QStringLiteral("<dba> & co")},
            {QStringLiteral("computer"), QStringLiteral("desk")},
            {QStringLiteral("programVersion"), QStringLiteral("0.1.0")},
            {QStringLiteral("checks"),
             QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("clock-skew")},
                                    {QStringLiteral("host"), QStringLiteral("10.0.0.1")},
                                    {QStringLiteral("status"), QStringLiteral("warning")}}}},
            {QStringLiteral("accepted"),
             QJsonArray{QJsonObject{{QStringLiteral("checkId"), QStringLiteral("clock-skew")},
                                    {QStringLiteral("host"), QStringLiteral("10.0.0.1")},
                                    {QStringLiteral("reason"), QStringLiteral("NTP in repair")}}}}};
}

QJsonObject finished(const QString &output)
{
    return {{QStringLiteral("state"), QStringLiteral("done")},
            {QStringLiteral("exitCode"), 0},
            {QStringLiteral("durationMs"), 1500},
            {QStringLiteral("output"), output},
            {QStringLiteral("result"), QJsonObject{{QStringLiteral("graceful"), true}}}};
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void aFinishedRunShowsWhoWhenAndEachStep();
    void aFailedAttemptAndItsRetryAreBothShown();
    void aRunThatWasCutShowsTheStepWithoutOutcome();
    void everythingFromAHostIsEscaped();
    void theReasonOfAnAcceptedWarningAndOfARefusedBackupIsShown();
    void aSettingThatWasPutBackLaterIsNoProblem();
    void whatIsKeptOnTheHostsIsListedWithItsRemoval();
    void bothFilesAreWritten();
};

void ReportTest::aFinishedRunShowsWhoWhenAndEachStep()
{
    History history;
    history.add(journal::RunCreated, created({}));
    history.add(journal::RunBegan, {});
    history.add(journal::StepStarted,
                {{QStringLiteral("host"), QStringLiteral("10.0.0.1")},
                 {QStringLiteral("script"), QStringLiteral("systemctl stop kaiwudb")}},
                Stop, 1);
    history.add(journal::StepFinished, finished(QStringLiteral("stopped")), Stop, 1);
    history.add(journal::Verdict,
                {{QStringLiteral("ok"), true},
                 {QStringLiteral("hosts"),
                  QJsonArray{QJsonObject{{QStringLiteral("host"), QStringLiteral("10.0.0.1")},
                                         {QStringLiteral("version"), QStringLiteral("2.2.1")}}}}});
    history.add(journal::RunEnded, {{QStringLiteral("state"), QStringLiteral("completed")}});

    const QJsonObject report = reportJson(history.entries());
    QCOMPARE(report[QStringLiteral("state")].toString(), QStringLiteral("completed"));
    QCOMPARE(report[QStringLiteral("computer")].toString(), QStringLiteral("desk"));
    QCOMPARE(report[QStringLiteral("from")].toString(), QStringLiteral("2.2.0"));
    const QJsonObject step = report[QStringLiteral("steps")].toArray().at(0).toObject();
    QCOMPARE(step[QStringLiteral("command")].toString(), QStringLiteral("systemctl stop kaiwudb"));
    QCOMPARE(step[QStringLiteral("durationMs")].toInteger(), 1500);
    QCOMPARE(step[QStringLiteral("exitCode")].toInt(-1), 0);
    QCOMPARE(step[QStringLiteral("state")].toString(), QStringLiteral("done"));
    const QJsonObject host = report[QStringLiteral("hosts")].toArray().at(0).toObject();
    QCOMPARE(host[QStringLiteral("versionBefore")].toString(), QStringLiteral("2.2.0"));
    QCOMPARE(host[QStringLiteral("versionAfter")].toString(), QStringLiteral("2.2.1"));
}

void ReportTest::aFailedAttemptAndItsRetryAreBothShown()
{
    History history;
    history.add(journal::RunCreated, created({}));
    history.add(journal::StepStarted, {}, Stop, 1);
    history.add(
        journal::StepFailed,
        {{QStringLiteral("error"),
          toJson(Error{ErrorCode::StopFailed, QStringLiteral("10.0.0.1"), {}, "raw text", {}, -1})},
         {QStringLiteral("exitCode"), 1}},
        Stop, 1);
    history.add(
        journal::DecisionAsked,
        {{QStringLiteral("error"),
          toJson(Error{ErrorCode::StopFailed, QStringLiteral("10.0.0.1"), {}, {}, {}, -1})}},
        Stop, 1);
    history.add(journal::DecisionTaken, {{QStringLiteral("choice"), QStringLiteral("retry")}}, Stop,
                1);
    history.add(journal::StepStarted, {}, Stop, 2);
    history.add(journal::StepFinished, finished({}), Stop, 2);

    const QJsonObject report = reportJson(history.entries());
    const QJsonArray steps = report[QStringLiteral("steps")].toArray();
    QCOMPARE(steps.size(), 2);
    QCOMPARE(steps.at(0)[QStringLiteral("state")].toString(), QStringLiteral("failed"));
    QCOMPARE(steps.at(0)[QStringLiteral("error")][QStringLiteral("code")].toString(),
             QStringLiteral("stop-failed"));
    QVERIFY(!steps.at(0)[QStringLiteral("error")][QStringLiteral("remedy")].toString().isEmpty());
    QCOMPARE(steps.at(1)[QStringLiteral("attempt")].toInt(), 2);
    QCOMPARE(report[QStringLiteral("decisions")][0][QStringLiteral("choice")].toString(),
             QStringLiteral("retry"));
    QVERIFY(reportHtml(history.entries()).contains(QStringLiteral("raw text")));
}

void ReportTest::aRunThatWasCutShowsTheStepWithoutOutcome()
{
    History history;
    history.add(journal::RunCreated, created({}));
    history.add(journal::StepStarted, {}, Stop, 1);
    const QJsonObject report = reportJson(history.entries());
    QCOMPARE(report[QStringLiteral("state")].toString(), QStringLiteral("running"));
    QCOMPARE(report[QStringLiteral("steps")][0][QStringLiteral("durationMs")].toInteger(), -1);
}

void ReportTest::everythingFromAHostIsEscaped()
{
    History history;
    history.add(journal::RunCreated, created({}));
    history.add(journal::StepStarted, {}, Stop, 1);
    history.add(journal::StepFinished, finished(QStringLiteral("<script>alert(1)</script>")), Stop,
                1);
    const QString html = reportHtml(history.entries());
    QVERIFY(!html.contains(QStringLiteral("<script>")));
    QVERIFY(html.contains(QStringLiteral("&lt;script&gt;")));
    QVERIFY(html.contains(QStringLiteral("&lt;dba&gt; &amp; co")));
}

void ReportTest::theReasonOfAnAcceptedWarningAndOfARefusedBackupIsShown()
{
    BackupChoice refused;
    refused.kind = BackupChoice::Kind::Refused;
    refused.reason = QStringLiteral("test cluster");
    History history;
    history.add(journal::RunCreated, created(refused));
    const QJsonObject report = reportJson(history.entries());
    QCOMPARE(report[QStringLiteral("checks")][0][QStringLiteral("acceptedBecause")].toString(),
             QStringLiteral("NTP in repair"));
    QCOMPARE(report[QStringLiteral("backup")][QStringLiteral("refusedBecause")].toString(),
             QStringLiteral("test cluster"));
    const QString html = reportHtml(history.entries());
    QVERIFY(html.contains(QStringLiteral("NTP in repair")));
    QVERIFY(html.contains(QStringLiteral("test cluster")));
}

void ReportTest::whatIsKeptOnTheHostsIsListedWithItsRemoval()
{
    const auto done = [](const QJsonObject &result) {
        return QJsonObject{{QStringLiteral("state"), QStringLiteral("done")},
                           {QStringLiteral("result"), result}};
    };
    History history;
    history.add(journal::RunCreated, created({}));
    const QString backup = QStringLiteral("backup@10.0.0.1");
    history.add(journal::StepStarted, {{QStringLiteral("host"), QStringLiteral("10.0.0.1")}},
                backup, 1);
    history.add(journal::StepFinished,
                done({{QStringLiteral("path"), QStringLiteral("/var/backups/a b/kaiwudb.tar")}}),
                backup, 1);
    const QString list = QStringLiteral("list-kept@10.0.0.1");
    history.add(journal::StepStarted, {{QStringLiteral("host"), QStringLiteral("10.0.0.1")}}, list,
                1);
    history.add(journal::StepFinished,
                done({{QStringLiteral("kept_container"), QStringLiteral("kw-old")},
                      {QStringLiteral("remove_container"), QStringLiteral("docker rm kw-old")}}),
                list, 1);
    const QJsonArray kept = reportJson(history.entries())[QStringLiteral("kept")].toArray();
    QCOMPARE(kept.size(), 2);
    QCOMPARE(kept.at(0)[QStringLiteral("removal")].toString(),
             QStringLiteral("rm -rf '/var/backups/a b'"));
    QCOMPARE(kept.at(1)[QStringLiteral("place")].toString(), QStringLiteral("kw-old"));
    QCOMPARE(kept.at(1)[QStringLiteral("removal")].toString(), QStringLiteral("docker rm kw-old"));
    QVERIFY(reportHtml(history.entries()).contains(QStringLiteral("docker rm kw-old")));
}

void ReportTest::aSettingThatWasPutBackLaterIsNoProblem()
{
    const QJsonObject setting{
        {QStringLiteral("name"), QStringLiteral("server.time_until_store_dead")},
        {QStringLiteral("value"), QStringLiteral("00:30:00")}};
    History history;
    history.add(journal::RunCreated, created({}));
    history.add(journal::SettingNotRestored, setting);
    QCOMPARE(reportJson(history.entries())[QStringLiteral("problems")].toArray().size(), 1);
    history.add(journal::SettingRestored, setting);
    QCOMPARE(reportJson(history.entries())[QStringLiteral("problems")].toArray().size(), 0);
}

void ReportTest::bothFilesAreWritten()
{
    QTemporaryDir directory;
    History history;
    history.add(journal::RunCreated, created({}));
    const QString html = directory.filePath(QStringLiteral("r.html"));
    const QString json = directory.filePath(QStringLiteral("r.json"));
    QVERIFY(writeReport(history.entries(), html, json));
    QFile file(json);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("run")].toString(),
             QStringLiteral("20261122-0200-test"));
    const Result<void> failed =
        writeReport(history.entries(), directory.filePath(QStringLiteral("no/r.html")), json);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::FileUnwritable);
}

QTEST_GUILESS_MAIN(ReportTest)
#include "tst_Report.moc"
