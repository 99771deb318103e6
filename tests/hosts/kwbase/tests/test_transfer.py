"""From an old cluster to a new one: what arrives, what is lost, what fails and how."""
import csv
import io
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402

_SEED = os.path.join(os.path.dirname(simcluster.KWBASE), "seed-data")


class Two(unittest.TestCase):
    """One old node with the seed, one new; what is exported is copied before it is imported."""

    @classmethod
    def setUpClass(cls):
        cls.old, cls.new = cls.fresh("V2.2.0"), cls.fresh("V2.2.1")
        command = [_SEED, "--hard", "--", simcluster.KWBASE, "sql", "--insecure",
                   f"--host={cls.old.address(0)}"]
        subprocess.run(command, env=cls.old.environment(0), check=True, capture_output=True)

    @classmethod
    def fresh(cls, version):
        sim = simcluster.Sim(count=1, scale=0.02, mode="start-single-node", version=version).up()
        cls.addClassCleanup(sim.close)
        return sim

    def setUp(self):
        """The new cluster is empty again, with no fault."""
        self.copies = 0
        for name in os.listdir(os.path.join(self.new.etc(0), "fault")):
            self.new.heal(0, name)
        statements = [f'DROP DATABASE IF EXISTS "{n}" CASCADE'
                      for n in ("shop", "HR", "iot", "billing", "odd-name", "empty")]
        statements += [f"DROP USER IF EXISTS {n}" for n in ("app", "auditor", "readers")]
        self.assertEqual(self.sql(self.new, *statements)[1], "")

    @staticmethod
    def extern(sim, *names):
        return os.path.join(sim.store(0), "extern", *names)

    def sql(self, sim, *statements):
        words = [w for s in statements for w in ("-e", s)]
        return sim.run("sql", "--format=csv", *words)

    def rows(self, sim, statement):
        out, err, rc = self.sql(sim, statement)
        self.assertEqual((err, rc), ("", 0), statement)
        return list(csv.reader(io.StringIO(out)))[1:]

    def fails(self, sim, statement, *texts):
        out, err, rc = self.sql(sim, statement)
        self.assertEqual((out, rc), ("", 1), statement)
        for text in texts:
            self.assertIn(text, err)

    def export(self, what, options="", folder=None):
        self.copies += 1
        folder = folder or f"{self.id().rsplit('.', 1)[1]}-{self.copies}"
        answer = self.sql(self.old, f"EXPORT INTO CSV 'nodelocal://1/{folder}' FROM {what} "
                                    f"{options}")
        self.assertEqual(answer[2], 0, answer[1])
        return folder, answer

    def carry(self, folder, sim=None):
        shutil.copytree(self.extern(self.old, folder), self.extern(sim or self.new, folder))

    def move(self, database, options=""):
        folder, _ = self.export(f"DATABASE {database}", options)
        self.carry(folder)
        return self.rows(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}') {options}")

    # -- what arrives ------------------------------------------------------------------------

    def tables(self, sim, database):
        return [f"{database}.{schema}.\"{name}\"" for schema, name in self.rows(
            sim, "SELECT table_schema, table_name FROM "
                 f"{database}.information_schema.tables WHERE table_type = 'BASE TABLE'")]

    def test_every_row_arrives_unchanged(self):
        for database in ("shop", '"HR"'):
            result, = self.move(database)
            tables = self.tables(self.old, database)
            self.assertEqual(sorted(self.tables(self.new, database)), sorted(tables))
            total = 0
            for table in tables:
                for statement in (f"SELECT count(*) FROM {table}", f"SELECT * FROM {table}",
                                  f"SELECT fingerprint FROM [SHOW EXPERIMENTAL_FINGERPRINTS FROM "
                                  f"TABLE {table}] WHERE index_name = 'primary'"):
                    rows = self.rows(self.old, statement)
                    self.assertEqual(sorted(self.rows(self.new, statement)), sorted(rows), table)
                total += int(self.rows(self.old, f"SELECT count(*) FROM {table}")[0][0])
            self.assertEqual(result[1:], ["succeeded", "1", str(total), "0", "0", "None"])

    def test_a_changed_value_changes_the_fingerprint(self):
        self.move("shop")
        statement = "SHOW EXPERIMENTAL_FINGERPRINTS FROM TABLE shop.items"
        before = self.rows(self.new, statement)
        self.sql(self.new, "UPDATE shop.items SET sku = 'x' WHERE id = 7")
        after = self.rows(self.new, statement)
        self.assertEqual([r[0] for r in before], [r[0] for r in after])
        self.assertNotEqual(before[0], after[0])

    def test_time_series_arrive_with_their_own_answers(self):
        folder, answer = self.export("DATABASE iot")
        self.assertEqual(answer[0], "result\nsucceed\n")
        self.carry(folder)
        with open(self.extern(self.new, folder, "meta.sql"), encoding="utf-8") as f:
            meta = f.read()
        self.assertTrue(meta.startswith("CREATE TS DATABASE iot;\nCREATE TABLE sensor (\n"))
        self.assertIn("PRIMARY TAGS(device)\n\tretentions 864000s\n\tactivetime 2h\n"
                      "\tpartition interval 5d;\n", meta)
        self.assertEqual(self.rows(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')"),
                         [["-", "succeeded", "1", "80", "0", "0", "None"]])
        for statement in ("SELECT count(*), sum(temperature), min(ts) FROM iot.sensor",
                          "SHOW TABLES FROM iot", "SHOW CREATE TABLE iot.sensor"):
            self.assertEqual(self.rows(self.new, statement), self.rows(self.old, statement))
        # The partition interval of the database itself is not exported.
        self.assertIn("5d", self.rows(self.old, "SHOW CREATE DATABASE iot")[0][1])
        self.assertIn("10d", self.rows(self.new, "SHOW CREATE DATABASE iot")[0][1])
        self.sql(self.new, "ALTER TS DATABASE iot SET RETENTIONS = 30d",
                 "ALTER TS DATABASE iot SET PARTITION INTERVAL = 5d")
        self.assertEqual(self.rows(self.new, "SHOW CREATE DATABASE iot"),
                         self.rows(self.old, "SHOW CREATE DATABASE iot"))
        self.fails(self.new, "SHOW EXPERIMENTAL_FINGERPRINTS FROM TABLE iot.sensor",
                   "show fingerprints is not supported in timeseries table")

    # -- what is lost ------------------------------------------------------------------------

    def test_keys_views_sequences_comments_and_grants_are_lost_and_can_be_made_again(self):
        self.move("shop")
        kinds = {r[1] for r in self.rows(self.new, "SHOW TABLES FROM shop")}
        self.assertEqual(kinds, {"BASE TABLE"})
        self.assertEqual(self.rows(self.new, "SHOW SEQUENCES FROM shop"), [])
        self.assertNotIn("FOREIGN KEY", str(self.rows(self.new, "SHOW CONSTRAINTS FROM shop.items")))
        self.assertNotIn("COMMENT", self.rows(self.new, "SHOW CREATE TABLE shop.orders")[0][1])
        made = "SELECT descriptor_type, create_statement, alter_statements FROM " \
               "shop.kwdb_internal.create_statements"
        for kind, create, alter in self.rows(self.old, made):
            if kind != "table":
                self.assertEqual(self.new.run("sql", "-d", "shop", "-e", create)[1], "")
            for statement in [a for a in alter[1:-1].split(",ALTER") if a]:
                statement = statement if statement.startswith("ALTER") else "ALTER" + statement
                self.assertEqual(self.new.run("sql", "-d", "shop", "-e", statement)[1], "")
        for statement in ("SHOW TABLES FROM shop", "SHOW CONSTRAINTS FROM shop.items",
                          "SELECT count(*) FROM shop.big_order_ids",
                          "SHOW CREATE shop.big_orders", "SHOW CREATE SEQUENCE shop.order_seq"):
            self.assertEqual(self.rows(self.new, statement), self.rows(self.old, statement))

    def test_privileges_travel_when_asked_for_and_the_users_are_there(self):
        folder, _ = self.export("DATABASE shop", "WITH privileges")
        self.carry(folder)
        take = f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}') WITH privileges"
        self.fails(self.new, take, "user or role app does not exist")
        self.assertEqual(self.rows(self.new, "SELECT count(*) FROM [SHOW DATABASES] WHERE "
                                             "database_name = 'shop'"), [["0"]])
        self.sql(self.new, "CREATE USER app", "CREATE ROLE readers")
        self.rows(self.new, take)
        for statement in ("SHOW GRANTS ON TABLE shop.orders", "SHOW GRANTS ON DATABASE shop"):
            self.assertEqual(self.rows(self.new, statement), self.rows(self.old, statement))
        folder, _ = self.export('DATABASE "HR"', "WITH privileges")
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}') "
                             "WITH privileges", "NO GRANT statement in the SQL file")

    def test_users_and_settings_travel_in_files_of_their_own(self):
        self.sql(self.old, 'DROP USER IF EXISTS "ops-team"')
        self.rows(self.old, "EXPORT USERS TO SQL 'nodelocal://1/people'")
        self.rows(self.old, "EXPORT CLUSTER SETTING TO SQL 'nodelocal://1/set'")
        for folder in ("people", "set"):
            self.carry(folder)
        answer = self.rows(self.new, "IMPORT USERS SQL DATA ('nodelocal://1/people/users.sql')")
        self.assertEqual(answer, [["-", "succeeded", "4"]])
        self.assertEqual(self.rows(self.new, "SHOW USERS"), self.rows(self.old, "SHOW USERS"))
        self.fails(self.new, "IMPORT USERS SQL DATA ('nodelocal://1/people/users.sql')",
                   "import_users: a role/user named app already exists")
        self.rows(self.new, "IMPORT CLUSTER SETTING SQL DATA "
                            "('nodelocal://1/set/clustersetting.sql')")
        shown = "SHOW CLUSTER SETTING server.shutdown.query_wait"
        self.assertEqual(self.rows(self.new, shown), self.rows(self.old, shown))
        self.sql(self.old, 'CREATE USER "ops-team"')

    # -- what fails --------------------------------------------------------------------------

    def test_names_that_the_export_does_not_quote_cannot_be_imported(self):
        folder, _ = self.export('DATABASE "odd-name"')
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')",
                   'at or near "-": syntax error')

    def test_a_default_from_a_sequence_and_an_empty_database_cannot_be_imported(self):
        folder, _ = self.export("DATABASE billing")
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')",
                   'import-create-table: relation "billing.invoice_seq" does not exist')
        self.assertNotIn("billing", str(self.rows(self.new, "SHOW DATABASES")))
        meta = self.extern(self.new, folder, "public", "invoices", "meta.sql")
        with open(meta, encoding="utf-8") as f:
            text = f.read()
        with open(meta, "w", encoding="utf-8") as f:
            f.write(text.replace(" DEFAULT nextval('billing.invoice_seq':::STRING)", ""))
        self.rows(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')")
        for statement in (self.rows(self.old, "SHOW CREATE SEQUENCE billing.invoice_seq")[0][1],
                          "SELECT setval('billing.invoice_seq', 2)",
                          "ALTER TABLE billing.invoices ALTER COLUMN id SET DEFAULT "
                          "nextval('billing.invoice_seq':::STRING)",
                          "INSERT INTO billing.invoices (amount) VALUES (30)"):
            self.assertEqual(self.new.run("sql", "-d", "billing", "-e", statement)[1:], ("", 0))
        self.assertEqual(self.rows(self.new, "SELECT * FROM billing.invoices WHERE id = 3"),
                         [["3", "30.00"]])
        self.assertEqual(self.rows(self.new, "SHOW CREATE TABLE billing.invoices"),
                         self.rows(self.old, "SHOW CREATE TABLE billing.invoices"))
        folder, _ = self.export("DATABASE empty")
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')",
                   "cannot import an empty database")

    def test_a_folder_exported_into_twice_doubles_what_has_no_key(self):
        folder, _ = self.export('DATABASE "HR"')
        self.export('DATABASE "HR"', folder=folder)
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')",
                   "duplicate key")
        folder, _ = self.export('TABLE "HR".notes')
        self.export('TABLE "HR".notes', folder=folder)
        self.carry(folder)
        base = f"nodelocal://1/{folder}"
        self.assertEqual(self.rows(self.new, f"IMPORT TABLE CREATE USING '{base}/meta.sql' CSV "
                                             f"DATA ('{base}/n1.0.csv')")[0][3], "6")

    def test_definitions_in_gbk_are_refused(self):
        folder, _ = self.export("DATABASE shop", "WITH charset = 'GBK'")
        with open(self.extern(self.old, folder, "public", "customers", "n1.0.csv"), "rb") as f:
            self.assertTrue(f.read().startswith("1,客户1,".encode("gbk")))
        self.carry(folder)
        meta = self.extern(self.new, folder, "public", "地区", "meta.sql")
        with open(meta, encoding="utf-8") as f:
            text = f.read()
        with open(meta, "wb") as f:
            f.write(text.encode("gbk"))
        take = f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}') WITH charset = 'GBK'"
        self.fails(self.new, take, "invalid UTF-8 byte sequence")
        with open(meta, "w", encoding="utf-8") as f:
            f.write(text)
        self.rows(self.new, take)
        self.assertEqual(self.rows(self.new, "SELECT name FROM shop.customers WHERE id = 1"),
                         [["客户1"]])

    def test_a_target_of_3_1_refuses_the_partition_interval_of_tables(self):
        new = self.fresh("V3.1.0")
        folder, _ = self.export("DATABASE iot")
        self.carry(folder, new)
        take = f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')"
        self.fails(new, take, 'at or near "partition": syntax error')
        self.sql(new, "DROP DATABASE IF EXISTS iot CASCADE")
        meta = self.extern(new, folder, "meta.sql")
        with open(meta, encoding="utf-8") as f:
            kept = [line for line in f if not line.startswith("\tpartition interval")]
        with open(meta, "w", encoding="utf-8") as f:
            f.write("".join(kept).replace("activetime 2h\n", "activetime 2h;\n")
                    .replace("activetime 1d\n", "activetime 1d;\n"))
        self.assertEqual(self.rows(new, take)[0][1:4], ["succeeded", "1", "80"])

    # -- faults ------------------------------------------------------------------------------

    def test_a_full_disk_leaves_tables_out_of_an_export_that_succeeds(self):
        self.old.fault(0, "export-disk-full", 3000)
        self.addCleanup(self.old.heal, 0, "export-disk-full")
        folder, (out, err, rc) = self.export("DATABASE shop")
        self.assertEqual(rc, 0)
        self.assertIn("TABLE shop.public.customers,40,1,1\n", out)
        self.assertNotIn("TABLE shop.public.orders,", out)
        self.assertIn("NOTICE: write ", err)
        self.assertIn("no space left on device\n", err)
        self.fails(self.old, f"EXPORT INTO CSV 'nodelocal://1/{folder}x' FROM TABLE shop.orders",
                   "no space left on device")
        _, (out, _, rc) = self.export("DATABASE iot")
        self.assertEqual((out, rc), ("result\nfail\n", 0))

    def test_a_stopped_import_is_rolled_back_but_not_that_of_time_series(self):
        self.new.fault(0, "import-stops", 50)
        for database, left in (("shop", False), ("iot", True)):
            folder, _ = self.export(f"DATABASE {database}")
            self.carry(folder)
            self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')",
                       "job canceled by user")
            self.assertEqual(database in str(self.rows(self.new, "SHOW DATABASES")), left)
        self.assertEqual(self.rows(self.new, "SELECT count(*) FROM iot.sensor"), [["50"]])
        jobs = self.rows(self.new, "SELECT status FROM [SHOW JOBS] WHERE job_type = 'IMPORT' "
                                   "AND error = 'job canceled by user'")
        self.assertEqual(jobs, [["failed"], ["failed"]])

    def test_rejected_rows_are_counted_for_time_series_and_fatal_for_tables(self):
        self.new.fault(0, "import-rejects", 3)
        folder, _ = self.export("DATABASE iot")
        self.carry(folder)
        answer = self.rows(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')")
        self.assertEqual(answer, [["-", "succeeded", "1", "77", "0", "3",
                                   "There is a REJECT FILE, please read and resolve it"]])
        with open(self.extern(self.new, folder, "public", "sensor", "reject.txt"),
                  encoding="utf-8") as f:
            self.assertEqual(len(f.read().splitlines()), 6)
        folder, _ = self.export("DATABASE shop")
        self.carry(folder)
        self.fails(self.new, f"IMPORT DATABASE CSV DATA ('nodelocal://1/{folder}')", ": row 1: ")


if __name__ == "__main__":
    unittest.main()
