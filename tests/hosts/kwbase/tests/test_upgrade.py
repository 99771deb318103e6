"""`node upgrade`, --upgrade-complete and the refusals (08-rolling-upgrade, 10, 11)."""
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402

_VARIANTS = "10-upgrade-variants.txt"
_SETTING = "SHOW CLUSTER SETTING server.time_until_store_dead"


class NodeUpgrade(unittest.TestCase):
    def setUp(self):
        self.sim = simcluster.Sim(scale=0.1).up()
        self.addCleanup(self.sim.close)

    def index_of(self, node):
        row = next(s for s in self.sim.status().values() if s["id"] == str(node))
        return [self.sim.address(i) for i in range(3)].index(row["address"])

    def answers_as(self, entry, *words):
        self.assertEqual(self.sim.run("node", *words), (entry.stdout, entry.stderr, entry.rc))

    def recorded(self, name, word, moment):
        return next(e for e in transcripts.read(name) if word in e.argv and "upgrade" in e.argv
                    and moment in e.moment)

    def flag(self, node):
        out, _, _ = self.sim.run("node", "status", str(node), "--format=csv")
        return tuple(out.splitlines()[1].split(",")[-2:])

    def restart(self, i, *extra):
        self.sim.kill(i)
        self.sim.start(i, *extra, version="V2.2.1")
        self.sim.wait_ready(i)

    def test_a_marked_node_is_unavailable_until_a_start_completes_the_upgrade(self):
        self.assertEqual(self.sim.run("node", "upgrade", "2"), ("", "", 0))
        self.assertEqual(self.flag(2), ("false", "true"))
        self.assertEqual(self.sim.query(_SETTING), [["03:00:00"]])
        self.assertEqual(self.sim.query("SELECT node_id FROM kwdb_internal.gossip_liveness WHERE "
                                        "upgrading"), [["2"]])
        marked = self.index_of(2)
        self.assertEqual(self.sim.query("SELECT 1", i=marked), [["1"]])
        self.assertEqual(self.sim.health(marked, "?ready=1")[0], 200)
        second = self.recorded("08-rolling-upgrade.txt", "3", "second node upgrade")
        self.answers_as(second, "upgrade", "3")
        self.answers_as(self.recorded(_VARIANTS, "2", "C:")._replace(
            **self.twice()), "upgrade", "2")
        self.restart(marked)
        simcluster.wait_for(lambda: self.flag(2) == ("false", "true"), what="still marked")
        self.answers_as(second, "upgrade", "3")
        self.restart(marked, "--upgrade-complete")
        simcluster.wait_for(lambda: self.flag(2) == ("true", "true"), what="mark cleared")
        simcluster.wait_for(lambda: self.sim.query(_SETTING) == [["00:30:00"]],
                            what="setting put back")
        self.assertEqual(self.sim.run("node", "upgrade", "3"), ("", "", 0))

    @staticmethod
    def twice():
        entry = [e for e in transcripts.read(_VARIANTS) if e.argv[1:4] == ["node", "upgrade", "2"]
                 and e.rc][0]
        return {"stdout": entry.stdout, "stderr": entry.stderr, "rc": entry.rc}

    def test_wrong_arguments_are_refused_as_recorded(self):
        self.answers_as(self.recorded(_VARIANTS, "9", "C:"), "upgrade", "9")
        self.answers_as(self.recorded(_VARIANTS, "x", "C:"), "upgrade", "x")
        none = next(e for e in transcripts.read(_VARIANTS)
                    if transcripts.command(e) == ["node", "upgrade"])
        self.answers_as(none, "upgrade")

    def test_a_dead_node_forbids_the_upgrade_of_another(self):
        self.sim.kill(self.index_of(3))
        simcluster.wait_for(lambda: self.flag(3) == ("false", "false"), what="node 3 dead")
        self.answers_as(self.recorded(_VARIANTS, "3", "E:"), "upgrade", "2")

    def test_decommissioning_is_shown_and_forbids_upgrades(self):
        name = "11-drain-decommission.txt"
        entry = transcripts.find(name, "decommission")
        out, err, rc = self.sim.run("node", "decommission", "3", "--wait=none")
        self.assertEqual((out.replace("53", "56"), err, rc), (entry.stdout, entry.stderr, 0))
        self.answers_as(self.recorded(name, "3", "decommissioning"), "upgrade", "3")
        self.answers_as(self.recorded(name, "1", "decommissioning"), "upgrade", "1")
        entry = transcripts.find(name, "recommission")
        out, err, rc = self.sim.run("node", "recommission", "3")
        self.assertEqual((out.replace("53", "56"), err, rc), (entry.stdout, entry.stderr, 0))
        self.assertEqual(self.flag(3), ("true", "true"))


class SingleReplica(unittest.TestCase):
    def setUp(self):
        self.sim = simcluster.Sim(scale=0.1, mode="start-single-replica").up()
        self.addCleanup(self.sim.close)

    def test_ranges_are_never_fully_replicated(self):
        sums = ("SELECT sum((metrics->>'ranges.underreplicated')::DECIMAL)::INT FROM "
                "kwdb_internal.kv_store_status")
        simcluster.wait_for(lambda: self.sim.query(sums) == [["53"]], what="53 ranges")
        self.assertEqual({s["start_mode"] for s in self.sim.status().values()},
                         {"start-single-replica"})

    def test_node_upgrade_is_refused_as_recorded(self):
        out, err, rc = self.sim.run("node", "upgrade", "1")
        self.assertEqual((out, rc), ("", 1))
        self.assertEqual(err, "ERROR: rpc error: code = Unknown desc = during liveness update 1 -> "
                              "true: cluster has node unreachable. Can not connect to node 2\n"
                              'Failed running "node upgrade"\n')

    def test_all_may_be_stopped_and_started_with_a_new_build(self):
        for i in range(3):
            self.sim.kill(i)
        for i in range(3):
            self.sim.start(i, version="V2.2.1")
        self.sim.wait_ready(0, 1, 2)
        simcluster.wait_for(lambda: {s["build"] for s in self.sim.status().values()}
                            == {"V2.2.1"}, what="new build everywhere")


class MajorVersion(unittest.TestCase):
    """2.2 to 3.0 on the same data: what the recordings of it show."""

    def setUp(self):
        self.sim = simcluster.Sim(count=1, scale=0.02, mode="start-single-node",
                                  version="V2.2.1").up()
        self.addCleanup(self.sim.close)

    def refused(self, *extra, version):
        self.sim.kill(0)
        command = [simcluster.KWBASE, "start-single-node", "--insecure", *extra,
                   f"--store={self.sim.store(0)}", f"--listen-addr={self.sim.address(0)}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60,
                              env=self.sim.environment(0, version))
        self.assertEqual(done.returncode, 1)
        return done.stderr.replace(self.sim.store(0), "/var/lib/kaiwudb-3").replace(
            "start-single-node", "start")

    @staticmethod
    def recorded(name, text):
        return next(e.stdout for e in transcripts.read(name) if text in e.stdout)

    def test_3_0_needs_its_third_port_and_2_2_does_not_know_it(self):
        self.assertEqual(self.refused(version="V3.0.0"), self.recorded(
            "16a-upgrade-to-V3.0.0-without-brpc-addr.txt", "brpc"))
        self.assertIn("unknown flag: --brpc-addr",
                      self.refused("--brpc-addr=127.0.0.1:27257", version="V2.2.1"))

    def test_what_3_0_has_opened_2_2_does_not_open_again(self):
        self.sim.kill(0)
        self.sim.start(0, version="V3.0.0")
        self.sim.wait_ready(0)
        self.assertEqual(self.sim.query("SHOW CLUSTER SETTING version"), [["20.1-3"]])
        self.assertEqual(self.refused(version="V2.2.1"), self.recorded(
            "16-upgrade-to-V3.0.0.txt", "incompatible"))


if __name__ == "__main__":
    unittest.main()
