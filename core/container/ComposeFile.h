#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace kwup {

/// A file of a compose project as read from the host; bytes are kept as they are.
struct ComposeSource {
    QString path; ///< absolute, on the host
    QByteArray content;
    bool isWritable = true; ///< for root
};

/// Replaces bytes at one place of one file; everything else stays as it is.
struct TextEdit {
    QString path;
    qint64 offset = 0;
    QByteArray before; ///< what stands there now
    QByteArray after;

    QByteArray applied(const QByteArray &content) const; ///< null when `before` is not there
    TextEdit reversed() const { return {path, offset, after, before}; } ///< on the edited file
};

/// Why a compose file cannot be edited, or the edit. A problem is a key: "unparsable" (file, why),
/// "service-missing" (service), "image-missing" (service), "shared" (what other services use too),
/// "differs" (file says, container runs), "style" (file, line), "read-only" (file).
struct ComposeEdit {
    QString problem; ///< empty: none
    QStringList args;
    std::optional<TextEdit> edit; ///< none without a problem: nothing has to be changed
};

struct ComposeProject {
    QList<ComposeSource> files; ///< in the order of -f; later ones override
    std::optional<ComposeSource> environment; ///< .env of the project
    QString service; ///< the one of KWDB
};

/// Makes the service's image `wanted`. The value is changed where it stands: in the YAML, in the
/// default of a variable, or in `.env`; comments, order, anchors and quoting stay. A variable that
/// something else uses too is left alone and the value itself replaced. `running`: the reference
/// the container was made from; the file must say the same (or `wanted` already). Pure.
ComposeEdit composeImageEdit(const ComposeProject &project, const QString &running,
                             const QString &wanted);

/// Adds "hostPath:containerPath" to the service's volumes, before those that are there.
ComposeEdit composeMountEdit(const ComposeProject &project, const QString &hostPath,
                             const QString &containerPath);

/// The project with the edit applied.
ComposeProject edited(ComposeProject project, const TextEdit &edit);

} // namespace kwup
