#pragma once

#include "core/base/Result.h"
#include "core/journal/Journal.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace kwup {

/// The report of a run, made from its journal alone: who, when, what, versions before and after,
/// each step with command, exit code and duration, gates with observed values, accepted warnings,
/// backup evidence, verdict. Pure.
QJsonObject reportJson(const QList<JournalEntry> &entries);

/// The same as one self-contained HTML page in the operator's language; everything that came from
/// a host is escaped.
QString reportHtml(const QList<JournalEntry> &entries);

Result<void> writeReport(const QList<JournalEntry> &entries, const QString &htmlFile,
                         const QString &jsonFile);

} // namespace kwup
