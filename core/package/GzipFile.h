#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QCryptographicHash>
#include <QFile>

#include <functional>
#include <memory>
#include <stop_token>

struct archive;

namespace kwup {

/// Reads a .gz file, or a .tar that is not compressed, block by block: the file's bytes go through
/// SHA-256 on their way, so it is read once. One thread; nothing is written to disk.
///
/// Stops early with ArchiveTooLarge when more than `outputLimit` bytes would come out. libarchive
/// does not verify the checksum at the end of a gzip stream; finish() does. A file of several gzip
/// members is called damaged: release archives are one.
class GzipFile {
public:
    using Progress = std::function<void(qint64, qint64)>;

    GzipFile(const QString &file, Progress onProgress, std::stop_token stop);
    ~GzipFile();
    GzipFile(const GzipFile &) = delete;
    GzipFile &operator=(const GzipFile &) = delete;

    /// Errors: FileUnreadable, ArchiveUnreadable (not a file, neither gzip nor tar).
    Result<void> open();
    void setOutputLimit(qint64 bytes) { m_outputLimit = bytes; }
    qint64 size() const { return m_size; }
    bool isPlain() const { return m_isPlain; } ///< an uncompressed .tar
    Error notCompressed() const; ///< for what must not be one: releases are unpacked as .tar.gz

    /// The next decompressed bytes, valid until the next call; empty at the end. Errors:
    /// ArchiveTruncated, ArchiveTooLarge, FileUnreadable, Cancelled.
    Result<QByteArrayView> read();

    /// Reads what is left and compares the checksum at the end. Then sha256() is of the whole file.
    Result<void> finish();
    QByteArray sha256() const { return m_hash.result().toHex(); }

private:
    static qint64 readBlock(archive *reader, void *self, const void **block);
    Error failure(ErrorCode code, const QString &why) const;
    Result<void> drainFile();

    QFile m_file;
    Progress m_onProgress;
    std::stop_token m_stop;
    qint64 m_size = 0;
    qint64 m_readBytes = 0;
    qint64 m_outputBytes = 0;
    qint64 m_outputLimit = 0;
    quint32 m_crc = 0;
    bool m_isPlain = false;
    bool m_atEnd = false;
    QByteArray m_buffer;
    QByteArray m_tail; ///< the last bytes read, for the trailer
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    Error m_sourceError; ///< what readBlock() could not do
    std::unique_ptr<archive, int (*)(archive *)> m_reader;
};

} // namespace kwup
