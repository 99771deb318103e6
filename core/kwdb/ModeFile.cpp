#include "core/kwdb/Parsers.h"

namespace kwup {

namespace {

constexpr qsizetype MinModeLines = 8; // 2.0.x: without security mode and encryption
constexpr qsizetype LinesWithSecurity = 9; // 2.1.0
constexpr qsizetype LinesWithEncryption = 10; // 2.2.0 and later

/// Lines without CR and surrounding blanks; empty lines at the end are dropped.
QStringList linesOf(const QByteArray &content)
{
    QStringList lines;
    for (const auto &line : content.left(65536).split('\n'))
        lines.append(QString::fromUtf8(line).trimmed());
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

Error invalid(const char *file, qsizetype line, const QByteArray &content)
{
    Error error;
    error.code = ErrorCode::ModeInvalid;
    error.args = QStringList{QLatin1String(file), QString::number(line)};
    error.evidence = content.left(4096);
    return error;
}

std::optional<int> port(const QString &text)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    if (!ok || value < 1 || value > 65535)
        return std::nullopt;
    return value;
}

/// 0 when all is well, else the number of the first bad line.
qsizetype readCommonLines(const QStringList &lines, ModeFile &mode)
{
    if (lines[0] == QLatin1String("bare"))
        mode.deployment = Deployment::BarePackage;
    else if (lines[0] == QLatin1String("container"))
        mode.deployment = Deployment::ContainerPackage;
    else
        return 1;
    mode.runType = runTypeFromString(lines[1]).value_or(RunType::Unknown);
    if (mode.runType == RunType::Unknown)
        return 2;
    mode.installedAt = lines[2];
    mode.dataRoot = lines[3];
    if (!mode.dataRoot.startsWith(u'/'))
        return 4;
    const auto sqlPort = port(lines[4]);
    if (!sqlPort)
        return 5;
    const auto httpPort = port(lines[5]);
    if (!httpPort)
        return 6;
    mode.sqlPort = *sqlPort;
    mode.httpPort = *httpPort;
    mode.user = lines[6];
    return mode.user.isEmpty() ? 7 : 0;
}

} // namespace

Result<ModeFile> parseMode(const QByteArray &content)
{
    constexpr auto File = "/etc/kaiwudb/info/MODE";
    const auto lines = linesOf(content);
    if (lines.size() < MinModeLines)
        return invalid(File, lines.size() + 1, content);
    ModeFile mode;
    if (const auto bad = readCommonLines(lines, mode); bad != 0)
        return invalid(File, bad, content);
    if (lines.size() >= LinesWithSecurity) {
        mode.security = securityModeFromString(lines[7]).value_or(SecurityMode::Unknown);
        if (mode.security == SecurityMode::Unknown)
            return invalid(File, 8, content);
    }
    if (lines.size() >= LinesWithEncryption) {
        if (lines[8] != QLatin1String("true") && lines[8] != QLatin1String("false"))
            return invalid(File, 9, content);
        mode.encrypted = lines[8] == QLatin1String("true");
    }
    // The address is the last line whatever the number of lines (kwdb-facts §3.2).
    mode.address = lines.last();
    const bool isOtherLine = mode.address == QLatin1String("true")
        || mode.address == QLatin1String("false") || securityModeFromString(mode.address);
    if (isOtherLine || mode.address.contains(u' '))
        return invalid(File, lines.size(), content);
    return mode;
}

Result<NodeFile> parseNodeFile(const QByteArray &content)
{
    constexpr auto File = "/etc/kaiwudb/info/NODE";
    const auto lines = linesOf(content);
    NodeFile node;
    if (lines.isEmpty())
        return node;
    node.otherNodes = lines[0].simplified().split(u' ', Qt::SkipEmptyParts);
    if (lines.size() > 1 && !lines[1].isEmpty()) {
        const auto sshPort = port(lines[1]);
        if (!sshPort)
            return invalid(File, 2, content);
        node.sshPort = *sshPort;
    }
    node.sshUser = lines.value(2);
    return node;
}

} // namespace kwup
