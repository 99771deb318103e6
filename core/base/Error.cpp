#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kwup {

namespace {

using Row = std::pair<ErrorCode, const char *>;
constexpr std::array Names{
    Row{ErrorCode::None, "none"},
    Row{ErrorCode::HostUnreachable, "host-unreachable"},
    Row{ErrorCode::ConnectTimeout, "connect-timeout"},
    Row{ErrorCode::ConnectionLost, "connection-lost"},
    Row{ErrorCode::HostSilent, "host-silent"},
    Row{ErrorCode::ProtocolError, "protocol-error"},
    Row{ErrorCode::HostKeyUnknown, "host-key-unknown"},
    Row{ErrorCode::HostKeyChanged, "host-key-changed"},
    Row{ErrorCode::HostKeyRevoked, "host-key-revoked"},
    Row{ErrorCode::KnownHostsUnreadable, "known-hosts-unreadable"},
    Row{ErrorCode::AuthenticationFailed, "authentication-failed"},
    Row{ErrorCode::PasswordExpired, "password-expired"},
    Row{ErrorCode::KeyFileUnreadable, "key-file-unreadable"},
    Row{ErrorCode::KeyPassphraseNeeded, "key-passphrase-needed"},
    Row{ErrorCode::KeyPassphraseWrong, "key-passphrase-wrong"},
    Row{ErrorCode::AgentUnavailable, "agent-unavailable"},
    Row{ErrorCode::JumpHostFailed, "jump-host-failed"},
    Row{ErrorCode::SudoMissing, "sudo-missing"},
    Row{ErrorCode::SudoPasswordWrong, "sudo-password-wrong"},
    Row{ErrorCode::SudoPasswordNeeded, "sudo-password-needed"},
    Row{ErrorCode::SudoNotAllowed, "sudo-not-allowed"},
    Row{ErrorCode::CommandFailed, "command-failed"},
    Row{ErrorCode::CommandKilled, "command-killed"},
    Row{ErrorCode::CommandTimeout, "command-timeout"},
    Row{ErrorCode::OutputUnexpected, "output-unexpected"},
    Row{ErrorCode::UploadFailed, "upload-failed"},
    Row{ErrorCode::ChecksumMismatch, "checksum-mismatch"},
    Row{ErrorCode::NoSpace, "no-space"},
    Row{ErrorCode::RemoteFileError, "remote-file-error"},
    Row{ErrorCode::JobLost, "job-lost"},
    Row{ErrorCode::Cancelled, "cancelled"},
    Row{ErrorCode::FileUnreadable, "file-unreadable"},
    Row{ErrorCode::FileUnwritable, "file-unwritable"},
    Row{ErrorCode::ProfileInvalid, "profile-invalid"},
    Row{ErrorCode::ImportInvalid, "import-invalid"},
    Row{ErrorCode::UsageInvalid, "usage-invalid"},
    Row{ErrorCode::ArchiveUnreadable, "archive-unreadable"},
    Row{ErrorCode::ArchiveTruncated, "archive-truncated"},
    Row{ErrorCode::ArchiveUnsafe, "archive-unsafe"},
    Row{ErrorCode::ArchiveTooLarge, "archive-too-large"},
    Row{ErrorCode::PackageIncomplete, "package-incomplete"},
    Row{ErrorCode::PackageAmbiguous, "package-ambiguous"},
    Row{ErrorCode::PackageVersionMissing, "package-version-missing"},
    Row{ErrorCode::PackageVersionMismatch, "package-version-mismatch"},
    Row{ErrorCode::PackageWrongArchitecture, "package-wrong-architecture"},
    Row{ErrorCode::PackageWrongKind, "package-wrong-kind"},
    Row{ErrorCode::NotInstalled, "not-installed"},
    Row{ErrorCode::NotKwdb, "not-kwdb"},
    Row{ErrorCode::ModeInvalid, "mode-invalid"},
    Row{ErrorCode::NodeStatusUnavailable, "node-status-unavailable"},
    Row{ErrorCode::SqlFailed, "sql-failed"},
    Row{ErrorCode::ClustersMixed, "clusters-mixed"},
    Row{ErrorCode::HostTwice, "host-twice"},
    Row{ErrorCode::NodeIdUnknown, "node-id-unknown"},
    Row{ErrorCode::VersionPathUnknown, "version-path-unknown"},
    Row{ErrorCode::MethodNotApplicable, "method-not-applicable"},
    Row{ErrorCode::ChecksBlock, "checks-block"},
    Row{ErrorCode::BackupMissing, "backup-missing"},
    Row{ErrorCode::JournalUnwritable, "journal-unwritable"},
    Row{ErrorCode::JournalCorrupt, "journal-corrupt"},
    Row{ErrorCode::JournalVersion, "journal-version"},
    Row{ErrorCode::RunNotFound, "run-not-found"},
    Row{ErrorCode::NoRuns, "no-runs"},
    Row{ErrorCode::RunOver, "run-over"},
    Row{ErrorCode::LockHeld, "lock-held"},
    Row{ErrorCode::StopTimeout, "stop-timeout"},
    Row{ErrorCode::StopFailed, "stop-failed"},
    Row{ErrorCode::DeployScriptFailed, "deploy-script-failed"},
    Row{ErrorCode::DeployDidNothing, "deploy-did-nothing"},
    Row{ErrorCode::PackagesNotInstalled, "packages-not-installed"},
    Row{ErrorCode::ImageNotChanged, "image-not-changed"},
    Row{ErrorCode::VersionNotChanged, "version-not-changed"},
    Row{ErrorCode::StartFailed, "start-failed"},
    Row{ErrorCode::ServiceDied, "service-died"},
    Row{ErrorCode::NodeNotAvailable, "node-not-available"},
    Row{ErrorCode::RangesNotRecovered, "ranges-not-recovered"},
    Row{ErrorCode::OtherNodeDown, "other-node-down"},
    Row{ErrorCode::ClusterWorse, "cluster-worse"},
    Row{ErrorCode::SettingNotRestored, "setting-not-restored"},
    Row{ErrorCode::BackupFailed, "backup-failed"},
    Row{ErrorCode::RestoreImpossible, "restore-impossible"},
    Row{ErrorCode::StepPreconditionFailed, "step-precondition-failed"},
    Row{ErrorCode::StepScriptFailed, "step-script-failed"},
    Row{ErrorCode::Internal, "internal"},
};

} // namespace

QString errorCodeName(ErrorCode code)
{
    const auto row = std::find_if(Names.begin(), Names.end(),
                                  [code](const Row &candidate) { return candidate.first == code; });
    return row == Names.end() ? QStringLiteral("internal") : QString::fromLatin1(row->second);
}

ErrorCode errorCodeFromName(const QString &name)
{
    const auto row = std::find_if(Names.begin(), Names.end(), [&name](const Row &candidate) {
        return name == QLatin1StringView(candidate.second);
    });
    return row == Names.end() ? ErrorCode::Internal : row->first;
}

} // namespace kwup
