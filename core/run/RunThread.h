#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kwup {

/// Lets the threads of a parallel stage do things in the run's thread: the journal belongs to it.
class RunThread {
public:
    /// Call once in the run's thread, before anything else.
    void adopt() { m_owner = std::this_thread::get_id(); }

    /// Runs `work` in the run's thread and waits; at once when this is the run's thread. The run's
    /// thread must be in serveUntil().
    void call(const std::function<void()> &work);

    /// Run's thread: carries out calls until `isDone` (asked after each call and wake-up).
    void serveUntil(const std::function<bool()> &isDone);

    /// Any thread: makes serveUntil() ask `isDone` again.
    void wake();

private:
    struct Item {
        const std::function<void()> *work;
        bool done = false;
    };

    std::thread::id m_owner;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item *> m_items;
};

} // namespace kwup
