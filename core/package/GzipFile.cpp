#include "core/package/GzipFile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QtEndian>

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cerrno>

namespace kwup {

namespace {

constexpr qint64 BlockSize = 256 * 1024;
constexpr qsizetype TarMagicAt = 257;
constexpr qsizetype TrailerSize = 8; // CRC-32 and length of the content, RFC 1952

constexpr std::array<quint32, 256> crcTable()
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? 0xedb88320U ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

quint32 updatedCrc(quint32 crc, QByteArrayView bytes)
{
    static constexpr std::array<quint32, 256> Table = crcTable();
    crc = ~crc;
    for (const char byte : bytes)
        crc = Table[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ (crc >> 8);
    return ~crc;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("Package", text);
}

} // namespace

GzipFile::GzipFile(const QString &file, Progress onProgress, std::stop_token stop)
    : m_file(file)
    , m_onProgress(std::move(onProgress))
    , m_stop(std::move(stop))
    , m_buffer(BlockSize, Qt::Uninitialized)
    , m_reader(nullptr, archive_read_free)
{ }

GzipFile::~GzipFile() = default;

Error GzipFile::failure(ErrorCode code, const QString &why) const
{
    Error error;
    error.code = code;
    error.args = {m_file.fileName(), why};
    return error;
}

Error GzipFile::notCompressed() const
{
    return failure(ErrorCode::ArchiveUnreadable,
                   translated(QT_TRANSLATE_NOOP("Package", "it is not compressed by gzip")));
}

Result<void> GzipFile::open()
{
    if (QFileInfo(m_file.fileName()).isDir())
        return failure(ErrorCode::ArchiveUnreadable,
                       translated(QT_TRANSLATE_NOOP("Package", "it is a directory, not a file")));
    if (!m_file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, m_file.errorString());
    m_size = m_file.size();
    m_isPlain = m_file.peek(TarMagicAt + 5).mid(TarMagicAt) == "ustar";
    if (!m_isPlain && !m_file.peek(2).startsWith("\x1f\x8b"))
        return notCompressed();
    m_reader.reset(archive_read_new());
    if (!m_isPlain)
        archive_read_support_filter_gzip(m_reader.get());
    archive_read_support_format_raw(m_reader.get());
    const auto readCallback = [](archive *reader, void *self, const void **block) {
        return static_cast<la_ssize_t>(readBlock(reader, self, block));
    };
    archive_entry *entry = nullptr;
    if (archive_read_open(m_reader.get(), this, nullptr, readCallback, nullptr) == ARCHIVE_OK
        && archive_read_next_header(m_reader.get(), &entry) >= ARCHIVE_WARN)
        return {};
    if (m_sourceError.code != ErrorCode::None)
        return m_sourceError;
    return failure(ErrorCode::ArchiveTruncated,
                   QString::fromUtf8(archive_error_string(m_reader.get())));
}

qint64 GzipFile::readBlock(archive *reader, void *self, const void **block)
{
    auto *file = static_cast<GzipFile *>(self);
    if (file->m_stop.stop_requested()) {
        file->m_sourceError = file->failure(ErrorCode::Cancelled, {});
        archive_set_error(reader, EINTR, "cancelled");
        return -1;
    }
    const qint64 count = file->m_file.read(file->m_buffer.data(), BlockSize);
    if (count < 0) {
        file->m_sourceError = file->failure(ErrorCode::FileUnreadable, file->m_file.errorString());
        archive_set_error(reader, EIO, "read error");
        return -1;
    }
    const QByteArrayView bytes(file->m_buffer.constData(), count);
    file->m_hash.addData(bytes);
    file->m_tail.append(bytes.last(qMin<qsizetype>(bytes.size(), TrailerSize)));
    file->m_tail = file->m_tail.right(TrailerSize);
    file->m_readBytes += count;
    if (file->m_onProgress && count > 0)
        file->m_onProgress(file->m_readBytes, file->m_size);
    *block = file->m_buffer.constData();
    return count;
}

Result<QByteArrayView> GzipFile::read()
{
    if (m_atEnd)
        return QByteArrayView();
    const void *block = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    int code = ARCHIVE_OK;
    do { // an empty block is not the end
        code = archive_read_data_block(m_reader.get(), &block, &size, &offset);
    } while (code >= ARCHIVE_WARN && code != ARCHIVE_EOF && size == 0);
    if (code == ARCHIVE_EOF) {
        m_atEnd = true;
        return QByteArrayView();
    }
    if (code < ARCHIVE_WARN && m_sourceError.code != ErrorCode::None)
        return m_sourceError;
    if (code < ARCHIVE_WARN)
        return failure(ErrorCode::ArchiveTruncated,
                       QString::fromUtf8(archive_error_string(m_reader.get())));
    const QByteArrayView bytes(static_cast<const char *>(block), static_cast<qsizetype>(size));
    m_outputBytes += bytes.size();
    if (m_outputBytes > m_outputLimit) {
        Error error;
        error.code = ErrorCode::ArchiveTooLarge;
        error.args = {QString::number(m_outputBytes)};
        return error;
    }
    m_crc = updatedCrc(m_crc, bytes);
    return bytes;
}

Result<void> GzipFile::finish()
{
    while (!m_atEnd) {
        const Result<QByteArrayView> bytes = read();
        if (!bytes)
            return bytes.error();
    }
    const Result<void> drained = drainFile();
    if (!drained)
        return drained;
    if (m_isPlain)
        return {};
    const bool isWhole = m_tail.size() == TrailerSize
        && qFromLittleEndian<quint32>(m_tail.constData()) == m_crc
        && qFromLittleEndian<quint32>(m_tail.constData() + 4)
            == static_cast<quint32>(m_outputBytes);
    if (!isWhole)
        return failure(ErrorCode::ArchiveTruncated,
                       translated(QT_TRANSLATE_NOOP(
                           "Package", "the checksum at its end does not fit the content")));
    return {};
}

Result<void> GzipFile::drainFile()
{
    const void *block = nullptr;
    qint64 count = 0;
    do {
        count = readBlock(m_reader.get(), this, &block);
    } while (count > 0);
    if (count < 0)
        return m_sourceError;
    return {};
}

} // namespace kwup
