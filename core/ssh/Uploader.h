#pragma once

#include "core/remote/HostConnection.h"

#include <QElapsedTimer>
#include <QFile>

using LIBSSH2_SFTP_HANDLE = struct _LIBSSH2_SFTP_HANDLE;
using LIBSSH2_SFTP = struct _LIBSSH2_SFTP;

namespace kwup {

class SshConnection;

/// One upload, as FileTransfer describes it. SFTP with a sliding window; where the SFTP subsystem
/// cannot be used (a .bashrc that prints), through the standard input of a command.
class Uploader final {
public:
    Uploader(SshConnection &connection, const UploadRequest &request, std::stop_token stop);
    Q_DISABLE_COPY_MOVE(Uploader)

    Result<void> run();

private:
    struct RemoteState {
        QByteArray sha256; ///< of the target when its size is right, else empty
        qint64 partSize = -1;
        qint64 freeBytes = -1; ///< -1: df could not tell
    };
    Result<void> openLocal();
    Result<RemoteState> inspect();
    Result<qint64> resumePoint(qint64 partSize); ///< bytes of the part that are right
    Result<QByteArray> localSha256(qint64 size);
    Result<void> send(qint64 offset);
    Result<void> sendBySftp(LIBSSH2_SFTP *sftp, qint64 offset);
    Result<void> writeAll(LIBSSH2_SFTP_HANDLE *handle, qint64 offset);
    void drain(LIBSSH2_SFTP_HANDLE *handle, const char *data, qint64 queued);
    Result<void> sendByCommand(qint64 offset);
    Result<void> checkAndRename();

    Result<CommandOutput> command(const QString &script, qint64 bytesToRead = 0);
    void progress(qint64 sent, bool always = false);
    Error failed(const QString &why) const;
    Error writeFailed(const QString &why);
    Error noSpace(qint64 needed, qint64 free) const;
    QString directory() const;
    QString part() const { return m_request.remoteFile + QStringLiteral(".part"); }

    SshConnection &m_connection;
    const UploadRequest &m_request;
    std::stop_token m_stop;
    QFile m_file;
    qint64 m_size = 0;
    const char *m_data = nullptr;
    QElapsedTimer m_lastProgress;
};

} // namespace kwup
