#include "core/ssh/PrivateKey.h"

#include "core/ssh/OpenSshKeyFile.h"
#include "core/ssh/WireFormat.h"

#include <QCoreApplication>
#include <QFile>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <array>
#include <cstring>

namespace kwup {

namespace {

struct Curve {
    const char *sshName;
    const char *opensslName;
    int bits;
};
constexpr std::array Curves{
    Curve{"nistp256", "prime256v1", 256},
    Curve{"nistp384", "secp384r1", 384},
    Curve{"nistp521", "secp521r1", 521},
};

constexpr qint64 KeyFileLimit = 64 * 1024;

QString notAPrivateKey()
{
    return QCoreApplication::translate("Ssh", "not a private key of a supported type");
}

Error unreadable(const QString &file, const QString &why)
{
    return Error{ErrorCode::KeyFileUnreadable, {}, {file, why}};
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

using BigNumber = std::unique_ptr<BIGNUM, void (*)(BIGNUM *)>;

BigNumber bigNumber(const QByteArray &bigEndian)
{
    return {BN_bin2bn(bytesOf(bigEndian), static_cast<int>(bigEndian.size()), nullptr),
            &BN_clear_free};
}

QByteArray bytesOf(const BIGNUM *number)
{
    QByteArray bytes(BN_num_bytes(number), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char *>(bytes.data()));
    return bytes;
}

QByteArray numberOf(EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    const BigNumber owner(number, &BN_clear_free);
    return bytesOf(number);
}

EVP_PKEY *fromParameters(const char *type, OSSL_PARAM_BLD *builder)
{
    const std::unique_ptr<OSSL_PARAM, void (*)(OSSL_PARAM *)> parameters(
        OSSL_PARAM_BLD_to_param(builder), &OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX *)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY *key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get());
    return key;
}

using Builder = std::unique_ptr<OSSL_PARAM_BLD, void (*)(OSSL_PARAM_BLD *)>;

EVP_PKEY *rsaKey(WireReader &reader)
{
    const BigNumber n = bigNumber(reader.string());
    const BigNumber e = bigNumber(reader.string());
    const BigNumber d = bigNumber(reader.string());
    const Builder builder(OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_D, d.get());
    return fromParameters("RSA", builder.get());
}

EVP_PKEY *ecKey(WireReader &reader)
{
    const QByteArray name = reader.string();
    const QByteArray point = reader.string();
    const BigNumber secret = bigNumber(reader.string());
    const Builder builder(OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
    for (const Curve &curve : Curves) {
        if (name != curve.sshName)
            continue;
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                        curve.opensslName, 0);
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(),
                                         static_cast<std::size_t>(point.size()));
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
        return fromParameters("EC", builder.get());
    }
    return nullptr;
}

EVP_PKEY *openSshKey(const QByteArray &privateSection)
{
    WireReader reader(privateSection);
    const QByteArray type = reader.string();
    if (type == "ssh-rsa")
        return rsaKey(reader);
    if (type.startsWith("ecdsa-sha2-"))
        return ecKey(reader);
    if (type != "ssh-ed25519")
        return nullptr;
    reader.string();
    const QByteArray pair = reader.string(); // 32 bytes of seed, 32 of the public key
    return pair.size() != 64
        ? nullptr
        : EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(pair), 32);
}

int givePassphrase(char *buffer, int size, int, void *user)
{
    const QByteArray &passphrase = static_cast<const Secret *>(user)->reveal();
    if (passphrase.size() > size)
        return -1;
    std::memcpy(buffer, passphrase.constData(), static_cast<std::size_t>(passphrase.size()));
    return static_cast<int>(passphrase.size());
}

EVP_PKEY *pemKey(const QByteArray &contents, const Secret &passphrase)
{
    const std::unique_ptr<BIO, void (*)(BIO *)> bio(
        BIO_new_mem_buf(contents.constData(), static_cast<int>(contents.size())),
        [](BIO *memory) { BIO_free(memory); });
    Secret copy = passphrase;
    return PEM_read_bio_PrivateKey(bio.get(), nullptr, &givePassphrase, &copy);
}

QByteArray publicBlobOf(EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA") == 1) {
        return wireString("ssh-rsa") + wireMpint(numberOf(key, OSSL_PKEY_PARAM_RSA_E))
            + wireMpint(numberOf(key, OSSL_PKEY_PARAM_RSA_N));
    }
    if (EVP_PKEY_is_a(key, "ED25519") == 1) {
        QByteArray point(32, '\0');
        std::size_t size = 32;
        EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(point.data()), &size);
        return wireString("ssh-ed25519") + wireString(point);
    }
    for (const Curve &curve : Curves) {
        if (EVP_PKEY_is_a(key, "EC") != 1 || EVP_PKEY_get_bits(key) != curve.bits)
            continue;
        const qsizetype half = (curve.bits + 7) / 8;
        const auto padded = [half](const QByteArray &number) {
            return number.rightJustified(half, '\0');
        };
        const QByteArray point = '\4' + padded(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X))
            + padded(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y));
        return wireString(QByteArray("ecdsa-sha2-") + curve.sshName) + wireString(curve.sshName)
            + wireString(point);
    }
    return {};
}

const EVP_MD *digestFor(const QByteArray &algorithm)
{
    if (algorithm == "ssh-ed25519")
        return nullptr;
    if (algorithm == "rsa-sha2-256" || algorithm.endsWith("nistp256"))
        return EVP_sha256();
    if (algorithm.endsWith("nistp384"))
        return EVP_sha384();
    return algorithm == "ssh-rsa" ? EVP_sha1() : EVP_sha512();
}

QByteArray ecSignature(const QByteArray &der)
{
    const unsigned char *at = bytesOf(der);
    const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG *)> signature(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), &ECDSA_SIG_free);
    if (!signature)
        return {};
    return wireMpint(bytesOf(ECDSA_SIG_get0_r(signature.get())))
        + wireMpint(bytesOf(ECDSA_SIG_get0_s(signature.get())));
}

} // namespace

PrivateKey::PrivateKey(EVP_PKEY *key)
    : m_key(key, &EVP_PKEY_free)
    , m_publicBlob(publicBlobOf(key))
{ }

Result<PrivateKey> PrivateKey::load(const QString &file, const Secret &passphrase)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return unreadable(file, source.errorString());
    const Secret contents(source.read(KeyFileLimit));
    const QByteArray &text = contents.reveal();
    EVP_PKEY *key = nullptr;
    if (isOpenSshKeyFile(text)) {
        const auto section = decryptOpenSshKey(text, file, passphrase);
        if (!section)
            return section.error();
        key = openSshKey(section->reveal());
    } else if (text.contains("PRIVATE KEY-----")) {
        const bool isEncrypted = text.contains("ENCRYPTED");
        if (isEncrypted && passphrase.isEmpty())
            return Error{ErrorCode::KeyPassphraseNeeded, {}, {file}};
        key = pemKey(text, passphrase);
        if (key == nullptr && isEncrypted)
            return Error{ErrorCode::KeyPassphraseWrong, {}, {file}};
    }
    if (key == nullptr)
        return unreadable(file, notAPrivateKey());
    PrivateKey loaded(key);
    if (loaded.m_publicBlob.isEmpty())
        return unreadable(file, notAPrivateKey());
    return loaded;
}

QByteArray PrivateKey::sign(const QByteArray &algorithm, const QByteArray &data) const
{
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> context(EVP_MD_CTX_new(),
                                                                      &EVP_MD_CTX_free);
    const auto size = static_cast<std::size_t>(data.size());
    std::size_t length = 0;
    const bool ready =
        EVP_DigestSignInit(context.get(), nullptr, digestFor(algorithm), nullptr, m_key.get()) == 1
        && EVP_DigestSign(context.get(), nullptr, &length, bytesOf(data), size) == 1;
    if (!ready)
        return {};
    QByteArray signature(static_cast<qsizetype>(length), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length,
                       bytesOf(data), size)
        != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(length));
    return algorithm.startsWith("ecdsa-") ? ecSignature(signature) : signature;
}

} // namespace kwup
