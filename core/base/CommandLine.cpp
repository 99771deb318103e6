#include "core/base/CommandLine.h"

#include <QLocale>
#include <QStringDecoder>

namespace kwup {

namespace {

bool isPlainWord(const QString &word)
{
    static const QString Plain = QStringLiteral("_-./:=@%+,");
    for (const QChar c : word) {
        if (c.unicode() >= 128 || !(c.isLetterOrNumber() || Plain.contains(c)))
            return false;
    }
    return !word.isEmpty();
}

QString decode(const QByteArray &raw)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(raw);
    if (!utf8.hasError())
        return text;
    // Chinese hosts often still speak GBK; ICU knows its superset.
    if (QStringDecoder gb("GB18030"); gb.isValid()) {
        const QString chinese = gb(raw);
        if (!gb.hasError() && !chinese.contains(QChar::ReplacementCharacter))
            return chinese;
    }
    QString escaped;
    for (const char byte : raw) {
        const auto value = static_cast<unsigned char>(byte);
        escaped += value < 128 ? QString(QLatin1Char(byte))
                               : QStringLiteral("\\x%1").arg(value, 2, 16, QLatin1Char('0'));
    }
    return escaped;
}

/// Position after the escape sequence that begins at `from` (text[from] is ESC).
qsizetype skipEscape(const QString &text, qsizetype from)
{
    qsizetype at = from + 1;
    if (at >= text.size())
        return at;
    const QChar kind = text[at++];
    if (kind == u'[') { // CSI … final byte 0x40–0x7e
        while (at < text.size() && !(text[at] >= u'@' && text[at] <= u'~'))
            ++at;
        return qMin(at + 1, text.size());
    }
    if (kind == u']' || kind == u'P' || kind == u'_'
        || kind == u'^') { // string … BEL or ESC backslash
        while (at < text.size() && text[at] != u'\a' && text[at] != u'\x1b')
            ++at;
        if (at < text.size() && text[at] == u'\x1b')
            ++at;
        return qMin(at + 1, text.size());
    }
    return at;
}

bool isHarmful(QChar c)
{
    const char16_t u = c.unicode();
    const bool control = (u < 0x20 && u != u'\n' && u != u'\t') || (u >= 0x7f && u < 0xa0);
    // Direction overrides can make a command look like another one.
    const bool direction = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
    return control || direction;
}

} // namespace

QString shellQuote(const QString &word)
{
    QString clean = word;
    clean.remove(QChar(u'\0'));
    if (isPlainWord(clean))
        return clean;
    clean.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + clean + u'\'';
}

QString shellJoin(const QStringList &words)
{
    QStringList quoted;
    quoted.reserve(words.size());
    for (const QString &word : words)
        quoted += shellQuote(word);
    return quoted.join(u' ');
}

QString printable(const QByteArray &raw, qsizetype limit)
{
    QString text = decode(raw);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(u'\r', u'\n');
    QString clean;
    clean.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] == u'\x1b') {
            at = skipEscape(text, at);
            continue;
        }
        if (!isHarmful(text[at]))
            clean += text[at];
        ++at;
    }
    if (limit > 0 && clean.size() > limit)
        clean = clean.left(limit / 2) + QStringLiteral("\n…\n") + clean.right(limit - limit / 2);
    return clean;
}

QString bytesText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

} // namespace kwup
