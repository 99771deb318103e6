"""A single-replica cluster by kwdb-upgrade: a failure taken back, the upgrade, and back to the old version."""

import json

from consolerun import Console
from labcluster import LabTest, kwdb, settings

NODES = (1, 2, 3)
STATE = (
    "find /etc/kaiwudb -type f | sort | xargs stat -c '%n %a %U:%G' ; "
    "md5sum /etc/kaiwudb/info/MODE /etc/kaiwudb/certs/*"
)


class WholeCluster(LabTest):
    """One story for the class, in three runs: every test looks at one of them."""

    setup = kwdb.Setup(topology="single-replica")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lab.sql("CREATE DATABASE books")
        cls.lab.sql("CREATE TABLE books.t (a INT PRIMARY KEY)")
        cls.lab.sql("INSERT INTO books.t VALUES (1), (2)")
        known = json.loads(settings.JSON.read_text())
        options = {"old-package": known["archive220"]}
        console = Console(cls.lab, "cold-copy", options=options)
        cls.addClassCleanup(console.close)
        cls.settings = [cls.sh(index, STATE) for index in NODES]
        cls.lab.fault(3, "deploy-fails-hanging")
        cls.failed = console.run("run", "--on-failure", "go-back")
        cls.afterFailure = cls.picture()
        cls.lab.clear(3)
        cls.upgraded = console.run("run")
        cls.afterUpgrade = cls.picture()
        cls.lab.sql("INSERT INTO books.t VALUES (3)")
        run = cls.upgraded.all("plan")[0]["runId"]
        console.profile("refused", package=None)
        cls.restored = console.run("restore", "--run", run, "--package", known["archive220"])
        cls.afterRestore = cls.picture()

    @classmethod
    def sh(cls, index, script):
        return cls.lab.exec(index, "sh", "-c", script).stdout

    @classmethod
    def picture(cls):
        """Packages, builds, rows of the table, what the program has left: after each run."""
        return {
            "packages": {cls.lab.packageVersion(index) for index in NODES},
            "builds": sorted(row["build"] for row in cls.lab.nodeStatus(1)),
            "live": kwdb.allLive(cls.lab.nodeStatus(1), len(NODES)),
            "rows": cls.lab.sql("SELECT count(*) AS n FROM books.t")[0]["n"],
            "left": {cls.sh(index, "ls -d /var/tmp/kwup* 2>/dev/null || true") for index in NODES},
        }

    def shown(self, version, rows):
        return {
            "packages": {version + " install ok installed"},
            "builds": ["V" + version] * len(NODES),
            "live": True,
            "rows": rows,
            "left": {""},
        }

    def test_a_failure_at_one_node_puts_the_old_packages_back_on_all(self):
        self.assertEqual(self.failed.code, 3, self.failed.story())
        self.assertIn("deploy-script-failed", self.failed.codes())
        self.assertIn("put-back@" + settings.address(3), self.failed.steps())
        self.assertEqual(self.afterFailure, self.shown("2.2.0", "2"))

    def test_then_the_upgrade_stops_all_nodes_before_it_touches_one(self):
        self.assertEqual(self.upgraded.code, 0, self.upgraded.story())
        kinds = [step.split("@")[0] for step in self.upgraded.steps() if "@" in step]
        places = [kinds.index(kind) for kind in ("stop", "verify-down", "backup", "upgrade")]
        self.assertEqual(places, sorted(places))
        self.assertEqual(self.afterUpgrade, self.shown("2.2.1", "2"))

    def test_the_cold_copies_bring_version_data_and_configuration_back(self):
        self.assertEqual(self.restored.code, 0, self.restored.story())
        self.assertEqual(self.afterRestore, self.shown("2.2.0", "2"))
        self.assertEqual([self.sh(index, STATE) for index in NODES], self.settings)
        for index in NODES:
            kept = self.sh(index, "ls -d /var/lib/kaiwudb.kwup-*")
            self.assertEqual(len(kept.split()), 1, kept)
