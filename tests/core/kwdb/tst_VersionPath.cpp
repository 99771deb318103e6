#include "core/kwdb/Resources.h"
#include "core/kwdb/VersionPath.h"
#include "core/kwdb/VersionPathText.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace kwup::test {

namespace {

using Kind = VersionPaths::Verdict::Kind;

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == QLatin1String("object"))
        return value.isObject();
    if (type == QLatin1String("array"))
        return value.isArray();
    return type == QLatin1String("string") && value.isString();
}

QString problem(const QJsonValue &value, const QJsonObject &schema, const QString &where);

QString objectProblem(const QJsonObject &object, const QJsonObject &schema, const QString &where)
{
    for (const auto &name : schema.value(QLatin1String("required")).toArray()) {
        if (!object.contains(name.toString()))
            return where + QLatin1String(": missing ") + name.toString();
    }
    const auto properties = schema.value(QLatin1String("properties")).toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!properties.contains(it.key()))
            return where + QLatin1String(": unknown ") + it.key();
        const QString found =
            problem(it.value(), properties.value(it.key()).toObject(), where + u'/' + it.key());
        if (!found.isEmpty())
            return found;
    }
    return {};
}

/// Empty, or what of `value` is not as the schema says (the keywords our schema uses).
QString problem(const QJsonValue &value, const QJsonObject &schema, const QString &where)
{
    if (!hasType(value, schema.value(QLatin1String("type")).toString()))
        return where + QLatin1String(": type");
    if (schema.contains(QLatin1String("enum"))
        && !schema.value(QLatin1String("enum")).toArray().contains(value))
        return where + QLatin1String(": not allowed: ") + value.toString();
    const QRegularExpression pattern(schema.value(QLatin1String("pattern")).toString());
    if (value.isString() && !pattern.match(value.toString()).hasMatch())
        return where + QLatin1String(": pattern: ") + value.toString();
    if (value.isObject())
        return objectProblem(value.toObject(), schema, where);
    const auto items = value.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString found = problem(items[i], schema.value(QLatin1String("items")).toObject(),
                                      where + u'/' + QString::number(i));
        if (!found.isEmpty())
            return found;
    }
    return {};
}

KwdbVersion version(const QString &text)
{
    return KwdbVersion::fromBuildTag(text).value_or(KwdbVersion());
}

VersionPaths::Verdict verdict(const char *from, const char *to, RunType runType, Method method)
{
    return VersionPaths::builtIn().verdict(version(QLatin1String(from)), version(QLatin1String(to)),
                                           runType, method);
}

} // namespace

class tst_VersionPath final : public QObject {
    Q_OBJECT

private slots:
    void theTableObeysItsSchema();
    void theSchemaFindsMistakes();
    void everyRowHasADistinctKeyAndItsNotesHaveText();
    void documentedPathsOfTheVendor_data();
    void documentedPathsOfTheVendor();
    void whatTheTableDoesNotKnowIsNotDocumented_data();
    void whatTheTableDoesNotKnowIsNotDocumented();
    void severalHopsAreListedInOrder();
    void theDirectHopFrom210To221ByScriptIsNotDocumented();
    void anotherMethodIsOffered();
    void sameAndOlder();
    void buildsOfOneVersion_data();
    void buildsOfOneVersion();
    void notesBecomeSentences();
    void brokenTablesAreRefused_data();
    void brokenTablesAreRefused();
    void methodNamesReadBack();
};

void tst_VersionPath::theTableObeysItsSchema()
{
    QFile file(QStringLiteral(KWUP_SOURCE_DIR "/resources/version-paths.schema.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto schema = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(!schema.isEmpty());
    const auto table = QJsonDocument::fromJson(resource(QStringLiteral("version-paths.json")));
    QCOMPARE(problem(table.object(), schema, QString()), QString());
    QVERIFY(VersionPaths::load(table.toJson()).has_value());
    QCOMPARE(VersionPaths::builtIn().rows().size(), table[QLatin1String("rows")].toArray().size());
}

void tst_VersionPath::theSchemaFindsMistakes()
{
    QFile file(QStringLiteral(KWUP_SOURCE_DIR "/resources/version-paths.schema.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto schema = QJsonDocument::fromJson(file.readAll()).object();
    const auto check = [&schema](const char *row) {
        const QByteArray table = QByteArray("{\"rows\":[") + row + "]}";
        return problem(QJsonDocument::fromJson(table).object(), schema, QString());
    };
    QCOMPARE(check(R"({"from":"2.0","to":"2.1.0","methods":["source"],"source":"x"})"), QString());
    QVERIFY(!check(R"({"from":"2.0","to":"2.1.0","methods":["source"]})").isEmpty());
    QVERIFY(!check(R"({"from":"two","to":"2.1.0","methods":["source"],"source":"x"})").isEmpty());
    QVERIFY(!check(R"({"from":"2.0","to":"2.1.0","methods":["magic"],"source":"x"})").isEmpty());
    QVERIFY(!check(R"({"from":"2.0","to":"2.1.0","methods":["source"],"source":"x","x":"y"})")
                 .isEmpty());
}

void tst_VersionPath::everyRowHasADistinctKeyAndItsNotesHaveText()
{
    QSet<QString> keys;
    for (const auto &row : VersionPaths::builtIn().rows()) {
        QVERIFY(!row.source.isEmpty() && !row.methods.isEmpty());
        for (const auto runType :
             {RunType::Single, RunType::SingleReplication, RunType::MultiReplication}) {
            if (!row.runTypes.isEmpty() && !row.runTypes.contains(runType))
                continue;
            const QString key = row.from + u' ' + row.to + u' ' + kwup::toString(runType);
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys.insert(key);
        }
        for (const auto &id : row.note.split(u' ', Qt::SkipEmptyParts))
            QVERIFY2(versionPathNote(id).endsWith(u'.'), qPrintable(id));
    }
}

void tst_VersionPath::documentedPathsOfTheVendor_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<RunType>("runType");
    QTest::addColumn<Method>("method");
    const auto row = [](const char *from, const char *to, RunType runType, Method method) {
        QTest::addRow("%s %s %s %s", from, to, qPrintable(kwup::toString(runType)),
                      qPrintable(kwup::toString(method)))
            << QString(QLatin1String(from)) << QString(QLatin1String(to)) << runType << method;
    };
    using enum RunType;
    row("2.0.4", "2.1.0", Single, Method::ScriptSingle);
    row("2.0", "2.1.0", MultiReplication, Method::ExportImport);
    row("2.0.3.2", "2.1.0", SingleReplication, Method::ExportImport);
    row("2.0.4", "2.1.0", MultiReplication, Method::ExportImport);
    row("2.1.0", "2.2.0", Single, Method::ScriptSingle);
    row("2.1.0", "2.2.0", MultiReplication, Method::ScriptRolling);
    row("2.1.0", "2.2.0", SingleReplication, Method::ScriptOfflineCluster);
    row("2.0.4", "2.2.0", Single, Method::ExportImport);
    row("2.2.0", "2.2.1", Single, Method::ScriptSingle);
    row("2.2.0", "2.2.1", MultiReplication, Method::ScriptRolling);
    row("2.2.0", "2.2.1", MultiReplication, Method::ScriptLive);
    row("2.2.0", "2.2.1", SingleReplication, Method::ScriptOfflineCluster);
    row("2.2.0", "2.2.1", Single, Method::Source);
    row("2.2.0", "2.2.1", Single, Method::Compose);
    row("2.2.0", "2.2.1", Single, Method::DockerRunInsecure);
    row("2.2.0", "2.2.1", Single, Method::DockerRunSecure);
    row("2.1.0", "2.2.1", MultiReplication, Method::ExportImport);
    row("2.1.1", "2.2.1", Single, Method::ExportImport);
    row("2.0.3.2", "2.2.1", MultiReplication, Method::ExportImport);
    row("2.2.0", "2.2.2", MultiReplication, Method::ScriptRolling);
    row("2.2.1", "2.2.2", Single, Method::ScriptSingle);
    row("2.2.1", "2.2.2", SingleReplication, Method::ScriptOfflineCluster);
    row("2.2.1", "3.0.0", MultiReplication, Method::ExportImport);
    row("1.2.1", "3.0.0", Single, Method::ExportImport);
    row("3.0.0", "3.1.0", MultiReplication, Method::ScriptRolling);
    row("2.2.2", "3.1.0", Single, Method::ExportImport);
    row("3.0.0", "3.2.0", Single, Method::Compose);
    row("3.1.0", "3.2.0", MultiReplication, Method::Compose);
    row("2.2.1", "3.2.0", Single, Method::ExportImport);
    row("3.0.0", "3.2.1", Single, Method::DockerRunSecure);
    row("3.1.0", "3.2.1", SingleReplication, Method::Compose);
    row("3.2.0", "3.2.1", MultiReplication, Method::Compose);
    row("2.2.1", "3.2.1", MultiReplication, Method::ExportImport);
}

void tst_VersionPath::documentedPathsOfTheVendor()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(RunType, runType);
    QFETCH(Method, method);
    const auto found = VersionPaths::builtIn().verdict(version(from), version(to), runType, method);
    QCOMPARE(found.kind, Kind::Documented);
    QVERIFY(!found.source.isEmpty());
    QVERIFY(found.methods.contains(method));
    QVERIFY(found.hops.isEmpty());
}

void tst_VersionPath::whatTheTableDoesNotKnowIsNotDocumented_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("future") << "2.2.1"
                            << "4.0.0";
    QTest::newRow("unknown release") << "2.2.1"
                                     << "2.3.0";
    QTest::newRow("3.0.1 is not in any guide") << "3.0.0"
                                               << "3.0.1";
    QTest::newRow("from an unknown release") << "3.0.1"
                                             << "3.1.0";
    QTest::newRow("old to 2.2.2") << "2.0.3"
                                  << "2.2.2";
    QTest::newRow("2.10 is not 2.1") << "2.10.0"
                                     << "2.11.0";
}

void tst_VersionPath::whatTheTableDoesNotKnowIsNotDocumented()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    for (const auto method : {Method::ScriptSingle, Method::Source, Method::Compose}) {
        const auto found =
            VersionPaths::builtIn().verdict(version(from), version(to), RunType::Single, method);
        QCOMPARE(found.kind, Kind::NotDocumented);
        QVERIFY(found.methods.isEmpty() && found.hops.isEmpty());
    }
}

void tst_VersionPath::severalHopsAreListedInOrder()
{
    const auto single = verdict("2.0.4", "2.2.2", RunType::Single, Method::ScriptSingle);
    QCOMPARE(single.kind, Kind::SeveralHops);
    QCOMPARE(
        single.hops,
        (QStringList{QStringLiteral("2.1.0"), QStringLiteral("2.2.0"), QStringLiteral("2.2.2")}));
    const auto rolling =
        verdict("2.1.0", "2.2.2", RunType::MultiReplication, Method::ScriptRolling);
    QCOMPARE(rolling.kind, Kind::SeveralHops);
    QCOMPARE(rolling.hops, (QStringList{QStringLiteral("2.2.0"), QStringLiteral("2.2.2")}));
    // No documented way in place out of 2.0 for clusters.
    QCOMPARE(verdict("2.0.4", "2.2.2", RunType::MultiReplication, Method::ScriptRolling).kind,
             Kind::NotDocumented);
}

void tst_VersionPath::theDirectHopFrom210To221ByScriptIsNotDocumented()
{
    const auto found = verdict("2.1.0", "2.2.1", RunType::MultiReplication, Method::ScriptRolling);
    QCOMPARE(found.kind, Kind::SeveralHops);
    QCOMPARE(found.hops, (QStringList{QStringLiteral("2.2.0"), QStringLiteral("2.2.1")}));
    QVERIFY(found.methods == QList<Method>{Method::ExportImport});
}

void tst_VersionPath::anotherMethodIsOffered()
{
    const auto found = verdict("2.2.1", "3.0.0", RunType::MultiReplication, Method::ScriptRolling);
    QCOMPARE(found.kind, Kind::OtherMethod);
    QVERIFY(found.methods == QList<Method>{Method::ExportImport});
    const auto single = verdict("2.2.0", "2.2.1", RunType::Single, Method::ScriptRolling);
    QCOMPARE(single.kind, Kind::OtherMethod);
    QVERIFY(single.methods.contains(Method::ScriptSingle));
    QCOMPARE(verdict("2.2.0", "2.2.1", RunType::SingleReplication, Method::ScriptLive).kind,
             Kind::OtherMethod);
    QCOMPARE(verdict("3.0.0", "3.2.0", RunType::MultiReplication, Method::ScriptRolling).kind,
             Kind::OtherMethod);
}

void tst_VersionPath::sameAndOlder()
{
    QCOMPARE(verdict("2.2.1", "2.2.1", RunType::Single, Method::ScriptSingle).kind, Kind::Same);
    const auto older = verdict("2.2.1", "2.2.0", RunType::Single, Method::ScriptSingle);
    QCOMPARE(older.kind, Kind::Older);
    QVERIFY(older.methods == QList<Method>{Method::Restore});
    QVERIFY(!older.note.isEmpty());
    QCOMPARE(verdict("2.10.0", "2.2.0", RunType::Single, Method::ScriptSingle).kind, Kind::Older);
}

void tst_VersionPath::buildsOfOneVersion_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("note");
    const auto accepted = QStringLiteral("extension-not-documented");
    const auto refused = QStringLiteral("extension-refused-by-script");
    const auto back = QStringLiteral("restore-only");
    const auto row = [](const char *from, const char *to, Kind kind, const QString &note) {
        QTest::addRow("%s to %s", from, to)
            << QString(QLatin1String(from)) << QString(QLatin1String(to)) << static_cast<int>(kind)
            << note;
    };
    row("", "hotfix1", Kind::NotDocumented, accepted);
    row("", "beta1", Kind::Older, back);
    row("alpha1", "beta1", Kind::NotDocumented, accepted);
    row("beta1", "beta2", Kind::NotDocumented, accepted);
    row("beta1", "", Kind::NotDocumented, accepted);
    row("beta2", "beta1", Kind::Older, back);
    row("beta1", "alpha2", Kind::Older, back);
    row("hotfix1", "", Kind::Older, back);
    row("hotfix1", "beta1", Kind::Older, back);
    row("hotfix1", "hotfix2", Kind::NotDocumented, refused);
    row("hotfix2", "hotfix1", Kind::Older, back);
    row("patch1", "patch2", Kind::NotDocumented, accepted);
    row("patch2", "patch1", Kind::Older, back);
    row("hotfix1", "patch1", Kind::NotDocumented, refused);
    row("hotfix1beta1", "hotfix1", Kind::NotDocumented, accepted);
    row("hotfix1", "hotfix1beta1", Kind::Older, back);
    row("hotfix1", "hotfix1", Kind::Same, {});
}

void tst_VersionPath::buildsOfOneVersion()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(int, kind);
    QFETCH(QString, note);
    const QString base = QStringLiteral("2.2.1");
    const auto found = VersionPaths::builtIn().verdict({base, from}, {base, to}, RunType::Single,
                                                       Method::ScriptSingle);
    QCOMPARE(static_cast<int>(found.kind), kind);
    QCOMPARE(found.note, note.isEmpty() ? QString() : versionPathNote(note));
}

void tst_VersionPath::notesBecomeSentences()
{
    const auto found = verdict("2.0.4", "2.1.0", RunType::Single, Method::ScriptSingle);
    QCOMPARE(found.note, versionPathNote(QStringLiteral("alter-tag")));
    QVERIFY(found.note.contains(QLatin1String("alter_tag")));
    QVERIFY(verdict("2.2.0", "2.2.1", RunType::Single, Method::ScriptSingle).note.isEmpty());
}

void tst_VersionPath::brokenTablesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("not JSON") << QByteArray("rows");
    QTest::newRow("no rows") << QByteArray("{}");
    QTest::newRow("no source") << QByteArray(
        R"({"rows":[{"from":"1","to":"2.0","methods":["source"]}]})");
    QTest::newRow("method") << QByteArray(
        R"({"rows":[{"from":"1","to":"2.0","source":"x","methods":["y"]}]})");
    QTest::newRow("no method") << QByteArray(
        R"({"rows":[{"from":"1","to":"2.0","source":"x","methods":[]}]})");
    QTest::newRow("run type") << QByteArray(
        R"({"rows":[{"from":"1","to":"2.0","source":"x","methods":["source"],"runTypes":["y"]}]})");
}

void tst_VersionPath::brokenTablesAreRefused()
{
    QFETCH(QByteArray, json);
    const auto table = VersionPaths::load(json);
    QVERIFY(!table.has_value());
    QCOMPARE(table.error().code, ErrorCode::ImportInvalid);
}

void tst_VersionPath::methodNamesReadBack()
{
    for (int i = 0; i <= static_cast<int>(Method::Restore); ++i) {
        const auto method = static_cast<Method>(i);
        QVERIFY(!kwup::toString(method).isEmpty());
        QVERIFY(methodFromString(kwup::toString(method)) == method);
    }
    QVERIFY(!methodFromString(QStringLiteral("magic")));
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_VersionPath)
#include "tst_VersionPath.moc"
