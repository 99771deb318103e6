"""Servers built from source upgraded by kwdb-upgrade: started by hand and by a unit of real systemd."""

import json

from consolerun import Console
from labcluster import LabTest, kwdb, settings

KINDS = ("source", "source-unit")
BY_HAND, BY_UNIT = range(1, len(KINDS) + 1)
RUNS = r"""
pid=$(pgrep -x kwbase | head -n 1)
tr '\0' ' ' < /proc/$pid/cmdline; echo
readlink /proc/$pid/cwd /proc/$pid/exe
grep -E '^(Uid|Gid|Groups|Umask)' /proc/$pid/status
tr '\0' '\n' < /proc/$pid/environ | grep -E '^(LD_LIBRARY_PATH|KWBASE|HOME|USER|PATH)' | sort
grep -E 'open files|core file|processes' /proc/$pid/limits
"""


class Source(LabTest):
    hosts = len(KINDS)
    setup = kwdb.Setup(topology="single", deployments=KINDS)

    def sh(self, index, script):
        return self.lab.exec(index, "sh", "-c", script).stdout

    def console(self, index, artifact):
        console = Console(self.lab, "cold-copy", [index])
        self.addCleanup(console.close)
        known = json.loads(settings.JSON.read_text())
        file = console.folder / "profile.yaml"
        file.write_text(file.read_text().replace(known["archive221"], known[artifact]))
        return console

    def waitBuild(self, index, build):
        live = lambda: (rows := self.lab.nodeStatus(index)) and kwdb.allLive(rows, 1) and rows[0]
        row = self.lab.waitFor(live, 60, "the node of host %d is live" % index)
        self.assertEqual(row["build"], build)

    def upgrade(self, index, artifact):
        before = self.sh(index, RUNS)
        done = self.console(index, artifact).run("run")
        self.assertEqual(done.code, 0, done.story())
        self.waitBuild(index, "V2.2.1")
        self.assertEqual(self.sh(index, RUNS), before)
        kept = self.sh(index, "ls -d /home/*/src/gitee.com/kwbasedb/install.old-*/bin/kwbase")
        self.assertIn("install.old-", kept)
        self.assertEqual(self.sh(index, "ls -d /var/tmp/kwup* 2>/dev/null || true"), "")
        owners = "find /home/*/src/gitee.com/kwbasedb/install -user root | head -n 3"
        self.assertEqual(self.sh(index, owners), "")

    def test_a_tree_is_built_and_the_server_started_by_hand_as_before(self):
        self.upgrade(BY_HAND, "source221")

    def test_the_unit_starts_the_finished_build(self):
        self.upgrade(BY_UNIT, "built221")
        unit = "systemctl show kwbase -p MainPID -p ActiveState -p SubState"
        shown = self.sh(BY_UNIT, unit)
        self.assertIn("ActiveState=active", shown)
        pid = self.sh(BY_UNIT, "pgrep -x kwbase").strip()
        self.assertIn("MainPID=%s\n" % pid, shown)
