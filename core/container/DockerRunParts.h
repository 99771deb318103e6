#pragma once

#include "core/container/DockerRun.h"

#include <QJsonValue>

namespace kwup {

/// What the source files of DockerRun share while a command is being rebuilt.
struct RunBuilder {
    DockerRun run;
    QJsonObject config; ///< .Config
    QJsonObject host; ///< .HostConfig
    QJsonObject imageConfig; ///< .Config of the image
    QJsonObject container; ///< all of it

    void add(const QString &option, const QString &value)
    {
        run.options.append(QStringLiteral("--%1=%2").arg(option, value));
    }
    void flag(const QString &option) { run.options.append(QStringLiteral("--") + option); }
    void problem(const QString &field, const QJsonValue &value);
};

bool hasEffect(const QJsonValue &value); ///< not null, false, 0, "" or empty
QStringList textsOf(const QJsonValue &value);

// Each adds the options of its part and names what it cannot express.
void addProcess(RunBuilder &builder);
void addMounts(RunBuilder &builder);
void addNetwork(RunBuilder &builder);
void addLimits(RunBuilder &builder);
void nameTheRest(RunBuilder &builder);

} // namespace kwup
