#include "core/kwdb/Parsers.h"
#include "core/transfer/RecreateItems.h"
#include "core/transfer/SqlText.h"
#include "tests/support/Transcript.h"

#include <QTest>

namespace kwup::test {

using namespace Qt::StringLiterals;

namespace {

const QString Export = u"kwdb-transcripts/17-export-import.txt"_s;

QStringList statements(const QList<RecreateItem> &items, const QString &kind)
{
    QStringList found;
    for (const auto &item : items) {
        if (item.kind == kind)
            found.append(item.statement);
    }
    return found;
}

DatabaseEntry shop()
{
    DatabaseEntry database;
    database.name = u"Shop"_s;
    const QByteArray csv =
        "schema_name,descriptor_type,descriptor_name,create_statement\n"
        "public,table,orders,\"CREATE TABLE orders (\n\tid INT4 NOT NULL,\n"
        "\tnr INT8 NULL DEFAULT nextval('nr':::STRING),\n"
        "\tCONSTRAINT \"\"primary\"\" PRIMARY KEY (id ASC),\n"
        "\tCONSTRAINT fk FOREIGN KEY (id) REFERENCES \"\"Kunden\"\"(id),\n"
        "\tFAMILY \"\"primary\"\" (id, nr)\n);\nCOMMENT ON TABLE orders IS 'it''s'\"\n"
        "archive,view,\"a\"\"b\",\"CREATE VIEW \"\"a\"\"\"\"b\"\" (id) AS SELECT id FROM orders\"\n"
        "public,sequence,nr,CREATE SEQUENCE nr MINVALUE 1 MAXVALUE 9 INCREMENT 1 START 1\n"
        "pg_catalog,view,x,CREATE VIEW x (a) AS SELECT 1\n";
    if (!inventory::readObjects(csv, database))
        qFatal("objects");
    return database;
}

} // namespace

class tst_Inventory final : public QObject {
    Q_OBJECT

private slots:
    void recordedDatabasesAreReadWithoutThoseOfTheSystem()
    {
        const auto found =
            inventory::readDatabases(transcriptEntry(Export, u"SHOW DATABASES"_s).out);
        QVERIFY(found);
        QCOMPARE(found->size(), 2);
        QCOMPARE(found->at(0).name, u"defaultdb"_s);
        QCOMPARE(found->at(1).name, u"shop"_s);
        QVERIFY(!found->at(1).isTimeSeries);
    }

    void recordedTablesThatTheCatalogLeavesOutAreAdded()
    {
        DatabaseEntry database;
        QVERIFY(inventory::readTables(transcriptEntry(Export, u"SHOW TABLES"_s).out, database));
        QCOMPARE(database.objects.size(), 3);
        QVERIFY(database.object(u"public"_s, u"v"_s)->kind == ObjectEntry::Kind::View);
        QCOMPARE(database.tables().size(), 2);
        QVERIFY(inventory::readTables(transcriptEntry(Export, u"SHOW TABLES"_s).out, database));
        QCOMPARE(database.objects.size(), 3);
    }

    void recordedUsersAreReadWithoutRootAndAdmin()
    {
        const auto users = inventory::readUsers(
            transcriptEntry(u"kwdb-transcripts/18-import.txt"_s, u"SHOW USERS"_s).out,
            "username,isRole,password\napp2,false,64\n", "role,member,isAdmin\n");
        QVERIFY(users);
        QCOMPARE(users->size(), 1);
        QCOMPARE(users->first().name, u"app2"_s);
        QVERIFY(users->first().hasPassword);
    }

    void aUserWithoutAPasswordHasNone_data()
    {
        QTest::addColumn<QByteArray>("length");
        QTest::newRow("null") << QByteArray("NULL");
        QTest::newRow("zero") << QByteArray("0");
        QTest::newRow("empty") << QByteArray("\"\"");
    }
    void aUserWithoutAPasswordHasNone()
    {
        QFETCH(QByteArray, length);
        const auto users = inventory::readUsers("username,options,member_of\nr,NOLOGIN,{}\n",
                                                "username,isRole,password\nr,true," + length + '\n',
                                                "role,member,isAdmin\nadmin,r,true\n");
        QVERIFY(users);
        QVERIFY(!users->first().hasPassword);
        QVERIFY(users->first().isRole);
        Inventory source;
        source.users = *users;
        const auto items = clusterItems(source);
        QCOMPARE(items.at(0).statement, u"CREATE ROLE \"r\" WITH NOLOGIN"_s);
        QCOMPARE(items.at(1).statement, u"GRANT \"admin\" TO \"r\" WITH ADMIN OPTION"_s);
    }

    void identityOfTheClusterIsNotASettingToCarry()
    {
        Inventory source;
        const auto settings =
            inventory::readSettings("name,value,valueType\ncluster.secret,x,s\nversion,\" \",m\n"
                                    "server.time_until_store_dead,2h0m0s,d\nsql.x,true,b\n");
        QVERIFY(settings);
        source.settings = *settings;
        QCOMPARE(statements(clusterItems(source), u"setting"_s),
                 QStringList({u"SET CLUSTER SETTING server.time_until_store_dead = '2h0m0s'"_s,
                              u"SET CLUSTER SETTING sql.x = true"_s}));
    }

    void whatAnExportDropsIsMadeAnewWithWholePathsAndQuotes()
    {
        DatabaseEntry database = shop();
        QCOMPARE(database.objects.size(), 3);
        database.objects[2].lastValue = 5;
        const auto items = databaseItems(database);
        QCOMPARE(statements(items, u"foreign-key"_s),
                 QStringList{u"ALTER TABLE \"Shop\".\"public\".\"orders\" ADD CONSTRAINT fk "
                             "FOREIGN KEY (id) REFERENCES \"Shop\".\"public\".\"Kunden\" (id)"_s});
        QCOMPARE(statements(items, u"view"_s),
                 QStringList{u"CREATE VIEW \"Shop\".\"archive\".\"a\"\"b\" (id) AS SELECT id "
                             "FROM orders"_s});
        QCOMPARE(statements(items, u"comment"_s),
                 QStringList{u"COMMENT ON TABLE \"Shop\".\"public\".orders IS 'it''s'"_s});
        QCOMPARE(statements(items, u"default"_s),
                 QStringList{u"ALTER TABLE \"Shop\".\"public\".\"orders\" ALTER COLUMN \"nr\" SET "
                             "DEFAULT nextval('nr':::STRING)"_s});
        QCOMPARE(statements(items, u"sequence"_s).value(1),
                 u"SELECT setval('\"Shop\".\"public\".\"nr\"', 5)"_s);
    }

    void aSequenceThatWasNeverUsedIsNotSet()
    {
        DatabaseEntry database = shop();
        database.objects[2].lastValue = 0;
        QCOMPARE(statements(databaseItems(database), u"sequence"_s).size(), 1);
    }

    void rightsOnADatabaseAreTakenOnceAndThoseOfASchemaApart()
    {
        DatabaseEntry database;
        database.name = u"d"_s;
        QVERIFY(inventory::readDatabaseGrants(
            "database_name,schema_name,grantee,privilege_type\n"
            "d,information_schema,root,ALL\nd,information_schema,app,CREATE\n"
            "d,public,app,CREATE\nd,s,app,CREATE\nd,s,app,ALL\n",
            database));
        QVERIFY(inventory::readObjectGrants(
            transcriptEntry(u"kwdb-transcripts/18-import.txt"_s, u"SHOW GRANTS"_s)
                .out.replace("schema_name", "table_schema"),
            database));
        QCOMPARE(statements(databaseItems(database), u"grant"_s),
                 QStringList({u"GRANT CREATE ON DATABASE \"d\" TO \"app\""_s,
                              u"GRANT ALL ON SCHEMA \"s\" TO \"app\""_s}));
    }

    void theRecordedDefinitionHasNoForeignKeyAndNoInterval()
    {
        const auto rows = parseCsv(transcriptEntry(Export, u"SHOW CREATE TABLE"_s).out);
        QVERIFY(rows);
        const QString create = rows->first()[u"create_statement"_s];
        QCOMPARE(definition::foreignKeys(create), QStringList());
        QVERIFY(!definition::hasPartitionInterval(create));
        QVERIFY(definition::hasPartitionInterval(u"CREATE TABLE t (\n) TAGS (\n)\n\tretentions "
                                                 "0s\n\tpartition interval 10d"_s));
        QVERIFY(!definition::hasPartitionInterval(
            u"CREATE TABLE t (\n)\n;\nCOMMENT ON TABLE t IS 'partition interval 1d'"_s));
    }

    void hiddenRowNumbersAreNoColumns()
    {
        DatabaseEntry database;
        QVERIFY(inventory::readObjects(
            "schema_name,descriptor_type,descriptor_name,create_statement\n"
            "public,table,t,\"CREATE TABLE t (\n\ta INT4 NULL,\n\tFAMILY \"\"primary\"\" (a, "
            "rowid)\n)\"\n",
            database));
        QVERIFY(inventory::readColumns(
            "table_schema,table_name,column_name\npublic,t,a\npublic,t,rowid\npublic,gone,b\n",
            database));
        QCOMPARE(database.objects.first().columns, QStringList{u"a"_s});
    }

    void damagedAnswersAreErrors()
    {
        DatabaseEntry database;
        QVERIFY(!inventory::readDatabases(""));
        QVERIFY(!inventory::readObjects("a,b\n1\n", database));
        QVERIFY(!inventory::readUsers("username\n", "", "role\n"));
        QVERIFY(!inventory::readSettings(""));
    }

    void namesAndTextsAreQuoted()
    {
        QCOMPARE(sqlName(u"a\"b"_s), u"\"a\"\"b\""_s);
        QCOMPARE(sqlPath({u"库"_s, u"s"_s}), u"\"库\".\"s\""_s);
        QCOMPARE(sqlText(u"it's"_s), u"'it''s'"_s);
    }
};

} // namespace kwup::test

QTEST_APPLESS_MAIN(kwup::test::tst_Inventory)
#include "tst_Inventory.moc"
