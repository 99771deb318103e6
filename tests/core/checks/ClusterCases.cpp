#include "tests/core/checks/CheckCase.h"

// Cluster and replicas.

namespace kwup::test {

namespace {

constexpr auto Passed = CheckStatus::Passed;
constexpr auto Warning = CheckStatus::Warning;
constexpr auto Blocked = CheckStatus::Blocked;
constexpr auto NotApplicable = CheckStatus::NotApplicable;

const Change Nothing = [](Scenario & /*s*/) {};
const Change NobodyAnswers = [](Scenario &s) { s.facts.stopped(); };
const Change Single = [](Scenario &s) { s.makeSingle(); };
const Change SingleReplica = [](Scenario &s) { s.makeSingleReplica(); };
const Change StoppedSingle = [](Scenario &s) {
    s.makeSingle();
    s.facts.stopped();
};

Error failure(ErrorCode code)
{
    Error error;
    error.code = code;
    error.args = {QStringLiteral("SHOW JOBS"), QStringLiteral("120")};
    return error;
}

Change nodeOne(const std::function<void(NodeRow &)> &change)
{
    return [change](Scenario &s) { change(s.facts.node(1)); };
}

Change view(const std::function<void(ClusterView &)> &change)
{
    return [change](Scenario &s) { change(s.facts.view()); };
}

Change job(const char *type, const char *status)
{
    return [type, status](Scenario &s) {
        s.facts.job(QString::fromLatin1(type), QString::fromLatin1(status));
    };
}

/// A node that left for good, as node status --all goes on to list it.
const Change FormerMember = [](Scenario &s) {
    NodeRow former = s.facts.node(0);
    former.id = 9;
    former.address = QStringLiteral("10.0.0.9:26257");
    former.isAvailable = false;
    former.isLive = false;
    former.isDecommissioning = true;
    former.gossipedReplicas = 0;
    s.facts.view().nodes.append(former);
};

const Change MissingHost = [](Scenario &s) {
    s.facts.facts().hosts.removeLast();
    s.facts.facts().nodeIdByHost.remove(QStringLiteral("10.0.0.3"));
};

const Change Stranger = [](Scenario &s) {
    HostFacts stranger = s.facts.host(0);
    stranger.host.address = QStringLiteral("10.0.0.7");
    s.facts.facts().hosts.append(stranger);
};

QList<CheckCase> nodeCases()
{
    return {
        {"healthy", "all-nodes-live", Passed, "passed", Nothing},
        {"down", "all-nodes-live", Blocked, "node-down", [](Scenario &s) { s.facts.nodeDown(1); },
         0, "3 (10.0.0.2:26257)"},
        {"upgrading", "all-nodes-live", Blocked, "node-upgrading",
         nodeOne([](NodeRow &node) { node.isAvailable = false; })},
        {"not live", "all-nodes-live", Blocked, "node-down",
         nodeOne([](NodeRow &node) { node.isLive = false; })},
        {"nobody answers", "all-nodes-live", Blocked, "unreadable", NobodyAnswers},
        {"a former member", "all-nodes-live", Passed, "passed", FormerMember},
        {"stopped single node", "all-nodes-live", NotApplicable, "node-stopped", StoppedSingle},
        {"healthy", "all-nodes-in-list", Passed, "passed", Nothing},
        {"a host is missing", "all-nodes-in-list", Blocked, "missing", MissingHost, 0,
         "2 (10.0.0.3:26257)"},
        {"a stranger", "all-nodes-in-list", Blocked, "not-a-member", Stranger, 0, "10.0.0.7"},
        {"nobody answers", "all-nodes-in-list", Blocked, "unreadable", NobodyAnswers},
        {"a former member", "all-nodes-in-list", Passed, "passed", FormerMember},
        {"stopped single node", "all-nodes-in-list", NotApplicable, "node-stopped", StoppedSingle},
        {"healthy", "no-decommissioning", Passed, "passed", Nothing},
        {"leaving", "no-decommissioning", Blocked, "leaving",
         nodeOne([](NodeRow &node) { node.isDecommissioning = true; })},
        {"draining", "no-decommissioning", Blocked, "draining",
         nodeOne([](NodeRow &node) { node.isDraining = true; })},
        {"not told", "no-decommissioning", Warning, "not-told",
         nodeOne([](NodeRow &node) { node.isDecommissioning.reset(); })},
        {"nobody answers", "no-decommissioning", Blocked, "unreadable", NobodyAnswers},
        {"stopped single node", "no-decommissioning", NotApplicable, "node-stopped", StoppedSingle},
        {"healthy", "one-build", Passed, "passed", Nothing, 0, "2.2.0"},
        {"one runs the target", "one-build", Warning, "half-way",
         nodeOne([](NodeRow &node) { node.build = QStringLiteral("V2.2.1"); })},
        {"a third version", "one-build", Blocked, "several",
         nodeOne([](NodeRow &node) { node.build = QStringLiteral("V2.1.0"); })},
        {"two versions, no package", "one-build", Blocked, "several",
         [](Scenario &s) {
             s.package.reset();
             s.facts.node(1).build = QStringLiteral("V2.2.1");
         }},
        {"nonsense", "one-build", Blocked, "unknown",
         nodeOne([](NodeRow &node) { node.build = QStringLiteral("unknown"); })},
        {"nobody answers", "one-build", Blocked, "unreadable", NobodyAnswers},
        {"stopped single node", "one-build", NotApplicable, "node-stopped", StoppedSingle},
    };
}

QList<CheckCase> jobCases()
{
    constexpr auto Id = "no-blocking-jobs";
    QList<CheckCase> cases{
        {"healthy", Id, Passed, "passed", Nothing},
        {"schedule between two executions", Id, Passed, "passed", job("SQL SCHEDULE", "running")},
        {"finished import", Id, Passed, "passed", job("IMPORT", "succeeded")},
        {"failed schema change", Id, Passed, "passed", job("SCHEMA CHANGE", "failed")},
        {"paused import", Id, Warning, "waiting", job("IMPORT", "paused")},
        {"clean-up", Id, Warning, "waiting", job("SCHEMA CHANGE GC", "running"), 0,
         "SCHEMA CHANGE GC"},
        {"not read", Id, Blocked, "unreadable",
         view([](ClusterView &v) { v.jobsError = failure(ErrorCode::SqlFailed); })},
        {"nobody answers", Id, Blocked, "unreadable", NobodyAnswers},
        {"stopped single node", Id, NotApplicable, "node-stopped", StoppedSingle},
    };
    for (const char *type : {"SCHEMA CHANGE", "IMPORT", "EXPORT"}) {
        for (const char *status :
             {"pending", "running", "reverting", "pause-requested", "cancel-requested"})
            cases.append({status, Id, Blocked, "running", job(type, status), 0, type});
    }
    return cases;
}

QList<CheckCase> settingCases()
{
    constexpr auto Setting = "store-dead-setting-known";
    constexpr auto Clients = "clients-reach-several-nodes";
    return {
        {"healthy", Setting, Passed, "passed", Nothing, 0, "00:30:00"},
        {"not read", Setting, Warning, "not-read",
         view([](ClusterView &v) { v.settings.clear(); })},
        {"single node", Setting, NotApplicable, "other-method", Single},
        {"always to be confirmed", Clients, CheckStatus::Info, "confirm", Nothing},
        {"outage anyway", Clients, NotApplicable, "other-method", Single},
    };
}

Change health(qint64 unavailable, qint64 underReplicated)
{
    return view([=](ClusterView &v) { v.health = RangeHealth{unavailable, underReplicated}; });
}

} // namespace

QList<CheckCase> clusterCases()
{
    return nodeCases() + jobCases() + settingCases();
}

namespace {

QList<CheckCase> quorumCases()
{
    const Change fiveOneDown = [](Scenario &s) {
        s.facts = FactsBuilder::cluster(5);
        s.facts.nodeDown(2);
    };
    const Change rangesFailed = view([](ClusterView &v) {
        v.ranges.clear();
        v.rangesError = failure(ErrorCode::CommandTimeout);
    });
    return {
        {"three nodes", "quorum-after-stop", Passed, "passed", Nothing},
        {"two nodes", "quorum-after-stop", Blocked, "lost",
         [](Scenario &s) { s.facts = FactsBuilder::cluster(2); }},
        {"three, one down", "quorum-after-stop", Blocked, "lost",
         [](Scenario &s) { s.facts.nodeDown(2); }, 0, "10.0.0.1, 10.0.0.2"},
        {"five, one down", "quorum-after-stop", Passed, "passed", fiveOneDown},
        {"outage planned", "quorum-after-stop", NotApplicable, "outage-planned", SingleReplica},
        {"nobody answers", "quorum-after-stop", Blocked, "unreadable", NobodyAnswers},
        {"healthy", "range-quorum-after-stop", Passed, "passed", Nothing},
        {"a table with one replica", "range-quorum-after-stop", Blocked, "lost",
         view([](ClusterView &v) { v.ranges[40].replicaStores = {3}; }), 0, "10.0.0.2: 1"},
        {"not read", "range-quorum-after-stop", Warning, "unreadable", rangesFailed},
        {"not asked for", "range-quorum-after-stop", Warning, "not-read",
         view([](ClusterView &v) { v.ranges.clear(); })},
        {"outage planned", "range-quorum-after-stop", NotApplicable, "outage-planned",
         SingleReplica},
        {"nobody answers", "range-quorum-after-stop", Blocked, "unreadable", NobodyAnswers},
    };
}

} // namespace

QList<CheckCase> replicaCases()
{
    const Change notRead = view([](ClusterView &v) {
        v.health.reset();
        v.healthError = failure(ErrorCode::SqlFailed);
    });
    const Change oneReplicaLost = [](Scenario &s) {
        s.makeSingleReplica();
        s.facts.view().health = RangeHealth{1, 53};
    };
    const Change few = view([](ClusterView &v) {
        for (StoreRow &store : v.stores)
            store.leaseCount = 3;
        v.stores[0].leaseCount = 8;
    });
    return QList<CheckCase>{
               {"healthy", "ranges-healthy", Passed, "passed", Nothing},
               {"unavailable", "ranges-healthy", Blocked, "unavailable", health(2, 5)},
               {"under-replicated", "ranges-healthy", Warning, "under-replicated", health(0, 5)},
               {"one replica", "ranges-healthy", NotApplicable, "one-replica", SingleReplica, 0,
                "53"},
               {"one replica, lost", "ranges-healthy", Blocked, "unavailable", oneReplicaLost},
               {"not read", "ranges-healthy", Blocked, "unreadable", notRead},
               {"nobody answers", "ranges-healthy", Blocked, "unreadable", NobodyAnswers},
               {"stopped single node", "ranges-healthy", NotApplicable, "node-stopped",
                StoppedSingle},
               {"healthy", "leaseholder-balance", Passed, "passed", Nothing},
               {"one node holds most", "leaseholder-balance", CheckStatus::Info, "uneven",
                view([](ClusterView &v) { v.stores[0].leaseCount = 40; })},
               {"few are never even", "leaseholder-balance", Passed, "passed", few},
               {"nobody answers", "leaseholder-balance", Warning, "unreadable", NobodyAnswers},
               {"outage planned", "leaseholder-balance", NotApplicable, "other-method",
                SingleReplica},
           }
    + quorumCases();
}

} // namespace kwup::test
