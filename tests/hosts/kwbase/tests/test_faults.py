"""Faults that can be switched on per host."""
import os
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402

_UNDER = ("SELECT sum((metrics->>'ranges.underreplicated')::DECIMAL)::INT FROM "
          "kwdb_internal.kv_store_status")


class OneNode(unittest.TestCase):
    def setUp(self):
        self.sim = simcluster.Sim(count=1, scale=0.1, mode="start-single-node")
        self.addCleanup(self.sim.close)

    def test_die_after_start_ends_the_process_with_1(self):
        self.sim.fault(0, "die-after-start", 15)
        self.sim.start(0)
        start = time.monotonic()
        self.assertEqual(self.sim.processes[0].wait(timeout=60), 1)
        self.assertGreater(time.monotonic() - start, 1.4)

    def test_die_now_ends_a_running_process(self):
        self.sim.up()
        self.sim.fault(0, "die-now")
        self.assertEqual(self.sim.processes[0].wait(timeout=60), 1)

    def test_never_up_runs_without_listening(self):
        self.sim.fault(0, "never-up")
        self.sim.start(0)
        time.sleep(1)
        self.assertIsNone(self.sim.processes[0].poll())
        self.assertIn("connection refused", self.sim.run("node", "status")[1])

    def test_slow_start_delays_the_service(self):
        self.sim.fault(0, "slow-start", 25)
        start = time.monotonic()
        self.sim.up()
        self.assertGreater(time.monotonic() - start, 2.5)

    def test_drain_hangs_until_sigkill(self):
        self.sim.up()
        self.sim.fault(0, "drain-hangs")
        for _ in range(3):
            self.sim.signal(0)
            time.sleep(0.2)
        self.assertIsNone(self.sim.processes[0].poll())
        self.assertIn("initiating graceful shutdown of server", self.sim.output(0))
        self.assertNotIn("hard shutdown", self.sim.output(0))
        self.sim.kill(0)
        self.assertEqual(self.sim.processes[0].returncode, -signal.SIGKILL)

    def test_wrong_build_shows_another_tag(self):
        self.sim.fault(0, "wrong-build", "V2.1.0")
        self.sim.up()
        self.assertEqual([s["build"] for s in self.sim.status().values()], ["V2.1.0"])

    def test_under_replicated_stuck_never_falls(self):
        self.sim.up()
        self.sim.fault(0, "under-replicated-stuck", 7)
        simcluster.wait_for(lambda: self.sim.query(_UNDER) == [["7"]])
        time.sleep(2)
        self.assertEqual(self.sim.query(_UNDER), [["7"]])

    def test_jobs_of_faults_are_listed_as_running(self):
        self.sim.up()
        self.sim.fault(0, "running-job", "IMPORT")
        self.sim.fault(0, "sql-schedule")
        rows = self.sim.query("SELECT job_type, status, finished FROM [SHOW JOBS] WHERE status = "
                              "'running' ORDER BY 1")
        self.assertEqual(rows, [["IMPORT", "running", "NULL"],
                                ["SQL SCHEDULE", "running", "NULL"]])
        self.sim.heal(0, "running-job")
        self.assertEqual(self.sim.query("SELECT job_type FROM [SHOW JOBS] WHERE status = "
                                        "'running'"), [["SQL SCHEDULE"]])


class Cluster(unittest.TestCase):
    def setUp(self):
        self.sim = simcluster.Sim(scale=0.1).up()
        self.addCleanup(self.sim.close)

    def test_never_available_is_live_only(self):
        self.sim.kill(2)
        self.sim.fault(2, "never-available")
        address = self.sim.address(2)
        simcluster.wait_for(lambda: self.sim.status()[address]["is_available"] == "false")
        self.sim.start(2)
        simcluster.wait_for(lambda: self.sim.status()[address]["is_live"] == "true")
        time.sleep(2)
        row = self.sim.status()[address]
        self.assertEqual((row["is_available"], row["is_live"]), ("false", "true"))
        self.assertEqual(self.sim.health(2, "?ready=1")[0], 503)

    def test_under_replicated_slow_falls_in_steps(self):
        self.sim.fault(0, "under-replicated-slow", 80)
        self.sim.kill(2)
        simcluster.wait_for(lambda: self.sim.query(_UNDER) == [["53"]], what="53 ranges")
        self.sim.start(2)
        seen = set()

        def fallen():
            seen.add(int(self.sim.query(_UNDER)[0][0]))
            return 0 in seen
        simcluster.wait_for(fallen, what="0 ranges")
        self.assertGreater(len(seen - {0, 53}), 3)

    def test_a_hanging_drain_refuses_clients_and_ignores_the_second_signal(self):
        address = self.sim.address(2)
        simcluster.wait_for(lambda: self.sim.status(0, "--ranges")[address]
                            ["replicas_leaseholders"] != "0", what="leases on the node")
        self.sim.fault(2, "drain-hangs")
        self.sim.signal(2)
        simcluster.wait_for(lambda: self.sim.status(0, "--decommission")[address]["is_draining"]
                            == "true")
        self.assertIn("server is not accepting clients",
                      self.sim.run("sql", "-e", "SELECT 1", i=2)[1])
        node = self.sim.status()[address]["id"]
        simcluster.wait_for(lambda: self.sim.query(
            f"SELECT count(*) FROM kwdb_internal.ranges WHERE lease_holder = {node}")
            == [["0"]], what="leases moved")
        self.sim.signal(2)
        time.sleep(1)
        self.assertIsNone(self.sim.processes[2].poll())

    def test_a_job_of_one_node_is_seen_at_the_others(self):
        self.sim.fault(2, "running-job", "SCHEMA CHANGE")
        simcluster.wait_for(lambda: self.sim.query(
            "SELECT count(*) FROM [SHOW JOBS] WHERE status = 'running'") == [["1"]])

    def test_a_node_with_a_skewed_clock_ends_itself(self):
        self.sim.kill(2)
        self.sim.fault(2, "clock-skew", "0.9")
        self.sim.start(2)
        self.assertEqual(self.sim.processes[2].wait(timeout=60), 7)
        self.assertIn("clock synchronization error", self.sim.output(2))


if __name__ == "__main__":
    unittest.main()
