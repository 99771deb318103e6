#include "core/discover/FactRows.h"

#include "core/base/CommandLine.h"
#include "core/base/Words.h"

#include <QCoreApplication>

namespace kwup {

namespace {

QString text(const QString &value)
{
    return value;
}
QString text(int value)
{
    return QString::number(value);
}
QString text(double value)
{
    return QString::number(value, 'f', 3);
}
QString text(bool value)
{
    return value ? QCoreApplication::translate("FactRows", "yes")
                 : QCoreApplication::translate("FactRows", "no");
}
QString text(const QStringList &value)
{
    return value.join(u' ');
}
QString text(Deployment value)
{
    return shownWord(toString(value));
}
QString text(RunType value)
{
    return shownWord(toString(value));
}
QString text(SecurityMode value)
{
    return shownWord(toString(value));
}
QString text(const KwdbVersion &value)
{
    return value.toString();
}
QString text(const StartCommand &value)
{
    return value.words.join(u' ');
}

QString text(PrivilegeMode value)
{
    switch (value) {
    case PrivilegeMode::Detect:
        return QCoreApplication::translate("FactRows", "not known");
    case PrivilegeMode::Root:
        return QCoreApplication::translate("FactRows", "root");
    case PrivilegeMode::SudoNoPassword:
        return QCoreApplication::translate("FactRows", "sudo without password");
    case PrivilegeMode::SudoPassword:
        return QCoreApplication::translate("FactRows", "sudo with password");
    }
    return {};
}

QString text(const ServiceState &state)
{
    return QStringLiteral("%1 (%2), PID %3, %4")
        .arg(state.activeState, state.subState)
        .arg(state.mainPid)
        .arg(state.unitFileState);
}

QString text(const QList<PackageState> &packages)
{
    QStringList rows;
    for (const PackageState &package : packages)
        rows += QStringLiteral("%1 %2 (%3)").arg(package.name, package.version, package.status);
    return rows.join(QStringLiteral(", "));
}

class Rows {
public:
    /// Of an installed host, what is not installed does not apply: no MODE without deploy script.
    explicit Rows(bool isInstalled)
        : m_isInstalled(isInstalled)
    { }

    template <typename T>
    void add(const char *key, const char *label, const Fact<T> &fact)
    {
        addText(key, label, fact, fact.value ? text(*fact.value) : QString());
    }

    void addBytes(const char *key, const char *label, const Fact<qint64> &fact)
    {
        addText(key, label, fact, fact.value ? bytesText(*fact.value) : QString());
    }

    QList<FactRow> take() { return std::move(m_rows); }

private:
    template <typename T>
    void addText(const char *key, const char *label, const Fact<T> &fact, const QString &value)
    {
        FactRow row;
        row.key = QString::fromLatin1(key);
        row.label = QCoreApplication::translate("FactRows", label);
        row.value = value;
        row.command = fact.command;
        row.raw = printable(fact.raw, 4096);
        const bool applies = !m_isInstalled || fact.error.code != ErrorCode::NotInstalled;
        if (!fact.isKnown() && applies)
            row.problem = describe(fact.error);
        m_rows += row;
    }

    bool m_isInstalled;
    QList<FactRow> m_rows;
};

} // namespace

QList<FactRow> factRows(const HostFacts &facts)
{
    Rows rows(facts.isInstalled());
    rows.add("deployment", QT_TRANSLATE_NOOP("FactRows", "Deployment"), facts.deployment);
    rows.add("installed-version", QT_TRANSLATE_NOOP("FactRows", "Installed version"),
             facts.installedVersion);
    rows.add("binary-version", QT_TRANSLATE_NOOP("FactRows", "Version of the binary"),
             facts.binaryVersion);
    rows.add("packages", QT_TRANSLATE_NOOP("FactRows", "Packages"), facts.packages);
    rows.add("run-type", QT_TRANSLATE_NOOP("FactRows", "Run type"), facts.runType);
    rows.add("security", QT_TRANSLATE_NOOP("FactRows", "Security mode"), facts.security);
    rows.add("service", QT_TRANSLATE_NOOP("FactRows", "Service"), facts.service);
    rows.add("start-command", QT_TRANSLATE_NOOP("FactRows", "Start command"), facts.startCommand);
    rows.add("container", QT_TRANSLATE_NOOP("FactRows", "Container"), facts.container);
    rows.add("start-argument", QT_TRANSLATE_NOOP("FactRows", "Extra start argument"),
             facts.startArgument);
    rows.add("unit-broken", QT_TRANSLATE_NOOP("FactRows", "Unit file damaged"), facts.unitBroken);
    rows.add("management-user", QT_TRANSLATE_NOOP("FactRows", "Management user"),
             facts.managementUser);
    rows.add("advertised-address", QT_TRANSLATE_NOOP("FactRows", "Advertised address"),
             facts.advertisedAddress);
    rows.add("sql-port", QT_TRANSLATE_NOOP("FactRows", "SQL port"), facts.sqlPort);
    rows.add("http-port", QT_TRANSLATE_NOOP("FactRows", "HTTP port"), facts.httpPort);
    rows.add("other-nodes", QT_TRANSLATE_NOOP("FactRows", "Other nodes"), facts.otherNodes);
    rows.add("data-root", QT_TRANSLATE_NOOP("FactRows", "Data directory"), facts.dataRoot);
    rows.addBytes("data-bytes", QT_TRANSLATE_NOOP("FactRows", "Size of the data"), facts.dataBytes);
    rows.addBytes("data-free", QT_TRANSLATE_NOOP("FactRows", "Free space for data"),
                  facts.dataFreeBytes);
    rows.addBytes("stage-free", QT_TRANSLATE_NOOP("FactRows", "Free space for staging"),
                  facts.stageFreeBytes);
    rows.addBytes("install-free", QT_TRANSLATE_NOOP("FactRows", "Free space for the installation"),
                  facts.installFreeBytes);
    rows.add("hostname", QT_TRANSLATE_NOOP("FactRows", "Host name"), facts.hostname);
    rows.add("machine-id", QT_TRANSLATE_NOOP("FactRows", "Machine id"), facts.machineId);
    rows.add("os", QT_TRANSLATE_NOOP("FactRows", "Operating system"), facts.os);
    rows.add("os-family", QT_TRANSLATE_NOOP("FactRows", "Package format"), facts.osFamily);
    rows.add("architecture", QT_TRANSLATE_NOOP("FactRows", "Architecture"), facts.architecture);
    rows.add("cpu-count", QT_TRANSLATE_NOOP("FactRows", "CPUs"), facts.cpuCount);
    rows.addBytes("memory", QT_TRANSLATE_NOOP("FactRows", "Memory"), facts.memoryBytes);
    rows.add("clock-offset", QT_TRANSLATE_NOOP("FactRows", "Clock offset in seconds"),
             facts.clockOffset);
    rows.add("privilege", QT_TRANSLATE_NOOP("FactRows", "Way to root"), facts.privilege);
    rows.add("package-manager-lock", QT_TRANSLATE_NOOP("FactRows", "Package manager held by"),
             facts.packageManagerLock);
    rows.add("missing-tools", QT_TRANSLATE_NOOP("FactRows", "Missing tools"), facts.tools);
    rows.add("wizard-lock", QT_TRANSLATE_NOOP("FactRows", "Lock of another wizard"),
             facts.wizardLock);
    return rows.take();
}

QJsonObject factsJson(const HostFacts &facts)
{
    QJsonObject values;
    for (const FactRow &row : factRows(facts)) {
        QJsonObject value{{QStringLiteral("command"), row.command}};
        if (row.problem.isEmpty())
            value[QStringLiteral("value")] = row.value;
        else
            value[QStringLiteral("problem")] = row.problem;
        values[row.key] = value;
    }
    QJsonObject json{{QStringLiteral("host"), facts.host.id()}, {QStringLiteral("facts"), values}};
    if (!facts.isReachable()) {
        json[QStringLiteral("error")] = errorCodeName(facts.error.code);
        json[QStringLiteral("message")] = describe(facts.error);
    }
    return json;
}

} // namespace kwup
