#include "core/plan/MethodOptions.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

using Kind = MethodOption::Kind;

template <typename... Methods>
constexpr quint32 bits(Methods... methods)
{
    return ((1U << static_cast<int>(methods)) | ...);
}

constexpr quint32 AllButRestore = ~bits(Method::Restore);
constexpr quint32 ScriptMethods = bits(Method::ScriptSingle, Method::ScriptRolling,
                                       Method::ScriptLive, Method::ScriptOfflineCluster);

// clang-format off
constexpr std::array Options {
    MethodOption {option::Image, Kind::Text,
        bits(Method::Compose, Method::DockerRunInsecure, Method::DockerRunSecure),
        QT_TRANSLATE_NOOP("MethodOption", "Image"),
        QT_TRANSLATE_NOOP("MethodOption", "Name and tag of the new image, when it is pulled by the hosts instead of loaded from an archive.")},
    MethodOption {option::OldPackage, Kind::LocalPath, ScriptMethods,
        QT_TRANSLATE_NOOP("MethodOption", "Archive of the installed version"),
        QT_TRANSLATE_NOOP("MethodOption", "Release archive (.tar.gz) of the version that is installed now. With it, a run that fails before the new version is started can put the old packages back.")},
    MethodOption {option::OldPackageOnHost, Kind::HostPath, ScriptMethods,
        QT_TRANSLATE_NOOP("MethodOption", "Installed version on the hosts"),
        QT_TRANSLATE_NOOP("MethodOption", "Directory on every host that holds the unpacked release of the version that is installed now (the one with deploy.sh), when its archive is not on this computer.")},
    MethodOption {option::ImageVersion, Kind::Text,
        bits(Method::Compose, Method::DockerRunInsecure, Method::DockerRunSecure),
        QT_TRANSLATE_NOOP("MethodOption", "Version of the image"),
        QT_TRANSLATE_NOOP("MethodOption", "Version of KWDB in the new image, when its tag does not tell it.")},
    MethodOption {option::MountStore, Kind::Flag,
        bits(Method::Compose, Method::DockerRunInsecure, Method::DockerRunSecure),
        QT_TRANSLATE_NOOP("MethodOption", "Move the data onto the host"),
        QT_TRANSLATE_NOOP("MethodOption", "When the data lies in the container itself, copy it to a directory of the host and mount that directory from now on.")},
    MethodOption {option::MountDirectory, Kind::HostPath,
        bits(Method::Compose, Method::DockerRunInsecure, Method::DockerRunSecure),
        QT_TRANSLATE_NOOP("MethodOption", "Directory for the data"),
        QT_TRANSLATE_NOOP("MethodOption", "Directory on the hosts that takes the data; it must be empty or missing.")},
    MethodOption {option::TargetHosts, Kind::List, bits(Method::ExportImport),
        QT_TRANSLATE_NOOP("MethodOption", "Hosts of the new cluster"),
        QT_TRANSLATE_NOOP("MethodOption", "Those hosts of the list that belong to the new cluster; the data of the others is moved there.")},
    MethodOption {option::Databases, Kind::List, bits(Method::ExportImport),
        QT_TRANSLATE_NOOP("MethodOption", "Databases"),
        QT_TRANSLATE_NOOP("MethodOption", "Names of the databases that are moved; without a name all user databases are.")},
    MethodOption {option::ExportDirectory, Kind::Text, bits(Method::ExportImport),
        QT_TRANSLATE_NOOP("MethodOption", "Export directory"),
        QT_TRANSLATE_NOOP("MethodOption", "Name of a new directory below the extern directory of the nodes; without a name it is called after the run.")},
    MethodOption {option::BuildVersion, Kind::Text, bits(Method::Source, Method::Restore),
        QT_TRANSLATE_NOOP("MethodOption", "Version of the build"),
        QT_TRANSLATE_NOOP("MethodOption", "Version of KWDB in the source tree or in the finished build, when neither its files nor its name tell it.")},
    MethodOption {option::BuildOnHost, Kind::HostPath, bits(Method::Source, Method::Restore),
        QT_TRANSLATE_NOOP("MethodOption", "Finished build on the hosts"),
        QT_TRANSLATE_NOOP("MethodOption", "Directory on every host that holds the finished build (the one with bin/kwbase), when no archive is chosen. An upgrade keeps the old one beside the new one as install.old-RUN.")},
    MethodOption {option::BuildCommand, Kind::Text, bits(Method::Source),
        QT_TRANSLATE_NOOP("MethodOption", "Build command"),
        QT_TRANSLATE_NOOP("MethodOption", "Shell command that builds the source tree, run in its top directory; without one the vendor's is used (cmake, make, make install).")},
    MethodOption {option::BuildTools, Kind::List, bits(Method::Source),
        QT_TRANSLATE_NOOP("MethodOption", "Programs for the build"),
        QT_TRANSLATE_NOOP("MethodOption", "Programs that must be on the hosts to build the source tree; without a name those that its files need.")},
    MethodOption {option::BackupRun, Kind::Text, bits(Method::Restore),
        QT_TRANSLATE_NOOP("MethodOption", "Run to go back from"),
        QT_TRANSLATE_NOOP("MethodOption", "The run whose cold copies are put back; its journal names them.")},
    MethodOption {option::BackupPath, Kind::HostPath, bits(Method::Restore),
        QT_TRANSLATE_NOOP("MethodOption", "Directory of the cold copy"),
        QT_TRANSLATE_NOOP("MethodOption", "Where the cold copies are on the hosts, when they were moved or the journal of the run is not on this computer.")},
    MethodOption {option::UndocumentedPath, Kind::Text, AllButRestore,
        QT_TRANSLATE_NOOP("MethodOption", "Reason for an undocumented version path"),
        QT_TRANSLATE_NOOP("MethodOption", "Only when the vendor does not document the upgrade from the installed version to the new one and you know better. The reason stands in the report.")},
};
// clang-format on

} // namespace

std::span<const MethodOption> methodOptionTable()
{
    return Options;
}

const MethodOption *findMethodOption(const QString &name)
{
    const auto row = std::ranges::find_if(
        Options, [&name](const MethodOption &option) { return name == option.name; });
    return row == Options.end() ? nullptr : &*row;
}

QString optionTitle(const MethodOption &option)
{
    return QCoreApplication::translate("MethodOption", option.title);
}

QString optionHelp(const MethodOption &option)
{
    return QCoreApplication::translate("MethodOption", option.help);
}

QString MethodOptions::text(QLatin1StringView name) const
{
    return list(name).value(0);
}

QStringList MethodOptions::list(QLatin1StringView name) const
{
    const auto found = m_values.find(QString(name));
    return found == m_values.end() ? QStringList() : found->second;
}

bool MethodOptions::flag(QLatin1StringView name) const
{
    return text(name) == QStringLiteral("true");
}

void MethodOptions::set(QLatin1StringView name, const QStringList &values)
{
    if (values.isEmpty())
        m_values.erase(QString(name));
    else
        m_values[QString(name)] = values;
}

void MethodOptions::setText(QLatin1StringView name, const QString &value)
{
    set(name, value.isEmpty() ? QStringList() : QStringList(value));
}

void MethodOptions::setFlag(QLatin1StringView name, bool isSet)
{
    setText(name, isSet ? QStringLiteral("true") : QString());
}

QStringList MethodOptions::names() const
{
    QStringList names;
    for (const auto &[name, values] : m_values)
        names.append(name);
    return names;
}

QJsonObject MethodOptions::toJson() const
{
    QJsonObject json;
    for (const auto &[name, values] : m_values)
        json[name] = QJsonArray::fromStringList(values);
    return json;
}

MethodOptions MethodOptions::fromJson(const QJsonObject &json)
{
    MethodOptions options;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const MethodOption *option = findMethodOption(it.key());
        if (!option)
            continue;
        QStringList values;
        for (const auto value : it.value().toArray())
            values.append(value.toString());
        options.set(option->name, values);
    }
    return options;
}

} // namespace kwup
