#include "core/ssh/RemoteShell.h"

#include <QRandomGenerator>

namespace kwup {

namespace {

constexpr qsizetype PreambleLimit = 64 * 1024;

QByteArray makeNonce()
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    return QByteArray(reinterpret_cast<const char *>(words), sizeof(words)).toHex();
}

} // namespace

RemoteShell::RemoteShell(const Command &command, ShellRoute route, bool onTerminal)
    : m_nonce(makeNonce())
    , m_script(command.script.toUtf8() + '\n')
    , m_inputSize(command.input.size())
    , m_route(route)
    , m_onTerminal(onTerminal)
{ }

QByteArray RemoteShell::execLine() const
{
    const QByteArray shell = "sh -c '" + bootstrap() + '\'';
    switch (m_route) {
    case ShellRoute::Direct:
        break;
    case ShellRoute::SudoNoPassword:
        // -k: a remembered password would make the answer depend on the time of day.
        return "exec env LC_ALL=C LANGUAGE=C sudo -n -k " + shell;
    case ShellRoute::SudoPassword:
        return "exec env LC_ALL=C LANGUAGE=C sudo -S -k -p " + passwordPrompt() + ' ' + shell;
    }
    return "exec " + shell;
}

QByteArray RemoteShell::bootstrap() const
{
    const QByteArray secondMark = m_onTerminal ? "" : "printf %s $m:b >&2; ";
    // dd never reads past the bytes it was asked for, which head does not promise everywhere.
    QByteArray text = "LC_ALL=C; export LC_ALL; m=@@%1; printf %s $m:b; " + secondMark
        + "s=$(dd bs=%2 count=1 iflag=fullblock 2>/dev/null; printf .); "
          "[ ${#s} -eq %3 ] || { printf \"the script did not arrive\" >&2; exit 97; }; "
          "s=${s%.}; ";
    // A terminal has no end of input and only one output stream.
    text += m_onTerminal
        ? QByteArray("t=$(mktemp) || exit 97; "
                     "{ [ %4 -eq 0 ] || dd bs=%4 count=1 iflag=fullblock 2>/dev/null; } | "
                     "(unset m t; eval \"$s\") 2>$t; r=$?; printf \"%s %d;\" $m:e $r; "
                     "printf %s $m:b; cat $t; rm -f $t; printf \"%s %d;\" $m:e $r; exit $r")
        : QByteArray("(unset m; eval \"$s\"); r=$?; printf \"%s %d;\" $m:e $r; "
                     "printf \"%s %d;\" $m:e $r >&2; exit $r");
    text.replace("%1", m_nonce);
    text.replace("%2", QByteArray::number(m_script.size()));
    text.replace("%3", QByteArray::number(m_script.size() + 1));
    text.replace("%4", QByteArray::number(m_inputSize));
    return text;
}

MarkedStream::MarkedStream(QByteArray beginMark, QByteArray endMark, qsizetype limit)
    : m_beginMark(std::move(beginMark))
    , m_endMark(std::move(endMark))
    , m_limit(limit)
{ }

QByteArray MarkedStream::feed(const QByteArray &bytes)
{
    if (m_ended) { // on a terminal the other stream, else a background child that still writes
        m_rest += bytes.left(qMax<qsizetype>(PreambleLimit - m_rest.size(), 0));
        return {};
    }
    m_pending += bytes;
    if (!m_begun)
        takePreamble();
    return m_begun ? takeBody() : QByteArray();
}

void MarkedStream::takePreamble()
{
    const qsizetype at = m_pending.indexOf(m_beginMark);
    m_begun = at >= 0;
    const qsizetype sure =
        m_begun ? at : qMax<qsizetype>(m_pending.size() - m_beginMark.size() + 1, 0);
    m_preamble += m_pending.left(qMin(sure, PreambleLimit - m_preamble.size()));
    m_pending.remove(0, m_begun ? at + m_beginMark.size() : sure);
}

QByteArray MarkedStream::takeBody()
{
    const qsizetype at = m_pending.indexOf(m_endMark);
    const qsizetype end = at < 0 ? -1 : m_pending.indexOf(';', at);
    QByteArray body;
    if (end >= 0) {
        m_ended = true;
        const qsizetype codeAt = at + m_endMark.size();
        m_exitCode = m_pending.mid(codeAt, end - codeAt).trimmed().toInt();
        body = m_pending.left(at);
        m_rest = m_pending.mid(end + 1);
        m_pending.clear();
    } else if (at >= 0) {
        body = m_pending.left(at);
        m_pending.remove(0, at);
    } else {
        // Only a tail that may be the first bytes of the mark has to wait.
        qsizetype held = qMin(m_pending.size(), m_endMark.size() - 1);
        while (held > 0 && !m_endMark.startsWith(m_pending.right(held)))
            --held;
        body = m_pending.left(m_pending.size() - held);
        m_pending = m_pending.right(held);
    }
    keep(body);
    return body;
}

void MarkedStream::keep(const QByteArray &bytes)
{
    const qsizetype room = qMax<qsizetype>(m_limit - m_kept.size(), 0);
    m_truncated = m_truncated || bytes.size() > room;
    m_kept += bytes.left(room);
}

} // namespace kwup
