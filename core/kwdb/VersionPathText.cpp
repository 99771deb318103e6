#include "core/kwdb/VersionPathText.h"

#include <QCoreApplication>

#include <array>

namespace kwup {

namespace {

struct Row {
    const char *id;
    const char *text;
};

// clang-format off
constexpr std::array Table = {
    Row {"alter-tag",
        QT_TRANSLATE_NOOP("VersionPath", "Between the upgrade and the start the package's tool alter_tag must be run on the data directory.")},
    Row {"availability-after-import",
        QT_TRANSLATE_NOOP("VersionPath", "After an export and import the high availability of the cluster may be affected.")},
    Row {"live-branch",
        QT_TRANSLATE_NOOP("VersionPath", "The method script-live is not in the vendor's guide; it is what the vendor's script does on a running node.")},
    Row {"partition-interval",
        QT_TRANSLATE_NOOP("VersionPath", "The clause PARTITION INTERVAL must be removed from exported table definitions.")},
    Row {"run-installer",
        QT_TRANSLATE_NOOP("VersionPath", "For packages the vendor documents an interactive .run installer, which this program does not drive; container images are upgraded as documented.")},
    Row {"offline-in-release-notes",
        QT_TRANSLATE_NOOP("VersionPath", "The vendor's documents disagree: the guide upgrades a multi-replica cluster node by node, the release notes call this path an offline upgrade.")},
    Row {"raft-log-sync-period",
        QT_TRANSLATE_NOOP("VersionPath", "At least five minutes before the first stop the cluster setting ts.raft_log.sync_period must be set to 0s.")},
    Row {"extension-not-documented",
        QT_TRANSLATE_NOOP("VersionPath", "The vendor documents no step between two builds of the same version; the vendor's script would accept this one.")},
    Row {"extension-refused-by-script",
        QT_TRANSLATE_NOOP("VersionPath", "The vendor documents no step between two builds of the same version, and the vendor's script refuses this one.")},
    Row {"restore-only",
        QT_TRANSLATE_NOOP("VersionPath", "There is no downgrade in place: uninstall, install the old version, and restore the backup made before the upgrade.")},
};
// clang-format on

} // namespace

QString versionPathNote(const QString &id)
{
    for (const Row &row : Table) {
        if (QLatin1String(row.id) == id)
            return QCoreApplication::translate("VersionPath", row.text);
    }
    return {};
}

} // namespace kwup
