#pragma once

#include <QMetaObject>
#include <QObject>

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <stop_token>
#include <thread>

namespace kwup {

/// Runs blocking calls in threads of their own and hands the results to the receiver's thread by
/// queued calls. Make it the last member of its receiver, so that it is destroyed first: its end
/// requests stop and waits for the threads, which the engine's calls promise to leave promptly.
/// All functions: receiver's thread.
class Worker final {
public:
    explicit Worker(QObject *receiver)
        : m_receiver(receiver)
    { }
    ~Worker() { cancel(); }
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Runs a call in the receiver's thread, unless the work was cancelled by then.
    using Post = std::function<void(std::function<void()>)>;

    bool isRunning() const { return m_running; }

    /// `work(stop_token, post)` in a new thread, then `done(result)` in the receiver's. A call that
    /// is under way is cancelled first: its result never arrives.
    template <typename Work, typename Done>
    void start(Work work, Done done)
    {
        cancel();
        reap();
        m_running = true;
        auto &slot = m_threads.emplace_back();
        const quint64 generation = m_generation;
        slot.over = std::make_shared<std::atomic_bool>(false);
        slot.thread = std::jthread([this, work = std::move(work), done = std::move(done),
                                    over = slot.over, generation](std::stop_token stop) mutable {
            const Post post = [this, generation](std::function<void()> call) {
                deliver(generation, std::move(call));
            };
            auto result = std::make_shared<decltype(work(stop, post))>(work(stop, post));
            deliver(generation, [this, done, result] {
                m_running = false;
                done(std::move(*result));
            });
            *over = true;
        });
    }

    /// Asks the running call to stop and forgets its result. Does not wait.
    void cancel()
    {
        if (m_running)
            ++m_generation;
        m_running = false;
        for (Slot &slot : m_threads)
            slot.thread.request_stop();
    }

    /// Asks the running call to stop; its result still arrives.
    void requestStop()
    {
        for (Slot &slot : m_threads)
            slot.thread.request_stop();
    }

private:
    struct Slot {
        std::shared_ptr<std::atomic_bool> over;
        std::jthread thread;
    };

    template <typename F>
    void deliver(quint64 generation, F call)
    {
        QMetaObject::invokeMethod(
            m_receiver,
            [this, generation, call] {
                if (generation == m_generation)
                    call();
            },
            Qt::QueuedConnection);
    }

    void reap()
    {
        m_threads.remove_if([](const Slot &slot) { return slot.over->load(); });
    }

    QObject *m_receiver;
    quint64 m_generation = 0;
    bool m_running = false;
    std::list<Slot> m_threads;
};

} // namespace kwup
