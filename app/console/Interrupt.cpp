#include "app/console/Interrupt.h"

#include <QtGlobal>

#include <memory>
#include <mutex>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <ctime>
#include <signal.h> // NOLINT(modernize-deprecated-headers): sigtimedwait is not in <csignal>
#endif

namespace kwup {

class Interrupt::Private {
public:
    void setHandlers(std::function<void()> gentle, std::function<void()> hard)
    {
        const std::lock_guard locker(m_mutex);
        m_gentle = std::move(gentle);
        m_hard = std::move(hard);
        m_count = 0;
    }

    void handle()
    {
        std::function<void()> handler;
        {
            const std::lock_guard locker(m_mutex);
            handler = m_count++ == 0 ? m_gentle : m_hard;
        }
        if (handler)
            handler();
    }

private:
    std::mutex m_mutex;
    std::function<void()> m_gentle;
    std::function<void()> m_hard;
    int m_count = 0;
};

#ifdef Q_OS_WIN

namespace {

HANDLE interruptEvent = nullptr;

BOOL WINAPI handleConsole(DWORD)
{
    return SetEvent(interruptEvent);
}

} // namespace

Interrupt::Interrupt()
    : d(std::make_shared<Private>())
{
    interruptEvent = CreateEventW(nullptr, FALSE, FALSE, nullptr);
    SetConsoleCtrlHandler(handleConsole, TRUE);
    m_thread = std::jthread([shared = d](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            if (WaitForSingleObject(interruptEvent, 200) == WAIT_OBJECT_0)
                shared->handle();
        }
    });
}

Interrupt::~Interrupt()
{
    SetConsoleCtrlHandler(handleConsole, FALSE);
}

#else

namespace {

sigset_t interruptSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    return signals;
}

} // namespace

Interrupt::Interrupt()
    : d(std::make_shared<Private>())
{
    const sigset_t signals = interruptSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // A closed terminal must not end the run in the middle of a line.
    ::signal(SIGPIPE, SIG_IGN);
    m_thread = std::jthread([shared = d](const std::stop_token &stop) {
        const sigset_t waited = interruptSignals();
        const timespec step{0, 200'000'000};
        while (!stop.stop_requested()) {
            if (sigtimedwait(&waited, nullptr, &step) > 0)
                shared->handle();
        }
    });
}

Interrupt::~Interrupt() = default;

#endif

void Interrupt::setHandlers(std::function<void()> gentle, std::function<void()> hard)
{
    d->setHandlers(std::move(gentle), std::move(hard));
}

} // namespace kwup
