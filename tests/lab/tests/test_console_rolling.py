"""A whole rolling upgrade of three nodes by kwdb-upgrade, secure, with a cold copy; clients go on."""

import json
import subprocess

from consolerun import Console
from labcluster import LabTest, kwdb, settings

SETTING = "server.time_until_store_dead"
CLIENT = settings.PROJECT / "tests/lab/tests/sqlclient.py"
GAP = 5.0  # seconds; without the drain it is 9 to 17


class RollingUpgrade(LabTest):
    """One run for the class; every test looks at another side of what it left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.console = Console(cls.lab, backup="cold-copy")
        cls.addClassCleanup(cls.console.close)
        cls.lab.sql("SET CLUSTER SETTING %s = '47m'" % SETTING)
        servers = ["%s:26257" % settings.address(i) for i in (2, 3, 1)]
        client = cls.lab.start(
            CLIENT,
            settings.KEYS / "certs",
            *servers,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            if client.stdout.readline() != "ready\n":
                raise AssertionError(client.communicate()[1])
            cls.program = cls.console.run("run")
        finally:
            out, cls.clientErrors = client.communicate("", timeout=30)
        cls.client = json.loads(out.splitlines()[-1])
        print("\nwall time %.1f s; client: %s" % (cls.program.seconds, cls.client))

    def test_it_ends_with_0_and_says_so(self):
        self.assertEqual(self.program.code, 0, self.program.story())
        self.assertEqual(self.program.all("result"), [{"event": "result", "exitCode": 0}])

    def test_packages_version_file_binary_and_service_are_new_on_every_host(self):
        for index in (1, 2, 3):
            for package in ("kaiwudb-server", "kaiwudb-libcommon"):
                self.assertEqual(
                    self.lab.packageVersion(index, package), "2.2.1 install ok installed"
                )
            version = self.lab.exec(index, "head", "-n1", "/etc/kaiwudb/info/.version").stdout
            self.assertEqual(version, "2.2.1\n")
            binary = self.lab.exec(index, "/usr/local/kaiwudb/bin/kwbase", "version").stdout
            self.assertIn("V2.2.1", binary)
            self.assertEqual(
                self.lab.unit(index, "ActiveState", "Result", "NeedDaemonReload"),
                {"ActiveState": "active", "Result": "success", "NeedDaemonReload": "no"},
            )

    def test_all_nodes_are_live_with_the_new_build_from_every_view(self):
        for index in (1, 2, 3):
            rows = self.lab.nodeStatus(index)
            self.assertTrue(kwdb.allLive(rows, 3), rows)
            self.assertEqual({row["build"] for row in rows}, {"V2.2.1"})

    def test_the_setting_has_the_operators_value_again(self):
        self.assertEqual(self.lab.sql("SHOW CLUSTER SETTING " + SETTING)[0][SETTING], "00:47:00")

    def test_no_staging_directory_lock_or_job_unit_is_left(self):
        for index in (1, 2, 3):
            left = self.lab.exec(
                index, "sh", "-c", "ls -Ad /var/tmp/kwup* /var/tmp/.kwup*; true"
            ).stdout
            self.assertEqual(left, "")
            units = self.lab.exec(index, "systemctl", "list-units", "--all", "--plain", "kwup*")
            self.assertIn("0 loaded units", units.stdout)

    def test_every_host_has_one_whole_cold_copy(self):
        for index in (1, 2, 3):
            folders = self.lab.exec(index, "ls", "/backup").stdout.split()
            self.assertEqual(len(folders), 1, folders)
            check = "cd /backup/%s && sha256sum -c --quiet SHA256SUMS && tar -tf kaiwudb.tar"
            listed = self.lab.exec(index, "sh", "-c", check % folders[0]).stdout
            for part in ("etc/kaiwudb/info/MODE", "etc/kaiwudb/certs/ca.crt", "000001.log"):
                self.assertIn(part, listed)
            mode = self.lab.exec(index, "stat", "-c", "%a", "/backup/" + folders[0]).stdout
            self.assertEqual(mode, "700\n")

    def test_each_node_was_stopped_and_started_once_and_one_after_the_other(self):
        order = [s for s in self.program.steps() if s.split("@")[0] in ("stop", "start", "gate")]
        hosts = [s.split("@")[1] for s in order[::3]]
        self.assertEqual(len(set(hosts)), 3)
        self.assertEqual(
            order, [step + host for host in hosts for step in ("stop@", "start@", "gate@")]
        )
        for index in (1, 2, 3):
            journal = self.lab.exec(index, "journalctl", "-u", "kaiwudb", "-o", "cat").stdout
            self.assertEqual(journal.count("Started kaiwudb.service"), 2, journal)  # 1: the lab

    def test_reports_are_written_and_agree(self):
        report = self.program.all("report")[0]
        page = open(report["html"], encoding="utf-8").read()
        data = json.loads(open(report["json"], encoding="utf-8").read())
        for index in (1, 2, 3):
            self.assertIn(settings.address(index), page)
        self.assertIn("2.2.1", json.dumps(data))
        self.assertNotIn("PRIVATE KEY", page + json.dumps(data))

    def test_clients_of_several_nodes_hardly_notice(self):
        self.assertGreater(self.client["statements"], 200)
        self.assertLess(self.client["longestGap"], GAP, self.clientErrors)
