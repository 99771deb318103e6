#pragma once

#include "core/base/Error.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace kwup {

/// What a downgrade goes back to: the cold copies of one run, or a directory that the operator
/// names. A value; made by restorePointOf() (core/run/RestorePoints.h) from the journal.
struct RestorePoint {
    struct Copy {
        QString directory; ///< on the host: kaiwudb.tar, SHA256SUMS
        QString sha256; ///< of kaiwudb.tar as the journal has it; empty: only SHA256SUMS knows
    };
    QString runId; ///< empty: a directory without a run
    QHash<QString, Copy> copies; ///< host id → its cold copy
    QStringList hosts; ///< of that run; empty: not known
    QHash<QString, int> nodeIds; ///< of that run: a cluster that is down does not tell them
    /// The new version was started on some node, so it may have written to the data; also when
    /// that is not known. Otherwise the old packages are enough.
    bool isOpened = true;
    /// All nodes were stopped while the copies were made; they are of one moment.
    bool isOneMoment = false;
    Error problem; ///< why it cannot be used: RestoreImpossible, RunNotFound, …

    bool isUsable() const { return problem.code == ErrorCode::None; }
};

} // namespace kwup
