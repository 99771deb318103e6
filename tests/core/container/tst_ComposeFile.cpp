#include "core/container/ComposeFile.h"

#include <QTest>

namespace kwup::test {

namespace {

const QString Old = QStringLiteral("kwdb/kwdb:2.2.0");
const QString New = QStringLiteral("kwdb/kwdb:2.2.1");

ComposeProject project(const QByteArray &yaml, const QByteArray &environment = {})
{
    ComposeProject made;
    made.files = {{QStringLiteral("/srv/docker-compose.yml"), yaml, true}};
    if (!environment.isNull())
        made.environment = ComposeSource{QStringLiteral("/srv/.env"), environment, true};
    made.service = QStringLiteral("kwdb");
    return made;
}

/// All bytes of the project after the edit.
QByteArray after(const ComposeProject &before, const ComposeEdit &result)
{
    if (!result.edit)
        return "no edit: " + result.problem.toUtf8() + ' ' + result.args.join(u' ').toUtf8();
    const ComposeProject changed = edited(before, *result.edit);
    QByteArray all;
    for (const auto &file : changed.files)
        all += file.content;
    return changed.environment ? all + changed.environment->content : all;
}

} // namespace

class TestComposeFile : public QObject {
    Q_OBJECT

private slots:
    void onlyTheImageValueIsChanged_data();
    void onlyTheImageValueIsChanged();
    void variablesAreChangedWhereTheyAreSet_data();
    void variablesAreChangedWhereTheyAreSet();
    void whatCannotBeEditedSafelyIsNamed_data();
    void whatCannotBeEditedSafelyIsNamed();
    void theLastFileThatNamesTheImageIsEdited();
    void nothingIsChangedWhenTheFileIsThereAlready();
    void aSecondServiceOfTheSameImageIsLeftAlone();
    void aMountIsAddedBeforeTheOthers_data();
    void aMountIsAddedBeforeTheOthers();
    void aMountThatCannotBeAddedIsNamed_data();
    void aMountThatCannotBeAddedIsNamed();
    void anEditIsUndoneByItsReverse();
    void damagedFilesGiveAProblemAndNoCrash();
};

void TestComposeFile::onlyTheImageValueIsChanged_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char *name, const QByteArray &yaml) { QTest::newRow(name) << yaml; };
    row("plain", "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0 # keep\n    tty: true\n");
    row("single quotes", "services:\n  kwdb:\n    image: 'kwdb/kwdb:2.2.0'\n");
    row("double quotes", "services: {kwdb: {image: \"kwdb/kwdb:2.2.0\", tty: true}}\n");
    row("flow", "services: {kwdb: {tty: true, image: kwdb/kwdb:2.2.0}}\n");
    row("CRLF",
        "services:\r\n  kwdb:\r\n    # a\r\n    image:   kwdb/kwdb:2.2.0\r\n    tty: true\r\n");
    row("byte order mark", "\xef\xbb\xbfservices:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n");
    row("byte order mark and CRLF",
        "\xef\xbb\xbfversion: '3'\r\nservices:\r\n  kwdb:\r\n    image: kwdb/kwdb:2.2.0\r\n");
    row("Chinese comments",
        "# \xe6\x95\xb0\xe6\x8d\xae\xe5\xba\x93\nservices: # \xe6\x9c\x8d\xe5\x8a\xa1\n  kwdb:\n   "
        " image: kwdb/kwdb:2.2.0 # \xe9\x95\x9c\xe5\x83\x8f\n");
    row("anchor before the value",
        "services:\n  kwdb:\n    image: &i kwdb/kwdb:2.2.0\n    tty: true\n");
    row("tag before the value", "services:\n  kwdb:\n    image: !!str kwdb/kwdb:2.2.0\n");
    row("merge key used once",
        "x-base: &base\n  image: kwdb/kwdb:2.2.0\n  tty: true\nservices:\n  kwdb:\n    <<: *base\n "
        " web:\n    image: nginx\n");
    row("extends here",
        "services:\n  base:\n    tty: true\n  kwdb:\n    extends: base\n    image: "
        "kwdb/kwdb:2.2.0\n");
    row("tab in a comment and after the colon",
        "services:\n  kwdb:\n    image:\tkwdb/kwdb:2.2.0\t# x\n");
    row("no line end", "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0");
    row("value on its own line",
        "services:\n  kwdb:\n    image:\n      kwdb/kwdb:2.2.0\n    tty: true\n");
}

void TestComposeFile::onlyTheImageValueIsChanged()
{
    QFETCH(QByteArray, yaml);
    const ComposeProject before = project(yaml);
    const auto result = composeImageEdit(before, Old, New);
    QCOMPARE(after(before, result), QByteArray(yaml).replace("kwdb:2.2.0", "kwdb:2.2.1"));
}

void TestComposeFile::variablesAreChangedWhereTheyAreSet_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray tag = "services:\n  kwdb:\n    image: kwdb/kwdb:${TAG:-2.2.0}\n";
    const QByteArray whole =
        "services:\n  kwdb:\n    image: $KWDB_IMAGE\n  web:\n    image: nginx\n";
    QTest::newRow("tag in .env") << tag << QByteArray("# x\r\nA=1\r\nTAG=2.2.0\r\nB=2\r\n")
                                 << tag + "# x\r\nA=1\r\nTAG=2.2.1\r\nB=2\r\n";
    QTest::newRow("quoted with a comment") << tag << QByteArray("export TAG = \"2.2.0\" # now\n")
                                           << tag + "export TAG = \"2.2.1\" # now\n";
    QTest::newRow("set twice, the last counts")
        << tag << QByteArray("TAG=1\nTAG=2.2.0\n") << tag + "TAG=1\nTAG=2.2.1\n";
    QTest::newRow("default") << tag << QByteArray("OTHER=1\n")
                             << QByteArray(tag).replace("2.2.0", "2.2.1") + "OTHER=1\n";
    QTest::newRow("whole image") << whole << QByteArray("\xef\xbb\xbfKWDB_IMAGE=kwdb/kwdb:2.2.0")
                                 << whole + "\xef\xbb\xbfKWDB_IMAGE=kwdb/kwdb:2.2.1";
    const QByteArray shared =
        "services:\n  kwdb:\n    image: kwdb/kwdb:${TAG}\n  web:\n    image: web:${TAG}\n";
    QTest::newRow("used by another service too")
        << shared << QByteArray("TAG=2.2.0\n")
        << QByteArray(shared).replace("kwdb/kwdb:${TAG}", "kwdb/kwdb:2.2.1") + "TAG=2.2.0\n";
    const QByteArray other = "services:\n  kwdb:\n    image: \"${REG}/kwdb:2.2.0\"\n";
    QTest::newRow("another part of the value")
        << other << QByteArray("REG=kwdb\n")
        << QByteArray("services:\n  kwdb:\n    image: \"kwdb/kwdb:2.2.1\"\nREG=kwdb\n");
}

void TestComposeFile::variablesAreChangedWhereTheyAreSet()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, environment);
    const ComposeProject before = project(yaml, environment);
    const auto result = composeImageEdit(before, Old, New);
    QTEST(after(before, result), "expected");
}

void TestComposeFile::whatCannotBeEditedSafelyIsNamed_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &yaml, const char *problem) {
        QTest::newRow(name) << yaml << problem;
    };
    row("tab as indentation", "services:\n\tkwdb:\n\t\timage: kwdb/kwdb:2.2.0\n", "unparsable");
    row("not closed", "services: {kwdb: {image: \"kwdb", "unparsable");
    QByteArray laughs = "a0: &a0 [x, x]\n";
    for (int i = 1; i < 30; ++i)
        laughs += QByteArray("a%1: &a%1 [*a%2, *a%2]\n")
                      .replace("%1", QByteArray::number(i))
                      .replace("%2", QByteArray::number(i - 1));
    QTest::newRow("a billion laughs") << laughs + "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n"
                                      << QStringLiteral("unparsable");
    row("no services", "a: 1\n", "service-missing");
    row("a list", "- a\n- b\n", "service-missing");
    row("empty", "", "service-missing");
    row("another service only", "services:\n  web:\n    image: kwdb/kwdb:2.2.0\n",
        "service-missing");
    row("built, not pulled", "services:\n  kwdb:\n    build: .\n", "image-missing");
    row("image in another file",
        "services:\n  kwdb:\n    extends:\n      file: base.yml\n      service: x\n",
        "image-missing");
    row("image is a map", "services:\n  kwdb:\n    image: {a: b}\n", "image-missing");
    row("two services share an anchor",
        "x: &i kwdb/kwdb:2.2.0\nservices:\n  kwdb:\n    image: *i\n  kwdb2:\n    image: *i\n",
        "shared");
    row("two services share a merge",
        "x: &b\n  image: kwdb/kwdb:2.2.0\nservices:\n  kwdb:\n    <<: *b\n  kwdb2:\n    <<: *b\n",
        "shared");
    row("another service extends it",
        "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n  two:\n    extends: {service: kwdb}\n",
        "shared");
    row("something else is an alias of it",
        "services:\n  kwdb:\n    image: &i kwdb/kwdb:2.2.0\n    labels:\n      was: *i\n", "style");
    row("block scalar", "services:\n  kwdb:\n    image: >-\n      kwdb/kwdb:2.2.0\n", "style");
    row("escapes", "services:\n  kwdb:\n    image: \"kwdb\\x2fkwdb:2.2.0\"\n", "style");
    row("changed since the start", "services:\n  kwdb:\n    image: kwdb/kwdb:2.1.0\n", "differs");
    row("variable from elsewhere", "services:\n  kwdb:\n    image: kwdb/kwdb:${TAG}\n", "differs");
    row("variable that must be set", "services:\n  kwdb:\n    image: kwdb/kwdb:${TAG:?no tag}\n",
        "differs");
}

void TestComposeFile::whatCannotBeEditedSafelyIsNamed()
{
    QFETCH(QByteArray, yaml);
    const auto result = composeImageEdit(project(yaml), Old, New);
    QTEST(result.problem, "problem");
    QVERIFY(!result.edit);
    QVERIFY(!result.args.isEmpty());
}

void TestComposeFile::theLastFileThatNamesTheImageIsEdited()
{
    ComposeProject both = project("services:\n  kwdb:\n    image: kwdb/kwdb:2.1.0\n");
    both.files.append({QStringLiteral("/srv/override.yml"),
                       "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n", true});
    both.files.append(
        {QStringLiteral("/srv/more.yml"), "services:\n  web:\n    tty: true\n", true});
    const auto result = composeImageEdit(both, Old, New);
    QVERIFY(result.edit.has_value());
    QCOMPARE(result.edit->path, QStringLiteral("/srv/override.yml"));
    both.files[1].isWritable = false;
    QCOMPARE(composeImageEdit(both, Old, New).problem, QStringLiteral("read-only"));
}

void TestComposeFile::nothingIsChangedWhenTheFileIsThereAlready()
{
    const auto result =
        composeImageEdit(project("services:\n  kwdb:\n    image: kwdb/kwdb:2.2.1\n"), Old, New);
    QVERIFY(result.problem.isEmpty());
    QVERIFY(!result.edit);
}

void TestComposeFile::aSecondServiceOfTheSameImageIsLeftAlone()
{
    const QByteArray first = "services:\n  other:\n    image: kwdb/kwdb:2.2.0\n";
    const ComposeProject two = project(first + "  kwdb:\n    image: kwdb/kwdb:2.2.0\n");
    QCOMPARE(after(two, composeImageEdit(two, Old, New)),
             first + "  kwdb:\n    image: kwdb/kwdb:2.2.1\n");
}

void TestComposeFile::aMountIsAddedBeforeTheOthers_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray head = "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n";
    QTest::newRow("list") << head + "    volumes:\n      - /dev:/dev # d\n"
                          << head
            + "    volumes:\n      - \"/data/k:/kaiwudb/d\"\n      - /dev:/dev # d\n";
    QTest::newRow("list at the key's own depth")
        << head + "    volumes:\n    - type: bind\n      source: /dev\n      target: /dev\n"
        << head
            + "    volumes:\n    - \"/data/k:/kaiwudb/d\"\n    - type: bind\n      source: /dev\n  "
              "    target: /dev\n";
    QTest::newRow("flow") << head + "    volumes: [/dev:/dev]\n"
                          << head + "    volumes: [\"/data/k:/kaiwudb/d\", /dev:/dev]\n";
    QTest::newRow("none") << head
                          << QByteArray("services:\n  kwdb:\n    volumes:\n      - "
                                        "\"/data/k:/kaiwudb/d\"\n    image: kwdb/kwdb:2.2.0\n");
    QTest::newRow("CRLF") << QByteArray("services:\r\n  kwdb:\r\n    image: kwdb/kwdb:2.2.0\r\n")
                          << QByteArray("services:\r\n  kwdb:\r\n    volumes:\r\n      - "
                                        "\"/data/k:/kaiwudb/d\"\r\n    image: kwdb/kwdb:2.2.0\r\n");
}

void TestComposeFile::aMountIsAddedBeforeTheOthers()
{
    QFETCH(QByteArray, yaml);
    const ComposeProject before = project(yaml);
    const auto result =
        composeMountEdit(before, QStringLiteral("/data/k"), QStringLiteral("/kaiwudb/d"));
    QTEST(after(before, result), "expected");
}

void TestComposeFile::aMountThatCannotBeAddedIsNamed_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("path");
    const QByteArray head = "services:\n  kwdb:\n    image: kwdb/kwdb:2.2.0\n";
    QTest::newRow("volumes of an anchor")
        << "x: &v\n  - /dev:/dev\n" + head + "    volumes: *v\n  two:\n    volumes: *v\n"
        << "/data";
    QTest::newRow("service in one line")
        << QByteArray("services: {kwdb: {image: 'kwdb/kwdb:2.2.0'}}\n") << "/data";
    QTest::newRow("volumes are text") << head + "    volumes: /dev\n"
                                      << "/data";
    QTest::newRow("colon in the path") << head << "/da:ta";
    QTest::newRow("quote in the path") << head << "/da\"ta";
    QTest::newRow("variable in the path") << head << "/da$ta";
    QTest::newRow("line feed in the path") << head << "/da\nta";
}

void TestComposeFile::aMountThatCannotBeAddedIsNamed()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, path);
    const auto result = composeMountEdit(project(yaml), path, QStringLiteral("/kaiwudb/d"));
    QVERIFY2(!result.edit, after(project(yaml), result).constData());
    QCOMPARE(result.problem, QStringLiteral("style"));
}

void TestComposeFile::anEditIsUndoneByItsReverse()
{
    const QByteArray yaml = "services:\n  kwdb:\n    image: 'kwdb/kwdb:2.2.0' # x\n";
    const auto result = composeImageEdit(project(yaml), Old, New);
    QVERIFY(result.edit.has_value());
    const QByteArray changed = result.edit->applied(yaml);
    QCOMPARE(result.edit->reversed().applied(changed), yaml);
    QVERIFY(result.edit->applied(changed).isNull());
}

void TestComposeFile::damagedFilesGiveAProblemAndNoCrash()
{
    const QByteArray whole = "x: &b {image: \"kwdb/kwdb:2.2.0\"}\nservices:\n  kwdb:\n    <<: *b\n"
                             "    volumes: [a, {b: c}]\n  web: {extends: kwdb}\n";
    const QByteArray noise = QByteArray("\0\t\xff&*![]{}:-?|>%@`\"'\n", 21);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        (void)composeImageEdit(project(whole.left(i)), Old, New);
        for (const char byte : noise) {
            QByteArray damaged = whole;
            damaged[i] = byte;
            const auto result = composeImageEdit(project(damaged), Old, New);
            if (result.edit)
                QVERIFY(!result.edit->applied(damaged).isNull());
            (void)composeMountEdit(project(damaged), QStringLiteral("/a"), QStringLiteral("/b"));
        }
    }
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestComposeFile)
#include "tst_ComposeFile.moc"
