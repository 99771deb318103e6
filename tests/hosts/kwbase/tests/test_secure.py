"""Secure mode: certificates on both ports, and what mismatches answer (13-secure.txt)."""
import http.client
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402

_SECURE = "13-secure.txt"


def make_certificates(folder):
    """ca, node and client.root with the tool's own commands."""
    for words in (["create-ca"], ["create-node", "localhost", "127.0.0.1"],
                  ["create-client", "root"]):
        subprocess.run([simcluster.KWBASE, "cert", *words, f"--certs-dir={folder}",
                        f"--ca-key={folder}/ca.key"], check=True, capture_output=True)


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class Secure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certs = tempfile.mkdtemp(prefix="kwcerts-")
        make_certificates(cls.certs)
        cls.sim = simcluster.Sim(count=1, scale=0.1, mode="start-single-node",
                                 security=(f"--certs-dir={cls.certs}",)).up()
        cls.open = simcluster.Sim(count=1, scale=0.1, mode="start-single-node").up()

    @classmethod
    def tearDownClass(cls):
        cls.sim.close()
        cls.open.close()
        shutil.rmtree(cls.certs)

    def run_at(self, sim, security, *words):
        done = subprocess.run([simcluster.KWBASE, *words, security, f"--host={sim.address(0)}"],
                              capture_output=True, text=True, env=sim.environment(0), check=False)
        return done.stdout, done.stderr, done.returncode

    def recorded(self, *words, without=()):
        entry = transcripts.find(_SECURE, *words, without=without)
        return entry.stdout, entry.stderr, entry.rc

    def test_commands_with_certificates_are_served(self):
        self.assertEqual(self.sim.run("sql", "-e", "SELECT 1"),
                         self.recorded("SELECT 1", "--certs-dir=/etc/kaiwudb/certs"))
        out, err, rc = self.sim.run("node", "status", "--format=csv")
        self.assertEqual((len(out.splitlines()), err, rc), (2, "", 0))
        self.assertEqual(self.sim.run("sql", "-e", "SHOW USERS"), self.recorded("SHOW USERS"))

    def test_an_insecure_command_is_refused_as_recorded(self):
        self.assertEqual(self.run_at(self.sim, "--insecure", "sql", "-e", "SELECT 1"),
                         self.recorded("SELECT 1", "--insecure"))
        self.assertEqual(self.run_at(self.sim, "--insecure", "node", "status"),
                         self.recorded("status", "--insecure"))
        self.assertEqual(self.run_at(self.sim, "--insecure", "node", "upgrade", "9"),
                         self.recorded("upgrade", "--insecure"))

    def test_certificates_are_refused_by_an_insecure_server_as_recorded(self):
        self.assertEqual(self.run_at(self.open, f"--certs-dir={self.certs}", "sql", "-e",
                                     "SELECT 1"),
                         self.recorded("SELECT 1", "--host=127.0.0.1:27257"))

    def cert(self, *words):
        done = subprocess.run([simcluster.KWBASE, "cert", *words, f"--certs-dir={self.certs}"],
                              capture_output=True, text=True, check=False)
        return done.stdout, done.stderr, done.returncode

    def test_certificates_are_listed_as_recorded(self):
        out, err, rc = self.recorded("cert", "list")
        date = re.compile(r"\d{4}/\d\d/\d\d")
        shown = self.cert("list")
        self.assertEqual((date.sub("DATE", shown[0].replace(self.certs, "/etc/kaiwudb/certs")),
                          *shown[1:]), (date.sub("DATE", out), err, rc))

    def test_keys_and_certificates_are_not_written_over(self):
        for words in (["create-ca"], ["create-node", "localhost"], ["create-client", "root"]):
            out, err, rc = self.cert(*words, f"--ca-key={self.certs}/ca.key")
            self.assertEqual((out, rc), ("", 1))
            self.assertIn("exists", err)
            self.assertIn(f'Failed running "cert {words[0]}"', err)

    def test_a_user_comes_in_with_a_password_and_with_no_other(self):
        self.addCleanup(self.sim.run, "sql", "-e", "DROP USER app")
        self.assertEqual(self.sim.run("sql", "-e", "CREATE USER app WITH PASSWORD 'secret'")[1:],
                         ("", 0))
        found = self.sim.query("SELECT username, length(\"hashedPassword\") > 0 FROM system.users "
                               "WHERE username IN ('app', 'root') ORDER BY 1")
        self.assertEqual(found, [["app", "true"], ["root", "false"]])
        for password, admitted in ((b"secret", True), (b"wrong", False), (b"", False)):
            with ssl._create_unverified_context().wrap_socket(self.tls_socket()) as tls:
                words = b"user\0app\0database\0defaultdb\0\0"
                tls.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
                self.assertEqual(tls.recv(9), b"R" + struct.pack("!ii", 8, 3))
                tls.sendall(b"p" + struct.pack("!i", len(password) + 5) + password + b"\0")
                self.assertEqual(tls.recv(1), b"R" if admitted else b"E")

    def tls_socket(self):
        sock = socket.create_connection(("127.0.0.1", self.sim.sql[0]), timeout=10)
        sock.sendall(struct.pack("!ii", 8, 80877103))
        self.assertEqual(sock.recv(1), b"S")
        return sock

    def get(self, path, secure=True):
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.sim.http[0], context=context,
                                                 timeout=10) if secure else \
            http.client.HTTPConnection("127.0.0.1", self.sim.http[0], timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def test_http_answers_as_recorded(self):
        self.assertEqual(self.get("/health"), (200, "{\n\n}"))
        self.assertEqual(self.get("/health?ready=1"), (200, "{\n\n}"))
        self.assertEqual(self.get("/health", secure=False), (200, "{\n\n}"))
        entry = next(e for e in transcripts.read(_SECURE) if "_status/nodes" in e.argv[-1])
        self.assertEqual(self.get("/_status/nodes"), (401, entry.stdout.partition("\n\n")[2]))

    @unittest.skipUnless(shutil.which("psql"), "psql is not installed")
    def test_psql_connects_with_certificates_only(self):
        os.chmod(os.path.join(self.certs, "client.root.key"), 0o600)
        base = f"postgresql://root@127.0.0.1:{self.sim.sql[0]}/defaultdb?sslmode="
        done = subprocess.run(["psql", "-X", f"{base}verify-full&sslrootcert={self.certs}/ca.crt&"
                               f"sslcert={self.certs}/client.root.crt&sslkey={self.certs}/"
                               "client.root.key", "-Atc", "SELECT 1"], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.stdout, done.returncode), ("1\n", 0), done.stderr)
        done = subprocess.run(["psql", "-X", "-w", base + "disable", "-c", "SELECT 1"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("fe_sendauth: no password supplied", done.stderr)

    def test_the_banner_names_the_certificates(self):
        simcluster.wait_for(lambda: "nodeID:" in self.sim.output(0))
        self.assertIn("client.root.crt&sslkey=", self.sim.output(0))
        self.assertNotIn("INSECURE", self.sim.output(0))


if __name__ == "__main__":
    unittest.main()
