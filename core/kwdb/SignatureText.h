#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// The sentences of a signature, in the operator's language; empty for an unknown id. Thread-safe.
/// The patterns stand in resources/signatures.json under the same ids.
QString signatureCause(const QString &id);
QString signatureAdvice(const QString &id);

/// All ids that have sentences.
QStringList signatureTextIds();

/// All ids that have patterns, in the order in which they are tried.
QStringList signatureIds();

} // namespace kwup
