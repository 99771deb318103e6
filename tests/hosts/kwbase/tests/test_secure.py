"""Secure mode: certificates on both ports, and what mismatches answer (13-secure.txt)."""
import http.client
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402

_SECURE = "13-secure.txt"


def make_certificates(folder):
    """ca, node and client.root, as the vendor's tool names them."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=KWDB CA",
            "-keyout", "ca.key", "-out", "ca.crt")
    with open(os.path.join(folder, "san"), "w", encoding="ascii") as f:
        f.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name, subject in (("node", "node"), ("client.root", "root")):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/O=KWDB/CN={subject}",
                "-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "2", "-extfile", "san", "-out", f"{name}.crt")


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
