"""KWDB on the hosts: packages, unit, cluster, and what a stop leaves behind."""

from labcluster import LabTest, kwdb, settings

# Stops the way that lets clients notice nothing: one signal to the main process, then the unit.
DRAIN = (
    "sudo systemctl kill -s TERM --kill-who=main kaiwudb; for i in $(seq 300); do "
    "[ $(systemctl show kaiwudb -p MainPID --value) = 0 ] && break; sleep .1; done"
)
STATE = ("ActiveState", "SubState", "Result", "MainPID", "ExecMainStatus", "NRestarts")


class SingleNode(LabTest):
    hosts = 1
    setup = kwdb.Setup(topology="single")

    def setUp(self):
        self.lab.exec(1, "systemctl", "reset-failed", "kaiwudb", check=False)
        self.lab.exec(1, "systemctl", "start", "kaiwudb")
        self.lab.waitFor(lambda: self.lab.isLive(1), 60, "the node is live")

    def journal(self):
        return self.lab.ssh(1, "sudo journalctl -u kaiwudb --no-pager -n 9 -o cat").stdout

    def test_a_plain_stop_is_a_hard_shutdown_and_leaves_the_unit_inactive(self):
        done = self.lab.ssh(1, "sudo systemctl stop kaiwudb")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertIn("initiating graceful shutdown of server", self.journal())
        self.assertEqual(self.lab.ssh(1, "systemctl is-active kaiwudb").stdout, "inactive\n")
        self.assertEqual(
            self.lab.unit(1, *STATE),
            {
                "ActiveState": "inactive",
                "SubState": "dead",
                "Result": "success",
                "MainPID": "0",
                "ExecMainStatus": "0",
                "NRestarts": "0",
            },
        )

    def test_a_stop_by_one_signal_reads_as_failed_although_the_server_ended_well(self):
        self.lab.ssh(1, DRAIN)
        unit = self.lab.unit(1, *STATE)
        self.assertEqual((unit["ActiveState"], unit["Result"]), ("failed", "exit-code"))
        self.assertEqual((unit["MainPID"], unit["ExecMainStatus"]), ("0", "0"))
        self.assertIn("Control process exited, code=exited, status=1/FAILURE", self.journal())
        status = self.lab.ssh(1, "systemctl status kaiwudb --no-pager -n 5")
        self.assertEqual(status.returncode, 3)
        self.assertRegex(
            status.stdout, r"ExecStop=/bin/kill \$MAINPID \(code=exited, status=1/FAIL"
        )
        self.assertEqual(self.lab.ssh(1, "sudo systemctl stop kaiwudb").returncode, 0)
        self.assertEqual(self.lab.ssh(1, "systemctl is-active kaiwudb").stdout, "failed\n")

    def test_a_reboot_does_not_bring_the_node_back(self):
        self.assertEqual(self.lab.ssh(1, "systemctl is-enabled kaiwudb").stdout, "disabled\n")
        self.lab.fault(1, "reset")
        self.assertEqual(self.lab.ssh(1, "systemctl is-active kaiwudb").stdout, "inactive\n")


class Cluster(LabTest):
    def test_the_packages_are_in_the_database_and_the_unit_runs_as_kaiwudb(self):
        for index in (1, 2, 3):
            for package in ("kaiwudb-server", "kaiwudb-libcommon"):
                self.assertEqual(
                    self.lab.packageVersion(index, package), "2.2.0 install ok installed"
                )
            unit = self.lab.unit(
                index, "ActiveState", "User", "UnitFileState", "NeedDaemonReload", "MainPID"
            )
            pid = unit.pop("MainPID")
            expected = {
                "ActiveState": "active",
                "User": "kaiwudb",
                "UnitFileState": "disabled",
                "NeedDaemonReload": "no",
            }
            self.assertEqual(unit, expected)
            owner = self.lab.exec(index, "stat", "-c", "%U", "/proc/" + pid).stdout
            self.assertEqual(owner, "kaiwudb\n")

    def test_every_node_sees_the_same_three_live_nodes_of_one_build(self):
        views = [self.lab.nodeStatus(index) for index in (1, 2, 3)]
        for rows in views:
            self.assertEqual(
                sorted((row["address"], row["build"]) for row in rows),
                [(settings.address(i) + ":26257", "V2.2.0") for i in (1, 2, 3)],
            )
            self.assertTrue(kwdb.allLive(rows, 3))
            self.assertEqual(len({row["id"] for row in rows}), 3)

    def test_the_others_notice_a_power_loss_and_the_node_comes_back_when_started(self):
        self.lab.fault(3, "crash")
        gone = lambda: (row := self.lab.node(3)) and row["is_live"] == "false"  # noqa: E731
        self.lab.waitFor(gone, 40, "node 3 is seen as gone")
        self.assertTrue(self.lab.isLive(2))
        self.lab.fault(3, "start")
        self.lab.exec(3, "systemctl", "start", "kaiwudb")
        self.lab.waitFor(lambda: self.lab.isLive(3), 60, "node 3 is live again")

    def test_a_cut_cable_separates_a_node_and_it_rejoins_by_itself(self):
        self.lab.fault(2, "link-down")
        self.lab.waitFor(lambda: not self.lab.isLive(2), 40, "node 2 is seen as gone")
        self.assertEqual(self.lab.unit(2, "ActiveState"), {"ActiveState": "active"})
        self.lab.clear(2, "link-down")
        self.lab.waitFor(lambda: self.lab.isLive(2), 60, "node 2 is live again")

    def test_a_setting_is_the_same_on_every_node(self):
        name = "server.time_until_store_dead"
        self.lab.sql("SET CLUSTER SETTING %s = '1h'" % name, via=1)
        self.assertEqual(self.lab.sql("SHOW CLUSTER SETTING " + name, via=3), [{name: "01:00:00"}])


class OldAndNew(LabTest):
    """Two clusters side by side, as the method of export and import needs them."""

    hosts = 2
    setup = kwdb.Setup(topology="single", versions=("2.1.0", "2.2.1"), seeded=(1,), timeScale=0.1)

    def test_an_old_cluster_has_data_and_a_new_one_beside_it_has_none(self):
        for index, build in ((1, "V2.1.0"), (2, "V2.2.1")):
            (row,) = self.lab.nodeStatus(index)
            self.assertEqual((row["build"], row["is_live"]), (build, "true"))
        names = [
            {row["database_name"] for row in self.lab.sql("SHOW DATABASES", via=index)}
            for index in (1, 2)
        ]
        self.assertEqual(names[0] - names[1], {"shop", "HR", "iot"})
        passwords = self.lab.sql(
            "SELECT count(*) FROM system.users WHERE length(\"hashedPassword\") > 0", via=1
        )
        self.assertEqual(passwords, [{"count": "2"}])

    def test_what_is_exported_lies_in_the_host_s_own_store_and_can_be_imported_at_the_other(self):
        self.lab.sql("EXPORT INTO CSV 'nodelocal://1/move/shop' FROM DATABASE shop", via=1)
        folder = "/var/lib/kaiwudb/extern/move"
        owner = self.lab.exec(1, "stat", "-c", "%U", folder + "/shop/meta.sql").stdout
        self.assertEqual(owner, "kaiwudb\n")
        self.lab.ssh(1, "sudo tar -cf /var/tmp/move.tar -C %s shop" % folder)
        source = self.lab.host(1).root / "var/tmp/move.tar"
        (self.lab.host(2).root / "var/tmp/move.tar").write_bytes(source.read_bytes())
        self.lab.ssh(2, "sudo mkdir -p %s; sudo tar -xf /var/tmp/move.tar -C %s" % (folder, folder))
        answer = self.lab.sql("IMPORT DATABASE CSV DATA ('nodelocal://1/move/shop')", via=2)
        self.assertEqual((answer[0]["status"], answer[0]["rows"]), ("succeeded", "771"))


class SingleReplicaCluster(LabTest):
    setup = kwdb.Setup(topology="single-replica")

    def test_the_nodes_are_started_as_a_single_replica_cluster(self):
        self.assertEqual(
            {row["start_mode"] for row in self.lab.nodeStatus(2)}, {"start-single-replica"}
        )
        self.assertEqual(kwdb.mode(self.lab.host(1)), "single-replication")
