#include "core/kwdb/UnitFile.h"

#include <QHash>

namespace kwup {

namespace {

/// Words as systemd and sh split them: blanks, single and double quotes, backslash.
QStringList splitWords(const QString &line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QChar c = line[at];
        if (c == u'\\' && quote != u'\'' && at + 1 < line.size()) {
            word += line[++at];
            inWord = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            inWord = true;
        } else if (c.isSpace()) {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

/// A shell that runs kwbase (compose files of the deploy script) holds the command in one word, and
/// docker ps shows that inside one more.
QStringList flattened(const QStringList &words, int depth = 2)
{
    QStringList flat;
    for (const auto &word : words) {
        if (!word.startsWith(u'-') && word.contains(QLatin1String("kwbase"))
            && word.simplified().contains(u' '))
            flat += depth > 1 ? flattened(splitWords(word), depth - 1) : splitWords(word);
        else
            flat.append(word);
    }
    return flat;
}

bool isStartSubcommand(const QString &word)
{
    return word == QLatin1String("start") || word == QLatin1String("start-single-node")
        || word == QLatin1String("start-single-replica");
}

bool isKwbase(const QString &word)
{
    return word == QLatin1String("kwbase") || word.endsWith(QLatin1String("/kwbase"))
        || word.endsWith(QLatin1String("\\kwbase"));
}

/// Index of the word after kwbase that names a start subcommand, or -1.
qsizetype subcommandIndex(const QStringList &words)
{
    for (qsizetype i = 1; i < words.size(); ++i) {
        if (isKwbase(words[i - 1]) && isStartSubcommand(words[i]))
            return i;
    }
    return -1;
}

/// Long options with their values, in order; flags without a value give "true".
QList<std::pair<QString, QString>> options(const QStringList &words)
{
    static const QHash<QString, QString> shortNames{{QStringLiteral("-j"), QStringLiteral("join")},
                                                    {QStringLiteral("-s"), QStringLiteral("store")},
                                                    {QStringLiteral("-p"), QStringLiteral("port")}};
    QList<std::pair<QString, QString>> found;
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString name = shortNames.value(words[i]);
        if (name.isEmpty() && !words[i].startsWith(QLatin1String("--")))
            continue;
        if (name.isEmpty())
            name = words[i].mid(2);
        const auto equals = name.indexOf(u'=');
        if (equals >= 0)
            found.append({name.left(equals), name.mid(equals + 1)});
        else if (i + 1 < words.size() && !words[i + 1].startsWith(u'-')
                 && name != QLatin1String("insecure") && name != QLatin1String("tlcp"))
            found.append({name, words[++i]});
        else
            found.append({name, QStringLiteral("true")});
    }
    return found;
}

/// `address` with `port` when it has none.
QString withPort(const QString &address, int port)
{
    const auto colon = address.lastIndexOf(u':');
    const bool hasPort = colon >= 0 && address.lastIndexOf(u']') < colon
        && (address.count(u':') == 1 || address.startsWith(u'['));
    if (hasPort && colon + 1 < address.size())
        return address;
    if (hasPort)
        return address + QString::number(port);
    return address + u':' + QString::number(port);
}

QString reachableLocally(const QString &address)
{
    const auto colon = address.lastIndexOf(u':');
    const QString host = address.left(colon);
    const QString port = address.mid(colon);
    if (host.isEmpty() || host == QLatin1String("0.0.0.0") || host == QLatin1String("*"))
        return QLatin1String("127.0.0.1") + port;
    if (host == QLatin1String("[::]"))
        return QLatin1String("[::1]") + port;
    return address;
}

/// "path=/data,attrs=ssd" names the directory among other things.
QString storePath(const QString &value)
{
    for (const auto &part : value.split(u',')) {
        if (part.startsWith(QLatin1String("path=")))
            return part.mid(5);
    }
    return value;
}

void applyOption(StartCommand &command, const QString &name, const QString &value)
{
    if (name == QLatin1String("listen-addr") || name == QLatin1String("host"))
        command.listenAddress = withPort(value, 26257);
    else if (name == QLatin1String("port"))
        command.listenAddress = withPort(command.listenAddress.section(u':', 0, 0), value.toInt());
    else if (name == QLatin1String("advertise-addr") || name == QLatin1String("advertise-host"))
        command.advertiseAddress = value;
    else if (name == QLatin1String("http-addr") || name == QLatin1String("http-host"))
        command.httpAddress = withPort(value, 8080);
    else if (name == QLatin1String("store") && command.store.isEmpty())
        command.store = storePath(value);
    else if (name == QLatin1String("join"))
        command.join += value.split(u',', Qt::SkipEmptyParts);
    else if (name == QLatin1String("certs-dir"))
        command.certsDir = value;
}

SecurityMode securityOf(const QList<std::pair<QString, QString>> &found, const QString &certsDir)
{
    const auto has = [&found](QLatin1String name) {
        return found.contains({QString(name), QStringLiteral("true")});
    };
    if (has(QLatin1String("insecure")))
        return SecurityMode::Insecure;
    if (has(QLatin1String("tlcp")))
        return SecurityMode::Tlcp;
    return certsDir.isEmpty() ? SecurityMode::Unknown : SecurityMode::Tls;
}

} // namespace

RunType StartCommand::runType() const
{
    if (subcommand == QLatin1String("start-single-node"))
        return RunType::Single;
    if (subcommand == QLatin1String("start-single-replica"))
        return RunType::SingleReplication;
    return subcommand == QLatin1String("start") ? RunType::MultiReplication : RunType::Unknown;
}

QString StartCommand::localSqlAddress() const
{
    return reachableLocally(listenAddress.isEmpty() ? QStringLiteral(":26257") : listenAddress);
}

QString StartCommand::localHttpAddress() const
{
    return reachableLocally(httpAddress.isEmpty() ? QStringLiteral(":8080") : httpAddress);
}

std::optional<StartCommand> parseStartCommand(const QStringList &words)
{
    const QStringList flat = flattened(words);
    const auto at = subcommandIndex(flat);
    if (at < 0)
        return std::nullopt;
    StartCommand command;
    command.words = flat.mid(at - 1);
    command.subcommand = flat[at];
    const auto found = options(flat.mid(at + 1));
    for (const auto &[name, value] : found)
        applyOption(command, name, value);
    if (!command.advertiseAddress.isEmpty()) {
        const auto port = command.listenAddress.section(u':', -1).toInt();
        command.advertiseAddress = withPort(command.advertiseAddress, port > 0 ? port : 26257);
    }
    command.security = securityOf(found, command.certsDir);
    return command;
}

UnitFile parseUnitFile(const QByteArray &content)
{
    UnitFile unit;
    QString text = QString::fromUtf8(content);
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(QLatin1String("\\\n"), QLatin1String(" "));
    bool inService = false;
    for (const auto &raw : text.split(u'\n')) {
        const QString line = raw.trimmed();
        if (line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        if (line.startsWith(u'[')) {
            inService = line == QLatin1String("[Service]");
            continue;
        }
        const auto equals = line.indexOf(u'=');
        if (!inService || equals < 0)
            continue;
        const QString key = line.left(equals).trimmed();
        const QString value = line.mid(equals + 1).trimmed();
        if (key == QLatin1String("ExecStart")) {
            unit.execStart = splitWords(value);
        } else if (key == QLatin1String("ExecStartPre")) {
            // An empty value resets what came before it, as systemd does.
            if (value.isEmpty())
                unit.execStartPre.clear();
            else
                unit.execStartPre.append(value);
        } else if (key == QLatin1String("User")) {
            unit.user = value;
        } else if (key == QLatin1String("WorkingDirectory")) {
            unit.workingDirectory = value;
        } else if (key == QLatin1String("EnvironmentFile")) {
            unit.environmentFile = value;
        }
    }
    return unit;
}

} // namespace kwup
