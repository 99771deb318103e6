#include "core/discover/HostFactsReader.h"

#include "core/base/CommandLine.h"
#include "core/discover/FactReading.h"
#include "core/kwdb/Parsers.h"

#include <QRegularExpression>

namespace kwup {

namespace {

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

/// Whether the vendor's deploy script installed it: /etc/kaiwudb then says what.
bool hasRecord(Deployment deployment)
{
    return deployment == Deployment::BarePackage || deployment == Deployment::ContainerPackage;
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
        const auto values = sectionValues(raw);
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
    if (sectionValues(section(id).out).value(QStringLiteral("LoadState")) == u"not-found") {
        fact.value.reset();
        fact.error = errorOf(id);
        fact.error.code = ErrorCode::NotInstalled;
    }
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
        facts.sqlPort = publishedPort(facts, portOf(start.localSqlAddress()));
    if (!facts.httpPort.isKnown())
        facts.httpPort = publishedPort(facts, portOf(start.localHttpAddress()));
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
    // Only the deploy script keeps a record of what it installed.
    if (!facts.installedVersion.isKnown() && !hasRecord(kind))
        facts.installedVersion = facts.binaryVersion;
    facts.packages = read<QList<PackageState>>(QStringLiteral("packages"), packages);
    facts.unitBroken = unitBroken();
    facts.startArgument = readOr<QString>(QStringLiteral("env"), QString(), startArgument);
    facts.service = service();
    facts.dataRoot = dataRoot(kind);
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
    fromContainer(facts);
    fromProcess(facts);
}

} // namespace kwup
