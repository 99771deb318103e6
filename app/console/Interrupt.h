#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <thread>

namespace kwup {

/// Ctrl-C, SIGTERM and SIGHUP (Windows: Ctrl-C, Ctrl-Break, closing the console). The first one
/// calls `gentle` (stop after the running step), the second `hard` (leave now; what runs on a host
/// goes on there). The handlers are called in a thread of this object. One object per process,
/// made in main before other threads so that they inherit the blocked signals.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    /// From now on call these; replaces earlier handlers.
    void setHandlers(std::function<void()> gentle, std::function<void()> hard);

private:
    class Private;
    std::shared_ptr<Private> d;
    std::jthread m_thread;
};

} // namespace kwup
