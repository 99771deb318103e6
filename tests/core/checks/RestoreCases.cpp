#include "tests/core/checks/CheckCase.h"

namespace kwup::test {

namespace {

/// A restore with everything in place, and one change.
Change restoring(const Change &change)
{
    return [change](Scenario &s) {
        s.makeRestore();
        change(s);
    };
}

} // namespace

QList<CheckCase> restoreCases()
{
    using enum CheckStatus;
    const Change nothing = restoring([](Scenario &) {});
    return {
        {"copies of one moment", "restore-point", Info, "copies", nothing, 0, "0000abcd"},
        {"new version never started", "restore-point", Passed, "passed",
         restoring([](Scenario &s) { s.restorePoint->isOpened = false; })},
        {"nothing named", "restore-point", Blocked, "none",
         restoring([](Scenario &s) { s.restorePoint.reset(); })},
        {"run that is not known", "restore-point", Blocked, "unusable", restoring([](Scenario &s) {
             s.restorePoint->problem = {.code = ErrorCode::RunNotFound,
                                        .args = {QStringLiteral("20200101-0000-1")}};
         }),
         0, "20200101-0000-1"},
        {"a host without copy", "restore-point", Blocked, "missing",
         restoring([](Scenario &s) { s.restorePoint->copies.remove(s.facts.hostId(1)); }), 0,
         "10.0.0.2"},
        {"copies of a rolling upgrade", "restore-point", Blocked, "several-moments",
         restoring([](Scenario &s) { s.restorePoint->isOneMoment = false; })},
        {"another login", "restore-login", Passed, "passed",
         restoring([](Scenario &s) { s.facts.host(0).host.user = QStringLiteral("admin"); })},
        {"login of the service", "restore-login", Blocked, "same-user",
         restoring([](Scenario &s) { s.facts.host(0).host.user = QStringLiteral("kaiwudb"); })},
        {"user not read", "restore-login", Blocked, "unreadable",
         restoring([](Scenario &s) { s.facts.host(0).managementUser = unreadable<QString>(); })},
        {"back to the older version", "version-path", Passed, "passed", nothing},
        {"newer package", "version-path", Blocked, "not-older",
         restoring([](Scenario &s) { s.package = debPackage(QStringLiteral("2.2.2")); })},
        {"lock of the run it goes back from", "wizard-lock-free", Info, "held-by-that-run",
         restoring([](Scenario &s) {
             s.facts.host(0).wizardLock =
                 known(QStringLiteral("{\"run\":\"20261122-1200-0000abcd\"}"));
         })},
        {"lock of another run", "wizard-lock-free", Blocked, "held", restoring([](Scenario &s) {
             s.facts.host(0).wizardLock = known(QStringLiteral("{\"run\":\"20261122-1\"}"));
         })},
        {"a cluster that is down", "all-nodes-live", NotApplicable, "other-method", nothing},
        {"a cluster that cannot be asked", "all-nodes-in-list", NotApplicable, "other-method",
         restoring([](Scenario &s) { s.facts.view().nodes.clear(); })},
        {"a stopped service", "service-state", NotApplicable, "other-method", nothing},
    };
}

} // namespace kwup::test
