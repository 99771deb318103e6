#include "tests/scenarios/ScenarioRun.h"
#include "tests/scenarios/WindowRun.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QTest>

#include <algorithm>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// Whole upgrades by the window's own widgets, on demo hosts, from the first page to the report.
class WindowMethods final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_data = std::make_unique<QTemporaryDir>(); }

    void aFailedComposeUpgradeGoesBackByTheChoiceOfItsCard()
    {
        DemoCluster cluster({.mode = u"single"_s, .nodes = 1, .deployment = u"compose"_s});
        QVERIFY2(cluster.problem().isEmpty(), qPrintable(cluster.problem()));
        WindowRun window(m_data->path(), cluster.knownHosts(), shortTimeouts(cluster.timeScale()));
        QVERIFY2(window.open() && enterAndExamine(window, cluster.logins())
                     && window.enterPackage(cluster.archive()) && planWithColdCopy(window),
                 qPrintable(window.problem()));
        cluster.fault(1, u"die-after-start"_s, u"1"_s);
        QVERIFY2(window.goTo(UpgradeWizard::Upgrade) && window.awaitRun(),
                 qPrintable(window.problem()));
        QVERIFY(window.isAsked());
        QVERIFY2(window.choices().contains(u"go-back"_s), qPrintable(window.choices().join(u' ')));
        cluster.clear(1, u"die-after-start"_s);
        QVERIFY2(window.press("go-backButton")
                     && window.await([&] { return !window.isAsked(); }, u"the answer"_s)
                     && window.awaitRun() && window.goTo(UpgradeWizard::Report),
                 qPrintable(window.problem()));
        QVERIFY(window.session.runState() == RunState::Failed);
        QCOMPARE(cluster.end(1).build, u"V2.2.0"_s);
        QTRY_VERIFY(shows(window, u"the old version is in place again"_s));
    }

    void aFinishedUpgradeIsTakenBackFromItsReport()
    {
        DemoCluster cluster({.mode = u"single"_s, .nodes = 1});
        QVERIFY2(cluster.problem().isEmpty(), qPrintable(cluster.problem()));
        QCOMPARE(cluster.restore(), QString());
        WindowRun window(m_data->path(), cluster.knownHosts(), shortTimeouts(cluster.timeScale()));
        QVERIFY2(window.open() && enterAndExamine(window, cluster.logins())
                     && window.enterPackage(cluster.archive()) && planWithColdCopy(window)
                     && window.goTo(UpgradeWizard::Upgrade) && window.awaitRun()
                     && window.goTo(UpgradeWizard::Report),
                 qPrintable(window.problem()));
        QVERIFY(window.session.runState() == RunState::Completed);
        QCOMPARE(cluster.end(1).version, u"2.2.1"_s);

        QVERIFY2(
            window.press("goBackButton")
                && window.await([&] { return window.wizard().currentId() == UpgradeWizard::Hosts; },
                                u"the hosts of that run"_s)
                && window.goTo(UpgradeWizard::Package)
                && window.enterPackage(cluster.archive(u"2.2.0"_s))
                && window.goTo(UpgradeWizard::Checks) && window.acceptWarnings(u"agreed"_s)
                && window.goTo(UpgradeWizard::Upgrade) && window.awaitRun()
                && window.goTo(UpgradeWizard::Report),
            qPrintable(window.problem()));
        QVERIFY(window.session.method() == Method::Restore);
        QVERIFY(window.session.runState() == RunState::Completed);
        QCOMPARE(cluster.end(1).version, u"2.2.0"_s);
        QTRY_VERIFY(shows(window, u"The old version is back"_s));
    }

    void dataMovesToAClusterThatIsMarkedAsNew()
    {
        DemoCluster old({.mode = u"single"_s, .nodes = 1, .version = u"2.1.0"_s});
        DemoCluster fresh({.mode = u"single"_s, .nodes = 1, .version = u"2.2.1"_s});
        QVERIFY2(old.problem().isEmpty(), qPrintable(old.problem()));
        QVERIFY2(fresh.problem().isEmpty(), qPrintable(fresh.problem()));
        QCOMPARE(old.seedData(), QString());
        WindowRun window(m_data->path(), bothKnownHosts(old, fresh),
                         shortTimeouts(old.timeScale()));
        QVERIFY2(window.open() && enterAndExamine(window, old.logins(), fresh.logins())
                     && window.goTo(UpgradeWizard::Checks) && window.acceptWarnings(u"agreed"_s)
                     && window.goTo(UpgradeWizard::Backup)
                     && window.refuseBackup(u"the old cluster stays"_s)
                     && window.goTo(UpgradeWizard::Upgrade) && window.awaitRun()
                     && window.goTo(UpgradeWizard::Report),
                 qPrintable(window.problem()));
        QVERIFY(window.session.method() == Method::ExportImport);
        QVERIFY(window.session.runState() == RunState::Completed);
        const auto *tables = window.find<QAbstractItemView>("movedTable");
        QTRY_VERIFY(tables->model()->rowCount() > 3);
        QVERIFY(tables->isVisible());
        const QString orders = u"SELECT id, customer, amount FROM shop.orders ORDER BY id"_s;
        QVERIFY(old.sql(orders).count('\n') > 1);
        QCOMPARE(fresh.sql(orders), old.sql(orders));
    }

private:
    static bool enterAndExamine(WindowRun &window, const QList<HostLogin> &hosts,
                                const QList<HostLogin> &newCluster = {})
    {
        return window.goTo(UpgradeWizard::Hosts) && window.enterHosts(hosts, newCluster)
            && window.goTo(UpgradeWizard::Package);
    }

    static bool planWithColdCopy(WindowRun &window)
    {
        return window.goTo(UpgradeWizard::Checks) && window.acceptWarnings(u"agreed"_s)
            && window.goTo(UpgradeWizard::Backup) && window.press("coldCopyRadio")
            && window.goTo(UpgradeWizard::Plan);
    }

    static bool shows(const WindowRun &window, const QString &words)
    {
        const auto labels =
            window.find<QWidget>("saveHtmlButton")->parentWidget()->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    }

    QString bothKnownHosts(const DemoCluster &one, const DemoCluster &other) const
    {
        QFile both(m_data->filePath(u"both_known_hosts"_s));
        if (!both.open(QIODevice::WriteOnly))
            return {};
        for (const DemoCluster *cluster : {&one, &other}) {
            QFile file(cluster->knownHosts());
            if (file.open(QIODevice::ReadOnly))
                both.write(file.readAll());
        }
        return both.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_data;
};

} // namespace kwup::test

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    kwup::test::WindowMethods test;
    return kwup::test::runScenarios(test, argc, argv);
}

#include "tst_WindowMethods.moc"
