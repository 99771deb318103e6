#pragma once

#include <QByteArray>
#include <QList>

namespace kwup::test {

struct ArchiveEntry {
    enum class Type { File, Directory, SymbolicLink, HardLink, Pipe };
    QByteArray path;
    QByteArray content; ///< of links: the target
    Type type = Type::File;
};
using ArchiveEntries = QList<ArchiveEntry>;

enum class Packing { None, Gzip, Xz, Zstd };

/// Archives made in memory, good and bad.
QByteArray tarOf(const ArchiveEntries &entries, Packing packing);
QByteArray gzipOf(const QByteArray &content);

QByteArray deb(const QByteArray &package, const QByteArray &version, const QByteArray &architecture,
               Packing packing = Packing::Xz);
QByteArray rpm(const QByteArray &package, const QByteArray &version,
               const QByteArray &architecture);
QByteArray dockerImage(const QByteArray &repoTag, const QByteArray &architecture);

/// The entries of a whole release, below kwdb_install/.
ArchiveEntries release(const QByteArray &version = "2.2.1",
                       const QByteArray &architecture = "amd64");
ArchiveEntries rpmRelease(const QByteArray &architecture = "aarch64");
ArchiveEntries containerRelease(const QByteArray &image);

/// Without the entries whose path contains `part`.
ArchiveEntries without(ArchiveEntries entries, const QByteArray &part);
/// With `content` for the file whose path contains `part`.
ArchiveEntries with(ArchiveEntries entries, const QByteArray &part, const QByteArray &content);

} // namespace kwup::test
