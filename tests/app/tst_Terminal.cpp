#include "app/console/Terminal.h"

#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace kwup;

namespace {

/// A process of its own on a terminal of its own that asks for a secret and says what it got.
class Asking {
public:
    Asking()
    {
        int answer[2];
        if (::openpty(&m_master, &m_slave, nullptr, nullptr, nullptr) != 0 || ::pipe(answer) != 0)
            qFatal("no terminal");
        ::tcflow(m_slave, TCOOFF); // what is printed waits
        m_pid = ::fork();
        if (m_pid == 0)
            ask(answer[1]);
        ::close(answer[1]);
        m_answer = answer[0];
    }
    ~Asking()
    {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        for (const int descriptor : {m_master, m_slave, m_answer})
            ::close(descriptor);
    }
    Q_DISABLE_COPY_MOVE(Asking)

    bool echoes() const
    {
        termios mode{};
        ::tcgetattr(m_slave, &mode);
        return (mode.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    void letPrint() const { ::tcflow(m_slave, TCOON); }
    void type(const QByteArray &text) const
    {
        if (::write(m_master, text.constData(), static_cast<std::size_t>(text.size())) < 0)
            qFatal("typing failed");
    }
    /// What has been printed since the last call and is there within a moment or until `end`.
    QByteArray printedUntil(const QByteArray &end) const { return readUntil(m_master, end); }
    QByteArray answer() const { return readUntil(m_answer, "\n"); }

private:
    [[noreturn]] void ask(int answer) const
    {
        ::setsid();
        ::ioctl(m_slave, TIOCSCTTY, 0);
        for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(m_slave, descriptor);
        const auto secret = terminal::readSecret(QStringLiteral("Password: "));
        const QByteArray told = secret ? secret->reveal() + '\n' : QByteArray("nothing\n");
        const auto size = static_cast<std::size_t>(told.size());
        ::_exit(::write(answer, told.constData(), size) == told.size() ? 0 : 1);
    }
    static QByteArray readUntil(int descriptor, const QByteArray &end)
    {
        QByteArray text;
        pollfd waiting{descriptor, POLLIN, 0};
        while (!text.endsWith(end) && ::poll(&waiting, 1, 30000) > 0) {
            char byte = 0;
            if (::read(descriptor, &byte, 1) <= 0)
                break;
            text += byte;
        }
        return text;
    }

    int m_master = -1;
    int m_slave = -1;
    int m_answer = -1;
    pid_t m_pid = -1;
};

} // namespace

class TestTerminal final : public QObject {
    Q_OBJECT

private slots:
    /// Who types as soon as the prompt is there must neither be seen nor be ignored.
    void theEchoIsOffBeforeASecretIsAskedFor()
    {
        const Asking program;
        QVERIFY(program.echoes());
        QTRY_VERIFY_WITH_TIMEOUT(!program.echoes(), 30000);
        program.letPrint();
        QCOMPARE(program.printedUntil(": "), QByteArray("Password: "));
        program.type("s3cret 'x'\n");
        QCOMPARE(program.answer(), QByteArray("s3cret 'x'\n"));
        QVERIFY(!program.printedUntil("\n").contains("s3cret"));
        QVERIFY(program.echoes());
    }
};

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_Terminal.moc"
