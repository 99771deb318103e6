#include "core/kwdb/KwbaseCli.h"

#include "core/base/CommandLine.h"

namespace kwup {

namespace {

QString securityOption(SecurityMode security, const QString &certsDir)
{
    const QString certs = QStringLiteral("--certs-dir=") + certsDir;
    switch (security) {
    case SecurityMode::Insecure:
        return QStringLiteral("--insecure");
    case SecurityMode::Tls:
        return shellQuote(certs);
    case SecurityMode::Tlcp:
        return shellQuote(certs) + QStringLiteral(" --tlcp");
    case SecurityMode::Unknown:
        break;
    }
    return {};
}

/// sh text that runs kwbase with `arguments` (already quoted) as the management user.
QString call(const KwbaseCli &cli, int seconds, const QString &arguments)
{
    const auto slash = cli.binary.lastIndexOf(u'/');
    const QString name = slash < 0 ? cli.binary : QStringLiteral("./") + cli.binary.mid(slash + 1);
    const QString limit = QStringLiteral("timeout -k 5 %1 ").arg(seconds);
    // Behind sudo, which takes the variable away.
    const QString libraries = cli.libraries.isEmpty()
        ? QString()
        : QStringLiteral("env LD_LIBRARY_PATH=%1 ").arg(shellQuote(cli.libraries));
    const QString kwbase =
        limit + libraries + shellQuote(name) + u' ' + arguments + QLatin1String(" </dev/null");
    if (!cli.container.isEmpty()) {
        const QString inside = QStringLiteral("docker exec -w %1 %2 %3 %4 </dev/null")
                                   .arg(shellQuote(cli.binary.left(slash)),
                                        shellQuote(cli.container), shellQuote(name), arguments);
        return limit + inside;
    }
    QString text;
    if (slash > 0)
        text = QStringLiteral("cd %1 && ").arg(shellQuote(cli.binary.left(slash)));
    // KWBASE_HOST and its like would redirect the client (kwdb-facts §4.6).
    text += QStringLiteral("unset KWBASE_HOST KWBASE_PORT KWBASE_INSECURE KWBASE_CERTS_DIR "
                           "KWBASE_USER KWBASE_URL KWBASE_DATABASE KWBASE_FORMAT && ");
    if (cli.user.isEmpty() || cli.user == QLatin1String("root"))
        return text + kwbase;
    const QString user = shellQuote(cli.user);
    return text
        + QStringLiteral("if [ \"$(id -un)\" = %1 ]; then %2; else sudo -n -u %1 %2; fi")
              .arg(user, kwbase);
}

QString connection(const KwbaseCli &cli)
{
    return shellQuote(QStringLiteral("--host=") + cli.address) + u' '
        + securityOption(cli.security, cli.certsDir);
}

} // namespace

QString KwbaseCli::nodeStatus() const
{
    return call(*this, 20, QStringLiteral("node status --all --format=csv ") + connection(*this));
}

QString KwbaseCli::sql(const QStringList &statements, int seconds) const
{
    QString arguments = QStringLiteral("sql --format=csv ") + connection(*this);
    for (const auto &statement : statements)
        arguments += QStringLiteral(" -e ") + shellQuote(statement);
    return call(*this, seconds, arguments);
}

QString KwbaseCli::version() const
{
    return call(*this, 10, QStringLiteral("version"));
}

namespace sql {

QString rangeHealth()
{
    return QStringLiteral(
        "SELECT sum((metrics->>'ranges.unavailable')::DECIMAL)::INT AS ranges_unavailable, "
        "sum((metrics->>'ranges.underreplicated')::DECIMAL)::INT AS ranges_underreplicated "
        "FROM kwdb_internal.kv_store_status");
}

QString showJobs()
{
    return QStringLiteral("SHOW JOBS");
}

QString stores()
{
    return QStringLiteral("SELECT node_id, store_id, range_count, lease_count "
                          "FROM kwdb_internal.kv_store_status ORDER BY store_id");
}

QString ranges()
{
    return QStringLiteral("SELECT range_id, database_name, table_name, replicas "
                          "FROM kwdb_internal.ranges_no_leases ORDER BY range_id");
}

QString clusterId()
{
    return QStringLiteral(
        "SELECT value FROM kwdb_internal.node_build_info WHERE field = 'ClusterID'");
}

QString showSetting(const QString &name)
{
    return QStringLiteral("SHOW CLUSTER SETTING ") + name;
}

QString setSetting(const QString &name, const QString &value)
{
    QString quoted = value;
    quoted.replace(u'\'', QLatin1String("''"));
    return QStringLiteral("SET CLUSTER SETTING %1 = '%2'").arg(name, quoted);
}

} // namespace sql

} // namespace kwup
