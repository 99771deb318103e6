#include "core/package/PackageMetadata.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

namespace kwup {

namespace {

constexpr qint64 ControlLimit = 64 * 1024;
constexpr qint64 JsonLimit = 1024 * 1024;
constexpr qint64 AllJsonLimit = 16 * 1024 * 1024;
constexpr int EntryLimit = 4096;

QString field(const QString &control, QLatin1StringView name)
{
    for (const QStringView line : QStringView(control).split(u'\n')) {
        if (line.startsWith(name) && line.mid(name.size()).startsWith(u':'))
            return line.mid(name.size() + 1).trimmed().toString();
    }
    return {};
}

QString controlFile(const QByteArray &controlTar)
{
    EntryReader entries(EntryReader::Format::CompressedTar, memorySource(controlTar));
    for (int count = 0; count < EntryLimit; ++count) {
        const Result<bool> hasEntry = entries.next();
        if (!hasEntry || !*hasEntry)
            return {};
        const QString path = entries.path();
        if (path == QLatin1StringView("./control") || path == QLatin1StringView("control"))
            return QString::fromUtf8(entries.content(ControlLimit).value_or({}));
        if (entries.size() > ControlLimit * 64) // skipping it would mean to unpack it
            return {};
    }
    return {};
}

/// Without epoch ("1:2.2.1") and Debian revision ("2.2.1-1").
QString upstreamVersion(const QString &version)
{
    const QString withoutEpoch = version.mid(version.indexOf(u':') + 1);
    const qsizetype dash = withoutEpoch.lastIndexOf(u'-');
    return dash < 0 ? withoutEpoch : withoutEpoch.left(dash);
}

/// One header of an .rpm: index entries of 16 bytes, then the store they point into.
struct RpmHeader {
    QByteArrayView index;
    QByteArrayView store;
    qsizetype size = 0;
};

std::optional<RpmHeader> rpmHeader(QByteArrayView bytes)
{
    constexpr qsizetype Intro = 16;
    if (bytes.size() < Intro || !bytes.startsWith("\x8e\xad\xe8\x01"))
        return {};
    const qsizetype entries = qFromBigEndian<quint32>(bytes.data() + 8);
    const qsizetype storeSize = qFromBigEndian<quint32>(bytes.data() + 12);
    if (entries > MetadataBytes / 16 || storeSize > MetadataBytes
        || bytes.size() < Intro + entries * 16 + storeSize)
        return {};
    RpmHeader header;
    header.index = bytes.sliced(Intro, entries * 16);
    header.store = bytes.sliced(Intro + entries * 16, storeSize);
    header.size = Intro + entries * 16 + storeSize;
    return header;
}

QString rpmString(const RpmHeader &header, quint32 wantedTag)
{
    constexpr quint32 StringType = 6;
    for (qsizetype at = 0; at < header.index.size(); at += 16) {
        const char *entry = header.index.data() + at;
        const qsizetype offset = qFromBigEndian<quint32>(entry + 8);
        if (qFromBigEndian<quint32>(entry) != wantedTag
            || qFromBigEndian<quint32>(entry + 4) != StringType || offset >= header.store.size())
            continue;
        const QByteArrayView rest = header.store.sliced(offset);
        const qsizetype end = rest.indexOf('\0');
        return QString::fromUtf8(end < 0 ? rest : rest.first(end));
    }
    return {};
}

/// The small files of an image: manifest.json and whatever could be the configuration.
Result<QHash<QString, QByteArray>> smallFiles(EntryReader &entries)
{
    QHash<QString, QByteArray> files;
    qint64 total = 0;
    while (total < AllJsonLimit && files.size() < EntryLimit) {
        const Result<bool> hasEntry = entries.next();
        if (!hasEntry)
            return hasEntry.error();
        if (!*hasEntry)
            break;
        if (!entries.isFile() || entries.size() > JsonLimit)
            continue;
        const Result<QByteArray> content = entries.content(JsonLimit);
        if (!content)
            return content.error();
        total += content->size();
        if (content->startsWith('{') || content->startsWith('['))
            files.insert(entries.path(), *content);
    }
    return files;
}

/// Errors of a source name its file; those of a reader have the library's text alone.
bool isAboutTheImage(const Error &error)
{
    return (error.code == ErrorCode::ArchiveUnreadable || error.code == ErrorCode::ArchiveTruncated)
        && error.args.size() == 1;
}

} // namespace

QString unameArchitecture(const QString &word)
{
    if (word == QLatin1StringView("amd64"))
        return QStringLiteral("x86_64");
    if (word == QLatin1StringView("arm64"))
        return QStringLiteral("aarch64");
    if (word == QLatin1StringView("all") || word == QLatin1StringView("noarch"))
        return {};
    return word;
}

std::optional<PackageMetadata> readDebMetadata(QByteArrayView head)
{
    EntryReader members(EntryReader::Format::Ar, memorySource(head));
    for (int count = 0; count < 3; ++count) { // debian-binary, control.tar.*, data.tar.*
        const Result<bool> hasMember = members.next();
        if (!hasMember || !*hasMember)
            return {};
        if (!members.path().startsWith(QLatin1StringView("control.tar")))
            continue;
        const Result<QByteArray> controlTar = members.content(MetadataBytes);
        if (!controlTar)
            return {};
        const QString control = controlFile(*controlTar);
        PackageMetadata metadata;
        metadata.name = field(control, QLatin1StringView("Package"));
        metadata.version = upstreamVersion(field(control, QLatin1StringView("Version")));
        metadata.architecture =
            unameArchitecture(field(control, QLatin1StringView("Architecture")));
        if (metadata.name.isEmpty() || metadata.version.isEmpty())
            return {};
        return metadata;
    }
    return {};
}

std::optional<PackageMetadata> readRpmMetadata(QByteArrayView head)
{
    // Lead (96 bytes), signature header padded to 8 bytes, main header. Source: rpm's format.md.
    constexpr qsizetype LeadSize = 96;
    constexpr quint32 NameTag = 1000;
    constexpr quint32 VersionTag = 1001;
    constexpr quint32 ArchTag = 1022;
    if (head.size() < LeadSize || !head.startsWith("\xed\xab\xee\xdb"))
        return {};
    const std::optional<RpmHeader> signature = rpmHeader(head.sliced(LeadSize));
    if (!signature)
        return {};
    const qsizetype mainAt = LeadSize + (signature->size + 7) / 8 * 8;
    if (mainAt >= head.size())
        return {};
    const std::optional<RpmHeader> header = rpmHeader(head.sliced(mainAt));
    if (!header)
        return {};
    PackageMetadata metadata;
    metadata.name = rpmString(*header, NameTag);
    metadata.version = rpmString(*header, VersionTag);
    metadata.architecture = unameArchitecture(rpmString(*header, ArchTag));
    if (metadata.name.isEmpty() || metadata.version.isEmpty())
        return {};
    return metadata;
}

Result<std::optional<PackageMetadata>> readImageMetadata(EntryReader::Source image)
{
    EntryReader entries(EntryReader::Format::Tar, std::move(image));
    const Result<QHash<QString, QByteArray>> files = smallFiles(entries);
    if (!files && isAboutTheImage(files.error()))
        return std::optional<PackageMetadata>();
    if (!files)
        return files.error();
    const QJsonObject manifest =
        QJsonDocument::fromJson(files->value(QStringLiteral("manifest.json")))
            .array()
            .at(0)
            .toObject();
    const QString configFile = manifest.value(QStringLiteral("Config")).toString();
    const QJsonObject config = QJsonDocument::fromJson(files->value(configFile)).object();
    const QString architecture = config.value(QStringLiteral("architecture")).toString();
    if (architecture.isEmpty())
        return std::optional<PackageMetadata>();
    const QString repoTag = manifest.value(QStringLiteral("RepoTags")).toArray().at(0).toString();
    PackageMetadata metadata;
    metadata.name = repoTag.section(u':', 0, -2);
    metadata.version = repoTag.section(u':', -1);
    metadata.architecture = unameArchitecture(architecture);
    return std::optional<PackageMetadata>(metadata);
}

} // namespace kwup
