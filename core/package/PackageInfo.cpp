#include "core/package/PackageInfo.h"

#include "core/package/EntryReader.h"
#include "core/package/EntryRules.h"
#include "core/package/GzipFile.h"
#include "core/package/ImageScan.h"
#include "core/package/PackageScan.h"
#include "core/package/SourceScan.h"

#include <algorithm>

namespace kwup {

namespace {

constexpr qint64 GiB = 1024LL * 1024 * 1024;
constexpr qint64 UnpackedLimit = 20 * GiB;
constexpr qint64 SmallArchive = 64LL * 1024 * 1024; ///< always allowed, whatever the ratio
constexpr qint64 RatioLimit = 200;
constexpr int EntryLimit = 100000;

Error tooLarge(qint64 bytes)
{
    Error error;
    error.code = ErrorCode::ArchiveTooLarge;
    error.args = {QString::number(bytes)};
    return error;
}

/// Errors of the entry reader know no file name.
Error named(Error error, const QString &file)
{
    const bool isUnnamed =
        (error.code == ErrorCode::ArchiveTruncated || error.code == ErrorCode::ArchiveUnreadable)
        && error.args.size() == 1;
    if (isUnnamed)
        error.args.prepend(file);
    return error;
}

struct Contents {
    PackageScan scan;
    ImageScan image;
    SourceScan source;
    Error unsafe; ///< of the first entry that only an image may hold
    qint64 unpackedBytes = 0;
};

Result<void> readEntries(EntryReader &entries, qint64 limit, Contents &contents)
{
    for (int count = 0; count < EntryLimit; ++count) {
        const Result<bool> hasEntry = entries.next();
        if (!hasEntry)
            return hasEntry.error();
        if (!*hasEntry)
            return {};
        const Result<void> checked = checkEntry(entries);
        // docker save links layers that are there twice; nothing is unpacked here.
        const bool isLayer = !entries.symbolicLinkTarget().isEmpty()
            && entries.path().endsWith(QLatin1StringView("/layer.tar"));
        if (!checked && !isLayer)
            return checked.error();
        if (!checked && contents.unsafe.code == ErrorCode::None)
            contents.unsafe = checked.error();
        // Judged by the declared size, before a byte of it is read; sparse files declare theirs.
        const qint64 size = entries.size();
        if (size < 0 || size > limit - contents.unpackedBytes)
            return tooLarge(std::max(size, limit));
        contents.unpackedBytes += size;
        const Result<bool> isOfImage = contents.image.take(entries);
        if (!isOfImage)
            return isOfImage.error();
        const Result<bool> isOfSource =
            *isOfImage ? Result<bool>(true) : contents.source.take(entries);
        if (!isOfSource)
            return isOfSource.error();
        const Result<void> taken = *isOfSource ? Result<void>() : contents.scan.take(entries);
        if (!taken)
            return taken.error();
    }
    return tooLarge(contents.unpackedBytes);
}

} // namespace

QString toString(PackageKind kind)
{
    switch (kind) {
    case PackageKind::BareDeb:
        return QStringLiteral("bare-deb");
    case PackageKind::BareRpm:
        return QStringLiteral("bare-rpm");
    case PackageKind::Container:
        return QStringLiteral("container");
    case PackageKind::Image:
        return QStringLiteral("image");
    case PackageKind::NewCluster:
        return QStringLiteral("new-cluster");
    case PackageKind::SourceTree:
        return QStringLiteral("source-tree");
    case PackageKind::BuiltTree:
        return QStringLiteral("built-tree");
    }
    return {};
}

Result<PackageInfo> inspectPackage(const QString &file,
                                   const std::function<void(qint64, qint64)> &onProgress,
                                   std::stop_token stop)
{
    GzipFile gzip(file, onProgress, std::move(stop));
    const Result<void> opened = gzip.open();
    if (!opened)
        return opened.error();
    const qint64 limit = std::min(UnpackedLimit, std::max(SmallArchive, gzip.size() * RatioLimit));
    gzip.setOutputLimit(limit);

    EntryReader entries(EntryReader::Format::Tar, [&gzip] { return gzip.read(); });
    Contents contents;
    const Result<void> read = readEntries(entries, limit, contents);
    if (!read)
        return named(read.error(), file);
    const Result<void> finished = gzip.finish();
    if (!finished)
        return finished.error();

    const bool isImage = contents.image.isImage() && !contents.scan.isRelease();
    if (!isImage && gzip.isPlain())
        return gzip.notCompressed();
    if (!isImage && contents.unsafe.code != ErrorCode::None)
        return contents.unsafe;
    const bool isSource = contents.source.isSource() && !contents.scan.isRelease();
    Result<PackageInfo> info = isImage ? contents.image.judge()
        : isSource                     ? contents.source.judge(file)
                                       : contents.scan.judge();
    if (!info)
        return info;
    info->file = file;
    info->size = gzip.size();
    info->sha256 = gzip.sha256();
    info->unpackedBytes = contents.unpackedBytes;
    return info;
}

} // namespace kwup
