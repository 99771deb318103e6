#pragma once

#include "core/remote/HostConnection.h"

#include <QObject>

#include <condition_variable>
#include <map>
#include <mutex>

namespace kwup {

/// Carries questions of connecting threads to the window and the answers back. The ConnectPrompts
/// half is called in workers and blocks there until answered or stopped; signals and answer
/// functions belong to the GUI thread. Owned by the wizard's creator; outlives all workers.
class PromptBroker final : public QObject, public ConnectPrompts {
    Q_OBJECT
public:
    explicit PromptBroker(QObject *parent = nullptr);

    bool trustHostKey(const UnknownKey &key, std::stop_token stop) override;
    QList<Secret> answer(const QString &host, const QString &title,
                         const QList<Question> &questions, std::stop_token stop) override;

    void answerKey(int id, bool trust);
    void answerQuestions(int id, const QList<Secret> &answers); ///< empty: give up

signals:
    void keyAsked(int id, const kwup::ConnectPrompts::UnknownKey &key);
    void questionsAsked(int id, const QString &host, const QString &title,
                        const QList<kwup::ConnectPrompts::Question> &questions);
    void withdrawn(int id); ///< nobody waits for the answer any more

private:
    int nextId();

    std::mutex m_mutex;
    std::condition_variable_any m_answered;
    int m_lastId = 0;
    std::map<int, bool> m_keyAnswers;
    std::map<int, QList<Secret>> m_questionAnswers;
};

} // namespace kwup

Q_DECLARE_METATYPE(kwup::ConnectPrompts::UnknownKey)
Q_DECLARE_METATYPE(kwup::ConnectPrompts::Question)
