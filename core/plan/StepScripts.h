#pragma once

#include "core/plan/Plan.h"

namespace kwup {

/// The complete sh text of a step: the variables it needs, then the body from core/plan/scripts
/// (one file per kind). What is shown in the plan is what runs, byte for byte.
///
/// Scripts report by lines "kwup: key=value"; everything else is for people. `error` and `detail`
/// say why a script gave up.

/// `variables`: name → value, quoted here. Body: scripts/<kind>.sh.
/// `functions`: sh text that stands between the variables and the body.
QByteArray stepScript(StepKind kind, const QList<QPair<QString, QString>> &variables,
                      const QByteArray &functions = {});

/// The read-only text that shows whether the goal of a step holds: scripts/<kind>.look.sh, and the
/// same variables. Prints "kwup: holds=yes" or "kwup: holds=no" and "kwup: found=…".
QByteArray lookScript(StepKind kind, const QList<QPair<QString, QString>> &variables,
                      const QByteArray &functions = {});

/// The same with a body of another name: scripts/<name>.sh, for a kind that is done differently.
QByteArray namedScript(const QString &name, const QList<QPair<QString, QString>> &variables,
                       const QByteArray &functions = {});

/// scripts/<name>.sh as it is: functions that several steps share.
QByteArray sharedScript(const QString &name);

/// A statement through kwbase, as the step that changes a setting runs it.
QByteArray settingScript(const KwbaseCli &cli, const QString &name, const QString &value);

/// Stands for the saved value in the script of RestoreSetting, until it is known.
inline constexpr QLatin1StringView SavedValuePlaceholder{"<the value saved by raise-setting>"};

/// Stands for the SHA-256 of a packed export in the script of TransferFiles, until it is known.
inline constexpr QLatin1StringView Sha256Placeholder{"<the SHA-256 of the packed export>"};

inline constexpr QLatin1StringView LockFile{"/var/tmp/kwup.lock"};

} // namespace kwup
