#pragma once

#include "core/remote/HostPool.h"

#include <QList>
#include <QString>

#include <optional>

namespace kwup {

/// How to log in, as far as it is said: the defaults for all hosts, or what one host does
/// differently. Secrets live in memory only.
struct LoginChoice {
    std::optional<QString> user;
    std::optional<quint16> port;
    std::optional<AuthMethod> auth;
    std::optional<QString> keyFile;
    std::optional<PrivilegeMode> privilege;
    std::optional<JumpHost> jump;
    HostSecrets secrets; ///< empty ones are taken from the defaults
};

/// One row of the hosts page.
struct HostDraft {
    QString address;
    LoginChoice own;
    bool isNewCluster = false; ///< of the cluster that takes over the data (export-import)
};

/// The row with the defaults filled in; what the engine gets.
HostLogin resolved(const HostDraft &draft, const LoginChoice &defaults);

/// A row that says only what differs from the defaults.
HostDraft draftOf(const HostSpec &spec, const LoginChoice &defaults);

/// What keeps the list from being used, as sentences; empty when nothing does.
QStringList problemsOf(const QList<HostLogin> &logins);

QString authName(AuthMethod method); ///< in the operator's language
QString privilegeName(PrivilegeMode mode);

} // namespace kwup
