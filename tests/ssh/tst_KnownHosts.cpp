#include "core/ssh/KnownHosts.h"
#include "core/ssh/WireFormat.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>

using namespace kwup;
using Verdict = KnownHosts::Verdict;

class TestKnownHosts final : public QObject {
    Q_OBJECT

private slots:
    void verdictsFollowTheFile_data();
    void verdictsFollowTheFile();
    void revokedWinsWhereverItStands();
    void storedTypesAreListedInFileOrder();
    void brokenLinesAreSkippedAndNamed();
    void aLineWeWriteIsFoundAgain();
    void missingFilesAreEmpty();
    void anUnreadableFileIsAnError();
    void fingerprintsLookAsSshKeygenPrintsThem();
};

namespace {

QByteArray blob(const QByteArray &type, const QByteArray &body)
{
    return wireString(type) + wireString(body);
}

const QByteArray Ed = blob("ssh-ed25519", "one");
const QByteArray OtherEd = blob("ssh-ed25519", "two");
const QByteArray Ec = blob("ecdsa-sha2-nistp256", "three");

QByteArray entry(const QByteArray &hosts, const QByteArray &key)
{
    return hosts + ' ' + WireReader(key).string() + ' ' + key.toBase64() + " a comment\n";
}

QByteArray hashedName(const QByteArray &name)
{
    const QByteArray salt = "0123456789abcdef0123";
    return "|1|" + salt.toBase64() + '|'
        + QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1).toBase64();
}

KnownHosts parsed(const QByteArray &text)
{
    KnownHosts known;
    known.addText(text, QStringLiteral("file"));
    return known;
}

} // namespace

void TestKnownHosts::verdictsFollowTheFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *name, const QByteArray &text, const char *host, int port,
                        const QByteArray &key, Verdict verdict) {
        QTest::newRow(name) << text << QString::fromLatin1(host) << port << key
                            << static_cast<int>(verdict);
    };
    row("plain", entry("db1", Ed), "db1", 22, Ed, Verdict::Known);
    row("case", entry("DB1", Ed), "db1", 22, Ed, Verdict::Known);
    row("other host", entry("db1", Ed), "db2", 22, Ed, Verdict::Unknown);
    row("other key", entry("db1", Ed), "db1", 22, OtherEd, Verdict::Changed);
    row("other type", entry("db1", Ed), "db1", 22, Ec, Verdict::Changed);
    row("two keys", entry("db1", OtherEd) + entry("db1", Ed), "db1", 22, Ed, Verdict::Known);
    row("bare name, other port", entry("db1", Ed), "db1", 2222, Ed, Verdict::Unknown);
    row("port", entry("[db1]:2222", Ed), "db1", 2222, Ed, Verdict::Known);
    row("port, bare", entry("[db1]:2222", Ed), "db1", 22, Ed, Verdict::Unknown);
    row("list", entry("db1,10.0.0.1", Ed), "10.0.0.1", 22, Ed, Verdict::Known);
    row("star", entry("*.lan", Ed), "db1.lan", 22, Ed, Verdict::Known);
    row("question", entry("db?", Ed), "db1", 22, Ed, Verdict::Known);
    row("question, two", entry("db?", Ed), "db12", 22, Ed, Verdict::Unknown);
    row("negated", entry("*.lan,!db1.lan", Ed), "db1.lan", 22, Ed, Verdict::Unknown);
    row("hashed", entry(hashedName("db1"), Ed), "db1", 22, Ed, Verdict::Known);
    row("hashed, changed", entry(hashedName("db1"), Ed), "db1", 22, OtherEd, Verdict::Changed);
    row("hashed, port", entry(hashedName("[db1]:2222"), Ed), "db1", 2222, Ed, Verdict::Known);
    row("revoked", "@revoked " + entry("*", Ed), "db1", 22, Ed, Verdict::Revoked);
    row("revoked, other key", "@revoked " + entry("*", Ed), "db1", 22, OtherEd, Verdict::Unknown);
    row("authority", "@cert-authority " + entry("*", Ed), "db1", 22, Ed, Verdict::Unknown);
    row("comment", "# " + entry("db1", Ed), "db1", 22, Ed, Verdict::Unknown);
    row("tabs", entry("db1", Ed).replace(' ', '\t'), "db1", 22, Ed, Verdict::Known);
    row("ipv6", entry("fe80::1", Ed), "fe80::1", 22, Ed, Verdict::Known);
    row("crlf", entry("db1", Ed).replace('\n', "\r\n"), "db1", 22, Ed, Verdict::Known);
}

void TestKnownHosts::verdictsFollowTheFile()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, host);
    QFETCH(const int, port);
    QFETCH(const QByteArray, key);
    QFETCH(const int, verdict);
    const auto match = parsed(text).check(host, static_cast<quint16>(port), key);
    QCOMPARE(static_cast<int>(match.verdict), verdict);
}

void TestKnownHosts::revokedWinsWhereverItStands()
{
    const QByteArray revoked = "@revoked " + entry("db1", Ed);
    for (const QByteArray &text : {revoked + entry("db1", Ed), entry("db1", Ed) + revoked}) {
        const auto match = parsed(text).check(QStringLiteral("db1"), 22, Ed);
        QCOMPARE(match.verdict, Verdict::Revoked);
    }
}

void TestKnownHosts::storedTypesAreListedInFileOrder()
{
    const KnownHosts known = parsed(entry("db1", Ec) + entry("db2", Ed) + entry("db1", Ed)
                                    + "@revoked " + entry("db3", Ed));
    QCOMPARE(known.knownTypes(QStringLiteral("db1"), 22),
             (QStringList{QStringLiteral("ecdsa-sha2-nistp256"), QStringLiteral("ssh-ed25519")}));
    QVERIFY(known.knownTypes(QStringLiteral("db3"), 22).isEmpty());
}

void TestKnownHosts::brokenLinesAreSkippedAndNamed()
{
    const KnownHosts known =
        parsed("db1 ssh-ed25519\n" + entry("db1", Ed) + "db1 ssh-rsa " + Ed.toBase64()
               + "\n@nonsense " + entry("db1", Ed) + "db2 ssh-ed25519 !!!!\n");
    QCOMPARE(known.brokenLines(),
             (QStringList{QStringLiteral("file:1"), QStringLiteral("file:3"),
                          QStringLiteral("file:4"), QStringLiteral("file:5")}));
    const auto match = known.check(QStringLiteral("db1"), 22, Ed);
    QCOMPARE(match.verdict, Verdict::Known);
    QCOMPARE(match.where, QStringLiteral("file:2"));
}

void TestKnownHosts::aLineWeWriteIsFoundAgain()
{
    for (const quint16 port : {quint16(22), quint16(2222)}) {
        const KnownHosts known = parsed(KnownHosts::line(QStringLiteral("Db1"), port, Ed));
        QCOMPARE(known.check(QStringLiteral("db1"), port, Ed).verdict, Verdict::Known);
    }
}

void TestKnownHosts::missingFilesAreEmpty()
{
    QTemporaryDir directory;
    const auto known = KnownHosts::load({directory.filePath(QStringLiteral("none")), QString()});
    QVERIFY(known.has_value());
    QCOMPARE(known->check(QStringLiteral("db1"), 22, Ed).verdict, Verdict::Unknown);
}

void TestKnownHosts::anUnreadableFileIsAnError()
{
    QTemporaryDir directory; // a directory cannot be read as a file, not even by root
    const auto known = KnownHosts::load({directory.path()});
    QVERIFY(!known.has_value());
    QCOMPARE(known.error().code, ErrorCode::KnownHostsUnreadable);
}

void TestKnownHosts::fingerprintsLookAsSshKeygenPrintsThem()
{
    const QString print = fingerprintOf(Ed);
    QVERIFY(print.startsWith(QStringLiteral("SHA256:")));
    QCOMPARE(print.size(), 7 + 43);
    QVERIFY(!print.endsWith(u'='));
}

QTEST_GUILESS_MAIN(TestKnownHosts)
#include "tst_KnownHosts.moc"
