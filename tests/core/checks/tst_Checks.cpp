#include "core/checks/Catalogue.h"
#include "tests/core/checks/CheckCase.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace kwup;
using namespace kwup::test;

namespace kwup::test {

void Scenario::makeSingle()
{
    facts = FactsBuilder::singleNode();
    method = Method::ScriptSingle;
}

void Scenario::makeSingleReplica()
{
    facts = FactsBuilder::singleReplicaCluster();
    method = Method::ScriptOfflineCluster;
}

void Scenario::makeRestore()
{
    facts = FactsBuilder::cluster(3, QStringLiteral("2.2.1"));
    method = Method::Restore;
    package = debPackage(QStringLiteral("2.2.0"));
    restorePoint = RestorePoint();
    restorePoint->runId = QStringLiteral("20261122-1200-0000abcd");
    for (const HostFacts &host : facts.facts().hosts) {
        restorePoint->hosts.append(host.host.id());
        restorePoint->copies[host.host.id()] = {QStringLiteral("/backup/copy"), {}};
    }
    restorePoint->isOneMoment = true;
}

QList<CheckResult> Scenario::run()
{
    return runChecks(CheckInput{facts.facts(), method, package, coldBackup, options, restorePoint,
                                takesOverLock});
}

} // namespace kwup::test

class ChecksTest : public QObject {
    Q_OBJECT

private slots:
    void aCheckSaysWhatItMust_data();
    void aCheckSaysWhatItMust();
    void everyFindingIsReachedByACase();
    void everyCheckHasTexts();
    void idsAreKebabCaseAndUnique();
    void aHealthyClusterNeedsOneConfirmationOnly();
    void aHealthySingleNodePasses();
    void aHostOfWhichNothingIsKnownNeverPasses();
    void anInstallationOfWhichNothingElseIsKnownBlocksOrWarns();
    void theSameFactsGiveTheSameResults();
    void anUnknownCheckIsNotInvented();
};

namespace {

QList<CheckCase> cases()
{
    return connectionCases() + platformCases() + installationCases() + serviceCases()
        + packageCases() + containerCases() + clusterCases() + replicaCases() + transferCases()
        + restoreCases() + liveCases() + sourceCases();
}

/// Two hosts that answered, before anything was read from them.
Facts nothingKnown()
{
    Facts facts;
    for (const char *address : {"10.0.0.1", "10.0.0.2"}) {
        HostFacts host;
        host.host.address = QString::fromLatin1(address);
        facts.hosts.append(host);
    }
    return facts;
}

bool needsNoFacts(const QString &id)
{
    static const QSet<QString> Ids{QStringLiteral("hosts-reachable"),
                                   QStringLiteral("hosts-distinct"),
                                   QStringLiteral("package-complete")};
    return Ids.contains(id);
}

/// Checks about containers have nothing to say of the deploy script's packages.
bool isOfOtherMethod(const CheckResult &result)
{
    return result.finding == QLatin1StringView("other-method")
        && result.status == CheckStatus::NotApplicable;
}

} // namespace

void ChecksTest::aCheckSaysWhatItMust_data()
{
    QTest::addColumn<int>("index");
    const QList<CheckCase> all = cases();
    for (int i = 0; i < all.size(); ++i)
        QTest::addRow("%d %s: %s", i, all[i].id, all[i].name) << i;
}

void ChecksTest::aCheckSaysWhatItMust()
{
    QFETCH(int, index);
    const CheckCase wanted = cases().at(index);
    Scenario scenario;
    wanted.change(scenario);
    const QList<CheckResult> results = scenario.run();
    const QString host = scenario.facts.hostId(wanted.host);
    const auto result =
        std::find_if(results.begin(), results.end(), [&](const CheckResult &candidate) {
            return candidate.id == QLatin1StringView(wanted.id)
                && (candidate.host.isEmpty() || candidate.host == host);
        });
    QVERIFY(result != results.end());
    QCOMPARE(result->finding, QString::fromLatin1(wanted.finding));
    QCOMPARE(static_cast<int>(result->status), static_cast<int>(wanted.status));
    const QString sentence = describe(*result);
    QVERIFY2(sentence.contains(QString::fromLatin1(wanted.inSentence)), qPrintable(sentence));
    QVERIFY2(sentence != result->finding && !sentence.contains(u'?'), qPrintable(sentence));
    const bool needsAction =
        result->status == CheckStatus::Blocked || result->status == CheckStatus::Warning;
    QVERIFY2(!needsAction || !remedy(*result).isEmpty(), qPrintable(sentence));
    QVERIFY(result->status != CheckStatus::Passed || remedy(*result).isEmpty());
}

void ChecksTest::everyFindingIsReachedByACase()
{
    QSet<QString> reached;
    for (const CheckCase &row : cases())
        reached.insert(QString::fromLatin1(row.id) + u'/' + QString::fromLatin1(row.finding));
    // What only the operator knows; the text is for a report that says "confirmed".
    reached.insert(QStringLiteral("clients-reach-several-nodes/passed"));
    reached.insert(QStringLiteral("live-risks/passed"));
    for (const CheckFamily &family : catalogue()) {
        for (const CheckDefinition &check : family.checks) {
            for (const FindingText &text : check.texts) {
                const QString name =
                    QString::fromLatin1(check.id) + u'/' + QString::fromLatin1(text.key);
                QVERIFY2(reached.contains(name), qPrintable(name));
            }
        }
    }
}

void ChecksTest::everyCheckHasTexts()
{
    for (const QString &id : checkIds()) {
        QVERIFY2(!checkTitle(id).isEmpty() && checkTitle(id) != id, qPrintable(id));
        QVERIFY2(checkWhy(id).endsWith(u'.'), qPrintable(id));
        QVERIFY2(!checkFamily(id).isEmpty(), qPrintable(id));
    }
}

void ChecksTest::idsAreKebabCaseAndUnique()
{
    const QStringList ids = checkIds();
    QVERIFY(ids.size() >= 25);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    static const QRegularExpression Kebab(QStringLiteral("^[a-z]+(-[a-z]+)*$"));
    for (const QString &id : ids)
        QVERIFY2(Kebab.match(id).hasMatch(), qPrintable(id));
}

void ChecksTest::aHealthyClusterNeedsOneConfirmationOnly()
{
    Scenario scenario;
    for (const CheckResult &result : scenario.run()) {
        const bool isConfirmation = result.id == QLatin1StringView("clients-reach-several-nodes");
        QVERIFY2(isConfirmation || isOfOtherMethod(result) || result.status == CheckStatus::Passed,
                 qPrintable(result.id + u' ' + describe(result)));
    }
}

void ChecksTest::aHealthySingleNodePasses()
{
    for (const bool isStopped : {false, true}) {
        Scenario scenario;
        scenario.makeSingle();
        if (isStopped)
            scenario.facts.stopped();
        for (const CheckResult &result : scenario.run()) {
            const bool isTold = isStopped && result.id == QLatin1StringView("service-state");
            const bool isInOrder =
                result.status == CheckStatus::Passed || result.status == CheckStatus::NotApplicable;
            QVERIFY2(isTold || isInOrder, qPrintable(result.id + u' ' + describe(result)));
        }
    }
}

void ChecksTest::aHostOfWhichNothingIsKnownNeverPasses()
{
    const Facts facts = nothingKnown();
    for (const CheckResult &result :
         runChecks(CheckInput{facts, Method::ScriptRolling, debPackage(), true}))
        QVERIFY2(needsNoFacts(result.id) || result.status != CheckStatus::Passed,
                 qPrintable(result.id));
}

void ChecksTest::anInstallationOfWhichNothingElseIsKnownBlocksOrWarns()
{
    Facts facts = nothingKnown();
    for (HostFacts &host : facts.hosts)
        host.deployment = known(Deployment::BarePackage);
    for (const CheckResult &result :
         runChecks(CheckInput{facts, Method::ScriptRolling, debPackage(), true})) {
        const bool isAboutDeployment = result.id == QLatin1StringView("installed")
            || result.id == QLatin1StringView("deployment-supported");
        const bool isTold = result.status == CheckStatus::Blocked
            || result.status == CheckStatus::Warning || result.status == CheckStatus::Info;
        QVERIFY2(needsNoFacts(result.id) || isAboutDeployment || isTold || isOfOtherMethod(result),
                 qPrintable(result.id));
    }
}

void ChecksTest::theSameFactsGiveTheSameResults()
{
    Scenario scenario;
    scenario.facts.nodeDown(1).job(QStringLiteral("IMPORT"), QStringLiteral("running"));
    const QList<CheckResult> first = scenario.run();
    const QList<CheckResult> second = scenario.run();
    QCOMPARE(first.size(), second.size());
    for (int i = 0; i < first.size(); ++i) {
        QCOMPARE(first[i].id, second[i].id);
        QCOMPARE(first[i].host, second[i].host);
        QCOMPARE(describe(first[i]), describe(second[i]));
    }
}

void ChecksTest::anUnknownCheckIsNotInvented()
{
    CheckResult result;
    result.id = QStringLiteral("no-such-check");
    result.finding = QStringLiteral("no-such-finding");
    QCOMPARE(describe(result), QStringLiteral("no-such-finding"));
    QVERIFY(remedy(result).isEmpty());
    QCOMPARE(checkTitle(result.id), result.id);
}

QTEST_APPLESS_MAIN(ChecksTest)
#include "tst_Checks.moc"
