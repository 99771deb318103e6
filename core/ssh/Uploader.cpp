#include "core/ssh/Uploader.h"

#include "core/base/CommandLine.h"
#include "core/ssh/SshConnection.h"

#include <libssh2.h>
#include <libssh2_sftp.h>
#include <openssl/evp.h>

#include <memory>

namespace kwup {

namespace {

using namespace std::chrono_literals;

/// 64 packets of 30000 bytes. Larger windows pass the 2 MiB channel window, where closing with
/// queued data can hang for good; smaller ones are slow over distance.
constexpr qint64 WindowSize = 64 * 30000;
constexpr auto SilenceLimit = 30s;
constexpr auto SubsystemLimit = 20s;
constexpr auto DrainLimit = 1s;
constexpr qint64 HashPiece = 16 * 1024 * 1024;
/// Left free on the host for the directory entry and what else lives there.
constexpr qint64 SpareBytes = 1024 * 1024;

/// Hashes standard input. openssl uses the processor's SHA instructions, which sha256sum of most
/// distributions does not (five times slower); it is tried on one byte first.
const QString HashFunction = QStringLiteral(
    "hash() {\n"
    "  if [ \"$(printf x | openssl dgst -sha256 -r 2>/dev/null | cut -c1-8)\" = 2d711642 ]; then\n"
    "    openssl dgst -sha256 -r; else sha256sum; fi | cut -c1-64\n"
    "}\n");

const QString InspectScript =
    HashFunction
    + QStringLiteral(
        "f=%1\nd=%2\n"
        "[ -d \"$d\" ] || { echo 'the directory does not exist' >&2; exit 3; }\n"
        "[ -w \"$d\" ] || { echo 'the directory is not writable' >&2; exit 3; }\n"
        "if [ \"$(stat -c %s \"$f\" 2>/dev/null)\" = %3 ]; then\n"
        "  echo \"same $(hash < \"$f\")\"; fi\n"
        "[ -f \"$f.part\" ] && [ ! -L \"$f.part\" ] && echo \"part $(stat -c %s \"$f.part\")\"\n"
        "echo \"free $(df -Pk \"$d\" | awk 'NR > 1 { free = $4 } END { print free }')\"\n");

} // namespace

Uploader::Uploader(SshConnection &connection, const UploadRequest &request, std::stop_token stop)
    : m_connection(connection)
    , m_request(request)
    , m_stop(std::move(stop))
    , m_file(request.localFile)
{
    m_lastProgress.start();
}

Result<void> Uploader::run()
{
    if (auto opened = openLocal(); !opened)
        return opened;
    const auto state = inspect();
    if (!state)
        return state.error();
    if (state->sha256 == m_request.sha256) {
        progress(m_size, true);
        return {};
    }
    const auto offset = resumePoint(state->partSize);
    if (!offset)
        return offset.error();
    const qint64 needed = m_size - *offset + SpareBytes;
    // The part that cannot be used is given back first.
    const qint64 free = state->freeBytes + (*offset == 0 ? qMax<qint64>(state->partSize, 0) : 0);
    if (state->freeBytes >= 0 && needed > free)
        return noSpace(needed, free);
    progress(*offset, true);
    if (auto sent = send(*offset); !sent)
        return sent;
    progress(m_size, true);
    return checkAndRename();
}

Result<void> Uploader::openLocal()
{
    const auto unreadable = [this] {
        return Error{ErrorCode::FileUnreadable, {}, {m_request.localFile, m_file.errorString()}};
    };
    if (!m_file.open(QIODevice::ReadOnly))
        return unreadable();
    m_size = m_file.size();
    if (m_size == 0)
        return {};
    const uchar *data = m_file.map(0, m_size);
    if (data == nullptr)
        return unreadable();
    m_data = reinterpret_cast<const char *>(data);
    return {};
}

Result<Uploader::RemoteState> Uploader::inspect()
{
    const QString script = InspectScript.arg(shellQuote(m_request.remoteFile),
                                             shellQuote(directory()), QString::number(m_size));
    const auto output = command(script, m_size);
    if (!output)
        return output.error();
    if (output->exitCode == 3) {
        return Error{ErrorCode::RemoteFileError,
                     m_connection.hostId(),
                     {directory(), QString::fromUtf8(output->err.trimmed())}};
    }
    RemoteState state;
    for (const QByteArray &line : output->out.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        const QByteArray value = words.value(1);
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        if (words[0] == "same")
            state.sha256 = value;
        else if (words[0] == "part" && isNumber)
            state.partSize = number;
        else if (words[0] == "free" && isNumber)
            state.freeBytes = number * 1024;
    }
    return state;
}

Result<qint64> Uploader::resumePoint(qint64 partSize)
{
    if (partSize <= 0 || partSize > m_size)
        return qint64(0);
    // A size proves nothing: a server may have written past what it acknowledged, or zeros.
    const QString script = (HashFunction + QStringLiteral("head -c %1 %2 | hash"))
                               .arg(QString::number(partSize), shellQuote(part()));
    const auto remote = command(script, partSize);
    if (!remote)
        return remote.error();
    const auto local = localSha256(partSize);
    if (!local)
        return local.error();
    return remote->out.trimmed() == *local ? partSize : 0;
}

Result<QByteArray> Uploader::localSha256(qint64 size)
{
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> context(EVP_MD_CTX_new(),
                                                                      &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    for (qint64 at = 0; at < size; at += HashPiece) {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, m_connection.hostId()};
        EVP_DigestUpdate(context.get(), m_data + at,
                         static_cast<std::size_t>(qMin(HashPiece, size - at)));
    }
    QByteArray digest(32, '\0');
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest.toHex();
}

Result<void> Uploader::send(qint64 offset)
{
    if (m_connection.isChatty())
        return sendByCommand(offset);
    SshSession &session = m_connection.session();
    const Watch watch(session, SubsystemLimit, SubsystemLimit, m_stop);
    LIBSSH2_SFTP *sftp = nullptr;
    const auto started = session.finish(watch, [&session, &sftp] {
        sftp = libssh2_sftp_init(session.raw());
        return sftp != nullptr ? 0 : libssh2_session_last_errno(session.raw());
    });
    if (!started)
        return started.error();
    if (*started != 0)
        return sendByCommand(offset);
    auto sent = sendBySftp(sftp, offset);
    const Watch closing(session, DrainLimit, DrainLimit, {});
    if (!session.isDead()
        && !session.finish(closing, [sftp] { return libssh2_sftp_shutdown(sftp); }))
        session.kill();
    if (session.isDead())
        libssh2_sftp_shutdown(sftp);
    return sent;
}

Result<void> Uploader::sendBySftp(LIBSSH2_SFTP *sftp, qint64 offset)
{
    SshSession &session = m_connection.session();
    const Watch watch(session, SubsystemLimit, SubsystemLimit, m_stop);
    const QByteArray name = part().toUtf8();
    const unsigned long flags =
        LIBSSH2_FXF_WRITE | LIBSSH2_FXF_CREAT | (offset == 0 ? LIBSSH2_FXF_TRUNC : 0);
    LIBSSH2_SFTP_HANDLE *handle = nullptr;
    const auto opened = session.finish(watch, [&] {
        handle = libssh2_sftp_open_ex(sftp, name.constData(), static_cast<unsigned>(name.size()),
                                      flags, 0600, LIBSSH2_SFTP_OPENFILE);
        return handle != nullptr ? 0 : libssh2_session_last_errno(session.raw());
    });
    if (!opened)
        return opened.error();
    if (*opened != 0) {
        return Error{
            ErrorCode::RemoteFileError, m_connection.hostId(), {part(), session.lastText()}};
    }
    libssh2_sftp_seek64(handle, static_cast<libssh2_uint64_t>(offset));
    auto written = writeAll(handle, offset);
    if (session.isDead()) {
        libssh2_sftp_close_handle(handle); // only frees: nothing is sent any more
        return written;
    }
    const Watch ending(session, 120s, 120s, written ? m_stop : std::stop_token());
    if (written) {
        // Servers that do not know fsync say so; the checksum below is the proof either way.
        const auto synced = session.finish(ending, [handle] { return libssh2_sftp_fsync(handle); });
        if (!synced)
            written = synced.error();
    }
    const auto closed =
        session.finish(ending, [handle] { return libssh2_sftp_close_handle(handle); });
    if (!closed) {
        session.kill();
        libssh2_sftp_close_handle(handle);
    }
    return written;
}

Result<void> Uploader::writeAll(LIBSSH2_SFTP_HANDLE *handle, qint64 offset)
{
    SshSession &session = m_connection.session();
    // No deadline for the whole: a slow line is no failure as long as bytes move.
    const Watch watch(session, std::chrono::hours(24), SilenceLimit, m_stop);
    while (offset < m_size) {
        // Always the whole window: the library keeps what it has queued and appends the rest, so
        // the pipe never runs dry.
        const qint64 window = qMin(WindowSize, m_size - offset);
        const auto count =
            libssh2_sftp_write(handle, m_data + offset, static_cast<std::size_t>(window));
        if (count > 0) {
            offset += count;
            progress(offset);
            if (!m_stop.stop_requested())
                continue;
        }
        if (SshSession::isLoss(static_cast<int>(count))) {
            session.kill();
            return session.error(ErrorCode::ConnectionLost);
        }
        if (count < 0 && count != LIBSSH2_ERROR_EAGAIN)
            return writeFailed(session.lastText());
        if (auto ended = session.wait(watch)) {
            if (!session.isDead())
                drain(handle, m_data + offset, qMin(WindowSize, m_size - offset));
            return *ended;
        }
    }
    return {};
}

/// Closing a handle with unsent data can corrupt the SFTP stream: what is queued goes out first.
void Uploader::drain(LIBSSH2_SFTP_HANDLE *handle, const char *data, qint64 queued)
{
    SshSession &session = m_connection.session();
    const Watch watch(session, DrainLimit, DrainLimit, {});
    while (queued > 0) {
        const auto count = session.finish(watch, [&] {
            return static_cast<int>(
                libssh2_sftp_write(handle, data, static_cast<std::size_t>(queued)));
        });
        if (!count || *count <= 0) {
            session.kill();
            return;
        }
        data += *count;
        queued -= *count;
    }
}

Result<void> Uploader::sendByCommand(qint64 offset)
{
    Command copy;
    copy.script = QStringLiteral("umask 077; f=%1\n"
                                 "if [ %2 -eq 0 ]; then : > \"$f\"; else truncate -s %2 \"$f\"; fi "
                                 "&& cat >> \"$f\" && { sync \"$f\" 2>/dev/null || sync; }")
                      .arg(shellQuote(part()), QString::number(offset));
    if (m_size > offset)
        copy.input = QByteArray::fromRawData(m_data + offset, m_size - offset);
    copy.deadline = std::chrono::hours(24);
    const auto output = m_connection.runWithProgress(
        copy, m_stop, [this, offset](qint64 sent) { progress(offset + sent); });
    if (!output)
        return output.error();
    if (!output->succeeded())
        return writeFailed(printable(output->err, 300).trimmed());
    return {};
}

Result<void> Uploader::checkAndRename()
{
    const QString quoted = shellQuote(part());
    const auto sum = command(HashFunction + QStringLiteral("hash < %1").arg(quoted), m_size);
    if (!sum)
        return sum.error();
    const QByteArray found = sum->out.trimmed();
    if (found != m_request.sha256) {
        // Not resumed from: the next try begins anew.
        const auto removed = command(QStringLiteral("rm -f %1").arg(quoted));
        if (!removed)
            return removed.error();
        return Error{ErrorCode::ChecksumMismatch,
                     m_connection.hostId(),
                     {m_request.remoteFile, QString::fromLatin1(m_request.sha256),
                      QString::fromLatin1(found)}};
    }
    const auto moved =
        command(QStringLiteral("mv -fT %1 %2").arg(quoted, shellQuote(m_request.remoteFile)));
    if (!moved)
        return moved.error();
    if (!moved->succeeded()) {
        return Error{ErrorCode::RemoteFileError,
                     m_connection.hostId(),
                     {m_request.remoteFile, printable(moved->err, 300).trimmed()}};
    }
    return {};
}

Result<CommandOutput> Uploader::command(const QString &script, qint64 bytesToRead)
{
    Command command;
    command.script = script;
    // Slow disks read 10 MB a second.
    command.deadline = 60s + std::chrono::seconds(bytesToRead / 10'000'000);
    return m_connection.run(command, m_stop);
}

void Uploader::progress(qint64 sent, bool always)
{
    if (!m_request.onProgress || (!always && m_lastProgress.elapsed() < 100))
        return;
    m_lastProgress.restart();
    m_request.onProgress({sent, m_size});
}

Error Uploader::failed(const QString &why) const
{
    return Error{ErrorCode::UploadFailed, m_connection.hostId(), {m_request.remoteFile, why}};
}

/// SFTP has one code for every failed write; the usual reason is a full disk.
Error Uploader::writeFailed(const QString &why)
{
    const auto state = inspect();
    if (state && state->freeBytes >= 0 && state->freeBytes < SpareBytes)
        return noSpace(m_size - qMax<qint64>(state->partSize, 0) + SpareBytes, state->freeBytes);
    return failed(why);
}

Error Uploader::noSpace(qint64 needed, qint64 free) const
{
    return Error{ErrorCode::NoSpace,
                 m_connection.hostId(),
                 {directory(), QString::number(needed), QString::number(free)}};
}

QString Uploader::directory() const
{
    const qsizetype slash = m_request.remoteFile.lastIndexOf(u'/');
    return slash <= 0 ? QStringLiteral("/") : m_request.remoteFile.left(slash);
}

} // namespace kwup
