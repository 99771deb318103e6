#pragma once

#include "core/base/Result.h"
#include "core/base/Secret.h"

#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace kwup {

/// A user's private key, decrypted once. Signs itself instead of leaving it to libssh2, which up
/// to 1.10 signs RSA only with SHA-1 (refused by OpenSSH since 8.8) and runs the key derivation
/// twice per login. OpenSSH format and PEM; RSA, ECDSA, Ed25519.
class PrivateKey final {
public:
    /// Errors: KeyFileUnreadable, KeyPassphraseNeeded, KeyPassphraseWrong.
    static Result<PrivateKey> load(const QString &file, const Secret &passphrase);

    /// The public key in SSH wire format.
    const QByteArray &publicBlob() const { return m_publicBlob; }
    /// The signature without its format name; `algorithm` as in the authentication request, e.g.
    /// "rsa-sha2-512". Empty when the key cannot do it.
    QByteArray sign(const QByteArray &algorithm, const QByteArray &data) const;

private:
    explicit PrivateKey(EVP_PKEY *key);

    std::shared_ptr<EVP_PKEY> m_key;
    QByteArray m_publicBlob;
};

} // namespace kwup
