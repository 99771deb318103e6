#pragma once

#include "core/base/Result.h"
#include "core/kwdb/VersionPath.h"
#include "core/plan/Plan.h"
#include "core/remote/HostPool.h"
#include "core/run/RunStore.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace kwup {

/// What an upgrade needs to know beforehand; YAML, documented in the README, without secrets.
/// Written by the window and by hand, read by both programs.
struct Profile {
    QList<HostSpec> hosts;
    QString package; ///< local path of the archive; relative to the profile's directory
    std::optional<Method> method; ///< empty: as advised
    BackupChoice backup;
    QStringList nodeOrder; ///< host ids
    QList<AcceptedWarning> accepted;
    MethodOptions options;
};

/// Errors: FileUnreadable, ProfileInvalid (args: file, line, what).
Result<Profile> loadProfile(const QString &file);
Result<void> saveProfile(const Profile &profile, const QString &file);
Result<Profile> parseProfile(const QByteArray &yaml, const QString &fileName);
QByteArray serialiseProfile(const Profile &profile);

/// Hosts from a vendor deploy.cfg, or CSV with the columns address, port, user. Errors:
/// ImportInvalid (args: file, line, what).
Result<QList<HostSpec>> importHosts(const QByteArray &content, const QString &fileName);

/// A pasted list: one host a line or blank-separated, [user@]address[:port].
Result<QList<HostSpec>> parseHostList(const QString &text);

/// Secrets as read from --secrets-fd: YAML, `default:` and per host id `password`, `passphrase`,
/// `sudo-password`, `jump-password`, `jump-passphrase`.
Result<QList<HostLogin>> withSecrets(const QList<HostSpec> &hosts, const QByteArray &yaml);

} // namespace kwup
