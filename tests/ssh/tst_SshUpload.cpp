#include "core/ssh/SshLibrary.h"

#include "tests/ssh/SshServer.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTest>

using namespace kwup;
using namespace kwup::test;
using namespace std::chrono_literals;

class TestSshUpload final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aFileArrivesWhole();
    void anEmptyFileArrives();
    void theSameFileIsNotSentAgain();
    void anOlderFileIsReplaced();
    void aCutUploadGoesOn();
    void aForeignPartIsNotTrusted();
    void aWrongChecksumIsFound();
    void aMissingDirectoryIsTold();
    void cancelIsPromptAndTheConnectionLives();
    void aChattyShellDoesNoHarm();
    void aSmallDiskIsSeenBeforeAnythingIsSent();
    void aDiskThatFillsUpOnTheWayIsTold();

private:
    std::unique_ptr<HostConnection> connect(const SshServer &server);
    UploadRequest request(const SshServer &server, qint64 size);

    SshLibrary m_library;
    std::unique_ptr<SshServer> m_server;
};

void TestSshUpload::initTestCase()
{
    m_server = std::make_unique<SshServer>();
    if (!m_server->problem().isEmpty())
        QSKIP(qPrintable(m_server->problem()));
}

std::unique_ptr<HostConnection> TestSshUpload::connect(const SshServer &server)
{
    SshConnector connector(server.config());
    ScriptedPrompts prompts;
    auto connection = connector.connect(server.spec(), {}, prompts, {});
    return connection ? std::move(connection).value() : nullptr;
}

UploadRequest TestSshUpload::request(const SshServer &server, qint64 size)
{
    QByteArray contents(size, '\0');
    QRandomGenerator(42).fillRange(reinterpret_cast<quint32 *>(contents.data()), size / 4);
    server.writeFile(QStringLiteral("local"), contents);
    UploadRequest upload;
    upload.localFile = server.path(QStringLiteral("local"));
    upload.remoteFile = server.path(QStringLiteral("remote it's $HOME"));
    upload.sha256 = QCryptographicHash::hash(contents, QCryptographicHash::Sha256).toHex();
    QFile::remove(upload.remoteFile);
    QFile::remove(upload.remoteFile + QStringLiteral(".part"));
    return upload;
}

#define KWUP_VERIFY(result)                                                                        \
    if (const auto outcome = (result); !outcome)                                                   \
    QFAIL(qPrintable(describe(outcome.error())))

void TestSshUpload::aFileArrivesWhole()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 20 * 1024 * 1024 + 4);
    QList<qint64> sent;
    upload.onProgress = [&sent](TransferProgress progress) { sent += progress.sent; };
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(m_server->readFile(QStringLiteral("remote it's $HOME")),
             m_server->readFile(QStringLiteral("local")));
    QVERIFY(!QFile::exists(upload.remoteFile + QStringLiteral(".part")));
    QVERIFY(std::is_sorted(sent.cbegin(), sent.cend()));
    QCOMPARE(sent.last(), 20 * 1024 * 1024 + 4);
}

void TestSshUpload::anEmptyFileArrives()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    const UploadRequest upload = request(*m_server, 0);
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(QFileInfo(upload.remoteFile).size(), 0);
}

void TestSshUpload::theSameFileIsNotSentAgain()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    const UploadRequest upload = request(*m_server, 100000);
    KWUP_VERIFY(host->upload(upload, {}));
    const auto inode = QFileInfo(upload.remoteFile).metadataChangeTime();
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(QFileInfo(upload.remoteFile).metadataChangeTime(), inode);
}

void TestSshUpload::anOlderFileIsReplaced()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    const UploadRequest upload = request(*m_server, 100000);
    m_server->writeFile(QStringLiteral("remote it's $HOME"), QByteArray(100000, 'o'));
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(m_server->readFile(QStringLiteral("remote it's $HOME")),
             m_server->readFile(QStringLiteral("local")));
}

void TestSshUpload::aCutUploadGoesOn()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 64 * 1024 * 1024);
    upload.onProgress = [this](TransferProgress progress) {
        if (progress.sent > 4 * 1024 * 1024 && progress.sent < progress.total)
            m_server->killSessions();
    };
    QCOMPARE(host->upload(upload, {}).error().code, ErrorCode::ConnectionLost);
    const qint64 left = QFileInfo(upload.remoteFile + QStringLiteral(".part")).size();
    QVERIFY2(left > 1024 * 1024, qPrintable(QString::number(left)));

    host = connect(*m_server);
    QVERIFY(host);
    qint64 first = -1;
    upload.onProgress = [&first](TransferProgress progress) {
        first = first < 0 ? progress.sent : first;
    };
    KWUP_VERIFY(host->upload(upload, {}));
    // The server may have written what was in its pipe after the cut.
    QVERIFY2(first >= left && first < 64 * 1024 * 1024, qPrintable(QString::number(first)));
    QCOMPARE(m_server->readFile(QStringLiteral("remote it's $HOME")),
             m_server->readFile(QStringLiteral("local")));
}

void TestSshUpload::aForeignPartIsNotTrusted()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 3000000);
    m_server->writeFile(QStringLiteral("remote it's $HOME.part"), QByteArray(2000000, '\0'));
    qint64 first = -1;
    upload.onProgress = [&first](TransferProgress progress) {
        first = first < 0 ? progress.sent : first;
    };
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(first, 0);
}

void TestSshUpload::aWrongChecksumIsFound()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 100000);
    upload.sha256 = QByteArray(64, 'a');
    const auto result = host->upload(upload, {});
    QCOMPARE(result.error().code, ErrorCode::ChecksumMismatch);
    QVERIFY(!QFile::exists(upload.remoteFile));
    QVERIFY(!QFile::exists(upload.remoteFile + QStringLiteral(".part")));
}

void TestSshUpload::aMissingDirectoryIsTold()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 1000);
    upload.remoteFile = m_server->path(QStringLiteral("no/such/file"));
    QCOMPARE(host->upload(upload, {}).error().code, ErrorCode::RemoteFileError);
}

void TestSshUpload::cancelIsPromptAndTheConnectionLives()
{
    auto host = connect(*m_server);
    QVERIFY(host);
    UploadRequest upload = request(*m_server, 96 * 1024 * 1024);
    std::stop_source source;
    QElapsedTimer timer;
    upload.onProgress = [&](TransferProgress progress) {
        if (progress.sent > 4 * 1024 * 1024 && !timer.isValid()) {
            timer.start();
            source.request_stop();
        }
    };
    QCOMPARE(host->upload(upload, source.get_token()).error().code, ErrorCode::Cancelled);
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    const auto next = host->run(Command{QStringLiteral("echo next")}, {});
    QVERIFY(next.has_value());
    QCOMPARE(next->out, QByteArray("next\n"));
}

void TestSshUpload::aChattyShellDoesNoHarm()
{
    SshServer::Options options;
    options.bashrc = "echo 'Welcome to the machine'; echo 'careful' >&2";
    SshServer server(options);
    QVERIFY2(server.problem().isEmpty(), qPrintable(server.problem()));
    auto host = connect(server);
    QVERIFY(host);
    const auto output = host->run(Command{QStringLiteral("echo x; echo y >&2")}, {});
    QVERIFY(output.has_value());
    QCOMPARE(output->out, QByteArray("x\n"));
    QCOMPARE(output->err, QByteArray("y\n"));
    const UploadRequest upload = request(server, 5000000);
    KWUP_VERIFY(host->upload(upload, {}));
    QCOMPARE(server.readFile(QStringLiteral("remote it's $HOME")),
             server.readFile(QStringLiteral("local")));
}

void TestSshUpload::aSmallDiskIsSeenBeforeAnythingIsSent()
{
    SshServer::Options options;
    options.smallDisk = true;
    SshServer server(options);
    if (!server.problem().isEmpty())
        QSKIP(qPrintable(server.problem()));
    auto host = connect(server);
    QVERIFY(host);
    UploadRequest upload = request(server, 20000000);
    upload.remoteFile = server.path(QStringLiteral("small/file"));
    const auto result = host->upload(upload, {});
    QCOMPARE(result.error().code, ErrorCode::NoSpace);
    QCOMPARE(result.error().args.value(0), server.path(QStringLiteral("small")));
    const auto left =
        host->run(Command{QStringLiteral("ls -A %1").arg(result.error().args[0])}, {});
    QVERIFY(left.has_value());
    QCOMPARE(left->out, QByteArray());
}

void TestSshUpload::aDiskThatFillsUpOnTheWayIsTold()
{
    SshServer::Options options;
    options.smallDisk = true;
    SshServer server(options);
    if (!server.problem().isEmpty())
        QSKIP(qPrintable(server.problem()));
    // The first look finds space that somebody else has taken when the bytes come.
    server.writeFile(QStringLiteral("home/bin/df"),
                     "#!/bin/sh\n[ -e \"$HOME/looked\" ] && exec /usr/bin/df \"$@\"\n"
                     "touch \"$HOME/looked\"\necho Filesystem\necho none 1 1 99999999 1% /x\n",
                     true);
    auto host = connect(server);
    QVERIFY(host);
    UploadRequest upload = request(server, 20000000);
    upload.remoteFile = server.path(QStringLiteral("small/file"));
    const auto result = host->upload(upload, {});
    QCOMPARE(result.error().code, ErrorCode::NoSpace);
    const auto next = host->run(Command{QStringLiteral("echo next")}, {});
    QVERIFY(next.has_value());
}

QTEST_GUILESS_MAIN(TestSshUpload)
#include "tst_SshUpload.moc"
