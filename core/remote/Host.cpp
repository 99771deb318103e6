#include "core/remote/Host.h"

namespace kwup {

QString HostSpec::id() const
{
    if (port == 22)
        return address;
    if (address.contains(u':'))
        return QStringLiteral("[%1]:%2").arg(address).arg(port);
    return QStringLiteral("%1:%2").arg(address).arg(port);
}

} // namespace kwup
