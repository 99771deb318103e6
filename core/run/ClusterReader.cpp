#include "core/run/ClusterReader.h"

#include "core/discover/Discovery.h"

#include <QCoreApplication>

#include <algorithm>

namespace kwup {

ClusterReader::ClusterReader(StepContext &context, QStringList order)
    : m_context(context)
    , m_order(std::move(order))
{ }

template <typename T>
Result<T>
ClusterReader::ask(const std::function<Result<T>(HostConnection &, const KwbaseCli &)> &question)
{
    Error error{.code = ErrorCode::NodeStatusUnavailable, .host = m_context.host()};
    RemoteHosts hosts = m_context.services().hosts().impatient(std::chrono::milliseconds(0));
    for (qsizetype i = 0; i < m_order.size(); ++i) {
        const QString host = m_order[i];
        const KwbaseCli cli = m_context.plan().clis.value(host);
        auto answer = hosts.with<T>(
            host, [&](HostConnection &connection) { return question(connection, cli); },
            m_context.stop());
        if (answer) {
            m_order.move(i, 0);
            return answer;
        }
        error = answer.error();
        if (error.code == ErrorCode::Cancelled)
            break;
    }
    return error;
}

Result<ClusterView> ClusterReader::read(bool withHealth)
{
    return ask<ClusterView>([&](HostConnection &connection, const KwbaseCli &cli) {
        return readNodes(connection, cli, withHealth, m_context.stop());
    });
}

Result<CommandOutput> ClusterReader::query(const std::function<QString(const KwbaseCli &)> &script)
{
    return ask<CommandOutput>(
        [&](HostConnection &connection, const KwbaseCli &cli) -> Result<CommandOutput> {
            Command command;
            command.script = script(cli);
            command.runAs = RunAs::Root;
            auto output = connection.run(command, m_context.stop());
            if (!output || output->succeeded())
                return output;
            return Error{.code = ErrorCode::SqlFailed,
                         .host = connection.hostId(),
                         .args = {command.script.left(500)},
                         .evidence = output->err.right(4000),
                         .command = command.script,
                         .exitCode = output->exitCode};
        });
}

bool isAlone(const Plan &plan)
{
    return plan.hosts.size() == 1;
}

QStringList hostsToAsk(const Plan &plan, const QString &except)
{
    QStringList hosts;
    // The last host of the plan is the one the run asks first: it goes down last.
    for (auto host = plan.hosts.crbegin(); host != plan.hosts.crend(); ++host) {
        if (host->id() != except && plan.clis.contains(host->id()) && !plan.isTarget(*host))
            hosts.append(host->id());
    }
    return hosts;
}

QStringList nodesDown(const Plan &plan, const QList<NodeRow> &nodes, const QString &exceptHost)
{
    QStringList down;
    for (const auto &host : plan.hosts) {
        const auto id = plan.nodeIds.constFind(host.id());
        if (id == plan.nodeIds.cend() || host.id() == exceptHost)
            continue;
        const NodeRow *node = nodeById(nodes, *id);
        if (!node || !node->isUp())
            down.append(QStringLiteral("%1 (%2)").arg(QString::number(*id), host.id()));
    }
    return down;
}

const NodeRow *nodeById(const QList<NodeRow> &nodes, int id)
{
    const auto node = std::ranges::find(nodes, id, &NodeRow::id);
    return node == nodes.end() ? nullptr : &*node;
}

QString worseThan(const std::optional<RangeHealth> &before, const std::optional<RangeHealth> &now)
{
    if (!before)
        return {};
    if (!now)
        return QCoreApplication::translate("Run", "the state of the ranges could not be read");
    QStringList worse;
    const auto compare = [&worse](const QString &what, qint64 then, qint64 present) {
        if (present > then)
            worse.append(what.arg(then).arg(present));
    };
    compare(QCoreApplication::translate("Run", "ranges unavailable %1 → %2"), before->unavailable,
            now->unavailable);
    compare(QCoreApplication::translate("Run", "ranges under-replicated %1 → %2"),
            before->underReplicated, now->underReplicated);
    return worse.join(QStringLiteral(", "));
}

} // namespace kwup
