#include "core/run/RunStore.h"

#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace kwup {

namespace {

constexpr QLatin1StringView Suffix{".kwrun"};

QJsonArray checksToJson(const QList<CheckResult> &checks)
{
    QJsonArray array;
    for (const auto &check : checks) {
        array.append(
            QJsonObject{{QStringLiteral("id"), check.id},
                        {QStringLiteral("host"), check.host},
                        {QStringLiteral("status"), toString(check.status)},
                        {QStringLiteral("finding"), check.finding},
                        {QStringLiteral("args"), QJsonArray::fromStringList(check.args)},
                        {QStringLiteral("evidence"), QString::fromUtf8(check.evidence.left(4096))},
                        {QStringLiteral("command"), check.command},
                        {QStringLiteral("text"), describe(check)}});
    }
    return array;
}

QJsonObject startToJson(const RunStart &start)
{
    QJsonArray accepted;
    for (const auto &warning : start.accepted) {
        accepted.append(QJsonObject{{QStringLiteral("checkId"), warning.checkId},
                                    {QStringLiteral("host"), warning.host},
                                    {QStringLiteral("reason"), warning.reason}});
    }
    return {{QStringLiteral("plan"), start.plan.toJson()},
            {QStringLiteral("facts"), factsToJson(start.facts)},
            {QStringLiteral("checks"), checksToJson(start.checks)},
            {QStringLiteral("accepted"), accepted},
            {QStringLiteral("operator"), start.operatorName},
            {QStringLiteral("computer"), start.computer},
            {QStringLiteral("programVersion"), start.programVersion}};
}

RunState stateFromString(const QString &text)
{
    for (const auto state : {RunState::Completed, RunState::Failed, RunState::Stopped}) {
        if (toString(state) == text)
            return state;
    }
    return RunState::Running;
}

std::optional<RunSummary> summarise(const QString &file, const QList<JournalEntry> &entries)
{
    if (entries.isEmpty() || entries.first().kind != journal::RunCreated)
        return std::nullopt;
    const auto plan = Plan::fromJson(entries.first().data[QStringLiteral("plan")].toObject());
    if (!plan)
        return std::nullopt;
    RunSummary summary;
    summary.runId = plan->runId;
    summary.file = file;
    summary.startedAt = entries.first().time;
    summary.lastEntryAt = entries.last().time;
    summary.from = plan->from.toString();
    summary.to = plan->to.toString();
    for (const auto &host : plan->hosts)
        summary.hosts.append(host.id());
    const bool isRestore = plan->method == Method::Restore;
    const bool isWithRestore =
        plan->deployment == Deployment::BarePackage || plan->deployment == Deployment::Source;
    summary.hasColdCopies =
        !isRestore && isWithRestore && plan->backup.kind == BackupChoice::Kind::ColdCopy;
    for (const auto &entry : entries) {
        // From its first change on, the other run must not go on.
        const PlanStep *step = isRestore ? plan->step(entry.stepId) : nullptr;
        if (step && step->kind == StepKind::Stop)
            summary.restores = plan->options.text(option::BackupRun);
        if (entry.kind == journal::RunBegan)
            summary.state = RunState::Running;
        else if (entry.kind == journal::RunEnded)
            summary.state = stateFromString(entry.data[QStringLiteral("state")].toString());
        else if (entry.kind == journal::WentBack)
            summary.wentBack = true;
        if (!entry.stepId.isEmpty())
            summary.lastStepId = entry.stepId;
    }
    return summary;
}

/// Run ids name files: nothing that could lead elsewhere.
bool isRunId(const QString &runId)
{
    static const QRegularExpression Pattern(QStringLiteral("^[A-Za-z0-9-]{1,64}$"));
    return Pattern.match(runId).hasMatch();
}

Error notFound(const QString &runId)
{
    return {.code = ErrorCode::RunNotFound, .args = {runId}};
}

} // namespace

bool RunSummary::isResumable() const
{
    return state != RunState::Completed && !wentBack;
}

bool RunSummary::canBeRestored() const
{
    return hasColdCopies && !wentBack;
}

RunStore::RunStore(QString directory)
    : m_directory(std::move(directory))
{ }

QString RunStore::defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QStringLiteral("/runs");
}

QString RunStore::file(const QString &runId) const
{
    return m_directory + u'/' + runId + Suffix;
}

Result<std::unique_ptr<Journal>> RunStore::create(const RunStart &start) const
{
    auto created = createJournal(file(start.plan.runId));
    if (!created)
        return created.error();
    const auto written = (*created)->append(journal::RunCreated, {}, 0, startToJson(start));
    if (!written)
        return written.error();
    return created;
}

Result<std::unique_ptr<Journal>> RunStore::open(const QString &runId) const
{
    if (!isRunId(runId))
        return notFound(runId);
    auto opened = openJournal(file(runId));
    if (!opened && opened.error().code == ErrorCode::RunNotFound)
        return notFound(runId);
    return opened;
}

QList<RunSummary> RunStore::list() const
{
    QList<RunSummary> runs;
    const auto files = QDir(m_directory).entryInfoList({QStringLiteral("*") + Suffix}, QDir::Files);
    for (const auto &info : files) {
        const auto entries = readJournal(info.filePath());
        if (!entries)
            continue;
        if (const auto summary = summarise(info.filePath(), *entries))
            runs.append(*summary);
    }
    for (const auto &restore : std::as_const(runs)) {
        for (auto &run : runs)
            run.wentBack = run.wentBack || run.runId == restore.restores;
    }
    std::ranges::stable_sort(
        runs, [](const RunSummary &a, const RunSummary &b) { return a.startedAt > b.startedAt; });
    return runs;
}

Result<RunSummary> RunStore::find(const QString &runId) const
{
    if (!runId.isEmpty()) {
        if (!isRunId(runId))
            return notFound(runId);
        const auto entries = readJournal(file(runId));
        if (!entries)
            return entries.error().code == ErrorCode::RunNotFound ? notFound(runId)
                                                                  : entries.error();
        auto summary = summarise(file(runId), *entries);
        if (summary && summary->isResumable()) {
            for (const auto &run : list())
                summary->wentBack = summary->wentBack || run.restores == runId;
        }
        if (!summary) {
            return Error{.code = ErrorCode::JournalCorrupt,
                         .args = {file(runId), QStringLiteral("1")}};
        }
        return *summary;
    }
    for (const auto &run : list()) {
        if (run.isResumable())
            return run;
    }
    return Error{.code = ErrorCode::NoRuns};
}

Result<Plan> RunStore::plan(const QString &runId) const
{
    if (!isRunId(runId))
        return notFound(runId);
    const auto entries = readJournal(file(runId));
    if (!entries)
        return entries.error();
    if (entries->isEmpty())
        return Error{.code = ErrorCode::JournalCorrupt, .args = {file(runId), QStringLiteral("1")}};
    return Plan::fromJson(entries->first().data[QStringLiteral("plan")].toObject());
}

} // namespace kwup
