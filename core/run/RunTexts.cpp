#include "core/base/Words.h"
#include "core/run/RunTypes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Run", sentence);
}

struct ClauseText {
    QLatin1StringView key;
    const char *sentence; ///< %1 … are GateClause::args
    const char *unknown; ///< when args are empty: nothing could be read
};

// clang-format off
constexpr std::array ClauseTexts {
    ClauseText {QLatin1StringView("service-active"),
        QT_TRANSLATE_NOOP("Run", "The service is %1."),
        QT_TRANSLATE_NOOP("Run", "The state of the service could not be read.")},
    ClauseText {QLatin1StringView("health-ready"),
        QT_TRANSLATE_NOOP("Run", "The node answers the readiness question with %1 (wanted: 200)."),
        QT_TRANSLATE_NOOP("Run", "The node's readiness could not be asked on this host.")},
    ClauseText {QLatin1StringView("node-up"),
        QT_TRANSLATE_NOOP("Run", "The cluster sees the node as available: %1, live: %2."),
        QT_TRANSLATE_NOOP("Run", "No other node tells the state of this node.")},
    ClauseText {QLatin1StringView("others-up"),
        QT_TRANSLATE_NOOP("Run", "Other nodes that are down: %1."),
        QT_TRANSLATE_NOOP("Run", "All other nodes are up.")},
    ClauseText {QLatin1StringView("build"),
        QT_TRANSLATE_NOOP("Run", "The node shows the version %1 (wanted: %2)."),
        QT_TRANSLATE_NOOP("Run", "The node does not show its version.")},
    ClauseText {QLatin1StringView("started"),
        QT_TRANSLATE_NOOP("Run", "The node has run since %1 (stopped by this run: %2)."),
        QT_TRANSLATE_NOOP("Run", "The node does not show its start time.")},
    ClauseText {QLatin1StringView("ranges"),
        QT_TRANSLATE_NOOP("Run", "Ranges unavailable: %1 (before the run %2), under-replicated: %3 (before the run %4)."),
        QT_TRANSLATE_NOOP("Run", "The state of the ranges could not be read.")},
};
// clang-format on

QString filled(QString sentence, const QStringList &args)
{
    for (qsizetype i = 0; i < args.size(); ++i)
        sentence.replace(QStringLiteral("%%1").arg(i + 1), args[i]);
    return sentence;
}

QString serviceSentence(const NodeCondition &condition)
{
    const ServiceState &service = condition.service;
    if (service.isRunning() && service.activeState == QStringLiteral("active"))
        return text(QT_TRANSLATE_NOOP("Run", "The service is running."));
    if (service.isRunning()) {
        return filled(text(QT_TRANSLATE_NOOP("Run", "The service is in the state %1.")),
                      {service.activeState});
    }
    if (service.activeState.isEmpty())
        return text(QT_TRANSLATE_NOOP("Run", "The state of the service could not be read."));
    if (service.result == QStringLiteral("timeout") || service.result == QStringLiteral("signal"))
        return text(QT_TRANSLATE_NOOP("Run", "The service is stopped; it was ended by force."));
    return text(QT_TRANSLATE_NOOP("Run", "The service is stopped."));
}

QString imageSentence(const NodeCondition &condition)
{
    const PackageState image = condition.packages.value(0);
    const QString name = image.name + u':' + image.version;
    if (image.status == QStringLiteral("missing")) {
        return filled(text(QT_TRANSLATE_NOOP("Run",
                                             "The compose file names the image %1, which is "
                                             "not on the host.")),
                      {name});
    }
    if (condition.isOldImage) {
        return filled(text(QT_TRANSLATE_NOOP("Run",
                                             "The compose file names the image %1, which is "
                                             "the one from before the run.")),
                      {name});
    }
    return filled(text(QT_TRANSLATE_NOOP("Run", "The compose file names the image %1.")), {name});
}

/// A container that no deploy script made: NodeProbe reads its image, there is no version file.
bool isPlainContainer(const NodeCondition &condition)
{
    return !condition.packages.isEmpty()
        && condition.packages.first().status == QStringLiteral("image");
}

QString packageSentence(const NodeCondition &condition)
{
    if (isPlainContainer(condition)) {
        return filled(text(QT_TRANSLATE_NOOP("Run", "The container has the image %1.")),
                      {condition.packages.first().name});
    }
    if (condition.isContainer)
        return imageSentence(condition);
    QStringList packages;
    for (const auto &package : condition.packages) {
        packages.append(
            QStringLiteral("%1 %2 (%3)").arg(package.name, package.version, package.status));
    }
    if (packages.isEmpty())
        return text(QT_TRANSLATE_NOOP("Run", "No KWDB package is installed."));
    return filled(text(QT_TRANSLATE_NOOP("Run", "Installed packages: %1.")),
                  {packages.join(QStringLiteral(", "))});
}

} // namespace

QString describe(const GateClause &clause)
{
    const auto row = std::ranges::find_if(ClauseTexts, [&clause](const ClauseText &candidate) {
        return clause.key == candidate.key;
    });
    if (row == ClauseTexts.end())
        return clause.key;
    return filled(text(clause.args.isEmpty() ? row->unknown : row->sentence), clause.args);
}

QString describe(const GateProgress &progress)
{
    const auto holding = std::ranges::count_if(progress.clauses, &GateClause::holds);
    QStringList sentences{filled(
        text(QT_TRANSLATE_NOOP("Run",
                               "%1 of %2 conditions hold; good readings in a row: %3 of "
                               "%4; %5 of at most %6 seconds.")),
        {QString::number(holding), QString::number(progress.clauses.size()),
         QString::number(progress.goodReadings), QString::number(progress.neededReadings),
         QString::number(progress.elapsed.count()), QString::number(progress.limit.count())})};
    for (const auto &clause : progress.clauses) {
        if (!clause.holds)
            sentences.append(describe(clause));
    }
    return joinSentences(sentences);
}

QString describe(const NodeCondition &condition)
{
    if (condition.host.isEmpty())
        return {};
    if (condition.error.code != ErrorCode::None) {
        return joinSentences({text(QT_TRANSLATE_NOOP("Run", "The state of the node is not known.")),
                              describe(condition.error)});
    }
    QStringList sentences{serviceSentence(condition), packageSentence(condition)};
    const bool isImage = isPlainContainer(condition);
    if (!isImage) {
        sentences.append(condition.versionFile.isEmpty()
                             ? text(QT_TRANSLATE_NOOP("Run", "The version file is missing."))
                             : filled(text(QT_TRANSLATE_NOOP("Run", "The version file says %1.")),
                                      {condition.versionFile}));
    }
    // A stopped container has no binary that could be asked.
    if ((condition.isContainer || isImage) && condition.binaryVersion.isEmpty())
        return joinSentences(sentences);
    sentences.append(condition.binaryVersion.isEmpty()
                         ? text(QT_TRANSLATE_NOOP("Run", "There is no working database binary."))
                         : filled(text(QT_TRANSLATE_NOOP("Run", "The binary has the version %1.")),
                                  {condition.binaryVersion}));
    return joinSentences(sentences);
}

QString describe(const Decision &decision)
{
    return describe(decision.error);
}

QString choiceLabel(Choice choice, const Decision & /*decision*/)
{
    switch (choice) {
    case Choice::Retry:
        return text(QT_TRANSLATE_NOOP("Run", "Retry"));
    case Choice::KeepWaiting:
        return text(QT_TRANSLATE_NOOP("Run", "Keep waiting"));
    case Choice::ForceStop:
        return text(QT_TRANSLATE_NOOP("Run", "End it by force"));
    case Choice::GoBack:
        return text(QT_TRANSLATE_NOOP("Run", "Go back to the old version"));
    case Choice::StopHere:
        return text(QT_TRANSLATE_NOOP("Run", "Stop here"));
    }
    return {};
}

// clang-format off
QString choiceMeaning(Choice choice, const Decision &decision)
{
    switch (choice) {
    case Choice::Retry:
        if (decision.stepId.startsWith(QStringLiteral("gate@")))
            return text(QT_TRANSLATE_NOOP("Run", "The program looks at the node again. If the service is not running, it is started once more; then the waiting begins again."));
        return text(QT_TRANSLATE_NOOP("Run", "The program looks at the host first. What has been reached is not done again; otherwise the step is run once more."));
    case Choice::KeepWaiting:
        if (decision.kind == Decision::Kind::StopLimit)
            return text(QT_TRANSLATE_NOOP("Run", "The node gets the same time once more to hand over its leases. Clients notice nothing; nothing else is changed meanwhile."));
        return text(QT_TRANSLATE_NOOP("Run", "The program waits for the same time once more. No other node is touched meanwhile."));
    case Choice::ForceStop:
        return text(QT_TRANSLATE_NOOP("Run", "The database process is ended at once (SIGKILL). Nothing that was confirmed is lost: the node replays its log at the next start. Clients of the cluster wait for 9 to 17 seconds, and a cold copy of this stop is refused."));
    case Choice::GoBack:
        return text(QT_TRANSLATE_NOOP("Run", "What this run has changed is taken back by the steps that the plan shows as the way back, and the old version is started again. The run then ends; it cannot be resumed."));
    case Choice::StopHere:
        if (decision.kind == Decision::Kind::StopLimit)
            return text(QT_TRANSLATE_NOOP("Run", "The run ends here. The stop that was ordered goes on on the host, so the node may still go down. The run can be resumed."));
        return text(QT_TRANSLATE_NOOP("Run", "The run ends here. No other node is touched, changed cluster settings are put back, and the node stays in the state shown. The run can be resumed."));
    }
    return {};
}
// clang-format on

} // namespace kwup
