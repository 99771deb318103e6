#pragma once

#include "core/plan/Plan.h"

namespace kwup {

/// Makes the steps that several methods have in common, for one plan that is being built. Pure.
/// A builder of a method fills `plan()` with stages made of these and of its own steps.
class PlanParts {
public:
    explicit PlanParts(const PlanInput &input)
        : m_input(input)
    { }

    const PlanInput &input() const { return m_input; }
    Plan &plan() { return m_plan; }
    const Plan &plan() const { return m_plan; }
    Plan take() { return std::move(m_plan); }

    /// Head of the plan: run, method, versions, package, backup, hosts in order with node ids and
    /// command lines. Errors: NodeIdUnknown (only for methods with a cluster that can be asked).
    Result<void> fill();
    /// The nodes are parts of one cluster that goes on while one of them is down.
    bool isCluster() const;
    /// The vendor's script has put the nodes into containers.
    bool isContainer() const { return m_plan.deployment == Deployment::ContainerPackage; }
    bool needsUpgrade(const QString &host) const;
    const HostFacts &facts(const QString &host) const;

    static QString stepId(StepKind kind, const QString &host = {});
    PlanStep step(StepKind kind, const QString &host) const;
    PlanStep lockStep(const QString &host) const;
    PlanStep stageStep(const QString &host) const;
    PlanStep baselineStep() const;
    PlanStep raiseStep() const;
    PlanStep beforeStopStep(const QString &host) const;
    PlanStep stopStep(const QString &host) const;
    PlanStep stopStep(const QString &host, std::chrono::milliseconds drain) const;
    PlanStep backupStep(const QString &host) const;
    PlanStep upgradeStep(const QString &host) const;
    PlanStep verifyDownStep(const QString &host) const;
    PlanStep saveConfigStep(const QString &host) const;
    PlanStep stageOldStep(const QString &host) const;
    PlanStep putBackStep(const QString &host) const;
    /// The step of the way back that does the same as `step` for the old version: "back-" + id.
    PlanStep onTheWayBack(PlanStep step) const;
    /// The old packages can be put back: they come with the run, or lie on the hosts.
    bool hasOldPackages() const;
    PlanStep startStep(const QString &host) const;
    PlanStep gateStep(const QString &host) const;
    PlanStep restoreSettingStep() const;
    PlanStep verifyStep() const;
    PlanStep releaseStep(const QString &host) const;

    /// Locks, staging (in parallel), baseline and raised setting: what every upgrade begins with.
    void addPreparation();
    /// Old packages ready and configuration saved, when the old packages are at hand. After
    /// addPreparation().
    void addWayBackPreparation();
    /// After the old version runs again the run is over: nothing of it stays on any host.
    void addWayBackFinish();
    /// Setting put back, verdict, locks and staging removed: what every upgrade ends with.
    void addFinish();

    QString containerOf(const QString &host) const;
    QByteArray drainFunctions() const; ///< sh: drain(), by deployment
    QString oldDirectory() const; ///< of the old release on each host
    QString packageDirectory() const; ///< of the unpacked release on each host
    QString askedHost() const { return m_plan.hosts.last().id(); } ///< the one that goes last
    /// Where the cold copy of a host goes; no characters that a shell or tar treats specially.
    QString backupTarget(const QString &host) const;
    static QString backupName(const QString &runId, const QString &host); ///< its last folder

private:
    QString packageSuffix() const;
    using Variables = QList<QPair<QString, QString>>;
    QByteArray variantScript(StepKind kind, const Variables &variables,
                             const QByteArray &functions = {}) const; ///< by deployment
    QByteArray variantLook(StepKind kind, const Variables &variables) const;
    QString keptImage() const; ///< second name of the old image, until the run is verified
    QList<QPair<QString, QString>> savingVariables(const QString &host) const;
    void fillHead();
    QStringList proposedOrder() const;
    Result<void> fillHosts();

    const PlanInput &m_input;
    Plan m_plan;
};

std::chrono::seconds atLeastASecond(std::chrono::milliseconds duration);

} // namespace kwup
