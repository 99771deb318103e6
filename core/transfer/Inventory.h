#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <optional>

namespace kwup {

/// A right that a user has, other than those of admin and root, which every object has.
struct GrantEntry {
    enum class On { Database, Schema, Object };
    On on = On::Object;
    QString schema; ///< empty for a database
    QString object; ///< table, view or sequence; empty for a database or a schema
    QString grantee;
    QString privilege; ///< SELECT, ALL …
    bool operator==(const GrantEntry &) const = default;
};

/// A table, view or sequence of one database.
struct ObjectEntry {
    enum class Kind { Table, TimeSeries, View, Sequence };
    Kind kind = Kind::Table;
    QString schema;
    QString name;
    QString create; ///< the server's own CREATE statement; empty when it could not be read
    QStringList columns; ///< visible ones, in order
    std::optional<qint64> rows; ///< of tables; empty: not counted
    std::optional<qint64> lastValue; ///< of sequences

    bool isTable() const { return kind == Kind::Table || kind == Kind::TimeSeries; }
};
QString toString(ObjectEntry::Kind kind); ///< table, time-series, view, sequence

struct DatabaseEntry {
    QString name;
    bool isTimeSeries = false;
    QString create; ///< SHOW CREATE DATABASE
    QStringList schemas; ///< without those of the system
    QList<ObjectEntry> objects; ///< in the order in which they were created
    QList<GrantEntry> grants;

    const ObjectEntry *object(const QString &schema, const QString &name) const;
    QList<ObjectEntry> tables() const;
};

struct UserEntry {
    QString name;
    bool isRole = false;
    bool hasPassword = false;
    QStringList options; ///< CREATEROLE, NOLOGIN, VALID UNTIL=…
    QStringList memberOf;
    QStringList adminOf; ///< those of memberOf that it may give to others
};

struct SettingEntry {
    QString name;
    QString value;
    QString type; ///< s, i, f, b, d, z, e
};

/// What a cluster holds, as far as moving it to another one is concerned. A value.
struct Inventory {
    QStringList databaseNames; ///< all user databases
    QList<DatabaseEntry> databases; ///< those that were asked for, in full
    QList<UserEntry> users; ///< without admin and root
    QList<SettingEntry> settings; ///< that were changed and may be set on another cluster
    QStringList problems; ///< statements that were not answered; what they tell is not known

    const DatabaseEntry *database(const QString &name) const;
};

/// Statements and their answers in csv. Sources: kwdb-transcripts 17 and 18; the virtual tables are
/// those that SHOW CREATE and SHOW GRANTS read. Pure.
namespace inventory {

QString showDatabases();
QString users();
QString passwords();
QString roleMembers();
QString settings();
QString createDatabase(const QString &database);
QString objects(const QString &database);
QString tables(const QString &database); ///< of schema public, to see that objects() is complete
QString columns(const QString &database);
QString schemas(const QString &database);
QString databaseGrants(const QString &database);
QString objectGrants(const QString &database);
QString count(const QStringList &path);
QString lastValue(const QStringList &path);

/// User databases: name → whether it is for time series.
Result<QList<DatabaseEntry>> readDatabases(const QByteArray &csv);
Result<QList<UserEntry>> readUsers(const QByteArray &shown, const QByteArray &passwords,
                                   const QByteArray &members);
Result<QList<SettingEntry>> readSettings(const QByteArray &csv);
Result<void> readObjects(const QByteArray &csv, DatabaseEntry &database);
Result<void> readTables(const QByteArray &csv, DatabaseEntry &database);
Result<void> readColumns(const QByteArray &csv, DatabaseEntry &database);
Result<void> readSchemas(const QByteArray &csv, DatabaseEntry &database);
Result<void> readDatabaseGrants(const QByteArray &csv, DatabaseEntry &database);
Result<void> readObjectGrants(const QByteArray &csv, DatabaseEntry &database);

} // namespace inventory

/// Parts of a CREATE statement as the server writes it, one definition a line.
namespace definition {
QStringList foreignKeys(const QString &create); ///< CONSTRAINT … FOREIGN KEY … REFERENCES …
QStringList comments(const QString &create); ///< COMMENT ON …
bool hasPartitionInterval(const QString &create);
/// Columns whose default takes numbers from a sequence: column → the default's text.
QList<std::pair<QString, QString>> sequenceDefaults(const QString &create);
} // namespace definition

} // namespace kwup
