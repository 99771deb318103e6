#!/usr/bin/python3 -B
"""Data of a 2.1.0 demo cluster moved to a new one by the console program: PROGRAM as the argument."""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest

DEMO = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "hosts", "demo")
PROGRAM = None
ACCEPT = ["--accept-warnings", "a test has no clients"]


class Transfer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="kwup-transfer-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.dir = cls.folder.name
        cls.addClassCleanup(subprocess.run, [os.path.join(DEMO, "scenario"), "down", cls.dir], check=False)
        subprocess.run([os.path.join(DEMO, "scenario"), "up", cls.scenario, cls.dir], check=True)
        cls.profile = os.path.join(cls.dir, "profile.yaml")

    def words(self, *more):
        return [PROGRAM, "--json", "--data-dir", os.path.join(self.dir, "data"),
                "--known-hosts", os.path.join(self.dir, "known_hosts"), *more]

    def call(self, *more):
        """(exit code, events) of the program."""
        done = subprocess.run(self.words(*more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        return done.returncode, events(done.stdout)

    def killed_in(self, step, *more):
        """Ends the program when it begins this step; the step's id, or None when it never came."""
        with subprocess.Popen(self.words(*more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as program:
            for line in program.stdout:
                event = json.loads(line)
                if event.get("event") == "step-started" and event["step"].startswith(step):
                    program.send_signal(signal.SIGKILL)
                    return event["step"]
        return None

    def inside(self, cluster, command):
        done = subprocess.run(
            [os.path.join(DEMO, "cluster"), "exec", "--dir", os.path.join(self.dir, cluster), "n1",
             "--", "bash", "-c", command],
            stdout=subprocess.PIPE, check=False)
        return done.stdout.decode()

    def sql(self, cluster, statement):
        with open(os.path.join(self.dir, cluster, "cluster.json"), encoding="utf-8") as f:
            facts = json.load(f)
        address = facts["hosts"][0]["address"]
        security = "--insecure" if facts["secure"] == "insecure" else "--certs-dir=/etc/kaiwudb/certs"
        quoted = statement.replace("'", "'\\''")
        return self.inside(cluster, f"/usr/local/kaiwudb/bin/kwbase sql --format=csv {security} "
                                    f"--host={address}:26257 -e '{quoted}' 2>&1")

    def fault(self, word, cluster, *more):
        subprocess.run([os.path.join(DEMO, "cluster"), word, "--dir", os.path.join(self.dir, cluster), "n1", *more],
                       stdout=subprocess.DEVNULL, check=True)

    def with_option(self, name, value):
        """A copy of the profile with one more option."""
        with open(self.profile, encoding="utf-8") as f:
            text = f.read()
        path = os.path.join(self.dir, name + ".yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text + f"  {name}: {value}\n")
        return path


class ExportImport(Transfer):
    scenario = "export-import"

    def test_1_a_database_that_exists_on_the_new_cluster_blocks(self):
        self.sql("new", 'CREATE DATABASE "HR"')
        code, found = self.call("--profile", self.profile, *ACCEPT, "check")
        self.sql("new", 'DROP DATABASE "HR" CASCADE')
        self.assertEqual(code, 1)
        check = [e for e in found if e.get("id") == "databases-to-move"][0]
        self.assertEqual(check["status"], "blocked")
        self.assertIn("HR", json.dumps(check))

    def test_2_an_export_directory_with_files_is_left_alone(self):
        self.inside("cluster", "mkdir -p /var/lib/kaiwudb/extern/mine && echo x > /var/lib/kaiwudb/extern/mine/f")
        profile = self.with_option("export-directory", "mine")
        code, found = self.call("--profile", profile, *ACCEPT, "run")
        self.assertEqual(code, 3, found[-3:])
        failed = [e for e in found if e.get("event") == "step-failed"]
        self.assertTrue(failed[0]["step"].startswith("export@"), failed)
        self.assertEqual(self.inside("cluster", "ls /var/lib/kaiwudb/extern/mine"), "f\n")
        self.assertNotIn("shop", self.sql("new", "SHOW DATABASES"))
        for cluster in ("cluster", "new"):  # the run could be resumed, so it keeps its locks
            self.assertIn("kwup", self.inside(cluster, "grep -l failed /var/tmp/kwup.lock"))
            self.inside(cluster, "rm -rf /var/tmp/kwup.lock /var/tmp/kwup-*")

    def test_3_everything_arrives_although_the_program_is_killed_again_and_again(self):
        step = self.killed_in("export@", "--profile", self.profile, *ACCEPT, "run")
        self.assertIsNotNone(step)
        for kind in ("transfer-files@", "import@", "recreate@", "compare@"):
            self.assertIsNotNone(self.killed_in(kind, "resume"), kind)
        code, found = self.call("resume")
        self.assertEqual(code, 0, found[-5:])
        self.assertIn(",300", "," + self.sql("new", "SELECT count(*) FROM shop.items").split()[1])
        for statement in (
                "SELECT id, customer, note, amount, at, state FROM shop.orders ORDER BY id",
                'SELECT * FROM shop."Order Lines"', 'SELECT * FROM shop."地区"',
                "SELECT id, total FROM shop.archive.orders_2024", 'SELECT * FROM "HR".notes',
                "SELECT * FROM shop.big_order_ids", 'SELECT * FROM "HR".names',
                "SELECT * FROM iot.sensor", "SELECT * FROM iot.meter",
                "SHOW GRANTS ON TABLE shop.orders", "SHOW GRANTS ON DATABASE shop",
                "SHOW CONSTRAINTS FROM shop.orders", 'SHOW CONSTRAINTS FROM "HR".staff',
                "SELECT last_value FROM shop.order_seq", "SHOW USERS",
                "SHOW CREATE TABLE shop.orders",
                "SHOW CLUSTER SETTING server.time_until_store_dead"):
            with self.subTest(statement):
                self.assertEqual(self.sql("new", statement), self.sql("cluster", statement))
        verdicts = [e for e in found if e.get("event") == "verdict"]
        for cluster in ("cluster", "new"):
            self.assertNotIn("kwup-", self.inside(cluster, "ls /var/lib/kaiwudb/extern /var/tmp"))
            self.assertEqual(self.inside(cluster, "cat /var/tmp/kwup.lock 2>/dev/null"), "")
        code, _ = self.call("--output", os.path.join(self.dir, "report"), "report")
        self.assertEqual(code, 0)
        with open(os.path.join(self.dir, "report.html"), encoding="utf-8") as f:
            page = f.read()
        self.assertRegex(page, re.escape("shop.public.orders") + r"</td><td>402</td><td>402<")
        self.assertIn("auditor", page)
        with open(os.path.join(self.dir, "report.json"), encoding="utf-8") as f:
            report = json.load(f)
        self.assertEqual(report["verdict"]["passwords"], ["app", "auditor"])
        self.assertTrue(report["verdict"]["ok"], verdicts)


class ToVersion31(Transfer):
    """A target that knows no PARTITION INTERVAL of tables, and an import that fails again and again."""

    scenario = "export-import-31"

    def fails_in(self, step, reason, *words):
        code, found = self.call(*words)
        self.assertEqual(code, 3, found[-3:])
        failed = [e for e in found if e.get("event") == "step-failed"][-1]
        self.assertEqual(failed["step"], step)
        self.assertRegex(failed["text"], reason)

    def test_an_import_that_fails_again_and_again_loses_nothing(self):
        self.fault("fault", "new", "import-stops", "1")
        self.fails_in("import@01-HR", "could not be imported", "--profile", self.profile, *ACCEPT, "run")
        self.fault("clear", "new", "import-stops")
        self.assertIsNotNone(self.killed_in("export@02-iot", "resume"))
        self.fault("fault", "new", "import-rejects", "1")
        self.fails_in("import@02-iot", "rejected|refused", "resume")
        self.fault("clear", "new", "import-rejects")
        self.assertIsNotNone(self.killed_in("export@03-shop", "resume"))
        self.fault("fault", "new", "import-stops", "10")
        self.fails_in("import@03-shop", "could not be imported", "resume")
        self.fault("clear", "new", "import-stops")
        # The definitions as a database has them that GBK clients have filled.
        gbk = self.inside("new", """cd /var/lib/kaiwudb/extern/kwup-*/ && tar -xzf 03-shop.tar.gz &&
            f=$(grep -rl 地区 03-shop --include=meta.sql | head -n 1) &&
            iconv -f UTF-8 -t GB18030 "$f" > m && cat m > "$f" && tar -czf 03-shop.tar.gz 03-shop && echo "$f" """)
        self.assertIn("meta.sql", gbk)
        code, found = self.call("resume")
        self.assertEqual(code, 0, found[-5:])
        said = json.dumps(found)
        self.assertIn("definitions_converted=1", said)
        self.assertNotIn("partition interval", self.sql("new", "SHOW CREATE TABLE iot.sensor").lower())
        for statement in ('SELECT * FROM "HR".notes', 'SELECT * FROM "HR".names', "SELECT * FROM iot.sensor",
                          "SELECT * FROM iot.meter", 'SELECT * FROM shop."地区"', "SHOW USERS",
                          "SELECT id, customer, note, amount, at, state FROM shop.orders ORDER BY id"):
            with self.subTest(statement):
                self.assertEqual(self.sql("new", statement), self.sql("cluster", statement))


def events(output):
    return [json.loads(line) for line in output.splitlines() if line.startswith(b"{")]


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    probe = subprocess.run([sys.executable, "-B", "-c", "from kwdemo import machine; print(machine.missing() or '')"],
                           cwd=DEMO, stdout=subprocess.PIPE, check=False)
    if probe.returncode or probe.stdout.strip() or not os.path.exists(PROGRAM):
        print("Skipped:", probe.stdout.decode().strip() or PROGRAM)
        sys.exit(77)
    unittest.main()
