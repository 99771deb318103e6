#include "core/package/ImageScan.h"

#include "core/container/ImageReference.h"
#include "core/package/EntryRules.h"
#include "core/package/PackageMetadata.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kwup {

namespace {

constexpr qint64 FileLimit = 1024 * 1024;
constexpr qint64 AllLimit = 16 * 1024 * 1024;
constexpr qsizetype TagLimit = 200;

Error packageError(ErrorCode code, const QStringList &args)
{
    return {.code = code, .args = args};
}

QString nameAndTag()
{
    return QCoreApplication::translate("Package",
                                       "the name and tag of the image (option \"image\")");
}

} // namespace

Result<bool> ImageScan::take(EntryReader &entry)
{
    const QString path = normalisedPath(entry.path());
    const bool isConfiguration = (path.endsWith(QLatin1StringView(".json")) && !path.contains(u'/'))
        || path.startsWith(QLatin1StringView("blobs/sha256/"));
    if (!isConfiguration || !entry.isFile() || entry.size() > FileLimit || m_bytes > AllLimit)
        return false;
    const Result<QByteArray> content = entry.content(FileLimit);
    if (!content)
        return content.error();
    m_bytes += content->size();
    if (path == QLatin1StringView("manifest.json"))
        m_manifest = *content;
    else if (content->startsWith('{'))
        m_configurations.insert(path, *content);
    return true;
}

Result<PackageInfo> ImageScan::judge() const
{
    const QJsonArray images = QJsonDocument::fromJson(m_manifest).array();
    PackageInfo info;
    info.kind = PackageKind::Image;
    for (const auto image : images) {
        const QString path = normalisedPath(image[QStringLiteral("Config")].toString());
        const QJsonObject configuration =
            QJsonDocument::fromJson(m_configurations.value(path)).object();
        const QString architecture =
            unameArchitecture(configuration[QStringLiteral("architecture")].toString());
        if (architecture.isEmpty())
            return packageError(ErrorCode::PackageIncomplete,
                                {path.isEmpty() ? QStringLiteral("manifest.json: Config") : path});
        if (!info.architecture.isEmpty() && info.architecture != architecture) {
            return packageError(ErrorCode::PackageAmbiguous,
                                {QStringLiteral("manifest.json"),
                                 info.architecture + QStringLiteral(", ") + architecture});
        }
        info.architecture = architecture;
        for (const auto tag : image[QStringLiteral("RepoTags")].toArray()) {
            if (ImageReference::parse(tag.toString()) && info.images.size() < TagLimit)
                info.images.append(tag.toString());
        }
    }
    if (info.architecture.isEmpty())
        return packageError(ErrorCode::PackageIncomplete,
                            {QStringLiteral("manifest.json: Config")});
    info.packages = info.images;
    if (info.images.size() == 1)
        info.image = info.images.first();
    for (const auto &name : std::as_const(info.images)) {
        if (const auto version = ImageReference::parse(name)->version())
            info.version = *version;
    }
    return info;
}

Result<PackageInfo> chosenImage(const std::optional<PackageInfo> &archive, const QString &reference,
                                const QString &version)
{
    PackageInfo info = archive.value_or(PackageInfo{});
    if (archive && archive->kind != PackageKind::Image)
        return info;
    info.kind = PackageKind::Image;
    info.image = reference.trimmed();
    if (info.image.isEmpty() && info.images.size() == 1)
        info.image = info.images.first();
    if (info.image.isEmpty() && info.images.size() > 1) {
        return packageError(ErrorCode::PackageAmbiguous,
                            {QStringLiteral("RepoTags"), info.images.join(QStringLiteral(", "))});
    }
    const auto parsed = ImageReference::parse(info.image);
    // A name without a tag means "latest", which may be another image tomorrow.
    if (!parsed || (parsed->tag.isEmpty() && parsed->digest.isEmpty()))
        return packageError(ErrorCode::PackageIncomplete, {nameAndTag()});
    if (!info.images.isEmpty() && !info.images.contains(info.image))
        return packageError(ErrorCode::PackageIncomplete, {info.image});
    if (archive && !parsed->digest.isEmpty())
        return packageError(ErrorCode::PackageIncomplete, {nameAndTag()});
    const auto told = version.trimmed().isEmpty() ? parsed->version()
                                                  : KwdbVersion::fromBuildTag(version.trimmed());
    if (!told)
        return packageError(ErrorCode::PackageVersionMissing, {});
    info.version = *told;
    return info;
}

} // namespace kwup
