#include "core/plan/methods/MethodPlans.h"

#include <algorithm>

namespace kwup {

namespace {

using std::chrono::milliseconds;

/// In a single-replica cluster no lease can move to another node, and nobody is served while all
/// nodes go down: a drain has nothing to wait for. The moment is for the server's orderly begin.
constexpr milliseconds OfflineDrain{3000};

class OfflinePlan {
public:
    explicit OfflinePlan(PlanParts &parts)
        : m_parts(parts)
    {
        for (const auto &host : parts.plan().hosts) {
            if (parts.needsUpgrade(host.id()))
                m_hosts.append(host.id());
            m_all.append(host.id());
        }
    }

    void build()
    {
        m_parts.addPreparation();
        m_parts.addWayBackPreparation();
        addStages();
        m_parts.addFinish();
        addWayBack();
    }

private:
    template <typename Make>
    Stage stage(const QString &id, const QStringList &hosts, Make make,
                Stage::Order order = Stage::Order::Parallel) const
    {
        Stage stage{.id = id, .host = {}, .order = order, .steps = {}};
        for (const auto &host : hosts)
            stage.steps.append(make(host));
        return stage;
    }

    PlanStep stopStep(const QString &host) const
    {
        return m_parts.stopStep(host, std::min(OfflineDrain, m_parts.input().timeouts.drainWait));
    }

    PlanStep gateStep(const QString &host) const
    {
        PlanStep gate = m_parts.gateStep(host);
        // With all nodes down before the run no node id is known; then the address tells the node.
        const HostFacts &facts = m_parts.facts(host);
        gate.args[QStringLiteral("address")] = facts.advertisedAddress.valueOr(QString());
        return gate;
    }

    /// Strict phases: no node is upgraded before all are down, none is started before all are
    /// upgraded. Stop, backup and start are for all nodes at once: a node alone serves nobody, and
    /// one that starts alone may wait for the others' ranges. The packages are changed on one node
    /// after the other: what is wrong with the package then shows on the first, with the others
    /// still as they were, and costs a few seconds of the outage.
    void addStages()
    {
        auto &stages = m_parts.plan().stages;
        stages.append(stage(QStringLiteral("stop"), m_all,
                            [this](const QString &host) { return stopStep(host); }));
        stages.append(stage(QStringLiteral("down"), m_all,
                            [this](const QString &host) { return m_parts.verifyDownStep(host); }));
        if (m_parts.plan().backup.kind == BackupChoice::Kind::ColdCopy) {
            stages.append(stage(QStringLiteral("backup"), m_all,
                                [this](const QString &host) { return m_parts.backupStep(host); }));
        }
        stages.append(stage(
            QStringLiteral("upgrade"), m_hosts,
            [this](const QString &host) { return m_parts.upgradeStep(host); },
            Stage::Order::Sequential));
        stages.append(stage(QStringLiteral("start"), m_all,
                            [this](const QString &host) { return m_parts.startStep(host); }));
        m_parts.plan().pointOfNoReturn = stages.last().steps.first().id;
        // One after the other: each asks the other nodes, and a connection serves one step at a
        // time.
        stages.append(stage(
            QStringLiteral("gate"), m_all, [this](const QString &host) { return gateStep(host); },
            Stage::Order::Sequential));
    }

    /// All nodes together: a cluster of two versions must not be started. Only until the first node
    /// is started with the new version; where some node had the new version before, there is no
    /// common old version to go back to.
    void addWayBack()
    {
        if (m_hosts.size() != m_all.size() || m_hosts.isEmpty())
            return;
        Plan &plan = m_parts.plan();
        plan.goesBackTogether = true;
        const QString firstStart = plan.pointOfNoReturn;
        const QString firstStop = PlanParts::stepId(StepKind::Stop, m_all.first());
        // Without the old packages nothing can be taken back once they have been touched.
        const QString end = m_parts.hasOldPackages()
            ? firstStart
            : PlanParts::stepId(StepKind::Upgrade, m_hosts.first());
        if (m_parts.hasOldPackages()) {
            for (const auto &host : m_hosts) {
                Stage back{.id = QStringLiteral("back@") + host,
                           .host = host,
                           .steps = {m_parts.putBackStep(host)}};
                back.onlyIfBegun = PlanParts::stepId(StepKind::Upgrade, host);
                back.notIfBegun = firstStart;
                plan.wayBack.append(back);
            }
        }
        const auto add = [&](Stage stage) {
            stage.onlyIfBegun = firstStop;
            stage.notIfBegun = end;
            plan.wayBack.append(stage);
        };
        add(stage(QStringLiteral("back-start"), m_all, [this](const QString &host) {
            return m_parts.onTheWayBack(m_parts.startStep(host));
        }));
        add(stage(
            QStringLiteral("back-gate"), m_all,
            [this](const QString &host) { return m_parts.onTheWayBack(gateStep(host)); },
            Stage::Order::Sequential));
        Stage finish{.id = QStringLiteral("back-finish"), .host = {}, .steps = {}};
        finish.steps.append(m_parts.onTheWayBack(m_parts.verifyStep()));
        for (const auto &host : m_all)
            finish.steps.append(m_parts.onTheWayBack(m_parts.releaseStep(host)));
        add(finish);
    }

    PlanParts &m_parts;
    QStringList m_hosts; ///< that need the upgrade
    QStringList m_all;
};

} // namespace

Result<void> addOfflineStages(PlanParts &parts)
{
    OfflinePlan(parts).build();
    return {};
}

} // namespace kwup
