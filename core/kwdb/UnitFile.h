#pragma once

#include "core/kwdb/Types.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace kwup {

/// The kwbase start command of a node, from the unit's ExecStart or /proc/PID/cmdline.
/// Source: kwdb-facts §3.4, host-transcripts offline-ok (systemctl status).
struct StartCommand {
    QString subcommand; ///< start, start-single-replica, start-single-node
    SecurityMode security = SecurityMode::Unknown;
    QString certsDir;
    QString listenAddress; ///< host:port
    QString advertiseAddress; ///< host:port, may be empty
    QString httpAddress; ///< host:port
    QString store;
    QStringList join;
    QStringList words; ///< all of it

    RunType runType() const;
    /// host:port a client on the node itself uses: listen address, 127.0.0.1 for 0.0.0.0 or empty.
    QString localSqlAddress() const;
    QString localHttpAddress() const;
};

std::optional<StartCommand> parseStartCommand(const QStringList &words);

/// The parts of a unit file the program needs.
struct UnitFile {
    QStringList execStart; ///< words, variables unexpanded
    QStringList execStartPre; ///< whole lines
    QString user;
    QString workingDirectory;
    QString environmentFile;
};
UnitFile parseUnitFile(const QByteArray &content);

} // namespace kwup
