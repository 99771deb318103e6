#include "core/container/ImageReference.h"

#include <QRegularExpression>

namespace kwup {

std::optional<ImageReference> ImageReference::parse(const QString &text)
{
    // The grammar of distribution/reference, with its limits for name and tag.
    static const QRegularExpression whole(QStringLiteral(
        R"(\A((?:(?:(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::[0-9]{1,5})?|[A-Za-z0-9-]+:[0-9]{1,5})/)?)"
        R"([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*))"
        R"((?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?\z)"));
    if (text.size() > 512 || text.startsWith(u'-'))
        return std::nullopt;
    const auto match = whole.match(text);
    if (!match.hasMatch() || match.captured(1).size() > 255)
        return std::nullopt;
    return ImageReference{match.captured(1), match.captured(2), match.captured(3)};
}

QString ImageReference::toString() const
{
    QString text = name;
    if (!tag.isEmpty())
        text += u':' + tag;
    if (!digest.isEmpty())
        text += u'@' + digest;
    return text;
}

std::optional<KwdbVersion> ImageReference::version() const
{
    static const QRegularExpression words(QStringLiteral(
        R"(\A([vV]?[0-9]+\.[0-9]+\.[0-9]+(?:[._-]?(?:hotfix|beta)[0-9]+)*)(?:[._-].*)?\z)"));
    const auto match = words.match(tag);
    if (!match.hasMatch())
        return std::nullopt;
    QString version = match.captured(1);
    // "2.2.1-hotfix1" of a tag is "2.2.1hotfix1" of a build.
    static const QRegularExpression joint(QStringLiteral("[._-](?=hotfix|beta)"));
    return KwdbVersion::fromBuildTag(version.remove(joint));
}

} // namespace kwup
