#include "core/profile/Profile.h"
#include "core/profile/YamlReader.h"

#include <QCoreApplication>

#include <algorithm>

namespace kwup {

namespace {

const QStringList &secretKeys()
{
    static const QStringList Keys{QStringLiteral("password"), QStringLiteral("passphrase"),
                                  QStringLiteral("sudo-password"), QStringLiteral("jump-password"),
                                  QStringLiteral("jump-passphrase")};
    return Keys;
}

Secret &fieldOf(HostSecrets &secrets, qsizetype index)
{
    Secret *const fields[] = {&secrets.password, &secrets.passphrase, &secrets.sudoPassword,
                              &secrets.jumpPassword, &secrets.jumpPassphrase};
    return *fields[index];
}

/// Overwrites what `map` names; the rest stays.
void readInto(YamlReader &yaml, const YAML::Node &map, HostSecrets &secrets)
{
    if (!yaml.checkMap(map, secretKeys()))
        return;
    for (qsizetype i = 0; i < secretKeys().size(); ++i) {
        const YAML::Node node = map[secretKeys()[i].toStdString()];
        if (!node)
            continue;
        if (!node.IsScalar()) {
            // Such as a lone "~", which YAML takes for nothing.
            yaml.fail(node,
                      QCoreApplication::translate(
                          "Profile", "the value of \"%1\" is not a text; put it in quotes")
                          .arg(secretKeys()[i]));
            return;
        }
        const std::string &text = node.Scalar();
        fieldOf(secrets, i) = Secret(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    }
}

void readAll(YamlReader &yaml, const YAML::Node &root, QList<HostLogin> &logins)
{
    if (root.IsNull())
        return;
    if (!yaml.checkMap(root, {}))
        return;
    HostSecrets defaults;
    if (root["default"])
        readInto(yaml, root["default"], defaults);
    for (HostLogin &login : logins)
        login.secrets = defaults;
    for (const auto &entry : root) {
        const QString id = yaml.textOf(entry.first);
        if (id == QLatin1StringView("default"))
            continue;
        const auto login = std::find_if(logins.begin(), logins.end(),
                                        [&](const HostLogin &row) { return row.spec.id() == id; });
        if (login == logins.end())
            yaml.fail(entry.first, // without the text: it may be a secret in the wrong place
                      QCoreApplication::translate(
                          "Profile", "a key is neither \"default\" nor one of the hosts"));
        else
            readInto(yaml, entry.second, login->secrets);
    }
}

} // namespace

Result<QList<HostLogin>> withSecrets(const QList<HostSpec> &hosts, const QByteArray &yaml)
{
    QList<HostLogin> logins;
    for (const HostSpec &host : hosts)
        logins.append({host, {}});
    YamlReader reader(QStringLiteral("--secrets-fd"));
    reader.allowSecrets();
    const Result<void> parsed =
        reader.parse(yaml, [&](const YAML::Node &root) { readAll(reader, root, logins); });
    if (!parsed)
        return parsed.error();
    return logins;
}

} // namespace kwup
