#include "core/package/SourceScan.h"

#include "core/package/EntryRules.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace kwup {

namespace {

constexpr qint64 BuildFileLimit = 1024 * 1024;
constexpr qint64 ElfHeaderBytes = 20;

/// uname -m word of an ELF program; empty for anything else. Only the processors that the vendor
/// builds for are known by name.
QString architectureOf(const QByteArray &head)
{
    if (head.size() < ElfHeaderBytes
        || !head.startsWith("\x7f"
                            "ELF"))
        return {};
    const int machine = static_cast<quint8>(head[18]) | static_cast<quint8>(head[19]) << 8;
    switch (machine) {
    case 62:
        return QStringLiteral("x86_64");
    case 183:
        return QStringLiteral("aarch64");
    default:
        return QStringLiteral("elf-%1").arg(machine);
    }
}

std::optional<KwdbVersion> versionIn(const QString &name)
{
    static const QRegularExpression number(
        QStringLiteral("(?:^|[-_ vV])(\\d+\\.\\d+\\.\\d+(?:\\.\\d+)?)(?=$|[^0-9])"));
    const auto match = number.match(name);
    return match.hasMatch() ? KwdbVersion::fromBuildTag(match.captured(1)) : std::nullopt;
}

} // namespace

Result<bool> SourceScan::take(EntryReader &entry)
{
    const QString path = normalisedPath(entry.path());
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return false;
    m_topFolders.insert(parts.first());
    if (!entry.isFile())
        return false;
    noteTool(parts.last());
    if (path.endsWith(QLatin1StringView("bin/kwbase")) && parts.size() <= 4
        && parts.value(parts.size() - 2) == QLatin1StringView("bin")) {
        const Result<QByteArray> head = entry.content(ElfHeaderBytes);
        if (!head)
            return head.error();
        m_binaries.insert(path, architectureOf(*head));
        return true;
    }
    if (parts.size() == 2 && parts[1] == QLatin1StringView("CMakeLists.txt")) {
        const Result<QByteArray> text = entry.content(BuildFileLimit);
        if (!text)
            return text.error();
        m_hasBuildFile = true;
        static const QRegularExpression project(
            QStringLiteral("project\\s*\\([^)]*\\bVERSION\\s+\"?([0-9.]+)"),
            QRegularExpression::CaseInsensitiveOption);
        m_projectVersion = project.match(QString::fromUtf8(*text)).captured(1);
        return true;
    }
    return false;
}

void SourceScan::noteTool(const QString &name)
{
    const QString suffix = name.section(u'.', -1);
    if (suffix == QLatin1StringView("go"))
        m_tools.insert(QStringLiteral("go"));
    else if (suffix == QLatin1StringView("cc") || suffix == QLatin1StringView("cpp"))
        m_tools.insert(QStringLiteral("c++"));
    else if (suffix == QLatin1StringView("c"))
        m_tools.insert(QStringLiteral("cc"));
}

KwdbVersion SourceScan::version(const QString &file, const QString &folder) const
{
    if (const auto told = KwdbVersion::fromBuildTag(m_projectVersion))
        return *told;
    for (const QString &name : {folder, QFileInfo(file).fileName()}) {
        if (const auto told = versionIn(name))
            return *told;
    }
    return {};
}

Result<PackageInfo> SourceScan::judge(const QString &file) const
{
    PackageInfo info;
    // What was built is taken as it is, also when it lies in its source tree.
    info.kind = m_binaries.isEmpty() ? PackageKind::SourceTree : PackageKind::BuiltTree;
    QStringList tops = m_topFolders.values();
    tops.sort();
    if (tops.size() > 1 && m_binaries.isEmpty()) {
        return Error{.code = ErrorCode::PackageAmbiguous,
                     .args = {QStringLiteral("/"), tops.mid(0, 20).join(QStringLiteral(", "))}};
    }
    info.topFolder = tops.size() == 1 ? tops.first() : QStringLiteral(".");
    for (auto binary = m_binaries.cbegin(); binary != m_binaries.cend(); ++binary) {
        if (binary.value().isEmpty())
            return Error{.code = ErrorCode::PackageIncomplete, .args = {binary.key()}};
        if (!info.architecture.isEmpty() && info.architecture != binary.value()) {
            return Error{.code = ErrorCode::PackageAmbiguous,
                         .args = {QStringLiteral("bin/kwbase"),
                                  QStringList(m_binaries.keys()).join(QStringLiteral(", "))}};
        }
        info.architecture = binary.value();
        info.packages.append(binary.key());
    }
    info.packages.sort();
    if (info.kind == PackageKind::SourceTree) {
        info.tools = m_tools.values();
        info.tools.append({QStringLiteral("cmake"), QStringLiteral("make")});
        info.tools.sort();
        info.packages = {QStringLiteral("CMakeLists.txt")};
    }
    info.version = version(file, info.topFolder);
    return info;
}

Result<PackageInfo> chosenBuild(const std::optional<PackageInfo> &archive, const QString &directory,
                                const QString &version)
{
    PackageInfo info = archive.value_or(PackageInfo{});
    if (archive && !isBuild(archive->kind))
        return info;
    if (!archive) {
        info.kind = PackageKind::BuiltTree;
        info.directory = directory.trimmed();
        if (!info.directory.startsWith(u'/'))
            return Error{.code = ErrorCode::PackageIncomplete, .args = {info.directory}};
        info.packages = {info.directory};
        info.version = versionIn(info.directory).value_or(KwdbVersion{});
    }
    if (const auto told = KwdbVersion::fromBuildTag(version.trimmed()))
        info.version = *told;
    if (info.version.base.isEmpty())
        return Error{.code = ErrorCode::PackageVersionMissing};
    return info;
}

} // namespace kwup
