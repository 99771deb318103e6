#include "core/container/ImageReference.h"

#include <QTest>

namespace kwup::test {

class TestImageReference : public QObject {
    Q_OBJECT

private slots:
    void namesTagsAndDigestsAreTakenApart_data();
    void namesTagsAndDigestsAreTakenApart();
    void whatDockerRefusesIsRefused_data();
    void whatDockerRefusesIsRefused();
    void theVersionIsReadFromTheTag_data();
    void theVersionIsReadFromTheTag();
};

void TestImageReference::namesTagsAndDigestsAreTakenApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("tag");
    const QString digest = QStringLiteral("sha256:") + QString(64, u'a');
    QTest::newRow("plain") << "kwdb"
                           << "kwdb"
                           << "";
    QTest::newRow("tag") << "kwdb/kwdb:2.2.1"
                         << "kwdb/kwdb"
                         << "2.2.1";
    QTest::newRow("registry with port") << "reg.local:5000/a/b:x"
                                        << "reg.local:5000/a/b"
                                        << "x";
    QTest::newRow("port without tag") << "localhost:5000/kwdb"
                                      << "localhost:5000/kwdb"
                                      << "";
    QTest::newRow("digest") << QStringLiteral("kwdb@") + digest << "kwdb"
                            << "";
    QTest::newRow("both") << QStringLiteral("kwdb:1@") + digest << "kwdb"
                          << "1";
}

void TestImageReference::namesTagsAndDigestsAreTakenApart()
{
    QFETCH(QString, text);
    const auto reference = ImageReference::parse(text);
    QVERIFY(reference.has_value());
    QTEST(reference->name, "name");
    QTEST(reference->tag, "tag");
    QCOMPARE(reference->toString(), text);
}

void TestImageReference::whatDockerRefusesIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("capital") << "Kwdb/kwdb:1";
    QTest::newRow("escaped dollar of the guide") << "$kwdb_image";
    QTest::newRow("blank") << "kwdb :1";
    QTest::newRow("line feed") << "kwdb:1\n";
    QTest::newRow("command") << "kwdb:1;id";
    QTest::newRow("quote") << "kwdb:'1'";
    QTest::newRow("option") << "--privileged";
    QTest::newRow("no tag after the colon") << "kwdb:";
    QTest::newRow("long tag") << QStringLiteral("kwdb:") + QString(129, u'a');
    QTest::newRow("endless") << QString(100000, u'a');
}

void TestImageReference::whatDockerRefusesIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(!ImageReference::parse(text));
}

void TestImageReference::theVersionIsReadFromTheTag_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("version");
    QTest::newRow("plain") << "2.2.1"
                           << "2.2.1";
    QTest::newRow("letter") << "V2.2.1"
                            << "2.2.1";
    QTest::newRow("architecture") << "2.2.1-x86_64"
                                  << "2.2.1";
    QTest::newRow("hotfix") << "2.2.1-hotfix1"
                            << "2.2.1 hotfix1";
    QTest::newRow("word") << "latest"
                          << "";
    QTest::newRow("two numbers") << "2.2"
                                 << "";
}

void TestImageReference::theVersionIsReadFromTheTag()
{
    QFETCH(QString, tag);
    const auto version = ImageReference{QStringLiteral("kwdb"), tag, {}}.version();
    QTEST(version ? version->toString() : QString(), "version");
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestImageReference)
#include "tst_ImageReference.moc"
