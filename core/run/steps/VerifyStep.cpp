#include "core/run/ClusterReader.h"
#include "core/run/ClusterSetting.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"
#include "core/run/Step.h"
#include "core/run/steps/VerifyTransfer.h"

#include <QDateTime>
#include <QSet>

namespace kwup {

namespace {

/// The verdict, computed from the cluster (I7). It may take a moment until every node knows every
/// other one's new build, so a problem is looked at again before it counts.
class VerifyStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        if (context.plan().method == Method::ExportImport)
            return verifyTransfer(context);
        const auto end = std::chrono::steady_clock::now() + 2 * context.timeouts().gateSettle;
        for (;;) {
            Findings findings;
            if (const auto read = readAll(context, findings); !read)
                return read.error();
            const bool isOver =
                findings.problems.isEmpty() || std::chrono::steady_clock::now() >= end;
            if (isOver)
                return conclude(context, findings);
            if (!interruptibleWait(context.timeouts().gateInterval, context.stop()))
                return Error{.code = ErrorCode::Cancelled};
        }
    }

private:
    struct Findings {
        QJsonObject json;
        QList<Error> problems;
    };

    static Result<void> readAll(StepContext &context, Findings &findings)
    {
        ClusterReader reader(context, hostsToAsk(context.plan(), {}));
        const auto view = reader.read(true);
        if (context.stop().stop_requested())
            return Error{.code = ErrorCode::Cancelled};
        findings.json[QStringLiteral("askedHost")] = reader.askedHost();
        if (view)
            judgeCluster(context, *view, findings);
        else
            findings.problems.append(view.error());
        judgeHosts(context, findings);
        if (context.plan().step(toString(StepKind::RaiseSetting)))
            judgeSetting(context, findings);
        return {};
    }

    static void judgeCluster(StepContext &context, const ClusterView &view, Findings &findings)
    {
        const Plan &plan = context.plan();
        findings.json[QStringLiteral("nodes")] = nodesToJson(view.nodes);
        if (view.health)
            findings.json[QStringLiteral("health")] = toJson(*view.health);
        QStringList down = nodesDown(plan, view.nodes, {});
        if (plan.nodeIds.isEmpty()) {
            // All nodes were down before the run, so the plan names none of them.
            for (const auto &node : view.nodes) {
                if (!node.isUp())
                    down.append(QStringLiteral("%1 (%2)").arg(node.id).arg(node.address));
            }
        }
        if (!down.isEmpty()) {
            findings.problems.append(
                Error{.code = ErrorCode::OtherNodeDown, .args = {down.join(QStringLiteral(", "))}});
        }
        QJsonArray builds;
        for (const auto &node : view.nodes) {
            if (!builds.contains(node.build))
                builds.append(node.build);
            const auto build = KwdbVersion::fromBuildTag(node.build);
            if (node.isUp() && (!build || compareBase(*build, context.target()) != 0)) {
                findings.problems.append(Error{
                    .code = ErrorCode::VersionNotChanged,
                    .host = node.address,
                    .args = {context.target().base, node.build, QStringLiteral("node status")}});
            }
        }
        findings.json[QStringLiteral("builds")] = builds;
        const auto before = healthFromJson(
            context.services().resultOf(QStringLiteral("baseline"))[QStringLiteral("health")]);
        const QString worse = worseThan(before, view.health);
        if (!worse.isEmpty())
            findings.problems.append(Error{.code = ErrorCode::ClusterWorse, .args = {worse}});
    }

    static void judgeHosts(StepContext &context, Findings &findings)
    {
        QJsonArray hosts;
        for (const auto &host : context.plan().hosts) {
            const auto look = context.look(host.id());
            if (!look) {
                findings.problems.append(look.error());
                continue;
            }
            const NodeCondition &condition = look->condition;
            hosts.append(
                QJsonObject{{QStringLiteral("host"), host.id()},
                            {QStringLiteral("version"), condition.versionFile},
                            {QStringLiteral("binaryVersion"), condition.binaryVersion},
                            {QStringLiteral("activeState"), condition.service.activeState},
                            {QStringLiteral("packages"), packagesToJson(condition.packages)}});
            if (const auto problem = versionProblem(condition, context.target()))
                findings.problems.append(*problem);
            if (!condition.service.isRunning()) {
                findings.problems.append(Error{.code = ErrorCode::NodeNotAvailable,
                                               .host = host.id(),
                                               .args = {QStringLiteral("0"), describe(condition)}});
            }
        }
        findings.json[QStringLiteral("hosts")] = hosts;
    }

    static void judgeSetting(StepContext &context, Findings &findings)
    {
        const QString name = context.plan()
                                 .step(toString(StepKind::RaiseSetting))
                                 ->args[QStringLiteral("name")]
                                 .toString();
        const QString wanted =
            context.services()
                .resultOf(toString(StepKind::RestoreSetting))[QStringLiteral("value")]
                .toString();
        ClusterSetting setting(context, name);
        const auto present = setting.read();
        if (!present) {
            findings.problems.append(present.error());
            return;
        }
        findings.json[QStringLiteral("settings")] = QJsonObject{{name, *present}};
        if (!wanted.isEmpty() && !isSameDuration(*present, wanted)) {
            findings.problems.append(
                Error{.code = ErrorCode::SettingNotRestored, .args = {name, wanted}});
        }
    }

    static Result<QJsonObject> conclude(StepContext &context, Findings &findings)
    {
        QJsonArray problems;
        for (const auto &problem : findings.problems)
            problems.append(toJson(problem));
        findings.json[QStringLiteral("target")] = context.target().toString();
        findings.json[QStringLiteral("ok")] = findings.problems.isEmpty();
        findings.json[QStringLiteral("problems")] = problems;
        QJsonObject verdict = findings.json;
        verdict[QStringLiteral("before")] = stateBefore(context);
        const auto recorded = context.journal(journal::Verdict, verdict);
        if (!recorded)
            return recorded.error();
        if (!findings.problems.isEmpty())
            return findings.problems.first();
        return findings.json;
    }
};

} // namespace

std::unique_ptr<Step> makeVerifyStep()
{
    return std::make_unique<VerifyStep>();
}

} // namespace kwup
