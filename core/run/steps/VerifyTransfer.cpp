#include "core/run/steps/VerifyTransfer.h"

#include "core/discover/Discovery.h"
#include "core/run/JournalKinds.h"
#include "core/run/RunJson.h"
#include "core/run/ScriptReasons.h"
#include "core/transfer/InventoryReader.h"

#include <QSet>

namespace kwup {

namespace {

struct Findings {
    QJsonObject json;
    QList<Error> problems;
    QStringList left;
};

QStringList texts(const QJsonValue &array)
{
    QStringList list;
    for (const auto value : array.toArray())
        list.append(value.toString());
    return list;
}

void judgeTarget(StepContext &context, Findings &findings)
{
    const QString host = context.host();
    const KwbaseCli cli = context.plan().clis.value(host);
    const auto view = context.services().hosts().with<ClusterView>(
        host,
        [&](HostConnection &connection) {
            return readNodes(connection, cli, true, context.stop());
        },
        context.stop());
    findings.json[QStringLiteral("askedHost")] = host;
    if (!view) {
        findings.problems.append(view.error());
        return;
    }
    findings.json[QStringLiteral("nodes")] = nodesToJson(view->nodes);
    if (view->health)
        findings.json[QStringLiteral("health")] = toJson(*view->health);
    QJsonArray builds;
    for (const auto &node : view->nodes) {
        if (!builds.contains(node.build))
            builds.append(node.build);
        if (node.isDecommissioning.value_or(false))
            continue;
        const auto build = KwdbVersion::fromBuildTag(node.build);
        if (!node.isUp()) {
            findings.problems.append(
                Error{.code = ErrorCode::OtherNodeDown, .args = {QString::number(node.id)}});
        } else if (!build || compareBase(*build, context.plan().to) != 0) {
            findings.problems.append(
                Error{.code = ErrorCode::VersionNotChanged,
                      .host = node.address,
                      .args = {context.plan().to.base, node.build, QStringLiteral("node status")}});
        }
    }
    findings.json[QStringLiteral("builds")] = builds;
}

/// Rows by "database.schema.table", as the comparison found them equal.
QHash<QString, QString> comparedRows(StepContext &context)
{
    QHash<QString, QString> rows;
    for (const auto &stage : context.plan().stages) {
        for (const auto &step : stage.steps) {
            if (step.kind != StepKind::Compare)
                continue;
            const QJsonObject result = context.services().resultOf(step.id);
            const QString database = result[QStringLiteral("database")].toString();
            for (const auto value : result[QStringLiteral("tables")].toArray()) {
                rows[database + u'.' + value[QStringLiteral("table")].toString()] =
                    value[QStringLiteral("targetRows")].toString();
            }
        }
    }
    return rows;
}

void judgeObject(const QJsonObject &expected, const Inventory &found,
                 const QHash<QString, QString> &rows, Findings &findings)
{
    const QString database = expected[QStringLiteral("database")].toString();
    const QString schema = expected[QStringLiteral("schema")].toString();
    const QString name = expected[QStringLiteral("name")].toString();
    const QString kind = expected[QStringLiteral("kind")].toString();
    const QString path = database + u'.' + schema + u'.' + name;
    const DatabaseEntry *entry = found.database(database);
    const ObjectEntry *object = entry == nullptr ? nullptr : entry->object(schema, name);
    const bool isTable = kind == QStringLiteral("table") || kind == QStringLiteral("time-series");
    if (object == nullptr && isTable) {
        findings.problems.append(
            Error{.code = ErrorCode::StepPreconditionFailed, .args = {path, QStringLiteral("–")}});
        return;
    }
    if (object == nullptr) {
        findings.left.append(kind + u' ' + path);
        return;
    }
    const QString now = object->rows ? QString::number(*object->rows) : QString();
    if (isTable && rows.contains(path) && now != rows[path]) {
        findings.problems.append(Error{.code = ErrorCode::StepPreconditionFailed,
                                       .args = {path + QStringLiteral(": ") + rows[path], now}});
    }
    const qsizetype keys = definition::foreignKeys(object->create).size();
    if (keys < expected[QStringLiteral("foreignKeys")].toInt())
        findings.left.append(QStringLiteral("foreign-key ") + path);
}

void judgeObjects(StepContext &context, Findings &findings)
{
    const QJsonObject &args = context.step().args;
    const KwbaseCli cli = context.plan().clis.value(context.host());
    const auto inventory = context.services().hosts().with<Inventory>(
        context.host(),
        [&](HostConnection &connection) {
            return InventoryReader(connection, cli)
                .read(texts(args[QStringLiteral("databases")]), true, context.stop());
        },
        context.stop());
    if (!inventory) {
        findings.problems.append(inventory.error());
        return;
    }
    const auto rows = comparedRows(context);
    for (const auto value : args[QStringLiteral("objects")].toArray())
        judgeObject(value.toObject(), *inventory, rows, findings);
    for (const auto &name : texts(args[QStringLiteral("databases")])) {
        if (!inventory->databaseNames.contains(name)) {
            findings.problems.append(Error{.code = ErrorCode::StepPreconditionFailed,
                                           .args = {name, QStringLiteral("–")}});
        }
    }
    QSet<QString> users;
    for (const auto &user : inventory->users)
        users.insert(user.name);
    for (const auto &name : texts(args[QStringLiteral("users")])) {
        if (!users.contains(name))
            findings.left.append(QStringLiteral("user ") + name);
    }
}

/// What the recreating steps were told by the new cluster.
void collectLeft(StepContext &context, Findings &findings)
{
    for (const auto &stage : context.plan().stages) {
        for (const auto &step : stage.steps) {
            if (step.kind != StepKind::Recreate)
                continue;
            const QJsonObject values =
                context.services().resultOf(step.id)[QStringLiteral("values")].toObject();
            for (auto it = values.begin(); it != values.end(); ++it) {
                if (it.key().startsWith(QStringLiteral("left_")))
                    findings.left.append(it.value().toString());
            }
        }
    }
}

} // namespace

Result<QJsonObject> verifyTransfer(StepContext &context)
{
    Findings findings;
    judgeTarget(context, findings);
    judgeObjects(context, findings);
    if (context.stop().stop_requested())
        return Error{.code = ErrorCode::Cancelled};
    collectLeft(context, findings);
    findings.left.removeDuplicates();
    QJsonArray problems;
    for (const auto &problem : std::as_const(findings.problems))
        problems.append(toJson(problem));
    findings.json[QStringLiteral("ok")] = findings.problems.isEmpty();
    findings.json[QStringLiteral("problems")] = problems;
    findings.json[QStringLiteral("hosts")] = QJsonArray();
    findings.json[QStringLiteral("left")] = QJsonArray::fromStringList(findings.left);
    findings.json[QStringLiteral("passwords")] = context.step().args[QStringLiteral("passwords")];
    QJsonObject verdict = findings.json;
    verdict[QStringLiteral("before")] = stateBefore(context);
    if (const auto recorded = context.journal(journal::Verdict, verdict); !recorded)
        return recorded.error();
    if (!findings.problems.isEmpty())
        return findings.problems.first();
    return findings.json;
}

} // namespace kwup
