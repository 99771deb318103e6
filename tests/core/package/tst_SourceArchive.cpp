#include "core/package/PackageInfo.h"
#include "tests/core/package/ReleaseArchive.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;
using Type = ArchiveEntry::Type;

namespace {

/// The head of a program for one processor (62: x86_64, 183: aarch64).
QByteArray program(char machine)
{
    QByteArray head("\x7f"
                    "ELF\x02\x01\x01",
                    7);
    head += QByteArray(9, '\0') + QByteArray("\x02\0", 2) + machine + QByteArray(1, '\0');
    return head + QByteArray(100, 'x');
}

} // namespace

class TestSourceArchive : public QObject {
    Q_OBJECT

private slots:
    void aTreeTellsVersionAndTools()
    {
        const auto info = inspect({{"kwbasedb/CMakeLists.txt",
                                    "cmake_minimum_required(VERSION 3.23)\n"
                                    "project(kwdb\n  VERSION 2.2.1 LANGUAGES CXX)\n"},
                                   {"kwbasedb/kwbase/main.go", "package main"},
                                   {"kwbasedb/kwdbts2/x.cpp", "int x;"}});
        QVERIFY2(info, info ? "" : qPrintable(describe(info.error())));
        QVERIFY(info->kind == PackageKind::SourceTree);
        QCOMPARE(info->version.base, u"2.2.1"_s);
        QCOMPARE(info->topFolder, u"kwbasedb"_s);
        QCOMPARE(info->architecture, QString());
        QCOMPARE(info->tools, (QStringList{u"c++"_s, u"cmake"_s, u"go"_s, u"make"_s}));
    }

    void aFinishedBuildTellsItsProcessor_data()
    {
        QTest::addColumn<char>("machine");
        QTest::addColumn<QString>("architecture");
        QTest::newRow("x86") << char(62) << u"x86_64"_s;
        QTest::newRow("arm") << char(static_cast<quint8>(183)) << u"aarch64"_s;
        QTest::newRow("another") << char(21) << u"elf-21"_s;
    }
    void aFinishedBuildTellsItsProcessor()
    {
        QFETCH(char, machine);
        QFETCH(QString, architecture);
        const auto info = inspect({{"kwdb-2.2.1/install/bin/kwbase", program(machine)},
                                   {"kwdb-2.2.1/install/lib/libkwdbts2.so", "x"}});
        QVERIFY2(info, info ? "" : qPrintable(describe(info.error())));
        QVERIFY(info->kind == PackageKind::BuiltTree);
        QCOMPARE(info->architecture, architecture);
        QCOMPARE(info->version.base, u"2.2.1"_s);
    }

    void whatNoFileTellsTheOperatorTells()
    {
        const auto info = inspect({{"install/bin/kwbase", program(62)}});
        QVERIFY(info);
        QCOMPARE(info->version.base, QString());
        QVERIFY(!chosenBuild(*info, {}, {}));
        const auto chosen = chosenBuild(*info, {}, u"2.2.1"_s);
        QVERIFY(chosen);
        QCOMPARE(chosen->version.base, u"2.2.1"_s);
    }

    void aDirectoryOfTheHostsIsAbsolute()
    {
        QVERIFY(!chosenBuild(std::nullopt, u"kwdb-2.2.1"_s, {}));
        const auto chosen = chosenBuild(std::nullopt, u"/opt/kwdb-2.2.1/install"_s, {});
        QVERIFY(chosen);
        QVERIFY(chosen->kind == PackageKind::BuiltTree && chosen->file.isEmpty());
        QCOMPARE(chosen->version.base, u"2.2.1"_s);
        QVERIFY(chosenBuild(std::nullopt, u"/opt/kwdb"_s, {}).error().code
                == ErrorCode::PackageVersionMissing);
    }

    void whatIsNoBuildIsRefused_data()
    {
        QTest::addColumn<ArchiveEntries>("entries");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("a script in the place of the program")
            << ArchiveEntries{{"install/bin/kwbase", "#!/bin/sh\n"}}
            << ErrorCode::PackageIncomplete;
        QTest::newRow("programs of two processors")
            << ArchiveEntries{{"a/bin/kwbase", program(62)},
                              {"b/bin/kwbase", program(static_cast<char>(183))}}
            << ErrorCode::PackageAmbiguous;
        QTest::newRow("two trees")
            << ArchiveEntries{{"a/CMakeLists.txt", "x"}, {"b/CMakeLists.txt", "x"}}
            << ErrorCode::PackageAmbiguous;
        QTest::newRow("a link out of the tree")
            << ArchiveEntries{{"a/CMakeLists.txt", "x"}, {"a/l", "/etc/passwd", Type::SymbolicLink}}
            << ErrorCode::ArchiveUnsafe;
        QTest::newRow("anything else")
            << ArchiveEntries{{"a/notes.txt", "x"}} << ErrorCode::PackageIncomplete;
    }
    void whatIsNoBuildIsRefused()
    {
        QFETCH(ArchiveEntries, entries);
        QFETCH(ErrorCode, code);
        const auto info = inspect(entries);
        QVERIFY(!info);
        QVERIFY2(info.error().code == code, qPrintable(describe(info.error())));
    }

private:
    Result<PackageInfo> inspect(const ArchiveEntries &entries)
    {
        QFile file(m_directory.filePath(u"archive.tar.gz"_s));
        const QByteArray bytes = tarOf(entries, Packing::Gzip);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        file.close();
        return inspectPackage(file.fileName(), {}, {});
    }

    QTemporaryDir m_directory;
};

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestSourceArchive)
#include "tst_SourceArchive.moc"
