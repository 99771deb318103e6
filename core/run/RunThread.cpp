#include "core/run/RunThread.h"

namespace kwup {

void RunThread::call(const std::function<void()> &work)
{
    if (std::this_thread::get_id() == m_owner) {
        work();
        return;
    }
    Item item{&work};
    std::unique_lock lock(m_mutex);
    m_items.push_back(&item);
    m_changed.notify_all();
    m_changed.wait(lock, [&item] { return item.done; });
}

void RunThread::serveUntil(const std::function<bool()> &isDone)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        while (!m_items.empty()) {
            Item *item = m_items.front();
            m_items.pop_front();
            lock.unlock();
            (*item->work)();
            lock.lock();
            item->done = true;
            m_changed.notify_all();
        }
        lock.unlock();
        const bool over = isDone();
        lock.lock();
        if (over && m_items.empty())
            return;
        if (m_items.empty())
            m_changed.wait_for(lock, std::chrono::milliseconds(50));
    }
}

void RunThread::wake()
{
    const std::lock_guard lock(m_mutex);
    m_changed.notify_all();
}

} // namespace kwup
