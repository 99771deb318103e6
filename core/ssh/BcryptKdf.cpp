#include "core/ssh/BcryptKdf.h"

#include "core/ssh/WireFormat.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace kwup {

namespace {

constexpr qsizetype BlockSize = 32;
constexpr int SubkeyCount = 18;

QByteArray sha512(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha512);
}

/// Big-endian words of a byte string that starts again at its end.
class WordStream final {
public:
    explicit WordStream(const QByteArray &bytes)
        : m_bytes(bytes)
    { }
    quint32 next()
    {
        quint32 word = 0;
        for (int i = 0; i < 4; ++i) {
            word = (word << 8) | static_cast<quint8>(m_bytes[m_at]);
            m_at = (m_at + 1) % m_bytes.size();
        }
        return word;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

class Blowfish final {
public:
    void expand(const QByteArray &key, const QByteArray *salt)
    {
        WordStream keyWords(key);
        for (int i = 0; i < SubkeyCount; ++i)
            m_state[static_cast<std::size_t>(i)] ^= keyWords.next();
        WordStream saltWords(salt != nullptr ? *salt : key);
        quint32 left = 0;
        quint32 right = 0;
        for (std::size_t i = 0; i < m_state.size(); i += 2) {
            if (salt != nullptr) {
                left ^= saltWords.next();
                right ^= saltWords.next();
            }
            encipher(left, right);
            m_state[i] = left;
            m_state[i + 1] = right;
        }
    }

    void encipher(quint32 &left, quint32 &right) const
    {
        quint32 l = left ^ m_state[0];
        quint32 r = right;
        for (std::size_t i = 1; i <= 16; i += 2) {
            r ^= mix(l) ^ m_state[i];
            l ^= mix(r) ^ m_state[i + 1];
        }
        left = r ^ m_state[17];
        right = l;
    }

private:
    quint32 box(std::size_t number, quint32 index) const
    {
        return m_state[SubkeyCount + number * 256 + (index & 0xff)];
    }
    quint32 mix(quint32 x) const
    {
        return ((box(0, x >> 24) + box(1, x >> 16)) ^ box(2, x >> 8)) + box(3, x);
    }

    std::array<quint32, 1042> m_state = BlowfishPi; ///< 18 subkeys, then 4 boxes of 256
};

QByteArray bcryptHash(const QByteArray &password, const QByteArray &salt)
{
    Blowfish cipher;
    cipher.expand(password, &salt);
    for (int i = 0; i < 64; ++i) {
        cipher.expand(salt, nullptr);
        cipher.expand(password, nullptr);
    }
    const QByteArray text = "OxychromaticBlowfishSwatDynamite";
    WordStream words(text);
    QByteArray hash;
    for (int block = 0; block < 4; ++block) {
        quint32 pair[2] = {words.next(), words.next()};
        for (int i = 0; i < 64; ++i)
            cipher.encipher(pair[0], pair[1]);
        for (const quint32 word : pair) {
            char bytes[4];
            qToLittleEndian(word, bytes);
            hash.append(bytes, 4);
        }
    }
    return hash;
}

} // namespace

QByteArray bcryptKdf(const QByteArray &password, const QByteArray &salt, qsizetype size,
                     quint32 rounds)
{
    const qsizetype stride = (size + BlockSize - 1) / BlockSize;
    const qsizetype perBlock = (size + stride - 1) / stride;
    const QByteArray hashedPassword = sha512(password);
    QByteArray key(size, '\0');
    for (qsizetype block = 0; block < stride; ++block) {
        QByteArray piece =
            bcryptHash(hashedPassword, sha512(salt + wireNumber(static_cast<quint32>(block + 1))));
        QByteArray sum = piece;
        for (quint32 round = 1; round < rounds; ++round) {
            piece = bcryptHash(hashedPassword, sha512(piece));
            std::transform(sum.cbegin(), sum.cend(), piece.cbegin(), sum.begin(),
                           [](char a, char b) { return static_cast<char>(a ^ b); });
        }
        // The bytes of the blocks are interleaved, so that all of them must be computed.
        for (qsizetype i = 0; i < perBlock && i * stride + block < size; ++i)
            key[i * stride + block] = sum[i];
    }
    return key;
}

} // namespace kwup
