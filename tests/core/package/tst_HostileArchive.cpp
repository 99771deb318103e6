#include "core/package/PackageInfo.h"

#include "tests/core/package/ReleaseArchive.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace kwup;
using namespace kwup::test;
using Type = ArchiveEntry::Type;

class HostileArchiveTest : public QObject {
    Q_OBJECT

private slots:
    void aDirectoryIsNotAnArchive();
    void aMissingFileIsSaidToBeUnreadable();
    void otherFilesAreNotArchives_data();
    void otherFilesAreNotArchives();
    void anArchiveCutAnywhereIsCalledTruncated();
    void aChangedByteIsNeverAccepted();
    void unsafeEntriesAreRefused_data();
    void unsafeEntriesAreRefused();
    void linksInsideTheArchiveAreAllowed();
    void aDeclaredHundredGigabytesAreRefusedAtOnce();
    void zerosAfterTheEndOfTheArchiveAreRefused();
    void tooManyEntriesAreRefused();

private:
    ErrorCode codeFor(const QByteArray &bytes);
    Result<PackageInfo> inspect(const QByteArray &bytes);

    QTemporaryDir m_directory;
};

Result<PackageInfo> HostileArchiveTest::inspect(const QByteArray &bytes)
{
    const QString path = m_directory.filePath(QStringLiteral("KWDB.tar.gz"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    file.close();
    return inspectPackage(path, {}, {});
}

ErrorCode HostileArchiveTest::codeFor(const QByteArray &bytes)
{
    const Result<PackageInfo> info = inspect(bytes);
    return info ? ErrorCode::None : info.error().code;
}

void HostileArchiveTest::aDirectoryIsNotAnArchive()
{
    const Result<PackageInfo> info = inspectPackage(m_directory.path(), {}, {});
    QVERIFY(!info);
    QCOMPARE(info.error().code, ErrorCode::ArchiveUnreadable);
    QCOMPARE(info.error().args.value(0), m_directory.path());
}

void HostileArchiveTest::aMissingFileIsSaidToBeUnreadable()
{
    const QString file = m_directory.filePath(QStringLiteral("none.tar.gz"));
    const Result<PackageInfo> info = inspectPackage(file, {}, {});
    QVERIFY(!info);
    QCOMPARE(info.error().code, ErrorCode::FileUnreadable);
}

void HostileArchiveTest::otherFilesAreNotArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("This is not an archive.\n");
    QTest::newRow("uncompressed tar") << tarOf(release(), Packing::None);
    QTest::newRow("xz") << tarOf(release(), Packing::Xz);
    QTest::newRow("gzip of a text") << gzipOf(QByteArray(3000, 'a'));
}

void HostileArchiveTest::otherFilesAreNotArchives()
{
    QFETCH(QByteArray, bytes);
    const Result<PackageInfo> info = inspect(bytes);
    QVERIFY(!info);
    QCOMPARE(errorCodeName(info.error().code), errorCodeName(ErrorCode::ArchiveUnreadable));
    QVERIFY(!info.error().args.value(1).isEmpty());
}

void HostileArchiveTest::anArchiveCutAnywhereIsCalledTruncated()
{
    const QByteArray bytes = tarOf(release(), Packing::Gzip);
    QList<qsizetype> sizes{12, bytes.size() - 1, bytes.size() - 4, bytes.size() - 8,
                           bytes.size() - 9};
    for (qsizetype size = 100; size < bytes.size(); size += bytes.size() / 40)
        sizes.append(size);
    for (const qsizetype size : sizes) {
        const ErrorCode code = codeFor(bytes.left(size));
        QVERIFY2(code == ErrorCode::ArchiveTruncated,
                 qPrintable(QStringLiteral("%1: %2").arg(size).arg(errorCodeName(code))));
    }
    // The gzip is whole, the archive in it is not.
    const QByteArray tar = tarOf(release(), Packing::None);
    QCOMPARE(codeFor(gzipOf(tar.left(tar.indexOf("control.tar") + 100))),
             ErrorCode::ArchiveTruncated);
    QCOMPARE(codeFor(gzipOf({})), ErrorCode::ArchiveTruncated);
}

void HostileArchiveTest::aChangedByteIsNeverAccepted()
{
    const QByteArray good = tarOf(release(), Packing::Gzip);
    for (qsizetype at = 20; at < good.size(); at += good.size() / 50) {
        QByteArray bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        QVERIFY2(codeFor(bad) != ErrorCode::None, qPrintable(QString::number(at)));
    }
    // The checksum at the end itself.
    QByteArray bad = good;
    bad[bad.size() - 6] = static_cast<char>(bad[bad.size() - 6] ^ 1);
    QCOMPARE(codeFor(bad), ErrorCode::ArchiveTruncated);
}

void HostileArchiveTest::unsafeEntriesAreRefused_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("type");
    const auto row = [](const char *name, const char *path, const char *content, Type type) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(content) << static_cast<int>(type);
    };
    row("upwards", "kwdb_install/../../etc/cron.d/x", "x", Type::File);
    row("upwards at once", "../x", "x", Type::File);
    row("upwards by backslash", "kwdb_install\\..\\..\\x", "x", Type::File);
    row("absolute", "/etc/cron.d/x", "x", Type::File);
    row("drive", "C:/x", "x", Type::File);
    row("upward directory", "kwdb_install/../..", "", Type::Directory);
    row("link to absolute", "kwdb_install/log", "/etc", Type::SymbolicLink);
    row("link upwards", "kwdb_install/log", "../../etc", Type::SymbolicLink);
    row("link to neighbours", "kwdb_install/log", "../other", Type::SymbolicLink);
    row("hard link to absolute", "kwdb_install/log", "/etc/shadow", Type::HardLink);
    row("hard link upwards", "kwdb_install/log", "../shadow", Type::HardLink);
    row("pipe", "kwdb_install/kw_pipe", "", Type::Pipe);
    row("escape sequence", "kwdb_install/\x1b[2Jx", "x", Type::File);
    row("line feed", "kwdb_install/a\nb", "x", Type::File);
}

void HostileArchiveTest::unsafeEntriesAreRefused()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, content);
    QFETCH(int, type);
    const ArchiveEntries bad{{path, content, static_cast<Type>(type)}};
    const Result<PackageInfo> info = inspect(tarOf(release() + bad, Packing::Gzip));
    QVERIFY(!info);
    QCOMPARE(errorCodeName(info.error().code), errorCodeName(ErrorCode::ArchiveUnsafe));
    QVERIFY(!info.error().args.value(0).contains(QChar(0x1b)));
    QVERIFY(!info.error().args.value(1).isEmpty());
}

void HostileArchiveTest::linksInsideTheArchiveAreAllowed()
{
    const ArchiveEntries links{{"kwdb_install/utils/d.sh", "../deploy.sh", Type::SymbolicLink},
                               {"kwdb_install/e.sh", "kwdb_install/deploy.sh", Type::HardLink}};
    QCOMPARE(codeFor(tarOf(release() + links, Packing::Gzip)), ErrorCode::None);
}

void HostileArchiveTest::aDeclaredHundredGigabytesAreRefusedAtOnce()
{
    // The header of one entry says 100 GB; not a byte of them is there to be read.
    QByteArray tar = tarOf(release(), Packing::None);
    tar.chop(1024); // the mark of the end
    QByteArray header = tarOf({{"kwdb_install/zeros", {}}}, Packing::None).left(512);
    QByteArray size(12, '\0'); // the binary form of GNU tar
    size[0] = '\x80';
    qToBigEndian(quint64(100) << 30, size.data() + 4);
    header.replace(124, 12, size);
    header.replace(148, 8, QByteArray(8, ' '));
    quint32 sum = 0;
    for (const char byte : header)
        sum += static_cast<unsigned char>(byte);
    header.replace(148, 8,
                   QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
    const Result<PackageInfo> info = inspect(gzipOf(tar + header));
    QVERIFY(!info);
    QCOMPARE(errorCodeName(info.error().code), errorCodeName(ErrorCode::ArchiveTooLarge));
    QCOMPARE(info.error().args.value(0), QStringLiteral("107374182400"));
}

void HostileArchiveTest::zerosAfterTheEndOfTheArchiveAreRefused()
{
    const QByteArray tar = tarOf(release(), Packing::None);
    const QByteArray bytes = gzipOf(tar + QByteArray(80 << 20, '\0'));
    QVERIFY(bytes.size() < 300000);
    QCOMPARE(codeFor(bytes), ErrorCode::ArchiveTooLarge);
}

void HostileArchiveTest::tooManyEntriesAreRefused()
{
    ArchiveEntries entries = release();
    for (int i = 0; i < 100001; ++i)
        entries.append({"kwdb_install/" + QByteArray::number(i), {}, Type::Directory});
    QCOMPARE(codeFor(tarOf(entries, Packing::Gzip)), ErrorCode::ArchiveTooLarge);
}

QTEST_APPLESS_MAIN(HostileArchiveTest)
#include "tst_HostileArchive.moc"
