#include "core/discover/ContainerFacts.h"

#include "core/base/CommandLine.h"
#include "core/container/DockerRun.h"
#include "core/kwdb/UnitFile.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

QJsonObject firstObject(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).array().at(0).toObject();
}

QStringList texts(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList list;
    for (const auto item : value.toArray())
        list.append(item.toString());
    return list;
}

/// Takes the values of secret variables out; the names stay.
void redact(QJsonObject &inspect)
{
    QJsonObject config = inspect[QStringLiteral("Config")].toObject();
    QJsonArray environment;
    for (const auto &entry : texts(config[QStringLiteral("Env")])) {
        const QString name = entry.section(u'=', 0, 0);
        environment.append(isSecretName(name) ? name + u'=' : entry);
    }
    config[QStringLiteral("Env")] = environment;
    inspect[QStringLiteral("Config")] = config;
}

bool isAnonymousName(const QString &name)
{
    static const QRegularExpression random(QStringLiteral("\\A[0-9a-f]{64}\\z"));
    return random.match(name).hasMatch();
}

QList<ContainerMount> mountsOf(const QJsonObject &inspect)
{
    QList<ContainerMount> mounts;
    for (const auto item : inspect[QStringLiteral("Mounts")].toArray()) {
        ContainerMount mount{item[QStringLiteral("Type")].toString(),
                             item[QStringLiteral("Name")].toString(),
                             item[QStringLiteral("Source")].toString(),
                             item[QStringLiteral("Destination")].toString(), false};
        mount.isAnonymous = mount.type == QStringLiteral("volume") && isAnonymousName(mount.name);
        mounts.append(mount);
    }
    return mounts;
}

/// Paths in the container: relative ones begin at the working directory.
QString absolute(const QString &path, const QJsonObject &config)
{
    if (path.isEmpty() || path.startsWith(u'/'))
        return path.isEmpty() ? path : QDir::cleanPath(path);
    const QString directory = config[QStringLiteral("WorkingDir")].toString();
    return QDir::cleanPath((directory.isEmpty() ? QStringLiteral("/") : directory) + u'/' + path);
}

void readCompose(const QByteArray &files, const QJsonObject &labels, ContainerFacts &facts)
{
    const auto label = [&labels](const char *key) {
        return labels[QLatin1String("com.docker.compose.") + QLatin1String(key)].toString();
    };
    facts.composeProject = label("project");
    facts.compose.service = label("service");
    facts.composeVersion = label("version");
    facts.composeDirectory = label("project.working_dir");
    for (const auto &line : files.split('\n')) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        if (words.size() < 3 || words[0] != "file")
            continue;
        const ComposeSource source{QString::fromUtf8(QByteArray::fromBase64(words[2])),
                                   QByteArray::fromBase64(words.value(3)), words[1] == "w"};
        if (source.path == facts.composeDirectory + QStringLiteral("/.env"))
            facts.compose.environment = source;
        else
            facts.compose.files.append(source);
    }
}

/// The program of the kind that made the containers; the other one names them differently.
QString composeCommand(const QHash<QString, QString> &tools, const QString &madeBy)
{
    const bool hasPlugin = !tools.value(QStringLiteral("compose")).isEmpty();
    const bool hasOld = !tools.value(QStringLiteral("docker-compose")).isEmpty();
    const bool wantsOld = madeBy.startsWith(QLatin1String("1."));
    if (hasOld && (wantsOld || !hasPlugin))
        return QStringLiteral("docker-compose");
    return hasPlugin ? QStringLiteral("docker compose") : QString();
}

void readList(const QByteArray &list, ContainerFacts &facts)
{
    for (const auto &line : printable(list, 65536).split(u'\n', Qt::SkipEmptyParts)) {
        const QString name = line.section(u'|', 0, 0);
        facts.allNames.append(name);
        const bool runs = line.section(u'|', 2, 2).startsWith(QLatin1String("Up"));
        QString command = line.section(u'|', 4);
        command.replace(QLatin1String("\\n"), QLatin1String(" "));
        if (runs && name != facts.name && command.contains(QLatin1String("kwbase")))
            facts.others.append(name);
    }
}

QHash<QString, QString> keyValues(const QByteArray &raw)
{
    QHash<QString, QString> values;
    for (const auto &line : printable(raw, 8192).split(u'\n'))
        values.insert(line.section(u'=', 0, 0), line.section(u'=', 1).trimmed());
    return values;
}

} // namespace

const ContainerMount *ContainerFacts::mountOf(const QString &path) const
{
    const ContainerMount *best = nullptr;
    for (const auto &mount : mounts) {
        const bool holds = path == mount.destination
            || path.startsWith(mount.destination.endsWith(u'/') ? mount.destination
                                                                : mount.destination + u'/');
        // What is in memory is gone with the container.
        const bool lasts = mount.type != QStringLiteral("tmpfs");
        if (holds && lasts && (!best || mount.destination.size() > best->destination.size()))
            best = &mount;
    }
    return best;
}

QString ContainerFacts::onHost(const QString &path) const
{
    const ContainerMount *mount = path.isEmpty() ? nullptr : mountOf(path);
    return mount ? QDir::cleanPath(mount->source + path.mid(mount->destination.size())) : QString();
}

QStringList ContainerFacts::startWords() const
{
    const QJsonObject config = inspect[QStringLiteral("Config")].toObject();
    return texts(config[QStringLiteral("Entrypoint")]) + texts(config[QStringLiteral("Cmd")]);
}

QString ContainerFacts::publishedAddress(const QString &containerAddress) const
{
    const QJsonObject host = inspect[QStringLiteral("HostConfig")].toObject();
    if (host[QStringLiteral("NetworkMode")].toString() == QStringLiteral("host"))
        return containerAddress;
    const QString port = containerAddress.section(u':', -1) + QStringLiteral("/tcp");
    const QJsonArray bindings = host[QStringLiteral("PortBindings")].toObject()[port].toArray();
    const QString hostPort = bindings.at(0)[QStringLiteral("HostPort")].toString();
    if (hostPort.isEmpty())
        return {};
    QString address = bindings.at(0)[QStringLiteral("HostIp")].toString();
    if (address.isEmpty() || address == QStringLiteral("0.0.0.0")
        || address == QStringLiteral("::"))
        address = QStringLiteral("127.0.0.1");
    return address.contains(u':') ? QStringLiteral("[%1]:%2").arg(address, hostPort)
                                  : address + u':' + hostPort;
}

std::optional<ContainerFacts> parseContainerFacts(const ContainerOutput &output)
{
    ContainerFacts facts;
    facts.inspect = firstObject(output.inspect);
    facts.image = firstObject(output.image);
    const QJsonObject config = facts.inspect[QStringLiteral("Config")].toObject();
    facts.id = facts.inspect[QStringLiteral("Id")].toString();
    facts.name = facts.inspect[QStringLiteral("Name")].toString();
    if (facts.name.startsWith(u'/'))
        facts.name.remove(0, 1);
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9_.-]*\\z"));
    if (facts.id.isEmpty() || config.isEmpty() || !plain.match(facts.name).hasMatch())
        return std::nullopt;
    const QJsonObject state = facts.inspect[QStringLiteral("State")].toObject();
    const QJsonObject host = facts.inspect[QStringLiteral("HostConfig")].toObject();
    facts.isRunning = state[QStringLiteral("Running")].toBool();
    facts.pid = state[QStringLiteral("Pid")].toInteger();
    facts.exitCode = state[QStringLiteral("ExitCode")].toInt();
    facts.imageReference = config[QStringLiteral("Image")].toString();
    facts.imageId = facts.inspect[QStringLiteral("Image")].toString();
    facts.removesItself = host[QStringLiteral("AutoRemove")].toBool();
    facts.restartPolicy =
        host[QStringLiteral("RestartPolicy")].toObject()[QStringLiteral("Name")].toString();
    facts.mounts = mountsOf(facts.inspect);
    if (const auto start = parseStartCommand(facts.startWords())) {
        facts.store = absolute(start->store, config);
        facts.certificates = absolute(start->certsDir, config);
    }
    readCompose(output.files, config[QStringLiteral("Labels")].toObject(), facts);
    const auto tools = keyValues(output.tools);
    facts.engine = tools.value(QStringLiteral("engine"));
    facts.composeCommand = composeCommand(tools, facts.composeVersion);
    readList(output.list, facts);
    redact(facts.inspect);
    return facts;
}

} // namespace kwup
