#include "core/ssh/WireFormat.h"

#include <QtEndian>

namespace kwup {

quint8 WireReader::byte()
{
    const QByteArray one = take(1);
    return one.isEmpty() ? quint8(0) : static_cast<quint8>(one[0]);
}

quint32 WireReader::number()
{
    const QByteArray four = take(4);
    return four.isEmpty() ? 0 : qFromBigEndian<quint32>(four.constData());
}

QByteArray WireReader::string()
{
    const quint32 size = number();
    return take(size);
}

QByteArray WireReader::take(qsizetype size)
{
    if (!m_valid || size > m_bytes.size() - m_at) {
        m_valid = false;
        return {};
    }
    const QByteArray piece = m_bytes.mid(m_at, size);
    m_at += size;
    return piece;
}

QByteArray wireNumber(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray wireString(const QByteArray &bytes)
{
    return wireNumber(static_cast<quint32>(bytes.size())) + bytes;
}

QByteArray wireMpint(const QByteArray &bigEndian)
{
    qsizetype zeros = 0;
    while (zeros < bigEndian.size() && bigEndian[zeros] == '\0')
        ++zeros;
    QByteArray bytes = bigEndian.mid(zeros);
    if (!bytes.isEmpty() && (static_cast<quint8>(bytes[0]) & 0x80) != 0)
        bytes.prepend('\0');
    return wireString(bytes);
}

} // namespace kwup
