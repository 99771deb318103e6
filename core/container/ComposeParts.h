#pragma once

#include "core/container/ComposeFile.h"

#include <QHash>

namespace kwup {

/// One `${NAME…}` or `$NAME` in a value; `$$` is an escaped dollar.
struct ComposeVariable {
    qsizetype begin = 0; ///< in the value
    qsizetype end = 0;
    QString name;
    bool hasDefault = false; ///< ${NAME:-x} or ${NAME-x}
    bool countsEmpty = false; ///< with a colon: an empty value counts as none
    qsizetype defaultBegin = 0; ///< in the value
    QString fallback;
};

/// Empty when the value holds something that is not understood (nested, ${NAME:?…}).
std::optional<QList<ComposeVariable>> composeVariables(const QString &value);

/// A definition in a `.env` file: where its value stands, without quotes.
struct EnvironmentEntry {
    qint64 offset = 0;
    QByteArray value;
};
QHash<QString, EnvironmentEntry> readEnvironment(const QByteArray &content);

/// The value with its variables filled in.
QString filledInCompose(const QString &value, const QList<ComposeVariable> &variables,
                        const QHash<QString, EnvironmentEntry> &environment);

} // namespace kwup
