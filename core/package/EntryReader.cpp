#include "core/package/EntryReader.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>

namespace kwup {

EntryReader::EntryReader(Format format, Source source)
    : m_source(std::move(source))
    , m_reader(archive_read_new(), archive_read_free)
{
    if (format == Format::Ar)
        archive_read_support_format_ar(m_reader.get());
    else
        archive_read_support_format_tar(m_reader.get());
    if (format == Format::CompressedTar) {
        archive_read_support_filter_gzip(m_reader.get());
        archive_read_support_filter_xz(m_reader.get());
        archive_read_support_filter_zstd(m_reader.get());
    }
}

EntryReader::~EntryReader() = default;

qint64 EntryReader::readBlock(archive *reader, void *self, const void **block)
{
    auto *entries = static_cast<EntryReader *>(self);
    const Result<QByteArrayView> bytes = entries->m_source();
    if (!bytes) {
        entries->m_sourceError = bytes.error();
        archive_set_error(reader, EIO, "the source failed");
        return -1;
    }
    *block = bytes->data();
    return bytes->size();
}

Error EntryReader::failure(ErrorCode code) const
{
    if (m_sourceError.code != ErrorCode::None)
        return m_sourceError;
    Error error;
    error.code = code;
    error.args = {QString::fromUtf8(archive_error_string(m_reader.get()))};
    return error;
}

Result<bool> EntryReader::next()
{
    const ErrorCode code = m_started ? ErrorCode::ArchiveTruncated : ErrorCode::ArchiveUnreadable;
    const auto readCallback = [](archive *reader, void *self, const void **block) {
        return static_cast<la_ssize_t>(readBlock(reader, self, block));
    };
    if (!m_started
        && archive_read_open(m_reader.get(), this, nullptr, readCallback, nullptr) != ARCHIVE_OK)
        return failure(code);
    m_started = true;
    const int result = archive_read_next_header(m_reader.get(), &m_entry);
    if (result == ARCHIVE_EOF)
        return false;
    if (result < ARCHIVE_WARN) // a warning is, for instance, a name in another character set
        return failure(code);
    return true;
}

QString EntryReader::path() const
{
    if (const char *utf8 = archive_entry_pathname_utf8(m_entry))
        return QString::fromUtf8(utf8);
    const char *bytes = archive_entry_pathname(m_entry);
    return bytes == nullptr ? QString() : QString::fromUtf8(bytes);
}

qint64 EntryReader::size() const
{
    return isFile() ? archive_entry_size(m_entry) : 0;
}

bool EntryReader::isFile() const
{
    return archive_entry_filetype(m_entry) == AE_IFREG;
}

bool EntryReader::isDirectory() const
{
    return archive_entry_filetype(m_entry) == AE_IFDIR;
}

QString EntryReader::hardLinkTarget() const
{
    return QString::fromUtf8(archive_entry_hardlink(m_entry));
}

QString EntryReader::symbolicLinkTarget() const
{
    return QString::fromUtf8(archive_entry_symlink(m_entry));
}

Result<QByteArrayView> EntryReader::readContent()
{
    const void *block = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    int code = ARCHIVE_OK;
    do {
        code = archive_read_data_block(m_reader.get(), &block, &size, &offset);
    } while (code >= ARCHIVE_WARN && code != ARCHIVE_EOF && size == 0);
    if (code == ARCHIVE_EOF)
        return QByteArrayView();
    if (code < ARCHIVE_WARN)
        return failure(ErrorCode::ArchiveTruncated);
    return QByteArrayView(static_cast<const char *>(block), static_cast<qsizetype>(size));
}

Result<QByteArray> EntryReader::content(qint64 limit)
{
    QByteArray content;
    while (content.size() < limit) {
        const Result<QByteArrayView> bytes = readContent();
        if (!bytes)
            return bytes.error();
        if (bytes->isEmpty())
            break;
        content.append(bytes->first(qMin<qsizetype>(bytes->size(), limit - content.size())));
    }
    return content;
}

EntryReader::Source EntryReader::contentSource()
{
    return [this] { return readContent(); };
}

EntryReader::Source memorySource(QByteArrayView bytes)
{
    return [bytes, isRead = false]() mutable -> Result<QByteArrayView> {
        const QByteArrayView all = isRead ? QByteArrayView() : bytes;
        isRead = true;
        return all;
    };
}

} // namespace kwup
