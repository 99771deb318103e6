#include "tests/support/FactsBuilder.h"
#include "tests/ui/WizardFixture.h"
#include "ui/widgets/ErrorCard.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QTest>

using namespace kwup;
using namespace kwup::test;

class WizardWalkTest : public QObject {
    Q_OBJECT

private slots:
    void aNewUpgradeGoesThroughAllNinePages();
    void everyFocusableWidgetHasAnAccessibleName();
    void theLanguageSwitchesOnEveryPage();
    void anUnfinishedRunGoesFromTheHostsToTheUpgrade();
    void aReportOpensAtOnce();
    void aFailureShowsItsCardAndRetryGoesOn();
    void pausingAndStoppingReachTheRun();
    void closingDuringARunAsksFirst();
    void closingAfterThisStepEndsTheRunAndTheWindow();
    void thereIsNoWayBackOnceTheRunHasStarted();
    void neitherClosingNorRestartingStartsARun();
    void unknownKeysAreConfirmedByKeyboard();
};

void WizardWalkTest::aNewUpgradeGoesThroughAllNinePages()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Report);
    QCOMPARE(fixture.engine.seen().runsStarted, 1);
    QCOMPARE(fixture.engine.seen().discoveries, 1);
    QVERIFY(fixture.session.runState() == RunState::Completed);
    QCOMPARE(fixture.find<QProgressBar>("runProgress")->value(), 100);
    auto *hosts = fixture.find<QAbstractItemView>("beforeAfterTable");
    QTRY_COMPARE(hosts->model()->rowCount(), 3);
    fixture.goOn();
    QTRY_VERIFY(!fixture.wizard->isVisible());
}

namespace {

bool isPart(const QWidget *widget)
{
    // Parts of other widgets are announced with their owner.
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
    const bool isViewport = area && area->viewport() == widget;
    const QWidget *parent = widget->parentWidget();
    const bool isPopup = parent && parent->inherits("QComboBoxPrivateContainer");
    const auto *label = qobject_cast<const QLabel *>(widget);
    const bool isEmptyText = label && label->text().isEmpty();
    return isViewport || isPopup || isEmptyText
        || widget->objectName().startsWith(QLatin1String("qt_"))
        || qobject_cast<const QScrollBar *>(widget)
        || qobject_cast<const QLineEdit *>(widget->focusProxy());
}

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    if (!interface)
        return {};
    if (qobject_cast<QComboBox *>(widget)) {
        const auto labels = interface->relations(QAccessible::Label);
        return labels.isEmpty() ? QString() : labels.first().first->text(QAccessible::Name);
    }
    return interface->text(QAccessible::Name);
}

QStringList namelessOn(QWidget *page)
{
    QStringList nameless;
    for (QWidget *widget : page->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || isPart(widget) || !nameOf(widget).isEmpty())
            continue;
        nameless << QStringLiteral("%1 (%2)").arg(QLatin1String(widget->metaObject()->className()),
                                                  widget->objectName());
    }
    return nameless;
}

} // namespace

void WizardWalkTest::everyFocusableWidgetHasAnAccessibleName()
{
    WizardFixture fixture;
    fixture.open();
    for (int id = UpgradeWizard::Start; id <= UpgradeWizard::Report; ++id) {
        fixture.walkTo(static_cast<UpgradeWizard::Page>(id));
        const QStringList nameless = namelessOn(fixture.wizard->currentPage());
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }
}

void WizardWalkTest::theLanguageSwitchesOnEveryPage()
{
    WizardFixture fixture;
    fixture.open();
    for (int id = UpgradeWizard::Start; id <= UpgradeWizard::Report; ++id) {
        fixture.walkTo(static_cast<UpgradeWizard::Page>(id));
        const QString english = fixture.wizard->currentPage()->title();
        fixture.language.use(QStringLiteral("zh_CN"));
        QTRY_VERIFY2(fixture.wizard->currentPage()->title() != english, qPrintable(english));
        fixture.language.use(QStringLiteral("en"));
        QTRY_COMPARE(fixture.wizard->currentPage()->title(), english);
    }
}

void WizardWalkTest::anUnfinishedRunGoesFromTheHostsToTheUpgrade()
{
    WizardFixture fixture;
    Facts facts = fixture.engine.facts;
    BackupChoice backup;
    backup.kind = BackupChoice::Kind::Named;
    backup.evidence = QStringLiteral("tape 7");
    const Plan plan = *buildPlan({facts,
                                  Method::ScriptRolling,
                                  debPackage(),
                                  backup,
                                  {},
                                  QStringLiteral("20260101-0000-test")});
    fixture.engine.storedPlan = plan;
    for (HostSpec &spec : fixture.engine.storedPlan->hosts)
        spec.user = QStringLiteral("root");
    fixture.engine.runEvents = successfulRun(plan);
    RunSummary summary;
    summary.runId = plan.runId;
    summary.state = RunState::Running;
    fixture.engine.runList = {summary};
    fixture.open();
    auto *resume = fixture.find<QWidget>("resumeRadio");
    QTRY_VERIFY(resume->isEnabled());
    fixture.press(resume);
    QTRY_VERIFY(fixture.canGoOn());
    fixture.goOn();
    QTRY_COMPARE(fixture.wizard->currentId(), int(UpgradeWizard::Hosts));
    QCOMPARE(fixture.session.hosts().size(), 3);
    QTRY_VERIFY(fixture.canGoOn());
    fixture.goOn();
    QTRY_COMPARE(fixture.wizard->currentId(), int(UpgradeWizard::Upgrade));
    QTRY_VERIFY(fixture.session.runIsOver());
    QCOMPARE(fixture.engine.seen().runsResumed, 1);
    QCOMPARE(fixture.engine.seen().runsStarted, 0);
}

void WizardWalkTest::aReportOpensAtOnce()
{
    WizardFixture fixture;
    RunSummary summary;
    summary.runId = QStringLiteral("old");
    summary.state = RunState::Completed;
    fixture.engine.runList = {summary};
    fixture.open();
    auto *report = fixture.find<QWidget>("reportRadio");
    QTRY_VERIFY(report->isEnabled());
    QVERIFY(!fixture.find<QWidget>("resumeRadio")->isEnabled());
    fixture.press(report);
    QTRY_VERIFY(fixture.canGoOn());
    fixture.goOn();
    QTRY_COMPARE(fixture.wizard->currentId(), int(UpgradeWizard::Report));
    // The journal of that run is gone: told, and nothing can be saved.
    auto *page = fixture.wizard->currentPage();
    QTRY_VERIFY(page->findChild<ErrorCard *>()->isVisible());
    QVERIFY(!fixture.find<QWidget>("saveHtmlButton")->isEnabled());
}

void WizardWalkTest::aFailureShowsItsCardAndRetryGoesOn()
{
    WizardFixture fixture;
    RunEvent event;
    event.kind = RunEvent::Kind::DecisionNeeded;
    event.decision.error = {ErrorCode::StartFailed,
                            QStringLiteral("10.0.0.1"),
                            {},
                            "raw evidence",
                            QStringLiteral("systemctl start kaiwudb"),
                            1};
    event.decision.choices = {Choice::Retry, Choice::StopHere};
    fixture.engine.runEvents = {event};
    fixture.walkTo(UpgradeWizard::Upgrade);
    auto *card = fixture.wizard->currentPage()->findChild<ErrorCard *>();
    QTRY_VERIFY(card->isVisible());
    auto *raw = card->findChild<QWidget *>(QStringLiteral("rawText"));
    QVERIFY(!raw->isVisible());
    fixture.press(card->findChild<QWidget *>(QStringLiteral("rawTextButton")));
    QVERIFY(raw->isVisible());
    QTest::keyClick(raw, Qt::Key_Tab);
    fixture.press(fixture.find<QPushButton>("retryButton"));
    QTRY_VERIFY(!card->isVisible());
    QTRY_VERIFY(fixture.session.runState() == RunState::Completed);
    QVERIFY(fixture.engine.seen().choices == QList<Choice>{Choice::Retry});
}

void WizardWalkTest::pausingAndStoppingReachTheRun()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    fixture.engine.hold();
    fixture.walkTo(UpgradeWizard::Upgrade);
    QTRY_VERIFY(fixture.find<QWidget>("pauseButton")->isEnabled());
    fixture.press(fixture.find<QWidget>("pauseButton"));
    QVERIFY(fixture.engine.seen().paused);
    fixture.press(fixture.find<QWidget>("pauseButton"));
    QVERIFY(!fixture.engine.seen().paused);
    fixture.press(fixture.find<QWidget>("stopAfterNodeButton"));
    QVERIFY(fixture.engine.seen().stopAfterNode);
    QVERIFY(!fixture.find<QWidget>("stopAfterNodeButton")->isEnabled());
    fixture.engine.release();
    QTRY_VERIFY(fixture.session.runIsOver());
    QVERIFY(!fixture.find<QWidget>("pauseButton")->isEnabled());
}

void WizardWalkTest::closingDuringARunAsksFirst()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    fixture.engine.hold();
    fixture.walkTo(UpgradeWizard::Upgrade);
    QTRY_COMPARE(fixture.engine.seen().runsStarted, 1);
    fixture.wizard->close();
    auto *question = fixture.find<QMessageBox>("closeQuestion");
    QVERIFY(question);
    QVERIFY(fixture.wizard->isVisible());
    QTest::keyClick(question, Qt::Key_Escape);
    QTRY_VERIFY(!fixture.find<QMessageBox>("closeQuestion"));
    QVERIFY(fixture.wizard->isVisible());
    QVERIFY(fixture.session.runIsActive());
    fixture.engine.release();
    QTRY_VERIFY(fixture.session.runIsOver());
}

void WizardWalkTest::closingAfterThisStepEndsTheRunAndTheWindow()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    fixture.engine.hold();
    fixture.walkTo(UpgradeWizard::Upgrade);
    QTRY_COMPARE(fixture.engine.seen().runsStarted, 1);
    QTest::keyClick(fixture.wizard.get(), Qt::Key_Escape);
    auto *question = fixture.find<QMessageBox>("closeQuestion");
    QVERIFY(question);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::ActionRole)
            fixture.press(button);
    }
    QTRY_VERIFY(!fixture.wizard->isVisible());
    QVERIFY(fixture.engine.seen().stopAfterStep);
}

void WizardWalkTest::thereIsNoWayBackOnceTheRunHasStarted()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Upgrade);
    QVERIFY(!fixture.wizard->button(QWizard::BackButton)->isEnabled());
}

void WizardWalkTest::neitherClosingNorRestartingStartsARun()
{
    WizardFixture fixture;
    fixture.walkTo(UpgradeWizard::Plan);
    fixture.walkTo(UpgradeWizard::Report);
    QCOMPARE(fixture.engine.seen().runsStarted, 1);
    fixture.wizard->restart();
    fixture.wizard.reset();
    QCOMPARE(fixture.engine.seen().runsStarted, 1);

    WizardFixture planned;
    planned.walkTo(UpgradeWizard::Plan);
    QVERIFY(planned.session.planIsReady());
    planned.wizard.reset();
    QCOMPARE(planned.engine.seen().runsStarted, 0);
}

void WizardWalkTest::unknownKeysAreConfirmedByKeyboard()
{
    WizardFixture fixture;
    fixture.engine.unknownKey = ConnectPrompts::UnknownKey{
        QStringLiteral("10.0.0.1"), QStringLiteral("ssh-ed25519"), QStringLiteral("SHA256:abc")};
    fixture.walkTo(UpgradeWizard::Discover);
    auto *table = fixture.find<QTableWidget>("fingerprintTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->item(0, 2)->text(), QStringLiteral("SHA256:abc"));
    fixture.press(fixture.find<QWidget>("trustButton"));
    QTRY_VERIFY(fixture.session.facts());
    QVERIFY(fixture.engine.keyWasTrusted);
    QVERIFY(!table->isVisible());
}

QTEST_MAIN(WizardWalkTest)
#include "tst_WizardWalk.moc"
