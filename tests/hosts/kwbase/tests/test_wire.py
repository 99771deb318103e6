"""The PostgreSQL wire protocol, compared with the recorded type ids."""
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402
from wire import Wire  # noqa: E402


def recorded_types():
    """{query: [(name, oid, size, mod)]}, {query: sqlstate} from the libpq run."""
    entry = next(e for e in transcripts.read("14-psql-pgwire.txt") if e.argv[0] == "./types")
    types, errors = {}, {}
    for part in entry.stdout.split("Q: ")[1:]:
        query, *lines = part.splitlines()
        found = re.findall(r"^   (\S+) oid=(\d+) size=(-?\d+) mod=(-?\d+)", part, re.M)
        state = re.search(r"sqlstate=(\w+)", part)
        if state:
            errors[query] = state.group(1)
        else:
            types[query] = [(n, int(o), int(s), int(m)) for n, o, s, m in found]
        del lines
    return types, errors


class WireProtocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = simcluster.Sim(count=1, scale=0.1, mode="start-single-node").up()

    @classmethod
    def tearDownClass(cls):
        cls.sim.close()

    def setUp(self):
        self.wire = Wire(self.sim.sql[0])
        self.addCleanup(self.wire.close)

    def test_every_recorded_query_has_the_recorded_types(self):
        types, errors = recorded_types()
        self.assertGreaterEqual(len(types), 7)
        for query, columns in types.items():
            self.assertEqual(self.wire.query(query)[0], columns, query)
            self.assertEqual(self.wire.prepared(query)[0], columns, query)
        for query, state in errors.items():
            self.assertEqual(self.wire.query(query)[2]["C"], state, query)

    def test_the_parameters_of_the_connection_are_as_recorded(self):
        self.assertEqual(self.wire.parameters["server_version"], "9.5.0")
        self.assertEqual(self.wire.parameters["integer_datetimes"], "on")
        self.assertEqual(self.wire.parameters["standard_conforming_strings"], "on")

    def test_values_have_their_wire_spelling(self):
        columns, rows, _ = self.wire.query("SELECT is_live, started_at, attrs, cluster_name FROM "
                                           "kwdb_internal.gossip_nodes")
        self.assertEqual([c[1] for c in columns], [16, 1114, 3802, 25])
        self.assertEqual([rows[0][0], rows[0][2], rows[0][3]], ["t", "[]", ""])
        self.assertRegex(rows[0][1], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$")
        self.assertIsNone(self.wire.query("SHOW JOBS")[1][0][6])

    def test_an_unknown_user_is_refused_as_recorded(self):
        refused = Wire(self.sim.sql[0], user="nobody")
        self.addCleanup(refused.close)
        self.assertEqual(refused.error["M"], "password authentication failed for user nobody")
        self.assertEqual(refused.error["S"], "ERROR")

    def test_parameters_of_prepared_statements_are_used(self):
        self.wire.query("CREATE TABLE p (a INT PRIMARY KEY, b STRING)")
        self.assertIsNone(self.wire.prepared("INSERT INTO p VALUES ($1, $2)", "7", "seven")[2])
        self.assertEqual(self.wire.prepared("SELECT b FROM p WHERE a = $1", "7")[1], [["seven"]])

    def test_a_session_survives_an_error_in_either_protocol(self):
        self.assertEqual(self.wire.prepared("SELECT nope")[2]["C"], "42703")
        self.assertEqual(self.wire.query("SELECT nope")[2]["C"], "42703")
        self.assertEqual(self.wire.query("SELECT 1")[1], [["1"]])

    def test_what_a_qt_driver_sends_is_understood(self):
        for statement in ("SET CLIENT_ENCODING TO 'UNICODE'", "SET DATESTYLE TO 'ISO'",
                          "SET standard_conforming_strings TO on", "SET bytea_output TO escape",
                          "PREPARE qpsqlpstmt_1 AS SELECT version()", "EXECUTE qpsqlpstmt_1",
                          "DEALLOCATE qpsqlpstmt_1", "BEGIN", "COMMIT"):
            self.assertIsNone(self.wire.query(statement)[2], statement)

    def test_an_empty_query_and_a_cut_connection_do_no_harm(self):
        self.assertEqual(self.wire.query(""), ([], [], None))
        Wire(self.sim.sql[0]).sock.close()
        self.assertEqual(self.wire.query("SELECT 1")[1], [["1"]])

    def test_a_statement_timeout_is_reported_as_recorded(self):
        self.wire.query("SET statement_timeout=50")
        self.assertEqual(self.wire.query("SELECT pg_sleep(5)")[2]["M"],
                         "query execution canceled due to statement timeout")

    @unittest.skipUnless(shutil.which("psql"), "psql is not installed")
    def test_psql_shows_what_was_recorded(self):
        recorded = transcripts.find("14-psql-pgwire.txt", "SHOW server_version",
                                    without=[a for e in transcripts.read("14-psql-pgwire.txt")
                                             for a in e.argv if "27258" in a])
        done = subprocess.run(
            ["psql", "-X", f"postgresql://root@127.0.0.1:{self.sim.sql[0]}/defaultdb", "-c",
             "SHOW server_version"], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, recorded.stdout)


if __name__ == "__main__":
    unittest.main()
