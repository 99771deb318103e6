#include "ui/controllers/PromptBroker.h"

namespace kwup {

PromptBroker::PromptBroker(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<ConnectPrompts::UnknownKey>();
    qRegisterMetaType<QList<ConnectPrompts::Question>>();
}

int PromptBroker::nextId()
{
    const std::lock_guard lock(m_mutex);
    return ++m_lastId;
}

bool PromptBroker::trustHostKey(const UnknownKey &key, std::stop_token stop)
{
    const int id = nextId();
    emit keyAsked(id, key);
    std::unique_lock lock(m_mutex);
    const bool answered =
        m_answered.wait(lock, stop, [this, id] { return m_keyAnswers.contains(id); });
    if (!answered) {
        lock.unlock();
        emit withdrawn(id);
        return false;
    }
    const bool trust = m_keyAnswers.at(id);
    m_keyAnswers.erase(id);
    return trust;
}

QList<Secret> PromptBroker::answer(const QString &host, const QString &title,
                                   const QList<Question> &questions, std::stop_token stop)
{
    const int id = nextId();
    emit questionsAsked(id, host, title, questions);
    std::unique_lock lock(m_mutex);
    const bool answered =
        m_answered.wait(lock, stop, [this, id] { return m_questionAnswers.contains(id); });
    if (!answered) {
        lock.unlock();
        emit withdrawn(id);
        return {};
    }
    const QList<Secret> answers = m_questionAnswers.at(id);
    m_questionAnswers.erase(id);
    return answers;
}

void PromptBroker::answerKey(int id, bool trust)
{
    {
        const std::lock_guard lock(m_mutex);
        m_keyAnswers[id] = trust;
    }
    m_answered.notify_all();
}

void PromptBroker::answerQuestions(int id, const QList<Secret> &answers)
{
    {
        const std::lock_guard lock(m_mutex);
        m_questionAnswers[id] = answers;
    }
    m_answered.notify_all();
}

} // namespace kwup
