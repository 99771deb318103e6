#include "core/run/ExecutorPrivate.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include "core/base/CommandLine.h"

#include <QJsonDocument>

namespace kwup {

namespace {

using namespace std::chrono_literals;

/// After a failure nobody wants to wait long for what is only tidying up.
constexpr auto TidyLimit = 10s;

} // namespace

RunState Executor::Private::end(Flow flow)
{
    if (flow == Flow::Retry || flow == Flow::Continue) {
        const auto written = append(journal::RunEnded, {}, 0,
                                    {{QStringLiteral("state"), toString(RunState::Completed)},
                                     {QStringLiteral("lastStepId"), m_history.lastStepId()}});
        const RunState state = written ? RunState::Completed : RunState::Failed;
        setState(state);
        return state;
    }
    setState(RunState::Stopping);
    // No journal, no change: not even a good one.
    if (flow == Flow::JournalFailed || m_isJournalBroken) {
        RunEvent event;
        event.kind = RunEvent::Kind::Note;
        event.error = m_lastError;
        emitEvent(event);
        setState(RunState::Failed);
        return RunState::Failed;
    }
    const RunState state = flow == Flow::StopHere ? RunState::Failed : RunState::Stopped;
    const QString lastStep = m_history.lastStepId();
    // What follows must also work when the operator has asked to stop.
    m_stop = std::stop_token();
    m_hosts = m_hosts.impatient(TidyLimit);
    restoreSetting();
    if (!m_isJournalBroken)
        leaveLocks(state);
    QJsonObject data{{QStringLiteral("state"), toString(state)},
                     {QStringLiteral("lastStepId"), lastStep}};
    if (m_history.isCompleted())
        data[QStringLiteral("wentBack")] = true;
    else if (const QStringList lines = instructions(); !lines.isEmpty())
        data[QStringLiteral("instructions")] = QJsonArray::fromStringList(lines);
    if (state == RunState::Failed)
        data[QStringLiteral("error")] = toJson(m_lastError);
    (void)append(journal::RunEnded, {}, 0, data);
    setState(state);
    return state;
}

/// I12: also after a failure. A node that stays down too long is then repaired by the cluster as
/// the operator had configured it; resuming raises the setting again.
void Executor::Private::restoreSetting()
{
    const auto [name, value] = outstandingSetting();
    const PlanStep *step = m_plan.step(toString(StepKind::RestoreSetting));
    if (name.isEmpty() || !step)
        return;
    StepContext context(*this, QStringLiteral("finish"), *step, 0, false, m_stop);
    const auto restored = makeStep(StepKind::RestoreSetting)->run(context);
    if (restored || m_isJournalBroken)
        return;
    (void)append(journal::SettingNotRestored, {}, 0,
                 {{QStringLiteral("name"), name},
                  {QStringLiteral("value"), value},
                  {QStringLiteral("error"), toJson(restored.error())}});
    RunEvent event;
    event.kind = RunEvent::Kind::Note;
    event.error = restored.error();
    emitEvent(event);
}

bool Executor::Private::hasTouchedANode() const
{
    // These stages change nothing of the installation; all others, of one node or of all, do.
    static const QStringList Harmless{QStringLiteral("lock"),      QStringLiteral("stage"),
                                      QStringLiteral("stage-old"), QStringLiteral("save"),
                                      QStringLiteral("baseline"),  QStringLiteral("copies"),
                                      QStringLiteral("finish")};
    for (const auto &stage : m_plan.stages) {
        if (stage.host.isEmpty() && Harmless.contains(stage.id))
            continue;
        for (const auto &step : stage.steps) {
            const bool changes = step.kind != StepKind::BeforeStop;
            if (changes && m_history.step(step.id).state != StepState::Waiting)
                return true;
        }
    }
    return false;
}

/// A run that has touched a node keeps its locks, so that nobody begins another upgrade in between
/// unaware; its resume finds them its own. One that has not touched any gives them back.
void Executor::Private::leaveLocks(RunState state)
{
    const bool isKept = hasTouchedANode() && !m_history.isCompleted();
    for (const auto &stage : std::as_const(m_plan.stages)) {
        for (const auto &step : stage.steps) {
            if (step.kind != StepKind::Lock || !m_history.isDone(step.id))
                continue;
            const QString path = step.args[QStringLiteral("path")].toString();
            Command command;
            command.runAs = RunAs::Root;
            command.script =
                QStringLiteral("f=%1\ngrep -qF %2 \"$f\" || exit 0\n")
                    .arg(shellQuote(path),
                         shellQuote(QStringLiteral("\"run\":\"%1\"").arg(m_plan.runId)))
                + (isKept ? QStringLiteral("sed -i 's/\"state\":\"[a-z]*\"/\"state\":\"%1\"/' "
                                           "\"$f\"\n")
                                .arg(toString(state))
                          : QStringLiteral("rm -f \"$f\"\n"));
            (void)m_hosts.run(step.host, command, m_stop);
        }
    }
}

} // namespace kwup
