#include "core/checks/Checks.h"
#include "core/profile/HostText.h"
#include "core/profile/Profile.h"
#include "core/profile/ProfileWords.h"
#include "core/profile/YamlReader.h"

#include <QCoreApplication>
#include <QDir>

namespace kwup {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Profile", text);
}

template <typename T, std::size_t N>
std::optional<T> valueOf(const Words<T, N> &words, const QString &word)
{
    for (const auto &[name, value] : words) {
        if (word == name)
            return value;
    }
    return {};
}

template <typename T, std::size_t N>
QString wordList(const Words<T, N> &words)
{
    QStringList names;
    for (const auto &[name, value] : words)
        names.append(name);
    return names.join(QStringLiteral(", "));
}

/// `~/` is this computer's home directory.
QString expandedHome(const QString &path)
{
    return path.startsWith(QLatin1StringView("~/")) ? QDir::homePath() + path.mid(1) : path;
}

/// Reads one profile; errors are kept by the YamlReader.
class ProfileReader {
public:
    explicit ProfileReader(YamlReader &yaml)
        : m_yaml(yaml)
    { }

    void read(const YAML::Node &root);
    Profile profile;

private:
    void readHosts(const YAML::Node &list);
    HostSpec readHost(const YAML::Node &map);
    JumpHost readJump(const YAML::Node &map);
    QString readAddress(const YAML::Node &map);
    quint16 readPort(const YAML::Node &map);
    QString readUser(const YAML::Node &map);
    void readAuth(const YAML::Node &map, AuthMethod &auth, QString &keyFile);
    void readBackup(const YAML::Node &map);
    void readOrder(const YAML::Node &list);
    void readAccepted(const YAML::Node &list);
    void readMethod(const YAML::Node &root);
    void readOptions(const YAML::Node &map);
    void readOption(const MethodOption &option, const YAML::Node &node);
    QString knownHost(const YAML::Node &node, const QString &id);

    template <typename T, std::size_t N>
    T word(const YAML::Node &map, const char *key, const Words<T, N> &words, T fallback)
    {
        const QString text = m_yaml.text(map, key);
        if (text.isNull())
            return fallback;
        const std::optional<T> value = valueOf(words, text);
        if (!value)
            failValue(map[key], text, wordList(words));
        return value.value_or(fallback);
    }
    void failValue(const YAML::Node &node, const QString &value, const QString &allowed)
    {
        m_yaml.fail(node,
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not one of: %2"))
                        .arg(value.left(100), allowed));
    }

    YamlReader &m_yaml;
};

void ProfileReader::read(const YAML::Node &root)
{
    static const QStringList Keys{QStringLiteral("hosts"),      QStringLiteral("package"),
                                  QStringLiteral("method"),     QStringLiteral("backup"),
                                  QStringLiteral("node-order"), QStringLiteral("accepted"),
                                  QStringLiteral("options")};
    if (!m_yaml.checkMap(root, Keys))
        return;
    if (!root["hosts"]) {
        m_yaml.fail(root,
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is missing"))
                        .arg(QStringLiteral("hosts")));
        return;
    }
    readHosts(root["hosts"]);
    profile.package = m_yaml.text(root, "package");
    readMethod(root);
    if (root["backup"])
        readBackup(root["backup"]);
    if (root["node-order"])
        readOrder(root["node-order"]);
    if (root["accepted"])
        readAccepted(root["accepted"]);
    if (root["options"])
        readOptions(root["options"]);
}

void ProfileReader::readOptions(const YAML::Node &map)
{
    QStringList names;
    for (const auto &option : methodOptionTable())
        names.append(option.name);
    if (!m_yaml.checkMap(map, names))
        return;
    for (const auto &option : methodOptionTable()) {
        const QByteArray name = QByteArray(option.name.data(), option.name.size());
        const YAML::Node node = map[name.toStdString()];
        if (node && !m_yaml.hasFailed())
            readOption(option, node);
    }
}

void ProfileReader::readOption(const MethodOption &option, const YAML::Node &node)
{
    QStringList values;
    if (option.kind == MethodOption::Kind::List) {
        if (!m_yaml.checkList(node))
            return;
        for (const YAML::Node &entry : node)
            values.append(m_yaml.textOf(entry));
    } else {
        values.append(m_yaml.textOf(node));
    }
    const QString first = values.value(0);
    if (option.kind == MethodOption::Kind::Flag) {
        if (first != QStringLiteral("true") && first != QStringLiteral("false"))
            failValue(node, first, QStringLiteral("true, false"));
        if (first == QStringLiteral("false"))
            values.clear();
    } else if (option.kind == MethodOption::Kind::HostPath && !first.startsWith(u'/')) {
        m_yaml.fail(node,
                    translated(QT_TRANSLATE_NOOP("Profile", "the path must begin with \"/\"")));
    } else if (option.kind == MethodOption::Kind::LocalPath) {
        values = {expandedHome(first)};
    }
    profile.options.set(option.name, values);
}

void ProfileReader::readMethod(const YAML::Node &root)
{
    const QString text = m_yaml.text(root, "method");
    if (text.isNull())
        return;
    profile.method = methodFromString(text);
    if (!profile.method)
        failValue(root["method"], text,
                  QStringLiteral("script-single, script-rolling, script-live, "
                                 "script-offline-cluster, export-import, source, compose, "
                                 "docker-run-insecure, docker-run-secure, restore"));
}

void ProfileReader::readHosts(const YAML::Node &list)
{
    if (!m_yaml.checkList(list))
        return;
    for (const YAML::Node &entry : list) {
        const HostSpec host = readHost(entry);
        for (const HostSpec &earlier : profile.hosts) {
            if (earlier.id() == host.id())
                m_yaml.fail(entry, listedTwice(host.id()));
        }
        if (m_yaml.hasFailed())
            return;
        profile.hosts.append(host);
    }
    if (profile.hosts.isEmpty())
        m_yaml.fail(list, translated(QT_TRANSLATE_NOOP("Profile", "the list of hosts is empty")));
}

HostSpec ProfileReader::readHost(const YAML::Node &map)
{
    static const QStringList Keys{QStringLiteral("address"),  QStringLiteral("port"),
                                  QStringLiteral("user"),     QStringLiteral("auth"),
                                  QStringLiteral("key-file"), QStringLiteral("sudo"),
                                  QStringLiteral("jump")};
    HostSpec host;
    if (!m_yaml.checkMap(map, Keys))
        return host;
    host.address = readAddress(map);
    host.port = readPort(map);
    host.user = readUser(map);
    readAuth(map, host.auth, host.keyFile);
    host.privilege = word(map, "sudo", SudoWords, PrivilegeMode::Detect);
    if (map["jump"])
        host.jump = readJump(map["jump"]);
    return host;
}

JumpHost ProfileReader::readJump(const YAML::Node &map)
{
    static const QStringList Keys{QStringLiteral("address"), QStringLiteral("port"),
                                  QStringLiteral("user"), QStringLiteral("auth"),
                                  QStringLiteral("key-file")};
    JumpHost jump;
    if (!m_yaml.checkMap(map, Keys))
        return jump;
    jump.address = readAddress(map);
    jump.port = readPort(map);
    jump.user = readUser(map);
    readAuth(map, jump.auth, jump.keyFile);
    return jump;
}

QString ProfileReader::readAddress(const YAML::Node &map)
{
    const QString address = m_yaml.requiredText(map, "address");
    if (!m_yaml.hasFailed() && !isAddress(address))
        m_yaml.fail(map["address"],
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not the address of a host"))
                        .arg(address.left(100)));
    return address;
}

quint16 ProfileReader::readPort(const YAML::Node &map)
{
    const QString text = m_yaml.text(map, "port");
    if (text.isNull())
        return 22;
    const std::optional<quint16> port = portFrom(text);
    if (!port)
        m_yaml.fail(map["port"],
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a port number"))
                        .arg(text.left(100)));
    return port.value_or(22);
}

QString ProfileReader::readUser(const YAML::Node &map)
{
    const QString user = m_yaml.requiredText(map, "user");
    if (!m_yaml.hasFailed() && !isUserName(user))
        m_yaml.fail(map["user"],
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a user name"))
                        .arg(user.left(100)));
    return user;
}

void ProfileReader::readAuth(const YAML::Node &map, AuthMethod &auth, QString &keyFile)
{
    auth = word(map, "auth", AuthWords, AuthMethod::Agent);
    keyFile = expandedHome(m_yaml.text(map, "key-file"));
    const bool needsKey = auth == AuthMethod::KeyFile;
    if (needsKey && keyFile.isEmpty())
        m_yaml.fail(map,
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is missing"))
                        .arg(QStringLiteral("key-file")));
    if (!needsKey && !keyFile.isEmpty())
        m_yaml.fail(map["key-file"],
                    translated(QT_TRANSLATE_NOOP("Profile", "\"key-file\" needs \"auth: key\"")));
}

void ProfileReader::readBackup(const YAML::Node &map)
{
    static const QStringList Keys{QStringLiteral("kind"), QStringLiteral("directory"),
                                  QStringLiteral("evidence"), QStringLiteral("reason")};
    if (!m_yaml.checkMap(map, Keys) || m_yaml.requiredText(map, "kind").isEmpty())
        return;
    BackupChoice &backup = profile.backup;
    backup.kind = word(map, "kind", BackupWords, BackupChoice::Kind::None);
    if (m_yaml.hasFailed())
        return;
    const char *own = backup.kind == BackupChoice::Kind::ColdCopy ? "directory"
        : backup.kind == BackupChoice::Kind::Named                ? "evidence"
                                                                  : "reason";
    const QString value = m_yaml.requiredText(map, own);
    if (map.size() > 2)
        m_yaml.fail(map,
                    translated(QT_TRANSLATE_NOOP(
                                   "Profile", "with this kind of backup only \"%1\" can be given"))
                        .arg(QString::fromLatin1(own)));
    switch (backup.kind) {
    case BackupChoice::Kind::ColdCopy:
        backup.directory = value;
        if (!value.startsWith(u'/')) // on a host, so POSIX wherever this program runs
            m_yaml.fail(
                map["directory"],
                translated(QT_TRANSLATE_NOOP("Profile", "the directory must begin with \"/\"")));
        break;
    case BackupChoice::Kind::Named:
        backup.evidence = value;
        break;
    case BackupChoice::Kind::Refused:
    case BackupChoice::Kind::None:
        backup.reason = value;
        break;
    }
}

QString ProfileReader::knownHost(const YAML::Node &node, const QString &id)
{
    for (const HostSpec &host : profile.hosts) {
        if (host.id() == id)
            return id;
    }
    m_yaml.fail(node,
                translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not one of the hosts above"))
                    .arg(id.left(100)));
    return {};
}

void ProfileReader::readOrder(const YAML::Node &list)
{
    if (!m_yaml.checkList(list))
        return;
    for (const YAML::Node &entry : list) {
        const QString id = knownHost(entry, m_yaml.textOf(entry));
        if (profile.nodeOrder.contains(id))
            m_yaml.fail(entry, listedTwice(id));
        if (m_yaml.hasFailed())
            return;
        profile.nodeOrder.append(id);
    }
    if (!profile.nodeOrder.isEmpty() && profile.nodeOrder.size() != profile.hosts.size())
        m_yaml.fail(list,
                    translated(QT_TRANSLATE_NOOP(
                        "Profile", "the order must name every host, or be left out")));
}

void ProfileReader::readAccepted(const YAML::Node &list)
{
    static const QStringList Keys{QStringLiteral("check"), QStringLiteral("host"),
                                  QStringLiteral("reason")};
    if (!m_yaml.checkList(list))
        return;
    for (const YAML::Node &entry : list) {
        if (!m_yaml.checkMap(entry, Keys))
            return;
        AcceptedWarning accepted;
        accepted.checkId = m_yaml.requiredText(entry, "check");
        if (!m_yaml.hasFailed() && !checkIds().contains(accepted.checkId))
            m_yaml.fail(entry["check"],
                        translated(QT_TRANSLATE_NOOP("Profile", "there is no check \"%1\""))
                            .arg(accepted.checkId.left(100)));
        const QString host = m_yaml.text(entry, "host");
        if (!host.isEmpty() && !m_yaml.hasFailed())
            accepted.host = knownHost(entry["host"], host);
        accepted.reason = m_yaml.requiredText(entry, "reason");
        profile.accepted.append(accepted);
    }
}

} // namespace

Result<Profile> parseProfile(const QByteArray &yaml, const QString &fileName)
{
    YamlReader reader(fileName);
    ProfileReader profile(reader);
    const Result<void> parsed =
        reader.parse(yaml, [&profile](const YAML::Node &root) { profile.read(root); });
    if (!parsed)
        return parsed.error();
    return profile.profile;
}

} // namespace kwup
