"""The rolling upgrade by bash and OpenSSH: it must work, or it is no baseline."""

import json
import tempfile
from pathlib import Path

from labcluster import LabTest, kwdb, settings

SCRIPT = settings.PROJECT / "tests/bench/rolling-by-hand"
LIMIT = 600


class RollingByHand(LabTest):
    def byHand(self, *options):
        archive = json.loads(settings.JSON.read_text())["archive221"]
        return self.lab.hub(SCRIPT, settings.JSON, archive, *options, timeout=LIMIT)

    def test_1_it_refuses_a_cluster_with_a_dead_node(self):
        self.lab.exec(2, "systemctl", "stop", "kaiwudb")
        self.lab.waitFor(lambda: not self.lab.isLive(2), 40, "node 2 is seen as gone")
        done = self.byHand()
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("not every node is live", done.stderr)
        self.assertEqual(self.lab.packageVersion(1), "2.2.0 install ok installed")
        self.lab.exec(2, "systemctl", "start", "kaiwudb")
        self.lab.waitFor(lambda: self.lab.isLive(2), 60, "node 2 is live again")

    def test_2_three_nodes_are_upgraded_one_after_the_other(self):
        with tempfile.TemporaryDirectory() as folder:
            times = Path(folder) / "times.json"
            done = self.byHand("--drain", 3, "--times", times)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            report = json.loads(times.read_text())
        print(done.stdout)
        self.assertEqual(report["target"], "2.2.1")
        steps = ["drain", "stop", "deploy.sh upgrade -l", "start", "gate"]
        for host in ("h1", "h2", "h3"):
            self.assertEqual([s["step"] for s in report["steps"] if s["host"] == host], steps)
        for index in (1, 2, 3):
            self.assertEqual(self.lab.packageVersion(index), "2.2.1 install ok installed")
        rows = self.lab.nodeStatus(2)
        self.assertTrue(kwdb.allLive(rows, 3))
        self.assertEqual({row["build"] for row in rows}, {"V2.2.1"})
        leftover = self.lab.exec(1, "sh", "-c", "ls -d /var/tmp/rolling-by-hand 2>/dev/null; true")
        self.assertEqual(leftover.stdout, "")


class FailingInstall(LabTest):
    def test_a_failed_package_installation_stops_the_run_before_the_next_node(self):
        self.lab.fault(1, "dpkg-fails-after-remove")
        archive = json.loads(settings.JSON.read_text())["archive221"]
        done = self.lab.hub(SCRIPT, settings.JSON, archive, "--plain-stop", timeout=LIMIT)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("FAILED: h1: deploy.sh upgrade -l", done.stderr)
        self.assertIn("Pipe create failed:", done.stderr)
        self.assertNotEqual(self.lab.packageVersion(1), "2.2.1 install ok installed")
        for index in (2, 3):
            self.assertEqual(self.lab.packageVersion(index), "2.2.0 install ok installed")
            self.assertEqual(self.lab.unit(index, "ActiveState"), {"ActiveState": "active"})
