#include "core/package/PackageScan.h"

#include "core/package/EntryRules.h"

#include <QCryptographicHash>

#include <algorithm>

namespace kwup {

namespace {

constexpr qint64 ScriptLimit = 4 * 1024 * 1024;
constexpr qint64 VersionFileLimit = 4096;
const QString ImageFile = QStringLiteral("KaiwuDB.tar");
constexpr QLatin1StringView ServerWord("server");
constexpr QLatin1StringView LibraryWord("libcommon");

Error packageError(ErrorCode code, const QStringList &args)
{
    Error error;
    error.code = code;
    error.args = args;
    return error;
}

/// "2.2.1" fits "2.2.1", "V2.2.1", "2.2.1.hotfix1" and "2.2.1~beta1", not "2.2.10" or "2.2.0".
bool fits(const KwdbVersion &version, QString packageVersion)
{
    if (packageVersion.startsWith(u'V', Qt::CaseInsensitive))
        packageVersion.remove(0, 1);
    if (!packageVersion.startsWith(version.base))
        return false;
    const QString rest = packageVersion.mid(version.base.size());
    const bool goesOn = !rest.isEmpty()
        && (rest[0].isDigit() || (rest[0] == u'.' && rest.size() > 1 && rest[1].isDigit()));
    return !goesOn;
}

bool isVersionNumber(const QString &tag)
{
    const bool hasLetter = tag.startsWith(u'V', Qt::CaseInsensitive);
    return tag.size() > (hasLetter ? 1 : 0) && tag[hasLetter ? 1 : 0].isDigit();
}

} // namespace

Result<void> PackageScan::take(EntryReader &entry)
{
    const QStringList parts = normalisedPath(entry.path()).split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return {};
    m_topFolders.insert(parts.first());
    if (parts.size() < 2)
        return {};
    if (parts[1] == QLatin1StringView("utils"))
        m_hasUtils = true;
    if (!entry.isFile())
        return {};
    if (parts.size() == 2 && parts[1] == QLatin1StringView("deploy.sh")) {
        const Result<QByteArray> script = entry.content(ScriptLimit);
        if (!script)
            return script.error();
        m_scriptFolders.insert(parts.first());
        m_scriptSha256 = QString::fromLatin1(
            QCryptographicHash::hash(*script, QCryptographicHash::Sha256).toHex());
        return {};
    }
    if (parts.size() == 3 && parts[1] == QLatin1StringView("packages"))
        return takePackageFile(parts[2], entry);
    return {};
}

Result<void> PackageScan::takePackageFile(const QString &name, EntryReader &entry)
{
    PackageFile file{name, {}};
    if (name == ImageFile) {
        const Result<std::optional<PackageMetadata>> image =
            readImageMetadata(entry.contentSource());
        if (!image)
            return image.error();
        file.metadata = *image;
        m_packages.append(file);
        return {};
    }
    const Result<QByteArray> head =
        entry.content(name == QLatin1StringView(".version") ? VersionFileLimit : MetadataBytes);
    if (!head)
        return head.error();
    if (name == QLatin1StringView(".version"))
        m_versionFile = *head;
    else if (name.endsWith(QLatin1StringView(".deb")))
        file.metadata = readDebMetadata(*head);
    else if (name.endsWith(QLatin1StringView(".rpm")))
        file.metadata = readRpmMetadata(*head);
    m_packages.append(file);
    return {};
}

QStringList PackageScan::namesWith(QLatin1StringView word) const
{
    QStringList names;
    for (const PackageFile &file : m_packages) {
        if (file.name.contains(word))
            names.append(file.name);
    }
    return names;
}

Result<void> PackageScan::checkFolders() const
{
    if (m_scriptFolders.isEmpty())
        return packageError(ErrorCode::PackageIncomplete, {QStringLiteral("deploy.sh")});
    if (m_topFolders.size() > 1) {
        QStringList names = m_topFolders.values();
        names.sort();
        return packageError(ErrorCode::PackageAmbiguous,
                            {QStringLiteral("/"), names.mid(0, 20).join(QStringLiteral(", "))});
    }
    if (!m_hasUtils)
        return packageError(ErrorCode::PackageIncomplete, {QStringLiteral("utils/")});
    const bool hasPackages =
        std::any_of(m_packages.begin(), m_packages.end(), [](const PackageFile &file) {
            return file.name != QLatin1StringView(".version");
        });
    if (!hasPackages)
        return packageError(ErrorCode::PackageIncomplete, {QStringLiteral("packages/")});
    return {};
}

Result<PackageKind> PackageScan::judgeKind() const
{
    const QStringList servers = namesWith(ServerWord);
    const QStringList libraries = namesWith(LibraryWord);
    const bool hasImage = !namesWith(QLatin1StringView("KaiwuDB.tar")).isEmpty();
    if (hasImage && !(servers.isEmpty() && libraries.isEmpty()))
        return packageError(
            ErrorCode::PackageAmbiguous,
            {QStringLiteral("packages/"),
             (QStringList{ImageFile} + servers + libraries).join(QStringLiteral(", "))});
    if (hasImage)
        return PackageKind::Container;
    // deploy.sh takes every file with the word in its name, whatever its suffix.
    for (const auto &[word, names] : {std::pair{ServerWord, servers}, {LibraryWord, libraries}}) {
        if (names.isEmpty())
            return packageError(ErrorCode::PackageIncomplete,
                                {QStringLiteral("packages/*%1*").arg(word)});
        if (names.size() > 1)
            return packageError(
                ErrorCode::PackageAmbiguous,
                {QStringLiteral("packages/*%1*").arg(word), names.join(QStringLiteral(", "))});
    }
    const bool isDeb = servers.first().endsWith(QLatin1StringView(".deb"))
        && libraries.first().endsWith(QLatin1StringView(".deb"));
    const bool isRpm = servers.first().endsWith(QLatin1StringView(".rpm"))
        && libraries.first().endsWith(QLatin1StringView(".rpm"));
    if (!isDeb && !isRpm)
        return packageError(
            ErrorCode::PackageAmbiguous,
            {QStringLiteral(".deb/.rpm"), (servers + libraries).join(QStringLiteral(", "))});
    return isDeb ? PackageKind::BareDeb : PackageKind::BareRpm;
}

Result<void> PackageScan::checkVersions(const KwdbVersion &version) const
{
    for (const PackageFile &file : m_packages) {
        const bool isNamed = file.metadata.has_value() && !file.metadata->version.isEmpty();
        // A tag of an image may be a word such as "latest".
        const bool isWord =
            isNamed && file.name == ImageFile && !isVersionNumber(file.metadata->version);
        if (isNamed && !isWord && !fits(version, file.metadata->version))
            return packageError(ErrorCode::PackageVersionMismatch,
                                {version.toString(), file.name, file.metadata->version});
    }
    return {};
}

Result<QString> PackageScan::judgeArchitecture() const
{
    QString architecture;
    for (const PackageFile &file : m_packages) {
        const QString word = file.metadata ? file.metadata->architecture : QString();
        if (word.isEmpty() || word == architecture)
            continue;
        if (!architecture.isEmpty())
            return packageError(
                ErrorCode::PackageAmbiguous,
                {QStringLiteral("uname -m"), architecture + QStringLiteral(", ") + word});
        architecture = word;
    }
    return architecture;
}

Result<PackageInfo> PackageScan::judge() const
{
    const Result<void> folders = checkFolders();
    if (!folders)
        return folders.error();
    const Result<PackageKind> kind = judgeKind();
    if (!kind)
        return kind.error();
    const std::optional<KwdbVersion> version =
        KwdbVersion::fromVersionFile(m_versionFile.value_or(QByteArray()));
    if (!version)
        return packageError(ErrorCode::PackageVersionMissing, {});
    for (const PackageFile &file : m_packages) {
        const bool isPackage = file.name.endsWith(QLatin1StringView(".deb"))
            || file.name.endsWith(QLatin1StringView(".rpm"));
        if (isPackage && !file.metadata)
            return packageError(ErrorCode::PackageIncomplete,
                                {QStringLiteral("packages/%1: control").arg(file.name)});
    }
    const Result<void> versions = checkVersions(*version);
    if (!versions)
        return versions.error();
    const Result<QString> architecture = judgeArchitecture();
    if (!architecture)
        return architecture.error();
    PackageInfo info;
    info.kind = *kind;
    info.version = *version;
    info.architecture = *architecture;
    info.topFolder = *m_scriptFolders.begin();
    info.scriptSha256 = m_scriptSha256;
    for (const PackageFile &file : m_packages)
        info.packages.append(file.name);
    info.packages.sort();
    return info;
}

} // namespace kwup
