#pragma once

#include "core/package/EntryReader.h"
#include "core/package/PackageInfo.h"
#include "core/package/PackageMetadata.h"

#include <QList>
#include <QSet>

#include <optional>

namespace kwup {

/// Collects what matters while the entries of a release archive go by, and judges it at the end.
/// What the archive must hold: kwdb-facts §3.6 (one top folder with deploy.sh, utils/, packages/).
class PackageScan {
public:
    /// Looks at the entry the reader stands on. Errors: those of reading its content.
    Result<void> take(EntryReader &entry);

    bool isRelease() const { return !m_scriptFolders.isEmpty(); }

    /// Errors: PackageIncomplete, PackageAmbiguous, PackageVersionMissing, PackageVersionMismatch.
    Result<PackageInfo> judge() const;

private:
    struct PackageFile {
        QString name;
        std::optional<PackageMetadata> metadata;
    };
    Result<void> takePackageFile(const QString &name, EntryReader &entry);
    Result<void> checkFolders() const;
    Result<PackageKind> judgeKind() const;
    Result<void> checkVersions(const KwdbVersion &version) const;
    Result<QString> judgeArchitecture() const;
    QStringList namesWith(QLatin1StringView word) const;

    QSet<QString> m_topFolders; ///< names at the top
    QSet<QString> m_scriptFolders; ///< folders that hold a deploy.sh at depth two
    bool m_hasUtils = false;
    QString m_scriptSha256;
    std::optional<QByteArray> m_versionFile;
    QList<PackageFile> m_packages; ///< files directly in packages/
};

} // namespace kwup
