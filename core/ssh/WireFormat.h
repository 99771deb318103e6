#pragma once

#include <QByteArray>

namespace kwup {

/// Reads the SSH wire format (RFC 4251 §5) from bytes that may be hostile: after the first read
/// past the end everything is empty and isValid() is false.
class WireReader final {
public:
    explicit WireReader(QByteArray bytes)
        : m_bytes(std::move(bytes))
    { }
    quint8 byte();
    quint32 number();
    QByteArray string(); ///< also an mpint's bytes
    QByteArray take(qsizetype size);
    bool isValid() const { return m_valid; }
    bool atEnd() const { return m_at >= m_bytes.size(); }

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
    bool m_valid = true;
};

QByteArray wireNumber(quint32 value);
QByteArray wireString(const QByteArray &bytes);
/// A non-negative big-endian number: leading zeros removed, one put in front of a set top bit.
QByteArray wireMpint(const QByteArray &bigEndian);

} // namespace kwup
