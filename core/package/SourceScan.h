#pragma once

#include "core/package/EntryReader.h"
#include "core/package/PackageInfo.h"

#include <QHash>
#include <QSet>

namespace kwup {

/// Collects what makes an archive a source tree of KWDB (CMakeLists.txt at its top) or a finished
/// build of one (bin/kwbase) while its entries go by. Source: kwdb-facts §1.5 (the binaries of a
/// build lie in install/bin, the libraries in install/lib).
class SourceScan {
public:
    /// True: the entry was read by this scan; no other reader may read it. Errors: those of reading
    /// its content.
    Result<bool> take(EntryReader &entry);
    bool isSource() const { return !m_binaries.isEmpty() || m_hasBuildFile; }

    /// `file`: the archive's own name may tell the version. The version is left empty when nothing
    /// tells it. Errors: PackageAmbiguous, PackageIncomplete (bin/kwbase is no program).
    Result<PackageInfo> judge(const QString &file) const;

private:
    void noteTool(const QString &name);
    KwdbVersion version(const QString &file, const QString &folder) const;

    QSet<QString> m_topFolders;
    QHash<QString, QString> m_binaries; ///< path of bin/kwbase → uname -m word, empty: no program
    bool m_hasBuildFile = false; ///< CMakeLists.txt at the top
    QString m_projectVersion; ///< of that file
    QSet<QString> m_tools;
};

} // namespace kwup
