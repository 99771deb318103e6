#pragma once

#include "core/base/Secret.h"

#include <QMetaType>
#include <QString>

#include <memory>
#include <optional>

namespace kwup {

enum class AuthMethod { Agent, KeyFile, Password, KeyboardInteractive };

/// How root is reached after login.
enum class PrivilegeMode {
    Detect, ///< root if the login user is, else sudo without password, else sudo with it
    Root, ///< the login user is root
    SudoNoPassword,
    SudoPassword,
};

/// The one hop in front of a host; always one level deep. No secrets.
struct JumpHost {
    QString address;
    quint16 port = 22;
    QString user;
    AuthMethod auth = AuthMethod::Agent;
    QString keyFile;
    bool operator==(const JumpHost &) const = default;
};

/// Where one host is and how to log in. A value without secrets; it is what profiles store.
/// `address:port` identifies the host everywhere in the program (see id()).
struct HostSpec {
    QString address;
    quint16 port = 22;
    QString user;
    AuthMethod auth = AuthMethod::Agent;
    QString keyFile; ///< private key, OpenSSH or PEM; only for KeyFile
    PrivilegeMode privilege = PrivilegeMode::Detect;
    std::optional<JumpHost> jump;

    /// "address" for port 22, else "address:port"; IPv6 in brackets when a port follows.
    QString id() const;
    bool operator==(const HostSpec &) const = default;
};

/// The secrets that go with a HostSpec; empty where not needed. Never stored on disk.
struct HostSecrets {
    Secret password; ///< login password, also answers keyboard-interactive password prompts
    Secret passphrase; ///< of the key file
    Secret sudoPassword; ///< when empty, `password` is tried for sudo
    Secret jumpPassword;
    Secret jumpPassphrase;
};

} // namespace kwup

Q_DECLARE_METATYPE(kwup::HostSpec)
