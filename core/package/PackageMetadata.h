#pragma once

#include "core/base/Result.h"
#include "core/package/EntryReader.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace kwup {

/// What a .deb, .rpm or container image says about itself. Pure functions on bytes; hostile input
/// gives an empty optional, never more than a few MiB of memory.
struct PackageMetadata {
    QString name;
    QString version; ///< upstream version, without epoch and packaging revision of the rpm
    QString architecture; ///< uname -m words: x86_64, aarch64; empty for "all" and "noarch"
};

/// How much of the beginning of a package file holds its control data.
inline constexpr qint64 MetadataBytes = 4 * 1024 * 1024;

/// From the beginning of a .deb: control.tar.{gz,xz,zst} → control.
std::optional<PackageMetadata> readDebMetadata(QByteArrayView head);

/// From the beginning of an .rpm: tags NAME, VERSION and ARCH of the main header.
std::optional<PackageMetadata> readRpmMetadata(QByteArrayView head);

/// From an image made by `docker save`, as a stream: manifest.json (repository tag) and the
/// configuration it names (architecture). Empty when it is not such an image; an error only when
/// the stream itself fails.
Result<std::optional<PackageMetadata>> readImageMetadata(EntryReader::Source image);

/// amd64 → x86_64, arm64 → aarch64; other words unchanged.
QString unameArchitecture(const QString &word);

} // namespace kwup
