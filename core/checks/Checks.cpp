#include "core/checks/Checks.h"

#include "core/base/FillIn.h"
#include "core/base/Words.h"
#include "core/checks/Catalogue.h"
#include "core/checks/Findings.h"
#include "core/plan/Plan.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

// clang-format off
/// Findings that any check can have.
const std::vector<FindingText> &commonTexts()
{
    static const std::vector<FindingText> Texts{
        {"unreadable",
         QT_TRANSLATE_NOOP("Check", "This could not be read, so it is not known to be in order. %1"),
         QT_TRANSLATE_NOOP("Check", "Correct the cause, then run the check again.")},
        {"not-read",
         QT_TRANSLATE_NOOP("Check", "This was not read, so it is not known to be in order."),
         QT_TRANSLATE_NOOP("Check", "Run the discovery again, then this check.")},
        {"host-unreachable",
         QT_TRANSLATE_NOOP("Check", "The host could not be read; see the check of the connection."),
         QT_TRANSLATE_NOOP("Check", "Make the host reachable, then run the checks again.")},
        {"not-installed-here",
         QT_TRANSLATE_NOOP("Check", "No installation of KWDB was recognised on the host; see the check of the installation."),
         QT_TRANSLATE_NOOP("Check", "Correct the list of hosts, then run the checks again.")},
        {"no-package",
         QT_TRANSLATE_NOOP("Check", "No package has been chosen yet."),
         QT_TRANSLATE_NOOP("Check", "Choose the release archive, then run the check again.")},
        {"other-method",
         QT_TRANSLATE_NOOP("Check", "This does not matter for the chosen method."), ""},
        {"node-stopped",
         QT_TRANSLATE_NOOP("Check", "No node is running, so none can be asked. The upgrade does not need them to run."), ""},
    };
    return Texts;
}
// clang-format on

const CheckDefinition *definition(const QString &id, const CheckFamily **inFamily = nullptr)
{
    for (const CheckFamily &family : catalogue()) {
        for (const CheckDefinition &check : family.checks) {
            if (id != QLatin1StringView(check.id))
                continue;
            if (inFamily != nullptr)
                *inFamily = &family;
            return &check;
        }
    }
    return nullptr;
}

const FindingText *textIn(const std::vector<FindingText> &texts, const QString &key)
{
    const auto text = std::find_if(texts.begin(), texts.end(), [&key](const FindingText &row) {
        return key == QLatin1StringView(row.key);
    });
    return text == texts.end() ? nullptr : &*text;
}

const FindingText *textOf(const CheckResult &result)
{
    const CheckDefinition *check = definition(result.id);
    const FindingText *own = check == nullptr ? nullptr : textIn(check->texts, result.finding);
    return own != nullptr ? own : textIn(commonTexts(), result.finding);
}

QString translated(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Check", text);
}

/// Results hold ids; people read words and the names of methods.
QStringList shownArgs(const CheckResult &result)
{
    QStringList args = result.args;
    for (QString &arg : args) {
        arg = shownWord(arg);
        if (result.id != QLatin1StringView("version-path"))
            continue;
        QStringList words = arg.split(QStringLiteral(", "));
        for (QString &word : words) {
            if (const std::optional<Method> method = methodFromString(word))
                word = methodName(*method);
        }
        arg = words.join(QStringLiteral(", "));
    }
    return args;
}

CheckResult resultOf(const CheckDefinition &check, const QString &host, const Finding &finding)
{
    CheckResult result;
    result.id = QString::fromLatin1(check.id);
    result.host = host;
    result.status = finding.status;
    result.finding = QString::fromLatin1(finding.key);
    result.args = finding.args;
    result.evidence = finding.evidence;
    result.command = finding.command;
    return result;
}

/// Where all nodes are stopped and put back, it does not matter how the cluster is now.
constexpr std::array NotForRestore{
    "all-nodes-live",
    "no-decommissioning",
    "one-build",
    "no-blocking-jobs",
    "store-dead-setting-known",
    "clients-reach-several-nodes",
    "ranges-healthy",
    "quorum-after-stop",
    "range-quorum-after-stop",
    "leaseholder-balance",
    "versions-agree",
    "no-upgrade-leftover",
    "unit-usable",
    "service-state",
    "disk-for-backup",
};

bool matters(const CheckDefinition &check, Method method)
{
    return method != Method::Restore
        || std::ranges::none_of(NotForRestore, [&check](const char *id) {
               return QLatin1StringView(id) == QLatin1StringView(check.id);
           });
}

Finding evaluated(const CheckDefinition &check, const CheckInput &input, const HostFacts &host)
{
    if (check.needs != Needs::Nothing && !host.isReachable())
        return notApplicable("host-unreachable");
    if (check.needs == Needs::Installed && !host.isInstalled())
        return notApplicable("not-installed-here");
    if (!matters(check, input.method))
        return notApplicable("other-method");
    return check.host(input, host);
}

} // namespace

const std::vector<CheckFamily> &catalogue()
{
    static const std::vector<CheckFamily> Families{
        connectionChecks(), platformChecks(),  installationChecks(), serviceChecks(),
        packageChecks(),    containerChecks(), liveChecks(),         clusterChecks(),
        replicaChecks(),    transferChecks(),  restoreChecks(),      sourceChecks()};
    return Families;
}

QList<CheckResult> runChecks(const CheckInput &input)
{
    QList<CheckResult> results;
    for (const CheckFamily &family : catalogue()) {
        for (const CheckDefinition &check : family.checks) {
            if (check.onlyFor && *check.onlyFor != input.method)
                continue;
            if (check.cluster != nullptr) {
                results.append(resultOf(check, {},
                                        matters(check, input.method)
                                            ? check.cluster(input)
                                            : notApplicable("other-method")));
                continue;
            }
            for (const HostFacts &host : input.facts.hosts)
                results.append(resultOf(check, host.host.id(), evaluated(check, input, host)));
        }
    }
    return results;
}

QStringList checkIds()
{
    QStringList ids;
    for (const CheckFamily &family : catalogue()) {
        for (const CheckDefinition &check : family.checks)
            ids.append(QString::fromLatin1(check.id));
    }
    return ids;
}

QString checkTitle(const QString &id)
{
    const CheckDefinition *check = definition(id);
    return check == nullptr ? id : translated(check->title);
}

QString toString(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return QStringLiteral("passed");
    case CheckStatus::Info:
        return QStringLiteral("info");
    case CheckStatus::Warning:
        return QStringLiteral("warning");
    case CheckStatus::Blocked:
        return QStringLiteral("blocked");
    case CheckStatus::NotApplicable:
        return QStringLiteral("not-applicable");
    }
    return {};
}

std::optional<CheckStatus> checkStatusFromString(const QString &text)
{
    for (const CheckStatus status : {CheckStatus::Passed, CheckStatus::Info, CheckStatus::Warning,
                                     CheckStatus::Blocked, CheckStatus::NotApplicable}) {
        if (text == toString(status))
            return status;
    }
    return {};
}

QString checkFamily(const QString &id)
{
    const CheckFamily *family = nullptr;
    return definition(id, &family) == nullptr ? QString() : translated(family->title);
}

QString checkWhy(const QString &id)
{
    const CheckDefinition *check = definition(id);
    return check == nullptr ? QString() : translated(check->why);
}

QString describe(const CheckResult &result)
{
    const FindingText *text = textOf(result);
    return text == nullptr ? result.finding
                           : filledIn(translated(text->sentence), shownArgs(result));
}

QString remedy(const CheckResult &result)
{
    const FindingText *text = textOf(result);
    if (text == nullptr || result.status == CheckStatus::Passed)
        return {};
    return filledIn(translated(text->remedy), shownArgs(result));
}

} // namespace kwup
