#include "tests/core/discover/ScratchHost.h"

#include "core/discover/Discovery.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

namespace kwup::test {

namespace {

void writeFile(const QString &path, const QByteArray &content, bool executable)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    file.write(content);
    file.close();
    if (executable)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

ScratchHost::ScratchHost(const QString &id)
    : m_host(id)
{
    // Registered first, so that it answers only what is not the whole discovery script: the round
    // trips that measure the clock.
    m_host.on(QStringLiteral("date +%s.%N"), [](const Command &) {
        const auto now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
        return FakeReply{.out = QByteArray::number(now / 1000.0, 'f', 3)};
    });
    m_host.on(QStringLiteral("kwup_begin"),
              [this](const Command &command) { return run(command); });
    write(QStringLiteral("/etc/os-release"),
          "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");
    write(QStringLiteral("/etc/machine-id"), "0123456789abcdef0123456789abcdef\n");
    program(QStringLiteral("dpkg-query"),
            "case \"$*\" in *Status*' dpkg') echo 'install ok installed';; *) exit 1;; esac\n");
    program(QStringLiteral("systemctl"),
            "printf 'LoadState=not-found\\nActiveState=inactive\\nSubState=dead\\nMainPID=0\\n'\n");
    program(QStringLiteral("docker"), "exit 0\n");
    program(QStringLiteral("uname"), "case $1 in -n) echo n1;; *) echo x86_64;; esac\n");
    program(QStringLiteral("sudo"),
            "while [ $# -gt 0 ]; do case $1 in -n) shift;; -u) shift 2;; "
            "*) break;; esac; done\nexec \"$@\"\n");
}

HostSpec ScratchHost::spec() const
{
    HostSpec spec;
    spec.address = m_host.id();
    return spec;
}

HostFacts ScratchHost::discover()
{
    const auto connection = m_host.connect();
    return discoverHost(*connection, spec(), {});
}

QString ScratchHost::path(const QString &inside) const
{
    return m_directory.path() + inside;
}

void ScratchHost::write(const QString &inside, const QByteArray &content)
{
    writeFile(path(inside), content, false);
}

void ScratchHost::program(const QString &name, const QByteArray &text)
{
    writeFile(path(QStringLiteral("/stub/") + name), "#!/bin/sh\n" + text, true);
}

FakeReply ScratchHost::run(const Command &command)
{
    QString script = command.script;
    for (const auto *inside :
         {"/etc/kaiwudb", "/etc/systemd/system", "/usr/local/kaiwudb", "/var/tmp/kwup.lock",
          "/etc/os-release", "/etc/machine-id", "/var/lib/dpkg/lock"}) {
        // Paths that point below the directory already stay as they are.
        const QRegularExpression outside(
            QStringLiteral("(?<!%1)%2")
                .arg(QRegularExpression::escape(m_directory.path()),
                     QRegularExpression::escape(QLatin1String(inside))));
        script.replace(outside, path(QLatin1String(inside)));
    }
    script.replace(QLatin1String("/proc/[0-9]*"), QStringLiteral("/proc/%1").arg(m_pid));
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"),
                       path(QStringLiteral("/stub:")) + qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
    process.closeWriteChannel();
    if (!process.waitForFinished(60000))
        qFatal("the script did not end");
    FakeReply reply;
    reply.out = process.readAllStandardOutput();
    reply.err = process.readAllStandardError();
    reply.exitCode = process.exitCode();
    return reply;
}

void ScratchHost::installKwdb(const QByteArray &address, const QByteArray &version)
{
    m_version = version;
    const QByteArray data = path(QStringLiteral("/var/lib/kaiwudb")).toUtf8();
    const QByteArray bin = path(QStringLiteral("/usr/local/kaiwudb/bin/kwbase")).toUtf8();
    write(QStringLiteral("/var/lib/kaiwudb/data"), QByteArray(100000, 'x'));
    write(QStringLiteral("/etc/kaiwudb/info/MODE"),
          "bare\nmulti-replication\n/usr/local/kaiwudb\n" + data
              + "\n26257\n8080\nkaiwudb\ntls\nfalse\n" + address + "\n");
    write(QStringLiteral("/etc/kaiwudb/info/NODE"), "10.78.1.2 10.78.1.3\n22\nkwadmin\n");
    write(QStringLiteral("/etc/kaiwudb/info/.version"), version + "\n");
    write(QStringLiteral("/etc/kaiwudb/script/kaiwudb_env"), "KAIWUDB_START_ARG=\" \"\n");
    write(QStringLiteral("/etc/systemd/system/kaiwudb.service"),
          "[Service]\nUser=kaiwudb\n"
          "ExecStartPre=/bin/sh /bin/true -w vm.max_map_count=10000000\n"
          "ExecStart="
              + bin
              + " start $KAIWUDB_START_ARG --certs-dir=/etc/kaiwudb/certs "
                "--listen-addr=0.0.0.0:26257 --advertise-addr="
              + address + ":26257 --http-addr=0.0.0.0:8080 --store=" + data
              + " --join 10.78.1.1:26257\n");
    program(QStringLiteral("systemctl"),
            "printf 'MainPID=50\\nResult=success\\nNRestarts=0\\nExecMainPID=50\\nExecMainCode=0\\n"
            "ExecMainStatus=0\\nLoadState=loaded\\nActiveState=active\\nSubState=running\\n"
            "UnitFileState=disabled\\nNeedDaemonReload=no\\n'\n");
    program(QStringLiteral("dpkg-query"),
            "case \"$*\" in *Status*' dpkg') echo 'install ok installed';; "
            "*) echo 'kaiwudb-libcommon "
                + version
                + " install ok installed'; "
                  "echo 'kaiwudb-server "
                + version + " install ok installed'; exit 1;; esac\n");
    writeKwbase();
}

void ScratchHost::answer(const QString &part, const QByteArray &csv)
{
    m_answers.append({part, csv});
    writeKwbase();
}

void ScratchHost::writeKwbase()
{
    QByteArray text = "#!/bin/sh\ncase \"$*\" in\nversion) echo 'KaiwuDB Version:  V" + m_version
        + "'; echo 'Build Time:       2026/11/22 13:27:43' ;;\n";
    for (qsizetype i = 0; i < m_answers.size(); ++i) {
        const QString file = QStringLiteral("/answers/%1").arg(i);
        write(file, m_answers[i].second);
        text += "*\"" + m_answers[i].first.toUtf8() + "\"*) cat " + path(file).toUtf8() + " ;;\n";
    }
    text += "*) echo 'ERROR: cannot dial server.' >&2; exit 1 ;;\nesac\n";
    writeFile(path(QStringLiteral("/usr/local/kaiwudb/bin/kwbase")), text, true);
}

} // namespace kwup::test
