#include "core/kwdb/KwbaseCli.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace kwup::test {

namespace {

/// Runs sh text and gives what it printed.
QByteArray shell(const QString &script, const QStringList &environment)
{
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
    process.write("not for kwbase\n");
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return "did not end";
    return process.readAllStandardOutput() + process.readAllStandardError();
}

void writeProgram(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

} // namespace

class tst_KwbaseCli final : public QObject {
    Q_OBJECT

private slots:
    void kwbaseRunsInItsDirectoryWithoutInheritedSettings();
    void otherUsersAreReachedWithSudo();
    void theSecurityModeDecidesTheOption();
    void containersAreReachedWithDocker();
    void valuesOfSettingsAreQuoted();
    void statementsReadOnlyWhatIsCheap();
};

void tst_KwbaseCli::kwbaseRunsInItsDirectoryWithoutInheritedSettings()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(QStringLiteral("a b")));
    const QString binary = directory.filePath(QStringLiteral("a b/kwbase"));
    writeProgram(binary,
                 "#!/bin/sh\necho \"in $PWD\"\nenv | grep ^KWBASE_\ncat\n"
                 "for a in \"$@\"; do echo \"[$a]\"; done\n");
    KwbaseCli cli;
    cli.binary = binary;
    cli.user = QStringLiteral("root");
    cli.address = QStringLiteral("127.0.0.1:26257");
    const QByteArray out =
        shell(cli.sql({QStringLiteral("SELECT 'it''s'"), QStringLiteral("SHOW JOBS")}),
              {QStringLiteral("KWBASE_HOST=elsewhere"), QStringLiteral("KWBASE_URL=x")});
    QCOMPARE(out,
             "in " + directory.path().toUtf8()
                 + "/a b\n[sql]\n[--format=csv]\n[--host=127.0.0.1:26257]\n[--insecure]\n[-e]\n"
                   "[SELECT 'it''s']\n[-e]\n[SHOW JOBS]\n");
    QVERIFY(shell(cli.nodeStatus(), {}).contains("[node]\n[status]\n[--all]\n[--format=csv]\n"));
    QVERIFY(shell(cli.version(), {}).endsWith("[version]\n"));
}

void tst_KwbaseCli::otherUsersAreReachedWithSudo()
{
    const QTemporaryDir directory;
    writeProgram(directory.filePath(QStringLiteral("kwbase")), "#!/bin/sh\necho direct\n");
    writeProgram(directory.filePath(QStringLiteral("sudo")),
                 "#!/bin/sh\necho \"sudo $1 $2 $3\"\nshift 3\nexec \"$@\"\n");
    const QString path =
        QStringLiteral("PATH=%1:%2").arg(directory.path(), qEnvironmentVariable("PATH"));
    KwbaseCli cli;
    cli.binary = directory.filePath(QStringLiteral("kwbase"));
    cli.address = QStringLiteral("127.0.0.1:26257");
    cli.user = QStringLiteral("kaiwudb");
    QCOMPARE(shell(cli.version(), {path}), QByteArray("sudo -n -u kaiwudb\ndirect\n"));
    cli.user = QString::fromUtf8(shell(QStringLiteral("id -un"), {})).trimmed();
    QCOMPARE(shell(cli.version(), {path}), QByteArray("direct\n"));
    cli.user.clear();
    QCOMPARE(shell(cli.version(), {path}), QByteArray("direct\n"));
}

void tst_KwbaseCli::theSecurityModeDecidesTheOption()
{
    KwbaseCli cli;
    cli.address = QStringLiteral("10.0.0.1:26257");
    cli.security = SecurityMode::Tls;
    QVERIFY(cli.nodeStatus().contains(QStringLiteral("--certs-dir=/etc/kaiwudb/certs")));
    QVERIFY(!cli.nodeStatus().contains(QStringLiteral("--insecure")));
    QVERIFY(!cli.nodeStatus().contains(QStringLiteral("--tlcp")));
    cli.security = SecurityMode::Tlcp;
    QVERIFY(cli.nodeStatus().contains(QStringLiteral("--certs-dir=/etc/kaiwudb/certs --tlcp")));
}

void tst_KwbaseCli::containersAreReachedWithDocker()
{
    KwbaseCli cli;
    cli.binary = QStringLiteral("/kaiwudb/bin/kwbase");
    cli.container = QStringLiteral("kaiwudb-container");
    cli.user = QStringLiteral("kaiwudb");
    cli.address = QStringLiteral("127.0.0.1:26257");
    QCOMPARE(cli.nodeStatus(),
             QStringLiteral("timeout -k 5 20 docker exec -w /kaiwudb/bin kaiwudb-container "
                            "./kwbase node status --all --format=csv --host=127.0.0.1:26257 "
                            "--insecure </dev/null"));
}

void tst_KwbaseCli::valuesOfSettingsAreQuoted()
{
    QCOMPARE(sql::setSetting(QLatin1String(TimeUntilStoreDead), QStringLiteral("02:00:00")),
             QStringLiteral("SET CLUSTER SETTING server.time_until_store_dead = '02:00:00'"));
    QCOMPARE(sql::setSetting(QStringLiteral("a.b"), QStringLiteral("x'; DROP TABLE t; --")),
             QStringLiteral("SET CLUSTER SETTING a.b = 'x''; DROP TABLE t; --'"));
    QCOMPARE(sql::showSetting(QStringLiteral("a.b")), QStringLiteral("SHOW CLUSTER SETTING a.b"));
}

void tst_KwbaseCli::statementsReadOnlyWhatIsCheap()
{
    // kwdb_internal.ranges asks every range and hangs when one is unavailable.
    QVERIFY(sql::ranges().contains(QStringLiteral("ranges_no_leases")));
    QVERIFY(sql::clusterId().contains(QStringLiteral("ClusterID")));
}

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_KwbaseCli)
#include "tst_KwbaseCli.moc"
