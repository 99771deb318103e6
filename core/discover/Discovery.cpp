#include "core/discover/Discovery.h"

#include "core/discover/DiscoveryScript.h"
#include "core/discover/HostFactsReader.h"

namespace kwup {

namespace {

constexpr std::chrono::milliseconds Deadline{120000};
constexpr std::chrono::milliseconds Silence{60000}; // du says nothing while it works

bool isPrivilegeError(ErrorCode code)
{
    return code == ErrorCode::SudoMissing || code == ErrorCode::SudoPasswordWrong
        || code == ErrorCode::SudoPasswordNeeded || code == ErrorCode::SudoNotAllowed;
}

Fact<PrivilegeMode> privilegeFact(const Result<PrivilegeMode> &probed)
{
    Fact<PrivilegeMode> fact;
    fact.command = QStringLiteral("id -u; sudo -n true");
    if (probed)
        fact.value = *probed;
    else
        fact.error = probed.error();
    return fact;
}

double seconds(const QDateTime &time)
{
    return static_cast<double>(time.toMSecsSinceEpoch()) / 1000.0;
}

double clockNumber(QByteArray output, bool *ok)
{
    // date without %N (busybox) prints the letters.
    return output.trimmed().replace(".%N", "").replace(".N", "").toDouble(ok);
}

/// Host minus this computer, from the quickest of three round trips: the error is at most half of
/// that trip. Empty when the host does not answer in numbers.
std::optional<double> measuredOffset(CommandRunner &runner, std::stop_token stop)
{
    std::optional<double> offset;
    double quickest = 0;
    for (int i = 0; i < 3; ++i) {
        Command command;
        command.script = QStringLiteral("date +%s.%N");
        command.deadline = std::chrono::seconds(5);
        const double before = seconds(QDateTime::currentDateTimeUtc());
        const auto output = runner.run(command, stop);
        const double after = seconds(QDateTime::currentDateTimeUtc());
        bool ok = false;
        const double host = output ? clockNumber(output->out, &ok) : 0;
        if (!ok)
            return {};
        if (!offset || after - before < quickest) {
            quickest = after - before;
            offset = host - (before + after) / 2;
        }
    }
    return offset;
}

/// Host minus this computer. The host read its clock after `before` and once more before `after`:
/// the middle of both differences cancels the time that the command took on the way.
Fact<double> clockOffset(const QHash<QString, SectionOutput> &sections, const QDateTime &before,
                         const QDateTime &after)
{
    Fact<double> fact;
    fact.command = QStringLiteral("date +%s.%N");
    const SectionOutput first = sections.value(QStringLiteral("clock"));
    const SectionOutput last = sections.value(QStringLiteral("clock-end"));
    fact.raw = first.out + last.out;
    bool firstOk = false;
    bool lastOk = false;
    const double begin = clockNumber(first.out, &firstOk) - seconds(before);
    const double end = clockNumber(last.out, &lastOk) - seconds(after);
    if (firstOk && lastOk) {
        fact.value = (begin + end) / 2;
        return fact;
    }
    fact.error.code = ErrorCode::OutputUnexpected;
    fact.error.args = QStringList{fact.command};
    fact.error.evidence = first.evidence();
    return fact;
}

} // namespace

HostFacts discoverHost(HostConnection &connection, const HostSpec &spec, std::stop_token stop)
{
    HostFacts facts;
    facts.host = spec;
    facts.readAt = QDateTime::currentDateTimeUtc();
    // First, so that the time of a sudo negotiation does not count as clock offset.
    const auto privilege = connection.probePrivilege(stop);
    if (!privilege && !isPrivilegeError(privilege.error().code)) {
        facts.error = privilege.error();
        return facts;
    }
    facts.privilege = privilegeFact(privilege);

    const QString nonce = newNonce();
    Command command;
    command.script = sectionsScript(discoveryPreamble(), discoverySections(), nonce);
    // Without root most of it can be read all the same.
    command.runAs = privilege ? RunAs::Root : RunAs::LoginUser;
    command.deadline = Deadline;
    command.silence = Silence;
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const auto output = connection.run(command, stop);
    const QDateTime after = QDateTime::currentDateTimeUtc();
    if (!output) {
        facts.error = output.error();
        return facts;
    }
    const auto sections = splitSections(output->out, output->err, nonce);
    if (sections.isEmpty()) {
        facts.error.code = ErrorCode::OutputUnexpected;
        facts.error.host = spec.id();
        facts.error.args = QStringList{QStringLiteral("sh")};
        facts.error.evidence = (output->out + output->err).left(4096);
        facts.error.exitCode = output->exitCode;
        return facts;
    }
    const HostFactsReader reader(spec.id(), sections);
    reader.readSystem(facts);
    reader.readInstallation(facts);
    facts.clockOffset = clockOffset(sections, before, after);
    if (const auto offset = measuredOffset(connection, stop))
        facts.clockOffset.value = offset;
    return facts;
}

std::optional<KwbaseCli> kwbaseCliOf(const HostFacts &facts)
{
    if (!facts.startCommand.isKnown())
        return std::nullopt;
    const StartCommand &start = *facts.startCommand.value;
    KwbaseCli cli;
    cli.container = facts.container.valueOr(QString());
    cli.user = facts.managementUser.valueOr(QString());
    cli.address = start.localSqlAddress();
    cli.security = start.security;
    if (cli.security == SecurityMode::Unknown)
        cli.security = facts.security.valueOr(SecurityMode::Unknown);
    if (!start.certsDir.isEmpty())
        cli.certsDir = start.certsDir;
    const QString program = start.words.value(0);
    if (!cli.container.isEmpty())
        cli.binary = program.startsWith(u'/') ? program : QStringLiteral("/kaiwudb/bin/kwbase");
    if (facts.containerFacts.isKnown() && !facts.containerFacts.value->certificates.isEmpty())
        cli.certsDir = facts.containerFacts.value->certificates;
    if (!cli.container.isEmpty())
        return cli;
    if (program.startsWith(u'/') && program.endsWith(QLatin1String("/kwbase")))
        cli.binary = program;
    if (facts.process.isKnown())
        cli.libraries = facts.process.value->libraries;
    return cli;
}

} // namespace kwup
