#include "core/run/ClusterReader.h"
#include "core/run/RunJson.h"
#include "core/run/Step.h"

#include "core/kwdb/Parsers.h"

#include <algorithm>

namespace kwup {

namespace {

constexpr int MostReadings = 5;

class BaselineStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const bool isOffline = context.plan().method == Method::ScriptOfflineCluster;
        const bool isCluster = !isAlone(context.plan()) && !isOffline;
        ClusterReader reader(context, hostsToAsk(context.plan(), {}));
        auto view = reader.read(true);
        if (!view) {
            // A single node may be down already; then there is nothing to compare with. Of a
            // single-replica cluster one node that is down is enough for no answer.
            const ErrorCode code = view.error().code;
            const bool mayBeDown = code == ErrorCode::NodeStatusUnavailable
                || (isOffline && code != ErrorCode::Cancelled);
            if (isCluster || !mayBeDown)
                return view.error();
            if (isOffline)
                context.note(view.error());
            return QJsonObject{{QStringLiteral("askedHost"), QString()},
                               {QStringLiteral("nodes"), QJsonArray()}};
        }
        if (isOffline && !view->health)
            context.note(view->healthError);
        if (const auto steady = steadyHealth(context, reader, *view); !steady)
            return steady.error();
        const QStringList down = nodesDown(context.plan(), view->nodes, {});
        if (isCluster && !down.isEmpty()) {
            return Error{.code = ErrorCode::OtherNodeDown,
                         .args = {down.join(QStringLiteral(", "))}};
        }
        if (isOffline && !down.isEmpty()) {
            context.note(
                {.code = ErrorCode::OtherNodeDown, .args = {down.join(QStringLiteral(", "))}});
        }
        QJsonObject result{{QStringLiteral("askedHost"), reader.askedHost()},
                           {QStringLiteral("clusterId"), view->clusterId},
                           {QStringLiteral("nodes"), nodesToJson(view->nodes)}};
        if (view->health)
            result[QStringLiteral("health")] = toJson(*view->health);
        result[QStringLiteral("jobs")] = jobs(context, reader);
        if (isCluster)
            result[QStringLiteral("settings")] = settings(reader);
        return result;
    }

private:
    /// The sums are up to 14 s old: two equal readings, else the larger of the last ones.
    static Result<void> steadyHealth(StepContext &context, ClusterReader &reader, ClusterView &view)
    {
        for (int i = 1; i < MostReadings && view.health; ++i) {
            if (!interruptibleWait(context.timeouts().gateInterval, context.stop()))
                return Error{.code = ErrorCode::Cancelled};
            auto again = reader.read(true);
            if (!again)
                return again.error();
            const bool isSteady = again->health == view.health;
            if (again->health && !isSteady && i + 1 == MostReadings) {
                again->health->unavailable =
                    std::max(again->health->unavailable, view.health->unavailable);
                again->health->underReplicated =
                    std::max(again->health->underReplicated, view.health->underReplicated);
            }
            view = *again;
            if (isSteady)
                break;
        }
        return {};
    }

    static QJsonArray jobs(StepContext &context, ClusterReader &reader)
    {
        QJsonArray array;
        const auto output =
            reader.query([](const KwbaseCli &cli) { return cli.sql({sql::showJobs()}); });
        const auto rows = output ? parseJobs(output->out) : Result<QList<JobRow>>(output.error());
        if (!rows) {
            context.note(rows.error());
            return array;
        }
        for (const auto &job : *rows) {
            array.append(QJsonObject{{QStringLiteral("id"), QString::number(job.id)},
                                     {QStringLiteral("type"), job.type},
                                     {QStringLiteral("status"), job.status},
                                     {QStringLiteral("description"), job.description}});
        }
        return array;
    }

    static QJsonObject settings(ClusterReader &reader)
    {
        const QString name = QLatin1String(TimeUntilStoreDead);
        const auto output = reader.query(
            [&name](const KwbaseCli &cli) { return cli.sql({sql::showSetting(name)}); });
        if (!output)
            return {};
        const auto value = parseSingleValue(output->out);
        return value ? QJsonObject{{name, *value}} : QJsonObject();
    }
};

} // namespace

std::unique_ptr<Step> makeBaselineStep()
{
    return std::make_unique<BaselineStep>();
}

} // namespace kwup
