"""Running nodes upgraded by the vendor's own way (script-live) with kwdb-upgrade."""

import json

from consolerun import Console
from labcluster import LabTest, kwdb, settings

NODES = (1, 2, 3)
SETTING = "server.time_until_store_dead"


class Live(LabTest):
    """One story for the class: every test looks at a part of it."""

    setup = kwdb.Setup()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lab.sql(f"SET CLUSTER SETTING {SETTING} = '45m'")
        known = json.loads(settings.JSON.read_text())
        console = Console(
            cls.lab, method="script-live", options={"old-package": known["archive220"]}
        )
        cls.addClassCleanup(console.close)
        cls.done = console.run("run")

    def test_every_node_is_upgraded_by_the_branch_for_running_nodes(self):
        self.assertEqual(self.done.code, 0, self.done.story())
        kinds = {step.split("@")[0] for step in self.done.steps()}
        self.assertTrue({"upgrade-live", "gate"} <= kinds, kinds)
        self.assertFalse({"stop", "backup"} & kinds, kinds)
        nodes = self.lab.nodeStatus(1)
        self.assertEqual([row["build"] for row in nodes], ["V2.2.1"] * 3)
        self.assertTrue(kwdb.allLive(nodes, 3))

    def test_neither_mark_nor_argument_nor_setting_is_left(self):
        for index in NODES:
            environment = self.lab.exec(index, "cat", "/etc/kaiwudb/script/kaiwudb_env").stdout
            self.assertNotIn("upgrade-complete", environment)
            left = self.lab.exec(index, "sh", "-c", "ls -d /var/tmp/kwup* 2>/dev/null || true")
            self.assertEqual(left.stdout, "")
        marks = self.lab.sql("SELECT count(*) AS n FROM kwdb_internal.gossip_liveness WHERE upgrading")
        self.assertEqual(marks[0]["n"], "0")
        value = self.lab.sql(f"SHOW CLUSTER SETTING {SETTING}")[0][SETTING]
        self.assertEqual(value, "00:45:00")
