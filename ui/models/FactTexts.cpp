#include "ui/models/FactTexts.h"

#include "core/base/CommandLine.h"
#include "ui/models/Format.h"
#include "ui/wizard/HostDraft.h"

#include <QCoreApplication>
#include <QLocale>

namespace kwup {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("FactTexts", source);
}

QString words(const QString &value)
{
    return value.isEmpty() ? format::dash() : value;
}

QString words(int value)
{
    return QString::number(value);
}

QString words(qint64 value)
{
    return format::bytes(value);
}

QString words(double seconds)
{
    return text(QT_TRANSLATE_NOOP("FactTexts", "%1 s")).arg(QLocale().toString(seconds, 'f', 1));
}

QString words(bool value)
{
    return format::yesNo(value);
}

QString words(PrivilegeMode mode)
{
    return privilegeName(mode);
}

QString words(Deployment value)
{
    return deploymentName(value);
}

QString words(RunType value)
{
    return runTypeName(value);
}

QString words(SecurityMode value)
{
    return securityName(value);
}

QString words(const KwdbVersion &version)
{
    return version.toString();
}

QString words(const ServiceState &service)
{
    return serviceText(service);
}

QString words(const StartCommand &command)
{
    return shellJoin(command.words);
}

QString words(const QStringList &list)
{
    return list.isEmpty() ? format::dash() : list.join(QStringLiteral(", "));
}

QString words(const QList<PackageState> &packages)
{
    QStringList lines;
    for (const PackageState &package : packages) {
        lines << text(QT_TRANSLATE_NOOP("FactTexts", "%1 %2 (%3)"))
                     .arg(package.name, package.version, package.status);
    }
    return words(lines);
}

template <typename T>
FactLine line(const char *name, const Fact<T> &fact)
{
    FactLine result;
    result.name = text(name);
    result.value = fact.isKnown() ? words(*fact.value) : format::dash();
    result.command = fact.command;
    result.raw = printable(fact.raw, 4096);
    if (!fact.isKnown() && fact.error.code != ErrorCode::None)
        result.problem = describe(fact.error);
    return result;
}

} // namespace

QString deploymentName(Deployment deployment)
{
    switch (deployment) {
    case Deployment::None:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Not installed"));
    case Deployment::BarePackage:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Packages"));
    case Deployment::ContainerPackage:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Container package"));
    case Deployment::Compose:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Docker Compose"));
    case Deployment::DockerRun:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Docker run"));
    case Deployment::Source:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Built from source"));
    }
    return {};
}

QString runTypeName(RunType type)
{
    switch (type) {
    case RunType::Unknown:
        return format::dash();
    case RunType::Single:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Single node"));
    case RunType::SingleReplication:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Single-replica cluster"));
    case RunType::MultiReplication:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Multi-replica cluster"));
    }
    return {};
}

QString securityName(SecurityMode mode)
{
    switch (mode) {
    case SecurityMode::Unknown:
        return format::dash();
    case SecurityMode::Insecure:
        return text(QT_TRANSLATE_NOOP("FactTexts", "Insecure"));
    case SecurityMode::Tls:
        return QStringLiteral("TLS");
    case SecurityMode::Tlcp:
        return QStringLiteral("TLCP");
    }
    return {};
}

QString serviceText(const ServiceState &service)
{
    if (service.activeState.isEmpty())
        return format::dash();
    return text(QT_TRANSLATE_NOOP("FactTexts", "%1 (%2)"))
        .arg(service.activeState, service.subState);
}

QList<FactLine> factLines(const HostFacts &facts)
{
    return {
        line(QT_TRANSLATE_NOOP("FactTexts", "Host name"), facts.hostname),
        line(QT_TRANSLATE_NOOP("FactTexts", "Operating system"), facts.os),
        line(QT_TRANSLATE_NOOP("FactTexts", "Package format"), facts.osFamily),
        line(QT_TRANSLATE_NOOP("FactTexts", "Architecture"), facts.architecture),
        line(QT_TRANSLATE_NOOP("FactTexts", "Processors"), facts.cpuCount),
        line(QT_TRANSLATE_NOOP("FactTexts", "Memory"), facts.memoryBytes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Clock against this computer"), facts.clockOffset),
        line(QT_TRANSLATE_NOOP("FactTexts", "Root by"), facts.privilege),
        line(QT_TRANSLATE_NOOP("FactTexts", "Deployment"), facts.deployment),
        line(QT_TRANSLATE_NOOP("FactTexts", "Topology"), facts.runType),
        line(QT_TRANSLATE_NOOP("FactTexts", "Security"), facts.security),
        line(QT_TRANSLATE_NOOP("FactTexts", "Installed version"), facts.installedVersion),
        line(QT_TRANSLATE_NOOP("FactTexts", "Version of the binary"), facts.binaryVersion),
        line(QT_TRANSLATE_NOOP("FactTexts", "Installed packages"), facts.packages),
        line(QT_TRANSLATE_NOOP("FactTexts", "Management user"), facts.managementUser),
        line(QT_TRANSLATE_NOOP("FactTexts", "Advertised address"), facts.advertisedAddress),
        line(QT_TRANSLATE_NOOP("FactTexts", "SQL port"), facts.sqlPort),
        line(QT_TRANSLATE_NOOP("FactTexts", "HTTP port"), facts.httpPort),
        line(QT_TRANSLATE_NOOP("FactTexts", "Start command"), facts.startCommand),
        line(QT_TRANSLATE_NOOP("FactTexts", "Unit cannot start"), facts.unitBroken),
        line(QT_TRANSLATE_NOOP("FactTexts", "Start argument"), facts.startArgument),
        line(QT_TRANSLATE_NOOP("FactTexts", "Service"), facts.service),
        line(QT_TRANSLATE_NOOP("FactTexts", "Data directory"), facts.dataRoot),
        line(QT_TRANSLATE_NOOP("FactTexts", "Size of the data"), facts.dataBytes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Free for data"), facts.dataFreeBytes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Free for staging"), facts.stageFreeBytes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Free for the installation"), facts.installFreeBytes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Package manager locked by"), facts.packageManagerLock),
        line(QT_TRANSLATE_NOOP("FactTexts", "Other nodes"), facts.otherNodes),
        line(QT_TRANSLATE_NOOP("FactTexts", "Lock of a wizard"), facts.wizardLock),
        line(QT_TRANSLATE_NOOP("FactTexts", "Missing tools"), facts.tools),
    };
}

} // namespace kwup
