"""A host with docker for tests, and commands on it.

By default a demo host. KWUP_DOCKER_HOST="COMMAND…" runs the same tests on a host with a real engine: the words
before `bash -c COMMAND`; it needs the folder KWUP_DOCKER_FILES with image-2.2.0/KaiwuDB.tar, image-2.2.1/KaiwuDB.tar
(and untagged.tar, two.tar) as the host sees it.
"""
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
HOSTS = os.path.join(HERE, "..", "..")
CLUSTER = os.path.join(HOSTS, "demo", "cluster")
BUILD_IMAGE = os.path.join(HOSTS, "release", "build-image")
sys.path.insert(0, os.path.join(HOSTS, "demo"))

OLD, NEW = "kwdb/kwdb:2.2.0", "kwdb/kwdb:2.2.1"
STORE = "/kaiwudb/deploy/kaiwudb-container"
# A container that lives until it is told to go, quickly, and one that does not listen.
POLITE = "bash -c 'trap \"exit 0\" TERM; while :; do sleep 0.05; done'"
DEAF = "bash -c 'trap \"\" TERM; while :; do sleep 0.05; done'"


def skip_where_impossible():
    from kwdemo import machine

    why = None if os.environ.get("KWUP_DOCKER_HOST") else machine.missing()
    if why:
        print("skipped: " + why)
        sys.exit(77)


class EngineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.is_real = bool(os.environ.get("KWUP_DOCKER_HOST"))
        if cls.is_real:
            cls.prefix = shlex.split(os.environ["KWUP_DOCKER_HOST"])
            cls.files = os.environ["KWUP_DOCKER_FILES"]
        else:
            cls._demo_host()
        cls.fresh()

    @classmethod
    def _demo_host(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="kwdocker.")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.dir = os.path.join(cls.temporary.name, "cluster")
        cls.addClassCleanup(subprocess.run, [CLUSTER, "down", "--dir", cls.dir], check=False)
        words = ["up", "--dir", cls.dir, "--single", "--deployment", "docker-run"]
        words += ["--secure", "insecure", "--payload-mb", "0.05", "--time-scale", "0.1"]
        result = subprocess.run([CLUSTER, *words], capture_output=True, text=True, check=False)
        if result.returncode:
            raise RuntimeError(result.stderr)
        facts = json.loads(result.stdout)
        cls.root = facts["hosts"][0]["root"]
        cls.prefix = [CLUSTER, "exec", "--dir", cls.dir, "n1", "--"]
        cls.files = "/srv"
        for version in ("2.2.0", "2.2.1"):
            os.makedirs(f"{cls.root}/srv/image-{version}")
            shutil.copy(facts["image" + version.replace(".", "")], f"{cls.root}/srv/image-{version}/")
        for name, words in (("untagged", ["--untagged"]), ("two", ["--tag", "a/b:1", "--tag", "a/b:2"])):
            file = f"{cls.root}/srv/{name}.tar"
            subprocess.run([BUILD_IMAGE, "2.2.1", file, "--payload-mb", "0.02", *words], check=True,
                           stdout=subprocess.DEVNULL)

    @classmethod
    def on_host(cls, command):
        result = subprocess.run([*cls.prefix, "bash", "-c", command], capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, check=False)
        return result.returncode, result.stdout, result.stderr

    @classmethod
    def fresh(cls):
        cls.on_host(
            "docker ps -aq | xargs -r docker rm -f -v; docker images -q | xargs -r docker rmi -f; "
            "docker volume ls -q | xargs -r docker volume rm; rm -rf /opt/p /var/lib/data; "
            f"docker load -q <{cls.files}/image-2.2.0/KaiwuDB.tar"
        )

    def setUp(self):
        self.on_host("docker ps -aq | xargs -r docker rm -f -v; rm -rf /var/lib/data /opt/p")

    def say(self, command):
        """Standard output of a command that has to succeed, without the last line end."""
        code, out, err = self.on_host(command)
        self.assertEqual(code, 0, out + err)
        return out.rstrip("\n")

    def refuse(self, command, code, text):
        """The command ends with this code and says this."""
        got, out, err = self.on_host(command)
        self.assertEqual(got, code, out + err)
        self.assertIn(text.lower(), (out + err).lower())

    def wait(self, command, wanted, limit=30):
        end = time.monotonic() + limit
        while True:
            found = self.on_host(command)[1].strip()
            if found == wanted:
                return
            self.assertLess(time.monotonic(), end, f"{command}: {found}, not {wanted}")
            time.sleep(0.05)
