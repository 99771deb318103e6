#include "core/base/SaveFile.h"

#include <QSaveFile>

namespace kwup {

Result<void> saveFile(const QString &name, const QByteArray &content)
{
    QSaveFile file(name);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (isWritten)
        return {};
    return Error{.code = ErrorCode::FileUnwritable, .args = {name, file.errorString()}};
}

} // namespace kwup
