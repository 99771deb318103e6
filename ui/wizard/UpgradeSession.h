#pragma once

#include "core/checks/Checks.h"
#include "core/plan/Plan.h"
#include "core/profile/Profile.h"
#include "core/run/RunStore.h"
#include "ui/wizard/HostDraft.h"

#include <QObject>

#include <functional>
#include <optional>

namespace kwup {

/// The data the pages share: what the operator has said and what the controllers have found. Every
/// change of an earlier page throws away what later pages built on it. Holds no widgets and does no
/// I/O. GUI thread; owned by the wizard's creator and outlives the wizard.
class UpgradeSession final : public QObject {
    Q_OBJECT
public:
    enum class Intent { NewUpgrade, ResumeRun, OpenReport };

    explicit UpgradeSession(QObject *parent = nullptr);

    Intent intent() const { return m_intent; }
    QString runId() const { return m_runId; } ///< to resume, to report, or being run
    void setIntent(Intent intent, const QString &runId);
    bool intentIsClear() const;
    /// Takes hosts, package and plan of a run that is to be resumed.
    void adoptPlan(const Plan &plan);

    const QList<HostDraft> &hosts() const { return m_hosts; }
    const LoginChoice &defaults() const { return m_defaults; }
    void setHosts(const QList<HostDraft> &hosts);
    void setDefaults(const LoginChoice &defaults);
    /// Leaves out those already there; how many came. `isNewCluster`: as in HostDraft.
    int addHosts(const QList<HostSpec> &specs, bool isNewCluster = false);
    QList<HostLogin> logins() const;
    QList<HostLogin> oldLogins() const; ///< those of the cluster that has the data
    bool hasNewCluster() const;
    QStringList hostProblems() const;
    bool hostsAreUsable() const { return hostProblems().isEmpty(); }
    void applyProfile(const Profile &profile);
    Profile profile() const;

    const std::optional<Facts> &facts() const { return m_facts; }
    void setFacts(const Facts &facts);
    void clearFacts();
    MethodAdvice advice() const;
    Method method() const { return m_method; }
    void setMethod(Method method);
    bool discoveryIsUsable() const;
    bool factsAreOutdated() const; ///< an option has changed what is to be read from the hosts
    std::optional<KwdbVersion> installedVersion() const; ///< the oldest one of the hosts
    RunType runType() const;
    void setCluster(const ClusterView &view); ///< a newer reading; facts otherwise unchanged

    const QString &packageFile() const { return m_packageFile; }
    void setPackageFile(const QString &file); ///< forgets what an earlier file held
    const std::optional<PackageInfo> &package() const { return m_package; }
    void setPackage(const PackageInfo &package);
    std::optional<VersionPaths::Verdict> versionVerdict() const;
    bool packageIsUsable() const;
    bool takesBuild() const; ///< the method replaces a program that was built from source
    bool takesImage() const; ///< the method replaces an image of docker
    bool allowsColdCopy() const; ///< the method stops each node before it changes it
    const Error &imageError() const { return m_imageError; } ///< what is wrong with its name

    const QList<CheckResult> &checks() const { return m_checks; }
    void runChecksNow(); ///< judges the facts as they are; no I/O
    const QList<AcceptedWarning> &accepted() const { return m_accepted; }
    void acceptWarning(const CheckResult &result, const QString &reason);
    std::optional<AcceptedWarning> acceptanceOf(const CheckResult &result) const;
    int openFindings() const; ///< blockers, and warnings nobody has accepted
    bool checksAllowUpgrade() const;

    void setTimeouts(const Timeouts &timeouts) { m_timeouts = timeouts; } ///< of plans; tests only
    /// How a run or a directory to go back to is looked up (restorePointOf on the store of runs).
    using RestorePoints =
        std::function<RestorePoint(const MethodOptions &options, const QList<HostSpec> &hosts)>;
    void setRestorePoints(RestorePoints points) { m_restorePoints = std::move(points); }
    /// Begins anew with the hosts of a run: back to the version before it, with its backup.
    void goBackFrom(const Plan &plan);
    void goBackTo(const QString &directory); ///< of a cold copy on the hosts, without its run
    bool isGoingBack() const; ///< by one of the two
    void forgetGoingBack(); ///< an upgrade after all
    const MethodOptions &options() const { return m_options; }
    void setOptions(const MethodOptions &options);
    const BackupChoice &backup() const { return m_backup; }
    void setBackup(const BackupChoice &backup);
    bool backupIsAnswered() const;
    static QString refusalPhrase(); ///< what must be typed to go without a backup

    const std::optional<Plan> &plan() const { return m_plan; }
    const Error &planError() const { return m_planError; }
    void setNodeOrder(const QStringList &hostIds);
    void makePlan(); ///< from everything above; sets plan or planError
    bool planIsReady() const;
    RunStart runStart() const; ///< only when planIsReady()

    RunState runState() const { return m_runState; }
    void setRunState(RunState state);
    bool runIsActive() const;
    bool runIsOver() const;

signals:
    void intentChanged();
    void hostsChanged();
    void factsChanged();
    void clusterChanged();
    void packageChanged();
    void checksChanged();
    void backupChanged();
    void planChanged();
    void runStateChanged();

private:
    void chooseImage();
    void followNewCluster();
    void beginGoingBack(QLatin1StringView option, const QString &value);
    void dropAcceptancesThatChanged(const QList<CheckResult> &now);
    Result<std::optional<PackageInfo>> oldPackage();
    std::optional<RestorePoint> restorePoint() const;

    Intent m_intent = Intent::NewUpgrade;
    QString m_runId;
    QList<HostDraft> m_hosts;
    LoginChoice m_defaults;
    std::optional<Facts> m_facts;
    Method m_method = Method::ScriptRolling;
    std::optional<Method> m_wantedMethod;
    QString m_packageFile;
    std::optional<PackageInfo> m_package;
    QList<CheckResult> m_checks;
    QList<AcceptedWarning> m_accepted;
    BackupChoice m_backup;
    MethodOptions m_options;
    Error m_imageError;
    bool m_isPulled = false; ///< m_package is named only: an image, or a build on the hosts
    std::optional<PackageInfo> m_oldPackage; ///< of the option old-package, as last read
    RestorePoints m_restorePoints;
    Timeouts m_timeouts;
    QStringList m_nodeOrder;
    std::optional<Plan> m_plan;
    Error m_planError;
    RunState m_runState = RunState::Idle;
};

} // namespace kwup
