#include "core/package/PackageInfo.h"
#include "tests/core/package/ReleaseArchive.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;
using Type = ArchiveEntry::Type;

class TestImageArchive : public QObject {
    Q_OBJECT

private slots:
    void archivesOfDockerSaveAreRead_data();
    void archivesOfDockerSaveAreRead();
    void severalTagsNeedAChoice();
    void anImageWithoutATagNeedsAName();
    void aTagWithoutAVersionNeedsOne();
    void aReferenceAloneIsEnough();
    void damagedArchivesAreRefused_data();
    void damagedArchivesAreRefused();

private:
    static ArchiveEntries image(const QByteArray &tags, const QByteArray &architecture = "amd64")
    {
        return {
            {"l/layer.tar", "not read"},
            {"m/layer.tar", "../l/layer.tar", Type::SymbolicLink},
            {"c.json", "{\"architecture\":\"" + architecture + "\"}"},
            {"manifest.json",
             "[{\"Config\":\"c.json\",\"RepoTags\":" + tags + ",\"Layers\":[\"l/layer.tar\"]}]"}};
    }
    Result<PackageInfo> inspect(const QByteArray &bytes)
    {
        QFile file(m_directory.filePath(u"image.tar"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        file.close();
        return inspectPackage(file.fileName(), {}, {});
    }
    Result<PackageInfo> inspect(const ArchiveEntries &entries)
    {
        return inspect(tarOf(entries, Packing::None));
    }

    QTemporaryDir m_directory;
};

void TestImageArchive::archivesOfDockerSaveAreRead_data()
{
    QTest::addColumn<bool>("isCompressed");
    QTest::newRow(".tar") << false;
    QTest::newRow(".tar.gz") << true;
}

void TestImageArchive::archivesOfDockerSaveAreRead()
{
    QFETCH(bool, isCompressed);
    const auto info = inspect(
        tarOf(image(R"(["kwdb/kwdb:2.2.1"])"), isCompressed ? Packing::Gzip : Packing::None));
    QVERIFY2(info, info ? "" : qPrintable(describe(info.error())));
    QVERIFY(info->kind == PackageKind::Image);
    QCOMPARE(info->architecture, u"x86_64"_s);
    QCOMPARE(info->version.toString(), u"2.2.1"_s);
    QCOMPARE(info->image, u"kwdb/kwdb:2.2.1"_s);
    QCOMPARE(info->sha256.size(), 64);
}

void TestImageArchive::severalTagsNeedAChoice()
{
    const auto info = inspect(image(R"(["kwdb/kwdb:2.2.1","kwdb/kwdb:latest"])"));
    QVERIFY(info);
    QVERIFY(info->image.isEmpty());
    const auto none = chosenImage(*info, {}, {});
    QVERIFY(!none && none.error().code == ErrorCode::PackageAmbiguous);
    const auto chosen = chosenImage(*info, u"kwdb/kwdb:2.2.1"_s, {});
    QVERIFY(chosen);
    QCOMPARE(chosen->image, u"kwdb/kwdb:2.2.1"_s);
    const auto other = chosenImage(*info, u"kwdb/kwdb:2.2.2"_s, {});
    QVERIFY(!other && other.error().code == ErrorCode::PackageIncomplete);
}

void TestImageArchive::anImageWithoutATagNeedsAName()
{
    const auto info = inspect(image("null"));
    QVERIFY2(info, info ? "" : qPrintable(describe(info.error())));
    const auto none = chosenImage(*info, {}, {});
    QVERIFY(!none && none.error().code == ErrorCode::PackageIncomplete);
    QVERIFY(describe(none.error()).contains(u"\"image\""_s));
    QVERIFY(!chosenImage(*info, u"kwdb/kwdb"_s, {}));
    const auto chosen = chosenImage(*info, u"kwdb/kwdb:2.2.1"_s, {});
    QVERIFY(chosen);
    QCOMPARE(chosen->version.toString(), u"2.2.1"_s);
}

void TestImageArchive::aTagWithoutAVersionNeedsOne()
{
    const auto info = inspect(image(R"(["kwdb/kwdb:latest"])"));
    QVERIFY(info);
    const auto none = chosenImage(*info, {}, {});
    QVERIFY(!none && none.error().code == ErrorCode::PackageVersionMissing);
    const auto told = chosenImage(*info, {}, u"2.2.1"_s);
    QVERIFY(told);
    QCOMPARE(told->version.toString(), u"2.2.1"_s);
}

void TestImageArchive::aReferenceAloneIsEnough()
{
    const auto info = chosenImage(std::nullopt, u"registry.local:5000/kwdb:2.2.1"_s, {});
    QVERIFY(info);
    QVERIFY(info->kind == PackageKind::Image && info->file.isEmpty());
    QVERIFY(!chosenImage(std::nullopt, u"kwdb; id"_s, {}));
    QVERIFY(!chosenImage(std::nullopt, {}, {}));
}

void TestImageArchive::damagedArchivesAreRefused_data()
{
    QTest::addColumn<QByteArray>("archive");
    const QByteArray whole = tarOf(image(R"(["kwdb/kwdb:2.2.1"])"), Packing::None);
    QTest::newRow("cut") << whole.left(700);
    QTest::newRow("no configuration")
        << tarOf(without(image(R"(["kwdb/kwdb:2.2.1"])"), "c.json"), Packing::None);
    QTest::newRow("manifest is no JSON")
        << tarOf(with(image("null"), "manifest.json", "[{"), Packing::None);
    QTest::newRow("path upwards") << tarOf(
        ArchiveEntries{{"../manifest.json", "[]"}} + image("null"), Packing::None);
    QTest::newRow("a link of a release") << tarOf(
        release() + ArchiveEntries{{"kwdb_install/layer.tar", "/etc/passwd", Type::SymbolicLink}},
        Packing::Gzip);
}

void TestImageArchive::damagedArchivesAreRefused()
{
    QFETCH(QByteArray, archive);
    QVERIFY(!inspect(archive));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestImageArchive)
#include "tst_ImageArchive.moc"
