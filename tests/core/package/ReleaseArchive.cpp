#include "tests/core/package/ReleaseArchive.h"

#include <QtEndian>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

namespace kwup::test {

namespace {

la_ssize_t append(archive * /*writer*/, void *target, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(target)->append(static_cast<const char *>(bytes),
                                              static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

void addFilter(archive *writer, Packing packing)
{
    switch (packing) {
    case Packing::None:
        archive_write_add_filter_none(writer);
        break;
    case Packing::Gzip:
        archive_write_add_filter_gzip(writer);
        break;
    case Packing::Xz:
        archive_write_add_filter_xz(writer);
        break;
    case Packing::Zstd:
        archive_write_add_filter_zstd(writer);
        break;
    }
}

void writeEntry(archive *writer, const ArchiveEntry &entry)
{
    const std::unique_ptr<archive_entry, void (*)(archive_entry *)> header(archive_entry_new(),
                                                                           archive_entry_free);
    archive_entry_set_pathname(header.get(), entry.path.constData());
    archive_entry_set_perm(header.get(), 0755);
    archive_entry_set_filetype(header.get(), AE_IFREG);
    switch (entry.type) {
    case ArchiveEntry::Type::File:
        archive_entry_set_size(header.get(), entry.content.size());
        break;
    case ArchiveEntry::Type::Directory:
        archive_entry_set_filetype(header.get(), AE_IFDIR);
        break;
    case ArchiveEntry::Type::SymbolicLink:
        archive_entry_set_filetype(header.get(), AE_IFLNK);
        archive_entry_set_symlink(header.get(), entry.content.constData());
        break;
    case ArchiveEntry::Type::HardLink:
        archive_entry_set_hardlink(header.get(), entry.content.constData());
        break;
    case ArchiveEntry::Type::Pipe:
        archive_entry_set_filetype(header.get(), AE_IFIFO);
        break;
    }
    archive_write_header(writer, header.get());
    if (entry.type == ArchiveEntry::Type::File)
        archive_write_data(writer, entry.content.constData(),
                           static_cast<size_t>(entry.content.size()));
}

enum class Format { Tar, Ar, Raw };

QByteArray written(const ArchiveEntries &entries, Packing packing, Format format)
{
    QByteArray bytes;
    archive *writer = archive_write_new();
    if (format == Format::Tar)
        archive_write_set_format_gnutar(writer);
    else if (format == Format::Ar)
        archive_write_set_format_ar_svr4(writer);
    else
        archive_write_set_format_raw(writer);
    addFilter(writer, packing);
    archive_write_set_bytes_per_block(writer, 0);
    archive_write_open(writer, &bytes, nullptr, append, nullptr);
    for (const ArchiveEntry &entry : entries)
        writeEntry(writer, entry);
    archive_write_close(writer);
    archive_write_free(writer);
    return bytes;
}

void appendNumber(QByteArray &bytes, quint32 number)
{
    char buffer[4];
    qToBigEndian(number, buffer);
    bytes.append(buffer, sizeof buffer);
}

QByteArray rpmHeader(const QList<std::pair<quint32, QByteArray>> &strings)
{
    QByteArray index;
    QByteArray store;
    for (const auto &[tag, text] : strings) {
        appendNumber(index, tag);
        appendNumber(index, 6);
        appendNumber(index, static_cast<quint32>(store.size()));
        appendNumber(index, 1);
        store.append(text).append('\0');
    }
    QByteArray header("\x8e\xad\xe8\x01\0\0\0\0", 8);
    appendNumber(header, static_cast<quint32>(strings.size()));
    appendNumber(header, static_cast<quint32>(store.size()));
    return header + index + store;
}

} // namespace

QByteArray tarOf(const ArchiveEntries &entries, Packing packing)
{
    return written(entries, packing, Format::Tar);
}

QByteArray gzipOf(const QByteArray &content)
{
    return written({{"data", content}}, Packing::Gzip, Format::Raw);
}

QByteArray deb(const QByteArray &package, const QByteArray &version, const QByteArray &architecture,
               Packing packing)
{
    const QByteArray control = "Package: " + package + "\nVersion: " + version
        + "\nArchitecture: " + architecture
        + "\nMaintainer: nobody <nobody@example.com>\nDescription: a package\n Version: 9.9.9\n";
    const QByteArrayList suffixes{"", ".gz", ".xz", ".zst"};
    const QByteArray suffix = suffixes.at(static_cast<int>(packing));
    const QByteArray controlTar = tarOf({{"./", {}, ArchiveEntry::Type::Directory},
                                         {"./md5sums", "0  x\n"},
                                         {"./control", control}},
                                        packing);
    return written({{"debian-binary", "2.0\n"},
                    {"control.tar" + suffix, controlTar},
                    {"data.tar" + suffix, tarOf({{"./x", QByteArray(20000, 'x')}}, packing)}},
                   Packing::None, Format::Ar);
}

QByteArray rpm(const QByteArray &package, const QByteArray &version, const QByteArray &architecture)
{
    QByteArray file("\xed\xab\xee\xdb\x03\0\0\0", 8);
    file.append(QByteArray(96 - file.size(), '\0'));
    const QByteArray signature = rpmHeader({{1000, "signature-text"}});
    file += signature + QByteArray((8 - signature.size() % 8) % 8, '\0');
    file += rpmHeader({{1000, package}, {1001, version}, {1002, "1.el8"}, {1022, architecture}});
    return file + QByteArray(20000, 'x');
}

QByteArray dockerImage(const QByteArray &repoTag, const QByteArray &architecture)
{
    return tarOf(
        {{"0123abcd/layer.tar", QByteArray(100000, 'l')},
         {"feed.json", R"({"architecture":")" + architecture + R"(","os":"linux"})"},
         {"manifest.json", R"([{"Config":"feed.json","RepoTags":[")" + repoTag + R"("]}])"}},
        Packing::None);
}

ArchiveEntries release(const QByteArray &version, const QByteArray &architecture)
{
    const QByteArray suffix = "_" + version + "_" + architecture + ".deb";
    return {{"kwdb_install/", {}, ArchiveEntry::Type::Directory},
            {"kwdb_install/add_user.sh", "#!/bin/bash\n"},
            {"kwdb_install/deploy.cfg", "[global]\n"},
            {"kwdb_install/deploy.sh", "#!/bin/bash\necho deploy\n"},
            {"kwdb_install/utils/utils.sh", "#!/bin/bash\n"},
            {"kwdb_install/packages/", {}, ArchiveEntry::Type::Directory},
            {"kwdb_install/packages/.version", version + "\n"},
            {"kwdb_install/packages/kaiwudb-server" + suffix,
             deb("kaiwudb-server", version, architecture)},
            {"kwdb_install/packages/kaiwudb-libcommon" + suffix,
             deb("kaiwudb-libcommon", version, architecture)}};
}

ArchiveEntries rpmRelease(const QByteArray &architecture)
{
    const QByteArray suffix = "-2.2.1-1." + architecture + ".rpm";
    return without(release(), ".deb")
        + ArchiveEntries{{"kwdb_install/packages/kaiwudb-server" + suffix,
                          rpm("kaiwudb-server", "2.2.1", architecture)},
                         {"kwdb_install/packages/kaiwudb-libcommon" + suffix,
                          rpm("kaiwudb-libcommon", "2.2.1", architecture)}};
}

ArchiveEntries containerRelease(const QByteArray &image)
{
    return without(release(), ".deb")
        + ArchiveEntries{{"kwdb_install/packages/KaiwuDB.tar", image}};
}

ArchiveEntries without(ArchiveEntries entries, const QByteArray &part)
{
    entries.removeIf([&part](const ArchiveEntry &entry) { return entry.path.contains(part); });
    return entries;
}

ArchiveEntries with(ArchiveEntries entries, const QByteArray &part, const QByteArray &content)
{
    for (ArchiveEntry &entry : entries) {
        if (entry.path.contains(part) && entry.type == ArchiveEntry::Type::File)
            entry.content = content;
    }
    return entries;
}

} // namespace kwup::test
