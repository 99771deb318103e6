#include "core/ssh/KnownHosts.h"

#include "core/ssh/WireFormat.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMessageAuthenticationCode>

namespace kwup {

namespace {

/// OpenSSH's patterns: * and ?. Linear, because the file may be hostile.
bool wildcardMatches(const QByteArray &pattern, const QByteArray &name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// |1|base64 salt|base64 HMAC-SHA1 of the name
bool hashMatches(const QByteArray &hashed, const QByteArray &name)
{
    const QList<QByteArray> parts = hashed.split('|');
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2]);
    return QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1)
        == QByteArray::fromBase64(parts[3]);
}

} // namespace

Result<KnownHosts> KnownHosts::load(const QStringList &files)
{
    KnownHosts known;
    for (const QString &path : files) {
        QFile file(path);
        if (path.isEmpty() || !file.exists())
            continue;
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::KnownHostsUnreadable, {}, {path, file.errorString()}};
        known.addText(file.readAll(), path);
    }
    return known;
}

void KnownHosts::addText(const QByteArray &text, const QString &file)
{
    int number = 0;
    for (const QByteArray &raw : text.split('\n')) {
        ++number;
        const QByteArray line = raw.simplified();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        QList<QByteArray> words = line.split(' ');
        const QByteArray marker = words[0].startsWith('@') ? words.takeFirst() : QByteArray();
        const QString where = QStringLiteral("%1:%2").arg(file).arg(number);
        if (marker == "@cert-authority")
            continue;
        const QByteArray key = QByteArray::fromBase64(words.value(2));
        const bool isBroken = words.size() < 3 || (!marker.isEmpty() && marker != "@revoked")
            || keyTypeOf(key).toLatin1() != words[1];
        if (isBroken)
            m_brokenLines += where;
        else
            m_entries.append({words[0], key, where, marker == "@revoked"});
    }
}

bool KnownHosts::matches(const Entry &entry, const QByteArray &name)
{
    if (entry.hosts.startsWith('|'))
        return hashMatches(entry.hosts, name);
    bool found = false;
    for (const QByteArray &item : entry.hosts.toLower().split(',')) {
        const bool negated = item.startsWith('!');
        if (!wildcardMatches(negated ? item.mid(1) : item, name))
            continue;
        if (negated)
            return false;
        found = true;
    }
    return found;
}

QStringList KnownHosts::knownTypes(const QString &address, quint16 port) const
{
    const QByteArray host = name(address, port).toUtf8();
    QStringList types;
    for (const Entry &entry : m_entries) {
        const QString type = keyTypeOf(entry.key);
        if (!entry.revoked && !types.contains(type) && matches(entry, host))
            types += type;
    }
    return types;
}

KnownHosts::Match KnownHosts::check(const QString &address, quint16 port,
                                    const QByteArray &keyBlob) const
{
    const QByteArray host = name(address, port).toUtf8();
    const QString type = keyTypeOf(keyBlob);
    Match match;
    bool sameType = false;
    for (const Entry &entry : m_entries) {
        if (!matches(entry, host))
            continue;
        const bool sameKey = entry.key == keyBlob;
        if (entry.revoked && sameKey)
            return {Verdict::Revoked, entry.where}; // wins over everything, wherever it stands
        if (entry.revoked || match.verdict == Verdict::Known)
            continue;
        const bool entryHasType = keyTypeOf(entry.key) == type;
        if (sameKey)
            match = {Verdict::Known, entry.where};
        else if (match.verdict == Verdict::Unknown || (entryHasType && !sameType))
            match = {Verdict::Changed, entry.where};
        sameType = sameType || entryHasType;
    }
    return match;
}

QString KnownHosts::name(const QString &address, quint16 port)
{
    const QString host = address.toLower();
    return port == 22 ? host : QStringLiteral("[%1]:%2").arg(host).arg(port);
}

QByteArray KnownHosts::line(const QString &address, quint16 port, const QByteArray &keyBlob)
{
    return name(address, port).toUtf8() + ' ' + keyTypeOf(keyBlob).toLatin1() + ' '
        + keyBlob.toBase64() + '\n';
}

QString keyTypeOf(const QByteArray &keyBlob)
{
    return QString::fromLatin1(WireReader(keyBlob).string());
}

QString fingerprintOf(const QByteArray &keyBlob)
{
    const QByteArray digest = QCryptographicHash::hash(keyBlob, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:")
        + QString::fromLatin1(digest.toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace kwup
