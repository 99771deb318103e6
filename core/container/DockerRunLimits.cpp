#include "core/container/DockerRunParts.h"

#include <QJsonArray>

#include <array>

namespace kwup {

namespace {

struct Row {
    const char *field;
    const char *option;
};

// clang-format off
constexpr std::array Numbers {
    Row {"CpuShares", "cpu-shares"}, Row {"Memory", "memory"},
    Row {"MemoryReservation", "memory-reservation"}, Row {"MemorySwap", "memory-swap"},
    Row {"CpuPeriod", "cpu-period"}, Row {"CpuQuota", "cpu-quota"},
    Row {"CpuRealtimePeriod", "cpu-rt-period"}, Row {"CpuRealtimeRuntime", "cpu-rt-runtime"},
    Row {"BlkioWeight", "blkio-weight"}, Row {"OomScoreAdj", "oom-score-adj"},
    Row {"PidsLimit", "pids-limit"},
};
constexpr std::array Texts {
    Row {"CgroupParent", "cgroup-parent"}, Row {"CpusetCpus", "cpuset-cpus"},
    Row {"CpusetMems", "cpuset-mems"}, Row {"CgroupnsMode", "cgroupns"}, Row {"PidMode", "pid"},
    Row {"UTSMode", "uts"}, Row {"UsernsMode", "userns"},
};
constexpr std::array Lists {
    Row {"CapAdd", "cap-add"}, Row {"CapDrop", "cap-drop"}, Row {"GroupAdd", "group-add"},
    Row {"DeviceCgroupRules", "device-cgroup-rule"},
};
constexpr std::array Maps {
    Row {"Sysctls", "sysctl"}, Row {"StorageOpt", "storage-opt"}, Row {"Annotations", "annotation"},
};
constexpr std::array Rates {
    Row {"BlkioDeviceReadBps", "device-read-bps"}, Row {"BlkioDeviceWriteBps", "device-write-bps"},
    Row {"BlkioDeviceReadIOps", "device-read-iops"}, Row {"BlkioDeviceWriteIOps", "device-write-iops"},
    Row {"BlkioWeightDevice", "blkio-weight-device"},
};
// clang-format on

constexpr double DefaultSharedMemory = 67108864;

QString number(const QJsonValue &value)
{
    return QString::number(static_cast<qint64>(value.toDouble()));
}

void addTables(RunBuilder &builder)
{
    for (const auto &row : Numbers) {
        const QJsonValue value = builder.host[QLatin1String(row.field)];
        if (hasEffect(value))
            builder.add(QLatin1String(row.option), number(value));
    }
    for (const auto &row : Texts) {
        const QString value = builder.host[QLatin1String(row.field)].toString();
        if (!value.isEmpty())
            builder.add(QLatin1String(row.option), value);
    }
    for (const auto &row : Lists) {
        for (const auto &value : textsOf(builder.host[QLatin1String(row.field)]))
            builder.add(QLatin1String(row.option), value);
    }
    for (const auto &row : Maps) {
        const QJsonObject map = builder.host[QLatin1String(row.field)].toObject();
        for (auto it = map.begin(); it != map.end(); ++it)
            builder.add(QLatin1String(row.option), it.key() + u'=' + it.value().toString());
    }
    for (const auto &row : Rates) {
        for (const auto item : builder.host[QLatin1String(row.field)].toArray()) {
            const QJsonObject limit = item.toObject();
            const QJsonValue rate = limit.contains(QStringLiteral("Rate"))
                ? limit[QStringLiteral("Rate")]
                : limit[QStringLiteral("Weight")];
            builder.add(QLatin1String(row.option),
                        limit[QStringLiteral("Path")].toString() + u':' + number(rate));
        }
    }
}

void addDevices(RunBuilder &builder)
{
    for (const auto device : builder.host[QStringLiteral("Devices")].toArray()) {
        builder.add(QStringLiteral("device"),
                    QStringLiteral("%1:%2:%3")
                        .arg(device[QStringLiteral("PathOnHost")].toString(),
                             device[QStringLiteral("PathInContainer")].toString(),
                             device[QStringLiteral("CgroupPermissions")].toString()));
    }
    for (const auto request : builder.host[QStringLiteral("DeviceRequests")].toArray())
        builder.problem(QStringLiteral("HostConfig.DeviceRequests"), request);
    for (const auto limit : builder.host[QStringLiteral("Ulimits")].toArray()) {
        builder.add(QStringLiteral("ulimit"),
                    QStringLiteral("%1=%2:%3")
                        .arg(limit[QStringLiteral("Name")].toString(),
                             number(limit[QStringLiteral("Soft")]),
                             number(limit[QStringLiteral("Hard")])));
    }
}

void addSecurity(RunBuilder &builder)
{
    const bool isPrivileged = builder.host[QStringLiteral("Privileged")].toBool();
    if (isPrivileged)
        builder.flag(QStringLiteral("privileged"));
    for (const auto &option : textsOf(builder.host[QStringLiteral("SecurityOpt")])) {
        const bool isAddedByEngine = isPrivileged && option == QStringLiteral("label=disable");
        // The profile was read from a file by the client; only its text is left.
        if (option.startsWith(QLatin1String("seccomp={"))
            || option.startsWith(QLatin1String("seccomp:{")))
            builder.problem(QStringLiteral("HostConfig.SecurityOpt"), option);
        else if (!isAddedByEngine)
            builder.add(QStringLiteral("security-opt"), option);
    }
    const QJsonValue masked = builder.host[QStringLiteral("MaskedPaths")];
    if (!isPrivileged && masked.isArray() && masked.toArray().isEmpty())
        builder.add(QStringLiteral("security-opt"), QStringLiteral("systempaths=unconfined"));
    if (builder.host[QStringLiteral("ReadonlyRootfs")].toBool())
        builder.flag(QStringLiteral("read-only"));
}

void addLogging(RunBuilder &builder)
{
    const QJsonObject log = builder.host[QStringLiteral("LogConfig")].toObject();
    const QString driver = log[QStringLiteral("Type")].toString();
    if (!driver.isEmpty())
        builder.add(QStringLiteral("log-driver"), driver);
    const QJsonObject options = log[QStringLiteral("Config")].toObject();
    for (auto it = options.begin(); it != options.end(); ++it)
        builder.add(QStringLiteral("log-opt"), it.key() + u'=' + it.value().toString());
}

} // namespace

void addLimits(RunBuilder &builder)
{
    addSecurity(builder);
    addTables(builder);
    addDevices(builder);
    addLogging(builder);
    const QJsonObject &host = builder.host;
    const QJsonObject policy = host[QStringLiteral("RestartPolicy")].toObject();
    const QString name = policy[QStringLiteral("Name")].toString();
    const int count = policy[QStringLiteral("MaximumRetryCount")].toInt();
    if (!name.isEmpty() && name != QStringLiteral("no"))
        builder.add(QStringLiteral("restart"),
                    count > 0 ? QStringLiteral("%1:%2").arg(name).arg(count) : name);
    const QString ipc = host[QStringLiteral("IpcMode")].toString();
    if (!ipc.isEmpty())
        builder.add(QStringLiteral("ipc"), ipc);
    const QJsonValue shared = host[QStringLiteral("ShmSize")];
    if (hasEffect(shared) && shared.toDouble() != DefaultSharedMemory)
        builder.add(QStringLiteral("shm-size"), number(shared));
    const QJsonValue cpus = host[QStringLiteral("NanoCpus")];
    if (hasEffect(cpus))
        builder.add(QStringLiteral("cpus"), QString::number(cpus.toDouble() / 1e9, 'f', 9));
    const QJsonValue swappiness = host[QStringLiteral("MemorySwappiness")];
    if (swappiness.isDouble() && swappiness.toInt() >= 0)
        builder.add(QStringLiteral("memory-swappiness"), number(swappiness));
    if (host[QStringLiteral("OomKillDisable")].toBool())
        builder.flag(QStringLiteral("oom-kill-disable"));
    if (host[QStringLiteral("Init")].toBool())
        builder.flag(QStringLiteral("init"));
    const QString runtime = host[QStringLiteral("Runtime")].toString();
    if (!runtime.isEmpty() && runtime != QStringLiteral("runc"))
        builder.add(QStringLiteral("runtime"), runtime);
}

} // namespace kwup
