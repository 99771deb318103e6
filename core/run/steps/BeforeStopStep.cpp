#include "core/run/ClusterReader.h"
#include "core/run/RunJson.h"
#include "core/run/Step.h"

#include <array>

namespace kwup {

namespace {

/// May this node be stopped? Judged from other nodes: what a node says about itself is not what
/// the cluster sees. Two of them must agree, which needs no time in between as two readings of one
/// would.
class BeforeStopStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const Plan &plan = context.plan();
        const auto before = healthFromJson(
            context.services().resultOf(QStringLiteral("baseline"))[QStringLiteral("health")]);
        const QStringList order = hostsToAsk(plan, context.host());
        std::array<ClusterReader, 2> readers{ClusterReader(context, order),
                                             ClusterReader(context, rotated(order))};
        // A moment's flutter must not end the run: the same time as after a start.
        const auto end = std::chrono::steady_clock::now() + 2 * context.timeouts().gateSettle;
        for (;;) {
            std::optional<Error> problem;
            Result<ClusterView> view = Error{.code = ErrorCode::NodeStatusUnavailable};
            for (ClusterReader &reader : readers) {
                view = reader.read(true);
                if (!view)
                    return view.error();
                problem = problemOf(plan, *view, context.host(), before);
                if (problem)
                    break;
            }
            if (!problem)
                return result(readers.back(), *view);
            if (std::chrono::steady_clock::now() >= end)
                return *problem;
            if (!interruptibleWait(context.timeouts().gateInterval, context.stop()))
                return Error{.code = ErrorCode::Cancelled};
        }
    }

private:
    static QStringList rotated(QStringList hosts)
    {
        if (hosts.size() > 1)
            hosts.append(hosts.takeFirst());
        return hosts;
    }

    static std::optional<Error> problemOf(const Plan &plan, const ClusterView &view,
                                          const QString &host,
                                          const std::optional<RangeHealth> &before)
    {
        const QStringList down = nodesDown(plan, view.nodes, host);
        const qsizetype remaining = plan.nodeIds.size() - 1 - down.size();
        if (!down.isEmpty() || remaining <= plan.nodeIds.size() / 2) {
            return Error{.code = ErrorCode::OtherNodeDown,
                         .args = {down.join(QStringLiteral(", "))}};
        }
        const QString worse = worseThan(before, view.health);
        if (!worse.isEmpty()) {
            return Error{.code = ErrorCode::ClusterWorse,
                         .args = {worse},
                         .evidence = view.healthError.evidence};
        }
        return std::nullopt;
    }

    static QJsonObject result(const ClusterReader &reader, const ClusterView &view)
    {
        QJsonObject json{{QStringLiteral("askedHost"), reader.askedHost()},
                         {QStringLiteral("nodes"), nodesToJson(view.nodes)}};
        if (view.health)
            json[QStringLiteral("health")] = toJson(*view.health);
        return json;
    }
};

} // namespace

std::unique_ptr<Step> makeBeforeStopStep()
{
    return std::make_unique<BeforeStopStep>();
}

} // namespace kwup
