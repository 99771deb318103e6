#include "core/kwdb/Types.h"
#include "core/kwdb/Version.h"

#include <QTest>

namespace kwup::test {

class tst_Version final : public QObject {
    Q_OBJECT

private slots:
    void buildTagsAreReadAsBaseAndExtension_data();
    void buildTagsAreReadAsBaseAndExtension();
    void versionFilesAreRead_data();
    void versionFilesAreRead();
    void basesAreComparedAsNumbers_data();
    void basesAreComparedAsNumbers();
    void textReadsBackAsTheSameVersion();
    void namesOfDeploymentRunTypeAndSecurityReadBack();
};

void tst_Version::buildTagsAreReadAsBaseAndExtension_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("expected");
    QTest::newRow("recorded") << "V2.2.1"
                              << "2.2.1";
    QTest::newRow("without V") << "2.2.0"
                               << "2.2.0";
    QTest::newRow("four parts") << "2.0.3.2"
                                << "2.0.3.2";
    QTest::newRow("git describe") << "V2.2.1-3-gabcdef"
                                  << "2.2.1";
    QTest::newRow("hotfix") << "2.1.1hotfix1"
                            << "2.1.1 hotfix1";
    QTest::newRow("hotfix beta") << "v2.1.1hotfix1beta2"
                                 << "2.1.1 hotfix1beta2";
    QTest::newRow("blank around") << " V3.0.0 \n"
                                  << "3.0.0";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("word") << "unknown"
                          << "";
    QTest::newRow("one number") << "2"
                                << "";
    QTest::newRow("shell in it") << "2.2.1;reboot"
                                 << "";
}

void tst_Version::buildTagsAreReadAsBaseAndExtension()
{
    QFETCH(QString, tag);
    QFETCH(QString, expected);
    const auto version = KwdbVersion::fromBuildTag(tag);
    QCOMPARE(version.has_value(), !expected.isEmpty());
    if (version)
        QCOMPARE(version->toString(), expected);
}

void tst_Version::versionFilesAreRead_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one line") << QByteArray("2.2.1\n") << "2.2.1";
    QTest::newRow("no line feed") << QByteArray("2.2.1") << "2.2.1";
    QTest::newRow("CRLF and V") << QByteArray("V2.2.1\r\nhotfix2\r\n") << "2.2.1 hotfix2";
    QTest::newRow("two lines") << QByteArray("2.2.0\nbeta1\n") << "2.2.0 beta1";
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "2.2.0\n")
                                     << "2.2.0";
    QTest::newRow("empty second line") << QByteArray("2.2.0\n\n") << "2.2.0";
    QTest::newRow("empty") << QByteArray() << "";
    QTest::newRow("junk") << QByteArray("\x1b[31mfoo") << "";
    QTest::newRow("junk extension") << QByteArray("2.2.0\nrm -rf /\n") << "";
}

void tst_Version::versionFilesAreRead()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    const auto version = KwdbVersion::fromVersionFile(content);
    QCOMPARE(version.has_value(), !expected.isEmpty());
    if (version)
        QCOMPARE(version->toString(), expected);
}

void tst_Version::basesAreComparedAsNumbers_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("order");
    QTest::newRow("ten is more than two") << "2.10.0"
                                          << "2.2.0" << 1;
    QTest::newRow("equal") << "2.2.0"
                           << "2.2.0" << 0;
    QTest::newRow("missing part is zero") << "2.0"
                                          << "2.0.0" << 0;
    QTest::newRow("fourth part") << "2.0.3.2"
                                 << "2.0.4" << -1;
}

void tst_Version::basesAreComparedAsNumbers()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, order);
    const auto found = compareBase({a, {}}, {b, QStringLiteral("hotfix9")});
    QCOMPARE(found < 0 ? -1 : (found > 0 ? 1 : 0), order);
}

void tst_Version::textReadsBackAsTheSameVersion()
{
    const KwdbVersion version{QStringLiteral("2.2.1"), QStringLiteral("hotfix1")};
    QCOMPARE(KwdbVersion::fromBuildTag(version.toString()).value_or(KwdbVersion()), version);
}

void tst_Version::namesOfDeploymentRunTypeAndSecurityReadBack()
{
    for (int i = 0; i <= static_cast<int>(Deployment::Source); ++i) {
        const auto value = static_cast<Deployment>(i);
        QVERIFY(!toString(value).isEmpty());
        QVERIFY(deploymentFromString(toString(value)) == value);
    }
    for (int i = 0; i <= static_cast<int>(RunType::MultiReplication); ++i) {
        const auto value = static_cast<RunType>(i);
        QVERIFY(runTypeFromString(toString(value)) == value);
    }
    for (int i = 0; i <= static_cast<int>(SecurityMode::Tlcp); ++i) {
        const auto value = static_cast<SecurityMode>(i);
        QVERIFY(securityModeFromString(toString(value)) == value);
    }
    QVERIFY(!deploymentFromString(QStringLiteral("bare")));
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_Version)
#include "tst_Version.moc"
