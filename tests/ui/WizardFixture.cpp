#include "tests/ui/WizardFixture.h"

#include <QAbstractButton>
#include <QTest>

namespace kwup::test {

WizardFixture::WizardFixture()
{
    language.use(QStringLiteral("en"));
}

WizardFixture::~WizardFixture() = default;

void WizardFixture::open()
{
    wizard = std::make_unique<UpgradeWizard>(controllers, session, language);
    wizard->show();
    QVERIFY(QTest::qWaitForWindowActive(wizard.get()));
}

namespace {

QAbstractButton *forwardButton(const QWizard &wizard)
{
    for (const auto which : {QWizard::NextButton, QWizard::CommitButton, QWizard::FinishButton}) {
        QAbstractButton *button = wizard.button(which);
        if (button && button->isVisible())
            return button;
    }
    return nullptr;
}

} // namespace

bool WizardFixture::canGoOn() const
{
    const QAbstractButton *button = forwardButton(*wizard);
    return button && button->isEnabled();
}

void WizardFixture::goOn()
{
    press(forwardButton(*wizard));
}

void WizardFixture::press(QWidget *widget)
{
    QVERIFY(widget);
    QVERIFY2(widget->isEnabled(), qPrintable(widget->objectName()));
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_Space);
}

void WizardFixture::type(QWidget *widget, const QString &text)
{
    QVERIFY(widget);
    QVERIFY2(widget->isEnabled(), qPrintable(widget->objectName()));
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(widget, text);
}

void WizardFixture::answer(int page)
{
    switch (page) {
    case UpgradeWizard::Hosts:
        session.setHosts({agentHost(QStringLiteral("10.0.0.1")),
                          agentHost(QStringLiteral("10.0.0.2")),
                          agentHost(QStringLiteral("10.0.0.3"))});
        break;
    case UpgradeWizard::Package:
        type(find<QWidget>("packageFileEdit"), QStringLiteral("/srv/kwdb.tar.gz\r"));
        break;
    case UpgradeWizard::Checks:
        for (const CheckResult &check : QList<CheckResult>(session.checks()))
            session.acceptWarning(check, QStringLiteral("agreed"));
        break;
    case UpgradeWizard::Backup:
        press(find<QWidget>("coldCopyRadio"));
        break;
    case UpgradeWizard::Plan:
        QVERIFY(session.plan());
        if (engine.runEvents.isEmpty())
            engine.runEvents = successfulRun(*session.plan());
        if (engine.journal.isEmpty())
            engine.journal = journalOf(*session.plan(), engine.facts);
        break;
    default:
        break;
    }
}

void WizardFixture::walkTo(UpgradeWizard::Page page)
{
    if (!wizard)
        open();
    while (wizard->currentId() != page) {
        const int from = wizard->currentId();
        answer(from);
        QTRY_VERIFY2(canGoOn(), qPrintable(QString::number(from)));
        goOn();
        QTRY_VERIFY2(wizard->currentId() != from, qPrintable(QString::number(from)));
    }
}

} // namespace kwup::test
