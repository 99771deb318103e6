#include "core/base/Words.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"
#include "core/run/steps/GateReader.h"
#include "core/run/steps/StartService.h"

#include <algorithm>

namespace kwup {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::seconds inSeconds(Clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration);
}

QJsonArray clausesJson(const QList<GateClause> &clauses)
{
    QJsonArray array;
    for (const auto &clause : clauses)
        array.append(toJson(clause));
    return array;
}

bool isSame(const QList<GateClause> &a, const QList<GateClause> &b)
{
    return std::ranges::equal(a, b, [](const GateClause &x, const GateClause &y) {
        return x.key == y.key && x.holds == y.holds && x.args == y.args;
    });
}

/// The start that belongs to the gate; on the way back that of the old version.
QString startIdOf(const StepContext &context)
{
    return QString(context.step().id).replace(QLatin1String("gate@"), QLatin1String("start@"));
}

/// The node is back and the cluster is no worse than before. Two good readings in a row, and none
/// counts before the moment from which they can be true: what the cluster shows after a start is
/// up to 14 s old (kwdb-transcripts README).
class GateStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        if (const auto started = startAgain(context); !started)
            return started.error();
        Watch watch(context);
        return watch.run();
    }

private:
    /// Only a repeated attempt, chosen by the operator, starts a service that has died.
    static Result<void> startAgain(StepContext &context)
    {
        if (context.attempt() < 2)
            return {};
        if (context.isResumed()) {
            const auto state = context.jobState();
            if (!state)
                return state.error();
            if (state->kind != JobState::Kind::Absent)
                return attach(context);
        }
        const auto look = context.look(context.host());
        if (!look)
            return look.error();
        return look->condition.service.isRunning() ? Result<void>() : attach(context);
    }

    static Result<void> attach(StepContext &context)
    {
        const PlanStep *start = context.plan().step(startIdOf(context));
        if (!start)
            start = context.plan().step(QStringLiteral("clear-mark@") + context.host());
        const auto started = startService(context, start ? start->script : QByteArray());
        return started ? Result<void>() : Result<void>(started.error());
    }

    class Watch {
    public:
        explicit Watch(StepContext &context)
            : m_context(context)
            , m_reader(context)
            , m_settled(m_begun + settleTime(context))
        {
            m_progress.limit = inSeconds(context.timeouts().gateLimit);
        }

        Result<QJsonObject> run()
        {
            auto limit = m_begun + m_context.timeouts().gateLimit;
            for (;;) {
                if (const auto ended = readOnce())
                    return *ended;
                if (Clock::now() >= limit) {
                    if (!keepsWaiting())
                        return limitError();
                    limit = Clock::now() + m_context.timeouts().gateLimit;
                }
                if (!interruptibleWait(pause(), m_context.stop()))
                    return Error{.code = ErrorCode::Cancelled};
            }
        }

    private:
        /// The start step has watched the service for some time already. After a resume the
        /// moment of the start is not known by this process's clock: the whole time again.
        static std::chrono::milliseconds settleTime(StepContext &context)
        {
            const auto settle = context.timeouts().gateSettle;
            if (context.isResumed() || context.attempt() > 1)
                return settle;
            const std::chrono::milliseconds watched(
                context.services()
                    .resultOf(startIdOf(context))[QStringLiteral("activeForMs")]
                    .toInteger());
            return std::max(settle - watched, std::chrono::milliseconds(0));
        }

        /// The first reading that counts is made at the moment from which it can.
        std::chrono::milliseconds pause() const
        {
            const std::chrono::milliseconds interval = m_context.timeouts().gateInterval;
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(m_settled - Clock::now());
            return left.count() > 0 ? std::min(interval, left) : interval;
        }

        std::optional<Result<QJsonObject>> readOnce()
        {
            const bool counts = Clock::now() >= m_settled; // asked after it, not only answered
            const auto clauses = m_reader.read();
            if (!clauses)
                return Result<QJsonObject>(Error{.code = ErrorCode::Cancelled});
            const bool isGood = std::ranges::all_of(*clauses, &GateClause::holds);
            m_progress.goodReadings = isGood && counts ? m_progress.goodReadings + 1 : 0;
            ++m_readings;
            const bool isLast = m_progress.goodReadings >= m_progress.neededReadings;
            if (const auto told = tell(*clauses, isLast); !told)
                return Result<QJsonObject>(told.error());
            if (isLast)
                return Result(result());
            m_goneReadings = m_reader.isServiceGone() ? m_goneReadings + 1 : 0;
            if (m_goneReadings >= 2)
                return Result<QJsonObject>(diedError());
            return std::nullopt;
        }

        Result<void> tell(const QList<GateClause> &clauses, bool isLast)
        {
            const bool isNews = isLast || !isSame(clauses, m_progress.clauses);
            m_progress.clauses = clauses;
            m_progress.askedHost = m_reader.askedHost();
            m_progress.elapsed = inSeconds(Clock::now() - m_begun);
            m_context.gate(m_progress);
            if (!isNews)
                return {};
            const auto elapsed =
                std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun);
            return m_context.journal(
                journal::GateReading,
                {{QStringLiteral("askedHost"), m_progress.askedHost},
                 {QStringLiteral("clauses"), clausesJson(clauses)},
                 {QStringLiteral("goodReadings"), m_progress.goodReadings},
                 {QStringLiteral("neededReadings"), m_progress.neededReadings},
                 {QStringLiteral("elapsedMs"), static_cast<qint64>(elapsed.count())}});
        }

        bool keepsWaiting()
        {
            const bool isWaiting = m_context.decide(Decision::Kind::GateLimit, limitError(),
                                                    {Choice::KeepWaiting, Choice::StopHere})
                == Choice::KeepWaiting;
            if (!isWaiting)
                m_context.stopHere();
            return isWaiting;
        }

        Error limitError() const
        {
            const QString waited = QString::number(inSeconds(Clock::now() - m_begun).count());
            QStringList missing;
            bool isOnlyRanges = true;
            QStringList ranges;
            for (const auto &clause : m_progress.clauses) {
                if (clause.holds)
                    continue;
                missing.append(describe(clause));
                isOnlyRanges = isOnlyRanges && clause.key == QStringLiteral("ranges");
                ranges = clause.args;
            }
            if (isOnlyRanges && ranges.size() == 4) {
                const auto pair = [&ranges](int i) {
                    return ranges[i] + QStringLiteral(" / ") + ranges[i + 2];
                };
                return {.code = ErrorCode::RangesNotRecovered,
                        .host = m_context.host(),
                        .args = {waited, pair(1), pair(0)}};
            }
            return {.code = ErrorCode::NodeNotAvailable,
                    .host = m_context.host(),
                    .args = {waited, joinSentences(missing)}};
        }

        Error diedError() const
        {
            const auto since = m_context.timeouts().activeFor + (Clock::now() - m_begun);
            return {.code = ErrorCode::ServiceDied,
                    .host = m_context.host(),
                    .args = {QString::number(inSeconds(since).count())}};
        }

        QJsonObject result() const
        {
            const auto waited =
                std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun);
            return {{QStringLiteral("askedHost"), m_progress.askedHost},
                    {QStringLiteral("clauses"), clausesJson(m_progress.clauses)},
                    {QStringLiteral("readings"), m_readings},
                    {QStringLiteral("waitedMs"), static_cast<qint64>(waited.count())}};
        }

        StepContext &m_context;
        GateReader m_reader;
        Clock::time_point m_begun = Clock::now();
        Clock::time_point m_settled;
        GateProgress m_progress;
        int m_readings = 0;
        int m_goneReadings = 0;
    };
};

} // namespace

std::unique_ptr<Step> makeGateStep()
{
    return std::make_unique<GateStep>();
}

} // namespace kwup
