#pragma once

#include "core/base/Result.h"
#include "core/ssh/Socket.h"

#include <stop_token>

namespace kwup {

/// Opens a TCP connection: resolves the name and tries all its addresses in turn within `limit`.
/// Blocks; ends at once when `stop` is requested. Errors: HostUnreachable, ConnectTimeout,
/// Cancelled. `hostId` is only for errors.
Result<Socket> tcpConnect(const QString &hostId, const QString &address, quint16 port,
                          std::chrono::milliseconds limit, std::stop_token stop);

} // namespace kwup
