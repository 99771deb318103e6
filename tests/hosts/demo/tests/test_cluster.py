"""Whole demo clusters with the kwbase stand-in: live after `up`, and deploy.sh's branch for a running node."""
import csv
import io
import os
import re
import shutil
import socket
import tempfile
import unittest

import demotest

UPGRADE = "cd kwdb_install && ./deploy.sh upgrade -l >../said 2>&1 </dev/null; echo $?"


class Clusters(demotest.ClusterTest):
    def unpack(self, host):
        shutil.copyfile(self.facts["archive221"], self.root("/root/p.tar.gz", int(host[1:]) - 1))
        self.say("rm -rf kwdb_install; tar xzf p.tar.gz", host)

    def nodes(self, host="n1"):
        text = self.say(
            "kwbase node status --format=csv --host=localhost:26257 --certs-dir=/etc/kaiwudb/certs",
            host,
        )
        return list(csv.DictReader(io.StringIO(text)))

    def node(self, number, host="n1"):
        address = self.facts["hosts"][number]["address"]
        return [n for n in self.nodes(host) if n["address"].startswith(address + ":")][0]

    def live(self, number, build, host="n1"):
        node = self.node(number, host)
        return (node["build"], node["is_available"], node["is_live"]) == (build, "true", "true")

    def said(self, number):
        with open(self.root("/root/said", number), "rb") as f:
            return f.read()

    def assertRecorded(self, said, name):
        """Against a recording in which the bars were written one to a line."""

        def plain(text):
            text = re.sub(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", b"DATE", text)
            return text.replace(b"\r", b"\n")

        self.assertEqual(plain(said), plain(demotest.recording(name, "./deploy.sh upgrade -l")))


class Multi(Clusters):
    OPTIONS = ("--time-scale", "0.2", "--payload-mb", "0.2")

    def test_all_nodes_are_live_and_every_host_answers_on_its_own_address(self):
        self.assertEqual(len(self.facts["hosts"]), 3)
        for number, host in enumerate(self.facts["hosts"]):
            self.assertTrue(host["address"].startswith("127."))
            self.assertEqual(self.ssh("hostname", number).stdout, f"n{number + 1}\n".encode())
            with socket.create_connection((host["address"], 26257), 5):
                pass
        self.assertEqual(
            [(n["is_available"], n["is_live"]) for n in self.nodes()], [("true", "true")] * 3
        )

    def test_a_running_node_is_upgraded_and_restarted(self):
        self.unpack("n2")
        self.assertEqual(self.say(UPGRADE, "n2"), "0\n", self.said(1))
        self.assertEqual(self.said(1), demotest.recording("online-ok", "./deploy.sh upgrade -l"))
        self.wait(lambda: self.live(1, "V2.2.1"))
        self.assertEqual(
            self.say("cat /etc/kaiwudb/script/kaiwudb_env", "n2"), 'KAIWUDB_START_ARG=" "\n'
        )
        self.assertEqual(
            self.say("ls /etc/kaiwudb/script /etc/systemd/system | grep kaiwu", "n2").split(),
            [
                "/etc/kaiwudb/script:",
                "kaiwudb_env",
                "kaiwudb_envq",
                "kaiwudb.service",
                "kaiwudb.serviceq",
            ],
        )

    def test_a_stopped_node_is_upgraded_and_comes_back(self):
        self.unpack("n3")
        self.say("systemctl stop kaiwudb", "n3")
        self.assertEqual(self.say(UPGRADE, "n3"), "0\n", self.said(2))
        self.assertEqual(self.inside("systemctl is-active kaiwudb", "n3"), (3, "inactive\n"))
        self.say("systemctl start kaiwudb", "n3")
        self.wait(lambda: self.live(2, "V2.2.1"))


class SingleReplica(Clusters):
    OPTIONS = ("--single-replica", "--time-scale", "0.2", "--payload-mb", "0.2")

    def test_the_upgrade_of_a_running_node_is_refused(self):
        self.unpack("n1")
        self.wait(lambda: all(n["is_live"] == "true" for n in self.nodes()))
        self.assertEqual(self.say(UPGRADE), "1\n")
        self.assertRecorded(self.said(0), "online-single-replica")
        self.say("systemctl stop kaiwudb", "n2")
        self.wait(lambda: self.node(1)["is_available"] == "false")
        self.assertEqual(self.say(UPGRADE), "1\n")
        self.assertRecorded(self.said(0), "online-node-dead")


class SideBySide(unittest.TestCase):
    def test_two_clusters_have_different_addresses(self):
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            names = [os.path.join(folder, n) for n in ("a", "b")]
            options = ("--single", "--payload-mb", "0.2", "--time-scale", "0.2")
            for name in names:
                self.addCleanup(demotest.run_cluster, "down", "--dir", name)
                self.assertEqual(demotest.run_cluster("up", "--dir", name, *options).returncode, 0)
            said = [demotest.run_cluster("status", "--dir", n).stdout.split()[1] for n in names]
            self.assertNotEqual(said[0], said[1])
            for name in names:
                self.assertEqual(demotest.run_cluster("down", "--dir", name).returncode, 0)
            self.assertEqual(os.listdir(folder), [])


if __name__ == "__main__":
    demotest.skip_where_impossible()
    unittest.main()
