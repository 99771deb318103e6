#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// One word quoted for a POSIX shell. NUL bytes are dropped (they cannot be passed).
QString shellQuote(const QString &word);

/// Words quoted and joined by blanks. Callers never quote themselves.
QString shellJoin(const QStringList &words);

/// Host output made safe to show: escape sequences and control characters other than tab and line
/// feed removed, invalid UTF-8 tried as GB18030 and otherwise shown as \xNN, cut to `limit`
/// characters with an ellipsis in the middle. CR-separated progress becomes lines.
QString printable(const QByteArray &raw, qsizetype limit = 20000);

/// Bytes with a binary unit, in C notation whatever the locale: "1.5 GiB".
QString bytesText(qint64 bytes);

} // namespace kwup
