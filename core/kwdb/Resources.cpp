#include "core/kwdb/Resources.h"

#include <QFile>

// The macro must stand outside every namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(kwdb_tables);
}

namespace kwup {

QByteArray resource(const QString &name)
{
    // A static library's resources are dropped by the linker unless somebody names them.
    static const bool isInitialised = (initialiseResources(), true);
    Q_UNUSED(isInitialised);
    QFile file(QStringLiteral(":/kwdb/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace kwup
