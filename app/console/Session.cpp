#include "app/console/Session.h"

#include "app/console/Terminal.h"
#include "core/discover/Discovery.h"
#include "core/plan/ChosenPackage.h"
#include "core/run/RestorePoints.h"
#include "core/transfer/TransferFacts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <array>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Session)
};

/// How often a secret is asked for before the login counts as failed.
constexpr int Attempts = 3;

/// The answer for another host has been offered to this one too; try it before asking again.
bool hasNewSecret(const QString &host, const QList<HostLogin> &before, const QList<HostLogin> &now)
{
    const auto given = [](const HostSecrets &secrets) {
        return std::array{!secrets.password.isEmpty(), !secrets.passphrase.isEmpty(),
                          !secrets.sudoPassword.isEmpty()};
    };
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (now[i].spec.id() == host)
            return given(before[i].secrets) != given(now[i].secrets);
    }
    return false;
}

QString runsDirectory(const Options &options)
{
    return options.dataDirectory.isEmpty()
        ? RunStore::defaultDirectory()
        : QDir(options.dataDirectory).filePath(QStringLiteral("runs"));
}

} // namespace

Session::Session(const Options &options, HostConnector &connector, Output &output,
                 Interrupt &interrupt)
    : m_options(options)
    , m_connector(connector)
    , m_output(output)
    , m_interrupt(interrupt)
    , m_prompts(options, output)
    , m_store(runsDirectory(options))
{ }

ExitCode Session::run()
{
    m_interrupt.setHandlers([this] { m_stop.request_stop(); }, [this] { m_stop.request_stop(); });
    switch (m_options.verb) {
    case Verb::Resume:
        return resumeVerb();
    case Verb::Status:
        return statusVerb();
    case Verb::Report:
        return reportVerb();
    default:
        break;
    }
    Upgrade upgrade;
    if (const auto code = prepare(upgrade))
        return *code;
    if (const auto code = discover(upgrade))
        return *code;
    if (m_options.verb == Verb::Discover)
        return ExitCode::Ok;
    if (const auto code = inspect(upgrade))
        return *code;
    const ExitCode checked = check(upgrade);
    if (m_options.verb == Verb::Check || m_options.verb == Verb::Plan)
        return m_options.verb == Verb::Check ? checked : planVerb(upgrade);
    return checked == ExitCode::Ok ? runVerb(upgrade) : checked;
}

ExitCode Session::failed(const Error &error, ExitCode code)
{
    m_output.error(error);
    return code;
}

Result<Profile> Session::profileToUse()
{
    if (m_options.verb != Verb::Restore)
        return loadProfile(m_options.profile);
    const Result<Plan> plan = m_store.plan(m_options.runId);
    if (!plan)
        return plan.error();
    Profile profile;
    if (!m_options.profile.isEmpty()) {
        // Ways to log in, accepted warnings, another place of the copies.
        Result<Profile> given = loadProfile(m_options.profile);
        if (!given)
            return given;
        profile = *given;
    } else {
        profile.hosts = plan->hosts;
    }
    profile.package = QFileInfo(m_options.package).absoluteFilePath();
    profile.method = Method::Restore;
    profile.options.setText(option::BackupRun, m_options.runId);
    return profile;
}

std::optional<ExitCode> Session::prepare(Upgrade &upgrade)
{
    const Result<Profile> profile = profileToUse();
    if (!profile)
        return failed(profile.error(), ExitCode::Usage);
    upgrade.profile = *profile;
    if (upgrade.profile.hosts.isEmpty()) {
        return failed(
            Error{ErrorCode::ProfileInvalid,
                  {},
                  {m_options.profile, QStringLiteral("1"), Text::tr("there are no hosts")},
                  {},
                  {},
                  -1},
            ExitCode::Usage);
    }
    const Result<QList<HostLogin>> logins = withKnownSecrets(upgrade.profile.hosts);
    if (!logins)
        return failed(logins.error(), ExitCode::Usage);
    upgrade.logins = *logins;
    return {};
}

Result<QList<HostLogin>> Session::withKnownSecrets(const QList<HostSpec> &hosts)
{
    if (m_options.secretsFd >= 0) {
        std::optional<QByteArray> yaml = terminal::readDescriptor(m_options.secretsFd);
        if (!yaml) {
            return Error{ErrorCode::UsageInvalid,
                         {},
                         {Text::tr("file descriptor %1 cannot be read").arg(m_options.secretsFd)},
                         {},
                         {},
                         -1};
        }
        Result<QList<HostLogin>> logins = withSecrets(hosts, *yaml);
        yaml->fill('\0');
        return logins;
    }
    QList<HostLogin> logins;
    for (const HostSpec &spec : hosts)
        logins += HostLogin{spec, {}};
    return logins;
}

bool Session::askSecretFor(const Error &error, QList<HostLogin> &logins)
{
    const auto ask = [&](Secret HostSecrets::*member, const QString &prompt) {
        std::optional<Secret> secret = terminal::readSecret(prompt);
        if (!secret || secret->isEmpty())
            return false;
        for (HostLogin &login : logins) {
            // The same answer is offered to the other hosts that have none yet.
            if (login.spec.id() == error.host || (login.secrets.*member).isEmpty())
                login.secrets.*member = *secret;
        }
        return true;
    };
    switch (error.code) {
    case ErrorCode::AuthenticationFailed:
        return ask(&HostSecrets::password, Text::tr("Password for %1: ").arg(error.host));
    case ErrorCode::KeyPassphraseNeeded:
    case ErrorCode::KeyPassphraseWrong:
        return ask(&HostSecrets::passphrase,
                   Text::tr("Passphrase of %1: ").arg(error.args.value(0, error.host)));
    case ErrorCode::SudoPasswordNeeded:
    case ErrorCode::SudoPasswordWrong:
        return ask(&HostSecrets::sudoPassword, Text::tr("sudo password for %1: ").arg(error.host));
    default:
        return false;
    }
}

void Session::askMissingPasswords(QList<HostLogin> &logins)
{
    // Asked beforehand where the login cannot work without: one round trip fewer per host.
    for (const HostLogin &login : std::as_const(logins)) {
        if (login.spec.auth == AuthMethod::Password && login.secrets.password.isEmpty()) {
            const Error missing{ErrorCode::AuthenticationFailed, login.spec.id(), {}, {}, {}, -1};
            askSecretFor(missing, logins);
        }
    }
}

std::optional<ExitCode> Session::login(QList<HostLogin> &logins)
{
    askMissingPasswords(logins);
    for (int attempt = 1;; ++attempt) {
        HostPool pool(m_connector, m_prompts, logins);
        Error problem;
        for (const QString &host : pool.hostIds()) {
            const Result<HostConnection *> connection = pool.connection(host, m_stop.get_token());
            const auto privilege = connection ? (*connection)->probePrivilege(m_stop.get_token())
                                              : Result<PrivilegeMode>(connection.error());
            if (!privilege) {
                problem = privilege.error();
                break;
            }
        }
        if (problem.code == ErrorCode::None)
            return {};
        if (attempt >= Attempts || !askSecretFor(problem, logins))
            return failed(problem, ExitCode::NoLogin);
    }
}

std::optional<ExitCode> Session::discover(Upgrade &upgrade)
{
    askMissingPasswords(upgrade.logins);
    for (int attempt = 1;; ++attempt) {
        HostPool pool(m_connector, m_prompts, upgrade.logins);
        upgrade.facts = discoverForMethod(
            pool, upgrade.profile.options, m_options.verb != Verb::Discover,
            [](const HostFacts &) {}, m_stop.get_token());
        bool isAnswered = false;
        const QList<HostLogin> before = upgrade.logins;
        const QList<HostFacts> hosts = allHosts(upgrade.facts);
        for (const HostFacts &host : hosts) {
            const Error &problem = host.isReachable() ? host.privilege.error : host.error;
            const bool isAsked = attempt < Attempts && terminal::isInteractive()
                && !hasNewSecret(host.host.id(), before, upgrade.logins);
            if (isAsked)
                isAnswered = askSecretFor(problem, upgrade.logins) || isAnswered;
        }
        if (!isAnswered)
            break;
    }
    bool isReached = true;
    const QList<HostFacts> hosts = allHosts(upgrade.facts);
    for (const HostFacts &host : hosts) {
        m_output.facts(host);
        isReached = isReached && host.isReachable();
    }
    if (!upgrade.facts.cluster.nodes.isEmpty())
        m_output.cluster(upgrade.facts.cluster);
    m_output.error(upgrade.facts.clusterError);
    for (const Error &problem : std::as_const(upgrade.facts.listProblems))
        m_output.error(problem);
    const QStringList missing = missingHosts(upgrade.facts);
    if (!missing.isEmpty()) {
        m_output.object(QStringLiteral("missing-hosts"),
                        {{QStringLiteral("addresses"), missing.join(u' ')}});
        m_output.line(Text::tr("The cluster has nodes that are not in the list: %1")
                          .arg(missing.join(QStringLiteral(", "))));
    }
    if (m_stop.stop_requested())
        return ExitCode::Resumable;
    return isReached ? std::optional<ExitCode>() : ExitCode::NoLogin;
}

/// Relative to the profile.
Result<PackageInfo> Session::readPackage(const QString &file)
{
    auto package = inspectPackage(
        QFileInfo(m_options.profile).dir().absoluteFilePath(file),
        [this](qint64 done, qint64 total) { m_output.progress(Text::tr("package"), done, total); },
        m_stop.get_token());
    m_output.clearProgress();
    return package;
}

std::optional<ExitCode> Session::inspect(Upgrade &upgrade)
{
    const QString file = upgrade.profile.package;
    if (upgrade.facts.transfer) {
        upgrade.package = packageOfTarget(upgrade.facts);
    } else if (!file.isEmpty()) {
        const Result<PackageInfo> package = readPackage(file);
        if (!package)
            return failed(package.error(), ExitCode::Usage);
        upgrade.package = *package;
    }
    const auto chosen = chosenPackage(upgrade.package, upgrade.profile.options);
    if (!chosen)
        return failed(chosen.error(), ExitCode::Usage);
    upgrade.package = *chosen;
    if (upgrade.package)
        m_output.package(*upgrade.package);
    const QString old = upgrade.profile.options.text(option::OldPackage);
    if (!old.isEmpty()) {
        const Result<PackageInfo> package = readPackage(old);
        if (!package)
            return failed(package.error(), ExitCode::Usage);
        upgrade.oldPackage = *package;
        m_output.package(*package);
    }
    upgrade.advice = adviseMethod(upgrade.facts, upgrade.package, upgrade.profile.options);
    m_output.advice(upgrade.advice);
    upgrade.method = upgrade.profile.method.value_or(methodToCheck(upgrade.advice, upgrade.facts));
    if (upgrade.method == Method::Restore)
        upgrade.restorePoint =
            restorePointOf(m_store, upgrade.profile.options, upgrade.profile.hosts);
    return {};
}

bool Session::isAccepted(const CheckResult &result, const Upgrade &upgrade) const
{
    if (result.status != CheckStatus::Warning)
        return false;
    const auto matches = [&result](const AcceptedWarning &accepted) {
        return accepted.checkId == result.id
            && (accepted.host.isEmpty() || accepted.host == result.host);
    };
    return std::any_of(upgrade.accepted.begin(), upgrade.accepted.end(), matches);
}

ExitCode Session::check(Upgrade &upgrade)
{
    const bool coldBackup = upgrade.profile.backup.kind == BackupChoice::Kind::ColdCopy;
    const CheckInput input{
        upgrade.facts,           upgrade.method,       upgrade.package,       coldBackup,
        upgrade.profile.options, upgrade.restorePoint, m_options.takeOverLock};
    upgrade.checks = runChecks(input);
    upgrade.accepted = upgrade.profile.accepted;
    int blocked = 0;
    int warnings = 0;
    for (const CheckResult &result : std::as_const(upgrade.checks)) {
        if (!m_options.acceptReason.isEmpty() && result.status == CheckStatus::Warning
            && !isAccepted(result, upgrade))
            upgrade.accepted += AcceptedWarning{result.id, result.host, m_options.acceptReason};
        const bool accepted = isAccepted(result, upgrade);
        m_output.check(result, accepted);
        blocked += result.status == CheckStatus::Blocked ? 1 : 0;
        warnings += result.status == CheckStatus::Warning && !accepted ? 1 : 0;
    }
    m_output.object(QStringLiteral("checks-done"),
                    {{QStringLiteral("blocked"), blocked}, {QStringLiteral("warnings"), warnings}});
    m_output.line(Text::tr("%n check(s) do not allow the upgrade.", nullptr, blocked));
    m_output.line(Text::tr("%n warning(s) are not accepted.", nullptr, warnings));
    if (blocked == 0 && warnings > 0) {
        m_output.line(
            Text::tr("Accept warnings in the profile (accepted:) or with --accept-warnings "
                     "and a reason."));
    }
    return blocked > 0 || warnings > 0 ? ExitCode::Blocked : ExitCode::Ok;
}

Result<Plan> Session::plan(const Upgrade &upgrade)
{
    if (!upgrade.package) {
        return Error{ErrorCode::ProfileInvalid,
                     {},
                     {m_options.profile, QStringLiteral("1"), Text::tr("there is no package")},
                     {},
                     {},
                     -1};
    }
    return buildPlan(PlanInput{upgrade.facts,
                               upgrade.method,
                               *upgrade.package,
                               upgrade.profile.backup,
                               upgrade.profile.nodeOrder,
                               newRunId(),
                               {},
                               upgrade.profile.options,
                               upgrade.oldPackage,
                               upgrade.restorePoint});
}

} // namespace kwup
