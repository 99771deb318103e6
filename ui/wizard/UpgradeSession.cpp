#include "ui/wizard/UpgradeSession.h"

#include "core/transfer/TransferFacts.h"

#include <algorithm>

namespace kwup {

UpgradeSession::UpgradeSession(QObject *parent)
    : QObject(parent)
{ }

void UpgradeSession::setIntent(Intent intent, const QString &runId)
{
    m_intent = intent;
    m_runId = runId;
    m_runState = RunState::Idle;
    emit intentChanged();
}

bool UpgradeSession::intentIsClear() const
{
    return m_intent == Intent::NewUpgrade || !m_runId.isEmpty();
}

void UpgradeSession::adoptPlan(const Plan &plan)
{
    QList<HostDraft> hosts;
    for (const HostSpec &spec : plan.hosts) {
        hosts.append(draftOf(spec, m_defaults));
        hosts.last().isNewCluster = plan.isTarget(spec);
    }
    setHosts(hosts);
    m_package = plan.package;
    m_packageFile = plan.package.file;
    m_backup = plan.backup;
    setOptions(plan.options);
    m_method = plan.method;
    m_plan = plan;
    m_runId = plan.runId;
    emit packageChanged();
    emit backupChanged();
    emit planChanged();
}

void UpgradeSession::setHosts(const QList<HostDraft> &hosts)
{
    m_hosts = hosts;
    followNewCluster();
    clearFacts();
    emit hostsChanged();
}

void UpgradeSession::setDefaults(const LoginChoice &defaults)
{
    m_defaults = defaults;
    followNewCluster();
    clearFacts();
    emit hostsChanged();
}

int UpgradeSession::addHosts(const QList<HostSpec> &specs, bool isNewCluster)
{
    QStringList known;
    for (const HostLogin &login : logins())
        known << login.spec.id();
    QList<HostDraft> all = m_hosts;
    for (const HostSpec &spec : specs) {
        if (known.contains(spec.id()))
            continue;
        known << spec.id();
        all.append(draftOf(spec, m_defaults));
        all.last().isNewCluster = isNewCluster;
    }
    const int added = static_cast<int>(all.size() - m_hosts.size());
    if (added > 0)
        setHosts(all);
    return added;
}

QList<HostLogin> UpgradeSession::logins() const
{
    QList<HostLogin> result;
    for (const HostDraft &draft : m_hosts)
        result.append(resolved(draft, m_defaults));
    return result;
}

QList<HostLogin> UpgradeSession::oldLogins() const
{
    QList<HostLogin> result;
    for (const HostDraft &draft : m_hosts) {
        if (!draft.isNewCluster)
            result.append(resolved(draft, m_defaults));
    }
    return result;
}

bool UpgradeSession::hasNewCluster() const
{
    return std::ranges::any_of(m_hosts, &HostDraft::isNewCluster);
}

QStringList UpgradeSession::hostProblems() const
{
    QStringList problems = problemsOf(logins());
    if (hasNewCluster() && oldLogins().isEmpty())
        problems << tr("All hosts belong to the new cluster. Add those whose data is moved.");
    return problems;
}

/// The marks in the list of hosts are what the method's option says.
void UpgradeSession::followNewCluster()
{
    QStringList ids;
    for (const HostDraft &draft : std::as_const(m_hosts)) {
        if (draft.isNewCluster)
            ids << resolved(draft, m_defaults).spec.id();
    }
    m_options.set(option::TargetHosts, ids);
}

void UpgradeSession::applyProfile(const Profile &profile)
{
    QList<HostDraft> hosts;
    for (const HostSpec &spec : profile.hosts)
        hosts.append(draftOf(spec, m_defaults));
    setHosts(hosts);
    setPackageFile(profile.package);
    m_wantedMethod = profile.method;
    m_method = profile.method.value_or(m_method);
    m_nodeOrder = profile.nodeOrder;
    m_accepted = profile.accepted;
    setOptions(profile.options);
    setBackup(profile.backup);
}

Profile UpgradeSession::profile() const
{
    Profile result;
    for (const HostLogin &login : logins())
        result.hosts.append(login.spec);
    result.package = m_packageFile;
    if (m_facts)
        result.method = m_method;
    result.backup = m_backup;
    result.options = m_options;
    result.nodeOrder = m_nodeOrder;
    result.accepted = m_accepted;
    return result;
}

void UpgradeSession::setFacts(const Facts &facts)
{
    m_facts = facts;
    if (const auto newCluster = packageOfTarget(facts)) {
        m_package = newCluster; // nothing is installed, so nobody is asked for an archive
        emit packageChanged();
    } else if (m_package && m_package->kind == PackageKind::NewCluster) {
        m_package.reset();
        emit packageChanged();
    }
    const MethodAdvice found = advice();
    const auto applies = [&found](Method method) {
        return std::any_of(found.rows.begin(), found.rows.end(), [method](const auto &row) {
            return row.method == method && row.applicable;
        });
    };
    if (m_wantedMethod && applies(*m_wantedMethod))
        m_method = *m_wantedMethod;
    else
        m_method = methodToCheck(found, facts);
    m_plan.reset();
    chooseImage();
    emit factsChanged();
}

void UpgradeSession::clearFacts()
{
    if (!m_facts && m_checks.isEmpty() && !m_plan)
        return;
    m_facts.reset();
    m_checks.clear();
    m_plan.reset();
    emit factsChanged();
    emit checksChanged();
    emit planChanged();
}

void UpgradeSession::setCluster(const ClusterView &view)
{
    if (!m_facts)
        return;
    const QList<RangeRow> ranges = m_facts->cluster.ranges;
    m_facts->cluster = view;
    if (view.ranges.isEmpty())
        m_facts->cluster.ranges = ranges;
    emit clusterChanged();
}

MethodAdvice UpgradeSession::advice() const
{
    return m_facts ? adviseMethod(*m_facts, m_package, m_options) : MethodAdvice{};
}

void UpgradeSession::setMethod(Method method)
{
    if (m_wantedMethod == method && m_method == method)
        return;
    m_wantedMethod = method;
    m_method = method;
    m_plan.reset();
    chooseImage();
    emit factsChanged();
}

bool UpgradeSession::discoveryIsUsable() const
{
    if (!m_facts || m_facts->hosts.isEmpty() || !m_facts->listProblems.isEmpty())
        return false;
    const bool allRead = std::all_of(m_facts->hosts.begin(), m_facts->hosts.end(),
                                     [](const HostFacts &host) { return host.isInstalled(); });
    const MethodAdvice found = advice();
    return allRead && std::any_of(found.rows.begin(), found.rows.end(), [this](const auto &row) {
               return row.method == m_method && row.applicable;
           });
}

std::optional<KwdbVersion> UpgradeSession::installedVersion() const
{
    std::optional<KwdbVersion> oldest;
    if (!m_facts)
        return oldest;
    for (const HostFacts &host : m_facts->hosts) {
        const auto &version = host.installedVersion.value;
        if (version && (!oldest || compareBase(*version, *oldest) < 0))
            oldest = version;
    }
    return oldest;
}

RunType UpgradeSession::runType() const
{
    if (!m_facts || m_facts->hosts.isEmpty())
        return RunType::Unknown;
    return m_facts->hosts.first().runType.valueOr(RunType::Unknown);
}

void UpgradeSession::setPackageFile(const QString &file)
{
    if (file == m_packageFile && m_package)
        return;
    m_packageFile = file;
    m_package.reset();
    m_plan.reset();
    chooseImage();
    emit packageChanged();
}

void UpgradeSession::setPackage(const PackageInfo &package)
{
    m_package = package;
    m_packageFile = package.file;
    m_plan.reset();
    chooseImage();
    emit packageChanged();
}

std::optional<VersionPaths::Verdict> UpgradeSession::versionVerdict() const
{
    const auto from = installedVersion();
    if (!from || !m_package)
        return std::nullopt;
    return VersionPaths::builtIn().verdict(*from, m_package->version, runType(), m_method);
}

void UpgradeSession::runChecksNow()
{
    QList<CheckResult> now;
    if (m_facts) {
        const bool cold = m_backup.kind == BackupChoice::Kind::ColdCopy;
        now = runChecks(CheckInput{*m_facts, m_method, m_package, cold, m_options, restorePoint()});
    }
    dropAcceptancesThatChanged(now);
    m_checks = now;
    emit checksChanged();
}

void UpgradeSession::dropAcceptancesThatChanged(const QList<CheckResult> &now)
{
    const auto find = [](const QList<CheckResult> &list, const AcceptedWarning &accepted) {
        const auto it = std::find_if(list.begin(), list.end(), [&](const CheckResult &result) {
            return result.id == accepted.checkId && result.host == accepted.host;
        });
        return it == list.end() ? nullptr : &*it;
    };
    m_accepted.removeIf([&](const AcceptedWarning &accepted) {
        const CheckResult *after = find(now, accepted);
        const CheckResult *before = find(m_checks, accepted);
        if (!after || after->status != CheckStatus::Warning)
            return true;
        return before && before->finding != after->finding;
    });
}

void UpgradeSession::acceptWarning(const CheckResult &result, const QString &reason)
{
    m_accepted.removeIf([&result](const AcceptedWarning &accepted) {
        return accepted.checkId == result.id && accepted.host == result.host;
    });
    if (result.status == CheckStatus::Warning && !reason.trimmed().isEmpty())
        m_accepted.append({result.id, result.host, reason.trimmed()});
    emit checksChanged();
}

std::optional<AcceptedWarning> UpgradeSession::acceptanceOf(const CheckResult &result) const
{
    for (const AcceptedWarning &accepted : m_accepted) {
        if (accepted.checkId == result.id && accepted.host == result.host)
            return accepted;
    }
    return std::nullopt;
}

int UpgradeSession::openFindings() const
{
    return static_cast<int>(
        std::count_if(m_checks.begin(), m_checks.end(), [this](const CheckResult &result) {
            return result.status == CheckStatus::Blocked
                || (result.status == CheckStatus::Warning && !acceptanceOf(result));
        }));
}

bool UpgradeSession::checksAllowUpgrade() const
{
    return !m_checks.isEmpty() && openFindings() == 0;
}

void UpgradeSession::setRunState(RunState state)
{
    if (m_runState == state)
        return;
    m_runState = state;
    emit runStateChanged();
}

bool UpgradeSession::runIsActive() const
{
    return m_runState == RunState::Running || m_runState == RunState::Paused
        || m_runState == RunState::Deciding || m_runState == RunState::Stopping;
}

bool UpgradeSession::runIsOver() const
{
    return m_runState == RunState::Completed || m_runState == RunState::Failed
        || m_runState == RunState::Stopped;
}

} // namespace kwup
