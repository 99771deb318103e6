#include "ui/wizard/UpgradeSession.h"

#include "core/transfer/TransferFacts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>
#include <tuple>

namespace kwup {

namespace {

/// The variables may be missing (a desktop starter, a container): then who owns the home is asked.
QString accountName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? QFileInfo(QDir::homePath()).owner() : name;
}

} // namespace

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
    for (const HostSpec &spec : plan.hosts)
        hosts.append(draftOf(spec, m_defaults));
    setHosts(hosts);
    m_package = plan.package;
    m_packageFile = plan.package.file;
    m_backup = plan.backup;
    m_options = plan.options;
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
    clearFacts();
    emit hostsChanged();
}

void UpgradeSession::setDefaults(const LoginChoice &defaults)
{
    m_defaults = defaults;
    clearFacts();
    emit hostsChanged();
}

int UpgradeSession::addHosts(const QList<HostSpec> &specs)
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

QStringList UpgradeSession::hostProblems() const
{
    return problemsOf(logins());
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

/// An image may be chosen by its name alone, or among several in an archive.
void UpgradeSession::chooseImage()
{
    const QString image = m_options.text(option::Image);
    const bool isImage = m_package && m_package->kind == PackageKind::Image;
    const bool isPulled = m_packageFile.isEmpty() && !image.isEmpty();
    if (!isImage && !isPulled)
        return;
    const auto archive = m_packageFile.isEmpty() ? std::nullopt : m_package;
    if (const auto chosen = chosenImage(archive, image, m_options.text(option::ImageVersion)))
        m_package = *chosen;
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

void UpgradeSession::setOptions(const MethodOptions &options)
{
    if (m_options == options)
        return;
    const bool isAboutHosts =
        m_options.list(option::TargetHosts) != options.list(option::TargetHosts)
        || m_options.list(option::Databases) != options.list(option::Databases);
    m_options = options;
    chooseImage();
    if (isAboutHosts)
        clearFacts(); // which cluster a host belongs to is read with it
    m_plan.reset();
    if (m_package && m_package->kind == PackageKind::Image)
        emit packageChanged();
}

void UpgradeSession::setBackup(const BackupChoice &backup)
{
    const auto parts = [](const BackupChoice &choice) {
        return std::tie(choice.kind, choice.directory, choice.evidence, choice.reason);
    };
    if (parts(m_backup) == parts(backup))
        return; // a page that shows the same answer again must not cost the plan
    m_backup = backup;
    m_plan.reset();
    emit backupChanged();
}

bool UpgradeSession::backupIsAnswered() const
{
    // What is gone back to is the backup; what is there now is set aside.
    if (m_method == Method::Restore)
        return true;
    switch (m_backup.kind) {
    case BackupChoice::Kind::None:
        return false;
    case BackupChoice::Kind::ColdCopy:
        return m_backup.directory.startsWith(u'/');
    case BackupChoice::Kind::Named:
        return !m_backup.evidence.trimmed().isEmpty();
    case BackupChoice::Kind::Refused:
        return !m_backup.reason.trimmed().isEmpty();
    }
    return false;
}

QString UpgradeSession::refusalPhrase()
{
    //: The operator must type this sentence exactly to go without a backup.
    return tr("I go without a backup");
}

std::optional<RestorePoint> UpgradeSession::restorePoint() const
{
    if (m_method != Method::Restore || !m_restorePoints)
        return std::nullopt;
    QList<HostSpec> hosts;
    for (const HostFacts &host : m_facts->hosts)
        hosts.append(host.host);
    return m_restorePoints(m_options, hosts);
}

void UpgradeSession::goBackFrom(const Plan &plan)
{
    adoptPlan(plan);
    setIntent(Intent::NewUpgrade, {});
    m_wantedMethod = Method::Restore;
    m_method = Method::Restore;
    m_options = {};
    m_options.setText(option::BackupRun, plan.runId);
    setPackageFile({});
    emit backupChanged();
}

void UpgradeSession::setNodeOrder(const QStringList &hostIds)
{
    m_nodeOrder = hostIds;
    makePlan();
}

/// The archive of the installed version, which the way back needs. Read once; a release is small.
Result<std::optional<PackageInfo>> UpgradeSession::oldPackage()
{
    const QString file = m_options.text(option::OldPackage);
    const MethodOption *known = findMethodOption(QString(option::OldPackage));
    if (file.isEmpty() || !known || !known->isFor(m_method))
        return std::optional<PackageInfo>();
    if (!m_oldPackage || m_oldPackage->file != file) {
        const auto read = inspectPackage(file, [](qint64, qint64) {}, {});
        if (!read)
            return read.error();
        m_oldPackage = *read;
    }
    return m_oldPackage;
}

void UpgradeSession::makePlan()
{
    m_plan.reset();
    m_planError = {};
    if (m_facts && m_package) {
        QStringList ids;
        for (const HostFacts &host : m_facts->hosts)
            ids << host.host.id();
        QStringList order = m_nodeOrder;
        order.removeIf([&ids](const QString &id) { return !ids.contains(id); });
        if (order.size() != ids.size())
            order.clear();
        if (m_runId.isEmpty() || m_runState != RunState::Idle)
            m_runId = newRunId();
        const auto old = oldPackage();
        if (!old) {
            m_planError = old.error();
            emit planChanged();
            return;
        }
        PlanInput input{*m_facts, m_method, *m_package, m_backup, order,
                        m_runId,  {},       m_options,  *old};
        input.restorePoint = restorePoint();
        const auto plan = buildPlan(input);
        if (plan)
            m_plan = *plan;
        else
            m_planError = plan.error();
    }
    emit planChanged();
}

bool UpgradeSession::planIsReady() const
{
    return m_plan && checksAllowUpgrade() && backupIsAnswered();
}

RunStart UpgradeSession::runStart() const
{
    RunStart start;
    start.plan = *m_plan;
    start.facts = *m_facts;
    start.checks = m_checks;
    start.accepted = m_accepted;
    start.operatorName = accountName();
    start.computer = QSysInfo::machineHostName();
    start.programVersion = QCoreApplication::applicationVersion();
    return start;
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
