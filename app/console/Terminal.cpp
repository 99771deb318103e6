#include "app/console/Terminal.h"

#include <QFile>
#include <QtGlobal>

#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace kwup::terminal {

namespace {

#ifdef Q_OS_WIN
bool isTerminal(FILE *stream)
{
    return _isatty(_fileno(stream)) != 0;
}

/// Switches the echo of the console off while it lives.
class NoEcho {
public:
    NoEcho()
        : m_handle(GetStdHandle(STD_INPUT_HANDLE))
    {
        if (GetConsoleMode(m_handle, &m_mode) != 0)
            SetConsoleMode(m_handle, m_mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    }
    ~NoEcho() { SetConsoleMode(m_handle, m_mode); }
    Q_DISABLE_COPY_MOVE(NoEcho)

private:
    HANDLE m_handle;
    DWORD m_mode = 0;
};
#else
bool isTerminal(FILE *stream)
{
    return ::isatty(::fileno(stream)) == 1;
}

/// Switches the echo of the terminal off while it lives.
class NoEcho {
public:
    NoEcho()
    {
        m_valid = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_valid)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho()
    {
        if (m_valid)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(NoEcho)

private:
    termios m_before{};
    bool m_valid = false;
};
#endif

std::optional<QByteArray> readRawLine()
{
    QByteArray line;
    for (int c = std::fgetc(stdin); c != '\n'; c = std::fgetc(stdin)) {
        if (c == EOF)
            return line.isEmpty() ? std::nullopt : std::optional<QByteArray>(line);
        line += static_cast<char>(c);
    }
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

} // namespace

bool isInteractive()
{
    return isTerminal(stdin) && isTerminal(stderr);
}

bool outputIsTerminal()
{
    return isTerminal(stdout);
}

int columns()
{
#ifdef Q_OS_WIN
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info) != 0)
        return info.srWindow.Right - info.srWindow.Left + 1;
#else
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return 80;
}

std::optional<QString> readLine(const QString &prompt)
{
    if (!isInteractive())
        return {};
    write(stderr, prompt);
    const std::optional<QByteArray> line = readRawLine();
    if (!line)
        return {};
    return QString::fromLocal8Bit(*line);
}

std::optional<Secret> readSecret(const QString &prompt)
{
    if (!isInteractive())
        return {};
    std::optional<QByteArray> line;
    {
        // Before the prompt: it discards what has been typed, and shows nothing typed from now on.
        const NoEcho silent;
        write(stderr, prompt);
        line = readRawLine();
    }
    write(stderr, QStringLiteral("\n"));
    if (!line)
        return {};
    Secret secret{*line};
    line->fill('\0');
    return secret;
}

std::optional<QByteArray> readDescriptor(int descriptor)
{
    QFile file;
    if (!file.open(descriptor, QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

void write(FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toLocal8Bit();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace kwup::terminal
