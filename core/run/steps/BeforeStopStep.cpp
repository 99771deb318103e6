#include "core/run/ClusterReader.h"
#include "core/run/RunJson.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

constexpr int NeededReadings = 2;

/// May this node be stopped? Judged from another node: what a node says about itself is not what
/// the cluster sees.
class BeforeStopStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const Plan &plan = context.plan();
        const auto before = healthFromJson(
            context.services().resultOf(QStringLiteral("baseline"))[QStringLiteral("health")]);
        ClusterReader reader(context, hostsToAsk(plan, context.host()));
        // A moment's flutter must not end the run: the same time as after a start.
        const auto end = std::chrono::steady_clock::now() + 2 * context.timeouts().gateSettle;
        int good = 0;
        for (;;) {
            const auto view = reader.read(true);
            if (!view)
                return view.error();
            const auto problem = problemOf(plan, *view, context.host(), before);
            good = problem ? 0 : good + 1;
            if (good == NeededReadings)
                return result(reader, *view);
            if (problem && std::chrono::steady_clock::now() >= end)
                return *problem;
            if (!interruptibleWait(context.timeouts().gateInterval, context.stop()))
                return Error{.code = ErrorCode::Cancelled};
        }
    }

private:
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
