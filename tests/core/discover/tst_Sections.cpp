#include "core/discover/Sections.h"

#include <QProcess>
#include <QTest>

namespace kwup::test {

namespace {

QHash<QString, SectionOutput> run(const QList<Section> &sections, const QStringList &needed = {})
{
    const QString nonce = newNonce();
    QProcess process;
    process.start(QStringLiteral("/bin/sh"),
                  {QStringLiteral("-c"), sectionsScript(QString(), sections, nonce, needed)});
    if (!process.waitForFinished())
        return {};
    return splitSections(process.readAllStandardOutput(), process.readAllStandardError(), nonce);
}

} // namespace

class tst_Sections final : public QObject {
    Q_OBJECT

private slots:
    void outputIsKeptByteForByte();
    void aFailingSectionDoesNotEndTheOthers();
    void nothingFollowsANeededSectionThatFailed();
    void outputCutInTheMiddleLeavesTheRestUnknown();
    void framesOfAnotherRunAreText();
};

void tst_Sections::outputIsKeptByteForByte()
{
    const auto found =
        run({{QStringLiteral("a"), QStringLiteral("printf 'x\\n\\ny'; printf e >&2"), {}},
             {QStringLiteral("b"), QStringLiteral("shown"), QStringLiteral("printf '\\377\\n'")}});
    QCOMPARE(found.value(QStringLiteral("a")).out, QByteArray("x\n\ny"));
    QCOMPARE(found.value(QStringLiteral("a")).err, QByteArray("e"));
    QVERIFY(found.value(QStringLiteral("a")).succeeded());
    QCOMPARE(found.value(QStringLiteral("b")).out, QByteArray("\377\n"));
}

void tst_Sections::aFailingSectionDoesNotEndTheOthers()
{
    const auto found =
        run({{QStringLiteral("a"), QStringLiteral("echo half; exit 3"), {}},
             {QStringLiteral("b"), QStringLiteral("kill -9 $(exec sh -c 'echo $PPID')"), {}},
             {QStringLiteral("c"), QStringLiteral("cat; echo end"), {}}});
    QCOMPARE(found.value(QStringLiteral("a")).exitCode, 3);
    QCOMPARE(found.value(QStringLiteral("a")).out, QByteArray("half\n"));
    QVERIFY(!found.value(QStringLiteral("b")).succeeded());
    QCOMPARE(found.value(QStringLiteral("c")).out, QByteArray("end\n"));
}

void tst_Sections::nothingFollowsANeededSectionThatFailed()
{
    const auto found = run({{QStringLiteral("a"), QStringLiteral("echo why >&2; false"), {}},
                            {QStringLiteral("b"), QStringLiteral("true"), {}}},
                           {QStringLiteral("a")});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.value(QStringLiteral("a")).exitCode, 1);
    QCOMPARE(found.value(QStringLiteral("a")).evidence(), QByteArray("why\n"));
}

void tst_Sections::outputCutInTheMiddleLeavesTheRestUnknown()
{
    const QByteArray whole = "\n@N> a\none\n@N< a 0\n\n@N> b\ntwo\n@N< b 0\n";
    const auto found = splitSections(whole.left(whole.indexOf("two") + 2), {}, QStringLiteral("N"));
    QVERIFY(found.value(QStringLiteral("a")).succeeded());
    QCOMPARE(found.value(QStringLiteral("b")).exitCode, -1);
    QVERIFY(splitSections("noise of a login shell\n", {}, QStringLiteral("N")).isEmpty());
}

void tst_Sections::framesOfAnotherRunAreText()
{
    QVERIFY(newNonce() != newNonce());
    const auto found = splitSections("\n@N> a\nx\n@M< a 1\ny\n@N< a 0\n", {}, QStringLiteral("N"));
    QCOMPARE(found.value(QStringLiteral("a")).out, QByteArray("x\n@M< a 1\ny"));
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_Sections)
#include "tst_Sections.moc"
