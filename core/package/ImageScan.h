#pragma once

#include "core/package/EntryReader.h"
#include "core/package/PackageInfo.h"

#include <QHash>

namespace kwup {

/// Collects what an archive of `docker save` says about itself while its entries go by. Layers are
/// not read. Format: manifest.json ([{Config, RepoTags, Layers}]) beside the configurations it
/// names, either NAME.json or blobs/sha256/NAME.
class ImageScan {
public:
    /// True: the entry was read as part of an image; no other reader may read it. Errors: those of
    /// reading its content.
    Result<bool> take(EntryReader &entry);
    bool isImage() const { return !m_manifest.isNull(); }

    /// Errors: PackageIncomplete, PackageAmbiguous (several architectures).
    Result<PackageInfo> judge() const;

private:
    QByteArray m_manifest;
    QHash<QString, QByteArray> m_configurations; ///< by path
    qint64 m_bytes = 0;
};

} // namespace kwup
