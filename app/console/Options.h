#pragma once

#include "core/base/Result.h"
#include "core/run/RunTypes.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace kwup {

enum class Verb { Discover, Check, Plan, Run, Resume, Restore, Status, Report };

/// The command line of kwdb-upgrade. Secrets are never on it.
struct Options {
    Verb verb = Verb::Discover;
    QString profile;
    bool json = false;
    int secretsFd = -1;
    QString dataDirectory; ///< journals, log, own known hosts; empty: the user's data directory
    QString knownHosts; ///< file of known hosts to read instead of ~/.ssh/known_hosts
    QStringList trusted; ///< SHA-256 fingerprints of host keys to accept
    QString runId; ///< resume, restore, status, report
    QString package; ///< restore: archive of the old version
    QString output; ///< plan: runbook; report: base name of the .html and .json files
    QString acceptReason; ///< accepts all warnings with this reason
    bool takeOverLock = false;
    std::optional<Choice> onStopLimit; ///< answer without a terminal
    std::optional<Choice> onGateLimit;
    std::optional<Choice> onFailure; ///< retry (twice a step at most), go-back or stop-here
};

/// Error UsageInvalid (args: what). Empty result value and no error: help or version was printed.
Result<std::optional<Options>> parseOptions(const QStringList &arguments);

/// The documented exit codes.
enum class ExitCode { Ok = 0, Blocked = 1, Usage = 2, RunFailed = 3, Resumable = 4, NoLogin = 5 };

} // namespace kwup
