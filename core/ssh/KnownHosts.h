#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QStringList>

namespace kwup {

/// The lines of known_hosts files, in OpenSSH's format: plain, hashed, [host]:port, comma lists,
/// wildcards, negation, @revoked. @cert-authority lines say nothing about a plain key and are left
/// out. Lines that cannot be read are skipped and listed. A bare `host` is for port 22 only.
/// A value; pure apart from load().
class KnownHosts final {
public:
    enum class Verdict { Known, Unknown, Changed, Revoked };
    struct Match {
        Verdict verdict = Verdict::Unknown;
        QString where; ///< "file:line" of the entry that decided; empty for Unknown
    };

    /// Missing files are empty ones. Error: KnownHostsUnreadable.
    static Result<KnownHosts> load(const QStringList &files);
    void addText(const QByteArray &text, const QString &file);

    /// Key types stored for the host, e.g. "ssh-ed25519", in file order.
    QStringList knownTypes(const QString &address, quint16 port) const;
    /// A stored key of another type also means Changed: an attacker chooses the type.
    Match check(const QString &address, quint16 port, const QByteArray &keyBlob) const;
    /// "file:line" of lines that make no sense.
    const QStringList &brokenLines() const { return m_brokenLines; }

    /// How the host is written in the file: `host` or `[host]:port`.
    static QString name(const QString &address, quint16 port);
    /// A line with newline, to be appended.
    static QByteArray line(const QString &address, quint16 port, const QByteArray &keyBlob);

private:
    struct Entry {
        QByteArray hosts;
        QByteArray key;
        QString where;
        bool revoked = false;
    };
    static bool matches(const Entry &entry, const QByteArray &name);

    QList<Entry> m_entries;
    QStringList m_brokenLines;
};

QString keyTypeOf(const QByteArray &keyBlob);
/// "SHA256:…" as ssh-keygen -lf prints it.
QString fingerprintOf(const QByteArray &keyBlob);

} // namespace kwup
