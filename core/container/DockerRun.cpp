#include "core/container/DockerRun.h"

#include "core/base/CommandLine.h"
#include "core/container/DockerRunParts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace kwup {

namespace {

/// Settings that are the engine's own, a platform's that KWDB does not run on, or handled by name.
const QSet<QString> &knownHostKeys()
{
    static const QSet<QString> keys = [] {
        QSet<QString> names;
        const char *const list =
            "Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy AutoRemove "
            "VolumesFrom Mounts CapAdd CapDrop CgroupnsMode Dns DnsOptions DnsSearch ExtraHosts "
            "GroupAdd IpcMode Links OomScoreAdj PidMode Privileged PublishAllPorts ReadonlyRootfs "
            "SecurityOpt StorageOpt Tmpfs UTSMode UsernsMode ShmSize Sysctls Runtime ConsoleSize "
            "CpuShares Memory NanoCpus CgroupParent BlkioWeight BlkioWeightDevice "
            "BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps BlkioDeviceWriteIOps "
            "CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems Devices "
            "DeviceCgroupRules DeviceRequests MemoryReservation MemorySwap MemorySwappiness "
            "OomKillDisable PidsLimit Ulimits MaskedPaths ReadonlyPaths Init Annotations "
            "VolumeDriver";
        for (const auto &name : QString::fromLatin1(list).split(u' '))
            names.insert(name);
        return names;
    }();
    return keys;
}

const QSet<QString> &knownConfigKeys()
{
    static const QSet<QString> keys = [] {
        QSet<QString> names;
        const char *const list =
            "Hostname Domainname User AttachStdin AttachStdout AttachStderr ExposedPorts Tty "
            "OpenStdin StdinOnce Env Cmd Image Volumes WorkingDir Entrypoint OnBuild Labels "
            "StopSignal StopTimeout Healthcheck MacAddress ArgsEscaped Shell";
        for (const auto &name : QString::fromLatin1(list).split(u' '))
            names.insert(name);
        return names;
    }();
    return keys;
}

void addEnvironment(RunBuilder &builder)
{
    const QStringList ofImage = textsOf(builder.imageConfig[QStringLiteral("Env")]);
    for (const auto &entry : textsOf(builder.config[QStringLiteral("Env")])) {
        if (ofImage.contains(entry))
            continue;
        const QString name = entry.section(u'=', 0, 0);
        if (!isSecretName(name)) {
            builder.add(QStringLiteral("env"), entry);
            continue;
        }
        static const QRegularExpression word(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
        if (!word.match(name).hasMatch() || entry.contains(u'\n')) {
            builder.problem(QStringLiteral("Config.Env"), name);
            continue;
        }
        builder.add(QStringLiteral("env"), name);
        builder.run.secretNames.append(name);
    }
}

void addLabels(RunBuilder &builder)
{
    const QJsonObject ofImage = builder.imageConfig[QStringLiteral("Labels")].toObject();
    const QJsonObject labels = builder.config[QStringLiteral("Labels")].toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        if (ofImage.value(it.key()) != it.value())
            builder.add(QStringLiteral("label"),
                        QStringLiteral("%1=%2").arg(it.key(), it.value().toString()));
    }
}

/// Nanoseconds as a Go duration.
void addDuration(RunBuilder &builder, const char *option, const QJsonValue &value)
{
    if (hasEffect(value)) {
        builder.add(QLatin1String(option),
                    QString::number(static_cast<qint64>(value.toDouble())) + QLatin1String("ns"));
    }
}

void addHealthcheck(RunBuilder &builder)
{
    const QJsonObject health = builder.config[QStringLiteral("Healthcheck")].toObject();
    if (health.isEmpty() || health == builder.imageConfig[QStringLiteral("Healthcheck")].toObject())
        return;
    const QStringList test = textsOf(health[QStringLiteral("Test")]);
    if (test.value(0) == QStringLiteral("NONE")) {
        builder.flag(QStringLiteral("no-healthcheck"));
        return;
    }
    if (test.value(0) == QStringLiteral("CMD-SHELL") && test.size() == 2)
        builder.add(QStringLiteral("health-cmd"), test[1]);
    else if (!test.isEmpty())
        builder.problem(QStringLiteral("Config.Healthcheck.Test"), health[QStringLiteral("Test")]);
    addDuration(builder, "health-interval", health[QStringLiteral("Interval")]);
    addDuration(builder, "health-timeout", health[QStringLiteral("Timeout")]);
    addDuration(builder, "health-start-period", health[QStringLiteral("StartPeriod")]);
    addDuration(builder, "health-start-interval", health[QStringLiteral("StartInterval")]);
    if (hasEffect(health[QStringLiteral("Retries")]))
        builder.add(QStringLiteral("health-retries"),
                    QString::number(health[QStringLiteral("Retries")].toInt()));
}

/// What the image sets too is left to the new image; the rest stays word for word.
void addCommand(RunBuilder &builder)
{
    const QStringList entrypoint = textsOf(builder.config[QStringLiteral("Entrypoint")]);
    const QStringList ofImage = textsOf(builder.imageConfig[QStringLiteral("Entrypoint")]);
    const QStringList words = textsOf(builder.config[QStringLiteral("Cmd")]);
    if (entrypoint != ofImage) {
        builder.add(QStringLiteral("entrypoint"), entrypoint.value(0));
        builder.run.arguments = entrypoint.mid(1) + words;
    } else if (words != textsOf(builder.imageConfig[QStringLiteral("Cmd")])) {
        builder.run.arguments = words;
    }
}

void addIfOwn(RunBuilder &builder, const char *field, const char *option)
{
    const QString value = builder.config[QLatin1String(field)].toString();
    if (!value.isEmpty() && value != builder.imageConfig[QLatin1String(field)].toString())
        builder.add(QLatin1String(option), value);
}

} // namespace

bool isSecretName(const QString &name)
{
    static const QRegularExpression words(
        QStringLiteral(
            "PASS(WORD|WD|PHRASE)?|SECRET|TOKEN|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(name).hasMatch();
}

bool hasEffect(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return value.toDouble() != 0;
    case QJsonValue::String:
        return !value.toString().isEmpty();
    case QJsonValue::Array:
        return !value.toArray().isEmpty();
    case QJsonValue::Object:
        return !value.toObject().isEmpty();
    default:
        return false;
    }
}

QStringList textsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    for (const auto item : value.toArray())
        texts.append(item.toString());
    return texts;
}

void RunBuilder::problem(const QString &field, const QJsonValue &value)
{
    QString text = value.toString();
    if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    else if (value.isArray())
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    else if (value.isDouble())
        text = QString::number(value.toDouble(), 'g', 17);
    else if (value.isBool())
        text = value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    run.problems.append(QStringLiteral("%1 = %2").arg(field, text.left(200)));
}

void addProcess(RunBuilder &builder)
{
    const QString id = builder.container[QStringLiteral("Id")].toString();
    const QString hostname = builder.config[QStringLiteral("Hostname")].toString();
    const QString mode = builder.host[QStringLiteral("NetworkMode")].toString();
    const bool isOthers = mode.startsWith(QLatin1String("container:"))
        || builder.host[QStringLiteral("UTSMode")].toString() == QStringLiteral("host");
    if (!hostname.isEmpty() && !id.startsWith(hostname) && !isOthers)
        builder.add(QStringLiteral("hostname"), hostname);
    addIfOwn(builder, "Domainname", "domainname");
    addIfOwn(builder, "User", "user");
    addIfOwn(builder, "WorkingDir", "workdir");
    addIfOwn(builder, "StopSignal", "stop-signal");
    const QJsonValue patience = builder.config[QStringLiteral("StopTimeout")];
    if (patience.isDouble())
        builder.add(QStringLiteral("stop-timeout"), QString::number(patience.toInt()));
    if (builder.config[QStringLiteral("Tty")].toBool())
        builder.flag(QStringLiteral("tty"));
    if (builder.config[QStringLiteral("OpenStdin")].toBool())
        builder.flag(QStringLiteral("interactive"));
    addEnvironment(builder);
    addLabels(builder);
    addHealthcheck(builder);
    addCommand(builder);
}

void nameTheRest(RunBuilder &builder)
{
    for (auto it = builder.host.begin(); it != builder.host.end(); ++it) {
        // "default" is what Windows' isolation is called where there is none.
        const bool isDefault = it.value().toString() == QStringLiteral("default");
        if (!knownHostKeys().contains(it.key()) && hasEffect(it.value()) && !isDefault)
            builder.problem(QStringLiteral("HostConfig.") + it.key(), it.value());
    }
    for (auto it = builder.config.begin(); it != builder.config.end(); ++it) {
        if (!knownConfigKeys().contains(it.key()) && hasEffect(it.value()))
            builder.problem(QStringLiteral("Config.") + it.key(), it.value());
    }
}

DockerRun rebuildDockerRun(const QJsonObject &container, const QJsonObject &image)
{
    RunBuilder builder;
    builder.container = container;
    builder.config = container[QStringLiteral("Config")].toObject();
    builder.host = container[QStringLiteral("HostConfig")].toObject();
    builder.imageConfig = image[QStringLiteral("Config")].toObject();
    builder.run.name = container[QStringLiteral("Name")].toString();
    if (builder.run.name.startsWith(u'/'))
        builder.run.name.remove(0, 1);
    builder.run.removesItself = builder.host[QStringLiteral("AutoRemove")].toBool();
    if (builder.config.isEmpty() || builder.host.isEmpty() || builder.run.name.isEmpty())
        builder.run.problems.append(QStringLiteral("docker inspect"));
    if (builder.imageConfig.isEmpty())
        builder.run.problems.append(QStringLiteral("docker image inspect"));
    addProcess(builder);
    addMounts(builder);
    addNetwork(builder);
    addLimits(builder);
    nameTheRest(builder);
    return builder.run;
}

QString DockerRun::command(const QString &verb, const QString &image) const
{
    QStringList lines{QStringLiteral("docker %1").arg(verb),
                      shellQuote(QStringLiteral("--name=") + name)};
    for (const auto &option : options)
        lines.append(shellQuote(option));
    lines.append(shellQuote(image));
    if (!arguments.isEmpty())
        lines.append(shellJoin(arguments));
    return lines.join(QStringLiteral(" \\\n    "));
}

QString DockerRun::diff(const QString &before, const QString &after)
{
    const QStringList old = before.split(u'\n');
    const QStringList now = after.split(u'\n');
    QString text;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < old.size() || j < now.size()) {
        if (i < old.size() && j < now.size() && old[i] == now[j]) {
            text += QStringLiteral("  ") + old[i++] + u'\n';
            ++j;
        } else if (i < old.size() && !now.mid(j).contains(old[i])) {
            text += QStringLiteral("- ") + old[i++] + u'\n';
        } else {
            text += QStringLiteral("+ ") + now.value(j++) + u'\n';
        }
    }
    return text;
}

} // namespace kwup
