#pragma once

#include "core/run/ClusterReader.h"

namespace kwup {

/// Reads the conditions of a gate: on the node itself (service, readiness) and from another node
/// of the cluster (what the cluster sees). A single node can only be asked itself.
class GateReader {
public:
    explicit GateReader(StepContext &context);

    /// Empty when stop was requested. A host that does not answer gives clauses that do not hold.
    std::optional<QList<GateClause>> read();
    QString askedHost() const { return m_reader.askedHost(); }
    bool isServiceGone() const { return m_isServiceGone; } ///< at the last reading

private:
    GateClause serviceClause(const QString &activeState, qint64 mainPid);
    GateClause readyClause(const QString &code);
    void addNodeClauses(QList<GateClause> &clauses);
    void addClusterClauses(QList<GateClause> &clauses);
    GateClause startedClause(const NodeRow &node) const;
    GateClause buildClause(const NodeRow &node) const;
    GateClause rangesClause(const ClusterView &view) const;

    StepContext &m_context;
    bool m_isSingle;
    ClusterReader m_reader;
    std::optional<RangeHealth> m_before;
    qint64 m_stoppedAt = 0; ///< by the host's clock; 0: not known
    bool m_isServiceGone = false;
};

} // namespace kwup
