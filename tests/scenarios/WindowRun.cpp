#include "tests/scenarios/WindowRun.h"

#include "core/run/RestorePoints.h"
#include "ui/models/HostTableModel.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/StatusLabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QInputDialog>
#include <QInputMethodEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

#include <algorithm>

namespace kwup::test {

namespace {

using namespace std::chrono_literals;

SshConfig configOf(const QString &knownHosts, const QString &directory)
{
    SshConfig config;
    config.userKnownHostsFile = knownHosts;
    config.ownKnownHostsFile = directory + QStringLiteral("/known_hosts");
    config.connectTimeout = 15s;
    config.keepalive = 1s;
    return config;
}

QAbstractButton *forwardButton(const QWizard &wizard)
{
    for (const auto which : {QWizard::NextButton, QWizard::CommitButton, QWizard::FinishButton}) {
        QAbstractButton *button = wizard.button(which);
        if (button && button->isVisible())
            return button;
    }
    return nullptr;
}

void pressKey(QWidget *widget)
{
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_Space);
}

} // namespace

WindowRun::WindowRun(const QString &dataDirectory, const QString &knownHosts,
                     const Timeouts &timeouts)
    : m_connector(configOf(knownHosts, dataDirectory))
    , m_engine(m_connector, RunStore(dataDirectory + QStringLiteral("/runs")), timeouts)
    , m_controllers(m_engine, session)
{
    language.use(QStringLiteral("en"));
    session.setTimeouts(timeouts);
    const RunStore store(dataDirectory + QStringLiteral("/runs"));
    session.setRestorePoints([store](const MethodOptions &given, const QList<HostSpec> &hosts) {
        return restorePointOf(store, given, hosts);
    });
}

WindowRun::~WindowRun() = default;

bool WindowRun::open()
{
    m_wizard = std::make_unique<UpgradeWizard>(m_controllers, session, language);
    m_wizard->show();
    return await([this] { return m_wizard->isVisible(); }, QStringLiteral("the window"));
}

QString WindowRun::where() const
{
    QStringList parts{m_wizard->currentPage()->title()};
    for (const StatusLabel *label : m_wizard->currentPage()->findChildren<StatusLabel *>()) {
        for (const QLabel *text : label->findChildren<QLabel *>()) {
            if (text->isVisible() && !text->text().isEmpty())
                parts << text->text();
        }
    }
    for (const CheckResult &check : session.checks()) {
        if (check.status == CheckStatus::Blocked || check.status == CheckStatus::Warning)
            parts << check.id + u' ' + check.host + u' ' + describe(check);
    }
    if (session.planError().code != ErrorCode::None)
        parts << describe(session.planError());
    return parts.join(QStringLiteral(" | "));
}

bool WindowRun::await(const std::function<bool()> &condition, const QString &what, int seconds)
{
    if (QTest::qWaitFor(condition, seconds * 1000))
        return true;
    m_problem = QStringLiteral("waited for %1: %2").arg(what, where());
    return false;
}

bool WindowRun::press(const char *objectName)
{
    const auto ready = [&] {
        const auto *widget = find<QWidget>(objectName);
        return widget && widget->isVisible() && widget->isEnabled();
    };
    if (!await(ready, QLatin1String(objectName)))
        return false;
    pressKey(find<QWidget>(objectName));
    return true;
}

bool WindowRun::type(const char *objectName, const QString &text)
{
    const auto ready = [&] {
        const auto *widget = find<QWidget>(objectName);
        return widget && widget->isVisible() && widget->isEnabled();
    };
    if (!await(ready, QLatin1String(objectName)))
        return false;
    auto *widget = find<QWidget>(objectName);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    const bool isOnKeys =
        std::ranges::all_of(text, [](QChar character) { return character.unicode() < 128; });
    if (isOnKeys) {
        QTest::keyClicks(widget, text);
        return true;
    }
    QInputMethodEvent event;
    event.setCommitString(text); // as an input method for Chinese does
    return QCoreApplication::sendEvent(widget, &event);
}

bool WindowRun::goOn()
{
    const int from = m_wizard->currentId();
    const auto ready = [this] {
        const QAbstractButton *button = forwardButton(*m_wizard);
        return button && button->isEnabled();
    };
    if (!await(ready, QStringLiteral("the button of the next page")))
        return false;
    pressKey(forwardButton(*m_wizard));
    return await([&] { return m_wizard->currentId() != from; }, QStringLiteral("the next page"));
}

bool WindowRun::goTo(UpgradeWizard::Page page)
{
    while (m_wizard->currentId() != page) {
        if (!goOn())
            return false;
    }
    return true;
}

bool WindowRun::enterHosts(const QList<HostLogin> &hosts, const QList<HostLogin> &newCluster)
{
    const QList<HostLogin> all = hosts + newCluster;
    QStringList lines;
    for (const HostLogin &login : all) {
        const HostSpec &spec = login.spec;
        lines << QStringLiteral("%1@%2:%3").arg(spec.user, spec.address).arg(spec.port);
    }
    if (!press("pasteButton"))
        return false;
    const auto dialog = [this] { return m_wizard->findChild<QInputDialog *>(); };
    if (!await([&] { return dialog() && dialog()->isVisible(); }, QStringLiteral("a dialog")))
        return false;
    auto *edit = dialog()->findChild<QPlainTextEdit *>();
    edit->setFocus();
    QTest::keyClicks(edit, lines.join(u' '));
    dialog()->accept();
    auto *table = find<QAbstractItemView>("hostsTable");
    if (!await([&] { return table->model()->rowCount() == all.size(); }, QStringLiteral("rows")))
        return false;
    auto *authentication = find<QComboBox>("defaultAuthCombo");
    authentication->setFocus();
    QTest::keyClick(authentication, Qt::Key_Down); // from the agent to the key file
    // What the editors of the cells hand to the table.
    const auto enter = [table](int row, int column, const QVariant &value) {
        table->model()->setData(table->model()->index(row, column), value, Qt::EditRole);
    };
    for (int row = 0; row < all.size(); ++row) {
        enter(row, HostTableModel::KeyFile, all.at(row).spec.keyFile);
        if (row >= hosts.size())
            enter(row, HostTableModel::Cluster, 1);
    }
    return true;
}

bool WindowRun::enterPackage(const QString &file)
{
    if (!type("packageFileEdit", file))
        return false;
    QTest::keyClick(find<QWidget>("packageFileEdit"), Qt::Key_Return);
    return await([this] { return session.packageIsUsable(); }, QStringLiteral("the archive"), 120);
}

bool WindowRun::acceptWarnings(const QString &reason)
{
    for (int open = session.openFindings(); open > 0; open = session.openFindings()) {
        if (!type("reasonEdit", reason) || !press("acceptButton"))
            return false;
        if (!await([&] { return session.openFindings() < open; }, QStringLiteral("acceptance")))
            return false;
    }
    return true;
}

bool WindowRun::refuseBackup(const QString &reason)
{
    return press("refusedRadio") && type("phraseEdit", UpgradeSession::refusalPhrase())
        && type("refusalReasonEdit", reason);
}

bool WindowRun::awaitRun(const std::function<void()> &meanwhile, int seconds)
{
    const auto over = [&] {
        if (meanwhile)
            meanwhile();
        return isAsked() || session.runIsOver();
    };
    return await(over, QStringLiteral("the end of the run"), seconds);
}

bool WindowRun::isAsked() const
{
    return session.runState() == RunState::Deciding && !choices().isEmpty();
}

QStringList WindowRun::choices() const
{
    QStringList names;
    const auto *page = m_wizard->currentPage();
    for (const ErrorCard *card : page->findChildren<ErrorCard *>()) {
        for (const QAbstractButton *button : card->findChildren<QAbstractButton *>()) {
            const QString name = button->objectName();
            if (button->isVisible() && name != QStringLiteral("rawTextButton"))
                names << name.chopped(QStringLiteral("Button").size());
        }
    }
    return names;
}

} // namespace kwup::test
