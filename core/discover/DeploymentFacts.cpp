#include "core/discover/HostFactsReader.h"

#include "core/base/CommandLine.h"
#include "core/container/ImageReference.h"
#include "core/discover/FactReading.h"
#include "core/kwdb/Parsers.h"

#include <QDir>

namespace kwup {

namespace {

bool isContainer(Deployment deployment)
{
    return deployment == Deployment::ContainerPackage || deployment == Deployment::Compose
        || deployment == Deployment::DockerRun;
}

} // namespace

QHash<QString, QString> sectionValues(const QByteArray &raw)
{
    QHash<QString, QString> values;
    for (const auto &line : printable(raw, 65536).split(u'\n')) {
        const auto equals = line.indexOf(u'=');
        if (equals > 0)
            values.insert(line.left(equals), line.mid(equals + 1).trimmed());
    }
    return values;
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

std::optional<ContainerFacts> HostFactsReader::containerFacts() const
{
    const auto out = [this](const char *id) { return section(QLatin1String(id)).out; };
    return parseContainerFacts({out("container-inspect"), out("image-inspect"),
                                out("compose-files"), out("container-tools"), out("containers")});
}

/// A container that no unit and no package stands behind: its state is the service's, its program's
/// version the installed one.
void HostFactsReader::fromContainer(HostFacts &facts) const
{
    const QString id = QStringLiteral("container-inspect");
    const auto found = containerFacts();
    if (!found) {
        facts.containerFacts = unknown<ContainerFacts>(id, errorOf(id));
        return;
    }
    facts.containerFacts.value = *found;
    facts.containerFacts.command = commandOf(id);
    const auto kind = facts.deployment.valueOr(Deployment::None);
    if (kind != Deployment::Compose && kind != Deployment::DockerRun)
        return;
    facts.container = known<QString>(QStringLiteral("containers"), found->name);
    ServiceState state;
    state.activeState = found->isRunning ? QStringLiteral("active") : QStringLiteral("inactive");
    state.subState = found->isRunning ? QStringLiteral("running") : QStringLiteral("dead");
    state.mainPid = found->pid;
    state.execMainStatus = found->exitCode;
    state.result = QStringLiteral("success");
    const bool isRestarted = found->restartPolicy == QStringLiteral("always")
        || found->restartPolicy == QStringLiteral("unless-stopped");
    state.unitFileState = isRestarted ? QStringLiteral("enabled") : QStringLiteral("disabled");
    facts.service.value = state;
    facts.service.command = commandOf(id);
    facts.service.error = {};
    const auto reference = ImageReference::parse(found->imageReference);
    const auto version = reference ? reference->version() : std::nullopt;
    if (!facts.installedVersion.isKnown() && version) {
        facts.installedVersion.value = *version;
        facts.installedVersion.command = commandOf(id);
        facts.installedVersion.error = {};
    }
}

QString HostFactsReader::processValue(const QString &key) const
{
    return sectionValues(section(QStringLiteral("process")).out).value(key);
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
    const QString cwd = processValue(QStringLiteral("cwd"));
    if (start && exe.endsWith(QLatin1String("/kwbase")))
        start->words[0] = exe;
    else if (start && start->words[0].contains(u'/') && !start->words[0].startsWith(u'/'))
        start->words[0] = QDir::cleanPath(cwd + u'/' + start->words[0]);
    if (start && !start->certsDir.isEmpty() && !start->certsDir.startsWith(u'/'))
        start->certsDir = cwd + u'/' + start->certsDir;
    return start;
}

/// As the loader sees them: relative parts belong to the directory of the process.
static QString absoluteLibraries(const QString &value, const QString &cwd, const QString &exe)
{
    QStringList parts;
    for (const auto &part : value.split(u':', Qt::SkipEmptyParts))
        parts.append(QDir::cleanPath(part.startsWith(u'/') ? part : cwd + u'/' + part));
    const QString beside = QDir::cleanPath(exe.section(u'/', 0, -2) + QStringLiteral("/../lib"));
    if (!parts.contains(beside))
        parts.append(beside);
    return parts.join(u':');
}

ProcessFacts HostFactsReader::processFacts() const
{
    ProcessFacts found;
    found.pid = processValue(QStringLiteral("pid")).toLongLong();
    found.exe = processValue(QStringLiteral("exe"));
    found.cwd = processValue(QStringLiteral("cwd"));
    found.user = processValue(QStringLiteral("user"));
    found.unit = processValue(QStringLiteral("unit"));
    found.isUnitEnabled =
        processValue(QStringLiteral("enabled")).startsWith(QLatin1String("enabled"));
    found.servers = processValue(QStringLiteral("servers")).toInt();
    found.libraries =
        absoluteLibraries(processValue(QStringLiteral("libraries")), found.cwd, found.exe);
    for (const auto &line : section(QStringLiteral("process")).out.split('\n')) {
        if (line.startsWith("unreadable="))
            found.unreadable.append(printable(line.mid(11), 100));
    }
    if (found.exe.isEmpty())
        found.unreadable.append(QStringLiteral("exe"));
    if (found.cwd.isEmpty())
        found.unreadable.append(QStringLiteral("cwd"));
    return found;
}

/// A server that no deploy script's unit knows: the process is the service.
void HostFactsReader::fromProcess(HostFacts &facts) const
{
    const QString id = QStringLiteral("process");
    if (facts.deployment.valueOr(Deployment::None) != Deployment::Source) {
        facts.process = unknown<ProcessFacts>(id, errorOf(id));
        return;
    }
    const ProcessFacts process = processFacts();
    facts.process.value = process;
    facts.process.command = commandOf(id);
    ServiceState state;
    state.activeState = QStringLiteral("active");
    state.subState = QStringLiteral("running");
    state.result = QStringLiteral("success");
    state.mainPid = process.pid;
    state.unitFileState =
        process.isUnitEnabled ? QStringLiteral("enabled") : QStringLiteral("disabled");
    facts.service.value = state;
    facts.service.command = commandOf(id);
    facts.service.error = {};
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
    if (isContainer(deployment)) {
        const auto inspected = containerFacts();
        if (const auto start =
                inspected ? parseStartCommand(inspected->startWords()) : std::nullopt)
            return known<StartCommand>(QStringLiteral("containers"), *start);
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

/// The port of the host that leads to this one of the server.
Fact<int> HostFactsReader::publishedPort(const HostFacts &facts, int port) const
{
    const QString id = QStringLiteral("container-ports");
    if (!isContainer(facts.deployment.valueOr(Deployment::None)))
        return known<int>(QStringLiteral("process"), port);
    const QString prefix = QStringLiteral("%1/tcp|").arg(port);
    for (const auto &line : QString::fromUtf8(section(id).out).split(u'\n')) {
        const int outside = line.startsWith(prefix) ? line.mid(prefix.size()).toInt() : 0;
        if (outside > 0 && outside < 65536)
            return known<int>(id, outside);
    }
    return known<int>(QStringLiteral("containers"), port);
}

Fact<QString> HostFactsReader::dataRoot(Deployment deployment) const
{
    auto fact = read<QString>(QStringLiteral("data-root"), [](const QByteArray &raw) {
        const QString path = printable(raw, 4096).trimmed();
        return path.startsWith(u'/') ? std::optional(path) : std::nullopt;
    });
    if (deployment == Deployment::Compose || deployment == Deployment::DockerRun)
        fact.command = QStringLiteral("docker inspect CONTAINER");
    else if (deployment == Deployment::Source)
        fact.command = QStringLiteral("cat /proc/PID/cmdline");
    if (!fact.isKnown())
        fact.error.command = fact.command;
    return fact;
}

} // namespace kwup
