#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <compare>
#include <optional>

namespace kwup {

/// A KWDB version: base "2.2.1" and an optional extension "hotfix1", "beta2", "hotfix1beta1".
/// Sources: .version files (two lines), build tags (git describe: leading V, "-12-gabc" dropped).
struct KwdbVersion {
    QString base;
    QString extension;

    /// Content of /etc/kaiwudb/info/.version or packages/.version. Accepts CRLF and a leading V.
    static std::optional<KwdbVersion> fromVersionFile(const QByteArray &content);
    /// "V2.2.1", "2.2.1", "V2.2.1-3-gabcdef", "2.1.1hotfix1".
    static std::optional<KwdbVersion> fromBuildTag(const QString &tag);

    QString toString() const; ///< "2.2.1" or "2.2.1 hotfix1"
    bool operator==(const KwdbVersion &) const = default;
};

/// Numeric order of the bases (2.10.0 > 2.2.0), extensions ignored.
std::strong_ordering compareBase(const KwdbVersion &a, const KwdbVersion &b);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::KwdbVersion)
