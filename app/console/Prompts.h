#pragma once

#include "app/console/Options.h"
#include "app/console/Output.h"
#include "core/remote/HostConnection.h"

#include <QMutex>
#include <QSet>

namespace kwup {

/// Questions while connecting, asked on the terminal, one at a time. Without a terminal a host key
/// is trusted only when --trust names its fingerprint, and nothing else is answered.
class ConsolePrompts final : public ConnectPrompts {
public:
    ConsolePrompts(const Options &options, Output &output);

    bool trustHostKey(const UnknownKey &key, std::stop_token stop) override;
    QList<Secret> answer(const QString &host, const QString &title,
                         const QList<Question> &questions, std::stop_token stop) override;

private:
    QMutex m_mutex;
    QSet<QString> m_trusted;
    Output &m_output;
};

/// Decisions during a run, asked on the terminal; without one, as the options say, else StopHere.
class ConsoleDecisions final : public DecisionMaker {
public:
    ConsoleDecisions(const Options &options, Output &output);
    Choice decide(const Decision &decision, std::stop_token stop) override;

private:
    Choice ask(const Decision &decision);
    std::optional<Choice> presetFor(const Decision &decision);

    const Options &m_options;
    Output &m_output;
    QHash<QString, int> m_retries; ///< by --on-failure retry, per step
};

} // namespace kwup
