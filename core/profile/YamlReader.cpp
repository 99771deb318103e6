#include "core/profile/YamlReader.h"

#include <QCoreApplication>
#include <QSet>

#include <exception>

namespace kwup {

namespace {

constexpr qsizetype LongestDocument = 1024 * 1024;

QString translated(const char *text)
{
    return QCoreApplication::translate("Profile", text);
}

QString fromYaml(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool namesASecret(const QString &key)
{
    static const QStringList Words{QStringLiteral("password"), QStringLiteral("passwd"),
                                   QStringLiteral("passphrase"), QStringLiteral("secret"),
                                   QStringLiteral("pwd")};
    for (const QString &word : Words) {
        if (key.contains(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

Error invalid(const QString &fileName, int line, const QString &what)
{
    Error error;
    error.code = ErrorCode::ProfileInvalid;
    error.args = {fileName, QString::number(line), what};
    return error;
}

} // namespace

Result<void> YamlReader::parse(const QByteArray &yaml,
                               const std::function<void(const YAML::Node &)> &read)
{
    if (yaml.size() > LongestDocument)
        return invalid(m_fileName, 1, translated(QT_TRANSLATE_NOOP("Profile", "it is too long")));
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(yaml.toStdString());
        if (documents.size() > 1)
            return invalid(
                m_fileName, documents[1].Mark().line + 1,
                translated(QT_TRANSLATE_NOOP("Profile", "there is more than one YAML document")));
        read(documents.empty() ? YAML::Node() : documents.front());
    } catch (const YAML::Exception &exception) {
        const QString what = fromYaml(exception.msg); // may name an anchor
        return invalid(m_fileName, exception.mark.line + 1,
                       m_allowSecrets ? translated(QT_TRANSLATE_NOOP("Profile", "it is not YAML"))
                                      : what);
    } catch (const std::exception &exception) {
        return invalid(m_fileName, 1,
                       m_allowSecrets ? translated(QT_TRANSLATE_NOOP("Profile", "it is not YAML"))
                                      : QString::fromUtf8(exception.what()));
    }
    if (hasFailed())
        return m_error;
    return {};
}

void YamlReader::fail(const YAML::Node &node, const QString &what)
{
    if (!hasFailed())
        m_error = invalid(m_fileName, std::max(node.Mark().line + 1, 1), what);
}

QString YamlReader::shown(const QString &key) const
{
    return m_allowSecrets ? QStringLiteral("…") : key.left(100);
}

bool YamlReader::checkMap(const YAML::Node &node, const QStringList &keys)
{
    if (hasFailed())
        return false;
    if (!node.IsMap()) {
        fail(node,
             translated(QT_TRANSLATE_NOOP("Profile", "\"key: value\" lines are expected here")));
        return false;
    }
    QSet<QString> seen;
    for (const auto &entry : node) {
        const QString key = entry.first.IsScalar() ? fromYaml(entry.first.Scalar()) : QString();
        if (!m_allowSecrets && namesASecret(key))
            fail(entry.first,
                 translated(QT_TRANSLATE_NOOP(
                                "Profile",
                                "secrets such as \"%1\" must not stand in a file; they are asked "
                                "for, or read with --secrets-fd"))
                     .arg(key));
        else if (!keys.isEmpty() && !keys.contains(key))
            fail(entry.first,
                 translated(
                     QT_TRANSLATE_NOOP("Profile", "the key \"%1\" is not known; known are: %2"))
                     .arg(shown(key), keys.join(QStringLiteral(", "))));
        else if (seen.contains(key))
            fail(entry.first,
                 translated(QT_TRANSLATE_NOOP("Profile", "the key \"%1\" stands here twice"))
                     .arg(shown(key)));
        seen.insert(key);
    }
    return !hasFailed();
}

bool YamlReader::checkList(const YAML::Node &node)
{
    if (!hasFailed() && !node.IsSequence())
        fail(node, translated(QT_TRANSLATE_NOOP("Profile", "a list is expected here")));
    return !hasFailed();
}

QString YamlReader::textOf(const YAML::Node &node)
{
    if (hasFailed())
        return {};
    if (!node.IsScalar()) {
        fail(node, translated(QT_TRANSLATE_NOOP("Profile", "a single value is expected here")));
        return {};
    }
    const QString text = fromYaml(node.Scalar());
    return text.isNull() ? QStringLiteral("") : text;
}

QString YamlReader::text(const YAML::Node &map, const char *key)
{
    const YAML::Node node = map[key];
    return node ? textOf(node) : QString();
}

QString YamlReader::requiredText(const YAML::Node &map, const char *key)
{
    const QString value = text(map, key);
    if (value.isEmpty())
        fail(map,
             translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is missing"))
                 .arg(QString::fromLatin1(key)));
    return value;
}

} // namespace kwup
