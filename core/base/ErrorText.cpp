#include "core/base/Error.h"

#include "core/base/FillIn.h"

#include <QCoreApplication>

#include <array>

// The table of sentences. %1, %2 … are Error::args in order; what they are stands in Error.h or in
// the sentence itself. Row order is the order of ErrorCode: a missing row fails to compile.

namespace kwup {

namespace {

struct Row {
    ErrorCode code;
    const char *sentence;
    const char *remedy;
};

// clang-format off
    constexpr std::array Table {
        Row {ErrorCode::None, "", ""},
        Row {ErrorCode::HostUnreachable,
            QT_TRANSLATE_NOOP("Error", "The host cannot be reached: %1."),
            QT_TRANSLATE_NOOP("Error", "Check the address and port, the network and the firewall, and that sshd runs on the host.")},
        Row {ErrorCode::ConnectTimeout,
            QT_TRANSLATE_NOOP("Error", "The host did not answer within %1 seconds."),
            QT_TRANSLATE_NOOP("Error", "Check the network and the firewall between this computer and the host, then try again.")},
        Row {ErrorCode::ConnectionLost,
            QT_TRANSLATE_NOOP("Error", "The connection to the host was lost."),
            QT_TRANSLATE_NOOP("Error", "What was started on the host goes on there. Try again; the program looks at the host before it does anything.")},
        Row {ErrorCode::HostSilent,
            QT_TRANSLATE_NOOP("Error", "The host has not sent anything for %1 seconds."),
            QT_TRANSLATE_NOOP("Error", "The host or the network may hang. Check the host's console, then try again.")},
        Row {ErrorCode::ProtocolError,
            QT_TRANSLATE_NOOP("Error", "The server at this address cannot be used: %1."),
            QT_TRANSLATE_NOOP("Error", "Check that the port belongs to an SSH server and that it allows one of the algorithms this program accepts.")},
        Row {ErrorCode::HostKeyUnknown,
            QT_TRANSLATE_NOOP("Error", "The host shows a %1 key that is not known: %2."),
            QT_TRANSLATE_NOOP("Error", "Compare the fingerprint with the one shown on the host's console by ssh-keygen -lf, then confirm it.")},
        Row {ErrorCode::HostKeyChanged,
            QT_TRANSLATE_NOOP("Error", "The host shows another key (%1, %2) than the one stored in %3. Somebody may be intercepting the connection, or the host was reinstalled."),
            QT_TRANSLATE_NOOP("Error", "Ask the host's administrator. If the change is right, remove the old line from the file named above, then connect again.")},
        Row {ErrorCode::HostKeyRevoked,
            QT_TRANSLATE_NOOP("Error", "The host shows a key that is marked as revoked in %1."),
            QT_TRANSLATE_NOOP("Error", "Do not log in to this host. Ask its administrator for a new host key.")},
        Row {ErrorCode::KnownHostsUnreadable,
            QT_TRANSLATE_NOOP("Error", "The file of known hosts %1 cannot be used: %2."),
            QT_TRANSLATE_NOOP("Error", "Correct the file or its permissions, then connect again.")},
        Row {ErrorCode::AuthenticationFailed,
            QT_TRANSLATE_NOOP("Error", "The login as %1 by %2 was refused. The server accepts: %3."),
            QT_TRANSLATE_NOOP("Error", "Check the user name and the password or key, or choose another way to log in.")},
        Row {ErrorCode::PasswordExpired,
            QT_TRANSLATE_NOOP("Error", "The password of %1 has expired and must be changed before anybody can log in with it."),
            QT_TRANSLATE_NOOP("Error", "Log in on a terminal and change the password, or choose keyboard-interactive and change it here.")},
        Row {ErrorCode::KeyFileUnreadable,
            QT_TRANSLATE_NOOP("Error", "The key file %1 cannot be used: %2."),
            QT_TRANSLATE_NOOP("Error", "Choose the private key file (not the .pub file) and check that it can be read.")},
        Row {ErrorCode::KeyPassphraseNeeded,
            QT_TRANSLATE_NOOP("Error", "The key file %1 is encrypted and needs its passphrase."),
            QT_TRANSLATE_NOOP("Error", "Enter the passphrase of the key.")},
        Row {ErrorCode::KeyPassphraseWrong,
            QT_TRANSLATE_NOOP("Error", "The passphrase for the key file %1 is wrong."),
            QT_TRANSLATE_NOOP("Error", "Enter the passphrase again.")},
        Row {ErrorCode::AgentUnavailable,
            QT_TRANSLATE_NOOP("Error", "The SSH agent cannot be used: %1."),
            QT_TRANSLATE_NOOP("Error", "Start an agent and add the key with ssh-add, or choose a key file or a password.")},
        Row {ErrorCode::JumpHostFailed,
            QT_TRANSLATE_NOOP("Error", "The jump host %1 did not open a connection to the host: %2."),
            QT_TRANSLATE_NOOP("Error", "Check the login to the jump host and that it may forward TCP connections.")},
        Row {ErrorCode::SudoMissing,
            QT_TRANSLATE_NOOP("Error", "The command sudo does not exist on the host, and the login user is not root."),
            QT_TRANSLATE_NOOP("Error", "Log in as root, or install sudo. The vendor's script needs sudo even for root.")},
        Row {ErrorCode::SudoPasswordWrong,
            QT_TRANSLATE_NOOP("Error", "The password for sudo was refused."),
            QT_TRANSLATE_NOOP("Error", "Enter the password of the login user for sudo.")},
        Row {ErrorCode::SudoPasswordNeeded,
            QT_TRANSLATE_NOOP("Error", "The login user %1 needs a password for sudo."),
            QT_TRANSLATE_NOOP("Error", "Enter the sudo password for this host.")},
        Row {ErrorCode::SudoNotAllowed,
            QT_TRANSLATE_NOOP("Error", "The login user %1 may not become root with sudo."),
            QT_TRANSLATE_NOOP("Error", "Use another user, or ask the administrator to allow sudo for this user.")},
        Row {ErrorCode::CommandFailed,
            QT_TRANSLATE_NOOP("Error", "The command ended with exit code %2."),
            QT_TRANSLATE_NOOP("Error", "Read its output below.")},
        Row {ErrorCode::CommandKilled,
            QT_TRANSLATE_NOOP("Error", "The command was ended by signal %2."),
            QT_TRANSLATE_NOOP("Error", "Find out on the host who ended it, then try again.")},
        Row {ErrorCode::CommandTimeout,
            QT_TRANSLATE_NOOP("Error", "The command had not ended after %2 seconds."),
            QT_TRANSLATE_NOOP("Error", "The host may be overloaded. Look at the host, then try again.")},
        Row {ErrorCode::OutputUnexpected,
            QT_TRANSLATE_NOOP("Error", "The output of a command was not understood."),
            QT_TRANSLATE_NOOP("Error", "Look at the raw text. If it is right, report it to the makers of this program.")},
        Row {ErrorCode::UploadFailed,
            QT_TRANSLATE_NOOP("Error", "The file %1 could not be uploaded: %2."),
            QT_TRANSLATE_NOOP("Error", "Check the free space and the rights on the staging directory, then try again. The upload goes on where it stopped.")},
        Row {ErrorCode::ChecksumMismatch,
            QT_TRANSLATE_NOOP("Error", "The file %1 on the host is not the same as here (SHA-256 %3 instead of %2)."),
            QT_TRANSLATE_NOOP("Error", "Try again. If it happens again, check the disk of the host.")},
        Row {ErrorCode::NoSpace,
            QT_TRANSLATE_NOOP("Error", "There is not enough space in %1: %2 bytes are needed, %3 are free."),
            QT_TRANSLATE_NOOP("Error", "Free some space on the host or choose another directory.")},
        Row {ErrorCode::RemoteFileError,
            QT_TRANSLATE_NOOP("Error", "The file or directory %1 on the host cannot be used: %2."),
            QT_TRANSLATE_NOOP("Error", "Check that it exists and its permissions.")},
        Row {ErrorCode::JobLost,
            QT_TRANSLATE_NOOP("Error", "The command %1 on the host was lost (%2). It may have done only part of its work."),
            QT_TRANSLATE_NOOP("Error", "Read the state of the node below before you choose what to do.")},
        Row {ErrorCode::Cancelled,
            QT_TRANSLATE_NOOP("Error", "The operation was cancelled."),
            QT_TRANSLATE_NOOP("Error", "Start it again when you are ready.")},
        Row {ErrorCode::FileUnreadable,
            QT_TRANSLATE_NOOP("Error", "The file %1 cannot be read: %2."),
            QT_TRANSLATE_NOOP("Error", "Check the path and the permissions.")},
        Row {ErrorCode::FileUnwritable,
            QT_TRANSLATE_NOOP("Error", "The file %1 cannot be written: %2."),
            QT_TRANSLATE_NOOP("Error", "Check the path, the permissions and the free space.")},
        Row {ErrorCode::ProfileInvalid,
            QT_TRANSLATE_NOOP("Error", "The profile %1 is not valid in line %2: %3."),
            QT_TRANSLATE_NOOP("Error", "Correct the line. The README describes every key.")},
        Row {ErrorCode::ImportInvalid,
            QT_TRANSLATE_NOOP("Error", "The file %1 cannot be imported, line %2: %3."),
            QT_TRANSLATE_NOOP("Error", "Correct the line or remove it.")},
        Row {ErrorCode::UsageInvalid,
            QT_TRANSLATE_NOOP("Error", "The command line is not valid: %1."),
            QT_TRANSLATE_NOOP("Error", "Run the program with --help.")},
        Row {ErrorCode::ArchiveUnreadable,
            QT_TRANSLATE_NOOP("Error", "The archive %1 cannot be read: %2."),
            QT_TRANSLATE_NOOP("Error", "Choose a release archive (.tar.gz) of KWDB.")},
        Row {ErrorCode::ArchiveTruncated,
            QT_TRANSLATE_NOOP("Error", "The archive %1 is cut off or damaged: %2."),
            QT_TRANSLATE_NOOP("Error", "Get the archive again and compare its checksum with the vendor's.")},
        Row {ErrorCode::ArchiveUnsafe,
            QT_TRANSLATE_NOOP("Error", "The archive contains the entry %1, which is not allowed: %2."),
            QT_TRANSLATE_NOOP("Error", "Do not use this archive. Get the original from the vendor.")},
        Row {ErrorCode::ArchiveTooLarge,
            QT_TRANSLATE_NOOP("Error", "The archive would need %1 bytes unpacked, which is more than a release archive can have."),
            QT_TRANSLATE_NOOP("Error", "Do not use this archive. Get the original from the vendor.")},
        Row {ErrorCode::PackageIncomplete,
            QT_TRANSLATE_NOOP("Error", "The package is not complete: %1 is missing."),
            QT_TRANSLATE_NOOP("Error", "Get the complete release archive from the vendor.")},
        Row {ErrorCode::PackageAmbiguous,
            QT_TRANSLATE_NOOP("Error", "The package holds more than one file for %1: %2."),
            QT_TRANSLATE_NOOP("Error", "The vendor's script cannot handle this. Get the original release archive.")},
        Row {ErrorCode::PackageVersionMissing,
            QT_TRANSLATE_NOOP("Error", "The package does not say which version it is: packages/.version is missing or empty."),
            QT_TRANSLATE_NOOP("Error", "Get the complete release archive. Unpacking with * and packing again loses this hidden file.")},
        Row {ErrorCode::PackageVersionMismatch,
            QT_TRANSLATE_NOOP("Error", "The package says it is version %1, but it holds %2 of version %3."),
            QT_TRANSLATE_NOOP("Error", "Do not use this archive: it was put together from two releases. Get the original from the vendor.")},
        Row {ErrorCode::PackageWrongArchitecture,
            QT_TRANSLATE_NOOP("Error", "The package is built for %1, the host is %2."),
            QT_TRANSLATE_NOOP("Error", "Get the package for the architecture of the host.")},
        Row {ErrorCode::PackageWrongKind,
            QT_TRANSLATE_NOOP("Error", "The package is of the kind %1, the installation is of the kind %2."),
            QT_TRANSLATE_NOOP("Error", "Get the package that fits the way KWDB was installed.")},
        Row {ErrorCode::NotInstalled,
            QT_TRANSLATE_NOOP("Error", "KWDB is not installed on the host."),
            QT_TRANSLATE_NOOP("Error", "Remove the host from the list, or install KWDB first.")},
        Row {ErrorCode::NotKwdb,
            QT_TRANSLATE_NOOP("Error", "The host answers but shows no KWDB: %1."),
            QT_TRANSLATE_NOOP("Error", "Check the address, or remove the host from the list.")},
        Row {ErrorCode::ModeInvalid,
            QT_TRANSLATE_NOOP("Error", "The file %1 is not valid in line %2."),
            QT_TRANSLATE_NOOP("Error", "Compare it with the file of another node and correct it.")},
        Row {ErrorCode::NodeStatusUnavailable,
            QT_TRANSLATE_NOOP("Error", "The node does not tell the status of the cluster."),
            QT_TRANSLATE_NOOP("Error", "Check that the service runs and that the cluster has a majority of its nodes.")},
        Row {ErrorCode::SqlFailed,
            QT_TRANSLATE_NOOP("Error", "The database refused a statement: %1."),
            QT_TRANSLATE_NOOP("Error", "Read the database's answer below.")},
        Row {ErrorCode::ClustersMixed,
            QT_TRANSLATE_NOOP("Error", "The hosts %1 and %3 belong to two clusters (%2 and %4)."),
            QT_TRANSLATE_NOOP("Error", "Upgrade one cluster at a time: remove the hosts of the other one.")},
        Row {ErrorCode::HostTwice,
            QT_TRANSLATE_NOOP("Error", "The addresses %1 and %2 are the same host (%3)."),
            QT_TRANSLATE_NOOP("Error", "Remove one of them.")},
        Row {ErrorCode::NodeIdUnknown,
            QT_TRANSLATE_NOOP("Error", "It is not known which node of the cluster runs on the host %1."),
            QT_TRANSLATE_NOOP("Error", "Check the advertised address in the start command of the service.")},
        Row {ErrorCode::VersionPathUnknown,
            QT_TRANSLATE_NOOP("Error", "The upgrade from %1 to %2 is not documented by the vendor."),
            QT_TRANSLATE_NOOP("Error", "Use a documented path, if necessary in several hops, or ask the vendor.")},
        Row {ErrorCode::MethodNotApplicable,
            QT_TRANSLATE_NOOP("Error", "This upgrade method cannot be used here: %1."),
            QT_TRANSLATE_NOOP("Error", "Choose another method.")},
        Row {ErrorCode::ChecksBlock,
            QT_TRANSLATE_NOOP("Error", "%1 checks do not allow the upgrade."),
            QT_TRANSLATE_NOOP("Error", "Correct what the checks name, then run them again.")},
        Row {ErrorCode::BackupMissing,
            QT_TRANSLATE_NOOP("Error", "There is no answer to the question for a backup."),
            QT_TRANSLATE_NOOP("Error", "Make a backup, name one, or say in writing that you go without.")},
        Row {ErrorCode::JournalUnwritable,
            QT_TRANSLATE_NOOP("Error", "The journal %1 cannot be written: %2. Without a journal nothing is changed on any host."),
            QT_TRANSLATE_NOOP("Error", "Free some space or correct the permissions on this computer, then resume.")},
        Row {ErrorCode::JournalCorrupt,
            QT_TRANSLATE_NOOP("Error", "The journal %1 was changed or damaged at entry %2."),
            QT_TRANSLATE_NOOP("Error", "Do not resume this run. Look at the hosts and start a new run.")},
        Row {ErrorCode::JournalVersion,
            QT_TRANSLATE_NOOP("Error", "The journal %1 was written by another version of this program (%2)."),
            QT_TRANSLATE_NOOP("Error", "Use the version that wrote it.")},
        Row {ErrorCode::RunNotFound,
            QT_TRANSLATE_NOOP("Error", "There is no run %1."),
            QT_TRANSLATE_NOOP("Error", "List the runs with the command status.")},
        Row {ErrorCode::LockHeld,
            QT_TRANSLATE_NOOP("Error", "Another wizard works on this host: %1 on %2, since %3."),
            QT_TRANSLATE_NOOP("Error", "Ask that person. If that run is over, take the lock over; this is recorded.")},
        Row {ErrorCode::StopTimeout,
            QT_TRANSLATE_NOOP("Error", "The node had not stopped after %1 seconds."),
            QT_TRANSLATE_NOOP("Error", "Read the choices: waiting longer is safe, ending it by force makes clients wait.")},
        Row {ErrorCode::StopFailed,
            QT_TRANSLATE_NOOP("Error", "The node could not be stopped."),
            QT_TRANSLATE_NOOP("Error", "Look at the service on the host, then retry.")},
        Row {ErrorCode::DeployScriptFailed,
            QT_TRANSLATE_NOOP("Error", "The upgrade script failed: %1"),
            QT_TRANSLATE_NOOP("Error", "Read the cause, correct it on the host, then retry. The script can be run again.")},
        Row {ErrorCode::DeployDidNothing,
            QT_TRANSLATE_NOOP("Error", "The upgrade script ended without an error but has not upgraded the node."),
            QT_TRANSLATE_NOOP("Error", "Look at the output of the script. Retry only when the cause is known.")},
        Row {ErrorCode::PackagesNotInstalled,
            QT_TRANSLATE_NOOP("Error", "After the upgrade script the package %1 is in the state \"%2\"."),
            QT_TRANSLATE_NOOP("Error", "Correct the cause (see the output), then retry: the script repairs this state.")},
        Row {ErrorCode::VersionNotChanged,
            QT_TRANSLATE_NOOP("Error", "The node shows version %2 instead of %1 (read from %3)."),
            QT_TRANSLATE_NOOP("Error", "Look at the output of the upgrade script, then retry.")},
        Row {ErrorCode::StartFailed,
            QT_TRANSLATE_NOOP("Error", "The service could not be started."),
            QT_TRANSLATE_NOOP("Error", "Read the service's log below, correct the cause, then retry.")},
        Row {ErrorCode::ServiceDied,
            QT_TRANSLATE_NOOP("Error", "The service ended %1 seconds after its start."),
            QT_TRANSLATE_NOOP("Error", "Read the service's log below, correct the cause, then retry.")},
        Row {ErrorCode::NodeNotAvailable,
            QT_TRANSLATE_NOOP("Error", "The node was not back in the cluster after %1 seconds: %2."),
            QT_TRANSLATE_NOOP("Error", "Look at the node's log. You can keep waiting; no other node is touched meanwhile.")},
        Row {ErrorCode::RangesNotRecovered,
            QT_TRANSLATE_NOOP("Error", "The replicas have not recovered after %1 seconds: %2 before the run, %3 now."),
            QT_TRANSLATE_NOOP("Error", "Keep waiting as long as the number falls. No other node is touched meanwhile.")},
        Row {ErrorCode::OtherNodeDown,
            QT_TRANSLATE_NOOP("Error", "Another node is down: %1. The next node is not stopped, because the cluster would lose more than one node."),
            QT_TRANSLATE_NOOP("Error", "Bring that node back, then retry.")},
        Row {ErrorCode::ClusterWorse,
            QT_TRANSLATE_NOOP("Error", "The cluster is worse than before the run: %1."),
            QT_TRANSLATE_NOOP("Error", "Find the cause before any other node is stopped, then retry.")},
        Row {ErrorCode::SettingNotRestored,
            QT_TRANSLATE_NOOP("Error", "The cluster setting %1 could not be put back to %2."),
            QT_TRANSLATE_NOOP("Error", "Set it by hand with SET CLUSTER SETTING when the cluster answers.")},
        Row {ErrorCode::BackupFailed,
            QT_TRANSLATE_NOOP("Error", "The backup of the node failed: %1."),
            QT_TRANSLATE_NOOP("Error", "Correct the cause, then retry. The node is stopped and unchanged.")},
        Row {ErrorCode::StepPreconditionFailed,
            QT_TRANSLATE_NOOP("Error", "The host is not in the state this step needs: expected %1, found %2."),
            QT_TRANSLATE_NOOP("Error", "Look at the host, then retry.")},
        Row {ErrorCode::Internal,
            QT_TRANSLATE_NOOP("Error", "An internal error: %1."),
            QT_TRANSLATE_NOOP("Error", "Report it to the makers of this program, with the log.")},
    };
// clang-format on

constexpr bool isInEnumOrder()
{
    for (std::size_t i = 0; i < Table.size(); ++i) {
        if (static_cast<std::size_t>(Table[i].code) != i)
            return false;
    }
    return Table.size() == static_cast<std::size_t>(ErrorCode::Internal) + 1;
}
static_assert(isInEnumOrder(), "every ErrorCode needs a sentence and a remedy, in enum order");

QString translated(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Error", text);
}

} // namespace

QString describe(const Error &error)
{
    const QString sentence =
        filledIn(translated(Table[static_cast<std::size_t>(error.code)].sentence), error.args);
    if (error.host.isEmpty() || sentence.isEmpty())
        return sentence;
    //: %1 is a host, %2 a complete sentence about it
    return QCoreApplication::translate("Error", "%1: %2").arg(error.host, sentence);
}

QString remedy(const Error &error)
{
    return filledIn(translated(Table[static_cast<std::size_t>(error.code)].remedy), error.args);
}

} // namespace kwup
