#include "core/transfer/TransferFacts.h"
#include "tests/support/FactsBuilder.h"
#include "tests/ui/FakeEngine.h"
#include "ui/wizard/UpgradeSession.h"

#include <QSignalSpy>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

class UpgradeSessionTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void anEmptyListOfHostsIsNotUsable();
    void aHostTakesWhatItDoesNotSayFromTheDefaults();
    void aHostThatIsInTheListTwiceIsToldOnce();
    void aPasswordLoginNeedsItsPassword();
    void addingHostsLeavesOutThoseAlreadyThere();
    void changingTheHostsForgetsWhatWasDiscovered();
    void factsProposeTheRollingMethodForACluster();
    void aProblemOfTheListKeepsDiscoveryFromBeingUsable();
    void aWarningStopsThePlanUntilItIsAcceptedWithAReason();
    void anAcceptanceIsLostWhenTheFindingChanges();
    void everyBackupAnswerNeedsItsField_data();
    void everyBackupAnswerNeedsItsField();
    void whereNoNodeIsStoppedAColdCopyIsNoAnswer();
    void aChangedBackupThrowsThePlanAway();
    void theOrderOfTheNodesIsTheOperators();
    void aProfileGivesBackWhatItWasGiven();
    void hostsMarkedAsNewAreTheTargetOfTheMethod();
    void aProfileMarksTheHostsItNamesAsNew();
    void anImageIsChosenByItsNameAlone();
    void oneOfTheImagesInAnArchiveMustBeChosen();
    void anotherChoiceOfDatabasesNeedsAnotherReading();
    void goingBackToADirectoryIsForgottenForAnUpgrade();

private:
    void discover();
    void acceptEverything();

    std::unique_ptr<UpgradeSession> m_session;
};

void UpgradeSessionTest::init()
{
    m_session = std::make_unique<UpgradeSession>();
}

void UpgradeSessionTest::discover()
{
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1")),
                         agentHost(QStringLiteral("10.0.0.2")),
                         agentHost(QStringLiteral("10.0.0.3"))});
    m_session->setFacts(clusterWithWarnings());
    m_session->setPackage(debPackage());
    m_session->runChecksNow();
}

void UpgradeSessionTest::acceptEverything()
{
    const QList<CheckResult> checks = m_session->checks();
    for (const CheckResult &check : checks)
        m_session->acceptWarning(check, QStringLiteral("agreed"));
}

void UpgradeSessionTest::anEmptyListOfHostsIsNotUsable()
{
    QVERIFY(!m_session->hostsAreUsable());
    QCOMPARE(m_session->hostProblems().size(), 1);
}

void UpgradeSessionTest::aHostTakesWhatItDoesNotSayFromTheDefaults()
{
    LoginChoice defaults;
    defaults.user = QStringLiteral("dba");
    defaults.port = 2222;
    defaults.auth = AuthMethod::Password;
    defaults.secrets.password = Secret("one");
    m_session->setDefaults(defaults);
    HostDraft own;
    own.address = QStringLiteral("10.0.0.2");
    own.own.user = QStringLiteral("root");
    own.own.secrets.password = Secret("two");
    m_session->setHosts({HostDraft{QStringLiteral("10.0.0.1"), {}}, own});

    const QList<HostLogin> logins = m_session->logins();
    QCOMPARE(logins.at(0).spec.user, QStringLiteral("dba"));
    QCOMPARE(logins.at(0).spec.port, quint16(2222));
    QCOMPARE(logins.at(0).secrets.password.reveal(), QByteArray("one"));
    QCOMPARE(logins.at(1).spec.user, QStringLiteral("root"));
    QCOMPARE(logins.at(1).secrets.password.reveal(), QByteArray("two"));
    QVERIFY(m_session->hostsAreUsable());
}

void UpgradeSessionTest::aHostThatIsInTheListTwiceIsToldOnce()
{
    const HostDraft host = agentHost(QStringLiteral("10.0.0.1"));
    m_session->setHosts({host, host});
    QCOMPARE(m_session->hostProblems().size(), 1);
    QVERIFY(m_session->hostProblems().first().contains(QStringLiteral("10.0.0.1")));
}

void UpgradeSessionTest::aPasswordLoginNeedsItsPassword()
{
    HostDraft host = agentHost(QStringLiteral("10.0.0.1"));
    host.own.auth = AuthMethod::Password;
    m_session->setHosts({host});
    QVERIFY(!m_session->hostsAreUsable());
    host.own.secrets.password = Secret("x");
    m_session->setHosts({host});
    QVERIFY(m_session->hostsAreUsable());
}

void UpgradeSessionTest::addingHostsLeavesOutThoseAlreadyThere()
{
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1"))});
    HostSpec same = m_session->logins().first().spec;
    HostSpec other = same;
    other.address = QStringLiteral("10.0.0.2");
    QCOMPARE(m_session->addHosts({same, other, other}), 1);
    QCOMPARE(m_session->hosts().size(), 2);
}

void UpgradeSessionTest::changingTheHostsForgetsWhatWasDiscovered()
{
    discover();
    QVERIFY(m_session->discoveryIsUsable());
    QSignalSpy spy(m_session.get(), &UpgradeSession::factsChanged);
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.9"))});
    QVERIFY(!m_session->facts());
    QVERIFY(m_session->checks().isEmpty());
    QCOMPARE(spy.count(), 1);
}

void UpgradeSessionTest::factsProposeTheRollingMethodForACluster()
{
    discover();
    QVERIFY(m_session->method() == Method::ScriptRolling);
    QCOMPARE(m_session->installedVersion()->toString(), QStringLiteral("2.2.0"));
    QCOMPARE(m_session->versionVerdict()->kind, VersionPaths::Verdict::Kind::Documented);
}

void UpgradeSessionTest::aProblemOfTheListKeepsDiscoveryFromBeingUsable()
{
    discover();
    Facts facts = *m_session->facts();
    facts.listProblems.append(Error{ErrorCode::HostTwice, {}, {}, {}, {}, -1});
    m_session->setFacts(facts);
    QVERIFY(!m_session->discoveryIsUsable());
}

void UpgradeSessionTest::aWarningStopsThePlanUntilItIsAcceptedWithAReason()
{
    discover();
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::Named;
    backup.evidence = QStringLiteral("tape 7");
    m_session->setBackup(backup);
    m_session->makePlan();
    QVERIFY(m_session->plan());
    QVERIFY(m_session->openFindings() > 0);
    QVERIFY(!m_session->planIsReady());
    for (const CheckResult &check : QList<CheckResult>(m_session->checks()))
        m_session->acceptWarning(check, QStringLiteral("   "));
    QVERIFY(!m_session->planIsReady());
    acceptEverything();
    QVERIFY(m_session->planIsReady());
}

void UpgradeSessionTest::anAcceptanceIsLostWhenTheFindingChanges()
{
    discover();
    acceptEverything();
    QVERIFY(!m_session->accepted().isEmpty());
    auto down = FactsBuilder::cluster();
    down.nodeDown(1);
    m_session->setFacts(down.facts());
    m_session->runChecksNow();
    QVERIFY(!m_session->checksAllowUpgrade());
    for (const AcceptedWarning &accepted : m_session->accepted()) {
        for (const CheckResult &check : m_session->checks()) {
            if (check.id == accepted.checkId && check.host == accepted.host)
                QVERIFY(check.status == CheckStatus::Warning);
        }
    }
}

void UpgradeSessionTest::everyBackupAnswerNeedsItsField_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("answered");
    const auto row = [](const char *name, BackupChoice::Kind kind, const char *field, bool yes) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(field) << yes;
    };
    row("nothing", BackupChoice::Kind::None, "", false);
    row("cold copy", BackupChoice::Kind::ColdCopy, "/backup", true);
    row("cold copy to a relative directory", BackupChoice::Kind::ColdCopy, "backup", false);
    row("cold copy to nowhere", BackupChoice::Kind::ColdCopy, "", false);
    row("named", BackupChoice::Kind::Named, "tape 7", true);
    row("named without a name", BackupChoice::Kind::Named, " ", false);
    row("refused", BackupChoice::Kind::Refused, "test system", true);
    row("refused without a reason", BackupChoice::Kind::Refused, "", false);
}

void UpgradeSessionTest::everyBackupAnswerNeedsItsField()
{
    QFETCH(const int, kind);
    QFETCH(const QString, field);
    QFETCH(const bool, answered);
    BackupChoice choice;
    choice.kind = static_cast<BackupChoice::Kind>(kind);
    choice.directory = choice.evidence = choice.reason = field;
    m_session->setBackup(choice);
    QCOMPARE(m_session->backupIsAnswered(), answered);
}

void UpgradeSessionTest::whereNoNodeIsStoppedAColdCopyIsNoAnswer()
{
    BackupChoice choice;
    choice.kind = BackupChoice::Kind::ColdCopy;
    choice.directory = QStringLiteral("/backup");
    m_session->setBackup(choice);
    m_session->setMethod(Method::ScriptRolling);
    QVERIFY(m_session->backupIsAnswered());
    m_session->setMethod(Method::ScriptLive);
    QVERIFY(!m_session->backupIsAnswered());
}

void UpgradeSessionTest::aChangedBackupThrowsThePlanAway()
{
    discover();
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::ColdCopy;
    backup.directory = QStringLiteral("/backup");
    m_session->setBackup(backup);
    m_session->makePlan();
    QVERIFY(m_session->plan());
    backup.directory = QStringLiteral("/other");
    m_session->setBackup(backup);
    QVERIFY(!m_session->plan());
}

void UpgradeSessionTest::theOrderOfTheNodesIsTheOperators()
{
    discover();
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::Named;
    backup.evidence = QStringLiteral("tape 7");
    m_session->setBackup(backup);
    const QStringList order{QStringLiteral("10.0.0.3"), QStringLiteral("10.0.0.1"),
                            QStringLiteral("10.0.0.2")};
    m_session->setNodeOrder(order);
    QStringList planned;
    for (const HostSpec &spec : m_session->plan()->hosts)
        planned << spec.id();
    QCOMPARE(planned, order);
}

void UpgradeSessionTest::aProfileGivesBackWhatItWasGiven()
{
    Profile profile;
    HostSpec spec;
    spec.address = QStringLiteral("10.0.0.1");
    spec.user = QStringLiteral("dba");
    spec.auth = AuthMethod::KeyFile;
    spec.keyFile = QStringLiteral("/home/dba/.ssh/id");
    spec.privilege = PrivilegeMode::SudoNoPassword;
    spec.jump = JumpHost{QStringLiteral("gate"), 22, QStringLiteral("me"), AuthMethod::Agent, {}};
    profile.hosts = {spec};
    profile.package = QStringLiteral("/srv/kwdb.tar.gz");
    profile.backup.kind = BackupChoice::Kind::Refused;
    profile.backup.reason = QStringLiteral("test system");
    m_session->applyProfile(profile);
    const Profile again = m_session->profile();
    QCOMPARE(again.hosts, profile.hosts);
    QCOMPARE(again.package, profile.package);
    QCOMPARE(again.backup.kind, profile.backup.kind);
    QCOMPARE(again.backup.reason, profile.backup.reason);
}

void UpgradeSessionTest::hostsMarkedAsNewAreTheTargetOfTheMethod()
{
    HostDraft newHost = agentHost(QStringLiteral("10.0.0.9"));
    newHost.isNewCluster = true;
    m_session->setHosts({newHost});
    QVERIFY(!m_session->hostsAreUsable()); // whose data?
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1")), newHost});
    QVERIFY(m_session->hostsAreUsable());
    QCOMPARE(m_session->options().list(option::TargetHosts),
             QStringList{m_session->logins().at(1).spec.id()});
    QCOMPARE(m_session->oldLogins().size(), 1);
    QCOMPARE(m_session->oldLogins().first().spec.address, QStringLiteral("10.0.0.1"));
    LoginChoice defaults;
    defaults.user = QStringLiteral("root");
    defaults.port = 2022; // part of a host's id
    m_session->setDefaults(defaults);
    QCOMPARE(m_session->options().list(option::TargetHosts),
             QStringList{m_session->logins().at(1).spec.id()});
    newHost.isNewCluster = false;
    m_session->setHosts({agentHost(QStringLiteral("10.0.0.1")), newHost});
    QVERIFY(m_session->options().isEmpty());
}

void UpgradeSessionTest::aProfileMarksTheHostsItNamesAsNew()
{
    Profile profile;
    for (const char *address : {"10.0.0.1", "10.0.0.8", "10.0.0.9"}) {
        HostSpec spec;
        spec.address = QLatin1String(address);
        profile.hosts.append(spec);
    }
    profile.options.set(option::TargetHosts,
                        {QStringLiteral("10.0.0.8"), profile.hosts.at(2).id()});
    m_session->applyProfile(profile);
    QVERIFY(!m_session->hosts().at(0).isNewCluster);
    QVERIFY(m_session->hosts().at(1).isNewCluster);
    QVERIFY(m_session->hosts().at(2).isNewCluster);
    QVERIFY(m_session->profile().options == profile.options);
}

void UpgradeSessionTest::anImageIsChosenByItsNameAlone()
{
    m_session->setMethod(Method::Compose);
    MethodOptions options;
    options.setText(option::Image, QStringLiteral("kwdb/kwdb"));
    m_session->setOptions(options);
    QVERIFY(!m_session->packageIsUsable());
    QVERIFY(m_session->imageError().code != ErrorCode::None); // without a tag
    options.setText(option::Image, QStringLiteral("kwdb/kwdb:2.2.1"));
    m_session->setOptions(options);
    QVERIFY(m_session->packageIsUsable());
    QCOMPARE(m_session->package()->version.toString(), QStringLiteral("2.2.1"));
    m_session->setOptions({});
    QVERIFY(!m_session->package());
    QVERIFY(m_session->imageError().code == ErrorCode::None);
}

void UpgradeSessionTest::oneOfTheImagesInAnArchiveMustBeChosen()
{
    m_session->setMethod(Method::DockerRunInsecure);
    PackageInfo archive;
    archive.kind = PackageKind::Image;
    archive.file = QStringLiteral("/srv/images.tar");
    archive.images = {QStringLiteral("kwdb/kwdb:2.2.0"), QStringLiteral("kwdb/kwdb:2.2.1")};
    m_session->setPackage(archive);
    QVERIFY(!m_session->packageIsUsable());
    QVERIFY(m_session->imageError().code == ErrorCode::PackageAmbiguous);
    MethodOptions options;
    options.setText(option::Image, QStringLiteral("kwdb/kwdb:2.2.1"));
    m_session->setOptions(options);
    QVERIFY(m_session->packageIsUsable());
    QCOMPARE(m_session->package()->image, QStringLiteral("kwdb/kwdb:2.2.1"));
    QCOMPARE(m_session->packageFile(), archive.file);
}

void UpgradeSessionTest::anotherChoiceOfDatabasesNeedsAnotherReading()
{
    discover();
    Facts facts = clusterWithWarnings();
    facts.transfer = std::make_shared<TransferFacts>();
    m_session->setFacts(facts);
    m_session->runChecksNow();
    QVERIFY(!m_session->factsAreOutdated());
    MethodOptions options;
    options.set(option::Databases, {QStringLiteral("shop")});
    m_session->setOptions(options);
    QVERIFY(m_session->factsAreOutdated());
    QVERIFY(m_session->checks().isEmpty()); // of the old reading
    m_session->setOptions({});
    QVERIFY(!m_session->factsAreOutdated());
}

void UpgradeSessionTest::goingBackToADirectoryIsForgottenForAnUpgrade()
{
    discover();
    m_session->goBackTo(QStringLiteral("/var/backups/old"));
    QVERIFY(m_session->isGoingBack());
    QVERIFY(m_session->method() == Method::Restore);
    QVERIFY(m_session->backupIsAnswered());
    QVERIFY(!m_session->package()); // the new version's archive is not the one to install
    m_session->forgetGoingBack();
    QVERIFY(!m_session->isGoingBack());
    QVERIFY(m_session->options().isEmpty());
    m_session->setFacts(clusterWithWarnings());
    QVERIFY(m_session->method() == Method::ScriptRolling);
}

QTEST_GUILESS_MAIN(UpgradeSessionTest)
#include "tst_UpgradeSession.moc"
