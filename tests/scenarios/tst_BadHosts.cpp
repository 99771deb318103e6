#include "tests/scenarios/ScenarioRun.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

/// Hosts, lists and archives that must be refused, plainly, before anything is changed on a host.
class BadHosts final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster =
            std::make_unique<DemoCluster>(DemoCluster::Options{.mode = u"single"_s, .nodes = 1});
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init()
    {
        QCOMPARE(m_cluster->restore(), QString());
        m_run = std::make_unique<ScenarioRun>(*m_cluster);
    }
    void cleanup()
    {
        m_run.reset();
        const HostEnd end = m_cluster->end(1);
        QCOMPARE(end.version.isEmpty() ? u"2.2.0"_s : end.version, u"2.2.0"_s);
        QCOMPARE(end.drains, 0);
        QCOMPARE(end.installs, 0);
        QCOMPARE(end.left, QString());
    }

    void aChangedHostKeyIsRefused()
    {
        QFile known(m_cluster->knownHosts());
        QVERIFY(known.open(QIODevice::ReadOnly));
        QByteArray line = known.readAll();
        // A valid key, but another one: the last bytes of the blob are the key itself.
        const auto end = line.indexOf('\n');
        line.replace(end - 4, 2, line.mid(end - 4, 2) == "AA" ? "BB" : "AA");
        m_run->knownHosts = written(u"changed-key"_s, line);
        QCOMPARE(m_run->prepare(), QStringList{u"host n1 host-key-changed"_s});
        QVERIFY(m_run->errors().first().args.value(1).startsWith(u"SHA256:"_s));
        QVERIFY(m_run->errors().first().args.value(2).endsWith(u"changed-key:1"_s));
    }

    void anUnknownHostKeyThatNobodyConfirmsIsRefused()
    {
        m_run->knownHosts = written(u"nothing"_s, {});
        QCOMPARE(m_run->prepare(), QStringList{u"host n1 host-key-unknown"_s});
    }

    void anUnreachableHostIsToldAtOnce()
    {
        m_cluster->powerOff(1);
        const QStringList problems = m_run->prepare();
        m_cluster->powerOn(1);
        QCOMPARE(problems, QStringList{u"host n1 host-unreachable"_s});
    }

    void anotherKeyThanTheHostKnowsIsALoginThatFailed()
    {
        const QString key = m_cluster->path(u"stranger"_s);
        QProcess::execute(u"ssh-keygen"_s,
                          {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, key});
        m_run->logins[0].spec.keyFile = key;
        QCOMPARE(m_run->prepare(), QStringList{u"host n1 authentication-failed"_s});
    }

    void aHostNamedTwiceIsTold()
    {
        // The same address in the way inet_aton also takes it: 127.40.29953.
        const QStringList parts = m_run->logins[0].spec.address.split(u'.');
        HostLogin second = m_run->logins[0];
        second.spec.address =
            u"%1.%2.%3"_s.arg(parts[0], parts[1]).arg(parts[2].toInt() * 256 + parts[3].toInt());
        m_run->logins.append(second);
        QFile known(m_cluster->knownHosts());
        QVERIFY(known.open(QIODevice::ReadOnly));
        QByteArray lines = known.readAll();
        lines += QByteArray(lines).replace(m_run->logins[0].spec.address.toLatin1(),
                                           second.spec.address.toLatin1());
        m_run->knownHosts = written(u"twice"_s, lines);
        QVERIFY(m_run->prepare().contains(u"list host-twice"_s));
    }

    void twoClustersInOneListAreTold()
    {
        const DemoCluster other(DemoCluster::Options{.mode = u"single"_s, .nodes = 1});
        QVERIFY2(other.problem().isEmpty(), qPrintable(other.problem()));
        m_run->logins.append(other.logins());
        QByteArray lines;
        for (const auto &name : {m_cluster->knownHosts(), other.knownHosts()}) {
            QFile known(name);
            QVERIFY(known.open(QIODevice::ReadOnly));
            lines += known.readAll();
        }
        m_run->knownHosts = written(u"both"_s, lines);
        QVERIFY(m_run->prepare().contains(u"list clusters-mixed"_s));
    }

    void aHostThatIsNotKwdbIsTold()
    {
        // A machine with sshd and nothing else: all that belongs to KWDB is put aside.
        const auto parts = u"/etc/kaiwudb /etc/systemd/system/kaiwudb.service /usr/local/kaiwudb "
                           "/usr/bin/kwbase /var/lib/kaiwudb /var/lib/dpkg/status"_s;
        m_cluster->inside(1,
                          u"systemctl stop kaiwudb; mkdir /aside; for p in %1; do mkdir -p "
                          "/aside$(dirname $p); mv $p /aside$p; done; : > "
                          "/var/lib/dpkg/status; systemctl daemon-reload"_s.arg(parts));
        const QStringList problems = m_run->prepare();
        m_cluster->inside(1,
                          u"for p in %1; do rm -rf $p; mv /aside$p $p; done; rm -rf /aside; "
                          "systemctl daemon-reload; rm -f /run/log/journal.tsv"_s.arg(parts));
        QCOMPARE(problems, QStringList{u"list not-kwdb"_s});
    }

    void aNodeWithoutAVersionFileIsNotUpgraded()
    {
        m_cluster->inside(1, u"mv /etc/kaiwudb/info/.version /etc/kaiwudb/info/.gone"_s);
        const QStringList problems = m_run->prepare();
        m_cluster->inside(1, u"mv /etc/kaiwudb/info/.gone /etc/kaiwudb/info/.version"_s);
        QVERIFY2(!problems.isEmpty(), "it would have been upgraded");
        QVERIFY2(problems.filter(u"blocked version"_s).size() > 0
                     || problems.contains(u"plan method-not-applicable"_s),
                 qPrintable(problems.join(u'\n')));
    }

    void archivesThatAreWrongAreRefused_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("broken");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const QString &version, const QString &broken,
                            const QString &problem) {
            QTest::newRow(name) << version << broken << problem;
        };
        row("truncated", u"2.2.1"_s, u"truncated"_s, u"package archive-truncated"_s);
        row("paths upwards", u"2.2.1"_s, u"traversal"_s, u"package archive-unsafe"_s);
        row("100 GB of zeros", u"2.2.1"_s, u"bomb"_s, u"package archive-too-large"_s);
        row("no version", u"2.2.1"_s, u"no-version"_s, u"package package-version-missing"_s);
        row("two servers", u"2.2.1"_s, u"two-servers"_s, u"package package-ambiguous"_s);
        row("no libcommon", u"2.2.1"_s, u"no-libcommon"_s, u"package package-incomplete"_s);
        row("other architecture", u"2.2.1"_s, u"wrong-arch"_s,
            u"blocked package-architecture n1"_s);
        row("same version", u"2.2.0"_s, {}, u"blocked version-path"_s);
        row("older version", u"2.1.0"_s, {}, u"blocked version-path"_s);
        row("not reachable by script", u"3.0.0"_s, {}, u"blocked version-path"_s);
    }
    void archivesThatAreWrongAreRefused()
    {
        QFETCH(QString, version);
        QFETCH(QString, broken);
        QFETCH(QString, problem);
        QStringList words{version, m_cluster->path(u"archives"_s), u"--payload-mb"_s, u"0.1"_s};
        if (!broken.isEmpty())
            words += {u"--broken"_s, broken};
        QProcess build;
        build.start(QStringLiteral(KWUP_SOURCE_DIR "/tests/hosts/release/build"), words);
        QVERIFY(build.waitForFinished(60000));
        m_run->archive = QString::fromUtf8(build.readAllStandardOutput()).trimmed();
        const QStringList problems = m_run->prepare();
        // One cause, one message.
        QCOMPARE(problems, QStringList{problem});
    }

private:
    QString written(const QString &name, const QByteArray &content)
    {
        QFile file(m_cluster->path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    }

    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<ScenarioRun> m_run;
};

} // namespace kwup::test

KWUP_SCENARIO_MAIN(kwup::test::BadHosts)
#include "tst_BadHosts.moc"
