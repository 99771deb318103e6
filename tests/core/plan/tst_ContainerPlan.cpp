#include "core/plan/Plan.h"
#include "tests/support/FactsBuilder.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>

#include <algorithm>

namespace kwup::test {

using namespace Qt::StringLiterals;

class TestContainerPlan : public QObject {
    Q_OBJECT

private slots:
    void dockerRunKeepsTheOldContainer();
    void onlyTheImageOfTheCommandDiffers();
    void composeEditsTheFileAndStartsDetached();
    void bothHaveAWayBack();
    void aReferenceWithoutArchiveIsPulled();
    void dataInTheContainerIsRefusedAndMovedWithConsent_data();
    void dataInTheContainerIsRefusedAndMovedWithConsent();
    void whatWouldLoseDataIsRefused();
    void everyScriptIsSound_data();
    void everyScriptIsSound();
    void aClusterGoesNodeByNode();
    void thePlanSurvivesTheJournal();

private:
    static Facts facts(Method method)
    {
        return method == Method::Compose ? FactsBuilder::singleNode().asCompose().facts()
                                         : FactsBuilder::singleNode().asDockerRun().facts();
    }
    static Result<Plan> planOf(const Facts &facts, Method method, const MethodOptions &options = {},
                               const PackageInfo &package = imagePackage())
    {
        const BackupChoice backup{BackupChoice::Kind::ColdCopy, u"/backup"_s, {}, {}};
        return buildPlan({facts, method, package, backup, {}, u"run-1"_s, {}, options});
    }
    static QStringList ids(const QList<Stage> &stages)
    {
        QStringList list;
        for (const auto &stage : stages) {
            for (const auto &step : stage.steps)
                list.append(step.id);
        }
        return list;
    }
    static MethodOptions consent()
    {
        MethodOptions options;
        options.setFlag(option::MountStore, true);
        options.setText(option::MountDirectory, u"/data/kwdb"_s);
        return options;
    }
};

void TestContainerPlan::dockerRunKeepsTheOldContainer()
{
    const auto plan = planOf(facts(Method::DockerRunSecure), Method::DockerRunSecure);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QString h = u"@10.0.0.1"_s;
    QCOMPARE(
        ids(plan->stages),
        (QStringList{u"lock"_s + h, u"stage"_s + h, u"fetch-image"_s + h, u"baseline"_s,
                     u"stop"_s + h, u"backup"_s + h, u"replace-container"_s + h, u"start"_s + h,
                     u"gate"_s + h, u"verify"_s, u"list-kept"_s + h, u"release"_s + h}));
    QCOMPARE(plan->pointOfNoReturn, u"start"_s + h);
    const QByteArray script = plan->step(u"replace-container"_s + h)->script;
    QVERIFY2(script.contains("docker rename") && !script.contains("docker rm \"$old_id\""),
             script.constData());
    QVERIFY(plan->step(u"stop"_s + h)->script.contains("docker stop -t"));
}

void TestContainerPlan::onlyTheImageOfTheCommandDiffers()
{
    const auto plan = planOf(facts(Method::DockerRunSecure), Method::DockerRunSecure);
    QVERIFY(plan);
    QList<QByteArray> changed;
    for (const auto &line : plan->step(u"replace-container@10.0.0.1"_s)->script.split('\n')) {
        if (line.startsWith("#   -") || line.startsWith("#   +"))
            changed.append(line.simplified());
    }
    QCOMPARE(changed, (QList<QByteArray>{"# - kwdb/kwdb:2.2.0 \\", "# + kwdb/kwdb:2.2.1 \\"}));
}

void TestContainerPlan::composeEditsTheFileAndStartsDetached()
{
    const auto plan = planOf(facts(Method::Compose), Method::Compose);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QByteArray edit = plan->step(u"edit-compose@10.0.0.1"_s)->script;
    QVERIFY2(edit.contains("put 27 15 kwdb/kwdb:2.2.1"), edit.constData());
    QVERIFY(edit.contains("#   -     image: kwdb/kwdb:2.2.0"));
    const QByteArray start = plan->step(u"start@10.0.0.1"_s)->script;
    QVERIFY2(
        start.contains("docker-compose -p kwdb -f /opt/kwdb/docker-compose.yml up -d --no-deps db"),
        start.constData());
}

void TestContainerPlan::bothHaveAWayBack()
{
    const auto run = planOf(facts(Method::DockerRunSecure), Method::DockerRunSecure);
    const auto compose = planOf(facts(Method::Compose), Method::Compose);
    QVERIFY(run && compose);
    QCOMPARE(ids(run->wayBack),
             (QStringList{u"restore-container@10.0.0.1"_s, u"back-release@10.0.0.1"_s}));
    QCOMPARE(ids(compose->wayBack),
             (QStringList{u"edit-compose-back@10.0.0.1"_s, u"restore-compose@10.0.0.1"_s,
                          u"back-release@10.0.0.1"_s}));
    QCOMPARE(run->wayBack.first().onlyIfBegun, u"stop@10.0.0.1"_s);
    QVERIFY(run->step(u"restore-container@10.0.0.1"_s)->script.contains("restart=on-failure:3"));
}

void TestContainerPlan::aReferenceWithoutArchiveIsPulled()
{
    const auto package = chosenImage(std::nullopt, u"kwdb/kwdb:2.2.1"_s, {});
    QVERIFY(package);
    const auto plan = planOf(facts(Method::DockerRunSecure), Method::DockerRunSecure, {}, *package);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QVERIFY(!ids(plan->stages).contains(u"stage@10.0.0.1"_s));
    QVERIFY(plan->step(u"fetch-image@10.0.0.1"_s)->script.contains("archive=''"));
}

void TestContainerPlan::dataInTheContainerIsRefusedAndMovedWithConsent_data()
{
    QTest::addColumn<int>("method");
    QTest::newRow("docker run") << static_cast<int>(Method::DockerRunSecure);
    QTest::newRow("compose") << static_cast<int>(Method::Compose);
}

void TestContainerPlan::dataInTheContainerIsRefusedAndMovedWithConsent()
{
    QFETCH(int, method);
    const auto chosen = static_cast<Method>(method);
    Facts inside = facts(chosen);
    inside.hosts[0].containerFacts.value->mounts.removeLast();
    QJsonObject host = inside.hosts[0].containerFacts.value->inspect[u"HostConfig"_s].toObject();
    QJsonArray mounts = inside.hosts[0].containerFacts.value->inspect[u"Mounts"_s].toArray();
    mounts.removeLast();
    inside.hosts[0].containerFacts.value->inspect[u"Mounts"_s] = mounts;
    host[u"Binds"_s] = QJsonArray{u"/etc/kaiwudb/certs:/kaiwudb/certs"_s};
    inside.hosts[0].containerFacts.value->inspect[u"HostConfig"_s] = host;
    const auto refused = planOf(inside, chosen);
    QVERIFY(!refused);
    QCOMPARE(errorCodeName(refused.error().code), u"method-not-applicable"_s);
    const auto plan = planOf(inside, chosen, consent());
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    const QStringList steps = ids(plan->stages);
    QVERIFY(steps.indexOf(u"copy-store@10.0.0.1"_s) > steps.indexOf(u"stop@10.0.0.1"_s));
    QVERIFY(steps.indexOf(u"copy-store@10.0.0.1"_s) < steps.indexOf(u"start@10.0.0.1"_s));
    const QString step =
        chosen == Method::Compose ? u"edit-compose@10.0.0.1"_s : u"replace-container@10.0.0.1"_s;
    const QByteArray script = plan->step(step)->script;
    QVERIFY2(script.contains("/data/kwdb:/kaiwudb/deploy/kaiwudb-container"), script.constData());
}

void TestContainerPlan::whatWouldLoseDataIsRefused()
{
    Facts self = facts(Method::DockerRunSecure);
    self.hosts[0].containerFacts.value->removesItself = true;
    QVERIFY(!planOf(self, Method::DockerRunSecure));
    Facts two = facts(Method::Compose);
    two.hosts[0].containerFacts.value->others = QStringList{u"kwdb2"_s};
    QVERIFY(!planOf(two, Method::Compose));
    Facts tabs = facts(Method::Compose);
    tabs.hosts[0].containerFacts.value->compose.files[0].content = "services:\n\tdb: {}\n";
    QVERIFY(!planOf(tabs, Method::Compose));
    Facts unread = facts(Method::Compose);
    unread.hosts[0].containerFacts = unreadable<ContainerFacts>();
    QVERIFY(!planOf(unread, Method::Compose));
}

void TestContainerPlan::everyScriptIsSound_data()
{
    dataInTheContainerIsRefusedAndMovedWithConsent_data();
}

void TestContainerPlan::everyScriptIsSound()
{
    QFETCH(int, method);
    const auto plan = planOf(facts(static_cast<Method>(method)), static_cast<Method>(method));
    QVERIFY(plan);
    for (const auto &stages : {plan->stages, plan->wayBack}) {
        for (const auto &stage : stages) {
            for (const auto &step : stage.steps) {
                for (const auto &script : {step.script, step.look}) {
                    QProcess shell;
                    shell.start(u"sh"_s, {u"-n"_s});
                    shell.write(script);
                    shell.closeWriteChannel();
                    QVERIFY(shell.waitForFinished());
                    QVERIFY2(shell.exitCode() == 0, qPrintable(step.id));
                }
                QVERIFY(!stepTitle(step).isEmpty() && !stepExpectation(step).isEmpty());
            }
        }
    }
}

void TestContainerPlan::aClusterGoesNodeByNode()
{
    Facts three = FactsBuilder::cluster().asDockerRun().facts();
    const auto plan = planOf(three, Method::DockerRunSecure);
    QVERIFY2(plan, plan ? "" : qPrintable(describe(plan.error())));
    QCOMPARE(std::ranges::count_if(plan->stages,
                                   [](const Stage &stage) { return !stage.host.isEmpty(); }),
             3);
    QCOMPARE(plan->wayBack.size(), 4); // and one that tidies up
    QVERIFY(ids(plan->stages).contains(u"before-stop@10.0.0.1"_s));
    Facts single = FactsBuilder::singleReplicaCluster().asDockerRun().facts();
    QVERIFY(!planOf(single, Method::DockerRunSecure));
}

void TestContainerPlan::thePlanSurvivesTheJournal()
{
    const auto plan = planOf(facts(Method::Compose), Method::Compose, consent());
    QVERIFY(plan);
    const auto again = Plan::fromJson(plan->toJson());
    QVERIFY(again);
    QCOMPARE(again->toJson(), plan->toJson());
    QVERIFY(again->package.kind == PackageKind::Image);
    QCOMPARE(again->package.image, u"kwdb/kwdb:2.2.1"_s);
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestContainerPlan)
#include "tst_ContainerPlan.moc"
