#pragma once

#include "core/checks/Checks.h"
#include "tests/support/FactsBuilder.h"

#include <functional>

namespace kwup::test {

/// What a case starts from: a healthy cluster of three, a fitting package, a rolling upgrade with a
/// cold copy. On it every check passes, except the one that asks for a confirmation.
struct Scenario {
    FactsBuilder facts = FactsBuilder::cluster();
    Method method = Method::ScriptRolling;
    std::optional<PackageInfo> package = debPackage();
    bool coldBackup = true;
    MethodOptions options = {};
    std::optional<RestorePoint> restorePoint = {};
    bool takesOverLock = false;

    void makeSingle();
    void makeSingleReplica();
    void makeRestore(); ///< from 2.2.1 to 2.2.0 with the copies of all hosts, of one moment
    QList<CheckResult> run();
};
using Change = std::function<void(Scenario &)>;

/// One change, and what one check must say to it.
struct CheckCase {
    const char *name;
    const char *id;
    CheckStatus status;
    const char *finding;
    Change change;
    int host = 0; ///< index; not looked at for checks about the cluster
    const char *inSentence = ""; ///< must be part of the description
};

QList<CheckCase> connectionCases();
QList<CheckCase> platformCases();
QList<CheckCase> installationCases();
QList<CheckCase> serviceCases();
QList<CheckCase> packageCases();
QList<CheckCase> containerCases();
QList<CheckCase> clusterCases();
QList<CheckCase> replicaCases();
QList<CheckCase> transferCases();
QList<CheckCase> restoreCases();
QList<CheckCase> liveCases();
QList<CheckCase> sourceCases();

} // namespace kwup::test
