#include "core/container/DockerRunParts.h"

#include <QJsonArray>
#include <QSet>

namespace kwup {

namespace {

/// One of --mount; its values are joined by commas, so they may not hold one.
void addMount(RunBuilder &builder, const QJsonObject &mount, const QString &volumeName)
{
    const QString type = mount[QStringLiteral("Type")].toString();
    const QString target = mount[QStringLiteral("Target")].toString();
    QString source = mount[QStringLiteral("Source")].toString();
    if (type == QStringLiteral("volume") && source.isEmpty())
        source = volumeName;
    QStringList parts{QStringLiteral("type=") + type};
    if (!source.isEmpty())
        parts.append(QStringLiteral("source=") + source);
    parts.append(QStringLiteral("target=") + target);
    if (mount[QStringLiteral("ReadOnly")].toBool())
        parts.append(QStringLiteral("readonly"));
    QJsonObject bind = mount[QStringLiteral("BindOptions")].toObject();
    const QString propagation = bind.take(QStringLiteral("Propagation")).toString();
    if (!propagation.isEmpty())
        parts.append(QStringLiteral("bind-propagation=") + propagation);
    bind.remove(QStringLiteral("CreateMountpoint"));
    QJsonObject volume = mount[QStringLiteral("VolumeOptions")].toObject();
    if (volume.take(QStringLiteral("NoCopy")).toBool())
        parts.append(QStringLiteral("volume-nocopy"));
    // The volume exists already: its driver and labels are its own.
    volume.remove(QStringLiteral("DriverConfig"));
    volume.remove(QStringLiteral("Labels"));
    QJsonObject memory = mount[QStringLiteral("TmpfsOptions")].toObject();
    const QJsonValue size = memory.take(QStringLiteral("SizeBytes"));
    if (hasEffect(size))
        parts.append(QStringLiteral("tmpfs-size=%1").arg(static_cast<qint64>(size.toDouble())));
    const QJsonValue mode = memory.take(QStringLiteral("Mode"));
    if (hasEffect(mode))
        parts.append(QStringLiteral("tmpfs-mode=0%1").arg(QString::number(mode.toInt(), 8)));
    bool isStrange = type != QStringLiteral("bind") && type != QStringLiteral("volume")
        && type != QStringLiteral("tmpfs");
    for (const auto &rest : {bind, volume, memory}) {
        for (const auto value : rest)
            isStrange = isStrange || hasEffect(value);
    }
    for (const auto &part : parts)
        isStrange = isStrange || part.contains(u',') || part.contains(u'"');
    if (isStrange)
        builder.problem(QStringLiteral("HostConfig.Mounts"), mount);
    else
        builder.add(QStringLiteral("mount"), parts.join(u','));
}

QString destinationOf(const QString &bind)
{
    const QStringList parts = bind.split(u':');
    return parts.size() > 1 ? parts[1] : parts[0];
}

} // namespace

void addMounts(RunBuilder &builder)
{
    QSet<QString> told;
    const QJsonArray actual = builder.container[QStringLiteral("Mounts")].toArray();
    const auto nameAt = [&actual](const QString &destination) {
        for (const auto mount : actual) {
            if (mount[QStringLiteral("Destination")].toString() == destination)
                return mount[QStringLiteral("Name")].toString();
        }
        return QString();
    };
    for (const auto &bind : textsOf(builder.host[QStringLiteral("Binds")])) {
        builder.add(QStringLiteral("volume"), bind);
        told.insert(destinationOf(bind));
    }
    for (const auto item : builder.host[QStringLiteral("Mounts")].toArray()) {
        const QString target = item[QStringLiteral("Target")].toString();
        addMount(builder, item.toObject(), nameAt(target));
        told.insert(target);
    }
    const QJsonObject memory = builder.host[QStringLiteral("Tmpfs")].toObject();
    for (auto it = memory.begin(); it != memory.end(); ++it) {
        const QString options = it.value().toString();
        builder.add(QStringLiteral("tmpfs"),
                    options.isEmpty() ? it.key() : it.key() + u':' + options);
        told.insert(it.key());
    }
    const QStringList others = textsOf(builder.host[QStringLiteral("VolumesFrom")]);
    for (const auto &other : others)
        builder.add(QStringLiteral("volumes-from"), other);
    // Anonymous volumes: attached by their name again, so that their data stays.
    for (const auto item : actual) {
        const QString destination = item[QStringLiteral("Destination")].toString();
        if (told.contains(destination) || !others.isEmpty())
            continue;
        const QString name = item[QStringLiteral("Name")].toString();
        if (item[QStringLiteral("Type")].toString() != QStringLiteral("volume") || name.isEmpty()) {
            builder.problem(QStringLiteral("Mounts"), item);
            continue;
        }
        const QString readOnly =
            item[QStringLiteral("RW")].toBool(true) ? QString() : QStringLiteral(":ro");
        builder.add(QStringLiteral("volume"), name + u':' + destination + readOnly);
    }
    const QString driver = builder.host[QStringLiteral("VolumeDriver")].toString();
    if (!driver.isEmpty() && driver != QStringLiteral("local"))
        builder.add(QStringLiteral("volume-driver"), driver);
}

} // namespace kwup
