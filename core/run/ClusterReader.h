#pragma once

#include "core/discover/Facts.h"
#include "core/run/StepContext.h"

namespace kwup {

/// Reads the cluster through one node after the other until one answers; a host that does not
/// answer is passed over at once, because another one can be asked.
class ClusterReader {
public:
    /// `order`: host ids, first preferred. The one that answered last is asked first next time.
    ClusterReader(StepContext &context, QStringList order);

    Result<ClusterView> read(bool withHealth);
    /// A command on the host that answered last (or the first); same switching.
    Result<CommandOutput> query(const std::function<QString(const KwbaseCli &)> &script);
    QString askedHost() const { return m_order.value(0); }

private:
    template <typename T>
    Result<T> ask(const std::function<Result<T>(HostConnection &, const KwbaseCli &)> &question);

    StepContext &m_context;
    QStringList m_order;
};

/// There is no other node that could be asked.
bool isAlone(const Plan &plan);

/// All hosts of the plan; without `except`. Those that are done come first only by plan order.
QStringList hostsToAsk(const Plan &plan, const QString &except);

/// Ids of the plan's nodes that are down or missing, as text; `exceptHost` is not looked at. Other
/// nodes of the list (decommissioned ones) do not count.
QStringList nodesDown(const Plan &plan, const QList<NodeRow> &nodes, const QString &exceptHost);

const NodeRow *nodeById(const QList<NodeRow> &nodes, int id);

/// "Nothing got worse": empty, or what is worse ("under-replicated 4 → 9"). A reading that is
/// missing is worse when there was one before.
QString worseThan(const std::optional<RangeHealth> &before, const std::optional<RangeHealth> &now);

} // namespace kwup
