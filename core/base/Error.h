#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace kwup {

/// Every way something can go wrong. Names are stable: they stand in journals and reports
/// (errorCodeName). Adding one fails to compile until describe() and remedy() have a sentence.
enum class ErrorCode {
    None,
    // Connecting and logging in (args: as each sentence in ErrorText.cpp says)
    HostUnreachable, // connect refused, no route, name unknown
    ConnectTimeout,
    ConnectionLost, // in the middle of something
    HostSilent, // no byte for the time a command may be silent
    ProtocolError, // not an SSH server, no common algorithm
    HostKeyUnknown, // args: key type, SHA-256 fingerprint
    HostKeyChanged, // args: key type, offered fingerprint, file and line of the known one
    HostKeyRevoked,
    KnownHostsUnreadable,
    AuthenticationFailed, // args: user, method, methods the server offers
    PasswordExpired,
    KeyFileUnreadable,
    KeyPassphraseNeeded,
    KeyPassphraseWrong,
    AgentUnavailable,
    JumpHostFailed,
    // Privilege
    SudoMissing,
    SudoPasswordWrong,
    SudoPasswordNeeded,
    SudoNotAllowed,
    // Commands and transfers
    CommandFailed, // args: command, exit code
    CommandKilled, // args: command, signal
    CommandTimeout, // args: command, seconds
    OutputUnexpected, // args: command; evidence: what came
    UploadFailed,
    ChecksumMismatch, // args: file, expected, found
    NoSpace, // args: directory, bytes needed, bytes free
    RemoteFileError,
    JobLost, // detached command lost. args: job id, reason (killed, reboot, never-started)
    Cancelled, // the operator asked for it; not shown as a failure
    // Local files and input
    FileUnreadable,
    FileUnwritable,
    ProfileInvalid, // args: file, line, what
    ImportInvalid, // deploy.cfg or CSV. args: file, line, what
    UsageInvalid,
    // Package
    ArchiveUnreadable,
    ArchiveTruncated,
    ArchiveUnsafe, // args: entry name, why
    ArchiveTooLarge,
    PackageIncomplete, // args: what is missing
    PackageAmbiguous,
    PackageVersionMissing,
    PackageVersionMismatch, // args: packages/.version, package file, its version
    PackageWrongArchitecture,
    PackageWrongKind,
    // What KWDB shows
    NotInstalled,
    NotKwdb,
    ModeInvalid, // args: file, line
    NodeStatusUnavailable,
    SqlFailed, // args: statement
    ClustersMixed, // args: host a, cluster a, host b, cluster b
    HostTwice, // args: address a, address b, why they are one host
    NodeIdUnknown,
    VersionPathUnknown, // args: from, to
    MethodNotApplicable,
    // The run
    ChecksBlock,
    BackupMissing,
    JournalUnwritable,
    JournalCorrupt,
    JournalVersion,
    RunNotFound,
    NoRuns, // the newest was asked for
    RunOver, // args: run
    LockHeld, // args: who, from where, since when
    StopTimeout, // args: seconds
    StopFailed,
    DeployScriptFailed, // args: the script's own message, signature id
    DeployDidNothing, // exit code 0, no completion line or nothing changed
    PackagesNotInstalled, // args: package, state
    ImageNotChanged, // args: image, the file that names it
    VersionNotChanged, // args: expected, found, where
    StartFailed,
    ServiceDied, // args: seconds after start
    NodeNotAvailable, // gate: args: seconds, clause states
    RangesNotRecovered, // gate: args: seconds, before, now
    OtherNodeDown, // args: node ids: the next stop must not happen
    ClusterWorse, // args: what
    SettingNotRestored,
    BackupFailed,
    RestoreImpossible, // args: why, as a sentence
    StepPreconditionFailed, // args: what was expected, what was found
    StepScriptFailed, // args: why, as a sentence (core/run/ScriptReasons)
    Internal,
};

/// Stable kebab-case name, as written in journals, reports and --json.
QString errorCodeName(ErrorCode code);
ErrorCode errorCodeFromName(const QString &name);

/// One failure. A value: cheap to copy, safe to send through queued signals.
struct Error {
    ErrorCode code = ErrorCode::None;
    QString host = {}; ///< empty when not about one host
    QStringList args = {}; ///< the values the sentence needs, in the order ErrorText.cpp documents
    QByteArray evidence = {}; ///< raw output or library text; no secrets, never translated
    QString command = {}; ///< the exact command, when one was run
    int exitCode = -1; ///< of that command; -1 when there was none
};

/// What went wrong, as complete sentences in the operator's language. The only place where codes
/// become text. Thread-safe; text follows the translators installed at the time of the call.
QString describe(const Error &error);

/// What the operator can do next. Never empty, except for ErrorCode::None.
QString remedy(const Error &error);

} // namespace kwup

Q_DECLARE_METATYPE(kwup::Error)
