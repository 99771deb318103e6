#include "core/checks/Findings.h"

// Going back to an older version: what is gone back to, and what the uninstallation takes along.

namespace kwup {

namespace {

Finding restorePoint(const CheckInput &input)
{
    if (!input.restorePoint)
        return blocked("none");
    const RestorePoint &point = *input.restorePoint;
    if (!point.isUsable())
        return blocked("unusable", {describe(point.problem)});
    if (!point.isOpened)
        return passed({point.runId});
    QStringList missing;
    for (const HostFacts &host : input.facts.hosts) {
        if (!point.copies.contains(host.host.id()))
            missing.append(host.host.id());
    }
    if (!missing.isEmpty())
        return blocked("missing", {joined(missing)});
    if (!point.isOneMoment)
        return blocked("several-moments", {point.runId});
    return info("copies", {point.runId.isEmpty() ? point.copies.begin()->directory : point.runId});
}

/// deploy.sh uninstall deletes the user of the service, its home and its right to sudo.
Finding restoreLogin(const CheckInput & /*input*/, const HostFacts &host)
{
    if (host.deployment.value == Deployment::Source)
        return notApplicable("other-method"); // nothing is uninstalled
    if (!host.managementUser.isKnown())
        return unread(CheckStatus::Blocked, host.managementUser);
    const QString user = *host.managementUser.value;
    const bool isSame = user == host.host.user && user != QLatin1StringView("root");
    return with(isSame ? blocked("same-user", {user}) : passed({user}), host.managementUser);
}

} // namespace

// clang-format off
CheckFamily restoreChecks()
{
    return {QT_TRANSLATE_NOOP("Check", "Going back"), {
        {.id = "restore-point",
         .title = QT_TRANSLATE_NOOP("Check", "There is a backup to go back to"),
         .why = QT_TRANSLATE_NOOP("Check", "Data that the new version has opened cannot be used by the old one; only a copy from before can."),
         .cluster = restorePoint,
         .onlyFor = Method::Restore,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "In the run %1 the new version has not been started. The old packages are put back; the data stays as it is."), ""},
            {"copies", QT_TRANSLATE_NOOP("Check", "The data is put back from the cold copy of %1. What was written since then is set aside."), ""},
            {"none", QT_TRANSLATE_NOOP("Check", "Nothing is named to go back to."),
             QT_TRANSLATE_NOOP("Check", "Name the run whose cold copies are to be put back, or the directory of the copy.")},
            {"unusable", QT_TRANSLATE_NOOP("Check", "What is named cannot be used. %1"),
             QT_TRANSLATE_NOOP("Check", "Name another run or another directory.")},
            {"missing", QT_TRANSLATE_NOOP("Check", "The new version was started already, and there is no cold copy of these hosts: %1."),
             QT_TRANSLATE_NOOP("Check", "Go on with the upgrade: a part of a cluster cannot go back to an earlier moment.")},
            {"several-moments", QT_TRANSLATE_NOOP("Check", "The cold copies of the run %1 were made one after the other while the other nodes went on working. Put back together they contradict each other: the cluster may not come up, or lose what was confirmed."),
             QT_TRANSLATE_NOOP("Check", "Go on with the upgrade, or set up a new cluster of the old version and import an export made before.")}}},
        {.id = "restore-login",
         .title = QT_TRANSLATE_NOOP("Check", "The login survives the uninstallation"),
         .why = QT_TRANSLATE_NOOP("Check", "The uninstallation deletes the user of the service, its home and its right to sudo."),
         .host = restoreLogin, .needs = Needs::Installed,
         .onlyFor = Method::Restore,
         .texts = {
            {"passed", QT_TRANSLATE_NOOP("Check", "The login is not the user of the service (%1)."), ""},
            {"same-user", QT_TRANSLATE_NOOP("Check", "The wizard logs in as %1, the user that the uninstallation deletes."),
             QT_TRANSLATE_NOOP("Check", "Log in as another user.")}}},
    }};
}
// clang-format on

} // namespace kwup
