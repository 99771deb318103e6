#include "core/profile/Profile.h"

#include <QTest>

using namespace kwup;

class HostImportTest : public QObject {
    Q_OBJECT

private slots:
    void theVendorsFileIsRead();
    void aSingleNodeNeedsNoClusterSection();
    void aTableIsRead_data();
    void aTableIsRead();
    void aTypedListIsRead();
    void nonsenseIsRefusedWithItsLine_data();
    void nonsenseIsRefusedWithItsLine();
    void aTypedListWithNonsenseIsRefused_data();
    void aTypedListWithNonsenseIsRefused();
    void secretsComeFromTheDefaultAndFromTheHost();
    void noSecretsAreNoError();
    void secretsOfOthersAreRefusedWithoutRepeatingThem_data();
    void secretsOfOthersAreRefusedWithoutRepeatingThem();
};

namespace {

QStringList described(const QList<HostSpec> &hosts)
{
    QStringList rows;
    for (const HostSpec &host : hosts)
        rows.append(host.user + u'@' + host.id());
    return rows;
}

QStringList imported(const QByteArray &content, const char *fileName)
{
    const Result<QList<HostSpec>> hosts = importHosts(content, QString::fromLatin1(fileName));
    return hosts ? described(*hosts) : QStringList{describe(hosts.error())};
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void HostImportTest::theVendorsFileIsRead()
{
    const QByteArray cfg = "[global]\n"
                           "# Whether to turn on secure mode\n"
                           "secure_mode=tls\n"
                           "rest_port=8080\n"
                           "data_root=/var/lib/kaiwudb\n"
                           "[local]\n"
                           "node_addr=10.0.0.1\n"
                           "# section cluster is optional\n"
                           "[cluster]\n"
                           "node_addr=10.0.0.2, 10.0.0.3 # others\n"
                           "ssh_port=2222\r\n"
                           "ssh_user=admin\n";
    const QStringList wanted = words("admin@10.0.0.1:2222 admin@10.0.0.2:2222 admin@10.0.0.3:2222");
    QCOMPARE(imported(cfg, "deploy.cfg"), wanted);
    QCOMPARE(imported(cfg, "renamed.txt"), wanted);
}

void HostImportTest::aSingleNodeNeedsNoClusterSection()
{
    QCOMPARE(imported("[local]\nnode_addr=10.0.0.1\n", "deploy.cfg"), words("@10.0.0.1"));
}

void HostImportTest::aTableIsRead_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("commas") << QByteArray("10.0.0.1,22,root\n10.0.0.2,2222,admin\n");
    QTest::newRow("semicolons") << QByteArray("10.0.0.1;22;root\n10.0.0.2;2222;admin\n");
    QTest::newRow("tabs") << QByteArray("10.0.0.1\t\troot\n10.0.0.2\t2222\tadmin\n");
    QTest::newRow("header in another order")
        << QByteArray("Address,User,Port\n10.0.0.1,root,\n10.0.0.2,admin,2222\n");
    QTest::newRow("as a spreadsheet saves it")
        << QByteArray("\xef\xbb\xbf"
                      "address;port;user\r\n\"10.0.0.1\";22;\"root\"\r\n\r\n10.0.0.2;2222;admin");
    QTest::newRow("comments") << QByteArray("# mine\n10.0.0.1,22,root\n\n10.0.0.2,2222,admin\n");
}

void HostImportTest::aTableIsRead()
{
    QFETCH(QByteArray, csv);
    QCOMPARE(imported(csv, "hosts.csv"), words("root@10.0.0.1 admin@10.0.0.2:2222"));
}

void HostImportTest::aTypedListIsRead()
{
    const auto hosts = parseHostList(
        QStringLiteral(" root@10.0.0.1  db2:2222,\n\t me@corp@[fe80::1]:23;fe80::2\n[::3]\n\n"));
    QVERIFY(hosts);
    QCOMPARE(described(*hosts),
             words("root@10.0.0.1 @db2:2222 me@corp@[fe80::1]:23 @fe80::2 @::3"));
    const auto nothing = parseHostList(QStringLiteral(" \n "));
    QVERIFY(nothing);
    QVERIFY(nothing->isEmpty());
}

void HostImportTest::nonsenseIsRefusedWithItsLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const QByteArray &content, int line, const char *what) {
        QTest::newRow(name) << content << line << QString::fromLatin1(what);
    };
    row("cfg: no equals sign", "[local]\nnode_addr 10.0.0.1\n", 2, "key=value");
    row("cfg: before any section", "node_addr=10.0.0.1\n[local]\n", 1, "section");
    row("cfg: unknown section", "[local]\nnode_addr=a\n[clusters]\n", 3, "clusters");
    row("cfg: bad address", "[local]\nnode_addr=10.0.0.1;rm -rf\n", 2, "10.0.0.1;rm -rf");
    row("cfg: bad port", "[local]\nnode_addr=a\n[cluster]\nssh_port=ssh\n", 4, "\"ssh\"");
    row("cfg: empty port", "[local]\nnode_addr=a\n[cluster]\nssh_port=\n", 4, "port");
    row("cfg: bad user", "[local]\nnode_addr=a\n[cluster]\nssh_user=a b\n", 4, "\"a b\"");
    row("cfg: one host twice", "[local]\nnode_addr=a\n[cluster]\nnode_addr=b,a\n", 4, "twice");
    row("cfg: no host", "[global]\nrest_port=8080\n[local]\n", 4, "node_addr");
    row("csv: bad address", "10.0.0.1\n10.0.0\n", 2, "\"10.0.0\"");
    row("csv: bad port", "a,70000\n", 1, "\"70000\"");
    row("csv: bad user", "a,22,-l\n", 1, "\"-l\"");
    row("csv: too many columns", "a,22,root,x\n", 1, "columns");
    row("csv: unknown column", "address,password\na,x\n", 1, "\"password\"");
    row("csv: column twice", "address,port,port\na,1,2\n", 1, "\"port\"");
    row("csv: host twice", "a,22\nb\na\n", 3, "twice");
    row("csv: nothing", "\n", 2, "no host");
    row("csv: header alone", "address,port,user\n", 2, "no host");
    row("binary", QByteArray("\x80\x81\xff", 3), 1, "UTF-8");
    row("GBK", QByteArray("\xd6\xf7\xbb\xfa,22\n"), 1, "UTF-8");
    row("too long", QByteArray(1 << 20, 'a'), 1, "long");
}

void HostImportTest::nonsenseIsRefusedWithItsLine()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QFETCH(QString, what);
    const auto hosts = importHosts(content, QStringLiteral("list"));
    QVERIFY(!hosts);
    const Error error = hosts.error();
    QCOMPARE(errorCodeName(error.code), QStringLiteral("import-invalid"));
    QCOMPARE(error.args.value(0), QStringLiteral("list"));
    QVERIFY2(error.args.value(1).toInt() == line, qPrintable(describe(error)));
    QVERIFY2(error.args.value(2).contains(what), qPrintable(describe(error)));
}

void HostImportTest::aTypedListWithNonsenseIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"a\n@b", "a\nroot@", "a\nb:", "a\nb:0", "a\nb:99999", "a\n[::1", "a\n[::1]22", "a\n[]",
          "a\n1::2::3", "a\n-b", "a\na", "a\nb/c", "a\nu:p@b", "a\na..b"})
        QTest::addRow("%s", text + 2) << QString::fromLatin1(text);
}

void HostImportTest::aTypedListWithNonsenseIsRefused()
{
    QFETCH(QString, text);
    const auto hosts = parseHostList(text);
    QVERIFY(!hosts);
    QCOMPARE(errorCodeName(hosts.error().code), QStringLiteral("import-invalid"));
    QCOMPARE(hosts.error().args.value(1), QStringLiteral("2"));
}

void HostImportTest::secretsComeFromTheDefaultAndFromTheHost()
{
    const auto hosts = parseHostList(QStringLiteral("10.0.0.1 10.0.0.2:2222"));
    QVERIFY(hosts);
    const auto logins = withSecrets(*hosts,
                                    "10.0.0.2:2222: {password: \"own #1\", passphrase: p, "
                                    "jump-password: j, jump-passphrase: k}\n"
                                    "default: {password: 0123, sudo-password: 'it''s'}\n");
    QVERIFY2(logins, logins ? "" : qPrintable(describe(logins.error())));
    const HostSecrets first = logins->at(0).secrets;
    QCOMPARE(first.password.reveal(), "0123");
    QCOMPARE(first.sudoPassword.reveal(), "it's");
    QVERIFY(first.passphrase.isEmpty());
    const HostSecrets second = logins->at(1).secrets;
    QCOMPARE(second.password.reveal(), "own #1");
    QCOMPARE(second.sudoPassword.reveal(), "it's");
    QCOMPARE(second.passphrase.reveal(), "p");
    QCOMPARE(second.jumpPassword.reveal(), "j");
    QCOMPARE(second.jumpPassphrase.reveal(), "k");
    QCOMPARE(logins->at(1).spec.id(), QStringLiteral("10.0.0.2:2222"));
}

void HostImportTest::noSecretsAreNoError()
{
    const auto hosts = parseHostList(QStringLiteral("a b"));
    QVERIFY(hosts);
    for (const QByteArray &yaml : {QByteArray(), QByteArray("\n"), QByteArray("# nothing\n")}) {
        const auto logins = withSecrets(*hosts, yaml);
        QVERIFY(logins);
        QCOMPARE(logins->size(), 2);
        QVERIFY(logins->first().secrets.password.isEmpty());
    }
}

void HostImportTest::secretsOfOthersAreRefusedWithoutRepeatingThem_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("unknown host") << QByteArray("b: {password: hunter2}\n");
    QTest::newRow("unknown key") << QByteArray("a: {pasword: hunter2}\n");
    QTest::newRow("no map") << QByteArray("a: hunter2\n");
    QTest::newRow("plain password") << QByteArray("hunter2\n");
    QTest::newRow("nothing") << QByteArray("a: {password: ~}\n");
    QTest::newRow("list") << QByteArray("a: {password: [hunter2]}\n");
    QTest::newRow("host twice") << QByteArray("a: {password: hunter2}\na: {password: hunter2}\n");
    QTest::newRow("broken") << QByteArray("a: {password: 'hunter2}\n");
    QTest::newRow("broken in another way") << QByteArray("a: {password: hunter2: hunter2\n");
    QTest::newRow("alias") << QByteArray("a: {password: *hunter2}\n");
    QTest::newRow("in the place of a host") << QByteArray("hunter2: {password: x}\n");
    QTest::newRow("in the place of a key") << QByteArray("a: {hunter2: x}\n");
    QTest::newRow("as a repeated host") << QByteArray("hunter2: x\nhunter2: y\n");
}

void HostImportTest::secretsOfOthersAreRefusedWithoutRepeatingThem()
{
    QFETCH(QByteArray, yaml);
    const auto hosts = parseHostList(QStringLiteral("a"));
    QVERIFY(hosts);
    const auto logins = withSecrets(*hosts, yaml);
    QVERIFY(!logins);
    QCOMPARE(errorCodeName(logins.error().code), QStringLiteral("profile-invalid"));
    QVERIFY2(!describe(logins.error()).contains(QStringLiteral("hunter2")),
             qPrintable(describe(logins.error())));
    QVERIFY(logins.error().evidence.isEmpty());
}

QTEST_APPLESS_MAIN(HostImportTest)
#include "tst_HostImport.moc"
