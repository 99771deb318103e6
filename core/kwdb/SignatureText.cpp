#include "core/kwdb/SignatureText.h"

#include <QCoreApplication>

#include <array>

namespace kwup {

namespace {

struct Row {
    const char *id;
    const char *cause;
    const char *advice;
};

// One line per sentence, so that lupdate and readers find them.
// clang-format off
constexpr std::array Table = {
    Row {"sudo-not-allowed",
        QT_TRANSLATE_NOOP("Signature", "The login user may not run commands as root on this host."),
        QT_TRANSLATE_NOOP("Signature", "Give the user the sudo right for all commands, or log in as a user who has it.")},
    Row {"sudo-password-wrong",
        QT_TRANSLATE_NOOP("Signature", "The sudo password was not accepted, or the user has no sudo right."),
        QT_TRANSLATE_NOOP("Signature", "Enter the right sudo password for this host, or use a user with the sudo right.")},
    Row {"sudo-password-needed",
        QT_TRANSLATE_NOOP("Signature", "The command needs root, and the login user cannot become root without a password."),
        QT_TRANSLATE_NOOP("Signature", "Enter the sudo password for this host, or allow sudo without a password.")},
    Row {"unit-start-pre-broken",
        QT_TRANSLATE_NOOP("Signature", "The service's unit file has an ExecStartPre line that cannot run: the installer did not find sysctl."),
        QT_TRANSLATE_NOOP("Signature", "Write the full path of sysctl into the ExecStartPre line of /etc/systemd/system/kaiwudb.service, then run systemctl daemon-reload.")},
    Row {"package-directory-unwritable",
        QT_TRANSLATE_NOOP("Signature", "The upgrade script cannot write into the directory of the unpacked package."),
        QT_TRANSLATE_NOOP("Signature", "Unpack the package on a local, writable file system and check its free space.")},
    Row {"package-path-with-blank",
        QT_TRANSLATE_NOOP("Signature", "The path of the unpacked package contains a blank, which the upgrade script cannot handle."),
        QT_TRANSLATE_NOOP("Signature", "Unpack the package into a directory without blanks in its path.")},
    Row {"not-installed",
        QT_TRANSLATE_NOOP("Signature", "The upgrade script finds no installed KWDB: /etc/systemd/system/kaiwudb.service is missing."),
        QT_TRANSLATE_NOOP("Signature", "Check that this is the right host. If the unit file was removed, put it back from a backup or another node.")},
    Row {"packages-missing",
        QT_TRANSLATE_NOOP("Signature", "The unpacked package is not complete."),
        QT_TRANSLATE_NOOP("Signature", "Get the complete release archive and stage it again.")},
    Row {"mode-unreadable",
        QT_TRANSLATE_NOOP("Signature", "The upgrade script cannot read how KWDB was installed from /etc/kaiwudb/info/MODE."),
        QT_TRANSLATE_NOOP("Signature", "Compare the file with that of another node and correct it.")},
    Row {"wrong-package-kind",
        QT_TRANSLATE_NOOP("Signature", "The package is for containers and the installation is not, or the other way round."),
        QT_TRANSLATE_NOOP("Signature", "Get the release archive of the same kind as the installation. Nothing was changed.")},
    Row {"version-official-to-prerelease",
        QT_TRANSLATE_NOOP("Signature", "The package is a test version of the release that is installed."),
        QT_TRANSLATE_NOOP("Signature", "Use a release that is newer than the installed one. Nothing was changed.")},
    Row {"version-not-newer",
        QT_TRANSLATE_NOOP("Signature", "The version of the package is already installed, or the package is not newer."),
        QT_TRANSLATE_NOOP("Signature", "Look at the version on the node. If an earlier try got this far, only the start of the service may be left to do.")},
    Row {"version-older",
        QT_TRANSLATE_NOOP("Signature", "The package is older than the installed version."),
        QT_TRANSLATE_NOOP("Signature", "Use a newer package. To go back to an older version, restore a backup. Nothing was changed.")},
    Row {"version-extension-refused",
        QT_TRANSLATE_NOOP("Signature", "The upgrade script does not allow the step between these two hotfix, patch or enhancement versions."),
        QT_TRANSLATE_NOOP("Signature", "Ask the vendor whether the script's option --bypass-version-check may be used here.")},
    Row {"running-single-node",
        QT_TRANSLATE_NOOP("Signature", "The node is a single node and still runs; the script upgrades it only when it is stopped."),
        QT_TRANSLATE_NOOP("Signature", "Stop the service, then retry. Nothing was changed.")},
    Row {"peer-unreachable",
        QT_TRANSLATE_NOOP("Signature", "The cluster cannot be upgraded node by node while it runs: another node could not be reached."),
        QT_TRANSLATE_NOOP("Signature", "Upgrade a single-replica cluster with all nodes stopped. In a multi-replica cluster, check the network between the nodes, then retry.")},
    Row {"peer-not-live",
        QT_TRANSLATE_NOOP("Signature", "Another node of the cluster is down, is being removed, or is still marked as upgrading."),
        QT_TRANSLATE_NOOP("Signature", "Bring all nodes to the live state, then retry. Nothing was changed.")},
    Row {"node-not-eligible",
        QT_TRANSLATE_NOOP("Signature", "The cluster does not accept this node for an upgrade now; it may be marked as upgrading already."),
        QT_TRANSLATE_NOOP("Signature", "Look at the node's status. A node that stays marked is freed by one restart with --upgrade-complete.")},
    Row {"own-node-id-unknown",
        QT_TRANSLATE_NOOP("Signature", "The upgrade script could not find the node's own id: the last line of MODE is not the address that the cluster shows."),
        QT_TRANSLATE_NOOP("Signature", "Compare the last line of /etc/kaiwudb/info/MODE with the node's address in the node status.")},
    Row {"store-dead-setting-failed",
        QT_TRANSLATE_NOOP("Signature", "The cluster could not change the setting server.time_until_store_dead."),
        QT_TRANSLATE_NOOP("Signature", "Check that the cluster has a majority of its nodes, then retry.")},
    Row {"package-manager-lock",
        QT_TRANSLATE_NOOP("Signature", "Another program holds the lock of the package manager, for example an automatic update."),
        QT_TRANSLATE_NOOP("Signature", "Wait until that program has finished, then retry. Do not delete the lock file.")},
    Row {"package-dependency",
        QT_TRANSLATE_NOOP("Signature", "A package that KWDB depends on is not installed on the host."),
        QT_TRANSLATE_NOOP("Signature", "Install the package named in the output, then retry: the script repairs the half-installed state.")},
    Row {"wrong-architecture",
        QT_TRANSLATE_NOOP("Signature", "The package or program was built for another kind of processor."),
        QT_TRANSLATE_NOOP("Signature", "Get the release archive for the architecture of this host.")},
    Row {"docker-no-space",
        QT_TRANSLATE_NOOP("Signature", "The disk of the Docker images is full."),
        QT_TRANSLATE_NOOP("Signature", "Free space below Docker's data directory, then retry. The container was not removed.")},
    Row {"disk-full",
        QT_TRANSLATE_NOOP("Signature", "A disk of the host is full."),
        QT_TRANSLATE_NOOP("Signature", "Free space on the file system named in the output, then retry.")},
    Row {"read-only-file-system",
        QT_TRANSLATE_NOOP("Signature", "A file system of the host is mounted read-only."),
        QT_TRANSLATE_NOOP("Signature", "Find out why (often a disk error), make it writable, then retry.")},
    Row {"docker-permission",
        QT_TRANSLATE_NOOP("Signature", "The user may not talk to the Docker daemon."),
        QT_TRANSLATE_NOOP("Signature", "Use root, or add the user to the group docker and log in again.")},
    Row {"docker-daemon-down",
        QT_TRANSLATE_NOOP("Signature", "The Docker daemon does not run."),
        QT_TRANSLATE_NOOP("Signature", "Start Docker on the host, then retry.")},
    Row {"docker-compose-missing",
        QT_TRANSLATE_NOOP("Signature", "The program docker-compose is not found; the script needs it under this very name."),
        QT_TRANSLATE_NOOP("Signature", "Install docker-compose into a directory of root's PATH, then retry.")},
    Row {"docker-needs-terminal",
        QT_TRANSLATE_NOOP("Signature", "The script calls Docker in a way that needs a terminal."),
        QT_TRANSLATE_NOOP("Signature", "Look at the state of the node first; the upgrade itself may be complete.")},
    Row {"docker-load-failed",
        QT_TRANSLATE_NOOP("Signature", "Docker could not load the image of the package."),
        QT_TRANSLATE_NOOP("Signature", "Read Docker's message in the output, correct the cause, then retry.")},
    Row {"package-interrupted",
        QT_TRANSLATE_NOOP("Signature", "An installation was interrupted and a package is half-installed."),
        QT_TRANSLATE_NOOP("Signature", "Retry: running the script again repairs this state.")},
    Row {"package-file-conflict",
        QT_TRANSLATE_NOOP("Signature", "A file of the new package belongs to another installed package."),
        QT_TRANSLATE_NOOP("Signature", "Find the package named in the output and remove it if it is an old KWDB package, then retry.")},
    Row {"package-already-installed",
        QT_TRANSLATE_NOOP("Signature", "The package manager says that the package is already installed."),
        QT_TRANSLATE_NOOP("Signature", "Look at the installed packages and the version on the node before you retry.")},
    Row {"package-damaged",
        QT_TRANSLATE_NOOP("Signature", "A package file is damaged."),
        QT_TRANSLATE_NOOP("Signature", "Get the release archive again, compare its checksum, and stage it again.")},
    Row {"service-restart-failed",
        QT_TRANSLATE_NOOP("Signature", "The new version is installed, but the service did not start. The node is still marked as upgrading."),
        QT_TRANSLATE_NOOP("Signature", "Read the service's log, correct the cause, and start the service. Do not run the script again.")},
    Row {"binary-missing",
        QT_TRANSLATE_NOOP("Signature", "The program file kwbase is missing or cannot be run: the packages are not installed."),
        QT_TRANSLATE_NOOP("Signature", "Run the upgrade of this node again; it installs the packages.")},
    Row {"service-user-missing",
        QT_TRANSLATE_NOOP("Signature", "The user under which the service runs does not exist on the host."),
        QT_TRANSLATE_NOOP("Signature", "Create the user named in the unit file again, with the owner of the data directory, then retry.")},
    Row {"start-mode-differs",
        QT_TRANSLATE_NOOP("Signature", "The node was started in another mode than the one its data was made with."),
        QT_TRANSLATE_NOOP("Signature", "Start it with the same start command as before.")},
    Row {"brpc-address-missing",
        QT_TRANSLATE_NOOP("Signature", "Version 3 needs the option --brpc-addr, and the unit file does not have it."),
        QT_TRANSLATE_NOOP("Signature", "An upgrade from 2.x to 3.x in place is not documented. Go back to the old version and use export and import.")},
    Row {"data-newer-than-binary",
        QT_TRANSLATE_NOOP("Signature", "The data was already used by a newer version and cannot be opened by this one."),
        QT_TRANSLATE_NOOP("Signature", "Start the newer version, or restore the backup made before the upgrade.")},
    Row {"licence-needed",
        QT_TRANSLATE_NOOP("Signature", "This version asks for an enterprise licence when a cluster node is restarted."),
        QT_TRANSLATE_NOOP("Signature", "Go on to the newer version, or ask the vendor.")},
    Row {"port-in-use",
        QT_TRANSLATE_NOOP("Signature", "Another process uses the port of KWDB; perhaps the old process still runs."),
        QT_TRANSLATE_NOOP("Signature", "Find the process that listens on the port, end it properly, then start the service.")},
    Row {"library-missing",
        QT_TRANSLATE_NOOP("Signature", "A library that kwbase needs is missing."),
        QT_TRANSLATE_NOOP("Signature", "Check that both packages (server and libcommon) are installed in the same version, then run ldconfig.")},
    Row {"client-certificates",
        QT_TRANSLATE_NOOP("Signature", "The client certificates cannot be read or are not accepted."),
        QT_TRANSLATE_NOOP("Signature", "Check the certificates below /etc/kaiwudb/certs: owner, rights and expiry.")},
    Row {"client-security-differs",
        QT_TRANSLATE_NOOP("Signature", "The database runs with another security mode than the one that was used to ask it."),
        QT_TRANSLATE_NOOP("Signature", "Compare line 8 of /etc/kaiwudb/info/MODE with the start command in the unit file.")},
    Row {"no-quorum",
        QT_TRANSLATE_NOOP("Signature", "The process accepts connections but does not answer: the cluster has lost the majority of its nodes, or was never initialised."),
        QT_TRANSLATE_NOOP("Signature", "Start the other nodes. Do not stop any further node.")},
    Row {"server-not-answering",
        QT_TRANSLATE_NOOP("Signature", "The database does not answer on its port."),
        QT_TRANSLATE_NOOP("Signature", "Check that the service runs and which port it listens on.")},
    Row {"node-status-failed",
        QT_TRANSLATE_NOOP("Signature", "The script could not read the node status from the running node."),
        QT_TRANSLATE_NOOP("Signature", "Bring the node and the cluster to health, then retry. Nothing was changed.")},
    Row {"tool-missing",
        QT_TRANSLATE_NOOP("Signature", "A program that the upgrade script needs is not installed on the host."),
        QT_TRANSLATE_NOOP("Signature", "Install the program named in the output, then retry.")},
    Row {"service-died",
        QT_TRANSLATE_NOOP("Signature", "The service ended by itself after its start."),
        QT_TRANSLATE_NOOP("Signature", "Read the service's log and the log below the data directory, correct the cause, then start the service.")},
    Row {"package-install-failed",
        QT_TRANSLATE_NOOP("Signature", "The packages could not be installed. The words \"Pipe create failed\" are misleading: the package manager's message follows them."),
        QT_TRANSLATE_NOOP("Signature", "Read the package manager's message, correct the cause, then retry: the script can be run again.")},
};
// clang-format on

const Row *rowOf(const QString &id)
{
    for (const Row &row : Table) {
        if (QLatin1String(row.id) == id)
            return &row;
    }
    return nullptr;
}

} // namespace

QString signatureCause(const QString &id)
{
    const Row *row = rowOf(id);
    return row ? QCoreApplication::translate("Signature", row->cause) : QString();
}

QString signatureAdvice(const QString &id)
{
    const Row *row = rowOf(id);
    return row ? QCoreApplication::translate("Signature", row->advice) : QString();
}

QStringList signatureTextIds()
{
    QStringList ids;
    for (const Row &row : Table)
        ids.append(QLatin1String(row.id));
    return ids;
}

} // namespace kwup
