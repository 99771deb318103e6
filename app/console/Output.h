#pragma once

#include "core/checks/Checks.h"
#include "core/discover/Facts.h"
#include "core/plan/Plan.h"
#include "core/run/RunStore.h"
#include "core/run/RunTypes.h"

#include <QJsonObject>
#include <QMutex>

namespace kwup {

/// Everything kwdb-upgrade prints on standard output: sentences, or with --json one object a line
/// (each has the field `event`). Thread-safe. A progress bar stands on the last line of a terminal.
class Output {
public:
    explicit Output(bool json);

    void line(const QString &text); ///< a sentence; nothing with --json
    void object(const QString &event, QJsonObject fields); ///< nothing without --json
    void error(const Error &error); ///< both forms: what, evidence, what to do
    void progress(const QString &label, qint64 done, qint64 total); ///< terminal only
    void clearProgress();

    void facts(const HostFacts &facts);
    void cluster(const ClusterView &cluster);
    void package(const PackageInfo &package);
    void check(const CheckResult &result, bool accepted);
    void advice(const MethodAdvice &advice);
    void plan(const Plan &plan);
    void run(const RunSummary &run);
    void event(const RunEvent &event, const Plan &plan);

private:
    void printLine(const QString &text);
    void printEvent(const RunEvent &event, const Plan &plan);
    void printOutput(const RunEvent &event);

    QMutex m_mutex;
    bool m_json;
    bool m_showsProgress = false;
};

} // namespace kwup
