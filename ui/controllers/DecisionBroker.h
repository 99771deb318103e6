#pragma once

#include "core/run/RunTypes.h"

#include <QObject>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace kwup {

/// Carries one decision at a time from the run's thread to the window. decide() blocks the run
/// until choose() or stop; signals are delivered queued. Owned by the RunController.
class DecisionBroker final : public QObject, public DecisionMaker {
    Q_OBJECT
public:
    using QObject::QObject;

    Choice decide(const Decision &decision, std::stop_token stop) override;
    void choose(Choice choice); ///< GUI thread; without a waiting decision it does nothing

signals:
    void decisionAsked(const kwup::Decision &decision);
    void decisionOver();

private:
    std::mutex m_mutex;
    std::condition_variable_any m_chosen;
    bool m_waiting = false;
    std::optional<Choice> m_choice;
};

} // namespace kwup
