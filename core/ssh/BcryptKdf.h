#pragma once

#include <QByteArray>

#include <array>

namespace kwup {

extern const std::array<quint32, 1042> BlowfishPi;

/// bcrypt_pbkdf of OpenBSD, with which OpenSSH derives the key of an encrypted key file. OpenSSL
/// does not have it and libssh2 does not export its own. Deliberately slow: some milliseconds per
/// round. `size` in 1…1024 bytes, `rounds` at least 1, neither password nor salt empty.
QByteArray bcryptKdf(const QByteArray &password, const QByteArray &salt, qsizetype size,
                     quint32 rounds);

} // namespace kwup
