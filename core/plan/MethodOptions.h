#pragma once

#include "core/kwdb/VersionPath.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <map>
#include <span>

namespace kwup {

/// What one or several methods need to know beyond hosts, package and backup. The profile reader,
/// the window's form and the plan all read this one table, so a new option is a new row.
struct MethodOption {
    enum class Kind {
        Text,
        LocalPath, ///< on this computer
        HostPath, ///< on the hosts; absolute
        Flag,
        List, ///< of texts
    };
    QLatin1StringView name; ///< kebab-case key below `options:` in a profile; stable
    Kind kind;
    quint32 methods; ///< bits of the methods it is for, 1 << Method
    const char *title; ///< label, context "MethodOption"
    const char *help; ///< one complete sentence, context "MethodOption"

    bool isFor(Method method) const { return (methods >> static_cast<int>(method) & 1U) != 0; }
};

/// Names of the options, for those who read values.
namespace option {
inline constexpr QLatin1StringView Image{"image"};
inline constexpr QLatin1StringView UndocumentedPath{"undocumented-path"};
inline constexpr QLatin1StringView OldPackage{"old-package"};
inline constexpr QLatin1StringView OldPackageOnHost{"old-package-on-host"};
inline constexpr QLatin1StringView ImageVersion{"image-version"};
inline constexpr QLatin1StringView MountStore{"mount-store"};
inline constexpr QLatin1StringView MountDirectory{"mount-directory"};
inline constexpr QLatin1StringView TargetHosts{"target-hosts"};
inline constexpr QLatin1StringView Databases{"databases"};
inline constexpr QLatin1StringView ExportDirectory{"export-directory"};
inline constexpr QLatin1StringView BuildVersion{"build-version"};
inline constexpr QLatin1StringView BuildOnHost{"build-on-host"};
inline constexpr QLatin1StringView BuildCommand{"build-command"};
inline constexpr QLatin1StringView BuildTools{"build-tools"};
inline constexpr QLatin1StringView BackupRun{"backup-run"};
inline constexpr QLatin1StringView BackupPath{"backup-path"};
} // namespace option

std::span<const MethodOption> methodOptionTable();
const MethodOption *findMethodOption(const QString &name);
QString optionTitle(const MethodOption &option); ///< in the operator's language
QString optionHelp(const MethodOption &option);

/// The operator's values for those options. A value; holds no secrets.
class MethodOptions {
public:
    QString text(QLatin1StringView name) const; ///< empty: not given
    QStringList list(QLatin1StringView name) const;
    bool flag(QLatin1StringView name) const;

    /// An empty list of values takes the option away. A flag is the one value "true".
    void set(QLatin1StringView name, const QStringList &values);
    void setText(QLatin1StringView name, const QString &value);
    void setFlag(QLatin1StringView name, bool isSet);

    bool isEmpty() const { return m_values.empty(); }
    QStringList names() const;
    QJsonObject toJson() const; ///< name → array of texts
    /// Names that the table does not know are left out.
    static MethodOptions fromJson(const QJsonObject &json);
    bool operator==(const MethodOptions &other) const = default;

private:
    std::map<QString, QStringList> m_values; ///< in a stable order
};

} // namespace kwup
