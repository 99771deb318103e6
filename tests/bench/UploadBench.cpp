#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace kwup;
using namespace kwup::test;

/// Upload speed beside OpenSSH's sftp: same file, same sshd, same moment, turn and turn about, so
/// that what else the machine does hits both. Wall time includes connecting and logging in; both
/// sync the file to the disk. Ours also compares the SHA-256 on the host, which sftp does not:
/// "sent" is the wall time without that last part.
class UploadBench final : public QObject {
    Q_OBJECT

private slots:
    void uploadsAreNotSlowerThanSftp();

private:
    /// MiB/s of the whole upload; `sent`: until the last byte was acknowledged. -1 = failed.
    double ours(SshServer &server, UploadRequest upload, double &sent);
    double sftps(SshServer &server, const QString &file);

    SshLibrary m_library;
};

namespace {

constexpr qint64 Size = 256 * 1024 * 1024;
constexpr int Rounds = 5;

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double speed(qint64 milliseconds)
{
    return Size / 1048576.0 / (static_cast<double>(milliseconds) / 1000.0);
}

} // namespace

double UploadBench::ours(SshServer &server, UploadRequest upload, double &sent)
{
    QFile::remove(upload.remoteFile);
    SshConnector connector(server.config());
    ScriptedPrompts prompts;
    QElapsedTimer timer;
    timer.start();
    upload.onProgress = [&timer, &sent](TransferProgress progress) {
        if (progress.sent == progress.total)
            sent = speed(timer.elapsed());
    };
    auto connection = connector.connect(server.spec(), {}, prompts, {});
    if (!connection || !connection.value()->upload(upload, {}))
        return -1;
    return speed(timer.elapsed());
}

double UploadBench::sftps(SshServer &server, const QString &file)
{
    server.writeFile(QStringLiteral("batch"),
                     "put -f " + file.toUtf8() + ' '
                         + server.path(QStringLiteral("bysftp")).toUtf8() + '\n');
    QProcess sftp;
    QElapsedTimer timer;
    timer.start();
    sftp.start(QStringLiteral("sftp"),
               {QStringLiteral("-q"), QStringLiteral("-b"), server.path(QStringLiteral("batch")),
                QStringLiteral("-P"), QString::number(server.port()), QStringLiteral("-i"),
                server.spec().keyFile, QStringLiteral("-o"),
                QStringLiteral("StrictHostKeyChecking=no"), QStringLiteral("-o"),
                QStringLiteral("UserKnownHostsFile=/dev/null"), QStringLiteral("-F"),
                QStringLiteral("none"), server.spec().user + QStringLiteral("@127.0.0.1")});
    if (!sftp.waitForFinished(120000) || sftp.exitCode() != 0)
        return -1;
    return speed(timer.elapsed());
}

void UploadBench::uploadsAreNotSlowerThanSftp()
{
    SshServer server;
    if (!server.problem().isEmpty())
        QSKIP(qPrintable(server.problem()));
    QByteArray contents(Size, '\0');
    QRandomGenerator(1).fillRange(reinterpret_cast<quint32 *>(contents.data()), Size / 4);
    server.writeFile(QStringLiteral("local"), contents);
    UploadRequest upload;
    upload.localFile = server.path(QStringLiteral("local"));
    upload.remoteFile = server.path(QStringLiteral("byus"));
    upload.sha256 = QCryptographicHash::hash(contents, QCryptographicHash::Sha256).toHex();
    contents.clear();

    QList<double> we;
    QList<double> weSent;
    QList<double> they;
    for (int round = 0; round < Rounds; ++round) {
        double sent = -1;
        we += ours(server, upload, sent);
        weSent += sent;
        they += sftps(server, upload.localFile);
        QVERIFY(we.last() > 0);
        QVERIFY(they.last() > 0);
        std::printf("round %d: ours %.1f MiB/s (sent %.1f), sftp %.1f MiB/s\n", round + 1,
                    we.last(), sent, they.last());
    }
    const double ratio = median(weSent) / median(they);
    std::printf("median of %d, 256 MiB: ours %.1f MiB/s, sent %.1f MiB/s, sftp %.1f MiB/s; "
                "ratio whole %.2f, sent %.2f\n",
                Rounds, median(we), median(weSent), median(they), median(we) / median(they), ratio);
    std::fflush(stdout);
    QVERIFY2(ratio > 0.4, "far slower than sftp: the sliding window does not work");
}

QTEST_GUILESS_MAIN(UploadBench)
#include "UploadBench.moc"
