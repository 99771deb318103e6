#include "app/console/Prompts.h"

#include "app/console/Terminal.h"
#include "core/base/CommandLine.h"

#include <QCoreApplication>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Prompts)
};

} // namespace

ConsolePrompts::ConsolePrompts(const Options &options, Output &output)
    : m_trusted(options.trusted.begin(), options.trusted.end())
    , m_output(output)
{ }

bool ConsolePrompts::trustHostKey(const UnknownKey &key, std::stop_token)
{
    const QMutexLocker locker(&m_mutex);
    if (m_trusted.contains(key.fingerprint))
        return true;
    m_output.clearProgress();
    const std::optional<QString> answer = terminal::readLine(
        Text::tr("%1 shows a %2 key that is not known:\n  %3\nType yes to trust it: ")
            .arg(key.host, key.keyType, key.fingerprint));
    return answer && answer->trimmed() == u"yes";
}

QList<Secret> ConsolePrompts::answer(const QString &host, const QString &title,
                                     const QList<Question> &questions, std::stop_token)
{
    const QMutexLocker locker(&m_mutex);
    if (!terminal::isInteractive())
        return {};
    terminal::write(stderr, QStringLiteral("%1: %2\n").arg(host, printable(title.toUtf8(), 500)));
    QList<Secret> answers;
    for (const Question &question : questions) {
        const QString prompt = printable(question.text.toUtf8(), 500);
        std::optional<Secret> secret;
        if (question.echo) {
            if (const std::optional<QString> line = terminal::readLine(prompt))
                secret = Secret(line->toUtf8());
        } else {
            secret = terminal::readSecret(prompt);
        }
        if (!secret)
            return {};
        answers += *secret;
    }
    return answers;
}

ConsoleDecisions::ConsoleDecisions(const Options &options, Output &output)
    : m_options(options)
    , m_output(output)
{ }

Choice ConsoleDecisions::decide(const Decision &decision, std::stop_token stop)
{
    if (stop.stop_requested())
        return Choice::StopHere;
    if (terminal::isInteractive())
        return ask(decision);
    for (const auto &line : decision.instructions)
        m_output.line(line);
    const std::optional<Choice> preset = presetFor(decision);
    return preset && decision.choices.contains(*preset) ? *preset : Choice::StopHere;
}

std::optional<Choice> ConsoleDecisions::presetFor(const Decision &decision)
{
    if (decision.kind == Decision::Kind::StopLimit)
        return m_options.onStopLimit;
    if (decision.kind == Decision::Kind::GateLimit)
        return m_options.onGateLimit;
    if (m_options.onFailure != Choice::Retry)
        return m_options.onFailure;
    // Without a limit a failure that stays would be repeated for ever.
    return m_retries[decision.stepId]++ < 2 ? Choice::Retry : Choice::StopHere;
}

Choice ConsoleDecisions::ask(const Decision &decision)
{
    for (const auto &line : decision.instructions)
        m_output.line(line);
    for (qsizetype i = 0; i < decision.choices.size(); ++i) {
        const Choice choice = decision.choices[i];
        m_output.line(QStringLiteral("  %1  %2: %3")
                          .arg(QString::number(i + 1), choiceLabel(choice, decision),
                               choiceMeaning(choice, decision)));
    }
    while (true) {
        const std::optional<QString> answer =
            terminal::readLine(Text::tr("Your choice, 1 to %1: ").arg(decision.choices.size()));
        if (!answer)
            return Choice::StopHere;
        const int number = answer->trimmed().toInt();
        if (number >= 1 && number <= decision.choices.size())
            return decision.choices[number - 1];
    }
}

} // namespace kwup
