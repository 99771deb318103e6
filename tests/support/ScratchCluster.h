#pragma once

#include "core/discover/Facts.h"
#include "core/kwdb/KwbaseCli.h"
#include "core/package/PackageInfo.h"
#include "core/remote/HostPool.h"
#include "core/run/Timeouts.h"
#include "tests/support/FakeHost.h"

#include <QMutex>
#include <QTemporaryDir>

namespace kwup::test {

/// KWDB hosts for tests of the engine: every script, and every detached job, is really run by sh,
/// with the host's file tree below a scratch directory (absolute paths of KWDB and of the program
/// are rewritten) and look-alikes of systemctl, dpkg-query, dpkg, kwbase, curl and of the vendor's
/// script first in PATH (tests/data/scratch-host). Counts what matters: stops, starts, upgrades.
/// Runs as an ordinary user; no network.
///
/// The look-alikes keep the manners that hurt: stale replica metrics after a change, a started
/// service that dies, exit code 0 without work, an orphan that holds standard output open.
class ScratchCluster {
public:
    explicit ScratchCluster(int nodes, RunType runType = RunType::MultiReplication);
    /// The one that another process has made in `directory` and still owns.
    ScratchCluster(int nodes, const QString &directory);
    ~ScratchCluster();
    Q_DISABLE_COPY_MOVE(ScratchCluster)

    bool isValid() const;
    int size() const { return m_nodes; }
    QString hostId(int index) const; ///< 10.0.0.1, …
    QString root(int index) const; ///< file tree of a host
    QString directory() const { return m_directory; }
    /// `package` is a real .tar.gz that holds a look-alike of the vendor's release.
    PackageInfo package() const { return m_package; }
    /// The same of the installed version.
    PackageInfo oldPackage() const { return m_oldPackage; }
    Facts facts() const;
    QHash<QString, KwbaseCli> clis() const;
    /// Short, so that a whole run takes seconds.
    static Timeouts timeouts();

    HostConnector &connector();
    QList<HostLogin> logins() const;

    /// Switches a fault of the look-alikes on; the names stand in tests/data/scratch-host.
    void setFault(int index, const QString &fault, const QString &value = QStringLiteral("1"));
    void clearFault(int index, const QString &fault);
    /// The connection to the host is lost in the middle of the next command whose text contains
    /// `part`; later connections work.
    void loseConnection(int index, const QString &part);
    void setReachable(int index, bool reachable);
    void setUnderReplicated(int ranges); ///< besides those of stopped nodes

    int count(int index, const QString &what) const; ///< stop, start, upgrade, setting
    QString version(int index) const; ///< .version
    bool isRunning(int index) const;
    QString setting() const; ///< server.time_until_store_dead as it is now
    void setSetting(const QString &value);
    QString fileContent(int index, const QString &path) const; ///< path as on the host
    bool exists(int index, const QString &path) const;
    void writeFile(int index, const QString &path, const QByteArray &content);

private:
    class Connector;
    class Connection;
    struct Loss {
        int index = 0;
        QString part;
    };

    void seedHost(int index);
    PackageInfo makePackage(const QString &version) const;
    QString mapped(int index, const QString &script) const;
    bool takeLoss(int index, const QString &script);
    void endStrayProcesses();

    std::unique_ptr<QTemporaryDir> m_owned;
    QString m_directory;
    int m_nodes;
    RunType m_runType = RunType::MultiReplication;
    PackageInfo m_package;
    PackageInfo m_oldPackage;
    std::unique_ptr<Connector> m_connector;
    QMutex m_mutex;
    QList<Loss> m_losses;
    QHash<int, bool> m_unreachable;
};

} // namespace kwup::test
