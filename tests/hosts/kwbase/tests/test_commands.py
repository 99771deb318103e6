"""Commands and SQL against a live three-node cluster, compared with the recordings."""
import csv
import io
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402

_SUMS = ("SELECT sum((metrics->>'ranges.unavailable')::DECIMAL)::INT AS ranges_unavailable, "
         "sum((metrics->>'ranges.underreplicated')::DECIMAL)::INT As ranges_underreplicated "
         "FROM kwdb_internal.kv_store_status;")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")


def shape(text, delimiter="\t"):
    """Header line and, for each column, what kind of text it holds in every row."""
    head, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    kinds = []
    for i in range(len(head)):
        values = {_kind(row[i]) for row in rows}
        kinds.append(values.pop() if len(values) == 1 else "mixed")
    return head, kinds


def _kind(value):
    if _STAMP.fullmatch(value):
        return "timestamp"
    if re.fullmatch(r"-?\d+", value):
        return "integer"
    if re.fullmatch(r"127\.0\.0\.1:\d+", value):
        return "address"
    return "NULL" if value == "NULL" else "boolean" if value in ("true", "false") else "text"


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = simcluster.Sim(scale=0.2).up()
        for statement in ("CREATE DATABASE IF NOT EXISTS lab; CREATE TABLE IF NOT EXISTS lab.t "
                          "(id INT PRIMARY KEY, v STRING); UPSERT INTO lab.t SELECT g, "
                          "'row'||g::string FROM generate_series(1,1000) AS g",
                          "CREATE INDEX IF NOT EXISTS vi ON lab.t (v)"):
            assert cls.sim.run("sql", "-e", statement)[2] == 0

    @classmethod
    def tearDownClass(cls):
        cls.sim.close()

    def assertSameShape(self, recorded, actual, delimiter="\t"):
        self.assertEqual(shape(actual, delimiter), shape(recorded, delimiter))

    def replay(self, entry):
        return self.sim.run(*transcripts.command(entry))

    # -- version and help --------------------------------------------------------------------

    def test_version_is_byte_exact(self):
        recorded = transcripts.find("00-version.txt", "kwbase-V2.2.0")
        self.assertEqual(self.sim.run("version")[0], recorded.stdout)

    def test_an_unknown_format_prints_usage_and_error_as_recorded(self):
        for entry in transcripts.read("02-node-status-formats.txt"):
            if entry.rc:
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    # -- node status -------------------------------------------------------------------------

    def test_node_status_has_the_recorded_columns_with_every_option(self):
        for option in ("--ranges", "--stats", "--all", "--decommission"):
            entry = transcripts.find("03-node-status-opts.txt", option, "--format=csv")
            out, err, rc = self.replay(entry)
            self.assertEqual((err, rc), ("", 0))
            self.assertSameShape(entry.stdout, out, ",")

    def test_one_node_can_be_asked_for(self):
        entry = transcripts.find("03-node-status-opts.txt", "2")
        self.assertSameShape(entry.stdout, self.replay(entry)[0])

    def test_wrong_node_ids_are_refused_as_recorded(self):
        for word in ("9", "abc"):
            entry = transcripts.find("03-node-status-opts.txt", word)
            self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    def test_node_ls_is_as_recorded(self):
        entry = transcripts.find("03-node-status-opts.txt", "ls")
        self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    def test_host_may_be_a_word_of_its_own_or_in_the_environment(self):
        import subprocess
        env = {**self.sim.environment(0), "KWBASE_HOST": self.sim.address(0),
               "KWBASE_INSECURE": "true"}
        out = subprocess.run([simcluster.KWBASE, "node", "ls"], env=env, capture_output=True,
                             text=True, check=True).stdout
        self.assertEqual(out, "id\n1\n2\n3\n")
        out = subprocess.run([simcluster.KWBASE, "node", "ls", "--insecure", "--host",
                              self.sim.address(1)], env=self.sim.environment(0),
                             capture_output=True, text=True, check=True).stdout
        self.assertEqual(out, "id\n1\n2\n3\n")

    def test_ids_do_not_follow_the_addresses(self):
        rows = self.sim.status().values()
        self.assertEqual(sorted(r["id"] for r in rows), ["1", "2", "3"])
        self.assertEqual({r["locality"] for r in rows},
                         {"region=NODE1", "region=NODE2", "region=NODE3"})

    # -- sql ---------------------------------------------------------------------------------

    def test_the_sums_are_answered_in_every_recorded_format(self):
        for entry in transcripts.read("04-sql.txt"):
            if _SUMS in entry.argv:
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    def test_statements_of_the_recordings_answer_byte_for_byte(self):
        same = ("SELECT version()", "SHOW CLUSTER SETTING version", "SELECT count(*) FROM lab.t",
                "SELECT name,setting_type,description,value FROM kwdb_internal.cluster_settings "
                "WHERE variable='version'", "CREATE INDEX IF NOT EXISTS vi ON lab.t (v)")
        for entry in transcripts.read("04-sql.txt"):
            if entry.argv[-1] in same or "IN ('version','server.time_until" in entry.argv[-1]:
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc),
                                 entry.argv[-1])

    def test_several_statements_show_the_last_tag(self):
        entry = transcripts.find("04-sql.txt", "CREATE DATABASE IF NOT EXISTS lab; CREATE TABLE "
                                 "IF NOT EXISTS lab.t (id INT PRIMARY KEY, v STRING); UPSERT INTO "
                                 "lab.t SELECT g, 'row'||g::string FROM generate_series(1,1000) "
                                 "AS g")
        self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    def test_internal_tables_have_the_recorded_shape(self):
        for statement in ("SELECT * FROM kwdb_internal.gossip_nodes",
                          "SELECT * FROM kwdb_internal.gossip_liveness",
                          "SELECT range_id, replicas, lease_holder FROM kwdb_internal.ranges "
                          "ORDER BY 1"):
            entry = transcripts.find("05-sql-internal.txt", statement)
            out, err, rc = self.replay(entry)
            self.assertEqual((err, rc), ("", 0))
            self.assertSameShape(entry.stdout, out)

    def test_internal_tables_are_listed_and_described_as_recorded(self):
        for entry in transcripts.read("05-sql-internal.txt"):
            if entry.argv[-1].startswith("SHOW COLUMNS") or "SHOW TABLES" in entry.argv[-1] or \
                    entry.rc:
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc),
                                 entry.argv[-1])

    def test_heads_of_wide_tables_are_as_recorded(self):
        for statement in ("SELECT * FROM kwdb_internal.ranges LIMIT 5",
                          "SELECT * FROM kwdb_internal.kv_node_status LIMIT 1",
                          "SELECT * FROM system.replication_stats LIMIT 5"):
            entry = transcripts.find("05-sql-internal.txt", statement)
            out = self.replay(entry)[0]
            self.assertEqual(out.splitlines()[0], entry.stdout.splitlines()[0])
            self.assertEqual(len(out.splitlines()), len(entry.stdout.splitlines()))

    def test_build_info_names_the_build(self):
        rows = dict(r[1:] for r in self.sim.query("SELECT * FROM kwdb_internal.node_build_info"))
        self.assertEqual(set(rows), {"Name", "ClusterID", "Organization", "Build", "Version",
                                     "Channel"})
        self.assertEqual(rows["Version"], "V2.2.0")

    def test_jobs_have_the_recorded_columns_and_order(self):
        recorded = [e for e in transcripts.read("04-sql.txt") if e.argv[-1] == "SHOW JOBS"][-1]
        out = self.replay(recorded)[0]
        self.assertEqual(shape(out)[0], shape(recorded.stdout)[0])
        lines, model = out.splitlines(), recorded.stdout.splitlines()

        def masked(line):
            return re.sub(r"\b12\d{17}\b", "ID", _STAMP.sub("TIME", line))
        self.assertEqual([masked(x) for x in lines], [masked(x) for x in model])

    def test_jobs_can_be_selected_from(self):
        for statement in ("SELECT job_id, job_type, status FROM [SHOW JOBS]",
                          "select count(*) as n from [show jobs] where job_type in ('SCHEMA "
                          "CHANGE', 'IMPORT') and status = 'running'",
                          "SELECT * FROM [SHOW JOBS] WHERE job_type='RESTART HISTORY'"):
            self.assertEqual(self.sim.run("sql", "-e", statement)[2], 0, statement)
        self.assertEqual(self.sim.query("select count(*) from [show jobs] where job_type = "
                                        "'RESTART HISTORY'"), [["3"]])

    def test_tables_can_be_joined(self):
        for join in ("ON l.node_id = n.node_id", "USING (node_id)"):
            rows = self.sim.query(
                "SELECT n.node_id, n.build_tag AS build, l.upgrading FROM "
                f"kwdb_internal.gossip_nodes AS n LEFT JOIN kwdb_internal.gossip_liveness l {join} "
                "WHERE l.upgrading = false ORDER BY n.node_id")
            self.assertEqual(rows, [[str(n), "V2.2.0", "false"] for n in (1, 2, 3)])
        self.assertEqual(self.sim.query(
            "SELECT x.n FROM (SELECT count(*) AS n FROM kwdb_internal.gossip_nodes) AS x"),
            [["3"]])

    def test_times_can_be_compared(self):
        for condition, count in (("created > '2020-01-01 00:00:00'", "4"),
                                 ("created > now() - INTERVAL '7 days'", "4"),
                                 ("created < '2020-01-01'::TIMESTAMP", "0")):
            self.assertEqual(self.sim.query(f"SELECT count(*) FROM [SHOW JOBS] WHERE {condition}"),
                             [[count]], condition)

    def test_errors_are_reported_as_recorded(self):
        for entry in transcripts.read("07-errors.txt"):
            if entry.argv[-1] in ("SELECT nope", "SELEC 1"):
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))
        for entry in transcripts.read("10-upgrade-variants.txt"):
            if entry.argv[0].startswith("kwbase") and entry.argv[1] == "sql" and entry.rc:
                self.assertEqual(self.replay(entry), (entry.stdout, entry.stderr, entry.rc))

    def test_a_server_that_is_not_there_is_reported_as_recorded(self):
        import subprocess
        for entry in transcripts.read("07-errors.txt"):
            if "--host=127.0.0.1:27999" not in entry.argv:
                continue
            port = simcluster.free_ports(1)[0]
            done = subprocess.run(
                [simcluster.KWBASE, *[a.replace("27999", str(port)) for a in entry.argv[1:]]],
                capture_output=True, text=True, env=self.sim.environment(0), check=False)
            self.assertEqual((done.stdout, done.stderr.replace(str(port), "27999"),
                              done.returncode), (entry.stdout, entry.stderr, entry.rc))

    def test_missing_certificates_are_reported_as_recorded(self):
        import subprocess
        entry = transcripts.find("07-errors.txt", "--certs-dir=/nonexist")
        done = subprocess.run([simcluster.KWBASE, *entry.argv[1:]], capture_output=True,
                              text=True, env=self.sim.environment(0), check=False)
        self.assertEqual((done.stdout, done.stderr, done.returncode),
                         (entry.stdout, entry.stderr, entry.rc))

    def test_sql_stops_at_the_first_error(self):
        out, err, rc = self.sim.run("sql", "-e", "SELECT 1 AS a", "-e", "SELECT nope", "-e",
                                    "SELECT 2 AS b")
        self.assertEqual((out, rc), ("a\n1\n", 1))
        self.assertIn('Failed running "sql"', err)

    def test_settings_are_set_shown_and_reset_on_every_node(self):
        name = "server.time_until_store_dead"
        for statement, answer in ((f"SET CLUSTER SETTING {name} = '2h'", "SET CLUSTER SETTING\n"),
                                  (f"SHOW CLUSTER SETTING {name}", f"{name}\n02:00:00\n"),
                                  (f"select value from kwdb_internal.cluster_settings where "
                                   f"variable = '{name}'", "value\n2h0m0s\n"),
                                  (f"RESET CLUSTER SETTING {name}", "SET CLUSTER SETTING\n"),
                                  (f"show cluster setting {name}", f"{name}\n00:30:00\n")):
            i = len(statement) % 3
            self.assertEqual(self.sim.run("sql", "-e", statement, i=i), (answer, "", 0))
        err = self.sim.run("sql", "-e", f"SET CLUSTER SETTING {name} = '30s'")[1]
        self.assertIn("1m15s", err)

    def test_rows_written_at_one_node_are_read_at_the_others(self):
        entry = transcripts.find("08-rolling-upgrade.txt",
                                 "INSERT INTO lab.t VALUES (5001,'during upgrade via node2')")
        self.assertEqual(self.sim.run(*transcripts.command(entry), i=1),
                         (entry.stdout, entry.stderr, entry.rc))
        for i in range(3):
            self.assertEqual(self.sim.query("SELECT v FROM lab.t WHERE id = 5001", i=i),
                             [["during upgrade via node2"]])
        self.assertIn("duplicate key value (id)=(5001)",
                      self.sim.run("sql", "-e", "INSERT INTO lab.t VALUES (5001, 'x')")[1])
        self.sim.query("DELETE FROM lab.t WHERE id = 5001")

    def test_databases_and_tables_are_listed_as_recorded(self):
        out = self.sim.run("sql", "--format=csv", "-e", "SHOW DATABASES")[0]
        self.assertEqual(out, "database_name,engine_type\ndefaultdb,RELATIONAL\nlab,RELATIONAL\n"
                              "postgres,RELATIONAL\nsystem,RELATIONAL\n")
        out = self.sim.run("sql", "--format=csv", "-e", "SHOW TABLES FROM lab")[0]
        self.assertEqual(out, "table_name,table_type\nt,BASE TABLE\n")

    def test_leases_can_be_counted_per_node(self):
        rows = self.sim.query("SELECT lease_holder, count(*) FROM kwdb_internal.ranges GROUP BY 1 "
                              "ORDER BY 1")
        self.assertEqual(sum(int(n) for _, n in rows), 55)
        rows = self.sim.query("SELECT unnest(replicas), count(*) FROM "
                              "kwdb_internal.ranges_no_leases GROUP BY 1 ORDER BY 1")
        self.assertEqual(rows, [["1", "55"], ["2", "55"], ["3", "55"]])

    def test_an_initialised_cluster_refuses_init_as_recorded(self):
        entry = [e for e in transcripts.read("01-init-status.txt") if "init" in e.argv][1]
        out, err, rc = self.sim.run("init")
        log = re.compile(r"E\d{6} \d\d:\d\d:\d\d\.\d{6}")
        self.assertEqual((out, log.sub("LOG", err), rc),
                         (entry.stdout, log.sub("LOG", entry.stderr), entry.rc))

    # -- http --------------------------------------------------------------------------------

    def http(self, path):
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.sim.http[0], timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, [h for h, _ in answer.getheaders()], body

    def test_http_answers_as_recorded(self):
        for entry in transcripts.read("06-http.txt"):
            path = re.search(r"http://[^/]+(/[^']*)'", entry.argv[-1]).group(1)
            head, _, body = entry.stdout.partition("\n\n")
            lines = head.splitlines()
            status, names, actual = self.http(path)
            self.assertEqual(status, int(lines[0].split()[1]), path)
            self.assertEqual(names, [line.split(":")[0] for line in lines[1:]], path)
            if "health" in path or "cluster" in path:
                mask = re.compile(r'"clusterId": "[^"]*"')
                self.assertEqual(mask.sub("", actual), mask.sub("", body), path)

    def test_http_lists_the_nodes_as_recorded(self):
        entry = next(e for e in transcripts.read("06-http.txt") if "_status/nodes" in e.argv[-1])
        recorded = entry.stdout.partition("\n\n")[2].splitlines()[:60]
        actual = self.http("/_status/nodes")[2].splitlines()[:60]
        mask = re.compile(r'"(127\.0\.0\.1:)?\d+"')
        self.assertEqual([mask.sub("N", x) for x in actual], [mask.sub("N", x) for x in recorded])


if __name__ == "__main__":
    unittest.main()
