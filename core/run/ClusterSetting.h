#pragma once

#include "core/run/ClusterReader.h"

namespace kwup {

/// Reads and sets one cluster setting through whichever node answers; a value counts as set when it
/// has been read back.
class ClusterSetting {
public:
    ClusterSetting(StepContext &context, QString name);

    Result<QString> read(); ///< as shown, e.g. "00:30:00"
    /// Error SettingNotRestored (name, value) when it does not read back, SqlFailed otherwise.
    Result<void> set(const QString &value);
    QString askedHost() const { return m_reader.askedHost(); }

private:
    StepContext &m_context;
    QString m_name;
    ClusterReader m_reader;
};

/// Two texts of one duration ("30m0s" and "00:30:00").
bool isSameDuration(const QString &a, const QString &b);

} // namespace kwup
