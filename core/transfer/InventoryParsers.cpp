#include "core/kwdb/Parsers.h"
#include "core/transfer/Inventory.h"

#include <QSet>

#include <algorithm>

namespace kwup::inventory {

namespace {

using Row = QHash<QString, QString>;

QString cell(const Row &row, const char *column)
{
    return row.value(QLatin1String(column));
}

bool isTrue(const QString &text)
{
    return text == QStringLiteral("true") || text == QStringLiteral("t");
}

bool isEmptyCell(const QString &text)
{
    return text.isEmpty() || text == QStringLiteral("NULL");
}

bool isSystemDatabase(const QString &name)
{
    return name == QStringLiteral("system") || name == QStringLiteral("postgres")
        || name == QStringLiteral("information_schema") || name == QStringLiteral("kwdb_internal");
}

bool isSystemSchema(const QString &name)
{
    return name == QStringLiteral("information_schema") || name == QStringLiteral("pg_catalog")
        || name == QStringLiteral("kwdb_internal") || name == QStringLiteral("crdb_internal")
        || name == QStringLiteral("pg_extension");
}

/// Belongs to every cluster and every object by itself.
bool isSystemUser(const QString &name)
{
    return name == QStringLiteral("root") || name == QStringLiteral("admin");
}

/// Identity and state of the one cluster, or put back by what set it. Source: export.go leaves the
/// first three out as well.
bool staysWithItsCluster(const QString &setting)
{
    static const QSet<QString> Names{QStringLiteral("version"),
                                     QStringLiteral("cluster.secret"),
                                     QStringLiteral("diagnostics.reporting.enabled"),
                                     QStringLiteral("cluster.organization"),
                                     QStringLiteral("enterprise.license"),
                                     QStringLiteral("cluster.preserve_downgrade_option")};
    return Names.contains(setting);
}

ObjectEntry::Kind kindOf(const Row &row, bool isTimeSeries)
{
    const QString type = cell(row, "descriptor_type") + cell(row, "table_type").toLower();
    if (type == QStringLiteral("view"))
        return ObjectEntry::Kind::View;
    if (type == QStringLiteral("sequence"))
        return ObjectEntry::Kind::Sequence;
    return isTimeSeries ? ObjectEntry::Kind::TimeSeries : ObjectEntry::Kind::Table;
}

ObjectEntry *find(DatabaseEntry &database, const QString &schema, const QString &name)
{
    const auto found = std::ranges::find_if(database.objects, [&](const ObjectEntry &entry) {
        return entry.schema == schema && entry.name == name;
    });
    return found == database.objects.end() ? nullptr : &*found;
}

} // namespace

Result<QList<DatabaseEntry>> readDatabases(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    QList<DatabaseEntry> databases;
    for (const auto &row : *rows) {
        DatabaseEntry entry;
        entry.name = cell(row, "database_name");
        entry.isTimeSeries =
            cell(row, "engine_type").contains(QStringLiteral("TIME"), Qt::CaseInsensitive);
        if (!isSystemDatabase(entry.name))
            databases.append(entry);
    }
    return databases;
}

Result<QList<UserEntry>> readUsers(const QByteArray &shown, const QByteArray &passwords,
                                   const QByteArray &members)
{
    const auto rows = parseCsv(shown);
    const auto passwordRows = parseCsv(passwords);
    const auto memberRows = parseCsv(members);
    if (!rows)
        return rows.error();
    if (!passwordRows)
        return passwordRows.error();
    if (!memberRows)
        return memberRows.error();
    QList<UserEntry> users;
    for (const auto &row : *rows) {
        UserEntry user;
        user.name = cell(row, "username");
        if (isSystemUser(user.name))
            continue;
        for (const auto &stored : *passwordRows) {
            if (cell(stored, "username") != user.name)
                continue;
            user.isRole = isTrue(cell(stored, "isRole"));
            const QString length = cell(stored, "password");
            user.hasPassword = !isEmptyCell(length) && length != QStringLiteral("0");
        }
        const QString options = cell(row, "options");
        if (!isEmptyCell(options))
            user.options = options.split(QStringLiteral(", "), Qt::SkipEmptyParts);
        for (const auto &member : *memberRows) {
            if (cell(member, "member") != user.name)
                continue;
            user.memberOf.append(cell(member, "role"));
            if (isTrue(cell(member, "isAdmin")))
                user.adminOf.append(cell(member, "role"));
        }
        users.append(user);
    }
    return users;
}

Result<QList<SettingEntry>> readSettings(const QByteArray &csv)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    QList<SettingEntry> settings;
    for (const auto &row : *rows) {
        const SettingEntry entry{cell(row, "name"), cell(row, "value"), cell(row, "valueType")};
        if (!staysWithItsCluster(entry.name) && entry.type != QStringLiteral("m"))
            settings.append(entry);
    }
    return settings;
}

Result<void> readObjects(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    for (const auto &row : *rows) {
        ObjectEntry entry;
        entry.schema = cell(row, "schema_name");
        if (isSystemSchema(entry.schema))
            continue;
        entry.name = cell(row, "descriptor_name");
        entry.kind = kindOf(row, database.isTimeSeries);
        entry.create = cell(row, "create_statement");
        database.objects.append(entry);
    }
    return {};
}

Result<void> readTables(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    const QString schema = QStringLiteral("public");
    for (const auto &row : *rows) {
        const QString name = cell(row, "table_name");
        if (find(database, schema, name) != nullptr)
            continue;
        ObjectEntry entry;
        entry.schema = schema;
        entry.name = name;
        entry.kind = kindOf(row, database.isTimeSeries);
        database.objects.append(entry);
    }
    return {};
}

Result<void> readColumns(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    for (const auto &row : *rows) {
        ObjectEntry *entry = find(database, cell(row, "table_schema"), cell(row, "table_name"));
        const QString name = cell(row, "column_name");
        if (entry == nullptr)
            continue;
        // A table without a key gets one that nobody sees and that is different after an import.
        const bool isHidden =
            name == QStringLiteral("rowid") && !entry->create.contains(QStringLiteral("\trowid "));
        if (!isHidden)
            entry->columns.append(name);
    }
    return {};
}

Result<void> readSchemas(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    for (const auto &row : *rows) {
        const QString name = cell(row, "schema_name");
        if (!isSystemSchema(name))
            database.schemas.append(name);
    }
    return {};
}

/// The rights on a database are shown once for each of its schemas, those of the system too; what
/// only one schema has was given on that schema.
Result<void> readDatabaseGrants(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    QSet<std::pair<QString, QString>> ofDatabase;
    for (const auto &row : *rows) {
        const QString grantee = cell(row, "grantee");
        const QString privilege = cell(row, "privilege_type");
        const QString schema = cell(row, "schema_name");
        if (isSystemUser(grantee) || schema != QStringLiteral("information_schema"))
            continue;
        ofDatabase.insert({grantee, privilege});
        database.grants.append({GrantEntry::On::Database, {}, {}, grantee, privilege});
    }
    for (const auto &row : *rows) {
        const QString grantee = cell(row, "grantee");
        const QString privilege = cell(row, "privilege_type");
        const QString schema = cell(row, "schema_name");
        if (!isSystemUser(grantee) && !isSystemSchema(schema)
            && !ofDatabase.contains({grantee, privilege}))
            database.grants.append({GrantEntry::On::Schema, schema, {}, grantee, privilege});
    }
    return {};
}

Result<void> readObjectGrants(const QByteArray &csv, DatabaseEntry &database)
{
    const auto rows = parseCsv(csv);
    if (!rows)
        return rows.error();
    for (const auto &row : *rows) {
        const QString schema = cell(row, "table_schema");
        const QString grantee = cell(row, "grantee");
        if (isSystemSchema(schema) || isSystemUser(grantee) || grantee == QStringLiteral("public"))
            continue;
        database.grants.append({GrantEntry::On::Object, schema, cell(row, "table_name"), grantee,
                                cell(row, "privilege_type")});
    }
    return {};
}

} // namespace kwup::inventory
