#include "tests/scenarios/KilledRun.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <algorithm>

namespace kwup::test {

namespace {
constexpr int Silence = 120000; // ms without a line
constexpr int MostKills = 60;
} // namespace

KilledRun::KilledRun(DemoCluster &cluster, const ScenarioRun &run,
                     std::function<bool(const QString &step)> isDeadly, int delay)
    : m_cluster(cluster)
    , m_run(run)
    , m_isDeadly(std::move(isDeadly))
    , m_delay(delay)
{ }

QString KilledRun::finish()
{
    while (m_killed.size() < MostKills) {
        const QString ended = oneWizard();
        if (!ended.isEmpty())
            return ended;
    }
    return QStringLiteral("no end in sight");
}

QStringList KilledRun::missed(const QStringList &kinds) const
{
    QStringList found;
    for (const auto &kind : kinds) {
        const bool isMet = std::ranges::any_of(
            m_killed, [&kind](const QString &step) { return step.section(u'@', 0, 0) == kind; });
        if (!isMet)
            found.append(kind);
    }
    return found;
}

/// The last state when it ended by itself; empty when it was killed.
QString KilledRun::oneWizard()
{
    QProcess wizard;
    wizard.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    wizard.start(QCoreApplication::applicationFilePath(), m_run.processWords());
    QString state;
    while (wizard.state() != QProcess::NotRunning || wizard.canReadLine()) {
        if (!wizard.canReadLine()) {
            if (!wizard.waitForReadyRead(Silence) && wizard.state() != QProcess::NotRunning)
                return QStringLiteral("silent after ") + m_log.value(m_log.size() - 1);
            continue;
        }
        const QString line = nextLine(wizard);
        if (line.startsWith(QStringLiteral("state ")))
            state = line.section(u' ', 1);
        // A lock is taken again by each process, as a new attempt.
        const QString step = line.section(u' ', 1).section(u'#', 0, 0);
        const bool isBegun = line.startsWith(QStringLiteral("start "));
        if (!isBegun || m_killed.contains(step) || !m_isDeadly(step))
            continue;
        letWork(wizard, step);
        m_killed.append(step);
        qInfo("killed in %s", qPrintable(step));
        wizard.kill();
        wizard.waitForFinished();
        return {};
    }
    return state;
}

QString KilledRun::nextLine(QProcess &wizard)
{
    const QString line = m_cluster.named(QString::fromUtf8(wizard.readLine()).trimmed());
    m_log.append(line);
    qInfo("%s", qPrintable(line));
    return line;
}

/// Part of the step is let happen, but not what comes behind it.
void KilledRun::letWork(QProcess &wizard, const QString &step)
{
    const QDeadlineTimer end(m_delay);
    while (!end.hasExpired()) {
        if (wizard.canReadLine()) {
            if (nextLine(wizard).startsWith(QStringLiteral("done ") + step))
                return;
        } else if (!wizard.waitForReadyRead(static_cast<int>(end.remainingTime()))
                   && wizard.state() == QProcess::NotRunning) {
            return;
        }
    }
}

} // namespace kwup::test
