#pragma once

#include <QByteArray>

namespace kwup {

/// A password or passphrase. Has no conversion, stream operator or formatter, so that it cannot be
/// printed by accident; the buffer is overwritten when the last owner goes. Bytes are UTF-8.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        m_bytes.detach();
    }
    Secret(const Secret &other)
        : m_bytes(other.m_bytes.constData(), other.m_bytes.size())
    { }
    Secret(Secret &&other) noexcept { m_bytes.swap(other.m_bytes); }
    Secret &operator=(Secret other) noexcept
    {
        m_bytes.swap(other.m_bytes);
        return *this;
    }
    ~Secret() { m_bytes.fill('\0'); }

    bool isEmpty() const { return m_bytes.isEmpty(); }

    /// For the one place that hands it to the SSH library or to sudo's prompt. Never log this.
    const QByteArray &reveal() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace kwup
