#include "core/profile/HostText.h"
#include "core/profile/Profile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QStringDecoder>

namespace kwup {

namespace {

constexpr qsizetype LongestImport = 1024 * 1024;

QString translated(const char *text)
{
    return QCoreApplication::translate("Profile", text);
}

Error invalid(const QString &fileName, qsizetype line, const QString &what)
{
    Error error;
    error.code = ErrorCode::ImportInvalid;
    error.args = {fileName, QString::number(line), what};
    return error;
}

Result<QStringList> linesOf(const QByteArray &content, const QString &fileName)
{
    if (content.size() >= LongestImport)
        return invalid(fileName, 1, translated(QT_TRANSLATE_NOOP("Profile", "it is too long")));
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(content);
    if (decoder.hasError())
        return invalid(fileName, 1,
                       translated(QT_TRANSLATE_NOOP("Profile", "it is not UTF-8 text")));
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    return text.split(u'\n');
}

/// Collects hosts and refuses what is wrong, with the line.
class HostCollector {
public:
    explicit HostCollector(QString fileName)
        : m_fileName(std::move(fileName))
    { }

    Result<void> add(qsizetype line, const QString &text)
    {
        QString why;
        const std::optional<HostSpec> host = hostFrom(text, why);
        if (!host)
            return invalid(m_fileName, line, why);
        return add(line, *host);
    }
    Result<void> add(qsizetype line, const HostSpec &host)
    {
        for (const HostSpec &earlier : hosts) {
            if (earlier.id() == host.id())
                return invalid(m_fileName, line, listedTwice(host.id()));
        }
        hosts.append(host);
        return {};
    }
    QList<HostSpec> hosts;

private:
    QString m_fileName;
};

/// A value of deploy.cfg and where it stands.
struct CfgValue {
    QString text;
    qsizetype line = 0;
};
using CfgValues = QHash<QString, CfgValue>; ///< "section/key"

Result<CfgValues> readCfg(const QStringList &lines, const QString &fileName)
{
    static const QStringList Sections{QStringLiteral("global"), QStringLiteral("local"),
                                      QStringLiteral("cluster"), QStringLiteral("additional")};
    CfgValues values;
    QString section;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].section(u'#', 0, 0).trimmed();
        if (line.isEmpty())
            continue;
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            section = line.mid(1, line.size() - 2).trimmed();
            if (!Sections.contains(section))
                return invalid(
                    fileName, i + 1,
                    translated(QT_TRANSLATE_NOOP("Profile", "there is no section \"%1\""))
                        .arg(section.left(100)));
            continue;
        }
        const QString key = line.section(u'=', 0, 0).trimmed();
        if (!line.contains(u'=') || key.isEmpty() || section.isEmpty())
            return invalid(fileName, i + 1,
                           translated(QT_TRANSLATE_NOOP(
                               "Profile", "\"key=value\" below a section is expected here")));
        values.insert(section + u'/' + key, {line.section(u'=', 1).trimmed(), i + 1});
    }
    return values;
}

/// Source: deploy.cfg of the release package: [local] node_addr; [cluster] node_addr (separated by
/// commas), ssh_port, ssh_user. The login of [cluster] is taken for the local node too.
Result<QList<HostSpec>> hostsFromCfg(const QStringList &lines, const QString &fileName)
{
    const Result<CfgValues> values = readCfg(lines, fileName);
    if (!values)
        return values.error();
    const CfgValue portValue = values->value(QStringLiteral("cluster/ssh_port"));
    const CfgValue userValue = values->value(QStringLiteral("cluster/ssh_user"));
    const std::optional<quint16> port = portValue.line == 0 ? 22 : portFrom(portValue.text);
    if (!port)
        return invalid(fileName, portValue.line,
                       translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a port number"))
                           .arg(portValue.text.left(100)));
    if (userValue.line != 0 && !isUserName(userValue.text))
        return invalid(fileName, userValue.line,
                       translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a user name"))
                           .arg(userValue.text.left(100)));
    HostCollector collector(fileName);
    for (const char *key : {"local/node_addr", "cluster/node_addr"}) {
        const CfgValue value = values->value(QString::fromLatin1(key));
        for (const QString &part : value.text.split(u',', Qt::SkipEmptyParts)) {
            HostSpec host;
            host.address = part.trimmed();
            host.port = *port;
            host.user = userValue.text;
            if (!isAddress(host.address))
                return invalid(
                    fileName, value.line,
                    translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not the address of a host"))
                        .arg(host.address.left(100)));
            const Result<void> added = collector.add(value.line, host);
            if (!added)
                return added.error();
        }
    }
    if (collector.hosts.isEmpty())
        return invalid(fileName, lines.size(),
                       translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is missing"))
                           .arg(QStringLiteral("node_addr")));
    return collector.hosts;
}

QStringList cellsOf(const QString &line)
{
    const QChar separator = line.contains(u'\t') ? u'\t' : line.contains(u';') ? u';' : u',';
    QStringList cells;
    for (QString cell : line.split(separator)) {
        cell = cell.trimmed();
        const bool isQuoted = cell.size() >= 2 && cell.startsWith(u'"') && cell.endsWith(u'"');
        cells.append(isQuoted ? cell.mid(1, cell.size() - 2).trimmed() : cell);
    }
    return cells;
}

/// The columns by their names when the first line has them.
Result<QStringList> headerOf(const QStringList &cells, const QString &fileName, qsizetype line)
{
    static const QStringList Columns{QStringLiteral("address"), QStringLiteral("port"),
                                     QStringLiteral("user")};
    if (cells.first().compare(Columns.first(), Qt::CaseInsensitive) != 0)
        return QStringList();
    QStringList header;
    for (const QString &cell : cells) {
        if (!Columns.contains(cell.toLower()) || header.contains(cell.toLower()))
            return invalid(
                fileName, line,
                translated(QT_TRANSLATE_NOOP("Profile", "the column \"%1\" is not one of: %2"))
                    .arg(cell.left(100), Columns.join(QStringLiteral(", "))));
        header.append(cell.toLower());
    }
    return header;
}

Result<HostSpec> hostFromCells(const QStringList &cells, const QStringList &header,
                               const QString &fileName, qsizetype line)
{
    if (cells.size() > header.size())
        return invalid(fileName, line,
                       translated(QT_TRANSLATE_NOOP("Profile", "there are too many columns")));
    const auto cell = [&](const char *name) {
        return cells.value(header.indexOf(QString::fromLatin1(name)));
    };
    HostSpec host;
    host.address = cell("address");
    host.user = cell("user");
    const std::optional<quint16> port = cell("port").isEmpty() ? 22 : portFrom(cell("port"));
    if (!isAddress(host.address))
        return invalid(
            fileName, line,
            translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not the address of a host"))
                .arg(host.address.left(100)));
    if (!port)
        return invalid(fileName, line,
                       translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a port number"))
                           .arg(cell("port").left(100)));
    if (!host.user.isEmpty() && !isUserName(host.user))
        return invalid(fileName, line,
                       translated(QT_TRANSLATE_NOOP("Profile", "\"%1\" is not a user name"))
                           .arg(host.user.left(100)));
    host.port = *port;
    return host;
}

Result<QList<HostSpec>> hostsFromCsv(const QStringList &lines, const QString &fileName)
{
    QStringList header;
    HostCollector collector(fileName);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const QStringList cells = cellsOf(line);
        if (header.isEmpty()) {
            const Result<QStringList> named = headerOf(cells, fileName, i + 1);
            if (!named)
                return named.error();
            header = *named;
            if (!header.isEmpty())
                continue;
            header = {QStringLiteral("address"), QStringLiteral("port"), QStringLiteral("user")};
        }
        const Result<HostSpec> host = hostFromCells(cells, header, fileName, i + 1);
        if (!host)
            return host.error();
        const Result<void> added = collector.add(i + 1, *host);
        if (!added)
            return added.error();
    }
    if (collector.hosts.isEmpty())
        return invalid(fileName, lines.size(),
                       translated(QT_TRANSLATE_NOOP("Profile", "there is no host in it")));
    return collector.hosts;
}

} // namespace

Result<QList<HostSpec>> importHosts(const QByteArray &content, const QString &fileName)
{
    const Result<QStringList> lines = linesOf(content, fileName);
    if (!lines)
        return lines.error();
    static const QRegularExpression Section(QStringLiteral("^\\s*\\[[^\\]]*\\]\\s*(#.*)?$"));
    const bool isCfg = QFileInfo(fileName).suffix() == QLatin1StringView("cfg")
        || !lines->filter(Section).isEmpty();
    return isCfg ? hostsFromCfg(*lines, fileName) : hostsFromCsv(*lines, fileName);
}

Result<QList<HostSpec>> parseHostList(const QString &text)
{
    static const QRegularExpression Separators(QStringLiteral("[\\s,;]+"));
    HostCollector collector(translated(QT_TRANSLATE_NOOP("Profile", "(typed list)")));
    const QStringList lines = text.left(LongestImport).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        for (const QString &word : lines[i].split(Separators, Qt::SkipEmptyParts)) {
            const Result<void> added = collector.add(i + 1, word);
            if (!added)
                return added.error();
        }
    }
    return collector.hosts;
}

} // namespace kwup
