#include "tests/core/checks/CheckCase.h"

// Connection, platform and service.

namespace kwup::test {

namespace {

constexpr auto Passed = CheckStatus::Passed;
constexpr auto Warning = CheckStatus::Warning;
constexpr auto Blocked = CheckStatus::Blocked;
constexpr auto NotApplicable = CheckStatus::NotApplicable;

Error listProblem(ErrorCode code)
{
    Error error;
    error.code = code;
    error.args = {QStringLiteral("10.0.0.1"), QStringLiteral("aaa"), QStringLiteral("10.0.0.2"),
                  QStringLiteral("bbb")};
    return error;
}

const Change Nothing = [](Scenario & /*s*/) {};
const Change HostOneGone = [](Scenario &s) { s.facts.unreachable(1); };
const Change OtherMethod = [](Scenario &s) { s.method = Method::ExportImport; };
const Change NoPackage = [](Scenario &s) { s.package.reset(); };

/// Makes a fact of the first host unreadable.
template <typename T>
Change unread(Fact<T> HostFacts::*fact)
{
    return [fact](Scenario &s) { s.facts.host(0).*fact = unreadable<T>(); };
}

template <typename T>
Change set(Fact<T> HostFacts::*fact, T value)
{
    return [fact, value](Scenario &s) { s.facts.host(0).*fact = known<T>(value); };
}

Change service(const std::function<void(ServiceState &)> &change)
{
    return [change](Scenario &s) { change(*s.facts.host(0).service.value); };
}

Change clockOfHostTwo(double offset, bool nodeIsUp)
{
    return [offset, nodeIsUp](Scenario &s) {
        s.facts.host(2).clockOffset = known(offset);
        s.facts.node(2).isLive = nodeIsUp;
    };
}

} // namespace

QList<CheckCase> connectionCases()
{
    const auto problem = [](ErrorCode code) {
        return [code](Scenario &s) { s.facts.facts().listProblems = {listProblem(code)}; };
    };
    return {
        {"healthy", "hosts-reachable", Passed, "passed", Nothing},
        {"no answer", "hosts-reachable", Blocked, "unreachable", HostOneGone, 1, "15 seconds"},
        {"the others answer", "hosts-reachable", Passed, "passed", HostOneGone, 0},
        {"healthy", "hosts-distinct", Passed, "passed", Nothing},
        {"no hosts", "hosts-distinct", Blocked, "no-hosts",
         [](Scenario &s) { s.facts.facts() = {}; }},
        {"one host twice", "hosts-distinct", Blocked, "twice", problem(ErrorCode::HostTwice)},
        {"two hosts are one node", "hosts-distinct", Blocked, "same-node",
         [](Scenario &s) { s.facts.facts().nodeIdByHost[s.facts.hostId(2)] = 3; }, 0, "10.0.0.3"},
        {"healthy", "one-cluster", Passed, "passed", Nothing},
        {"two clusters", "one-cluster", Blocked, "mixed", problem(ErrorCode::ClustersMixed)},
        {"nobody answers", "one-cluster", Blocked, "unreadable",
         [](Scenario &s) { s.facts.stopped(); }},
        {"one host alone", "one-cluster", Passed, "passed", [](Scenario &s) { s.makeSingle(); }},
        {"healthy", "privilege", Passed, "passed", Nothing},
        {"root", "privilege", Passed, "passed", set(&HostFacts::privilege, PrivilegeMode::Root)},
        {"sudo not allowed", "privilege", Blocked, "unreadable",
         [](Scenario &s) {
             s.facts.host(0).privilege = unreadable<PrivilegeMode>();
             s.facts.host(0).privilege.error.code = ErrorCode::SudoNotAllowed;
         }},
        {"not tried out", "privilege", Blocked, "not-read",
         set(&HostFacts::privilege, PrivilegeMode::Detect)},
        {"no answer", "privilege", NotApplicable, "host-unreachable", HostOneGone, 1},
        {"healthy", "required-tools", Passed, "passed", Nothing},
        {"two are missing", "required-tools", Blocked, "missing",
         set(&HostFacts::tools, QStringLiteral("awk getopt")), 0, "awk, getopt"},
        {"not read", "required-tools", Blocked, "unreadable", unread(&HostFacts::tools)},
        {"without the script", "required-tools", NotApplicable, "other-method", OtherMethod},
    };
}

QList<CheckCase> platformCases()
{
    const Change allAway = [](Scenario &s) {
        for (int i = 0; i < s.facts.size(); ++i)
            s.facts.host(i).clockOffset = known(300.0);
    };
    const auto stageFree = [](qint64 more) {
        return [more](Scenario &s) {
            s.facts.host(0).stageFreeBytes =
                known<qint64>(s.package->size + s.package->unpackedBytes + (64 << 20) + more);
        };
    };
    return {
        {"healthy", "clock-skew", Passed, "passed", Nothing, 0, "0 ms"},
        {"only this computer's clock is wrong", "clock-skew", Passed, "passed", allAway},
        {"0.3 s ahead", "clock-skew", Warning, "large", clockOfHostTwo(0.31, true), 2, "300 ms"},
        {"0.3 s behind", "clock-skew", Warning, "large", clockOfHostTwo(-0.29, true), 2, "300 ms"},
        {"0.5 s, running", "clock-skew", Warning, "doubtful", clockOfHostTwo(0.51, true), 2},
        {"0.5 s, down", "clock-skew", Blocked, "too-large", clockOfHostTwo(0.51, false), 2},
        {"not read", "clock-skew", Warning, "unreadable", unread(&HostFacts::clockOffset)},
        {"one host", "clock-skew", NotApplicable, "one-host", [](Scenario &s) { s.makeSingle(); }},
        {"healthy", "package-manager-free", Passed, "passed", Nothing},
        {"apt is running", "package-manager-free", Blocked, "held",
         set(&HostFacts::packageManagerLock, QStringLiteral("apt-get (4242)")), 0,
         "apt-get (4242)"},
        {"not read", "package-manager-free", Warning, "unreadable",
         unread(&HostFacts::packageManagerLock)},
        {"without packages", "package-manager-free", NotApplicable, "other-method", OtherMethod},
        {"healthy", "disk-for-staging", Passed, "passed", Nothing},
        {"one byte short", "disk-for-staging", Blocked, "too-small", stageFree(-1), 0, "324.0 MiB"},
        {"exactly enough", "disk-for-staging", Passed, "passed", stageFree(0)},
        {"not read", "disk-for-staging", Blocked, "unreadable", unread(&HostFacts::stageFreeBytes)},
        {"no package", "disk-for-staging", NotApplicable, "no-package", NoPackage},
        {"healthy", "disk-for-install", Passed, "passed", Nothing},
        {"room for the archive alone", "disk-for-install", Blocked, "too-small",
         set(&HostFacts::installFreeBytes, debPackage().unpackedBytes)},
        {"not read", "disk-for-install", Blocked, "unreadable",
         unread(&HostFacts::installFreeBytes)},
        {"no package", "disk-for-install", NotApplicable, "no-package", NoPackage},
        {"healthy", "disk-for-backup", Passed, "passed", Nothing},
        {"no cold copy", "disk-for-backup", NotApplicable, "no-copy",
         [](Scenario &s) { s.coldBackup = false; }},
        {"larger than what is free", "disk-for-backup", Warning, "too-small",
         [](Scenario &s) { s.facts.host(0).dataFreeBytes = s.facts.host(0).dataBytes; }},
        {"data not read", "disk-for-backup", Blocked, "unreadable", unread(&HostFacts::dataBytes)},
        {"free not read", "disk-for-backup", Blocked, "unreadable",
         unread(&HostFacts::dataFreeBytes)},
    };
}

QList<CheckCase> serviceCases()
{
    const auto state = [](const char *name) {
        return service(
            [name](ServiceState &service) { service.activeState = QString::fromLatin1(name); });
    };
    const auto enabled = [](const char *name) {
        return service(
            [name](ServiceState &service) { service.unitFileState = QString::fromLatin1(name); });
    };
    const QString flag = QStringLiteral("--upgrade-complete");
    return {
        {"healthy", "service-state", Passed, "passed", Nothing},
        {"starting", "service-state", Blocked, "changing", state("activating")},
        {"stopping", "service-state", Blocked, "changing", state("deactivating")},
        {"node of a cluster is down", "service-state", Blocked, "not-running",
         [](Scenario &s) { s.facts.nodeDown(0); }, 0, "exit-code"},
        {"the only node is stopped", "service-state", Warning, "stopped",
         [](Scenario &s) {
             s.makeSingle();
             s.facts.stopped();
         }},
        {"unit was edited", "service-state", Warning, "reload-needed",
         service([](ServiceState &service) { service.needDaemonReload = true; })},
        {"not read", "service-state", Blocked, "unreadable", unread(&HostFacts::service)},
        {"not installed", "service-state", NotApplicable, "not-installed-here",
         set(&HostFacts::deployment, Deployment::None)},
        {"healthy", "unit-usable", Passed, "passed", Nothing},
        {"ExecStartPre cannot run", "unit-usable", Blocked, "broken",
         set(&HostFacts::unitBroken, true)},
        {"not read", "unit-usable", Blocked, "unreadable", unread(&HostFacts::unitBroken)},
        {"container", "unit-usable", NotApplicable, "other-method",
         [](Scenario &s) { s.facts.asContainers(); }},
        {"healthy", "unit-enabled-at-boot", Passed, "passed", Nothing},
        {"as the vendor leaves it", "unit-enabled-at-boot", CheckStatus::Info, "disabled",
         enabled("disabled")},
        {"not read", "unit-enabled-at-boot", Warning, "unreadable", unread(&HostFacts::service)},
        {"not told", "unit-enabled-at-boot", Warning, "not-read", enabled("")},
        {"healthy", "no-upgrade-leftover", Passed, "passed", Nothing},
        {"argument in the file", "no-upgrade-leftover", Warning, "flag-left",
         set(&HostFacts::startArgument, flag)},
        {"argument in the command", "no-upgrade-leftover", Warning, "flag-left",
         [flag](Scenario &s) { s.facts.host(0).startCommand.value->words.append(flag); }},
        {"marked as upgrading", "no-upgrade-leftover", Blocked, "node-upgrading",
         [](Scenario &s) { s.facts.node(0).isAvailable = false; }, 0, "1 (10.0.0.1:26257)"},
        {"not read", "no-upgrade-leftover", Warning, "unreadable",
         unread(&HostFacts::startArgument)},
        {"healthy", "wizard-lock-free", Passed, "passed", Nothing},
        {"somebody else's run", "wizard-lock-free", Blocked, "held",
         set(&HostFacts::wizardLock, QStringLiteral("lena\x1b[2J@pc7 since 14:00\n")), 0,
         "lena@pc7 since 14:00"},
        {"a run's record", "wizard-lock-free", Blocked, "held",
         set(&HostFacts::wizardLock,
             QStringLiteral(R"({"computer":"pc7","run":"R1","state":"failed","who":"lena"})")),
         0, "lena@pc7, R1, failed"},
        {"another's run, taken over", "wizard-lock-free", CheckStatus::Info, "taken-over",
         [](Scenario &s) {
             s.facts.host(0).wizardLock = known(QStringLiteral("lena@pc7"));
             s.takesOverLock = true;
         },
         0, "lena@pc7"},
        {"not read", "wizard-lock-free", Blocked, "unreadable", unread(&HostFacts::wizardLock)},
    };
}

} // namespace kwup::test
