#include "core/package/EntryRules.h"

#include "core/base/CommandLine.h"
#include "core/package/EntryReader.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace kwup {

namespace {

Error unsafe(const QString &entry, const char *why)
{
    Error error;
    error.code = ErrorCode::ArchiveUnsafe;
    error.args = {printable(entry.toUtf8(), 200), QCoreApplication::translate("Package", why)};
    return error;
}

bool isAbsolute(const QString &path)
{
    const bool hasDrive = path.size() >= 2 && path[0].isLetter() && path[1] == u':';
    return path.startsWith(u'/') || path.startsWith(u'\\') || hasDrive;
}

bool climbs(const QString &path)
{
    return path.split(u'/').contains(QLatin1StringView(".."))
        || path.split(u'\\').contains(QLatin1StringView(".."));
}

/// Whether `target`, seen from the folder of the link, stays below the top of the archive.
bool staysInside(const QString &link, const QString &target)
{
    if (isAbsolute(target))
        return false;
    QStringList folders = normalisedPath(link).split(u'/');
    folders.removeLast();
    qsizetype depth = folders.size();
    for (const QString &part : target.split(u'/', Qt::SkipEmptyParts)) {
        if (part == QLatin1StringView(".."))
            --depth;
        else if (part != QLatin1StringView("."))
            ++depth;
        // Not even for a moment, and not up to where several archives are unpacked side by side.
        if (depth < 1)
            return false;
    }
    return true;
}

} // namespace

QString normalisedPath(const QString &path)
{
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    parts.removeAll(QStringLiteral("."));
    return parts.join(u'/');
}

Result<void> checkEntry(const EntryReader &entry)
{
    const QString path = entry.path();
    if (path.isNull())
        return unsafe(QStringLiteral("?"),
                      QT_TRANSLATE_NOOP("Package", "its name cannot be decoded"));
    const bool hasControl = std::any_of(
        path.begin(), path.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (hasControl)
        return unsafe(path, QT_TRANSLATE_NOOP("Package", "its name holds control characters"));
    if (isAbsolute(path))
        return unsafe(path, QT_TRANSLATE_NOOP("Package", "its path is absolute"));
    if (climbs(path))
        return unsafe(path, QT_TRANSLATE_NOOP("Package", "its path leads upwards with \"..\""));
    const QString hardLink = entry.hardLinkTarget();
    if (!hardLink.isEmpty() && (isAbsolute(hardLink) || climbs(hardLink)))
        return unsafe(path, QT_TRANSLATE_NOOP("Package", "it links to a file outside the archive"));
    if (!hardLink.isEmpty())
        return {};
    const QString symbolicLink = entry.symbolicLinkTarget();
    if (!symbolicLink.isEmpty() && !staysInside(path, symbolicLink))
        return unsafe(path, QT_TRANSLATE_NOOP("Package", "it links to a file outside the archive"));
    if (!symbolicLink.isEmpty() || entry.isFile() || entry.isDirectory())
        return {};
    return unsafe(path, QT_TRANSLATE_NOOP("Package", "it is a device, a pipe or a socket"));
}

} // namespace kwup
