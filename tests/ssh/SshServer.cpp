#include "tests/ssh/SshServer.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <csignal>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace kwup::test {

namespace {

const QString SshdPath = QStringLiteral("/usr/sbin/sshd");

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool answersAsSsh(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(1000) && socket.waitForReadyRead(5000)
        && socket.readAll().startsWith("SSH-2.0-");
}

} // namespace

SshServer::SshServer(const Options &options)
{
    start(options);
}

SshServer::SshServer()
    : SshServer(Options{})
{ }

SshServer::~SshServer()
{
    killSessions();
    m_daemon.terminate();
    if (m_daemon.state() != QProcess::NotRunning && !m_daemon.waitForFinished(5000)) {
        m_daemon.kill();
        m_daemon.waitForFinished(5000);
    }
}

void SshServer::start(const Options &options)
{
    if (!QFile::exists(SshdPath)) {
        m_problem = QStringLiteral("%1 is not installed").arg(SshdPath);
        return;
    }
    const passwd *user = ::getpwuid(::getuid());
    m_user = QString::fromLocal8Bit(user != nullptr ? user->pw_name : "");
    QDir(m_directory.path()).mkpath(QStringLiteral("home/bin"));
    if (::getuid() == 0)
        QDir().mkpath(QStringLiteral("/run/sshd"));
    runTool(QStringLiteral("ssh-keygen"),
            {QStringLiteral("-q"), QStringLiteral("-t"), options.hostKeyType, QStringLiteral("-N"),
             QString(), QStringLiteral("-f"), path(QStringLiteral("host"))});
    makeKey(QStringLiteral("ed25519"));
    if ((!options.shadowLines.isEmpty() || options.smallDisk) && ::getuid() != 0) {
        m_problem = QStringLiteral("mounting needs root");
        return;
    }
    QDir(m_directory.path()).mkpath(QStringLiteral("small"));
    if (!options.shadowLines.isEmpty())
        preparePrivateEtc(options);
    // What a chatty login shell does happens before the command that was asked for.
    writeFile(QStringLiteral("login"),
              "export HOME='" + home().toUtf8() + "'\nPATH=\"$HOME/bin:$PATH\"\ncd \"$HOME\"\n"
                  + options.bashrc + "\neval \"$SSH_ORIGINAL_COMMAND\"\n");
    m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_daemon.setStandardErrorFile(path(QStringLiteral("sshd.log")));
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_port = freePort();
        writeFile(QStringLiteral("sshd_config"), configText(options));
        launch(options);
        const QDeadlineTimer limit(10000);
        while (m_daemon.waitForStarted(10) || m_daemon.state() == QProcess::Running) {
            if (answersAsSsh(m_port))
                return;
            if (m_daemon.waitForFinished(20) || limit.hasExpired())
                break;
        }
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    m_problem = QStringLiteral("sshd does not start: ") + log().right(500);
}

/// A copy of /etc with more users; the daemon gets it mounted over /etc.
void SshServer::preparePrivateEtc(const Options &options)
{
    runTool(QStringLiteral("cp"),
            {QStringLiteral("-a"), QStringLiteral("/etc"), m_directory.path()});
    QByteArray users;
    for (const QByteArray &line : options.shadowLines.trimmed().split('\n'))
        users += line.left(line.indexOf(':')) + ":x:0:0::" + home().toUtf8() + ":/bin/bash\n";
    writeFile(QStringLiteral("etc/passwd"), readFile(QStringLiteral("etc/passwd")) + users);
    writeFile(QStringLiteral("etc/shadow"),
              readFile(QStringLiteral("etc/shadow")) + options.shadowLines);
    writeFile(QStringLiteral("etc/pam.d/sshd"),
              "auth required pam_unix.so\naccount required pam_unix.so\n"
              "password required pam_unix.so minlen=4 yescrypt\nsession required pam_unix.so\n");
}

void SshServer::launch(const Options &options)
{
    const QStringList daemon{SshdPath, QStringLiteral("-D"), QStringLiteral("-e"),
                             QStringLiteral("-f"), path(QStringLiteral("sshd_config"))};
    QString mounts;
    if (!options.shadowLines.isEmpty())
        mounts += QStringLiteral("mount --bind \"$1/etc\" /etc && ");
    if (options.smallDisk)
        mounts += QStringLiteral("mount -t tmpfs -o size=8m none \"$1/small\" && ");
    if (mounts.isEmpty()) {
        m_daemon.start(SshdPath, daemon.mid(1));
        return;
    }
    m_daemon.start(QStringLiteral("unshare"),
                   QStringList{QStringLiteral("-m"), QStringLiteral("--propagation"),
                               QStringLiteral("private"), QStringLiteral("sh"),
                               QStringLiteral("-c"),
                               mounts + QStringLiteral("shift && exec \"$@\""),
                               QStringLiteral("sh"), m_directory.path()}
                       + daemon);
}

QByteArray SshServer::crypted(const QByteArray &password)
{
    QProcess tool;
    tool.start(QStringLiteral("perl"),
               {QStringLiteral("-e"), QStringLiteral("print crypt($ARGV[0], '$6$abcdefgh$')"),
                QString::fromUtf8(password)});
    tool.waitForFinished();
    return tool.readAllStandardOutput();
}

QByteArray SshServer::configText(const Options &options) const
{
    QStringList lines{
        QStringLiteral("ListenAddress 127.0.0.1"),
        QStringLiteral("Port %1").arg(m_port),
        QStringLiteral("HostKey %1").arg(path(QStringLiteral("host"))),
        QStringLiteral("AuthorizedKeysFile %1").arg(path(QStringLiteral("authorized_keys"))),
        QStringLiteral("PidFile none"),
        QStringLiteral("StrictModes no"),
        options.shadowLines.isEmpty() ? QStringLiteral("UsePAM no") : QStringLiteral("UsePAM yes"),
        QStringLiteral("PermitRootLogin yes"),
        // bash below sshd reads ~/.bashrc: what this machine's user has there is no part of a test.
        QStringLiteral("SetEnv HOME=%1").arg(home()),
        QStringLiteral("MaxStartups 100"),
        QStringLiteral("LogLevel VERBOSE"),
        QStringLiteral("Subsystem sftp internal-sftp"),
    };
    lines += options.configLines;
    // Not for subsystems: bash reads .bashrc there too, which a test does on its own terms.
    const bool hasForce = !options.configLines.filter(QStringLiteral("ForceCommand")).isEmpty();
    if (!hasForce) {
        lines += QStringLiteral("ForceCommand case \"$SSH_ORIGINAL_COMMAND\" in *sftp*) "
                                "exec %2;; esac; . %1")
                     .arg(path(QStringLiteral("login")),
                          options.bashrc.isEmpty()
                              ? QStringLiteral("/usr/lib/openssh/sftp-server")
                              : QStringLiteral("sh -c '. %1; exec /usr/lib/openssh/sftp-server'")
                                    .arg(path(QStringLiteral("login"))));
    }
    return lines.join(u'\n').toUtf8() + '\n';
}

bool SshServer::runTool(const QString &program, const QStringList &arguments)
{
    QProcess tool;
    tool.start(program, arguments);
    return tool.waitForFinished(60000) && tool.exitCode() == 0;
}

void SshServer::writeFile(const QString &name, const QByteArray &contents, bool executable) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        qFatal("cannot write %s", qUtf8Printable(file.fileName()));
    file.write(contents);
    if (executable)
        file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
}

QByteArray SshServer::readFile(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString SshServer::makeKey(const QString &type, const QString &passphrase,
                           const QStringList &options)
{
    const int number =
        static_cast<int>(QDir(m_directory.path()).entryList({QStringLiteral("key*.pub")}).size());
    const QString file = path(QStringLiteral("key%1").arg(number));
    runTool(QStringLiteral("ssh-keygen"),
            QStringList{QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-N"),
                        passphrase, QStringLiteral("-f"), file}
                + options);
    QFile authorized(path(QStringLiteral("authorized_keys")));
    if (authorized.open(QIODevice::Append))
        authorized.write(readFile(QFileInfo(file + QStringLiteral(".pub")).fileName()));
    return file;
}

HostSpec SshServer::spec(const QString &keyFile) const
{
    HostSpec host;
    host.address = QStringLiteral("127.0.0.1");
    host.port = m_port;
    host.user = m_user;
    host.auth = AuthMethod::KeyFile;
    host.keyFile = keyFile.isEmpty() ? path(QStringLiteral("key0")) : keyFile;
    return host;
}

SshConfig SshServer::config() const
{
    SshConfig config;
    config.userKnownHostsFile = path(QStringLiteral("user_known_hosts"));
    config.ownKnownHostsFile = path(QStringLiteral("own/known_hosts"));
    return config;
}

QByteArray SshServer::hostKeyBlob() const
{
    return QByteArray::fromBase64(readFile(QStringLiteral("host.pub")).split(' ').value(1));
}

QList<qint64> SshServer::sessionProcesses() const
{
    QList<qint64> pids;
    const QString tasks = QStringLiteral("/proc/%1/task/%1/children").arg(m_daemon.processId());
    QFile children(tasks);
    if (!children.open(QIODevice::ReadOnly))
        return pids;
    for (const QByteArray &word : children.readAll().split(' ')) {
        if (const qint64 pid = word.trimmed().toLongLong(); pid > 0)
            pids += pid;
    }
    return pids;
}

void SshServer::killSessions() const
{
    for (const qint64 pid : sessionProcesses())
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

QString SshServer::log() const
{
    return QString::fromUtf8(readFile(QStringLiteral("sshd.log")));
}

bool ScriptedPrompts::trustHostKey(const UnknownKey &key, std::stop_token)
{
    keys += key;
    return trusts;
}

QList<Secret> ScriptedPrompts::answer(const QString &, const QString &,
                                      const QList<Question> &asked, std::stop_token)
{
    for (const Question &question : asked)
        questions += question.text;
    return answers.isEmpty() ? QList<Secret>() : answers.takeFirst();
}

} // namespace kwup::test
