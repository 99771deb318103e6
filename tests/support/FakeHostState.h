#pragma once

#include "tests/support/FakeHost.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QWaitCondition>

namespace kwup::test {

/// Everything the connections of one FakeHost share.
class FakeHost::State {
public:
    struct Rule {
        std::function<bool(const QString &script)> matches;
        QList<FakeReply> replies;
        std::function<FakeReply(const Command &)> answer;
        qsizetype used = 0;
    };
    struct JobRule {
        QString idPart;
        FakeJob job;
    };
    struct RunningJob {
        FakeJob job;
        QElapsedTimer since;
        bool wasCut = false;
        bool cancelled = false;
        bool over() const
        {
            return cancelled || std::chrono::milliseconds(since.elapsed()) >= job.duration;
        }
    };

    mutable QMutex mutex;
    QWaitCondition cut; ///< woken by cutConnections() and stop requests
    QString id;
    QList<Rule> rules;
    QList<JobRule> jobRules;
    QHash<QString, RunningJob> jobs;
    QString shellDirectory;
    int generation = 0; ///< connections of an older generation are dead
    bool reachable = true;
    PrivilegeMode privilege = PrivilegeMode::Root;
    QList<Error> connectErrors;
    QList<Error> uploadErrors;
    QStringList scripts;
    QStringList unexpected;
    QList<UploadRequest> uploads;
    int connects = 0;
};

/// One connection to a FakeHost.
class FakeHost::Connection final : public HostConnection {
public:
    Connection(std::shared_ptr<State> state, int generation);

    Result<CommandOutput> run(const Command &command, std::stop_token stop) override;
    QString hostId() const override;
    Result<void> upload(const UploadRequest &request, std::stop_token stop) override;
    Result<PrivilegeMode> probePrivilege(std::stop_token stop) override;

private:
    Error error(ErrorCode code, const QStringList &args = {}) const;
    bool isCut() const;
    /// False when the wait was ended by a stop request or a cut.
    bool wait(std::chrono::milliseconds time, std::stop_token stop);
    Result<CommandOutput> reply(const FakeReply &reply, const Command &command,
                                std::stop_token stop);
    Result<CommandOutput> runJobCall(const QStringList &words, const Command &command,
                                     std::stop_token stop);
    Result<CommandOutput> attach(const QString &id, qsizetype offset, std::chrono::seconds limit,
                                 const Command &command, std::stop_token stop);
    Result<CommandOutput> runShell(const QString &directory, const Command &command,
                                   std::stop_token stop);

    std::shared_ptr<State> m_state;
    int m_generation;
    bool m_lost = false;
};

} // namespace kwup::test
