#pragma once

#include <chrono>

namespace kwup {

/// Every duration of a run. This layer owns them; the SSH layer only owns connect and keepalive.
/// Tests make them shorter; nobody else does.
struct Timeouts {
    std::chrono::milliseconds drainWait{
        15000}; ///< SIGTERM to the main process, then systemctl stop
    std::chrono::milliseconds stopLimit{
        120000}; ///< whole stop; systemd kills at 90 s; then a decision
    std::chrono::milliseconds activeFor{
        10000}; ///< the service must stay active so long after start
    std::chrono::milliseconds gateSettle{
        15000}; ///< readings before this after a start mean nothing
    std::chrono::milliseconds gateInterval{1000};
    std::chrono::milliseconds gateLimit{1800000}; ///< 30 min with progress, then a decision
    std::chrono::milliseconds query{20000}; ///< node status, short SQL
    std::chrono::milliseconds reconnectPause{1000};
    std::chrono::milliseconds reconnectLimit{300000}; ///< a host may be away so long in a step
};

} // namespace kwup
