#include "core/ssh/OpenSshKeyFile.h"

#include "core/ssh/BcryptKdf.h"
#include "core/ssh/WireFormat.h"

#include <QCoreApplication>

#include <openssl/evp.h>

#include <array>
#include <memory>

// The format is described in OpenSSH's PROTOCOL.key.

namespace kwup {

namespace {

const QByteArray Begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
const QByteArray End = "-----END OPENSSH PRIVATE KEY-----";
const QByteArray Magic("openssh-key-v1\0", 15);
/// More rounds than anybody uses; a hostile file shall not keep us busy for hours.
constexpr quint32 MaxRounds = 4096;

struct CipherRow {
    const char *name;
    const EVP_CIPHER *(*cipher)();
    qsizetype keySize;
    qsizetype ivSize;
    qsizetype tagSize;
};
constexpr std::array Ciphers{
    CipherRow{"aes256-ctr", &EVP_aes_256_ctr, 32, 16, 0},
    CipherRow{"aes256-cbc", &EVP_aes_256_cbc, 32, 16, 0},
    CipherRow{"aes256-gcm@openssh.com", &EVP_aes_256_gcm, 32, 12, 16},
    CipherRow{"aes128-ctr", &EVP_aes_128_ctr, 16, 16, 0},
    CipherRow{"aes128-cbc", &EVP_aes_128_cbc, 16, 16, 0},
    CipherRow{"aes128-gcm@openssh.com", &EVP_aes_128_gcm, 16, 12, 16},
};

unsigned char *bytesOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// Empty when the key does not fit (only GCM can tell here).
QByteArray decrypt(const CipherRow &row, const QByteArray &key, const QByteArray &iv,
                   const QByteArray &data, QByteArray tag)
{
    const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX *)> context(EVP_CIPHER_CTX_new(),
                                                                              &EVP_CIPHER_CTX_free);
    EVP_DecryptInit_ex(context.get(), row.cipher(), nullptr, bytesOf(key), bytesOf(iv));
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    if (row.tagSize > 0) {
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(row.tagSize),
                            bytesOf(tag));
    }
    QByteArray plain(data.size() + 32, '\0');
    int length = 0;
    int rest = 0;
    const bool done = EVP_DecryptUpdate(context.get(), bytesOf(plain), &length, bytesOf(data),
                                        static_cast<int>(data.size()))
            == 1
        && EVP_DecryptFinal_ex(context.get(), bytesOf(plain) + length, &rest) == 1;
    if (!done)
        return {};
    plain.truncate(length + rest);
    return plain;
}

Error unreadable(const QString &file, const char *why)
{
    return Error{ErrorCode::KeyFileUnreadable, {}, {file, QCoreApplication::translate("Ssh", why)}};
}

/// The private section starts with the same random number twice.
Result<Secret> checked(const QByteArray &section, const Error &otherwise)
{
    WireReader reader(section);
    const quint32 first = reader.number();
    const quint32 second = reader.number();
    if (!reader.isValid() || first != second)
        return otherwise;
    return Secret(section.mid(8));
}

} // namespace

bool isOpenSshKeyFile(const QByteArray &contents)
{
    return contents.contains(Begin);
}

Result<Secret> decryptOpenSshKey(const QByteArray &contents, const QString &file,
                                 const Secret &passphrase)
{
    const qsizetype from = contents.indexOf(Begin) + Begin.size();
    const qsizetype to = contents.indexOf(End, from);
    const QByteArray binary = QByteArray::fromBase64(contents.mid(from, to < 0 ? 0 : to - from));
    if (!binary.startsWith(Magic))
        return unreadable(file, QT_TRANSLATE_NOOP("Ssh", "the key file is damaged"));
    WireReader reader(binary.mid(Magic.size()));
    const QByteArray cipher = reader.string();
    const QByteArray derivation = reader.string();
    WireReader options(reader.string());
    const quint32 count = reader.number();
    reader.string(); // the public key
    const QByteArray data = reader.string();
    if (!reader.isValid() || count != 1)
        return unreadable(file, QT_TRANSLATE_NOOP("Ssh", "the key file is damaged"));
    if (cipher == "none")
        return checked(data, unreadable(file, QT_TRANSLATE_NOOP("Ssh", "the key file is damaged")));
    if (passphrase.isEmpty())
        return Error{ErrorCode::KeyPassphraseNeeded, {}, {file}};

    const QByteArray salt = options.string();
    const quint32 rounds = options.number();
    const bool known = derivation == "bcrypt" && options.isValid() && rounds > 0
        && rounds <= MaxRounds && !salt.isEmpty();
    for (const CipherRow &row : Ciphers) {
        if (!known || cipher != row.name)
            continue;
        const Secret material(
            bcryptKdf(passphrase.reveal(), salt, row.keySize + row.ivSize, rounds));
        const QByteArray plain =
            decrypt(row, material.reveal().left(row.keySize), material.reveal().mid(row.keySize),
                    data, reader.take(row.tagSize));
        return checked(plain, Error{ErrorCode::KeyPassphraseWrong, {}, {file}});
    }
    return unreadable(file, QT_TRANSLATE_NOOP("Ssh", "its encryption is not supported"));
}

} // namespace kwup
