#pragma once

#include "core/base/Result.h"
#include "core/kwdb/Types.h"
#include "core/kwdb/Version.h"

#include <QList>
#include <QString>

namespace kwup {

/// The upgrade methods (DESIGN §1.1). Names (toString) are the stable ids of the table.
enum class Method {
    ScriptSingle,
    ScriptRolling,
    ScriptLive,
    ScriptOfflineCluster,
    ExportImport,
    Source,
    Compose,
    DockerRunInsecure,
    DockerRunSecure,
    Restore,
};
QString toString(Method method); ///< script-single, script-rolling, …
std::optional<Method> methodFromString(const QString &text);

/// One documented path. Table: resources/version-paths.json, one row per (from, to, run type).
struct PathRow {
    QString from; ///< base version, or "2.0.*" pattern
    QString to;
    QList<RunType> runTypes; ///< empty = all
    QList<Method> methods; ///< documented methods for this path
    QString source; ///< where the vendor says so
    QString note; ///< ids of sentences (VersionPathText.h), blank separated
};

/// The table decides (I14), not deploy.sh's own comparison. Immutable after load.
class VersionPaths {
public:
    static Result<VersionPaths> load(const QByteArray &json);
    static const VersionPaths &builtIn(); ///< from the resource; loaded once, thread-safe

    struct Verdict {
        enum class Kind { Documented, OtherMethod, SeveralHops, Same, Older, NotDocumented };
        Kind kind = Kind::NotDocumented;
        QList<Method> methods; ///< documented for this path (also when OtherMethod)
        QStringList hops; ///< versions on the way when SeveralHops, target last
        QString source;
        QString note; ///< sentences, one a line, in the operator's language
    };
    Verdict verdict(const KwdbVersion &from, const KwdbVersion &to, RunType runType,
                    Method method) const;
    const QList<PathRow> &rows() const { return m_rows; }

private:
    QList<PathRow> m_rows;
};

} // namespace kwup
