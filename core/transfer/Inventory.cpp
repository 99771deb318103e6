#include "core/transfer/Inventory.h"

#include "core/transfer/SqlText.h"

#include <algorithm>

namespace kwup {

QString toString(ObjectEntry::Kind kind)
{
    switch (kind) {
    case ObjectEntry::Kind::Table:
        return QStringLiteral("table");
    case ObjectEntry::Kind::TimeSeries:
        return QStringLiteral("time-series");
    case ObjectEntry::Kind::View:
        return QStringLiteral("view");
    case ObjectEntry::Kind::Sequence:
        return QStringLiteral("sequence");
    }
    return {};
}

const ObjectEntry *DatabaseEntry::object(const QString &schema, const QString &wanted) const
{
    const auto found = std::ranges::find_if(objects, [&](const ObjectEntry &entry) {
        return entry.schema == schema && entry.name == wanted;
    });
    return found == objects.end() ? nullptr : &*found;
}

QList<ObjectEntry> DatabaseEntry::tables() const
{
    QList<ObjectEntry> found;
    std::ranges::copy_if(objects, std::back_inserter(found), &ObjectEntry::isTable);
    return found;
}

const DatabaseEntry *Inventory::database(const QString &name) const
{
    const auto found = std::ranges::find(databases, name, &DatabaseEntry::name);
    return found == databases.end() ? nullptr : &*found;
}

namespace inventory {

QString showDatabases()
{
    return QStringLiteral("SHOW DATABASES");
}

QString users()
{
    return QStringLiteral("SHOW USERS");
}

QString passwords()
{
    // Whether there is one, not what it is.
    return QStringLiteral("SELECT username, \"isRole\", length(\"hashedPassword\") AS password "
                          "FROM system.users");
}

QString roleMembers()
{
    return QStringLiteral("SELECT role, member, \"isAdmin\" FROM system.role_members");
}

QString settings()
{
    return QStringLiteral("SELECT name, value, \"valueType\" FROM system.settings ORDER BY name");
}

QString createDatabase(const QString &database)
{
    return QStringLiteral("SHOW CREATE DATABASE ") + sqlName(database);
}

QString objects(const QString &database)
{
    return QStringLiteral("SELECT schema_name, descriptor_type, descriptor_name, create_statement "
                          "FROM %1.kwdb_internal.create_statements WHERE database_name = %2")
        .arg(sqlName(database), sqlText(database));
}

QString tables(const QString &database)
{
    return QStringLiteral("SHOW TABLES FROM ") + sqlName(database);
}

QString columns(const QString &database)
{
    return QStringLiteral("SELECT table_schema, table_name, column_name FROM "
                          "%1.information_schema.columns ORDER BY table_schema, table_name, "
                          "ordinal_position")
        .arg(sqlName(database));
}

QString schemas(const QString &database)
{
    return QStringLiteral("SHOW SCHEMAS FROM ") + sqlName(database);
}

QString databaseGrants(const QString &database)
{
    return QStringLiteral("SHOW GRANTS ON DATABASE ") + sqlName(database);
}

QString objectGrants(const QString &database)
{
    return QStringLiteral("SELECT grantee, table_schema, table_name, privilege_type FROM "
                          "%1.information_schema.table_privileges")
        .arg(sqlName(database));
}

QString count(const QStringList &path)
{
    return QStringLiteral("SELECT count(*) FROM ") + sqlPath(path);
}

QString lastValue(const QStringList &path)
{
    return QStringLiteral("SELECT last_value FROM ") + sqlPath(path);
}

} // namespace inventory

namespace definition {

namespace {

/// Lines of the definition in parentheses, without indentation and the comma at the end.
QStringList lines(const QString &create)
{
    QStringList found;
    for (QString line : create.split(u'\n')) {
        line = line.trimmed();
        if (line.endsWith(u','))
            line.chop(1);
        found.append(line);
    }
    return found;
}

/// The name at the beginning of a line, quotes taken off; the rest stays in `line`.
QString takeName(QString &line)
{
    if (!line.startsWith(u'"')) {
        const QString name = line.section(u' ', 0, 0);
        line = line.mid(name.size());
        return name;
    }
    QString name;
    qsizetype at = 1;
    for (; at < line.size(); ++at) {
        if (line[at] == u'"' && line.mid(at + 1, 1) != QStringLiteral("\""))
            break;
        if (line[at] == u'"')
            ++at;
        name += line[at];
    }
    line = line.mid(at + 1);
    return name;
}

} // namespace

QStringList foreignKeys(const QString &create)
{
    QStringList found = lines(create);
    found.removeIf([](const QString &line) {
        return !line.startsWith(QStringLiteral("CONSTRAINT "))
            || !line.contains(QStringLiteral(" FOREIGN KEY ("));
    });
    return found;
}

QStringList comments(const QString &create)
{
    QStringList found;
    for (const auto &statement : create.split(QStringLiteral(";\n"))) {
        if (statement.startsWith(QStringLiteral("COMMENT ON ")))
            found.append(statement.endsWith(u';') ? statement.chopped(1) : statement);
    }
    return found;
}

bool hasPartitionInterval(const QString &create)
{
    return create.section(QStringLiteral(";\nCOMMENT ON "), 0, 0)
        .contains(QStringLiteral("partition interval"), Qt::CaseInsensitive);
}

QList<std::pair<QString, QString>> sequenceDefaults(const QString &create)
{
    QList<std::pair<QString, QString>> found;
    for (QString line : lines(create)) {
        const qsizetype at = line.indexOf(QStringLiteral(" DEFAULT nextval("));
        if (at < 0)
            continue;
        const QString text = line.mid(at + 9);
        found.append({takeName(line), text});
    }
    return found;
}

} // namespace definition

} // namespace kwup
