#include "ui/controllers/DecisionBroker.h"

namespace kwup {

Choice DecisionBroker::decide(const Decision &decision, std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting = true;
        m_choice.reset();
    }
    emit decisionAsked(decision);
    std::unique_lock lock(m_mutex);
    m_chosen.wait(lock, stop, [this] { return m_choice.has_value(); });
    const Choice choice = m_choice.value_or(Choice::StopHere);
    m_waiting = false;
    m_choice.reset();
    lock.unlock();
    emit decisionOver();
    return choice;
}

void DecisionBroker::choose(Choice choice)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_waiting)
            return;
        m_choice = choice;
    }
    m_chosen.notify_all();
}

} // namespace kwup
