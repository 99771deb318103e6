#include "core/discover/Sections.h"

#include <QRandomGenerator>
#include <QStringList>

namespace kwup {

namespace {

struct Piece {
    QByteArray text;
    int exitCode = -1;
};

/// The framed pieces of one stream: "\n@NONCE> id\n" … "\n@NONCE< id CODE\n".
QHash<QString, Piece> pieces(const QByteArray &stream, const QByteArray &nonce)
{
    QHash<QString, Piece> found;
    const QByteArray begin = "\n@" + nonce + "> ";
    const QByteArray end = "\n@" + nonce + "< ";
    for (qsizetype at = stream.indexOf(begin); at >= 0; at = stream.indexOf(begin, at)) {
        at += begin.size();
        const auto lineEnd = stream.indexOf('\n', at);
        if (lineEnd < 0)
            break;
        const QString id = QString::fromLatin1(stream.mid(at, lineEnd - at));
        const auto stop = stream.indexOf(end, lineEnd);
        Piece piece;
        piece.text = stream.mid(lineEnd + 1, stop < 0 ? -1 : stop - lineEnd - 1);
        if (stop >= 0) {
            const auto from = stop + end.size();
            const auto until = stream.indexOf('\n', from);
            const QByteArray words = stream.mid(from, until < 0 ? -1 : until - from);
            bool ok = false;
            const int code = words.mid(words.lastIndexOf(' ') + 1).toInt(&ok);
            piece.exitCode = ok ? code : -1;
            at = stop;
        }
        found.insert(id, piece);
        if (stop < 0)
            break;
    }
    return found;
}

} // namespace

QString newNonce()
{
    auto *random = QRandomGenerator::system();
    return QStringLiteral("kwup-%1%2")
        .arg(random->generate64(), 16, 16, QLatin1Char('0'))
        .arg(random->generate64(), 16, 16, QLatin1Char('0'));
}

QString sectionsScript(const QString &preamble, const QList<Section> &sections,
                       const QString &nonce, const QStringList &needed)
{
    QString script = QStringLiteral("kwup_begin() { printf '\\n@%1> %s\\n' \"$1\"; "
                                    "printf '\\n@%1> %s\\n' \"$1\" >&2; }\n"
                                    "kwup_end() { printf '\\n@%1< %s %s\\n' \"$1\" \"$2\"; "
                                    "printf '\\n@%1< %s %s\\n' \"$1\" \"$2\" >&2; }\n")
                         .arg(nonce);
    script += preamble;
    for (const auto &section : sections) {
        const QString body = section.script.isEmpty() ? section.command : section.script;
        script += QStringLiteral("kwup_begin %1\n(\n").arg(section.id) + body
            + QStringLiteral("\n) </dev/null\nkwup_rc=$?; kwup_end %1 $kwup_rc\n").arg(section.id);
        if (needed.contains(section.id))
            script += QStringLiteral("[ $kwup_rc = 0 ] || exit 0\n");
    }
    return script + QStringLiteral("exit 0\n");
}

QHash<QString, SectionOutput> splitSections(const QByteArray &out, const QByteArray &err,
                                            const QString &nonce)
{
    QHash<QString, SectionOutput> sections;
    const auto outPieces = pieces(out, nonce.toLatin1());
    const auto errPieces = pieces(err, nonce.toLatin1());
    for (auto it = outPieces.cbegin(); it != outPieces.cend(); ++it)
        sections.insert(it.key(), {it->text, errPieces.value(it.key()).text, it->exitCode});
    return sections;
}

} // namespace kwup
