#pragma once

#include "core/remote/HostPool.h"
#include "core/run/RunTypes.h"

#include <QDir>
#include <QHash>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace kwup::test {

/// What a host shows after (or in the middle of) a scenario. Counts begin at the last restore().
struct HostEnd {
    QString version; ///< /etc/kaiwudb/info/.version
    QString server; ///< version and state of the server package
    QString service; ///< active, inactive, failed
    int starts = 0; ///< of the service
    int drains = 0; ///< graceful shutdowns the server has begun
    int hardStops = 0; ///< shutdowns by a second signal
    int installs = 0; ///< of the server package, by dpkg's own log
    QString lock; ///< content of the wizard's lock, empty when free
    QString left; ///< what the wizard has left in /var/tmp, blank separated
    QString containers; ///< "name image state" of all, comma separated
    QString build; ///< of the running server
};

/// A cluster of demo hosts (tests/hosts/demo) for the tests of one class, ended with the object
/// and also when the test program is killed. Nodes are counted from 1: "n1" … Belongs to the test's
/// thread, except where said.
class DemoCluster final {
public:
    struct Options {
        QString mode = QStringLiteral("multi"); ///< multi, single, single-replica
        int nodes = 3;
        double timeScale = 0.15;
        bool isSecure = false;
        QString deployment =
            QStringLiteral("script"); ///< script, container, compose, docker-run, source
        QString version = QStringLiteral("2.2.0"); ///< installed by restore()
        QStringList more =
            {}; ///< further words for `cluster up`: --store layer, --compose v1, --rm …
    };

    /// Empty, or why this machine cannot make demo hosts.
    static QString whyImpossible();

    explicit DemoCluster(const Options &options);
    ~DemoCluster();
    Q_DISABLE_COPY_MOVE(DemoCluster)

    const QString &problem() const { return m_problem; } ///< empty: the cluster is up

    /// As after the installation: the version of the options, server running, all nodes live,
    /// ranges in order, no faults, nothing of the wizard, counts at 0. Empty, or what cannot be put
    /// right.
    QString restore();

    int size() const { return static_cast<int>(m_hosts.size()); }
    double timeScale() const { return m_timeScale; }
    QString hostId(int node) const { return m_hosts.at(node - 1).spec.id(); }
    QList<HostLogin> logins() const { return m_hosts; }
    QString knownHosts() const { return m_clusterDir + QStringLiteral("/known_hosts"); }
    /// What the deployment is upgraded with: release archive, image archive, source tree.
    QString archive(const QString &version = QStringLiteral("2.2.1")) const;
    /// One of the files in cluster.json: archive221, image221, source221, built221 …
    QString artifact(const QString &key) const;
    QString path(const QString &name) const { return m_directory.filePath(name); }
    /// The profile of the cluster for the console program, written to a file of this name.
    QString writeProfile(const QString &name, const QString &backup) const;
    /// Host ids in `text` replaced by n1, n2 …
    QString named(QString text) const;

    // Faults of the stand-ins (tests/hosts/README.md); from any thread.
    void fault(int node, const QString &name, const QString &parameter = {}) const;
    void clear(int node, const QString &name) const;
    void powerOff(int node) const;
    void powerOn(int node) const;

    /// Output of a bash command inside the host, without SSH; from any thread.
    QByteArray inside(int node, const QString &command) const;
    /// The same on all hosts at once.
    QList<QByteArray> everywhere(const QString &command) const;
    QString file(int node, const QString &path) const { return m_roots.at(node - 1) + path; }
    /// Of sshd processes that serve a session of this host now; from any thread.
    QList<qint64> sessions(int node) const;
    void signalSessions(int node, int number) const;

    HostEnd end(int node) const;
    /// server.time_until_store_dead as this node shows it now
    QString setting(int node = 1) const;
    void setSetting(const QString &value) const;
    /// Databases, users and settings of tests/hosts/kwbase/seed; `isHard`: with those that cannot
    /// be imported again. Empty, or what went wrong. For clusters whose hosts run kwbase
    /// themselves.
    QString seedData(bool isHard = false);
    /// Answer of a statement in csv, or the error, from a node's own server.
    QByteArray sql(const QString &statement, int node = 1) const;
    /// Waits until `node` is (not) up as seen by another node; false after a minute.
    bool awaitNode(int node, bool isUp) const;

private:
    QByteArray tool(const QStringList &words, int *exitCode = nullptr) const;
    QByteArray kwbase(int node, const QString &words) const;
    bool isInOrder() const;
    bool isByScript() const { return m_deployment == QStringLiteral("script"); }
    bool isQuicklyRestored() const { return isByScript() && m_version == QStringLiteral("2.2.0"); }
    void readFacts();
    void startReaper();

    QTemporaryDir m_directory;
    QString m_clusterDir;
    double m_timeScale;
    bool m_isSecure;
    bool m_isCluster;
    bool m_isSingleReplica;
    QString m_deployment;
    QString m_version;
    bool m_isSeeded = false; ///< since the last restore()
    QString m_problem;
    QList<HostLogin> m_hosts;
    QStringList m_roots;
    QHash<QString, QString> m_artifacts;
    QProcess m_reaper;
};

/// main() of a test class made with (DemoCluster::whyImpossible() → exit code 77).
int runScenarios(QObject &test, int argc, char *argv[]);

} // namespace kwup::test

#define KWUP_SCENARIO_MAIN(Test)                                                                   \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        QCoreApplication application(argc, argv);                                                  \
        Test test;                                                                                 \
        return kwup::test::runScenarios(test, argc, argv);                                         \
    }
