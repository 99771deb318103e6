#pragma once

#include "core/base/Result.h"
#include "core/kwdb/Version.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <stop_token>

namespace kwup {

/// Container: a release whose package is an image; Image: an image alone, from `docker save` or by
/// its name; NewCluster: nothing to install, the version that runs on the hosts of the new cluster;
/// SourceTree: to be built on each host; BuiltTree: a finished build (bin/kwbase, lib/).
enum class PackageKind { BareDeb, BareRpm, Container, Image, NewCluster, SourceTree, BuiltTree };
/// bare-deb, bare-rpm, container, image, new-cluster, source-tree, built-tree
QString toString(PackageKind kind);
/// What a server that no package made is replaced with.
inline bool isBuild(PackageKind kind)
{
    return kind == PackageKind::SourceTree || kind == PackageKind::BuiltTree;
}

/// What a release archive holds, read without unpacking it to disk. A value.
struct PackageInfo {
    QString file; ///< local path
    qint64 size = 0; ///< bytes
    QByteArray sha256; ///< lower-case hex of the file
    PackageKind kind = PackageKind::BareDeb;
    KwdbVersion version; ///< packages/.version, authoritative for deploy.sh
    QString architecture; ///< uname -m words: x86_64, aarch64
    QString topFolder; ///< kwdb_install
    QStringList packages; ///< file names below packages/
    qint64 unpackedBytes = 0;
    QString scriptSha256; ///< of deploy.sh
    QStringList images; ///< names with tags in an archive of the kind Image
    QString image; ///< the one to run; empty until chosen (chosenImage)
    QStringList tools; ///< programs that a SourceTree needs to be built: cmake, make, go …
    QString directory; ///< BuiltTree that lies on the hosts already; then `file` is empty
};

/// Which image is to be run, of which version. `archive`: what inspectPackage() gave, or nothing
/// when the hosts pull the image. `reference`: name and tag as the operator gave them; empty: the
/// only one in the archive. `version`: for tags that tell none. Packages of other kinds come back
/// as they are. Pure. Errors: PackageIncomplete, PackageAmbiguous, PackageVersionMissing.
Result<PackageInfo> chosenImage(const std::optional<PackageInfo> &archive, const QString &reference,
                                const QString &version);

/// The same for builds: the archive, or a finished build in `directory` on the hosts; `version` for
/// those that tell none. Errors: PackageVersionMissing, PackageIncomplete (not an absolute path).
Result<PackageInfo> chosenBuild(const std::optional<PackageInfo> &archive, const QString &directory,
                                const QString &version);

/// Reads and judges a .tar.gz release archive, a .tar.gz of a source tree or of what its build has
/// installed, or an archive of `docker save` (.tar, .tar.gz): path
/// traversal, bombs (limit 20 GiB unpacked or 200 times the size), completeness (one server and one
/// libcommon package, or KaiwuDB.tar; .version; deploy.sh), architecture by the packages' own
/// control data, version. Blocks for the time it takes to read the file; `onProgress` gets bytes
/// read of the file. Errors: Archive…, Package….
Result<PackageInfo> inspectPackage(const QString &file,
                                   const std::function<void(qint64, qint64)> &onProgress,
                                   std::stop_token stop);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::PackageInfo)
