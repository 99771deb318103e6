#include "core/kwdb/Types.h"

#include <array>

namespace kwup {

namespace {

template <typename Enum>
struct Name {
    Enum value;
    const char16_t *text;
};

constexpr std::array DeploymentNames = {
    Name<Deployment>{Deployment::None, u"none"},
    Name<Deployment>{Deployment::BarePackage, u"bare-package"},
    Name<Deployment>{Deployment::ContainerPackage, u"container-package"},
    Name<Deployment>{Deployment::Compose, u"compose"},
    Name<Deployment>{Deployment::DockerRun, u"docker-run"},
    Name<Deployment>{Deployment::Source, u"source"},
};

constexpr std::array RunTypeNames = {
    Name<RunType>{RunType::Unknown, u"unknown"},
    Name<RunType>{RunType::Single, u"single"},
    Name<RunType>{RunType::SingleReplication, u"single-replication"},
    Name<RunType>{RunType::MultiReplication, u"multi-replication"},
};

constexpr std::array SecurityModeNames = {
    Name<SecurityMode>{SecurityMode::Unknown, u"unknown"},
    Name<SecurityMode>{SecurityMode::Insecure, u"insecure"},
    Name<SecurityMode>{SecurityMode::Tls, u"tls"},
    Name<SecurityMode>{SecurityMode::Tlcp, u"tlcp"},
};

template <typename Table, typename Enum>
QString nameIn(const Table &table, Enum value)
{
    for (const auto &row : table) {
        if (row.value == value)
            return QString::fromUtf16(row.text);
    }
    return {};
}

template <typename Enum, typename Table>
std::optional<Enum> valueIn(const Table &table, const QString &text)
{
    for (const auto &row : table) {
        if (QString::fromUtf16(row.text) == text)
            return row.value;
    }
    return std::nullopt;
}

} // namespace

QString toString(Deployment deployment)
{
    return nameIn(DeploymentNames, deployment);
}

QString toString(RunType runType)
{
    return nameIn(RunTypeNames, runType);
}

QString toString(SecurityMode mode)
{
    return nameIn(SecurityModeNames, mode);
}

std::optional<Deployment> deploymentFromString(const QString &text)
{
    return valueIn<Deployment>(DeploymentNames, text);
}

std::optional<RunType> runTypeFromString(const QString &text)
{
    return valueIn<RunType>(RunTypeNames, text);
}

std::optional<SecurityMode> securityModeFromString(const QString &text)
{
    return valueIn<SecurityMode>(SecurityModeNames, text);
}

} // namespace kwup
