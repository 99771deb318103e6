#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace kwup {

/// What deploy.sh printed. Source: kwdb-facts §2.2–2.4, host-transcripts. The bar lags behind the
/// failing step: never infer the step from it.
struct DeployOutput {
    QString step; ///< last bar shown
    int percent = 0;
    bool completed = false; ///< the `[UPGRADE COMPLETED]:` line, the only success marker
    QString errorMessage; ///< text of the last [ERROR] line, without colour and time
};
DeployOutput parseDeployOutput(const QByteArray &raw);

/// A known cause recognised by its text (table resources/signatures.json).
struct Signature {
    QString id; ///< stable, e.g. package-manager-lock
    QString cause; ///< sentence, in the operator's language
    QString advice;
};
std::optional<Signature> recogniseFailure(const QByteArray &evidence);

} // namespace kwup
