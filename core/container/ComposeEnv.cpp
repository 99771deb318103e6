#include "core/container/ComposeParts.h"

#include <QRegularExpression>

namespace kwup {

std::optional<QList<ComposeVariable>> composeVariables(const QString &value)
{
    static const QRegularExpression one(QStringLiteral(
        R"(\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?-)([^${}]*))?\}))"));
    QList<ComposeVariable> found;
    qsizetype at = 0;
    while ((at = value.indexOf(u'$', at)) >= 0) {
        const auto match = one.match(value, at, QRegularExpression::NormalMatch,
                                     QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return std::nullopt;
        at = match.capturedEnd();
        if (!match.captured(1).isEmpty())
            continue;
        ComposeVariable variable;
        variable.begin = match.capturedStart();
        variable.end = match.capturedEnd();
        variable.name = match.captured(2) + match.captured(3);
        variable.hasDefault = match.capturedLength(4) > 0;
        variable.countsEmpty = match.capturedLength(4) == 2;
        variable.defaultBegin = match.capturedStart(5);
        variable.fallback = match.captured(5);
        found.append(variable);
    }
    return found;
}

QHash<QString, EnvironmentEntry> readEnvironment(const QByteArray &content)
{
    QHash<QString, EnvironmentEntry> entries;
    static const QRegularExpression line(QStringLiteral(
        R"(\A(?:\x{FEFF})?[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*?)[ \t\r]*\z)"));
    qint64 begin = 0;
    while (begin < content.size()) {
        qint64 end = content.indexOf('\n', begin);
        if (end < 0)
            end = content.size();
        // One byte, one character: positions are those of the bytes.
        QString text = QString::fromLatin1(content.mid(begin, end - begin));
        qint64 skipped = 0;
        if (text.startsWith(QLatin1String("\xef\xbb\xbf"))) {
            text.remove(0, 3);
            skipped = 3;
        }
        const auto match = line.match(text);
        if (match.hasMatch()) {
            QString value = match.captured(2);
            qint64 offset = begin + skipped + match.capturedStart(2);
            const QChar quote = value.isEmpty() ? QChar() : value[0];
            const auto closing = value.indexOf(quote, 1);
            if ((quote == u'"' || quote == u'\'') && closing > 0) {
                value = value.mid(1, closing - 1);
                ++offset;
            } else {
                static const QRegularExpression comment(QStringLiteral("[ \\t]+#.*\\z"));
                value.remove(comment);
            }
            entries.insert(match.captured(1), {offset, value.toLatin1()});
        }
        begin = end + 1;
    }
    return entries;
}

QString filledInCompose(const QString &value, const QList<ComposeVariable> &variables,
                        const QHash<QString, EnvironmentEntry> &environment)
{
    QString text;
    qsizetype at = 0;
    for (const auto &variable : variables) {
        text += value.mid(at, variable.begin - at);
        const auto entry = environment.constFind(variable.name);
        const bool isThere =
            entry != environment.cend() && !(variable.countsEmpty && entry->value.isEmpty());
        text += isThere ? QString::fromUtf8(entry->value) : variable.fallback;
        at = variable.end;
    }
    text += value.mid(at);
    return text.replace(QLatin1String("$$"), QLatin1String("$"));
}

} // namespace kwup
