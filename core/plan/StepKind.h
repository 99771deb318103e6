#pragma once

#include <QString>

#include <optional>

namespace kwup {

/// What a step does. Names (toString) are stable; each kind has one implementation in core/run.
enum class StepKind {
    Lock, ///< take the wizard's lock on the host (I13)
    Stage, ///< upload, compare SHA-256, unpack to the staging directory
    Baseline, ///< record the cluster as it is before the first change
    RaiseSetting, ///< save server.time_until_store_dead, then raise it (I12)
    BeforeStop, ///< all other nodes up, nothing worse than the baseline: may this node stop?
    Stop, ///< drain, then systemctl stop
    Backup, ///< cold copy of data root, /etc/kaiwudb and unit
    Upgrade, ///< deploy.sh upgrade -l
    UpgradeLive, ///< deploy.sh upgrade -l on the running node, which it restarts
    ClearMark, ///< the node is not marked as upgrading; restarted with --upgrade-complete if it is
    StageOld, ///< for the way back: the old release at hand on the host
    SaveConfig, ///< for the way back: copy of /etc/kaiwudb and the unit
    VerifyDown, ///< no process of the node is left; nothing is changed
    PutBack, ///< way back: old packages, /etc/kaiwudb and unit as they were before the upgrade
    Start, ///< daemon-reload, systemctl start, active for 10 s
    Gate, ///< the node is back, the cluster is no worse than before, seen from another node
    RestoreSetting, ///< put the saved value back; also after a failure
    Verify, ///< the verdict, computed from the cluster (I7)
    // clang-format off
    FetchImage, CopyStore, ReplaceContainer, EditCompose, RestoreContainer, RestoreCompose,
    ListKept,
    // clang-format on
    Release, ///< remove staging and lock; also after a failure (lock only)
    // export-import
    Export, ///< EXPORT of one database into a new directory of the old cluster, packed
    TransferFiles, ///< the packed export from the old cluster's node to the new one's
    Import, ///< IMPORT of one database into the new cluster
    Recreate, ///< what EXPORT and IMPORT drop, or what belongs to the whole cluster
    Compare, ///< row counts and checksums of one database on both sides
    RemoveExport, ///< the exported files, on both sides
    // restore
    CheckCopy, ///< read the cold copy through before anything is touched
    SaveState, ///< keep /etc/kaiwudb and the unit, which the uninstallation deletes
    SetAside, ///< rename the present data
    Uninstall, ///< deploy.sh uninstall, keeping data
    Install, ///< deploy.sh install of the old version on this host
    RestoreCopy, ///< data, configuration, certificates and unit of the cold copy
    // source
    CaptureProcess, ///< write down how the server was started, to start it so again
    Build, ///< the new program, from a source tree or a finished build
    Swap, ///< the new program in the place of the old one, which is kept
    SwapBack, ///< way back: the kept program in its place again
    OldPackages, ///< the old packages over the new ones, data as it is
};
QString toString(StepKind kind); ///< kebab-case
std::optional<StepKind> stepKindFromString(const QString &text);

} // namespace kwup
