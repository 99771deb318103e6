#include "core/kwdb/DeployScript.h"
#include "core/kwdb/SignatureText.h"

#include "tests/support/Transcript.h"

#include <QTest>

namespace kwup::test {

namespace {

/// What the n-th run of the upgrade in a recording printed on both streams.
QByteArray upgradeOutput(const char *name, int n = 0)
{
    const auto entry =
        transcriptEntry(QStringLiteral("host-transcripts/%1.txt").arg(QLatin1String(name)),
                        QStringLiteral("./deploy.sh upgrade"), n);
    return entry.out + entry.err;
}

} // namespace

class tst_DeployScript final : public QObject {
    Q_OBJECT

private slots:
    void recordedRunsAreRead_data();
    void recordedRunsAreRead();
    void whatTheFactSheetQuotesIsRead_data();
    void whatTheFactSheetQuotesIsRead();
    void outputCutInTheMiddleIsReadAsFarAsItGoes();
    void recordedFailuresAreRecognised_data();
    void recordedFailuresAreRecognised();
    void everyMessageOfTheFactSheetIsRecognised_data();
    void everyMessageOfTheFactSheetIsRecognised();
    void successIsNoFailure();
    void everySignatureHasSentencesAndPatterns();
};

void tst_DeployScript::recordedRunsAreRead_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("percent");
    QTest::addColumn<bool>("completed");
    QTest::addColumn<QString>("message");
    QTest::newRow("success") << upgradeOutput("offline-ok") << "upgrade complete" << 100 << true
                             << "";
    QTest::newRow("same version") << upgradeOutput("offline-ok", 1) << "version compare" << 50
                                  << false
                                  << "UPGRADE ERROR:The upgrade conditions are not met.( --> )";
    QTest::newRow("older")
        << upgradeOutput("older") << "version compare" << 50 << false
        << "UPGRADE ERROR:The requested upgrade version is older than the current "
           "installed version.(current:2.2.0 new_version:2.1.0)";
    QTest::newRow("bar after the error")
        << upgradeOutput("wrong-type") << "install check" << 10 << false
        << "Current use bare, but the package is container.";
    QTest::newRow("running single")
        << upgradeOutput("running-single") << "whether running" << 60 << false
        << "Current local node is not support online upgrade! Please stop KaiwuDB then try again.";
    QTest::newRow("no sudo") << upgradeOutput("no-sudo") << "" << 0 << false
                             << "Incorrect password.";
    QTest::newRow("peer unreachable")
        << upgradeOutput("online-single-replica") << "change KaiwuDB status" << 75 << false
        << "KaiwuDB change status failed: ERROR: rpc error: code = Unknown desc = during liveness "
           "update 1 -> true: cluster has node unreachable. Can not connect to node 2 Failed "
           "running "
           "\"node upgrade\".";
}

void tst_DeployScript::recordedRunsAreRead()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, step);
    QFETCH(int, percent);
    QFETCH(bool, completed);
    QFETCH(QString, message);
    const auto output = parseDeployOutput(raw);
    QCOMPARE(output.step, step);
    QCOMPARE(output.percent, percent);
    QCOMPARE(output.completed, completed);
    QCOMPARE(output.errorMessage, message);
}

void tst_DeployScript::whatTheFactSheetQuotesIsRead_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<bool>("completed");
    QTest::addColumn<QString>("message");
    QTest::newRow("sudo bash") << QByteArray(
        "\x1b[31m[ERROR]\x1b[0m Can not use command: 'sudo bash'.\n")
                               << false << "Can not use command: 'sudo bash'.";
    QTest::newRow("log init") << QByteArray("\x1b[31m[ERROR]\x1b[0m Deploy log init failed.\n")
                              << false << "Deploy log init failed.";
    QTest::newRow("empty error of 2.1.0, then done")
        << QByteArray("\x1b[31m [ERROR] 2026-11-22 12:52:34  \x1b[0m\n"
                      "\x1b[1;32m[UPGRADE COMPLETED]:\x1b[0mLocal node upgrade successfully.\n")
        << true << "";
    QTest::newRow("warning only") << QByteArray(
        "\x1b[33m [WARN] 2026-11-22 12:52:34 few cores \x1b[0m\n")
                                  << false << "";
    QTest::newRow("text of the documentation, never printed")
        << QByteArray("UPGRADE COMPLETED: KaiwuDB has been upgraded successfully!\n") << false
        << "";
    QTest::newRow("usage") << QByteArray("Usage: deploy.sh [command]\n") << false << "";
}

void tst_DeployScript::whatTheFactSheetQuotesIsRead()
{
    QFETCH(QByteArray, raw);
    QFETCH(bool, completed);
    QFETCH(QString, message);
    const auto output = parseDeployOutput(raw);
    QCOMPARE(output.completed, completed);
    QCOMPARE(output.errorMessage, message);
}

void tst_DeployScript::outputCutInTheMiddleIsReadAsFarAsItGoes()
{
    const QByteArray whole = upgradeOutput("offline-ok");
    int last = 0;
    for (qsizetype length = 0; length <= whole.size(); length += 7) {
        const auto output = parseDeployOutput(whole.left(length));
        QVERIFY(output.percent >= last && output.percent <= 100);
        last = output.percent;
        QVERIFY(output.errorMessage.isEmpty());
    }
    QCOMPARE(last, 100);
}

void tst_DeployScript::recordedFailuresAreRecognised_data()
{
    QTest::addColumn<QByteArray>("evidence");
    QTest::addColumn<QString>("id");
    const auto kwdb = [](const char *file, const char *part, int n = 0) {
        const auto entry = transcriptEntry(
            QStringLiteral("kwdb-transcripts/") + QLatin1String(file), QLatin1String(part), n);
        return entry.out + entry.err;
    };
    const auto host = [](const char *file) {
        return readTestData(QStringLiteral("host-transcripts/") + QLatin1String(file));
    };
    QTest::newRow("lock") << upgradeOutput("lock") << "package-manager-lock";
    QTest::newRow("dep") << upgradeOutput("dep") << "package-dependency";
    QTest::newRow("older") << upgradeOutput("older") << "version-older";
    QTest::newRow("same") << upgradeOutput("offline-ok", 1) << "version-not-newer";
    QTest::newRow("wrong-type") << upgradeOutput("wrong-type") << "wrong-package-kind";
    QTest::newRow("no-sudo") << upgradeOutput("no-sudo") << "sudo-password-wrong";
    QTest::newRow("running-single") << upgradeOutput("running-single") << "running-single-node";
    QTest::newRow("node dead") << upgradeOutput("online-node-dead") << "peer-not-live";
    QTest::newRow("single replica") << upgradeOutput("online-single-replica") << "peer-unreachable";
    const auto plain = transcriptEntry(QStringLiteral("host-transcripts/no-sudo.txt"),
                                       QStringLiteral("sudo -n systemctl stop"));
    QTest::newRow("sudo -n") << plain.err << "sudo-password-needed";
    const auto denied = transcriptEntry(QStringLiteral("host-transcripts/no-sudo.txt"),
                                        QStringLiteral("'systemctl stop"));
    QTest::newRow("access denied") << denied.err << "sudo-password-needed";
    const auto interrupted = transcriptEntry(QStringLiteral("host-transcripts/kill-pty.txt"),
                                             QStringLiteral("dpkg-query"));
    QTest::newRow("interrupted") << interrupted.out << "package-interrupted";
    const auto missing = transcriptEntry(QStringLiteral("host-transcripts/broken-bin.txt"),
                                         QStringLiteral("systemctl status"), 2);
    QTest::newRow("binary missing") << missing.out << "binary-missing";
    const auto died = transcriptEntry(QStringLiteral("host-transcripts/broken-bin.txt"),
                                      QStringLiteral("journalctl -u kaiwudb"));
    QTest::newRow("service died") << died.out << "service-died";
    QTest::newRow("broken unit") << host("install-2.2.1-script-which-sysctl.txt")
                                 << "unit-start-pre-broken";
    QTest::newRow("no user") << host("install-3-multi-insecure-2.2.0-FAILS.txt")
                             << "service-user-missing";
    QTest::newRow("not initialised") << kwdb("01-init-status.txt", "node status") << "no-quorum";
    QTest::newRow("quorum lost") << kwdb("15-quorum-loss.txt", "count") << "no-quorum";
    QTest::newRow("server down") << kwdb("07-errors.txt",
                                         "node status --insecure --host=127.0.0.1:27999")
                                 << "server-not-answering";
    QTest::newRow("no certificates")
        << kwdb("07-errors.txt", "--certs-dir=/nonexist") << "client-certificates";
    QTest::newRow("insecure client")
        << kwdb("13-secure.txt", "node status --insecure") << "client-security-differs";
    QTest::newRow("secure client")
        << kwdb("13-secure.txt", "--host=127.0.0.1:27257") << "client-security-differs";
    QTest::newRow("closed connection")
        << kwdb("13-secure.txt", "node upgrade 9") << "client-security-differs";
    QTest::newRow("no brpc") << kwdb("16a-upgrade-to-V3.0.0-without-brpc-addr.txt", "insecure1.err")
                             << "brpc-address-missing";
}

void tst_DeployScript::recordedFailuresAreRecognised()
{
    QFETCH(QByteArray, evidence);
    QFETCH(QString, id);
    QVERIFY(!evidence.isEmpty());
    const auto signature = recogniseFailure(evidence);
    QVERIFY(signature);
    QCOMPARE(signature->id, id);
    QVERIFY(!signature->cause.isEmpty());
    QVERIFY(!signature->advice.isEmpty());
}

void tst_DeployScript::everyMessageOfTheFactSheetIsRecognised_data()
{
    QTest::addColumn<QByteArray>("evidence");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *id, const char *text) {
        QTest::addRow("%s: %s", id, text) << QByteArray(text) << QString(QLatin1String(id));
    };
    row("sudo-not-allowed", "\x1b[31m[ERROR]\x1b[0m Can not use command: 'sudo bash'.");
    row("package-directory-unwritable",
        "Pipe create failed: mkfifo: cannot create fifo 'kw_pipe': Permission denied");
    row("package-directory-unwritable", "[ERROR] Deploy log init failed.");
    row("package-path-with-blank", "./deploy.sh: line 50: local_privileged: command not found");
    row("not-installed", "KaiwuDB does not exist. Please install KaiwuDB first.");
    row("packages-missing", "/tmp/x/packages: No such directory.");
    row("packages-missing", "Package libcommon does not exist.");
    row("mode-unreadable", "Current use , but the package is bare.");
    row("version-official-to-prerelease",
        "UPGRADE ERROR:Official version can not upgrade to beta1.");
    row("version-extension-refused",
        "WARNING:This version upgrade is not supported, and if you continue to upgrade, you can "
        "use the --bypass-version-check option");
    row("docker-no-space",
        "Pipe create failed: docker load failed: write /usr/lib/x: no space left on device.");
    row("docker-load-failed",
        "Pipe create failed: docker load failed: open /var/lib/docker/tmp: no such file.");
    row("node-status-failed", "KaiwuDB change status failed: Get node id failed: exit 1..");
    row("server-not-answering",
        "KaiwuDB change status failed: Get node id failed: ERROR: cannot dial server...");
    row("own-node-id-unknown",
        "KaiwuDB change status failed: ERROR: requires at least 1 arg(s), only received 0.");
    row("node-not-eligible",
        "Upgrade ternimated. Hint: node 2 is not eligible to upgrade, check the node status and "
        "upgrader later.");
    row("node-not-eligible", "Upgrade ternimated. Hint: cannot find status of node 4");
    row("store-dead-setting-failed",
        "set cluster setting server.time_until_store_dead failed when upgrade");
    row("peer-not-live", "can not upgrade nodes when cluster has node DECOMMISSIONING");
    row("service-restart-failed",
        "Recover KaiwuDB failed: Restart KaiwuDB failed. For more information, use 'journalctl -u "
        "kaiwudb' to view the system logs..");
    row("package-install-failed", "KaiwuDB upgrade failed: something new.");
    row("package-install-failed", "Pipe create failed: something new.");
    row("package-dependency",
        "error: Failed dependencies: squashfs-tools is needed by kaiwudb-server-2.2.1");
    row("package-file-conflict",
        "dpkg: error processing archive x.deb: trying to overwrite '/usr/bin/kwbase', which is "
        "also in package kwdb-server");
    row("package-already-installed", "package kaiwudb-server-2.2.1 is already installed");
    row("disk-full",
        "Pipe create failed: dpkg: error: cannot copy extracted data: No space left on device.");
    row("docker-permission",
        "Got permission denied while trying to connect to the Docker daemon socket at "
        "unix:///var/run/docker.sock");
    row("docker-needs-terminal", "the input device is not a TTY");
    row("start-mode-differs",
        "check start mode failed! Node start mode is start, should be start-single-replica");
    row("licence-needed",
        "panic: Cluster expansion feature needs an enterprise license to enable.");
    row("data-newer-than-binary",
        "kwbase version v20.1-1 is incompatible with data in store "
        "<no-attributes>=/var/lib/kaiwudb-1");
}

void tst_DeployScript::everyMessageOfTheFactSheetIsRecognised()
{
    QFETCH(QByteArray, evidence);
    QFETCH(QString, id);
    const auto signature = recogniseFailure(evidence);
    QVERIFY(signature);
    QCOMPARE(signature->id, id);
}

void tst_DeployScript::successIsNoFailure()
{
    QVERIFY(!recogniseFailure(upgradeOutput("offline-ok")));
    QVERIFY(!recogniseFailure(QByteArray()));
    QVERIFY(!recogniseFailure("something nobody has seen"));
}

void tst_DeployScript::everySignatureHasSentencesAndPatterns()
{
    auto withPatterns = signatureIds();
    auto withText = signatureTextIds();
    QVERIFY(withPatterns.size() > 40);
    QCOMPARE(withPatterns.removeDuplicates(), 0);
    withPatterns.sort();
    withText.sort();
    QCOMPARE(withText, withPatterns);
    for (const auto &id : withText) {
        QVERIFY(signatureCause(id).endsWith(u'.'));
        QVERIFY(signatureAdvice(id).endsWith(u'.'));
    }
    QVERIFY(signatureCause(QStringLiteral("no-such-id")).isEmpty());
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_DeployScript)
#include "tst_DeployScript.moc"
