#include "core/run/steps/GateReader.h"

#include "core/base/CommandLine.h"
#include "core/run/RunJson.h"

#include <algorithm>

namespace kwup {

namespace {

// Whichever client the host has; "none" when it has none. A proxy of the host's environment would
// not know the host's own loopback address.
constexpr auto ReadyScript = R"(
if command -v curl >/dev/null 2>&1; then
    code=$(curl --noproxy '*' -k -s -o /dev/null -m 5 -w '%{http_code}' "$url" 2>/dev/null)
elif command -v wget >/dev/null 2>&1; then
    code=$(wget --no-proxy -q -S -O /dev/null -T 5 -t 1 --no-check-certificate "$url" 2>&1 |
        sed -n 's|^ *HTTP/[0-9.]* \([0-9]*\).*|\1|p' | tail -n 1)
else
    code=none
fi
echo "Ready=$code"
)";

QHash<QString, QString> keyValues(const QByteArray &output)
{
    QHash<QString, QString> values;
    for (const auto &line : output.split('\n')) {
        const QString text = QString::fromLatin1(line).trimmed();
        values[text.section(u'=', 0, 0)] = text.section(u'=', 1);
    }
    return values;
}

QString yesNo(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

const NodeRow *nodeByAddress(const QList<NodeRow> &nodes, const QString &address)
{
    const auto row = std::ranges::find_if(nodes, [&address](const NodeRow &node) {
        return node.address.section(u':', 0, -2) == address;
    });
    return row == nodes.end() ? nullptr : &*row;
}

QStringList gateHosts(const StepContext &context)
{
    return isAlone(context.plan()) ? QStringList{context.host()}
                                   : hostsToAsk(context.plan(), context.host());
}

} // namespace

GateReader::GateReader(StepContext &context)
    : m_context(context)
    , m_isSingle(isAlone(context.plan()))
    , m_reader(context, gateHosts(context))
{
    RunServices &services = context.services();
    m_before =
        healthFromJson(services.resultOf(QStringLiteral("baseline"))[QStringLiteral("health")]);
    const bool isLive = context.plan().method == Method::ScriptLive;
    const QString stopped = isLive ? QStringLiteral("upgrade-live@") : QStringLiteral("stop@");
    m_stoppedAt =
        services.resultOf(stopped + context.host())[QStringLiteral("stoppedAt")].toInteger();
}

std::optional<QList<GateClause>> GateReader::read()
{
    QList<GateClause> clauses;
    addNodeClauses(clauses);
    if (m_context.stop().stop_requested())
        return std::nullopt;
    addClusterClauses(clauses);
    if (m_context.stop().stop_requested())
        return std::nullopt;
    return clauses;
}

void GateReader::addNodeClauses(QList<GateClause> &clauses)
{
    const QJsonObject args = m_context.step().args;
    const QString http = args[QStringLiteral("http")].toString();
    const QString scheme =
        args[QStringLiteral("secure")].toBool() ? QStringLiteral("https") : QStringLiteral("http");
    Command command;
    command.runAs = RunAs::Root;
    command.deadline = m_context.timeouts().query;
    command.script = QStringLiteral("url=%1\n")
                         .arg(shellQuote(scheme + QStringLiteral("://") + http
                                         + QStringLiteral("/health?ready=1")))
        + serviceStateScript(m_context.plan(), m_context.host()) + QLatin1String(ReadyScript);
    const auto output = m_context.run(m_context.host(), command);
    const auto values = output ? keyValues(output->out) : QHash<QString, QString>();
    clauses.append(serviceClause(values.value(QStringLiteral("ActiveState")),
                                 values.value(QStringLiteral("MainPID")).toLongLong()));
    const QString code = values.value(QStringLiteral("Ready"));
    // curl and wget do not speak TLCP; what the cluster says about the node must do then.
    const bool isTlcp =
        m_context.plan().clis.value(m_context.host()).security == SecurityMode::Tlcp;
    const bool isUnanswerable = code == QStringLiteral("none")
        || (isTlcp && (code.isEmpty() || code == QStringLiteral("000")));
    if (http.isEmpty() || isUnanswerable)
        clauses.append(GateClause{QStringLiteral("health-ready"), output.has_value(), {}});
    else
        clauses.append(readyClause(code));
}

GateClause GateReader::serviceClause(const QString &activeState, qint64 mainPid)
{
    m_isServiceGone = activeState == QStringLiteral("failed")
        || (activeState == QStringLiteral("inactive") && mainPid == 0);
    GateClause clause{QStringLiteral("service-active"), false, {}};
    if (!activeState.isEmpty()) {
        clause.args = {activeState};
        clause.holds = activeState == QStringLiteral("active") && mainPid != 0;
    }
    return clause;
}

GateClause GateReader::readyClause(const QString &code)
{
    return {QStringLiteral("health-ready"),
            code == QStringLiteral("200"),
            {code.isEmpty() ? QStringLiteral("000") : code}};
}

void GateReader::addClusterClauses(QList<GateClause> &clauses)
{
    const Plan &plan = m_context.plan();
    const auto view = m_reader.read(true);
    const NodeRow *node = nullptr;
    if (view) {
        const int id = plan.nodeIds.value(m_context.host(), -1);
        node = nodeById(view->nodes, id);
        if (!node && m_isSingle && view->nodes.size() == 1)
            node = &view->nodes.first();
        // Without a known id (all nodes were down before the run) the address tells the node.
        const QString address = m_context.step().args[QStringLiteral("address")].toString();
        if (!node && id < 0 && !address.isEmpty())
            node = nodeByAddress(view->nodes, address);
    }
    GateClause up{QStringLiteral("node-up"), false, {}};
    GateClause build{QStringLiteral("build"), false, {}};
    GateClause started{QStringLiteral("started"), false, {}};
    if (node) {
        up = {up.key, node->isUp(), {yesNo(node->isAvailable), yesNo(node->isLive)}};
        build = buildClause(*node);
        started = startedClause(*node);
    }
    clauses.append({up, build, started});
    if (!m_isSingle) {
        GateClause others{QStringLiteral("others-up"), false, {QStringLiteral("?")}};
        if (view) {
            const QStringList down = nodesDown(plan, view->nodes, m_context.host());
            others.holds = down.isEmpty();
            others.args =
                down.isEmpty() ? QStringList() : QStringList{down.join(QStringLiteral(", "))};
        }
        clauses.append(others);
    }
    clauses.append(view ? rangesClause(*view)
                        : GateClause{QStringLiteral("ranges"), !m_before.has_value(), {}});
}

GateClause GateReader::buildClause(const NodeRow &node) const
{
    const KwdbVersion &target = m_context.target();
    const auto build = KwdbVersion::fromBuildTag(node.build);
    return {QStringLiteral("build"),
            build && compareBase(*build, target) == 0,
            {node.build, target.base}};
}

GateClause GateReader::startedClause(const NodeRow &node) const
{
    // Both times are of the node's own host. A build column alone can be the old process's.
    const QDateTime stopped = QDateTime::fromSecsSinceEpoch(m_stoppedAt, Qt::UTC);
    const bool isNew = node.startedAt.isValid() && node.startedAt >= stopped;
    return {QStringLiteral("started"),
            isNew,
            {node.startedAt.toUTC().toString(Qt::ISODate), stopped.toString(Qt::ISODate)}};
}

GateClause GateReader::rangesClause(const ClusterView &view) const
{
    GateClause clause{QStringLiteral("ranges"), worseThan(m_before, view.health).isEmpty(), {}};
    if (view.health) {
        const RangeHealth before = m_before.value_or(*view.health);
        clause.args = {
            QString::number(view.health->unavailable), QString::number(before.unavailable),
            QString::number(view.health->underReplicated), QString::number(before.underReplicated)};
    }
    return clause;
}

} // namespace kwup
