#include "tests/core/checks/CheckCase.h"

namespace kwup::test {

namespace {

/// An upgrade of running nodes with a backup that is named, and one change.
Change live(const Change &change = [](Scenario &) {})
{
    return [change](Scenario &s) {
        s.method = Method::ScriptLive;
        s.coldBackup = false;
        for (int i = 0; i < s.facts.size(); ++i)
            s.facts.host(i).startArgument = known(QString(), "KAIWUDB_START_ARG=\"\"\n");
        change(s);
    };
}

} // namespace

QList<CheckCase> liveCases()
{
    using enum CheckStatus;
    return {
        {"to be confirmed", "live-risks", Warning, "confirm", live(), 0, "18 seconds"},
        {"named backup", "live-backup", Passed, "passed", live()},
        {"cold copy", "live-backup", Blocked, "cold-copy",
         live([](Scenario &s) { s.coldBackup = true; })},
        {"own address", "live-own-node", Passed, "passed", live(), 0, "10.0.0.1"},
        {"another address in MODE", "live-own-node", Blocked, "other-address",
         live([](Scenario &s) {
             s.facts.host(0).advertisedAddress = known(QStringLiteral("192.168.7.1"));
         }),
         0, "192.168.7.1"},
        {"one address for two nodes", "live-own-node", Blocked, "several",
         live([](Scenario &s) { s.facts.node(1).sqlAddress = s.facts.node(0).sqlAddress; })},
        {"MODE not read", "live-own-node", Blocked, "unreadable",
         live([](Scenario &s) { s.facts.host(0).advertisedAddress = unreadable<QString>(); })},
        {"quoted argument", "live-start-argument", Passed, "passed", live()},
        {"argument without quotes", "live-start-argument", Warning, "not-inserted",
         live([](Scenario &s) {
             s.facts.host(0).startArgument = known(QString(), "KAIWUDB_START_ARG=\n");
         })},
        {"no argument file", "live-start-argument", Warning, "not-inserted",
         live([](Scenario &s) { s.facts.host(0).startArgument = known(QString()); })},
        {"argument not read", "live-start-argument", Blocked, "unreadable",
         live([](Scenario &s) { s.facts.host(0).startArgument = unreadable<QString>(); })},
        {"a marked node", "all-nodes-live", Warning, "repaired-first",
         live([](Scenario &s) { s.facts.node(0).isAvailable = false; })},
        {"a marked node", "no-upgrade-leftover", Warning, "repaired-first",
         live([](Scenario &s) { s.facts.node(0).isAvailable = false; })},
        {"a marked node", "quorum-after-stop", Passed, "passed",
         live([](Scenario &s) { s.facts.node(0).isAvailable = false; })},
        {"a node that is down", "quorum-after-stop", Blocked, "lost",
         live([](Scenario &s) { s.facts.nodeDown(0); })},
        {"a node that is down", "all-nodes-live", Blocked, "node-down",
         live([](Scenario &s) { s.facts.nodeDown(0); })},
    };
}

} // namespace kwup::test
