#include "core/kwdb/VersionPath.h"

#include "core/kwdb/Resources.h"
#include "core/kwdb/VersionPathText.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQueue>
#include <QRegularExpression>

#include <array>

namespace kwup {

namespace {

struct MethodName {
    Method method;
    const char *text;
};

constexpr std::array MethodNames = {
    MethodName{Method::ScriptSingle, "script-single"},
    MethodName{Method::ScriptRolling, "script-rolling"},
    MethodName{Method::ScriptLive, "script-live"},
    MethodName{Method::ScriptOfflineCluster, "script-offline-cluster"},
    MethodName{Method::ExportImport, "export-import"},
    MethodName{Method::Source, "source"},
    MethodName{Method::Compose, "compose"},
    MethodName{Method::DockerRunInsecure, "docker-run-insecure"},
    MethodName{Method::DockerRunSecure, "docker-run-secure"},
    MethodName{Method::Restore, "restore"},
};

using Verdict = VersionPaths::Verdict;

Error tableError(qsizetype row, const QString &what)
{
    Error error;
    error.code = ErrorCode::ImportInvalid;
    error.args = QStringList{QStringLiteral("version-paths.json"), QString::number(row + 1), what};
    return error;
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const auto &item : value.toArray())
        list.append(item.toString());
    return list;
}

Result<PathRow> readRow(const QJsonObject &object, qsizetype index)
{
    PathRow row;
    row.from = object.value(QLatin1String("from")).toString();
    row.to = object.value(QLatin1String("to")).toString();
    row.source = object.value(QLatin1String("source")).toString();
    row.note = strings(object.value(QLatin1String("notes"))).join(u' ');
    if (row.from.isEmpty() || row.to.isEmpty() || row.source.isEmpty())
        return tableError(index, QStringLiteral("from, to and source are needed"));
    for (const auto &name : strings(object.value(QLatin1String("runTypes")))) {
        const auto runType = runTypeFromString(name);
        if (!runType)
            return tableError(index, name);
        row.runTypes.append(*runType);
    }
    for (const auto &name : strings(object.value(QLatin1String("methods")))) {
        const auto method = methodFromString(name);
        if (!method)
            return tableError(index, name);
        row.methods.append(*method);
    }
    if (row.methods.isEmpty())
        return tableError(index, QStringLiteral("methods"));
    return row;
}

bool isSameBase(const QString &a, const QString &b)
{
    return compareBase({a, {}}, {b, {}}) == std::strong_ordering::equal;
}

bool fromMatches(const PathRow &row, const QString &base)
{
    if (row.from.endsWith(QLatin1String(".*")))
        return base.startsWith(row.from.left(row.from.size() - 1));
    return isSameBase(row.from, base);
}

bool runTypeMatches(const PathRow &row, RunType runType)
{
    return row.runTypes.isEmpty() || runType == RunType::Unknown || row.runTypes.contains(runType);
}

bool isInPlace(Method method)
{
    return method != Method::ExportImport && method != Method::Restore;
}

QString notesOf(const QString &ids)
{
    QStringList sentences;
    for (const auto &id : ids.split(u' ', Qt::SkipEmptyParts))
        sentences.append(versionPathNote(id));
    return sentences.join(u'\n');
}

/// Shortest chain of documented in-place rows; empty when there is none. Without a method any
/// in-place method counts.
QStringList chain(const QList<PathRow> &rows, const QString &from, const QString &to,
                  RunType runType, std::optional<Method> method)
{
    const auto serves = [&](const PathRow &row) {
        if (!runTypeMatches(row, runType))
            return false;
        if (method)
            return isInPlace(*method) && row.methods.contains(*method);
        return std::any_of(row.methods.cbegin(), row.methods.cend(), isInPlace);
    };
    QQueue<QStringList> open;
    QStringList seen{from};
    open.enqueue({});
    while (!open.isEmpty()) {
        const QStringList path = open.dequeue();
        const QString here = path.isEmpty() ? from : path.last();
        for (const auto &row : rows) {
            if (!fromMatches(row, here) || !serves(row) || seen.contains(row.to))
                continue;
            if (isSameBase(row.to, to))
                return path + QStringList{row.to};
            seen.append(row.to);
            open.enqueue(path + QStringList{row.to});
        }
    }
    return {};
}

struct Extension {
    QString family; ///< of the first part: hotfix1beta1 → hotfix
    int number = 0;
    bool isTestBuild = false; ///< alpha or beta, also of a hotfix
};

Extension split(const QString &extension)
{
    static const QRegularExpression pattern(QStringLiteral("^([a-z]+)([0-9]+)(.*)$"));
    const auto match = pattern.match(extension);
    if (!match.hasMatch())
        return {extension, 0, false};
    const QString family = match.captured(1);
    const bool isTest = family == QLatin1String("alpha") || family == QLatin1String("beta");
    return {family, match.captured(2).toInt(), isTest || !match.captured(3).isEmpty()};
}

/// Steps back between builds of one version: a release to its test build, a hotfix to the plain
/// release or to a lower number.
bool isExtensionOlder(const QString &from, const QString &to)
{
    const Extension a = split(from);
    const Extension b = split(to);
    if (to.isEmpty())
        return !a.isTestBuild;
    if (from.isEmpty() || a.family == b.family) {
        if (a.number == b.number && !from.isEmpty())
            return b.isTestBuild && !a.isTestBuild;
        return from.isEmpty() ? b.isTestBuild && split(to).family != QLatin1String("hotfix")
                              : b.number < a.number;
    }
    return b.isTestBuild && (b.family == QLatin1String("alpha") || !a.isTestBuild);
}

/// deploy.sh's rule for builds of one version (kwdb-facts §2.9), for those that are not older.
bool scriptAccepts(const QString &from, const QString &to)
{
    const Extension a = split(from);
    const Extension b = split(to);
    if (from.isEmpty() || a.family == QLatin1String("alpha") || a.family == QLatin1String("beta"))
        return true;
    if (a.family != b.family)
        return false;
    return a.family == QLatin1String("patch") || (a.number == b.number && a.isTestBuild);
}

Verdict sameBaseVerdict(const KwdbVersion &from, const KwdbVersion &to)
{
    Verdict verdict;
    const QString old = from.extension.toLower();
    const QString wanted = to.extension.toLower();
    if (old == wanted) {
        verdict.kind = Verdict::Kind::Same;
        return verdict;
    }
    verdict.source = QStringLiteral("utils/kaiwudb_upgrade.sh:4-112@2.2.1");
    if (isExtensionOlder(old, wanted)) {
        verdict.kind = Verdict::Kind::Older;
        verdict.methods = {Method::Restore};
        verdict.note = versionPathNote(QStringLiteral("restore-only"));
        return verdict;
    }
    verdict.note =
        versionPathNote(scriptAccepts(old, wanted) ? QStringLiteral("extension-not-documented")
                                                   : QStringLiteral("extension-refused-by-script"));
    return verdict;
}

} // namespace

QString toString(Method method)
{
    for (const auto &row : MethodNames) {
        if (row.method == method)
            return QLatin1String(row.text);
    }
    return {};
}

std::optional<Method> methodFromString(const QString &text)
{
    for (const auto &row : MethodNames) {
        if (text == QLatin1String(row.text))
            return row.method;
    }
    return std::nullopt;
}

Result<VersionPaths> VersionPaths::load(const QByteArray &json)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError)
        return tableError(-1, problem.errorString());
    const auto rows = document.object().value(QLatin1String("rows")).toArray();
    if (rows.isEmpty())
        return tableError(-1, QStringLiteral("rows"));
    VersionPaths paths;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        auto row = readRow(rows[i].toObject(), i);
        if (!row)
            return row.error();
        paths.m_rows.append(std::move(row).value());
    }
    return paths;
}

const VersionPaths &VersionPaths::builtIn()
{
    // An unreadable table gives no rows: then nothing is documented, which is the safe answer.
    static const VersionPaths table =
        load(resource(QStringLiteral("version-paths.json"))).value_or(VersionPaths());
    return table;
}

Verdict VersionPaths::verdict(const KwdbVersion &from, const KwdbVersion &to, RunType runType,
                              Method method) const
{
    Verdict verdict;
    const auto order = compareBase(to, from);
    if (order == std::strong_ordering::equal)
        return sameBaseVerdict(from, to);
    if (order == std::strong_ordering::less) {
        verdict.kind = Verdict::Kind::Older;
        verdict.methods = {Method::Restore};
        verdict.source = QStringLiteral("guide:22-24,171-175");
        verdict.note = versionPathNote(QStringLiteral("restore-only"));
        return verdict;
    }
    QStringList sources;
    for (const auto &row : m_rows) {
        if (!fromMatches(row, from.base) || !isSameBase(row.to, to.base)
            || !runTypeMatches(row, runType))
            continue;
        verdict.methods += row.methods;
        sources.append(row.source);
        verdict.note = notesOf(row.note);
        if (row.methods.contains(method)) {
            verdict.kind = Verdict::Kind::Documented;
            verdict.source = row.source;
            return verdict;
        }
    }
    verdict.source = sources.join(QLatin1String("; "));
    verdict.hops = chain(m_rows, from.base, to.base, runType, method);
    if (verdict.hops.isEmpty() && verdict.methods.isEmpty())
        verdict.hops = chain(m_rows, from.base, to.base, runType, std::nullopt);
    if (verdict.hops.size() > 1)
        verdict.kind = Verdict::Kind::SeveralHops;
    else if (!verdict.methods.isEmpty())
        verdict.kind = Verdict::Kind::OtherMethod;
    return verdict;
}

} // namespace kwup
