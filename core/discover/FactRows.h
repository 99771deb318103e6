#pragma once

#include "core/discover/Facts.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace kwup {

/// One fact of a host, ready to be shown: the same rows in the window, on the console and in JSON.
struct FactRow {
    QString key; ///< stable kebab-case
    QString label; ///< in the operator's language
    QString value; ///< text; empty when not known
    QString command; ///< that read it
    QString raw; ///< what the command printed, made safe to show, at most 4 KiB
    QString problem; ///< why it is not known, in the operator's language; empty when it is
};

/// All facts of a host in a fixed order. Pure.
QList<FactRow> factRows(const HostFacts &facts);

/// {"host":…, "facts":{key:{"value","command","problem"}}} for machines; texts untranslated values.
QJsonObject factsJson(const HostFacts &facts);

} // namespace kwup
