#include "tests/support/FactsBuilder.h"
#include "tests/ui/WizardFixture.h"
#include "ui/models/HostTableModel.h"
#include "ui/widgets/ErrorCard.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

class PagesTest : public QObject {
    Q_OBJECT

private slots:
    void hostsAreAddedAndLoginsTypedByKeyboard();
    void aHostIsMarkedAsOneOfTheNewClusterByKeyboard();
    void anEarlierRunIsTakenBackFromTheFirstPage();
    void aPasswordIsNeverShown();
    void aHostThatCannotBeReachedKeepsDiscoverOpen();
    void aBrokenArchiveIsToldAndNextStaysOff();
    void theSettingsOfTheMethodAreShownAndKept();
    void aWarningIsAcceptedWithATypedReason();
    void aBlockedCheckKeepsTheUpgradeFromGoingOn();
    void goingWithoutABackupNeedsTheExactSentenceAndAReason();
    void theOrderOfTheNodesChangesByButtons();
    void thePlanShowsTheCommandThatWillRun();
    void hostOutputReachesTheLog();
};

void PagesTest::hostsAreAddedAndLoginsTypedByKeyboard()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Hosts);
    QVERIFY(!fixture.canGoOn());
    fixture.press(fixture.find<QWidget>("addButton"));
    QWidget *editor = QApplication::focusWidget();
    QVERIFY(qobject_cast<QLineEdit *>(editor));
    QTest::keyClicks(editor, QStringLiteral("10.0.0.7"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(fixture.session.hosts().size(), 1);
    QTRY_COMPARE(fixture.session.hosts().first().address, QStringLiteral("10.0.0.7"));
    QVERIFY(!fixture.canGoOn());
    fixture.type(fixture.find<QWidget>("defaultUserEdit"), QStringLiteral("dba"));
    QCOMPARE(fixture.session.logins().first().spec.user, QStringLiteral("dba"));
    QTRY_VERIFY(fixture.canGoOn());

    auto *table = fixture.find<QAbstractItemView>("hostsTable");
    table->setFocus();
    table->selectAll();
    auto *tabs = fixture.find<QTabWidget>("loginTabs");
    QVERIFY(tabs->isTabEnabled(1));
    tabs->setCurrentIndex(1);
    fixture.type(fixture.find<QWidget>("ownUserEdit"), QStringLiteral("root"));
    QCOMPARE(fixture.session.logins().first().spec.user, QStringLiteral("root"));
    fixture.press(fixture.find<QWidget>("removeButton"));
    QCOMPARE(fixture.session.hosts().size(), 0);
}

void PagesTest::aHostIsMarkedAsOneOfTheNewClusterByKeyboard()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Hosts);
    fixture.session.setHosts({agentHost(QStringLiteral("10.0.0.1"))});
    auto *table = fixture.find<QAbstractItemView>("hostsTable");
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, HostTableModel::Cluster));
    QTest::keyClick(table, Qt::Key_F2);
    auto *choice = table->findChild<QComboBox *>();
    QVERIFY(choice);
    QTest::keyClick(choice, Qt::Key_Down);
    QVERIFY(fixture.session.hosts().first().isNewCluster);
    QVERIFY(!fixture.canGoOn()); // whose data?
}

void PagesTest::anEarlierRunIsTakenBackFromTheFirstPage()
{
    WizardFixture fixture;
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::ColdCopy;
    backup.directory = QStringLiteral("/var/backups");
    fixture.engine.storedPlan = *buildPlan({fixture.engine.facts,
                                            Method::ScriptRolling,
                                            debPackage(),
                                            backup,
                                            {},
                                            QStringLiteral("20260101-0000-test")});
    RunSummary summary;
    summary.runId = fixture.engine.storedPlan->runId;
    summary.state = RunState::Completed;
    summary.hasColdCopies = true;
    fixture.engine.runList = {summary};
    fixture.open();
    auto *back = fixture.find<QWidget>("goBackRadio");
    QTRY_VERIFY(back->isEnabled());
    fixture.press(back);
    QTRY_VERIFY(fixture.canGoOn());
    fixture.goOn();
    QTRY_COMPARE(fixture.wizard->currentId(), int(UpgradeWizard::Hosts));
    QVERIFY(fixture.session.isGoingBack());
    QCOMPARE(fixture.session.options().text(option::BackupRun), summary.runId);
    QCOMPARE(fixture.session.hosts().size(), 3);
    fixture.wizard->back();
    QTRY_COMPARE(fixture.wizard->currentId(), int(UpgradeWizard::Start));
    fixture.press(fixture.find<QWidget>("newRadio"));
    fixture.goOn();
    QTRY_VERIFY(!fixture.session.isGoingBack());
    fixture.wizard->back();
    fixture.press(fixture.find<QWidget>("goBackToRadio"));
    QVERIFY(!fixture.canGoOn());
    fixture.type(fixture.find<QWidget>("copyDirectoryEdit"), QStringLiteral("/srv/copy"));
    QTRY_VERIFY(fixture.canGoOn());
    fixture.goOn();
    QTRY_COMPARE(fixture.session.options().text(option::BackupPath), QStringLiteral("/srv/copy"));
}

void PagesTest::aPasswordIsNeverShown()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Hosts);
    auto *password = fixture.find<QLineEdit>("defaultPasswordEdit");
    fixture.type(password, QStringLiteral("s3cret"));
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QVERIFY(!password->displayText().contains(QStringLiteral("s3cret")));
    QCOMPARE(fixture.session.defaults().secrets.password.reveal(), QByteArray("s3cret"));
}

void PagesTest::aHostThatCannotBeReachedKeepsDiscoverOpen()
{
    WizardFixture fixture;
    fixture.engine.facts = FactsBuilder::cluster().unreachable(1).facts();
    fixture.walkTo(UpgradeWizard::Discover);
    QTRY_VERIFY(fixture.session.facts());
    QVERIFY(!fixture.canGoOn());
    auto *table = fixture.find<QAbstractItemView>("factsTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    auto *card = fixture.wizard->currentPage()->findChild<ErrorCard *>();
    QTRY_VERIFY(card->isVisible());
    fixture.engine.facts = FactsBuilder::cluster().facts();
    fixture.press(fixture.find<QWidget>("readAgainButton"));
    QTRY_VERIFY(fixture.canGoOn());
}

void PagesTest::aBrokenArchiveIsToldAndNextStaysOff()
{
    WizardFixture fixture;
    fixture.engine.package = Error{ErrorCode::ArchiveTruncated, {}, {}, {}, {}, -1};
    fixture.walkTo(UpgradeWizard::Package);
    fixture.type(fixture.find<QWidget>("packageFileEdit"), QStringLiteral("/srv/cut.tar.gz\r"));
    auto *card = fixture.wizard->currentPage()->findChild<ErrorCard *>();
    QTRY_VERIFY(card->isVisible());
    QVERIFY(!fixture.canGoOn());
}

void PagesTest::theSettingsOfTheMethodAreShownAndKept()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Package);
    QVERIFY(!fixture.find<QWidget>("imageEdit"));
    fixture.session.setMethod(Method::Compose);
    auto *image = fixture.find<QWidget>("imageEdit");
    QVERIFY(image);
    QTRY_VERIFY(image->isVisible());
    QVERIFY(!image->accessibleName().isEmpty());
    fixture.type(image, QStringLiteral("kwdb/kwdb:2.2.1"));
    QCOMPARE(fixture.session.options().text(option::Image), QStringLiteral("kwdb/kwdb:2.2.1"));
    fixture.session.setMethod(Method::ScriptRolling);
    QVERIFY(!fixture.find<QWidget>("imageEdit"));
    QCOMPARE(fixture.session.options().text(option::Image), QStringLiteral("kwdb/kwdb:2.2.1"));
}

void PagesTest::aWarningIsAcceptedWithATypedReason()
{
    WizardFixture fixture;
    fixture.engine.facts = clusterWithWarnings();
    fixture.walkTo(UpgradeWizard::Checks);
    QCOMPARE(fixture.session.openFindings(), 2);
    QVERIFY(!fixture.canGoOn());
    auto *accept = fixture.find<QWidget>("acceptButton");
    QVERIFY(!accept->isEnabled());
    while (fixture.session.openFindings() > 0) {
        const int before = fixture.session.openFindings();
        auto *reason = fixture.find<QWidget>("reasonEdit");
        fixture.type(reason, QStringLiteral("Agreed with the owner"));
        fixture.press(accept);
        QCOMPARE(fixture.session.openFindings(), before - 1);
    }
    QTRY_VERIFY(fixture.canGoOn());
    QCOMPARE(fixture.session.accepted().first().reason, QStringLiteral("Agreed with the owner"));
}

void PagesTest::aBlockedCheckKeepsTheUpgradeFromGoingOn()
{
    WizardFixture fixture;
    fixture.engine.facts = FactsBuilder::cluster().nodeDown(2).facts();
    fixture.walkTo(UpgradeWizard::Checks);
    for (const CheckResult &check : QList<CheckResult>(fixture.session.checks()))
        fixture.session.acceptWarning(check, QStringLiteral("agreed"));
    QVERIFY(!fixture.canGoOn());
    fixture.engine.facts = FactsBuilder::cluster().facts();
    fixture.press(fixture.find<QWidget>("runAllButton"));
    QTRY_COMPARE(fixture.engine.seen().discoveries, 2);
    QTRY_VERIFY(fixture.find<QWidget>("runAllButton")->isEnabled());
    for (const CheckResult &check : QList<CheckResult>(fixture.session.checks()))
        fixture.session.acceptWarning(check, QStringLiteral("agreed"));
    QTRY_VERIFY(fixture.canGoOn());
}

void PagesTest::goingWithoutABackupNeedsTheExactSentenceAndAReason()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Backup);
    QVERIFY(!fixture.canGoOn());
    fixture.press(fixture.find<QWidget>("refusedRadio"));
    fixture.type(fixture.find<QWidget>("refusalReasonEdit"), QStringLiteral("test system"));
    QVERIFY(!fixture.canGoOn());
    fixture.type(fixture.find<QWidget>("phraseEdit"), QStringLiteral("i go without"));
    QVERIFY(!fixture.canGoOn());
    fixture.type(fixture.find<QWidget>("phraseEdit"), UpgradeSession::refusalPhrase());
    QTRY_VERIFY(fixture.canGoOn());
    QCOMPARE(fixture.session.backup().reason, QStringLiteral("test system"));
    fixture.type(fixture.find<QWidget>("refusalReasonEdit"), QStringLiteral(" "));
    QVERIFY(!fixture.canGoOn());
    fixture.press(fixture.find<QWidget>("namedRadio"));
    QVERIFY(!fixture.canGoOn());
    fixture.type(fixture.find<QWidget>("evidenceEdit"), QStringLiteral("tape 7, Monday"));
    QTRY_VERIFY(fixture.canGoOn());
}

void PagesTest::theOrderOfTheNodesChangesByButtons()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    auto *order = fixture.find<QListWidget>("nodeOrderList");
    QCOMPARE(order->count(), 3);
    const QString first = order->item(0)->text();
    QVERIFY(!fixture.find<QWidget>("moveUpButton")->isEnabled());
    fixture.press(fixture.find<QWidget>("moveDownButton"));
    QCOMPARE(order->item(1)->text(), first);
    QCOMPARE(fixture.session.plan()->hosts.at(1).id(), first);
    fixture.press(fixture.find<QWidget>("moveUpButton"));
    QCOMPARE(fixture.session.plan()->hosts.at(0).id(), first);
    QTRY_VERIFY(fixture.canGoOn());
}

void PagesTest::thePlanShowsTheCommandThatWillRun()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    auto *tree = fixture.find<QAbstractItemView>("planTree");
    const PlanStep *shown = nullptr;
    for (const Stage &stage : fixture.session.plan()->stages) {
        if (!stage.steps.first().script.isEmpty()) {
            shown = &stage.steps.first();
            break;
        }
    }
    QVERIFY(shown);
    const auto *text = fixture.find<QPlainTextEdit>("commandText");
    QCOMPARE(text->toPlainText().trimmed(), QString::fromUtf8(shown->script).trimmed());
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Up);
    QVERIFY(text->toPlainText().isEmpty());
}

void PagesTest::hostOutputReachesTheLog()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Upgrade);
    QTRY_VERIFY(fixture.session.runIsOver());
    const auto *log = fixture.find<QAbstractItemView>("outputLog");
    QStringList lines;
    for (int row = 0; row < log->model()->rowCount(); ++row)
        lines << log->model()->index(row, 0).data().toString();
    QVERIFY(!lines.filter(QStringLiteral("line of stop@")).isEmpty());
    const auto *nodes = fixture.find<QAbstractItemView>("liveNodesTable");
    QVERIFY(nodes);
}

QTEST_MAIN(PagesTest)
#include "tst_Pages.moc"
