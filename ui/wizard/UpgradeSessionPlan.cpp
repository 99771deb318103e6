#include "core/plan/ChosenPackage.h"
#include "core/transfer/TransferFacts.h"
#include "ui/wizard/UpgradeSession.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>
#include <tuple>

// What the operator decides about the package, the method's settings and the backup, and the plan
// that comes of it.

namespace kwup {

namespace {

/// The variables may be missing (a desktop starter, a container): then who owns the home is asked.
QString accountName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? QFileInfo(QDir::homePath()).owner() : name;
}

} // namespace

bool UpgradeSession::takesImage() const
{
    return m_method == Method::Compose || m_method == Method::DockerRunInsecure
        || m_method == Method::DockerRunSecure;
}

bool UpgradeSession::takesBuild() const
{
    if (m_method != Method::Restore)
        return m_method == Method::Source;
    return m_facts && !m_facts->hosts.isEmpty()
        && m_facts->hosts.first().deployment.value == Deployment::Source;
}

bool UpgradeSession::packageIsUsable() const
{
    return m_package.has_value() && m_imageError.code == ErrorCode::None;
}

/// An image may be chosen by its name alone, or among several in an archive; a finished build may
/// lie on the hosts.
void UpgradeSession::chooseImage()
{
    m_imageError = {};
    const bool isFitting = m_package
        && ((takesImage() && m_package->kind == PackageKind::Image)
            || (takesBuild() && isBuild(m_package->kind)));
    const bool isArchive = isFitting && !m_isPulled;
    const bool isNamed = m_packageFile.isEmpty()
        && ((takesImage() && !m_options.text(option::Image).isEmpty())
            || (takesBuild() && !m_options.text(option::BuildOnHost).isEmpty()));
    if (m_isPulled && !isNamed)
        m_package.reset();
    m_isPulled = isNamed;
    if (!isNamed && !isArchive)
        return;
    const auto chosen = chosenPackage(isNamed ? std::nullopt : m_package, m_options);
    if (chosen)
        m_package = *chosen;
    else
        m_imageError = chosen.error();
    if (!chosen && isNamed)
        m_package.reset();
}

void UpgradeSession::setOptions(const MethodOptions &options)
{
    if (m_options == options)
        return;
    const QStringList newHosts = options.list(option::TargetHosts);
    const bool isAboutHosts = m_options.list(option::TargetHosts) != newHosts;
    m_options = options;
    chooseImage();
    if (isAboutHosts) {
        for (HostDraft &draft : m_hosts) {
            const HostSpec spec = resolved(draft, m_defaults).spec;
            draft.isNewCluster = newHosts.contains(spec.id()) || newHosts.contains(spec.address);
        }
        clearFacts(); // which cluster a host belongs to is read with it
        emit hostsChanged();
    }
    m_plan.reset();
    if (factsAreOutdated() && !m_checks.isEmpty()) {
        m_checks.clear();
        emit checksChanged();
    }
    if (takesImage() || takesBuild())
        emit packageChanged();
}

bool UpgradeSession::factsAreOutdated() const
{
    return m_facts && m_facts->transfer
        && (m_facts->transfer->wanted != m_options.list(option::Databases)
            || m_facts->transfer->directory != m_options.text(option::ExportDirectory));
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

bool UpgradeSession::allowsColdCopy() const
{
    return m_method != Method::ExportImport && m_method != Method::ScriptLive;
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
        return allowsColdCopy() && m_backup.directory.startsWith(u'/');
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
    beginGoingBack(option::BackupRun, plan.runId);
}

void UpgradeSession::goBackTo(const QString &directory)
{
    setIntent(Intent::NewUpgrade, {});
    beginGoingBack(option::BackupPath, directory);
}

void UpgradeSession::beginGoingBack(QLatin1StringView option, const QString &value)
{
    m_wantedMethod = Method::Restore;
    m_method = Method::Restore;
    m_options = {};
    m_options.setText(option, value);
    setPackageFile({});
    emit backupChanged();
}

bool UpgradeSession::isGoingBack() const
{
    return m_wantedMethod == Method::Restore
        && !(m_options.text(option::BackupRun).isEmpty()
             && m_options.text(option::BackupPath).isEmpty());
}

void UpgradeSession::forgetGoingBack()
{
    m_wantedMethod.reset();
    m_options.set(option::BackupRun, {});
    m_options.set(option::BackupPath, {});
    setPackageFile({});
    clearFacts(); // they propose the method
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
        PlanInput input{*m_facts, m_method,   *m_package, m_backup, order,
                        m_runId,  m_timeouts, m_options,  *old};
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

} // namespace kwup
