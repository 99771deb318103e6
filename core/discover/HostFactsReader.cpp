#include "core/discover/HostFactsReader.h"

#include "core/base/CommandLine.h"
#include "core/discover/FactReading.h"

#include <QRegularExpression>

namespace kwup {

namespace {

constexpr int TimedOut = 124; // timeout(1)

QString text(const QByteArray &raw)
{
    return printable(raw, 4096).trimmed();
}

std::optional<QString> nonEmpty(const QByteArray &raw)
{
    const QString value = text(raw);
    if (value.isEmpty())
        return std::nullopt;
    return value;
}

std::optional<qint64> freeBytes(const QByteArray &df)
{
    static const QRegularExpression row(
        QStringLiteral(R"(\s(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+\S.*$)"));
    const auto lines = QString::fromUtf8(df).trimmed().split(u'\n');
    const auto match = row.match(lines.last());
    if (lines.size() < 2 || !match.hasMatch())
        return std::nullopt;
    return qMax(qint64(0), match.captured(3).toLongLong());
}

/// A value of os-release, quotes removed.
QString osValue(const QByteArray &osRelease, QLatin1String key)
{
    for (const auto &line : QString::fromUtf8(osRelease).split(u'\n')) {
        if (!line.startsWith(key) || line.mid(key.size(), 1) != QLatin1String("="))
            continue;
        QString value = line.mid(key.size() + 1).trimmed();
        if (value.size() >= 2 && (value[0] == u'"' || value[0] == u'\'')
            && value.back() == value[0])
            value = value.mid(1, value.size() - 2);
        return printable(value.toUtf8(), 200);
    }
    return {};
}

} // namespace

HostFactsReader::HostFactsReader(QString hostId, QHash<QString, SectionOutput> sections)
    : m_hostId(std::move(hostId))
    , m_sections(std::move(sections))
{
    for (const auto &section : discoverySections())
        m_commands.insert(section.id, section.command);
    // What a person would type names the directory itself.
    const QString root = text(m_sections.value(QStringLiteral("data-root")).out);
    for (auto &command : m_commands) {
        if (!root.isEmpty())
            command.replace(QLatin1String("DATA_ROOT"), shellQuote(root));
    }
}

SectionOutput HostFactsReader::section(const QString &id) const
{
    return m_sections.value(id);
}

QString HostFactsReader::commandOf(const QString &id) const
{
    return m_commands.value(id);
}

Error HostFactsReader::errorOf(const QString &id) const
{
    const SectionOutput output = section(id);
    Error error;
    error.host = m_hostId;
    error.command = commandOf(id);
    error.exitCode = output.exitCode;
    error.evidence = output.evidence().left(4096);
    error.args = QStringList{error.command, QString::number(output.exitCode)};
    error.code = ErrorCode::CommandFailed;
    if (output.exitCode < 0)
        error.code = ErrorCode::OutputUnexpected;
    else if (output.exitCode == AbsentFile)
        error.code = ErrorCode::NotInstalled;
    else if (output.exitCode == TimedOut)
        error.code = ErrorCode::CommandTimeout;
    return error;
}

QString HostFactsReader::osFamily() const
{
    const QString family = text(section(QStringLiteral("family")).out);
    if (!family.isEmpty())
        return family;
    const QByteArray os = section(QStringLiteral("os")).out;
    const QStringList ids =
        (osValue(os, QLatin1String("ID")) + u' ' + osValue(os, QLatin1String("ID_LIKE")))
            .split(u' ', Qt::SkipEmptyParts);
    for (const auto *deb : {"debian", "ubuntu", "deepin", "uos"}) {
        if (ids.contains(QLatin1String(deb)))
            return QStringLiteral("deb");
    }
    for (const auto *rpm : {"rhel", "fedora", "centos", "suse", "anolis", "openEuler", "kylin"}) {
        if (ids.contains(QLatin1String(rpm), Qt::CaseInsensitive))
            return QStringLiteral("rpm");
    }
    return {};
}

Fact<qint64> HostFactsReader::dataBytes() const
{
    const QString id = QStringLiteral("data-size");
    SectionOutput output = section(id);
    // Files of a running server vanish meanwhile: du then ends with 1 and still prints the sum.
    bool ok = false;
    const qint64 bytes =
        output.out.trimmed().split('\n').last().split('\t').first().toLongLong(&ok);
    if (ok && (output.exitCode == 0 || output.exitCode == 1))
        return known<qint64>(id, bytes);
    Error error = errorOf(id);
    if (error.code == ErrorCode::CommandTimeout)
        error.args = QStringList{error.command, QString::number(DuSeconds)};
    return unknown<qint64>(id, error);
}

void HostFactsReader::readSystem(HostFacts &facts) const
{
    facts.hostname = read<QString>(QStringLiteral("hostname"), nonEmpty);
    facts.machineId = read<QString>(QStringLiteral("machine-id"), nonEmpty);
    facts.architecture = read<QString>(QStringLiteral("machine"), nonEmpty);
    facts.os = read<QString>(QStringLiteral("os"), [](const QByteArray &raw) {
        QString name = osValue(raw, QLatin1String("PRETTY_NAME"));
        if (name.isEmpty())
            name = osValue(raw, QLatin1String("NAME"));
        return name.isEmpty() ? std::nullopt : std::optional(name);
    });
    facts.osFamily = read<QString>(QStringLiteral("family"), [this](const QByteArray &) {
        const QString family = osFamily();
        return family.isEmpty() ? std::nullopt : std::optional(family);
    });
    facts.cpuCount = read<int>(QStringLiteral("cpus"), [](const QByteArray &raw) {
        const int count = raw.trimmed().toInt();
        return count > 0 ? std::optional(count) : std::nullopt;
    });
    facts.memoryBytes = read<qint64>(QStringLiteral("memory"), [](const QByteArray &raw) {
        static const QRegularExpression total(QStringLiteral(R"(MemTotal:\s*(\d+) kB)"));
        const auto match = total.match(QString::fromLatin1(raw));
        return match.hasMatch() ? std::optional(match.captured(1).toLongLong() * 1024)
                                : std::nullopt;
    });
    facts.dataFreeBytes = read<qint64>(QStringLiteral("data-free"), freeBytes);
    facts.stageFreeBytes = read<qint64>(QStringLiteral("stage-free"), freeBytes);
    facts.programFreeBytes = read<qint64>(QStringLiteral("program-free"), freeBytes);
    facts.buildTools = read<QStringList>(QStringLiteral("build-tools"), [](const QByteArray &raw) {
        return std::optional(text(raw).split(u'\n', Qt::SkipEmptyParts));
    });
    facts.installFreeBytes = read<qint64>(QStringLiteral("install-free"), freeBytes);
    facts.dataBytes = dataBytes();
    const auto anyText = [](const QByteArray &raw) { return std::optional(text(raw)); };
    facts.packageManagerLock = read<QString>(QStringLiteral("package-lock"), anyText);
    facts.wizardLock = readOr<QString>(QStringLiteral("wizard-lock"), QString(), anyText);
    facts.tools = read<QString>(QStringLiteral("tools"), [](const QByteArray &raw) {
        return std::optional(QString::fromLatin1(raw).simplified());
    });
}

} // namespace kwup
