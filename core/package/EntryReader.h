#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>
#include <memory>

struct archive;
struct archive_entry;

namespace kwup {

/// Goes through the entries of an archive that comes from a source of bytes: a stream, memory, or
/// the content of an entry of another EntryReader. Reads forward only and never writes. Wraps
/// libarchive; one thread.
class EntryReader {
public:
    enum class Format {
        Tar, ///< uncompressed
        CompressedTar, ///< gzip, xz or zstd, and uncompressed
        Ar, ///< a .deb
    };
    /// The next bytes, valid until the next call; empty at the end.
    using Source = std::function<Result<QByteArrayView>()>;

    EntryReader(Format format, Source source);
    ~EntryReader();
    EntryReader(const EntryReader &) = delete;
    EntryReader &operator=(const EntryReader &) = delete;

    /// Goes to the next entry; false at the end. Errors: those of the source, and ArchiveTruncated
    /// or (at the first entry) ArchiveUnreadable with the library's text as the only argument.
    Result<bool> next();

    QString path() const; ///< as in the archive; null when the name cannot be decoded
    qint64 size() const; ///< as declared, also of sparse files; 0 for everything but files
    bool isFile() const;
    bool isDirectory() const;
    /// A hard or symbolic link; otherwise both are null.
    QString hardLinkTarget() const;
    QString symbolicLinkTarget() const;

    /// At most `limit` bytes of the entry's content.
    Result<QByteArray> content(qint64 limit);
    /// The entry's content for a reader of an archive within this one. Valid until next().
    Source contentSource();

private:
    static qint64 readBlock(archive *reader, void *self, const void **block);
    Error failure(ErrorCode code) const;
    Result<QByteArrayView> readContent();

    Source m_source;
    Error m_sourceError;
    bool m_started = false;
    std::unique_ptr<archive, int (*)(archive *)> m_reader;
    archive_entry *m_entry = nullptr; ///< owned by m_reader
};

/// Bytes in memory as a source; `bytes` must outlive it.
EntryReader::Source memorySource(QByteArrayView bytes);

} // namespace kwup
