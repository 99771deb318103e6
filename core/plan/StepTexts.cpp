#include "core/plan/Plan.h"

#include <QCoreApplication>

namespace kwup {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Plan", sentence);
}

const char *titleOf(StepKind kind)
{
    switch (kind) {
    case StepKind::Lock:
        return QT_TRANSLATE_NOOP("Plan", "Take the lock on %1");
    case StepKind::Stage:
        return QT_TRANSLATE_NOOP("Plan", "Upload and unpack the package on %1");
    case StepKind::Baseline:
        return QT_TRANSLATE_NOOP("Plan", "Record the state before the first change");
    case StepKind::RaiseSetting:
        return QT_TRANSLATE_NOOP("Plan", "Save and raise the setting %2");
    case StepKind::BeforeStop:
        return QT_TRANSLATE_NOOP("Plan", "Check that %1 may be stopped");
    case StepKind::Stop:
        return QT_TRANSLATE_NOOP("Plan", "Stop the node on %1");
    case StepKind::Backup:
        return QT_TRANSLATE_NOOP("Plan", "Make a cold copy of the node on %1");
    case StepKind::Upgrade:
        return QT_TRANSLATE_NOOP("Plan", "Upgrade the packages on %1");
    case StepKind::UpgradeLive:
        return QT_TRANSLATE_NOOP("Plan", "Let the vendor's script upgrade the running node on %1");
    case StepKind::ClearMark:
        return QT_TRANSLATE_NOOP("Plan", "Complete the upgrade of the node on %1 for the cluster");
    case StepKind::StageOld:
        return QT_TRANSLATE_NOOP("Plan", "Have the old release ready on %1");
    case StepKind::SaveConfig:
        return QT_TRANSLATE_NOOP("Plan", "Save the configuration of %1");
    case StepKind::VerifyDown:
        return QT_TRANSLATE_NOOP("Plan", "Verify that the node on %1 is down");
    case StepKind::PutBack:
        return QT_TRANSLATE_NOOP("Plan", "Put the old packages back on %1");
    case StepKind::Start:
        return QT_TRANSLATE_NOOP("Plan", "Start the node on %1");
    case StepKind::Gate:
        return QT_TRANSLATE_NOOP("Plan", "Wait until the node on %1 is back");
    case StepKind::RestoreSetting:
        return QT_TRANSLATE_NOOP("Plan", "Put the setting %2 back");
    case StepKind::Verify:
        return QT_TRANSLATE_NOOP("Plan", "Verify the result");
    case StepKind::FetchImage:
        return QT_TRANSLATE_NOOP("Plan", "Get the new image on %1");
    case StepKind::CopyStore:
        return QT_TRANSLATE_NOOP("Plan", "Copy the data out of the container on %1");
    case StepKind::ReplaceContainer:
        return QT_TRANSLATE_NOOP("Plan", "Make the container of the new image on %1");
    case StepKind::EditCompose:
        return QT_TRANSLATE_NOOP("Plan", "Change the compose file on %1");
    case StepKind::RestoreContainer:
        return QT_TRANSLATE_NOOP("Plan", "Start the old container on %1 again");
    case StepKind::RestoreCompose:
        return QT_TRANSLATE_NOOP("Plan", "Start the service on %1 from the old image again");
    case StepKind::ListKept:
        return QT_TRANSLATE_NOOP("Plan", "List what is kept on %1");
    case StepKind::Release:
        return QT_TRANSLATE_NOOP("Plan", "Remove staging directory and lock on %1");
    case StepKind::Export:
        return QT_TRANSLATE_NOOP("Plan", "Export the database %2 on %1");
    case StepKind::TransferFiles:
        return QT_TRANSLATE_NOOP("Plan", "Carry the export of %2 to %1");
    case StepKind::Import:
        return QT_TRANSLATE_NOOP("Plan", "Import the database %2 on %1");
    case StepKind::Recreate:
        return QT_TRANSLATE_NOOP("Plan", "Make anew what the export of %2 leaves out");
    case StepKind::Compare:
        return QT_TRANSLATE_NOOP("Plan", "Compare the database %2 on both clusters");
    case StepKind::RemoveExport:
        return QT_TRANSLATE_NOOP("Plan", "Remove the exported files on %1");
    case StepKind::CheckCopy:
        return QT_TRANSLATE_NOOP("Plan", "Read the cold copy on %1 through");
    case StepKind::SaveState:
        return QT_TRANSLATE_NOOP("Plan", "Keep configuration and unit on %1");
    case StepKind::SetAside:
        return QT_TRANSLATE_NOOP("Plan", "Set the present data on %1 aside");
    case StepKind::Uninstall:
        return QT_TRANSLATE_NOOP("Plan", "Uninstall the present version on %1");
    case StepKind::Install:
        return QT_TRANSLATE_NOOP("Plan", "Install the old version on %1");
    case StepKind::RestoreCopy:
        return QT_TRANSLATE_NOOP("Plan", "Put the cold copy back on %1");
    case StepKind::CaptureProcess:
        return QT_TRANSLATE_NOOP("Plan", "Record how the server on %1 runs");
    case StepKind::Build:
        return QT_TRANSLATE_NOOP("Plan", "Make the new program on %1");
    case StepKind::Swap:
        return QT_TRANSLATE_NOOP("Plan", "Put the new program in place on %1");
    case StepKind::SwapBack:
        return QT_TRANSLATE_NOOP("Plan", "Put the old program back on %1");
    case StepKind::OldPackages:
        return QT_TRANSLATE_NOOP("Plan", "Put the old packages back on %1");
    }
    return "";
}

// clang-format off
const char *expectationOf(StepKind kind)
{
    switch (kind) {
    case StepKind::Lock:
        return QT_TRANSLATE_NOOP("Plan", "No other wizard works on the host; its lock names this run.");
    case StepKind::Stage:
        return QT_TRANSLATE_NOOP("Plan", "There is space for it, the SHA-256 is the same as here, and the unpacked package holds packages/.version and the vendor's script.");
    case StepKind::Baseline:
        return QT_TRANSLATE_NOOP("Plan", "The nodes, the replicas, the jobs and the settings could be read; later readings are compared with them.");
    case StepKind::RaiseSetting:
        return QT_TRANSLATE_NOOP("Plan", "The present value is in the journal, and the setting is at least three hours. A longer value is left alone.");
    case StepKind::BeforeStop:
        return QT_TRANSLATE_NOOP("Plan", "Seen from another node, twice: all other nodes are up, a majority remains, and no replica is worse than before the run.");
    case StepKind::Stop:
        return QT_TRANSLATE_NOOP("Plan", "After the drain the service has no main process, and no process of it is left.");
    case StepKind::Backup:
        return QT_TRANSLATE_NOOP("Plan", "The copy holds as many entries as the directories, and its SHA-256 is the same when it is read again.");
    case StepKind::Upgrade:
        return QT_TRANSLATE_NOOP("Plan", "The script ends with its completion line and exit code 0; packages, version file and binary show the new version.");
    case StepKind::UpgradeLive:
        return QT_TRANSLATE_NOOP("Plan", "Before: the node runs, is not marked as upgrading, and its own id is the one that the script will find. After: the script ends with its completion line and exit code 0; packages, version file and binary show the new version.");
    case StepKind::ClearMark:
        return QT_TRANSLATE_NOOP("Plan", "The node is not marked as upgrading, and the argument --upgrade-complete is not left behind. A node that is still marked is restarted once with this argument.");
    case StepKind::StageOld:
        return QT_TRANSLATE_NOOP("Plan", "The packages of the installed version are on the host, complete, and of this version; they are used only on the way back.");
    case StepKind::SaveConfig:
        return QT_TRANSLATE_NOOP("Plan", "A copy of /etc/kaiwudb and of the unit is in the directory of the run and can be read again.");
    case StepKind::VerifyDown:
        return QT_TRANSLATE_NOOP("Plan", "The service has no main process, and no database process is left on the host.");
    case StepKind::PutBack:
        return QT_TRANSLATE_NOOP("Plan", "Packages, version file and binary show the old version; /etc/kaiwudb and the unit are those from before the upgrade.");
    case StepKind::Start:
        return QT_TRANSLATE_NOOP("Plan", "The service starts and stays active with the same process.");
    case StepKind::Gate:
        return QT_TRANSLATE_NOOP("Plan", "Two readings in a row, long enough after the start: the service is active and ready, another node sees it up with the new version and a new start time, and the replicas are no worse than before the run.");
    case StepKind::RestoreSetting:
        return QT_TRANSLATE_NOOP("Plan", "The setting has the value it had before the run.");
    case StepKind::Verify:
        return QT_TRANSLATE_NOOP("Plan", "All nodes are up with one and the same new version, packages and binaries agree, settings are back, and the replicas are no worse than before the run.");
    case StepKind::FetchImage:
        return QT_TRANSLATE_NOOP("Plan", "The new image is on the host under its name and fits the processor; the old one has a second name that keeps it.");
    case StepKind::CopyStore:
        return QT_TRANSLATE_NOOP("Plan", "The directory on the host holds the same files as the container: contents, owners, modes and times were compared.");
    case StepKind::ReplaceContainer:
        return QT_TRANSLATE_NOOP("Plan", "The container under the old name is of the new image; the old container is kept, stopped, under another name.");
    case StepKind::EditCompose:
        return QT_TRANSLATE_NOOP("Plan", "The file has exactly the expected SHA-256; a copy of the old one lies beside it.");
    case StepKind::RestoreContainer:
        return QT_TRANSLATE_NOOP("Plan", "The old container runs under its name and tells its version.");
    case StepKind::RestoreCompose:
        return QT_TRANSLATE_NOOP("Plan", "The container of the service is of the old image, runs and tells its version.");
    case StepKind::ListKept:
        return QT_TRANSLATE_NOOP("Plan", "The report names the image, the container and the files that are kept, and how they are removed.");
    case StepKind::Release:
        return QT_TRANSLATE_NOOP("Plan", "The lock and the staging directory of this run are gone.");
    case StepKind::Export:
        return QT_TRANSLATE_NOOP("Plan", "The directory was new; every table is in the answer and has its definition, and the files are packed.");
    case StepKind::TransferFiles:
        return QT_TRANSLATE_NOOP("Plan", "The packed files have the same SHA-256 on both hosts.");
    case StepKind::Import:
        return QT_TRANSLATE_NOOP("Plan", "The database did not exist on the new cluster; the import has succeeded and has rejected no row. When it fails and the operator tries again, the part that it had imported is dropped on the new cluster first.");
    case StepKind::Recreate:
        return QT_TRANSLATE_NOOP("Plan", "Every statement was run; those that the new cluster does not accept are listed as left to do.");
    case StepKind::Compare:
        return QT_TRANSLATE_NOOP("Plan", "Each table has as many rows on the new cluster as on the old one, and the same checksum where one can be computed.");
    case StepKind::RemoveExport:
        return QT_TRANSLATE_NOOP("Plan", "Nothing is left of the exported files, which hold the data in clear text.");
    case StepKind::CheckCopy:
        return QT_TRANSLATE_NOOP("Plan", "The checksums are right, data, configuration and unit are in the copy, its version is the one to go back to, and there is space beside the present data.");
    case StepKind::SaveState:
        return QT_TRANSLATE_NOOP("Plan", "A second copy of /etc/kaiwudb and of the unit is there and is equal.");
    case StepKind::SetAside:
        return QT_TRANSLATE_NOOP("Plan", "The data directory is empty, and what was in it has its other name.");
    case StepKind::Uninstall:
        return QT_TRANSLATE_NOOP("Plan", "Packages and unit are gone; the question whether to delete the data is answered with no.");
    case StepKind::Install:
        return QT_TRANSLATE_NOOP("Plan", "Packages and binary show the old version.");
    case StepKind::RestoreCopy:
        return QT_TRANSLATE_NOOP("Plan", "The unpacked files are the same as in the copy and belong to the user of the service.");
    case StepKind::CaptureProcess:
        return QT_TRANSLATE_NOOP("Plan", "Command line, directory, environment, user, limits and unit of the server are in the directory of the run, readable by root alone.");
    case StepKind::Build:
        return QT_TRANSLATE_NOOP("Plan", "The new program is in the directory of the run, can be run on this host and tells the new version. The running one was not touched.");
    case StepKind::Swap:
        return QT_TRANSLATE_NOOP("Plan", "The new program is where the old one was; what it replaces is kept in a directory beside it.");
    case StepKind::SwapBack:
        return QT_TRANSLATE_NOOP("Plan", "The program is the kept one again and tells the old version.");
    case StepKind::OldPackages:
        return QT_TRANSLATE_NOOP("Plan", "Packages, version file and binary show the old version; the data is not touched.");
    }
    return "";
}
// clang-format on

} // namespace

QString stepTitle(const PlanStep &step)
{
    return text(titleOf(step.kind))
        .replace(QStringLiteral("%1"), step.host)
        .replace(QStringLiteral("%2"), step.args[QStringLiteral("name")].toString());
}

QString stepExpectation(const PlanStep &step)
{
    return text(expectationOf(step.kind));
}

QString stageTitle(const Stage &stage)
{
    struct Title {
        QLatin1StringView id;
        const char *sentence;
    };
    static constexpr Title Titles[] = {
        {QLatin1StringView("lock"), QT_TRANSLATE_NOOP("Plan", "Lock all hosts")},
        {QLatin1StringView("stage"), QT_TRANSLATE_NOOP("Plan", "Bring the package to all hosts")},
        {QLatin1StringView("images"), QT_TRANSLATE_NOOP("Plan", "Get the image on all hosts")},
        {QLatin1StringView("build"),
         QT_TRANSLATE_NOOP("Plan", "Make the new program on all hosts")},
        {QLatin1StringView("capture"), QT_TRANSLATE_NOOP("Plan", "Record how the servers run")},
        {QLatin1StringView("baseline"), QT_TRANSLATE_NOOP("Plan", "Before the first change")},
        {QLatin1StringView("save"), QT_TRANSLATE_NOOP("Plan", "Prepare the way back")},
        {QLatin1StringView("stage-old"),
         QT_TRANSLATE_NOOP("Plan", "Have the old release ready on all hosts")},
        {QLatin1StringView("copies"), QT_TRANSLATE_NOOP("Plan", "Read the cold copies through")},
        {QLatin1StringView("stop"), QT_TRANSLATE_NOOP("Plan", "Stop all nodes")},
        {QLatin1StringView("down"), QT_TRANSLATE_NOOP("Plan", "Verify that all nodes are down")},
        {QLatin1StringView("backup"), QT_TRANSLATE_NOOP("Plan", "Back up all nodes")},
        {QLatin1StringView("upgrade"),
         QT_TRANSLATE_NOOP("Plan", "Upgrade one node after the other")},
        {QLatin1StringView("start"), QT_TRANSLATE_NOOP("Plan", "Start all nodes")},
        {QLatin1StringView("gate"), QT_TRANSLATE_NOOP("Plan", "Wait until all nodes are back")},
        {QLatin1StringView("finish"), QT_TRANSLATE_NOOP("Plan", "Completion")},
        {QLatin1StringView("back-start"),
         QT_TRANSLATE_NOOP("Plan", "Start all nodes with the old version")},
        {QLatin1StringView("back-gate"),
         QT_TRANSLATE_NOOP("Plan", "Wait until all nodes are back with the old version")},
        {QLatin1StringView("back-finish"), QT_TRANSLATE_NOOP("Plan", "Completion of the way back")},
    };
    for (const auto &title : Titles) {
        if (stage.host.isEmpty() && stage.id == title.id)
            return text(title.sentence);
    }
    if (stage.id.startsWith(QStringLiteral("back")) && !stage.host.isEmpty())
        return QCoreApplication::translate("Plan", "Way back on %1").arg(stage.host);
    if (stage.id.startsWith(QStringLiteral("earlier@")))
        return QCoreApplication::translate("Plan", "Finish an earlier upgrade on %1")
            .arg(stage.host);
    if (stage.id.startsWith(QStringLiteral("restore@")))
        return QCoreApplication::translate("Plan", "Back to the old version on %1").arg(stage.host);
    if (!stage.host.isEmpty())
        return QCoreApplication::translate("Plan", "Node on %1").arg(stage.host);
    if (stage.id == QStringLiteral("users"))
        return QCoreApplication::translate("Plan", "Users, roles and settings");
    if (stage.id.startsWith(QStringLiteral("database@")))
        return QCoreApplication::translate("Plan", "Database %1")
            .arg(stage.steps.first().args[QStringLiteral("name")].toString());
    return stage.id;
}

} // namespace kwup
