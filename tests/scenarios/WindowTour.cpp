#include "core/ssh/SshLibrary.h"
#include "tests/scenarios/WindowRun.h"
#include "tests/ui/DarkPalette.h"

#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProgressBar>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTest>

#include <cstdio>

// A tool, not a test: drives the window over the hosts of a demo scenario
// (tests/hosts/demo/scenario up NAME DIR) from the first page to the report and saves pictures on
// the way.

using namespace kwup;
using namespace kwup::test;

namespace {

QJsonObject clusterFacts(const QString &folder)
{
    QFile file(folder + QStringLiteral("/cluster.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QList<HostLogin> loginsOf(const QJsonObject &facts)
{
    QList<HostLogin> logins;
    for (const auto value : facts[QStringLiteral("hosts")].toArray()) {
        const QJsonObject host = value.toObject();
        HostLogin login;
        login.spec.address = host[QStringLiteral("address")].toString();
        login.spec.port = static_cast<quint16>(host[QStringLiteral("port")].toInt());
        login.spec.user = host[QStringLiteral("user")].toString();
        login.spec.keyFile = host[QStringLiteral("keyFile")].toString();
        login.spec.auth = AuthMethod::KeyFile;
        logins.append(login);
    }
    return logins;
}

struct TourOptions {
    QString demo;
    QString out;
    QString package; ///< otherwise what the demo's cluster is upgraded with
    QString fault; ///< of the first host, set when the run has begun its backup
    QString backRun; ///< not empty: from the newest run
    QString method; ///< its number; empty: as proposed
    QString backTo; ///< directory of a cold copy
    QStringList options; ///< NAME=VALUE of the method's form
    bool isRefused = false; ///< no backup
};

class Tour {
public:
    Tour(WindowRun &window, const TourOptions &options)
        : m_window(window)
        , m_options(options)
        , m_cluster(clusterFacts(options.demo + QStringLiteral("/cluster")))
        , m_new(clusterFacts(options.demo + QStringLiteral("/new")))
    { }

    bool run() { return start() && examine() && decide() && upgrade() && report(); }

private:
    bool start()
    {
        if (!m_window.open())
            return false;
        if (!m_options.backRun.isEmpty() && !m_window.press("goBackRadio"))
            return false;
        if (!m_options.backTo.isEmpty()
            && !(m_window.press("goBackToRadio")
                 && m_window.type("copyDirectoryEdit", m_options.backTo)))
            return false;
        QTest::qWait(500);
        shoot("1-start");
        if (!m_window.goTo(UpgradeWizard::Hosts))
            return false;
        if (m_window.session.hosts().isEmpty()
            && !m_window.enterHosts(loginsOf(m_cluster), loginsOf(m_new)))
            return false;
        shoot("2-hosts");
        if (!m_window.goTo(UpgradeWizard::Discover)
            || !m_window.await([this] { return m_window.session.facts().has_value(); },
                               QStringLiteral("discovery")))
            return false;
        shoot("3-discover");
        if (auto *tabs = m_window.wizard().currentPage()->findChild<QTabWidget *>()) {
            tabs->setCurrentIndex(1);
            shoot("3-methods");
        }
        return chooseMethod();
    }

    /// By the keys an operator would use.
    bool chooseMethod()
    {
        auto *combo = m_window.find<QComboBox>("methodCombo");
        if (m_options.method.isEmpty())
            return true;
        const int row = combo->findData(m_options.method.toInt());
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_Home);
        for (int i = 0; i < row; ++i)
            QTest::keyClick(combo, Qt::Key_Down);
        shoot("3-chosen");
        return row >= 0 && static_cast<int>(m_window.session.method()) == m_options.method.toInt();
    }

    bool examine()
    {
        if (!m_window.goTo(UpgradeWizard::Package))
            return false;
        for (const QString &option : m_options.options) {
            const QByteArray name = option.section(u'=', 0, 0).toUtf8() + "Edit";
            const QByteArray check = option.section(u'=', 0, 0).toUtf8() + "Check";
            const bool isFlag = m_window.find<QWidget>(check.constData());
            if (isFlag ? !m_window.press(check.constData())
                       : !m_window.type(name.constData(), option.section(u'=', 1)))
                return false;
        }
        const QString package = m_options.package.isEmpty()
            ? m_cluster[QStringLiteral("package")].toString()
            : m_options.package;
        const bool isNeeded = m_new.isEmpty() && package != QStringLiteral("-");
        if (isNeeded && !m_window.enterPackage(package))
            return false;
        shoot("4-package");
        if (!m_window.goTo(UpgradeWizard::Checks)
            || !m_window.await([this] { return !m_window.session.checks().isEmpty(); },
                               QStringLiteral("checks")))
            return false;
        QTest::qWait(3000); // the status tables
        shoot("5-checks");
        return m_window.acceptWarnings(QStringLiteral("agreed"));
    }

    bool decide()
    {
        if (!m_window.goTo(UpgradeWizard::Backup))
            return false;
        const bool isAnswered = m_window.session.backupIsAnswered();
        if (!isAnswered
            && !(m_options.isRefused ? m_window.refuseBackup(QStringLiteral("demo"))
                                     : m_window.press("coldCopyRadio")))
            return false;
        shoot("6-backup");
        if (!m_window.goTo(UpgradeWizard::Plan))
            return false;
        shoot("7-plan");
        return true;
    }

    bool upgrade()
    {
        if (!m_window.goTo(UpgradeWizard::Upgrade))
            return false;
        auto *bar = m_window.find<QProgressBar>("runProgress");
        int shown = 0;
        const auto meanwhile = [&] {
            if (!m_options.fault.isEmpty() && bar->value() > 0)
                setFault(true);
            if (bar->value() / 30 > shown)
                shoot(qPrintable(QStringLiteral("8-run%1").arg(shown = bar->value() / 30)));
        };
        if (!m_window.awaitRun(meanwhile, 600))
            return false;
        if (!m_window.isAsked())
            return true;
        QTest::qWait(300);
        shoot("8-failure");
        setFault(false);
        std::printf("choices: %s\n", qPrintable(m_window.choices().join(u' ')));
        if (!m_window.press("go-backButton"))
            return false;
        QTest::qWait(1500);
        shoot("8-goes-back");
        return m_window.awaitRun({}, 600);
    }

    bool report()
    {
        shoot("8-over");
        if (!m_window.goTo(UpgradeWizard::Report))
            return false;
        QTest::qWait(1000);
        shoot("9-report");
        if (auto *tabs = m_window.wizard().currentPage()->findChild<QTabWidget *>())
            tabs->setCurrentIndex(1);
        shoot("9-steps");
        return true;
    }

    void setFault(bool isSet)
    {
        if (m_options.fault.isEmpty() || m_isFaulty == isSet)
            return;
        m_isFaulty = isSet;
        const QString root = m_cluster[QStringLiteral("hosts")]
                                 .toArray()
                                 .first()
                                 .toObject()[QStringLiteral("root")]
                                 .toString();
        QFile file(root + QStringLiteral("/etc/kwsim/fault/") + m_options.fault);
        if (!isSet)
            file.remove();
        else if (file.open(QIODevice::WriteOnly))
            file.write("1");
        else
            std::printf("cannot write %s\n", qPrintable(file.fileName()));
    }

    void shoot(const char *name)
    {
        QTest::qWait(300);
        const QString file = m_options.out + QLatin1String(name) + QStringLiteral(".png");
        m_window.wizard().grab().save(file);
        std::printf("%s\n", qPrintable(file));
        std::fflush(stdout);
    }

    WindowRun &m_window;
    TourOptions m_options;
    QJsonObject m_cluster;
    QJsonObject m_new;
    bool m_isFaulty = false;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const SshLibrary library;
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption demo(QStringLiteral("demo"), {}, QStringLiteral("directory"));
    const QCommandLineOption out(QStringLiteral("out"), {}, QStringLiteral("prefix"));
    const QCommandLineOption language(QStringLiteral("language"), {}, QStringLiteral("code"));
    const QCommandLineOption package(QStringLiteral("package"), {}, QStringLiteral("file"));
    const QCommandLineOption option(QStringLiteral("option"), {}, QStringLiteral("name=value"));
    const QCommandLineOption fault(QStringLiteral("fault"), {}, QStringLiteral("name"));
    const QCommandLineOption back(QStringLiteral("back"), {}, QStringLiteral("run"));
    const QCommandLineOption method(QStringLiteral("method"), {}, QStringLiteral("number"));
    const QCommandLineOption backTo(QStringLiteral("back-to"), {}, QStringLiteral("directory"));
    const QCommandLineOption refused(QStringLiteral("no-backup"));
    const QCommandLineOption dark(QStringLiteral("dark"));
    parser.addOptions(
        {demo, out, language, package, option, fault, back, method, backTo, refused, dark});
    parser.process(app);
    if (parser.isSet(dark)) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("fusion")));
        QApplication::setPalette(darkPalette());
    }
    TourOptions options;
    options.demo = parser.value(demo);
    options.out = parser.value(out);
    options.package = parser.value(package);
    options.fault = parser.value(fault);
    options.backRun = parser.value(back);
    options.method = parser.value(method);
    options.backTo = parser.value(backTo);
    options.options = parser.values(option);
    options.isRefused = parser.isSet(refused);
    WindowRun window(options.demo + QStringLiteral("/data"),
                     options.demo + QStringLiteral("/known_hosts"), {});
    if (parser.isSet(language))
        window.language.use(parser.value(language));
    const bool done = Tour(window, options).run();
    if (!done)
        std::printf("%s\n", qPrintable(window.problem()));
    window.wizard().grab().save(options.out + QStringLiteral("end.png"));
    return done && window.session.runState() == RunState::Completed ? 0 : 1;
}
