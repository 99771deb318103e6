#pragma once

#include "core/kwdb/Version.h"

#include <QString>

#include <optional>

namespace kwup {

/// Name of an image as docker takes it: [registry[:port]/]path[:tag][@digest]. A value.
struct ImageReference {
    QString name; ///< with the registry; never empty
    QString tag; ///< empty when none is given
    QString digest; ///< "sha256:…", empty when none is given

    /// Only what docker itself accepts; nothing a shell or YAML treats specially. Hostile input.
    static std::optional<ImageReference> parse(const QString &text);
    QString toString() const;
    /// The version that the tag tells: "2.2.1", "v2.2.1-x86_64"; empty for "latest".
    std::optional<KwdbVersion> version() const;
    bool operator==(const ImageReference &) const = default;
};

} // namespace kwup
