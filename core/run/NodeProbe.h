#pragma once

#include "core/plan/Plan.h"
#include "core/remote/Command.h"
#include "core/run/RunTypes.h"

namespace kwup {

/// What one look at a node shows: service, packages, versions, clock. Read-only.
struct NodeLook {
    NodeCondition condition;
    qint64 hostTime = 0; ///< seconds since 1970 by the host's clock
    QString staged; ///< SHA-256 of the archive that is unpacked in the staging directory
};

/// The command that reads it on `host` of the plan, by the kind of its deployment (as root:
/// certificates, journal).
Command nodeLookCommand(const Plan &plan, const QString &host, bool withLog);
/// sh text that prints ActiveState= and MainPID= of the node, whatever runs it.
QString serviceStateScript(const Plan &plan, const QString &host);
/// sh text that ends the node by force.
QString killScript(const Plan &plan, const QString &host);
NodeLook parseNodeLook(const QString &host, const QByteArray &output);

/// The compose file of the deploy script names another image than it should, or one that is gone.
Error imageNotChanged(const NodeCondition &condition);

/// Whether packages, version file and binary are those of `target`, completely.
/// Empty: yes. Otherwise the first thing that is wrong. Of a stopped container the image is judged
/// only by being there: whether it is the old one, NodeCondition::isOldImage tells.
std::optional<Error> versionProblem(const NodeCondition &condition, const KwdbVersion &target);

} // namespace kwup
