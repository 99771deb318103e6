#include "core/plan/methods/MethodPlans.h"

#include "core/base/CommandLine.h"
#include "core/discover/Discovery.h"
#include "core/plan/StepScripts.h"
#include "core/transfer/RecreateItems.h"
#include "core/transfer/SqlText.h"
#include "core/transfer/TransferFacts.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace kwup {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr int StatementSeconds = 24 * 3600;
constexpr qint64 RowsPerSecond = 20000;

/// Statements that the scripts pass to kwbase as $1 and $2.
QByteArray sqlFunctions(const KwbaseCli &cli)
{
    const QString first = QStringLiteral("@first@");
    const QString second = QStringLiteral("@second@");
    const auto function = [&](const char *name, const QStringList &statements) {
        QString body = cli.sql(statements, StatementSeconds);
        body.replace(shellQuote(first), QLatin1String("\"$1\""));
        body.replace(shellQuote(second), QLatin1String("\"$2\""));
        return name + QByteArray("() (\n") + body.toUtf8() + "\n)\n";
    };
    return function("kw1", {first}) + function("kw2", {first, second});
}

/// Makes the steps of one run of export-import. Pure.
class TransferPlan {
public:
    explicit TransferPlan(PlanParts &parts)
        : m_parts(parts)
        , m_transfer(*parts.input().facts.transfer)
        , m_source(sideOf(parts.input().facts))
        , m_target(sideOf(m_transfer.target))
    {
        m_directory = m_transfer.directory.isEmpty() ? QStringLiteral("kwup-") + parts.plan().runId
                                                     : m_transfer.directory;
    }

    Result<void> build();

private:
    using Variables = QList<QPair<QString, QString>>;
    /// One of the two clusters, by the node that works for it.
    struct Side {
        QString host;
        int node = 1;
        QString dataRoot;
        KwbaseCli cli;
        bool isKnown = false;
    };

    static Side sideOf(const Facts &facts);
    Variables variables(const Side &side, const QString &label) const;
    QString address(const Side &side, const QString &label) const;
    static QString labelOf(const QString &name, qsizetype number);
    PlanStep step(StepKind kind, const Side &side, const QString &label, const QString &name) const;
    PlanStep exportStep(const DatabaseEntry &database, const QString &label) const;
    PlanStep transferStep(const DatabaseEntry &database, const QString &label) const;
    PlanStep importStep(const DatabaseEntry &database, const QString &label) const;
    PlanStep recreateStep(const QList<RecreateItem> &items, const QString &label,
                          const QString &name) const;
    PlanStep compareStep(const DatabaseEntry &database, const QString &label) const;
    PlanStep removeStep(const Side &side) const;
    PlanStep verifyStep() const;
    Stage databaseStage(const DatabaseEntry &database, qsizetype number) const;

    PlanParts &m_parts;
    const TransferFacts &m_transfer;
    Side m_source;
    Side m_target;
    QString m_directory;
};

TransferPlan::Side TransferPlan::sideOf(const Facts &facts)
{
    Side side;
    side.host = facts.cluster.askedHost;
    const HostFacts *host = facts.host(side.host);
    const auto cli = host == nullptr ? std::nullopt : kwbaseCliOf(*host);
    if (!cli)
        return side;
    side.cli = *cli;
    side.dataRoot = host->dataRoot.valueOr(QStringLiteral("/var/lib/kaiwudb"));
    side.node = facts.nodeIdByHost.value(side.host, 1);
    side.isKnown = true;
    return side;
}

TransferPlan::Variables TransferPlan::variables(const Side &side, const QString &label) const
{
    return {
        {QStringLiteral("state"), m_parts.plan().remoteDirectory() + QStringLiteral("/transfer")},
        {QStringLiteral("extern"), side.dataRoot + QStringLiteral("/extern")},
        {QStringLiteral("directory"), m_directory},
        {QStringLiteral("label"), label}};
}

QString TransferPlan::address(const Side &side, const QString &label) const
{
    return QStringLiteral("nodelocal://%1/%2/%3")
        .arg(QString::number(side.node), m_directory, label);
}

/// Names of databases can hold anything; files and addresses get plain ones.
QString TransferPlan::labelOf(const QString &name, qsizetype number)
{
    QString plain = name;
    plain.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9_]")), QStringLiteral("_"));
    return QStringLiteral("%1-%2").arg(number, 2, 10, QLatin1Char('0')).arg(plain.left(40));
}

PlanStep TransferPlan::step(StepKind kind, const Side &side, const QString &label,
                            const QString &name) const
{
    PlanStep made = m_parts.step(kind, side.host);
    made.id = toString(kind) + u'@' + label;
    made.args = {{QStringLiteral("name"), name}};
    made.limit = hours(24);
    return made;
}

PlanStep TransferPlan::exportStep(const DatabaseEntry &database, const QString &label) const
{
    PlanStep made = step(StepKind::Export, m_source, label, database.name);
    const Variables values = variables(m_source, label)
        + Variables{{QStringLiteral("database"), database.name},
                    {QStringLiteral("time_series"),
                     database.isTimeSeries ? QStringLiteral("yes") : QStringLiteral("no")},
                    {QStringLiteral("tables"), QString::number(database.tables().size())},
                    {QStringLiteral("statement"),
                     QStringLiteral("EXPORT INTO CSV %1 FROM DATABASE %2")
                         .arg(sqlText(address(m_source, label)), sqlName(database.name))}};
    made.script = stepScript(StepKind::Export, values, sqlFunctions(m_source.cli));
    made.look = lookScript(StepKind::Export, values);
    qint64 rows = 0;
    for (const auto &table : database.tables())
        rows += table.rows.value_or(0);
    made.estimate = seconds(2 + rows / RowsPerSecond);
    return made;
}

PlanStep TransferPlan::transferStep(const DatabaseEntry &database, const QString &label) const
{
    PlanStep made = step(StepKind::TransferFiles, m_target, label, database.name);
    const auto archive = [&](const Side &side) {
        return QStringLiteral("%1/extern/%2/%3.tar.gz").arg(side.dataRoot, m_directory, label);
    };
    made.args[QStringLiteral("sourceHost")] = m_source.host;
    made.args[QStringLiteral("sourceFile")] = archive(m_source);
    made.args[QStringLiteral("targetFile")] = archive(m_target);
    made.args[QStringLiteral("state")] =
        m_parts.plan().remoteDirectory() + QStringLiteral("/transfer");
    made.args[QStringLiteral("exportStep")] = toString(StepKind::Export) + u'@' + label;
    made.script =
        stepScript(StepKind::TransferFiles,
                   variables(m_target, label)
                       + Variables{{QStringLiteral("sha256"), QString(Sha256Placeholder)}});
    made.estimate = seconds(3);
    return made;
}

PlanStep TransferPlan::importStep(const DatabaseEntry &database, const QString &label) const
{
    // Source: doc@3.2.1:db-upgrade.md:31 by kwdb-facts §1.4.
    const bool hasNoPartitions =
        compareBase(m_parts.plan().to, KwdbVersion{QStringLiteral("3.1.0"), {}}) >= 0;
    const QString name = sqlName(database.name);
    const QString create = database.isTimeSeries ? QStringLiteral("CREATE TS DATABASE ")
                                                 : QStringLiteral("CREATE DATABASE ");
    PlanStep made = step(StepKind::Import, m_target, label, database.name);
    const Variables values = variables(m_target, label)
        + Variables{{QStringLiteral("database"), database.name},
                    {QStringLiteral("data_root"), m_target.dataRoot},
                    {QStringLiteral("time_series"),
                     database.isTimeSeries ? QStringLiteral("yes") : QStringLiteral("no")},
                    {QStringLiteral("no_partition"),
                     hasNoPartitions ? QStringLiteral("yes") : QStringLiteral("no")},
                    {QStringLiteral("head"), create + name + u';'},
                    {QStringLiteral("exists"),
                     QStringLiteral("SELECT count(*) AS n FROM [SHOW DATABASES] "
                                    "WHERE database_name = ")
                         + sqlText(database.name)},
                    {QStringLiteral("drop"), QStringLiteral("DROP DATABASE %1 CASCADE").arg(name)},
                    {QStringLiteral("statement"),
                     QStringLiteral("IMPORT DATABASE CSV DATA (%1)")
                         .arg(sqlText(address(m_target, label)))}};
    made.script = stepScript(StepKind::Import, values, sqlFunctions(m_target.cli));
    made.look = lookScript(StepKind::Import, values, sqlFunctions(m_target.cli));
    made.estimate = seconds(3);
    return made;
}

PlanStep TransferPlan::recreateStep(const QList<RecreateItem> &items, const QString &label,
                                    const QString &name) const
{
    PlanStep made = step(StepKind::Recreate, m_target, label, name);
    QByteArray functions = sqlFunctions(m_target.cli) + "items() {\n";
    for (const auto &item : items) {
        const QString first = item.database.isEmpty()
            ? QStringLiteral("SELECT 1")
            : QStringLiteral("USE ") + sqlName(item.database);
        functions +=
            "    item " + shellJoin({item.kind, item.name, first, item.statement}).toUtf8() + '\n';
    }
    functions += "    :\n}\n";
    const Variables values = variables(m_target, label);
    made.script = stepScript(StepKind::Recreate, values, functions);
    made.look = lookScript(StepKind::Recreate, values);
    made.args[QStringLiteral("count")] = items.size();
    made.estimate = seconds(1 + items.size() / 4);
    return made;
}

/// Counts of all values, and for relational tables a checksum that does not depend on the order.
QString compareStatement(const QString &database, const ObjectEntry &table, bool withChecksum)
{
    QStringList items{QStringLiteral("count(*) AS n")};
    QStringList texts;
    for (const auto &column : table.columns) {
        const QString name = sqlName(column);
        items.append(QStringLiteral("count(%1)").arg(name));
        texts.append(name + QStringLiteral("::STRING"));
    }
    if (table.kind == ObjectEntry::Kind::TimeSeries && !table.columns.isEmpty()) {
        const QString time = sqlName(table.columns.first());
        items.append(QStringLiteral("min(%1), max(%1)").arg(time));
    } else if (withChecksum && !texts.isEmpty()) {
        // The bars keep values apart when one of them is NULL.
        items.append(QStringLiteral("xor_agg(fnv64(%1)) AS checksum")
                         .arg(texts.join(QStringLiteral(", '|', "))));
    }
    return QStringLiteral("SELECT %1 FROM %2")
        .arg(items.join(QStringLiteral(", ")), sqlPath({database, table.schema, table.name}));
}

PlanStep TransferPlan::compareStep(const DatabaseEntry &database, const QString &label) const
{
    PlanStep made = step(StepKind::Compare, m_target, label, database.name);
    QJsonArray tables;
    for (const auto &table : database.tables()) {
        tables.append(
            QJsonObject{{QStringLiteral("table"), table.schema + u'.' + table.name},
                        {QStringLiteral("kind"), toString(table.kind)},
                        {QStringLiteral("statement"), compareStatement(database.name, table, true)},
                        {QStringLiteral("counts"), compareStatement(database.name, table, false)}});
    }
    made.args[QStringLiteral("tables")] = tables;
    made.args[QStringLiteral("sourceHost")] = m_source.host;
    made.args[QStringLiteral("seconds")] = StatementSeconds;
    made.estimate = seconds(1 + tables.size());
    return made;
}

PlanStep TransferPlan::removeStep(const Side &side) const
{
    PlanStep made = m_parts.step(StepKind::RemoveExport, side.host);
    const Variables values = variables(side, {});
    made.script = stepScript(StepKind::RemoveExport, values);
    made.look = lookScript(StepKind::RemoveExport, values);
    made.estimate = seconds(1);
    return made;
}

PlanStep TransferPlan::verifyStep() const
{
    PlanStep made = m_parts.step(StepKind::Verify, m_target.host);
    made.id = toString(StepKind::Verify);
    QJsonArray databases;
    QJsonArray objects;
    for (const auto &database : m_transfer.source.databases) {
        databases.append(database.name);
        for (const auto &object : database.objects) {
            objects.append(QJsonObject{
                {QStringLiteral("database"), database.name},
                {QStringLiteral("schema"), object.schema},
                {QStringLiteral("name"), object.name},
                {QStringLiteral("kind"), toString(object.kind)},
                {QStringLiteral("foreignKeys"), definition::foreignKeys(object.create).size()}});
        }
    }
    QJsonArray users;
    QJsonArray passwords;
    for (const auto &user : m_transfer.source.users) {
        users.append(user.name);
        if (user.hasPassword)
            passwords.append(user.name);
    }
    made.args = {{QStringLiteral("databases"), databases},
                 {QStringLiteral("objects"), objects},
                 {QStringLiteral("users"), users},
                 {QStringLiteral("passwords"), passwords},
                 {QStringLiteral("sourceHost"), m_source.host}};
    made.limit = hours(24);
    made.estimate = seconds(5);
    return made;
}

Stage TransferPlan::databaseStage(const DatabaseEntry &database, qsizetype number) const
{
    const QString label = labelOf(database.name, number);
    Stage stage{.id = QStringLiteral("database@") + label, .host = {}, .steps = {}};
    QList<RecreateItem> items = databaseItems(database);
    if (database.tables().isEmpty()) {
        // IMPORT refuses a database without tables.
        items.prepend({QStringLiteral("database"),
                       database.name,
                       {},
                       (database.isTimeSeries ? QStringLiteral("CREATE TS DATABASE ")
                                              : QStringLiteral("CREATE DATABASE "))
                           + sqlName(database.name)});
        stage.steps = {recreateStep(items, label, database.name)};
        return stage;
    }
    stage.steps = {exportStep(database, label), transferStep(database, label),
                   importStep(database, label)};
    if (!items.isEmpty())
        stage.steps.append(recreateStep(items, label, database.name));
    stage.steps.append(compareStep(database, label));
    return stage;
}

Result<void> TransferPlan::build()
{
    if (!m_source.isKnown || !m_target.isKnown || m_transfer.source.databases.isEmpty())
        return Error{.code = ErrorCode::MethodNotApplicable,
                     .args = {toString(Method::ExportImport)}};
    Plan &plan = m_parts.plan();
    Stage baseline{.id = QStringLiteral("baseline"), .host = {}, .steps = {m_parts.baselineStep()}};
    for (const auto &host : m_transfer.target.hosts) {
        plan.hosts.append(host.host);
        if (const auto cli = kwbaseCliOf(host))
            plan.clis[host.host.id()] = *cli;
    }
    Stage lock{.id = QStringLiteral("lock"), .host = {}, .steps = {}};
    Stage finish{.id = QStringLiteral("finish"), .host = {}, .steps = {verifyStep()}};
    finish.steps.append({removeStep(m_source), removeStep(m_target)});
    for (const auto &host : std::as_const(plan.hosts)) {
        lock.steps.append(m_parts.lockStep(host.id()));
        finish.steps.append(m_parts.releaseStep(host.id()));
    }
    plan.stages = {lock, baseline};
    const auto items = clusterItems(m_transfer.source);
    if (!items.isEmpty()) {
        plan.stages.append(
            {.id = QStringLiteral("users"),
             .host = {},
             .steps = {recreateStep(items, QStringLiteral("users"), QStringLiteral("users"))}});
    }
    qsizetype number = 0;
    for (const auto &database : m_transfer.source.databases)
        plan.stages.append(databaseStage(database, ++number));
    plan.stages.append(finish);
    return {};
}

} // namespace

Result<void> addTransferStages(PlanParts &parts)
{
    if (parts.plan().backup.kind == BackupChoice::Kind::ColdCopy)
        return Error{.code = ErrorCode::BackupMissing};
    return TransferPlan(parts).build();
}

} // namespace kwup
