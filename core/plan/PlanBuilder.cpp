#include "core/base/FillIn.h"
#include "core/base/Words.h"
#include "core/plan/Plan.h"
#include "core/plan/methods/MethodPlans.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

struct Builder {
    Method method;
    Result<void> (*addStages)(PlanParts &parts);
};
constexpr std::array Builders{
    Builder{Method::ScriptSingle, addScriptStages},
    Builder{Method::ScriptRolling, addScriptStages},
    Builder{Method::ScriptLive, addLiveStages},
    Builder{Method::ScriptOfflineCluster, addOfflineStages},
    Builder{Method::Compose, addContainerStages},
    Builder{Method::DockerRunInsecure, addContainerStages},
    Builder{Method::DockerRunSecure, addContainerStages},
    Builder{Method::Source, addSourceStages},
    Builder{Method::ExportImport, addTransferStages},
    Builder{Method::Restore, addRestoreStages},
};

Result<void> checkMethod(const PlanInput &input)
{
    const MethodAdvice advice = adviseMethod(input.facts, input.package, input.options);
    const auto row = std::ranges::find(advice.rows, input.method, &MethodAdvice::Row::method);
    if (row != advice.rows.end() && row->applicable)
        return {};
    return Error{.code = ErrorCode::MethodNotApplicable,
                 .args = {row == advice.rows.end() ? toString(input.method) : describe(*row)}};
}

Result<void> checkBackup(const BackupChoice &backup)
{
    const bool isAnswered =
        (backup.kind == BackupChoice::Kind::ColdCopy && backup.directory.startsWith(u'/'))
        || (backup.kind == BackupChoice::Kind::Named && !backup.evidence.trimmed().isEmpty())
        || (backup.kind == BackupChoice::Kind::Refused && !backup.reason.trimmed().isEmpty());
    return isAnswered ? Result<void>() : Result<void>(Error{.code = ErrorCode::BackupMissing});
}

/// What is put back must be what was there.
Result<void> checkOldPackage(const PlanInput &input)
{
    if (!input.oldPackage)
        return {};
    const PackageInfo &old = *input.oldPackage;
    for (const auto &host : input.facts.hosts) {
        const KwdbVersion installed = host.installedVersion.valueOr({});
        if (installed == old.version && old.kind == input.package.kind)
            continue;
        if (installed == input.package.version)
            continue;
        const QString sentence = QCoreApplication::translate(
            "PlanBuilder",
            "The archive of the installed version holds version %1 (%2), but %3 has version %4.");
        return Error{.code = ErrorCode::MethodNotApplicable,
                     .args = {filledIn(sentence,
                                       {old.version.toString(), shownWord(toString(old.kind)),
                                        host.host.id(), installed.toString()})}};
    }
    return {};
}

} // namespace

Result<Plan> buildPlan(const PlanInput &input)
{
    if (const auto checked = checkMethod(input); !checked)
        return checked.error();
    // A restore is made from a backup, and sets aside what is there.
    const auto backed =
        input.method == Method::Restore ? Result<void>() : checkBackup(input.backup);
    if (!backed)
        return backed.error();
    if (const auto checked = checkOldPackage(input); !checked)
        return checked.error();
    const auto builder = std::ranges::find(Builders, input.method, &Builder::method);
    if (builder == Builders.end())
        return Error{.code = ErrorCode::MethodNotApplicable, .args = {toString(input.method)}};
    PlanParts parts(input);
    if (const auto filled = parts.fill(); !filled)
        return filled.error();
    if (const auto added = builder->addStages(parts); !added)
        return added.error();
    return parts.take();
}

} // namespace kwup
