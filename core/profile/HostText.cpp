#include "core/profile/HostText.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

QString said(const char *text, const QString &value)
{
    return QCoreApplication::translate("Profile", text).arg(value.left(100));
}

/// "[::1]:22" → "::1" and "22"; "a:22" → "a" and "22"; "::1" and "a" have no port.
bool split(const QString &text, QString &address, QString &port)
{
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        const QString rest = text.mid(end + 1);
        address = text.mid(1, end - 1);
        port = rest.mid(1);
        return end > 0 && (rest.isEmpty() || (rest.startsWith(u':') && !port.isEmpty()));
    }
    const bool hasPort = text.count(u':') == 1;
    address = hasPort ? text.section(u':', 0, 0) : text;
    port = hasPort ? text.section(u':', 1) : QString();
    return !hasPort || !port.isEmpty();
}

} // namespace

bool isAddress(const QString &text)
{
    static const QRegularExpression Name(
        QStringLiteral("^[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?$"));
    static const QRegularExpression Numbers(QStringLiteral("^[0-9.]+$"));
    if (text.contains(u':'))
        return QHostAddress(text).protocol() == QAbstractSocket::IPv6Protocol;
    if (Numbers.match(text).hasMatch()) // QHostAddress takes "10.1" for 10.0.0.1
        return text.count(u'.') == 3 && !QHostAddress(text).isNull();
    return Name.match(text).hasMatch() && !text.contains(QLatin1StringView(".."));
}

bool isUserName(const QString &text)
{
    const bool hasBadCharacter = std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.isSpace() || !c.isPrint() || c == u':' || c == u'/';
    });
    return !text.isEmpty() && text.size() <= 256 && !text.startsWith(u'-') && !hasBadCharacter;
}

std::optional<quint16> portFrom(const QString &text)
{
    const bool isDigits = !text.isEmpty() && text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    const uint port = isDigits ? text.toUInt() : 0;
    if (port < 1 || port > 65535)
        return {};
    return static_cast<quint16>(port);
}

std::optional<HostSpec> hostFrom(const QString &text, QString &why)
{
    HostSpec host;
    const qsizetype at = text.lastIndexOf(u'@'); // a user may be name@domain
    host.user = text.left(std::max<qsizetype>(at, 0));
    QString port;
    const bool isSplit = split(text.mid(at + 1), host.address, port);
    if (at >= 0 && !isUserName(host.user)) {
        why = said(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a user name"), host.user);
        return {};
    }
    if (!isSplit || !isAddress(host.address)) {
        why = said(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not the address of a host"),
                   text.mid(at + 1));
        return {};
    }
    const std::optional<quint16> number = port.isEmpty() ? 22 : portFrom(port);
    if (!number) {
        why = said(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a port number"), port);
        return {};
    }
    host.port = *number;
    return host;
}

QString listedTwice(const QString &hostId)
{
    return said(QT_TRANSLATE_NOOP("Profile", "the host %1 is listed twice"), hostId);
}

} // namespace kwup
