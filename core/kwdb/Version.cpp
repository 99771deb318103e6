#include "core/kwdb/Version.h"

#include <QList>
#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

/// Base and extension from the beginning of `text`; what git describe appends is dropped.
std::optional<KwdbVersion> parse(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"(^[Vv]?(\d{1,9}(?:\.\d{1,9}){1,3})(?:[-_. ]?((?:(?:alpha|beta|hotfix|enhance|patch)\d{1,9})+))?(?:-[0-9A-Za-z._-]*)?$)"));
    const auto match = pattern.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return KwdbVersion{match.captured(1), match.captured(2)};
}

QList<qulonglong> numbers(const QString &base)
{
    QList<qulonglong> parts;
    for (const auto &part : base.split(u'.'))
        parts.append(part.toULongLong());
    return parts;
}

} // namespace

std::optional<KwdbVersion> KwdbVersion::fromVersionFile(const QByteArray &content)
{
    static const QRegularExpression extensionPattern(QStringLiteral("^[0-9A-Za-z._]{1,40}$"));
    QByteArray text = content.left(4096);
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    const auto lines = text.split('\n');
    auto version = parse(QString::fromUtf8(lines.first()));
    if (!version || lines.size() < 2)
        return version;
    const QString extension = QString::fromUtf8(lines[1]).trimmed();
    if (extension.isEmpty())
        return version;
    if (!extensionPattern.match(extension).hasMatch())
        return std::nullopt;
    version->extension = extension;
    return version;
}

std::optional<KwdbVersion> KwdbVersion::fromBuildTag(const QString &tag)
{
    return parse(tag);
}

QString KwdbVersion::toString() const
{
    return extension.isEmpty() ? base : base + u' ' + extension;
}

std::strong_ordering compareBase(const KwdbVersion &a, const KwdbVersion &b)
{
    const auto left = numbers(a.base);
    const auto right = numbers(b.base);
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i) {
        // A missing part counts as 0: the documentation writes "2.0" for 2.0.0.
        const auto order = left.value(i, 0) <=> right.value(i, 0);
        if (order != std::strong_ordering::equal)
            return order;
    }
    return std::strong_ordering::equal;
}

} // namespace kwup
