#include "tests/core/checks/CheckCase.h"

namespace kwup::test {

namespace {

/// An upgrade of servers built from source with everything in place, and one change.
Change fromSource(const Change &change)
{
    return [change](Scenario &s) {
        s.method = Method::Source;
        s.facts.asSource();
        s.package = sourceTree();
        change(s);
    };
}

Change process(const std::function<void(ProcessFacts &)> &change)
{
    return fromSource([change](Scenario &s) { change(*s.facts.host(0).process.value); });
}

} // namespace

QList<CheckCase> sourceCases()
{
    using enum CheckStatus;
    const Change nothing = fromSource([](Scenario &) {});
    const Change built = fromSource([](Scenario &s) { s.package = builtTree(); });
    return {
        {"started by hand", "process-repeatable", Info, "by-hand", nothing, 0, "kwdb"},
        {"started by a unit", "process-repeatable", Passed, "passed",
         process([](ProcessFacts &p) { p.unit = QStringLiteral("kwbase.service"); }), 0,
         "kwbase.service"},
        {"an environment that cannot be read", "process-repeatable", Blocked, "unreadable-process",
         process([](ProcessFacts &p) { p.unreadable = {QStringLiteral("environ")}; }), 0,
         "environ"},
        {"two servers on one host", "process-repeatable", Blocked, "several",
         process([](ProcessFacts &p) { p.servers = 2; }), 0, "2"},
        {"no process", "process-repeatable", Blocked, "unreadable",
         fromSource([](Scenario &s) { s.facts.host(0).process = unreadable<ProcessFacts>(); })},
        {"the tools of the tree", "build-tools", Passed, "passed", nothing, 0, "cmake, make"},
        {"a tool that is missing", "build-tools", Blocked, "missing", fromSource([](Scenario &s) {
             s.package->tools = QStringList{QStringLiteral("cmake"), QStringLiteral("go")};
         }),
         0, "go"},
        {"tools that the operator names", "build-tools", Info, "named", fromSource([](Scenario &s) {
             s.options.set(option::BuildTools, {QStringLiteral("ninja")});
         }),
         0, "ninja"},
        {"a finished build needs no tools", "build-tools", NotApplicable, "finished", built},
        {"tools not read", "build-tools", Blocked, "unreadable",
         fromSource([](Scenario &s) { s.facts.host(0).buildTools = unreadable<QStringList>(); })},
        {"nothing to build", "build-tools", NotApplicable, "no-package",
         fromSource([](Scenario &s) { s.package.reset(); })},
        {"room for the build", "disk-for-build", Passed, "passed", nothing},
        {"too little room for the build", "disk-for-build", Blocked, "too-small",
         fromSource([](Scenario &s) {
             s.facts.host(0).stageFreeBytes = known<qint64>(500LL * 1024 * 1024);
         })},
        {"enough room for a finished build", "disk-for-build", Passed, "passed",
         fromSource([](Scenario &s) {
             s.package = builtTree();
             s.facts.host(0).stageFreeBytes = known<qint64>(600LL * 1024 * 1024);
         })},
        {"no package for the build", "disk-for-build", NotApplicable, "no-package",
         fromSource([](Scenario &s) { s.package.reset(); })},
        {"room beside the program", "disk-for-program", Passed, "passed", nothing},
        {"no room beside the program", "disk-for-program", Blocked, "too-small",
         fromSource([](Scenario &s) { s.facts.host(0).programFreeBytes = known<qint64>(1024); })},
        {"free space of the program not read", "disk-for-program", Blocked, "unreadable",
         fromSource([](Scenario &s) { s.facts.host(0).programFreeBytes = unreadable<qint64>(); })},
        {"no package for the program", "disk-for-program", NotApplicable, "no-package",
         fromSource([](Scenario &s) { s.package.reset(); })},
        {"a tree is for any processor", "package-architecture", NotApplicable, "of-host", nothing},
        {"a build for another processor", "package-architecture", Blocked, "differs",
         fromSource([](Scenario &s) {
             s.package = builtTree();
             s.package->architecture = QStringLiteral("aarch64");
         }),
         0, "aarch64"},
        {"packages for a source build", "package-kind-fits", Blocked, "wrong-kind",
         fromSource([](Scenario &s) { s.package = debPackage(); })},
        {"a source tree for packages", "package-kind-fits", Blocked, "wrong-kind",
         [](Scenario &s) { s.package = sourceTree(); }},
        {"a tree fits a source build", "package-kind-fits", Passed, "passed", nothing},
        {"a cluster built from source keeps its quorum", "quorum-after-stop", Passed, "passed",
         nothing},
        {"a command has no second record", "run-type-agrees", NotApplicable, "other-method",
         nothing},
        {"going back uninstalls nothing", "restore-login", NotApplicable, "other-method",
         [](Scenario &s) {
             s.makeRestore();
             s.facts.asSource();
         }},
        {"going back needs no deploy script", "deployment-supported", NotApplicable, "other-method",
         [](Scenario &s) {
             s.makeRestore();
             s.facts.asSource();
         }},
        {"another unit, or none", "unit-enabled-at-boot", NotApplicable, "other-method", nothing},
        {"the program's own place counts", "disk-for-install", NotApplicable, "other-method",
         nothing},
    };
}

} // namespace kwup::test
