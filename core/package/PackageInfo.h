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
/// its name; NewCluster: nothing to install, the version that runs on the hosts of the new cluster.
enum class PackageKind { BareDeb, BareRpm, Container, Image, NewCluster };
QString toString(PackageKind kind); ///< bare-deb, bare-rpm, container, image, new-cluster

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
};

/// Which image is to be run, of which version. `archive`: what inspectPackage() gave, or nothing
/// when the hosts pull the image. `reference`: name and tag as the operator gave them; empty: the
/// only one in the archive. `version`: for tags that tell none. Packages of other kinds come back
/// as they are. Pure. Errors: PackageIncomplete, PackageAmbiguous, PackageVersionMissing.
Result<PackageInfo> chosenImage(const std::optional<PackageInfo> &archive, const QString &reference,
                                const QString &version);

/// Reads and judges a .tar.gz release archive, or an archive of `docker save` (.tar, .tar.gz): path
/// traversal, bombs (limit 20 GiB unpacked or 200 times the size), completeness (one server and one
/// libcommon package, or KaiwuDB.tar; .version; deploy.sh), architecture by the packages' own
/// control data, version. Blocks for the time it takes to read the file; `onProgress` gets bytes
/// read of the file. Errors: Archive…, Package….
Result<PackageInfo> inspectPackage(const QString &file,
                                   const std::function<void(qint64, qint64)> &onProgress,
                                   std::stop_token stop);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::PackageInfo)
