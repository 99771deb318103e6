#pragma once

#include "core/ssh/SshConnector.h"
#include "ui/controllers/CoreEngine.h"
#include "ui/wizard/Language.h"
#include "ui/wizard/UpgradeSession.h"
#include "ui/wizard/UpgradeWizard.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace kwup::test {

/// The window as its program builds it, on real hosts, used as an operator does: keys and texts go
/// to its widgets, nothing is set behind their back. All waits are for a condition; false: it did
/// not come true, problem() tells where. GUI thread.
class WindowRun final {
public:
    /// Runs are kept below `dataDirectory`.
    WindowRun(const QString &dataDirectory, const QString &knownHosts, const Timeouts &timeouts);
    ~WindowRun();
    Q_DISABLE_COPY_MOVE(WindowRun)

    Language language; ///< English at first
    UpgradeSession session;

    bool open();
    UpgradeWizard &wizard() { return *m_wizard; }
    const QString &problem() const { return m_problem; }

    template <typename T>
    T *find(const char *objectName) const
    {
        return m_wizard->findChild<T *>(QLatin1String(objectName));
    }
    bool await(const std::function<bool()> &condition, const QString &what, int seconds = 60);
    bool press(const char *objectName); ///< awaits that it can be pressed
    bool type(const char *objectName, const QString &text);
    bool goOn(); ///< awaits Next (Commit, Finish), presses it, awaits another page
    bool goTo(UpgradeWizard::Page page);

    /// On the page Hosts: pastes the list, gives the key of each host, marks the new cluster's.
    bool enterHosts(const QList<HostLogin> &hosts, const QList<HostLogin> &newCluster = {});
    bool enterPackage(const QString &file); ///< on the page Package; awaits that it is read
    bool acceptWarnings(const QString &reason); ///< on the page Checks, one after the other
    bool refuseBackup(const QString &reason); ///< on the page Backup
    /// On the page Upgrade: until the run is over, or waits for an answer.
    bool awaitRun(const std::function<void()> &meanwhile = {}, int seconds = 300);
    bool isAsked() const; ///< a failed step waits for an answer
    QStringList choices() const; ///< names of the answers that are offered

private:
    QString where() const;

    QString m_problem;
    SshConnector m_connector;
    CoreEngine m_engine;
    Controllers m_controllers;
    std::unique_ptr<UpgradeWizard> m_wizard;
};

} // namespace kwup::test
