#include "core/discover/HostFactsReader.h"

#include "core/base/CommandLine.h"
#include "core/discover/FactReading.h"
#include "core/kwdb/Parsers.h"

#include <QRegularExpression>

namespace kwup {

namespace {

QHash<QString, QString> keyValues(const QByteArray &raw)
{
    QHash<QString, QString> values;
    for (const auto &line : printable(raw, 65536).split(u'\n')) {
        const auto equals = line.indexOf(u'=');
        if (equals > 0)
            values.insert(line.left(equals), line.mid(equals + 1).trimmed());
    }
    return values;
}

/// dpkg: "NAME VERSION want ok state"; rpm: "NAME VERSION installed".
std::optional<QList<PackageState>> packages(const QByteArray &raw)
{
    QList<PackageState> found;
    for (const auto &line : printable(raw, 65536).split(u'\n', Qt::SkipEmptyParts)) {
        // dpkg-query prints names it merely heard of, without a version.
        static const QRegularExpression row(QStringLiteral(R"(^(\S+) (\S*) (\S.*)$)"));
        const auto match = row.match(line.trimmed());
        if (!match.hasMatch())
            return std::nullopt;
        if (!match.captured(3).endsWith(QLatin1String("not-installed")))
            found.append({match.captured(1), match.captured(2), match.captured(3)});
    }
    return found;
}

std::optional<KwdbVersion> binaryVersion(const QByteArray &raw)
{
    static const QRegularExpression line(QStringLiteral(R"((?:^|\n)KaiwuDB Version:\s+(\S+))"));
    const auto match = line.match(QString::fromUtf8(raw));
    return match.hasMatch() ? KwdbVersion::fromBuildTag(match.captured(1)) : std::nullopt;
}

/// KAIWUDB_START_ARG=" --upgrade-complete " → "--upgrade-complete". Nothing set gives "".
std::optional<QString> startArgument(const QByteArray &raw)
{
    static const QRegularExpression line(
        QStringLiteral(R"((?:^|\n)\s*KAIWUDB_START_ARG\s*=\s*(["']?)([^\n]*?)\1\s*(?:\n|$))"));
    const auto match = line.match(printable(raw, 65536));
    return match.hasMatch() ? match.captured(2).simplified() : QStringLiteral("");
}

/// A line of ExecStartPre whose program was not found when the unit was written
/// (host-transcripts README no. 9): what is left begins with an option.
bool lacksProgram(const QString &line)
{
    static const QRegularExpression prefix(QStringLiteral("^[-@:+!]*"));
    const QStringList words = QString(line).remove(prefix).split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty() || words.first().startsWith(u'-'))
        return true;
    const bool isSudo = words.first().section(u'/', -1) == QLatin1String("sudo");
    return isSudo && (words.size() < 2 || words[1] == QLatin1String("-w"));
}

QString hostOf(const QString &address)
{
    const auto colon = address.lastIndexOf(u':');
    return colon < 0 ? address : address.left(colon);
}

int portOf(const QString &address)
{
    return address.section(u':', -1).toInt();
}

} // namespace

Fact<bool> HostFactsReader::unitBroken() const
{
    const QString id = QStringLiteral("unit");
    return read<bool>(id, [this](const QByteArray &raw) {
        for (const auto &line : parseUnitFile(raw).execStartPre) {
            // "-" lets systemd go on after a failure.
            if (!line.startsWith(u'-') && lacksProgram(line))
                return std::optional(true);
        }
        const auto missing = section(QStringLiteral("start-pre"));
        return std::optional(missing.succeeded() && !missing.out.trimmed().isEmpty());
    });
}

Fact<ServiceState> HostFactsReader::service() const
{
    const QString id = QStringLiteral("service");
    auto fact = read<ServiceState>(id, [](const QByteArray &raw) -> std::optional<ServiceState> {
        const auto values = keyValues(raw);
        if (!values.contains(QStringLiteral("ActiveState")))
            return std::nullopt;
        ServiceState state;
        state.activeState = values.value(QStringLiteral("ActiveState"));
        state.subState = values.value(QStringLiteral("SubState"));
        state.result = values.value(QStringLiteral("Result"));
        state.mainPid = values.value(QStringLiteral("MainPID")).toLongLong();
        state.execMainStatus = values.value(QStringLiteral("ExecMainStatus")).toInt();
        state.unitFileState = values.value(QStringLiteral("UnitFileState"));
        state.needDaemonReload = values.value(QStringLiteral("NeedDaemonReload")) == u"yes";
        return state;
    });
    if (keyValues(section(id).out).value(QStringLiteral("LoadState")) == u"not-found") {
        fact.value.reset();
        fact.error = errorOf(id);
        fact.error.code = ErrorCode::NotInstalled;
    }
    return fact;
}

std::optional<HostFactsReader::Container> HostFactsReader::container() const
{
    std::optional<Container> found;
    const QString raw = QString::fromUtf8(section(QStringLiteral("containers")).out);
    for (const auto &line : raw.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.count(u'|') < 4)
            continue;
        Container candidate{line.section(u'|', 0, 0),
                            line.section(u'|', 1, 1),
                            line.section(u'|', 3, 3),
                            {},
                            false};
        QString command = line.section(u'|', 4);
        if (command.startsWith(u'"') && command.endsWith(u'"') && command.size() > 1)
            command = command.mid(1, command.size() - 2);
        command.replace(QLatin1String("\\n"), QLatin1String(" "));
        command.replace(QLatin1String("\\\""), QLatin1String("\""));
        if (const auto start = parseStartCommand({command})) {
            candidate.start = *start;
            candidate.hasStart = true;
        }
        const bool isNamed = candidate.name == u"kaiwudb-container";
        if (!candidate.hasStart && !isNamed)
            continue;
        // A running one counts more than one that was left behind.
        if (!found || line.section(u'|', 2, 2).startsWith(QLatin1String("Up")))
            found = candidate;
    }
    return found;
}

QString HostFactsReader::processValue(const QString &key) const
{
    return keyValues(section(QStringLiteral("process")).out).value(key);
}

std::optional<StartCommand> HostFactsReader::processStart() const
{
    const SectionOutput process = section(QStringLiteral("process"));
    QStringList words;
    for (const auto &line : process.out.split('\n')) {
        if (line.startsWith("arg="))
            words.append(QString::fromUtf8(line.mid(4)));
    }
    // A program that shortens its title leaves NULs behind.
    while (!words.isEmpty() && words.last().isEmpty())
        words.removeLast();
    auto start = process.succeeded() ? parseStartCommand(words) : std::nullopt;
    const QString exe = processValue(QStringLiteral("exe"));
    if (start && exe.endsWith(QLatin1String("/kwbase")))
        start->words[0] = exe;
    const QString cwd = processValue(QStringLiteral("cwd"));
    if (start && !start->certsDir.isEmpty() && !start->certsDir.startsWith(u'/'))
        start->certsDir = cwd + u'/' + start->certsDir;
    return start;
}

Fact<Deployment> HostFactsReader::deployment() const
{
    const QString id = QStringLiteral("mode");
    const SectionOutput mode = section(id);
    if (mode.succeeded()) {
        const auto parsed = parseMode(mode.out);
        if (parsed)
            return known<Deployment>(id, parsed->deployment);
        Error error = parsed.error();
        error.host = m_hostId;
        return unknown<Deployment>(id, error);
    }
    if (mode.exitCode != AbsentFile)
        return unknown<Deployment>(id, errorOf(id));
    if (section(QStringLiteral("unit")).succeeded()) {
        // Installed by the script, and MODE is gone: not "no KWDB".
        Error error = errorOf(id);
        error.code = ErrorCode::ModeInvalid;
        error.args = QStringList{QStringLiteral("/etc/kaiwudb/info/MODE"), QStringLiteral("1")};
        return unknown<Deployment>(id, error);
    }
    if (const auto found = container()) {
        return known<Deployment>(QStringLiteral("containers"),
                                 found->composeProject.isEmpty() ? Deployment::DockerRun
                                                                 : Deployment::Compose);
    }
    if (processStart())
        return known<Deployment>(QStringLiteral("process"), Deployment::Source);
    return known<Deployment>(id, Deployment::None);
}

Fact<StartCommand> HostFactsReader::startCommand(Deployment deployment) const
{
    const bool isContainer = deployment == Deployment::ContainerPackage
        || deployment == Deployment::Compose || deployment == Deployment::DockerRun;
    if (isContainer) {
        const auto found = container();
        if (found && found->hasStart)
            return known<StartCommand>(QStringLiteral("containers"), found->start);
        return read<StartCommand>(QStringLiteral("compose"), [](const QByteArray &raw) {
            return parseStartCommand({QString::fromUtf8(raw)});
        });
    }
    if (deployment == Deployment::Source) {
        if (const auto start = processStart())
            return known<StartCommand>(QStringLiteral("process"), *start);
    }
    const auto fact = read<StartCommand>(QStringLiteral("unit"), [](const QByteArray &raw) {
        return parseStartCommand(parseUnitFile(raw).execStart);
    });
    if (fact.isKnown())
        return fact;
    if (const auto start = processStart())
        return known<StartCommand>(QStringLiteral("process"), *start);
    return fact;
}

void HostFactsReader::fromMode(HostFacts &facts) const
{
    const QString id = QStringLiteral("mode");
    const auto mode = parseMode(section(id).out);
    if (!section(id).succeeded() || !mode) {
        Error error = errorOf(id);
        if (section(id).succeeded() && !mode)
            error = mode.error();
        error.host = m_hostId;
        facts.runType = unknown<RunType>(id, error);
        facts.security = unknown<SecurityMode>(id, error);
        facts.managementUser = unknown<QString>(id, error);
        facts.advertisedAddress = unknown<QString>(id, error);
        facts.sqlPort = unknown<int>(id, error);
        facts.httpPort = unknown<int>(id, error);
        return;
    }
    facts.runType = known<RunType>(id, mode->runType);
    facts.security = known<SecurityMode>(id, mode->security);
    facts.managementUser = known<QString>(id, mode->user);
    facts.advertisedAddress = known<QString>(id, mode->address);
    facts.sqlPort = known<int>(id, mode->sqlPort);
    facts.httpPort = known<int>(id, mode->httpPort);
}

/// What MODE does not say (2.0.x has no security mode; containers and sources have no MODE).
void HostFactsReader::fromStartCommand(HostFacts &facts) const
{
    const QString id = section(QStringLiteral("process")).succeeded()
        ? QStringLiteral("process")
        : QStringLiteral("containers");
    const auto user = processValue(QStringLiteral("user"));
    if (!facts.managementUser.isKnown() && !user.isEmpty())
        facts.managementUser = known<QString>(QStringLiteral("process"), user);
    if (!facts.startCommand.isKnown())
        return;
    const StartCommand &start = *facts.startCommand.value;
    if (!facts.runType.isKnown())
        facts.runType = known<RunType>(id, start.runType());
    if (!facts.security.isKnown() || *facts.security.value == SecurityMode::Unknown)
        facts.security = known<SecurityMode>(id, start.security);
    if (!facts.advertisedAddress.isKnown() && !start.advertiseAddress.isEmpty())
        facts.advertisedAddress = known<QString>(id, hostOf(start.advertiseAddress));
    if (!facts.sqlPort.isKnown())
        facts.sqlPort = known<int>(id, portOf(start.localSqlAddress()));
    if (!facts.httpPort.isKnown())
        facts.httpPort = known<int>(id, portOf(start.localHttpAddress()));
}

void HostFactsReader::readInstallation(HostFacts &facts) const
{
    facts.deployment = deployment();
    const auto kind = facts.deployment.valueOr(Deployment::BarePackage);
    facts.startCommand = startCommand(kind);
    fromMode(facts);
    fromStartCommand(facts);
    facts.installedVersion =
        read<KwdbVersion>(QStringLiteral("version"), &KwdbVersion::fromVersionFile);
    facts.binaryVersion = read<KwdbVersion>(QStringLiteral("binary-version"), binaryVersion);
    facts.packages = read<QList<PackageState>>(QStringLiteral("packages"), packages);
    facts.unitBroken = unitBroken();
    facts.startArgument = readOr<QString>(QStringLiteral("env"), QString(), startArgument);
    facts.service = service();
    facts.dataRoot = read<QString>(QStringLiteral("data-root"), [](const QByteArray &raw) {
        const QString path = printable(raw, 4096).trimmed();
        return path.startsWith(u'/') ? std::optional(path) : std::nullopt;
    });
    facts.otherNodes =
        readOr<QStringList>(QStringLiteral("node"), QStringList(),
                            [](const QByteArray &raw) -> std::optional<QStringList> {
                                const auto file = parseNodeFile(raw);
                                return file ? std::optional(file->otherNodes) : std::nullopt;
                            });
    const auto found = container();
    facts.container =
        known<QString>(QStringLiteral("containers"),
                       found && kind != Deployment::BarePackage ? found->name : QString());
}

} // namespace kwup
