#include "core/transfer/RecreateItems.h"

#include "core/transfer/SqlText.h"

#include <QRegularExpression>

namespace kwup {

namespace {

QString shownPath(const DatabaseEntry &database, const QString &schema, const QString &object)
{
    return database.name + u'.' + schema + u'.' + object;
}

/// Options as CREATE USER takes them; what is not known here is left out, not passed on.
QString optionsOf(const UserEntry &user)
{
    QString text;
    for (const auto &option : user.options) {
        const QString name = option.section(u'=', 0, 0).trimmed();
        if (name == QStringLiteral("VALID UNTIL"))
            text += QStringLiteral(" VALID UNTIL ") + sqlText(option.section(u'=', 1).trimmed());
        else if (name == QStringLiteral("CREATEROLE") || name == QStringLiteral("NOLOGIN"))
            text += u' ' + name;
    }
    return text.isEmpty() ? text : QStringLiteral(" WITH") + text;
}

QString settingValue(const SettingEntry &setting)
{
    static const QString Plain = QStringLiteral("bife");
    const bool isPlain = setting.type.size() == 1 && Plain.contains(setting.type);
    static const QRegularExpression Word(QStringLiteral("^[-+.a-z0-9]+$"));
    return isPlain && Word.match(setting.value).hasMatch() ? setting.value : sqlText(setting.value);
}

void addSequences(const DatabaseEntry &database, QList<RecreateItem> &items)
{
    static const QRegularExpression Lowest(QStringLiteral("MINVALUE (-?\\d+)"));
    for (const auto &entry : database.objects) {
        if (entry.kind != ObjectEntry::Kind::Sequence || entry.create.isEmpty())
            continue;
        const QString name = shownPath(database, entry.schema, entry.name);
        items.append({QStringLiteral("sequence"), name, database.name,
                      withPath(entry.create, QStringLiteral("CREATE SEQUENCE "), database.name,
                               entry.schema)});
        const auto lowest = Lowest.match(entry.create);
        const qint64 first = lowest.hasMatch() ? lowest.captured(1).toLongLong() : 1;
        // One that was never used stands before its first value, where it cannot be set to.
        if (!entry.lastValue || *entry.lastValue < first)
            continue;
        const QString path = sqlPath({database.name, entry.schema, entry.name});
        items.append({QStringLiteral("sequence"), name, database.name,
                      QStringLiteral("SELECT setval(%1, %2)")
                          .arg(sqlText(path), QString::number(*entry.lastValue))});
    }
    for (const auto &entry : database.objects) {
        if (entry.kind != ObjectEntry::Kind::Table)
            continue;
        for (const auto &[column, text] : definition::sequenceDefaults(entry.create)) {
            items.append({QStringLiteral("default"),
                          shownPath(database, entry.schema, entry.name) + u'.' + column,
                          database.name,
                          QStringLiteral("ALTER TABLE %1 ALTER COLUMN %2 SET DEFAULT %3")
                              .arg(sqlPath({database.name, entry.schema, entry.name}),
                                   sqlName(column), text)});
        }
    }
}

/// The table that a foreign key names, with its whole path when it has none.
QString withReference(const QString &key, const QString &database, const QString &schema)
{
    const QString word = QStringLiteral(" REFERENCES ");
    const qsizetype at = key.lastIndexOf(word);
    const qsizetype end = key.indexOf(u'(', at);
    if (at < 0 || end < 0)
        return key;
    QString table = key.mid(at + word.size(), end - at - word.size()).trimmed();
    const bool isQuoted = table.startsWith(u'"');
    const bool hasPath = isQuoted ? table.contains(QStringLiteral("\".")) : table.contains(u'.');
    if (!hasPath)
        table = sqlPath({database, schema}) + u'.' + table;
    return key.left(at) + word + table + u' ' + key.mid(end);
}

void addForeignKeys(const DatabaseEntry &database, QList<RecreateItem> &items)
{
    for (const auto &entry : database.objects) {
        if (entry.kind != ObjectEntry::Kind::Table)
            continue;
        for (const auto &key : definition::foreignKeys(entry.create)) {
            items.append({QStringLiteral("foreign-key"),
                          shownPath(database, entry.schema, entry.name), database.name,
                          QStringLiteral("ALTER TABLE %1 ADD %2")
                              .arg(sqlPath({database.name, entry.schema, entry.name}),
                                   withReference(key, database.name, entry.schema))});
        }
    }
}

void addViewsAndComments(const DatabaseEntry &database, QList<RecreateItem> &items)
{
    for (const auto &entry : database.objects) {
        const QString name = shownPath(database, entry.schema, entry.name);
        if (entry.kind == ObjectEntry::Kind::View && !entry.create.isEmpty()) {
            items.append({QStringLiteral("view"), name, database.name,
                          withPath(entry.create, QStringLiteral("CREATE VIEW "), database.name,
                                   entry.schema)});
        }
        for (const auto &comment : definition::comments(entry.create)) {
            const QString keywords = comment.startsWith(QStringLiteral("COMMENT ON COLUMN "))
                ? QStringLiteral("COMMENT ON COLUMN ")
                : QStringLiteral("COMMENT ON TABLE ");
            items.append({QStringLiteral("comment"), name, database.name,
                          withPath(comment, keywords, database.name, entry.schema)});
        }
    }
}

QString targetOf(const GrantEntry &grant, const DatabaseEntry &database)
{
    switch (grant.on) {
    case GrantEntry::On::Database:
        return QStringLiteral("DATABASE ") + sqlName(database.name);
    case GrantEntry::On::Schema:
        return QStringLiteral("SCHEMA ") + sqlName(grant.schema);
    case GrantEntry::On::Object:
        return QStringLiteral("TABLE ") + sqlPath({database.name, grant.schema, grant.object});
    }
    return {};
}

void addGrants(const DatabaseEntry &database, QList<RecreateItem> &items)
{
    for (const auto &grant : database.grants) {
        items.append(
            {QStringLiteral("grant"),
             QStringLiteral("%1 %2 %3")
                 .arg(grant.privilege, targetOf(grant, database), grant.grantee),
             database.name,
             QStringLiteral("GRANT %1 ON %2 TO %3")
                 .arg(grant.privilege, targetOf(grant, database), sqlName(grant.grantee))});
    }
}

/// IMPORT makes the database without its own rules for how long data is kept.
void addRetention(const DatabaseEntry &database, QList<RecreateItem> &items)
{
    static const QRegularExpression Rule(QStringLiteral("retentions\\s+(\\d+[a-z]+)"),
                                         QRegularExpression::CaseInsensitiveOption);
    const auto found = Rule.match(database.create);
    if (!database.isTimeSeries || !found.hasMatch() || found.captured(1).startsWith(u'0'))
        return;
    items.append({QStringLiteral("retention"),
                  database.name,
                  {},
                  QStringLiteral("ALTER TS DATABASE %1 SET RETENTIONS = %2")
                      .arg(sqlName(database.name), found.captured(1))});
}

} // namespace

QString withPath(const QString &statement, const QString &keywords, const QString &database,
                 const QString &schema)
{
    if (!statement.startsWith(keywords, Qt::CaseInsensitive))
        return statement;
    return statement.left(keywords.size()) + sqlPath({database, schema}) + u'.'
        + statement.mid(keywords.size());
}

QList<RecreateItem> clusterItems(const Inventory &source)
{
    QList<RecreateItem> items;
    for (const auto &user : source.users) {
        const QString kind = user.isRole ? QStringLiteral("role") : QStringLiteral("user");
        items.append({kind,
                      user.name,
                      {},
                      QStringLiteral("CREATE %1 %2%3")
                          .arg(kind.toUpper(), sqlName(user.name), optionsOf(user))});
    }
    for (const auto &user : source.users) {
        for (const auto &role : user.memberOf) {
            QString statement =
                QStringLiteral("GRANT %1 TO %2").arg(sqlName(role), sqlName(user.name));
            if (user.adminOf.contains(role))
                statement += QStringLiteral(" WITH ADMIN OPTION");
            items.append({QStringLiteral("member"),
                          role + QStringLiteral(" → ") + user.name,
                          {},
                          statement});
        }
    }
    for (const auto &setting : source.settings) {
        items.append({QStringLiteral("setting"),
                      setting.name,
                      {},
                      QStringLiteral("SET CLUSTER SETTING %1 = %2")
                          .arg(setting.name, settingValue(setting))});
    }
    return items;
}

QList<RecreateItem> databaseItems(const DatabaseEntry &database)
{
    QList<RecreateItem> items;
    for (const auto &schema : database.schemas) {
        // EXPORT leaves out those without tables.
        if (!database.isTimeSeries && schema != QStringLiteral("public")) {
            items.append({QStringLiteral("schema"), database.name + u'.' + schema, database.name,
                          QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + sqlName(schema)});
        }
    }
    addSequences(database, items);
    addForeignKeys(database, items);
    addViewsAndComments(database, items);
    addGrants(database, items);
    addRetention(database, items);
    return items;
}

} // namespace kwup
