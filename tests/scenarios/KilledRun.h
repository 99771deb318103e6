#pragma once

#include "tests/scenarios/ScenarioRun.h"

#include <functional>

namespace kwup::test {

/// A prepared run whose wizards are ended by SIGKILL, each in a process of its own
/// (ScenarioRun::runAsProcess, which the main() of the test must call first); every next one goes
/// on. Belongs to the test's thread.
class KilledRun final {
public:
    /// `isDeadly`: whether a wizard is ended in this step ("stop@n1"), each step at most once;
    /// `delay`: so long after the step has begun, in ms, or when it is done.
    KilledRun(DemoCluster &cluster, const ScenarioRun &run,
              std::function<bool(const QString &step)> isDeadly, int delay = 0);

    /// Until the run ends by itself: "completed", or why it does not come to an end.
    QString finish();

    QStringList killed() const { return m_killed; } ///< steps, in order
    QStringList log() const { return m_log; } ///< of all wizards
    /// Steps of `kinds` in which no wizard was ended; empty: all were met.
    QStringList missed(const QStringList &kinds) const;

private:
    QString oneWizard();
    QString nextLine(QProcess &wizard);
    void letWork(QProcess &wizard, const QString &step);

    DemoCluster &m_cluster;
    const ScenarioRun &m_run;
    std::function<bool(const QString &step)> m_isDeadly;
    int m_delay;
    QStringList m_killed;
    QStringList m_log;
};

} // namespace kwup::test

/// main() of a class whose wizards are processes of its own program.
#define KWUP_KILLED_MAIN(Test)                                                                     \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        QCoreApplication application(argc, argv);                                                  \
        if (const auto code = kwup::test::ScenarioRun::runAsProcess(application.arguments()))      \
            return *code;                                                                          \
        Test test;                                                                                 \
        return kwup::test::runScenarios(test, argc, argv);                                         \
    }
