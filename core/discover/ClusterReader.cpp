#include "core/discover/Discovery.h"

#include "core/discover/Sections.h"
#include "core/kwdb/Parsers.h"

namespace kwup {

namespace {

constexpr int StatementSeconds = 20;
constexpr int RangesSeconds = 120;

const QString StatusId = QStringLiteral("status");

QStringList settingNames()
{
    return {QLatin1String(TimeUntilStoreDead), QStringLiteral("cluster.preserve_downgrade_option")};
}

Section statement(const KwbaseCli &cli, const QString &id, const QString &text,
                  int seconds = StatementSeconds)
{
    return {id, cli.sql({text}, seconds), {}};
}

using Sections = QHash<QString, SectionOutput>;

/// Runs the sections through one node; an error when node status did not answer.
Result<Sections> ask(CommandRunner &runner, const QList<Section> &sections,
                     std::chrono::seconds deadline, std::stop_token stop)
{
    const QString nonce = newNonce();
    Command command;
    command.script = sectionsScript(QString(), sections, nonce, {StatusId});
    command.runAs = RunAs::Root;
    command.deadline = deadline;
    command.silence = deadline;
    const auto output = runner.run(command, stop);
    if (!output)
        return output.error();
    const auto found = splitSections(output->out, output->err, nonce);
    const auto status = found.value(StatusId);
    if (status.succeeded())
        return found;
    Error error;
    error.code = ErrorCode::NodeStatusUnavailable;
    error.host = runner.hostId();
    error.command = sections.first().command;
    error.exitCode = status.exitCode;
    error.evidence = status.evidence().left(4096);
    return error;
}

Error sqlError(const CommandRunner &runner, const SectionOutput &output, const QString &text)
{
    Error error;
    error.code = ErrorCode::SqlFailed;
    error.host = runner.hostId();
    error.args = QStringList{text};
    error.exitCode = output.exitCode;
    error.evidence = output.evidence().left(4096);
    return error;
}

/// Parses a section; what went wrong lands in `problem` when there is one to fill.
template <typename T, typename Parse>
std::optional<T> valueOf(const CommandRunner &runner, const Sections &sections, const QString &id,
                         const QString &text, Parse parse, Error *problem = nullptr)
{
    const SectionOutput output = sections.value(id);
    Error error = sqlError(runner, output, text);
    if (output.succeeded()) {
        auto parsed = parse(output.out);
        if (parsed)
            return std::move(parsed).value();
        error = parsed.error();
        error.host = runner.hostId();
    }
    if (problem != nullptr)
        *problem = error;
    return std::nullopt;
}

Result<ClusterView> viewOf(CommandRunner &runner, const KwbaseCli &cli, const Sections &sections)
{
    ClusterView view;
    view.readAt = QDateTime::currentDateTimeUtc();
    view.askedHost = runner.hostId();
    const SectionOutput status = sections.value(StatusId);
    auto nodes = parseNodeStatus(status.out);
    if (!nodes) {
        Error error = nodes.error();
        error.code = ErrorCode::NodeStatusUnavailable;
        error.host = runner.hostId();
        error.command = cli.nodeStatus();
        return error;
    }
    view.nodes = std::move(nodes).value();
    return view;
}

void readHealth(const CommandRunner &runner, const Sections &sections, ClusterView &view)
{
    view.health = valueOf<RangeHealth>(runner, sections, QStringLiteral("health"),
                                       sql::rangeHealth(), parseRangeHealth, &view.healthError);
}

} // namespace

Result<ClusterView> readNodes(CommandRunner &runner, const KwbaseCli &cli, bool health,
                              std::stop_token stop)
{
    QList<Section> sections{{StatusId, cli.nodeStatus(), {}}};
    if (health)
        sections.append(statement(cli, QStringLiteral("health"), sql::rangeHealth()));
    const auto answers = ask(runner, sections, std::chrono::seconds(60), stop);
    if (!answers)
        return answers.error();
    auto view = viewOf(runner, cli, *answers);
    if (view && health)
        readHealth(runner, *answers, view.value());
    return view;
}

Result<ClusterView> readCluster(CommandRunner &runner, const HostFacts &facts, bool withRanges,
                                std::stop_token stop)
{
    const auto cli = kwbaseCliOf(facts);
    if (!cli) {
        Error error = facts.startCommand.error;
        error.code = ErrorCode::NodeStatusUnavailable;
        error.host = runner.hostId();
        return error;
    }
    QList<Section> sections{
        {StatusId, cli->nodeStatus(), {}},
        statement(*cli, QStringLiteral("cluster"), sql::clusterId()),
        statement(*cli, QStringLiteral("health"), sql::rangeHealth()),
        statement(*cli, QStringLiteral("jobs"), sql::showJobs()),
        statement(*cli, QStringLiteral("stores"), sql::stores()),
    };
    const QStringList settings = settingNames();
    for (qsizetype i = 0; i < settings.size(); ++i)
        sections.append(
            statement(*cli, QStringLiteral("setting-%1").arg(i), sql::showSetting(settings[i])));
    std::chrono::seconds deadline(25 * sections.size());
    if (withRanges) {
        sections.append(statement(*cli, QStringLiteral("ranges"), sql::ranges(), RangesSeconds));
        deadline += std::chrono::seconds(RangesSeconds + 5);
    }
    const auto answers = ask(runner, sections, deadline, stop);
    if (!answers)
        return answers.error();
    auto result = viewOf(runner, *cli, *answers);
    if (!result)
        return result;
    ClusterView &view = result.value();
    view.clusterId = valueOf<QString>(runner, *answers, QStringLiteral("cluster"), sql::clusterId(),
                                      parseSingleValue)
                         .value_or(QString());
    readHealth(runner, *answers, view);
    view.jobs = valueOf<QList<JobRow>>(runner, *answers, QStringLiteral("jobs"), sql::showJobs(),
                                       parseJobs, &view.jobsError)
                    .value_or(QList<JobRow>());
    view.stores = valueOf<QList<StoreRow>>(runner, *answers, QStringLiteral("stores"),
                                           sql::stores(), parseStores)
                      .value_or(QList<StoreRow>());
    for (qsizetype i = 0; i < settings.size(); ++i) {
        const auto value = valueOf<QString>(runner, *answers, QStringLiteral("setting-%1").arg(i),
                                            sql::showSetting(settings[i]), parseSingleValue);
        if (value)
            view.settings.insert(settings[i], *value);
    }
    if (withRanges) {
        view.ranges = valueOf<QList<RangeRow>>(runner, *answers, QStringLiteral("ranges"),
                                               sql::ranges(), parseRanges, &view.rangesError)
                          .value_or(QList<RangeRow>());
    }
    return result;
}

} // namespace kwup
