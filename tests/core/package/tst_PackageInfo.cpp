#include "core/package/PackageInfo.h"

#include "tests/core/package/ReleaseArchive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kwup;
using namespace kwup::test;
using Type = ArchiveEntry::Type;

class PackageInfoTest : public QObject {
    Q_OBJECT

private slots:
    void aReleaseOfDebPackagesIsRead();
    void aReleaseOfRpmPackagesIsRead();
    void aContainerReleaseIsRead();
    void anImageThatIsNoImageHasNoArchitecture();
    void everyCompressionOfDebControlDataIsRead_data();
    void everyCompressionOfDebControlDataIsRead();
    void packagesOfTheRealToolsAreRead();
    void anArchivePackedFromADotIsRead();
    void theHashIsThatOfTheWholeFile();
    void progressReachesTheSize();
    void aPackageWithoutControlDataIsRefused();
    void whatIsMissingIsNamed_data();
    void whatIsMissingIsNamed();
    void aReleaseWithoutVersionFileIsRefused_data();
    void aReleaseWithoutVersionFileIsRefused();
    void whatThereIsTwiceIsNamed_data();
    void whatThereIsTwiceIsNamed();
    void twoArchitecturesOrTwoKindsAreAmbiguous();
    void theVersionMustFitThePackages_data();
    void theVersionMustFitThePackages();
    void theExtensionOfAVersionIsKept();
    void cancellingStopsTheReading();

private:
    QString fileWith(const QByteArray &bytes);
    Result<PackageInfo> inspect(const QByteArray &bytes);
    Result<PackageInfo> inspect(const ArchiveEntries &entries)
    {
        return inspect(tarOf(entries, Packing::Gzip));
    }

    QTemporaryDir m_directory;
};

namespace {

/// The sentence, for the message of a failed comparison.
QByteArray said(const Result<PackageInfo> &result)
{
    return result ? QByteArray("accepted") : describe(result.error()).toUtf8();
}

bool failsWith(const Result<PackageInfo> &result, ErrorCode code)
{
    return !result && result.error().code == code;
}

} // namespace

QString PackageInfoTest::fileWith(const QByteArray &bytes)
{
    const QString path = m_directory.filePath(QStringLiteral("KWDB.tar.gz"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

Result<PackageInfo> PackageInfoTest::inspect(const QByteArray &bytes)
{
    return inspectPackage(fileWith(bytes), {}, {});
}

void PackageInfoTest::aReleaseOfDebPackagesIsRead()
{
    const Result<PackageInfo> info = inspect(release());
    QVERIFY2(info, said(info).constData());
    QVERIFY(info->kind == PackageKind::BareDeb);
    QCOMPARE(info->version.toString(), QStringLiteral("2.2.1"));
    QCOMPARE(info->architecture, QStringLiteral("x86_64"));
    QCOMPARE(info->topFolder, QStringLiteral("kwdb_install"));
    QCOMPARE(info->packages,
             QStringList({QStringLiteral(".version"),
                          QStringLiteral("kaiwudb-libcommon_2.2.1_amd64.deb"),
                          QStringLiteral("kaiwudb-server_2.2.1_amd64.deb")}));
    QVERIFY(info->unpackedBytes > 100);
    const QByteArray script("#!/bin/bash\necho deploy\n");
    QCOMPARE(info->scriptSha256.toLatin1(),
             QCryptographicHash::hash(script, QCryptographicHash::Sha256).toHex());
}

void PackageInfoTest::aReleaseOfRpmPackagesIsRead()
{
    const Result<PackageInfo> info = inspect(rpmRelease("aarch64"));
    QVERIFY2(info, said(info).constData());
    QVERIFY(info->kind == PackageKind::BareRpm);
    QCOMPARE(info->architecture, QStringLiteral("aarch64"));
}

void PackageInfoTest::aContainerReleaseIsRead()
{
    Result<PackageInfo> info = inspect(containerRelease(dockerImage("kwdb/kwdb:2.2.1", "arm64")));
    QVERIFY2(info, said(info).constData());
    QVERIFY(info->kind == PackageKind::Container);
    QCOMPARE(info->architecture, QStringLiteral("aarch64"));
    info = inspect(containerRelease(dockerImage("kwdb/kwdb:latest", "amd64")));
    QVERIFY2(info, said(info).constData());
    info = inspect(containerRelease(dockerImage("kwdb/kwdb:2.2.0", "amd64")));
    QVERIFY2(failsWith(info, ErrorCode::PackageVersionMismatch), said(info).constData());
}

void PackageInfoTest::anImageThatIsNoImageHasNoArchitecture()
{
    for (const QByteArray &image :
         {QByteArray(), QByteArray(5000, 'x'), dockerImage("a:2.2.1", "amd64").left(2000)}) {
        const Result<PackageInfo> info = inspect(containerRelease(image));
        QVERIFY2(info, said(info).constData());
        QVERIFY(info->kind == PackageKind::Container);
        QVERIFY(info->architecture.isEmpty());
    }
}

void PackageInfoTest::everyCompressionOfDebControlDataIsRead_data()
{
    QTest::addColumn<int>("packing");
    QTest::newRow("none") << static_cast<int>(Packing::None);
    QTest::newRow("gz") << static_cast<int>(Packing::Gzip);
    QTest::newRow("xz") << static_cast<int>(Packing::Xz);
    QTest::newRow("zst") << static_cast<int>(Packing::Zstd);
}

void PackageInfoTest::everyCompressionOfDebControlDataIsRead()
{
    QFETCH(int, packing);
    const QByteArray server =
        deb("kaiwudb-server", "1:2.2.1-1", "arm64", static_cast<Packing>(packing));
    const Result<PackageInfo> info = inspect(with(release("2.2.1", "arm64"), "-server", server));
    QVERIFY2(info, said(info).constData());
    QCOMPARE(info->architecture, QStringLiteral("aarch64"));
}

void PackageInfoTest::packagesOfTheRealToolsAreRead()
{
    const QString tool = QStandardPaths::findExecutable(QStringLiteral("dpkg-deb"));
    if (tool.isEmpty())
        QSKIP("dpkg-deb is not installed");
    QTemporaryDir tree;
    QVERIFY(QDir(tree.path()).mkpath(QStringLiteral("p/DEBIAN")));
    QFile control(tree.filePath(QStringLiteral("p/DEBIAN/control")));
    QVERIFY(control.open(QIODevice::WriteOnly));
    control.write("Package: kaiwudb-server\nVersion: 2.2.1\nArchitecture: amd64\n"
                  "Maintainer: nobody <nobody@example.com>\nDescription: test\n");
    control.close();
    const QString file = tree.filePath(QStringLiteral("p.deb"));
    QProcess process;
    process.start(tool, {QStringLiteral("-b"), tree.filePath(QStringLiteral("p")), file});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QFile built(file);
    QVERIFY(built.open(QIODevice::ReadOnly));
    const Result<PackageInfo> info = inspect(with(release(), "-server", built.readAll()));
    QVERIFY2(info, said(info).constData());
}

void PackageInfoTest::anArchivePackedFromADotIsRead()
{
    ArchiveEntries entries = release();
    for (ArchiveEntry &entry : entries)
        entry.path.prepend("./");
    entries.prepend({"./", {}, Type::Directory});
    const Result<PackageInfo> info = inspect(entries);
    QVERIFY2(info, said(info).constData());
    QCOMPARE(info->topFolder, QStringLiteral("kwdb_install"));
}

void PackageInfoTest::theHashIsThatOfTheWholeFile()
{
    const QByteArray bytes = tarOf(release(), Packing::Gzip);
    const Result<PackageInfo> info = inspect(bytes);
    QVERIFY2(info, said(info).constData());
    QCOMPARE(info->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    QCOMPARE(info->size, bytes.size());
}

void PackageInfoTest::progressReachesTheSize()
{
    const QByteArray bytes = tarOf(release(), Packing::Gzip);
    QList<qint64> done;
    qint64 total = 0;
    const auto onProgress = [&](qint64 read, qint64 all) {
        done.append(read);
        total = all;
    };
    const Result<PackageInfo> info = inspectPackage(fileWith(bytes), onProgress, {});
    QVERIFY2(info, said(info).constData());
    QVERIFY(std::is_sorted(done.begin(), done.end()));
    QCOMPARE(done.value(done.size() - 1), bytes.size());
    QCOMPARE(total, bytes.size());
}

void PackageInfoTest::aPackageWithoutControlDataIsRefused()
{
    const QByteArray whole = deb("kaiwudb-server", "2.2.1", "amd64");
    for (const QByteArray &bad : {QByteArray(), QByteArray(300, 'x'), whole.left(120)}) {
        const Result<PackageInfo> info = inspect(with(release(), "-server", bad));
        QVERIFY2(failsWith(info, ErrorCode::PackageIncomplete), said(info).constData());
    }
    for (const qsizetype size : {0, 90, 100, 130, 200}) {
        const QByteArray bad = rpm("kaiwudb-server", "2.2.1", "aarch64").left(size);
        const Result<PackageInfo> info = inspect(with(rpmRelease(), "-server", bad));
        QVERIFY2(failsWith(info, ErrorCode::PackageIncomplete), said(info).constData());
    }
}

void PackageInfoTest::whatIsMissingIsNamed_data()
{
    QTest::addColumn<QByteArray>("removed");
    QTest::addColumn<QString>("named");
    QTest::newRow("script") << QByteArray("deploy.sh") << QStringLiteral("deploy.sh");
    QTest::newRow("utils") << QByteArray("utils/") << QStringLiteral("utils/");
    QTest::newRow("packages") << QByteArray("packages/") << QStringLiteral("packages/");
    QTest::newRow("server") << QByteArray("-server") << QStringLiteral("packages/*server*");
    QTest::newRow("library") << QByteArray("-libcommon") << QStringLiteral("packages/*libcommon*");
}

void PackageInfoTest::whatIsMissingIsNamed()
{
    QFETCH(QByteArray, removed);
    QFETCH(QString, named);
    const Result<PackageInfo> info = inspect(without(release(), removed));
    QVERIFY2(failsWith(info, ErrorCode::PackageIncomplete), said(info).constData());
    QCOMPARE(info.error().args, QStringList{named});
}

void PackageInfoTest::aReleaseWithoutVersionFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("missing") << QByteArray("(missing)");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray("\n\n");
    QTest::newRow("nonsense") << QByteArray("<html>\n");
}

void PackageInfoTest::aReleaseWithoutVersionFileIsRefused()
{
    QFETCH(QByteArray, content);
    const Result<PackageInfo> info =
        inspect(content == "(missing)" ? without(release(), ".version")
                                       : with(release(), ".version", content));
    QVERIFY2(failsWith(info, ErrorCode::PackageVersionMissing), said(info).constData());
}

void PackageInfoTest::whatThereIsTwiceIsNamed_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("named");
    QTest::newRow("two servers") << QByteArray(
        "kwdb_install/packages/kaiwudb-server_2.2.0_amd64.deb")
                                 << QStringLiteral("packages/*server*");
    QTest::newRow("server and its signature")
        << QByteArray("kwdb_install/packages/kaiwudb-server_2.2.1_amd64.deb.asc")
        << QStringLiteral("packages/*server*");
    QTest::newRow("two libraries")
        << QByteArray("kwdb_install/packages/kwdb-libcommon_2.2.1_amd64.deb")
        << QStringLiteral("packages/*libcommon*");
    QTest::newRow("packages and an image")
        << QByteArray("kwdb_install/packages/KaiwuDB.tar") << QStringLiteral("packages/");
    QTest::newRow("two folders") << QByteArray("other/file") << QStringLiteral("/");
}

void PackageInfoTest::whatThereIsTwiceIsNamed()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, named);
    const Result<PackageInfo> info = inspect(release() + ArchiveEntries{{path, "x"}});
    QVERIFY2(failsWith(info, ErrorCode::PackageAmbiguous), said(info).constData());
    QCOMPARE(info.error().args.value(0), named);
}

void PackageInfoTest::twoArchitecturesOrTwoKindsAreAmbiguous()
{
    Result<PackageInfo> info =
        inspect(with(release(), "-server", deb("kaiwudb-server", "2.2.1", "arm64")));
    QVERIFY2(failsWith(info, ErrorCode::PackageAmbiguous), said(info).constData());
    QCOMPARE(info.error().args.value(0), QStringLiteral("uname -m"));
    info = inspect(without(release(), "-server")
                   + ArchiveEntries{{"kwdb_install/packages/kaiwudb-server-2.2.1-1.x86_64.rpm",
                                     rpm("kaiwudb-server", "2.2.1", "x86_64")}});
    QVERIFY2(failsWith(info, ErrorCode::PackageAmbiguous), said(info).constData());
    QCOMPARE(info.error().args.value(0), QStringLiteral(".deb/.rpm"));
}

void PackageInfoTest::theVersionMustFitThePackages_data()
{
    QTest::addColumn<QByteArray>("versionFile");
    QTest::addColumn<QByteArray>("package");
    QTest::addColumn<bool>("fits");
    QTest::newRow("same") << QByteArray("2.2.1") << QByteArray("2.2.1") << true;
    QTest::newRow("letter") << QByteArray("2.2.1") << QByteArray("V2.2.1") << true;
    QTest::newRow("revision") << QByteArray("2.2.1") << QByteArray("2.2.1-1") << true;
    QTest::newRow("extension") << QByteArray("2.2.1\nhotfix1") << QByteArray("2.2.1.hotfix1")
                               << true;
    QTest::newRow("older") << QByteArray("2.2.1") << QByteArray("2.2.0") << false;
    QTest::newRow("longer number") << QByteArray("2.2.1") << QByteArray("2.2.10") << false;
    QTest::newRow("more numbers") << QByteArray("2.2.1") << QByteArray("2.2.1.3") << false;
}

void PackageInfoTest::theVersionMustFitThePackages()
{
    QFETCH(QByteArray, versionFile);
    QFETCH(QByteArray, package);
    QFETCH(bool, fits);
    const Result<PackageInfo> info =
        inspect(with(with(release(), ".version", versionFile + "\n"), "-server",
                     deb("kaiwudb-server", package, "amd64")));
    if (fits) {
        QVERIFY2(info, said(info).constData());
        return;
    }
    QVERIFY2(failsWith(info, ErrorCode::PackageVersionMismatch), said(info).constData());
    QCOMPARE(info.error().args.value(2), QString::fromLatin1(package));
}

void PackageInfoTest::theExtensionOfAVersionIsKept()
{
    const Result<PackageInfo> info = inspect(with(release(), ".version", "2.2.1\nhotfix1\n"));
    QVERIFY2(info, said(info).constData());
    QCOMPARE(info->version.toString(), QStringLiteral("2.2.1 hotfix1"));
}

void PackageInfoTest::cancellingStopsTheReading()
{
    QByteArray noise;
    for (int i = 0; noise.size() < (4 << 20); ++i)
        noise += QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256);
    const QString file = fileWith(tarOf(with(release(), "add_user", noise), Packing::Gzip));
    std::stop_source stop;
    int calls = 0;
    const auto onProgress = [&](qint64 /*done*/, qint64 /*total*/) {
        ++calls;
        stop.request_stop();
    };
    const Result<PackageInfo> info = inspectPackage(file, onProgress, stop.get_token());
    QVERIFY2(failsWith(info, ErrorCode::Cancelled), said(info).constData());
    QCOMPARE(calls, 1);
}

QTEST_APPLESS_MAIN(PackageInfoTest)
#include "tst_PackageInfo.moc"
