#include "core/profile/Profile.h"

#include "core/base/SaveFile.h"
#include "core/profile/ProfileWords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <yaml-cpp/yaml.h>

namespace kwup {

namespace {

constexpr qint64 LongestFile = 1024 * 1024;

Error fileError(ErrorCode code, const QString &file, const QString &why)
{
    Error error;
    error.code = code;
    error.args = {file, why};
    return error;
}

template <typename T, std::size_t N>
std::string wordFor(const Words<T, N> &words, T value)
{
    for (const auto &[name, candidate] : words) {
        if (candidate == value)
            return name.toString().toStdString();
    }
    return {};
}

void write(YAML::Emitter &out, const char *key, const QString &value)
{
    out << YAML::Key << key << YAML::Value << value.toStdString();
}

void writeIfSet(YAML::Emitter &out, const char *key, const QString &value)
{
    if (!value.isEmpty())
        write(out, key, value);
}

/// What a host and a jump host have in common.
template <typename Spec>
void writeLogin(YAML::Emitter &out, const Spec &spec)
{
    write(out, "address", spec.address);
    if (spec.port != 22)
        out << YAML::Key << "port" << YAML::Value << spec.port;
    writeIfSet(out, "user", spec.user);
    out << YAML::Key << "auth" << YAML::Value << wordFor(AuthWords, spec.auth);
    if (spec.auth == AuthMethod::KeyFile)
        writeIfSet(out, "key-file", spec.keyFile);
}

void writeHosts(YAML::Emitter &out, const QList<HostSpec> &hosts)
{
    out << YAML::Key << "hosts" << YAML::Value << YAML::BeginSeq;
    for (const HostSpec &host : hosts) {
        out << YAML::BeginMap;
        writeLogin(out, host);
        out << YAML::Key << "sudo" << YAML::Value << wordFor(SudoWords, host.privilege);
        if (host.jump) {
            out << YAML::Key << "jump" << YAML::Value << YAML::BeginMap;
            writeLogin(out, *host.jump);
            out << YAML::EndMap;
        }
        out << YAML::EndMap;
    }
    out << YAML::EndSeq;
}

void writeBackup(YAML::Emitter &out, const BackupChoice &backup)
{
    if (backup.kind == BackupChoice::Kind::None)
        return;
    out << YAML::Key << "backup" << YAML::Value << YAML::BeginMap;
    out << YAML::Key << "kind" << YAML::Value << wordFor(BackupWords, backup.kind);
    if (backup.kind == BackupChoice::Kind::ColdCopy)
        write(out, "directory", backup.directory);
    else if (backup.kind == BackupChoice::Kind::Named)
        write(out, "evidence", backup.evidence);
    else
        write(out, "reason", backup.reason);
    out << YAML::EndMap;
}

void writeOptions(YAML::Emitter &out, const MethodOptions &options)
{
    if (options.isEmpty())
        return;
    out << YAML::Key << "options" << YAML::Value << YAML::BeginMap;
    for (const QString &name : options.names()) {
        const MethodOption *option = findMethodOption(name);
        if (option->kind == MethodOption::Kind::List) {
            out << YAML::Key << name.toStdString() << YAML::Value << YAML::BeginSeq;
            for (const QString &value : options.list(option->name))
                out << value.toStdString();
            out << YAML::EndSeq;
        } else {
            out << YAML::Key << name.toStdString() << YAML::Value
                << options.text(option->name).toStdString();
        }
    }
    out << YAML::EndMap;
}

void writeAccepted(YAML::Emitter &out, const QList<AcceptedWarning> &accepted)
{
    if (accepted.isEmpty())
        return;
    out << YAML::Key << "accepted" << YAML::Value << YAML::BeginSeq;
    for (const AcceptedWarning &warning : accepted) {
        out << YAML::BeginMap;
        write(out, "check", warning.checkId);
        writeIfSet(out, "host", warning.host);
        write(out, "reason", warning.reason);
        out << YAML::EndMap;
    }
    out << YAML::EndSeq;
}

} // namespace

QByteArray serialiseProfile(const Profile &profile)
{
    YAML::Emitter out;
    out << YAML::BeginMap;
    writeHosts(out, profile.hosts);
    writeIfSet(out, "package", profile.package);
    if (profile.method)
        write(out, "method", toString(*profile.method));
    writeBackup(out, profile.backup);
    if (!profile.nodeOrder.isEmpty()) {
        out << YAML::Key << "node-order" << YAML::Value << YAML::Flow << YAML::BeginSeq;
        for (const QString &id : profile.nodeOrder)
            out << id.toStdString();
        out << YAML::EndSeq;
    }
    writeOptions(out, profile.options);
    writeAccepted(out, profile.accepted);
    out << YAML::EndMap;
    return "# Profile of the KWDB Upgrade Wizard. Holds no passwords.\n"
        + QByteArray(out.c_str(), static_cast<qsizetype>(out.size())) + '\n';
}

Result<Profile> loadProfile(const QString &file)
{
    QFile source(file);
    if (QFileInfo(file).isDir() || !source.open(QIODevice::ReadOnly))
        return fileError(ErrorCode::FileUnreadable, file, source.errorString());
    Result<Profile> profile = parseProfile(source.read(LongestFile + 1), file);
    if (profile && !profile->package.isEmpty())
        profile->package =
            QDir::cleanPath(QFileInfo(file).absoluteDir().absoluteFilePath(profile->package));
    if (!profile)
        return profile;
    for (const auto &option : methodOptionTable()) {
        const QString path = profile->options.text(option.name);
        if (option.kind == MethodOption::Kind::LocalPath && !path.isEmpty()) {
            profile->options.setText(
                option.name, QDir::cleanPath(QFileInfo(file).absoluteDir().absoluteFilePath(path)));
        }
    }
    return profile;
}

Result<void> saveProfile(const Profile &profile, const QString &file)
{
    Profile portable = profile;
    const QString below = QFileInfo(file).absoluteDir().absolutePath() + QLatin1Char('/');
    if (portable.package.startsWith(below))
        portable.package.remove(0, below.size());
    return saveFile(file, serialiseProfile(portable));
}

} // namespace kwup
