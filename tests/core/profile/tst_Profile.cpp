#include "core/profile/Profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kwup;

class ProfileTest : public QObject {
    Q_OBJECT

private slots:
    void everyKeyIsRead();
    void whatIsLeftOutHasItsDefault();
    void aWrittenProfileReadsTheSame();
    void awkwardTextsSurviveTheRoundTrip_data();
    void awkwardTextsSurviveTheRoundTrip();
    void thePackageIsFoundBesideTheProfile();
    void aFileThatCannotBeReadOrWrittenIsNamed();
    void nonsenseIsRefusedWithItsLine_data();
    void nonsenseIsRefusedWithItsLine();
    void aSecretInAProfileIsRefusedWithoutRepeatingIt_data();
    void aSecretInAProfileIsRefusedWithoutRepeatingIt();
    void hostileYamlIsRefusedQuickly();
};

namespace {

const QByteArray Full = R"(# a comment
hosts:
  - address: 10.0.0.1
    port: 2222
    user: kwadmin
    auth: key
    key-file: /keys/id_ed25519
    sudo: password
    jump: {address: gate.example, port: 2200, user: ops, auth: password}
  - {address: "fe80::1", user: root, auth: keyboard-interactive, sudo: root}
package: /release/KWDB-2.2.1.tar.gz
method: script-rolling
backup:
  kind: cold-copy
  directory: /backup
node-order: ["fe80::1", "10.0.0.1:2222"]
accepted:
  - {check: clock-skew, host: "10.0.0.1:2222", reason: NTP is being repaired}
  - check: clients-reach-several-nodes
    reason: load balancer
)";

Profile parsed(const QByteArray &yaml)
{
    const Result<Profile> profile = parseProfile(yaml, QStringLiteral("c.yaml"));
    if (!profile)
        qWarning("%s", qPrintable(describe(profile.error())));
    return profile.value_or({});
}

/// A valid profile with `lines` after its one host.
QByteArray with(const QByteArray &lines)
{
    return "hosts:\n  - {address: a, user: u}\n" + lines;
}

} // namespace

void ProfileTest::everyKeyIsRead()
{
    const Profile profile = parsed(Full);
    QCOMPARE(profile.hosts.size(), 2);
    const HostSpec &first = profile.hosts[0];
    QCOMPARE(first.id(), QStringLiteral("10.0.0.1:2222"));
    QCOMPARE(first.user, QStringLiteral("kwadmin"));
    QVERIFY(first.auth == AuthMethod::KeyFile);
    QCOMPARE(first.keyFile, QStringLiteral("/keys/id_ed25519"));
    QVERIFY(first.privilege == PrivilegeMode::SudoPassword);
    const JumpHost jump{
        QStringLiteral("gate.example"), 2200, QStringLiteral("ops"), AuthMethod::Password, {}};
    QVERIFY(first.jump == jump);
    QVERIFY(profile.hosts[1].auth == AuthMethod::KeyboardInteractive);
    QVERIFY(profile.hosts[1].privilege == PrivilegeMode::Root);
    QCOMPARE(profile.package, QStringLiteral("/release/KWDB-2.2.1.tar.gz"));
    QVERIFY(profile.method == Method::ScriptRolling);
    QVERIFY(profile.backup.kind == BackupChoice::Kind::ColdCopy);
    QCOMPARE(profile.backup.directory, QStringLiteral("/backup"));
    QCOMPARE(profile.nodeOrder,
             QStringList({QStringLiteral("fe80::1"), QStringLiteral("10.0.0.1:2222")}));
    QCOMPARE(profile.accepted.size(), 2);
    QCOMPARE(profile.accepted[0].checkId, QStringLiteral("clock-skew"));
    QCOMPARE(profile.accepted[0].host, QStringLiteral("10.0.0.1:2222"));
    QCOMPARE(profile.accepted[1].reason, QStringLiteral("load balancer"));
}

void ProfileTest::whatIsLeftOutHasItsDefault()
{
    const Profile profile = parsed(with({}));
    QCOMPARE(profile.hosts.size(), 1);
    HostSpec wanted;
    wanted.address = QStringLiteral("a");
    wanted.user = QStringLiteral("u");
    QVERIFY(profile.hosts[0] == wanted);
    QVERIFY(!profile.method.has_value());
    QVERIFY(profile.backup.kind == BackupChoice::Kind::None);
    QVERIFY(profile.nodeOrder.isEmpty() && profile.accepted.isEmpty() && profile.package.isEmpty());
    const Profile home = parsed("hosts: [{address: a, user: u, auth: key, key-file: ~/.ssh/id}]");
    QCOMPARE(home.hosts.value(0).keyFile, QDir::homePath() + QStringLiteral("/.ssh/id"));
}

void ProfileTest::aWrittenProfileReadsTheSame()
{
    const Profile profile = parsed(Full);
    const QByteArray written = serialiseProfile(profile);
    const Profile again = parsed(written);
    QVERIFY2(again.hosts == profile.hosts, written.constData());
    QCOMPARE(serialiseProfile(again), written);
    QCOMPARE(again.nodeOrder, profile.nodeOrder);
    QVERIFY(again.method == profile.method);
    for (const QByteArray &backup : {QByteArray("kind: named\n  evidence: tape 7"),
                                     QByteArray("kind: refused\n  reason: test")}) {
        const Profile other = parsed(with("backup:\n  " + backup + "\n"));
        const Profile back = parsed(serialiseProfile(other));
        QVERIFY(other.backup.kind != BackupChoice::Kind::None);
        QVERIFY(back.backup.kind == other.backup.kind);
        QCOMPARE(back.backup.evidence, other.backup.evidence);
        QCOMPARE(back.backup.reason, other.backup.reason);
    }
}

void ProfileTest::awkwardTextsSurviveTheRoundTrip_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"~", "null", "true", "0x10", "# no comment", "a: b", "- item", "\"quoted\"", "'", "%TAG",
          "@at", "  blanks  ", "\\n", "备份在磁带上", "{a: b}", "*alias", "&anchor"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("two lines") << QStringLiteral("two\nlines");
}

void ProfileTest::awkwardTextsSurviveTheRoundTrip()
{
    QFETCH(QString, text);
    Profile profile = parsed(with({}));
    profile.backup.kind = BackupChoice::Kind::Refused;
    profile.backup.reason = text;
    profile.accepted = {{QStringLiteral("clock-skew"), QStringLiteral("a"), text}};
    const Profile again = parsed(serialiseProfile(profile));
    QCOMPARE(again.backup.reason, text);
    QCOMPARE(again.accepted.value(0).reason, text);
}

void ProfileTest::thePackageIsFoundBesideTheProfile()
{
    QTemporaryDir directory;
    const QString file = directory.filePath(QStringLiteral("c.yaml"));
    Profile profile = parsed(with({}));
    profile.package = directory.filePath(QStringLiteral("new/KWDB.tar.gz"));
    QVERIFY(saveProfile(profile, file));
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY(saved.readAll().contains("package: new/KWDB.tar.gz"));
    const Result<Profile> loaded = loadProfile(file);
    QVERIFY(loaded);
    QCOMPARE(loaded->package, profile.package);
}

void ProfileTest::aFileThatCannotBeReadOrWrittenIsNamed()
{
    QTemporaryDir directory;
    const QString missing = directory.filePath(QStringLiteral("none/c.yaml"));
    for (const QString &file : {missing, directory.path()}) {
        const Result<Profile> loaded = loadProfile(file);
        QVERIFY(!loaded);
        QCOMPARE(errorCodeName(loaded.error().code), QStringLiteral("file-unreadable"));
        QCOMPARE(loaded.error().args.value(0), file);
    }
    const Result<void> saved = saveProfile(parsed(with({})), missing);
    QVERIFY(!saved);
    QCOMPARE(errorCodeName(saved.error().code), QStringLiteral("file-unwritable"));
}

void ProfileTest::nonsenseIsRefusedWithItsLine_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const QByteArray &yaml, int line, const char *what) {
        QTest::newRow(name) << yaml << line << QString::fromLatin1(what);
    };
    row("empty", "", 1, "expected");
    row("text", "hello\n", 1, "expected");
    row("broken YAML", "hosts:\n  - {address: a\n", 3, "");
    row("tab", "hosts:\n\t- a\n", 2, "");
    row("two documents", with("---\nhosts: []\n"), 4, "more than one");
    row("unknown key", with("pakage: x\n"), 3, "\"pakage\"");
    row("unknown key of a host", "hosts:\n  - address: a\n    user: u\n    adress: b\n", 4,
        "\"adress\"");
    row("repeated key", with("package: x\npackage: y\n"), 4, "twice");
    row("no hosts", "package: x\n", 1, "\"hosts\"");
    row("empty hosts", "package: x\nhosts: []\n", 2, "empty");
    row("hosts is no list", "hosts: 10.0.0.1\n", 1, "list");
    row("a host is no map", "hosts:\n  - 10.0.0.1\n", 2, "expected");
    row("no address", "hosts:\n  - user: u\n", 2, "\"address\"");
    row("no user", "hosts:\n  - address: a\n", 2, "\"user\"");
    row("empty user", "hosts:\n  - {address: a, user: ''}\n", 2, "\"user\"");
    row("address with a blank", "hosts:\n  - {address: a b, user: u}\n", 2, "\"a b\"");
    row("address as an option", "hosts:\n  - {address: -oProxy=x, user: u}\n", 2, "address");
    row("half an IPv4", "hosts:\n  - {address: 10.0.1, user: u}\n", 2, "10.0.1");
    row("large IPv4", "hosts:\n  - {address: 10.0.0.256, user: u}\n", 2, "10.0.0.256");
    row("user as an option", "hosts:\n  - {address: a, user: -l}\n", 2, "\"-l\"");
    row("port 0", "hosts:\n  - {address: a, user: u, port: 0}\n", 2, "\"0\"");
    row("port too large", "hosts:\n  - {address: a, user: u, port: 65536}\n", 2, "\"65536\"");
    row("port as a word", "hosts:\n  - {address: a, user: u, port: ssh}\n", 2, "\"ssh\"");
    row("port as a list", "hosts:\n  - {address: a, user: u, port: [22]}\n", 2, "single value");
    row("empty port", "hosts:\n  - {address: a, user: u, port: }\n", 2, "single value");
    row("unknown auth", "hosts:\n  - {address: a, user: u, auth: magic}\n", 2, "agent, key");
    row("unknown sudo", "hosts:\n  - {address: a, user: u, sudo: yes}\n", 2, "detect, root");
    row("key without file", "hosts:\n  - {address: a, user: u, auth: key}\n", 2, "\"key-file\"");
    row("file without key", "hosts:\n  - {address: a, user: u, key-file: /k}\n", 2, "auth: key");
    row("bad jump", "hosts:\n  - {address: a, user: u, jump: gate}\n", 2, "expected");
    row("host twice", with("  - {address: a, user: v}\n"), 3, "twice");
    row("unknown method", with("method: fast\n"), 3, "script-rolling");
    row("backup without kind", with("backup: {directory: /b}\n"), 3, "\"kind\"");
    row("unknown backup", with("backup: {kind: some}\n"), 3, "cold-copy");
    row("copy without directory", with("backup: {kind: cold-copy}\n"), 3, "\"directory\"");
    row("copy to here", with("backup: {kind: cold-copy, directory: b}\n"), 3, "\"/\"");
    row("refusal without reason", with("backup: {kind: refused}\n"), 3, "\"reason\"");
    row("refusal with a directory", with("backup: {kind: refused, reason: x, directory: /b}\n"), 3,
        "\"reason\"");
    row("order of strangers", with("node-order: [b]\n"), 3, "\"b\"");
    row("order with repetition", with("node-order: [a, a]\n"), 3, "twice");
    row("order of some", with("  - {address: b, user: u}\nnode-order: [a]\n"), 4, "every host");
    row("unknown check", with("accepted:\n  - {check: luck, reason: x}\n"), 4, "\"luck\"");
    row("acceptance without reason", with("accepted:\n  - {check: clock-skew}\n"), 4, "\"reason\"");
    row("acceptance for a stranger",
        with("accepted:\n  - {check: clock-skew, host: b, reason: x}\n"), 4, "\"b\"");
}

void ProfileTest::nonsenseIsRefusedWithItsLine()
{
    QFETCH(QByteArray, yaml);
    QFETCH(int, line);
    QFETCH(QString, what);
    const Result<Profile> profile = parseProfile(yaml, QStringLiteral("c.yaml"));
    QVERIFY(!profile);
    const Error error = profile.error();
    QCOMPARE(errorCodeName(error.code), QStringLiteral("profile-invalid"));
    QCOMPARE(error.args.value(0), QStringLiteral("c.yaml"));
    QVERIFY2(!error.args.value(2).isEmpty() && error.args.value(2).contains(what),
             qPrintable(describe(error)));
    QVERIFY2(error.args.value(1).toInt() == line, qPrintable(describe(error)));
}

void ProfileTest::aSecretInAProfileIsRefusedWithoutRepeatingIt_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("at the top") << with("password: hunter2\n");
    QTest::newRow("of a host") << QByteArray(
        "hosts:\n  - {address: a, user: u, password: hunter2}\n");
    QTest::newRow("sudo") << QByteArray(
        "hosts:\n  - {address: a, user: u, sudo-password: hunter2}\n");
    QTest::newRow("passphrase") << QByteArray(
        "hosts:\n  - {address: a, user: u, Passphrase: hunter2}\n");
    QTest::newRow("of a jump host") << QByteArray(
        "hosts:\n  - {address: a, user: u, jump: {address: g, user: o, passwd: hunter2}}\n");
}

void ProfileTest::aSecretInAProfileIsRefusedWithoutRepeatingIt()
{
    QFETCH(QByteArray, yaml);
    const Result<Profile> profile = parseProfile(yaml, QStringLiteral("c.yaml"));
    QVERIFY(!profile);
    const QString sentence = describe(profile.error());
    QVERIFY2(sentence.contains(QStringLiteral("--secrets-fd")), qPrintable(sentence));
    QVERIFY(!sentence.contains(QStringLiteral("hunter2")));
}

void ProfileTest::hostileYamlIsRefusedQuickly()
{
    QByteArray bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char letter = 'b'; letter < 'k'; ++letter) {
        const QByteArray earlier = "*" + QByteArray(1, static_cast<char>(letter - 1));
        bomb += QByteArray(1, letter) + ": &" + QByteArray(1, letter) + " ["
            + QByteArrayList(9, earlier).join(", ") + "]\n";
    }
    const QByteArrayList documents{bomb,
                                   QByteArray(5000, '['),
                                   QByteArray(2 << 20, 'x'),
                                   QByteArray("\x00\xff\xfe garbage \x01", 13),
                                   QByteArray("&a [*a]"),
                                   QByteArray("!!binary x: y")};
    for (const QByteArray &yaml : documents) {
        const Result<Profile> profile = parseProfile(yaml, QStringLiteral("c.yaml"));
        QVERIFY(!profile);
        QVERIFY(!describe(profile.error()).isEmpty());
    }
}

QTEST_APPLESS_MAIN(ProfileTest)
#include "tst_Profile.moc"
