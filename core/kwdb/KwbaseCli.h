#pragma once

#include "core/kwdb/UnitFile.h"

#include <QString>
#include <QStringList>

namespace kwup {

/// How to call the kwbase client on one node. Source: kwdb-facts §4.1; calls are made as the
/// management user, because certificate keys are readable to it alone.
struct KwbaseCli {
    QString binary = QStringLiteral("/usr/local/kaiwudb/bin/kwbase");
    QString user; ///< management user; the script switches to it with sudo -u when root
    QString address; ///< host:port, StartCommand::localSqlAddress()
    SecurityMode security = SecurityMode::Insecure;
    QString certsDir = QStringLiteral("/etc/kaiwudb/certs");
    QString libraries; ///< LD_LIBRARY_PATH of a source build; empty: the program needs none
    QString container; ///< docker container to run it in; `user` is then not used

    /// sh text, to be run as root: `timeout 20 … kwbase node status --all --format=csv …`.
    QString nodeStatus() const;
    /// sh text for statements run one after the other; csv. `seconds`: limit by timeout(1).
    QString sql(const QStringList &statements, int seconds = 30) const;
    QString version() const;
};

/// Statements, kept in one place. Source: upgrade guide 准备升级, kwdb-facts §4.5–4.6.
namespace sql {
QString rangeHealth();
QString showJobs();
QString stores();
QString ranges();
QString clusterId();
QString showSetting(const QString &name);
QString setSetting(const QString &name, const QString &value);
} // namespace sql

inline constexpr auto TimeUntilStoreDead = "server.time_until_store_dead";

} // namespace kwup
