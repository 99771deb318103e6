"""What the tests of demo hosts share: a cluster for a class of tests, commands, recordings."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
CLUSTER = os.path.join(HERE, "..", "cluster")
BUILD = os.path.join(HERE, "..", "..", "release", "build")
FIXTURE = os.path.join(HERE, "fixture")
DATA = os.path.join(HERE, "..", "..", "..", "data", "host-transcripts")
sys.path.insert(0, os.path.join(HERE, ".."))


def recording(name, command, number=0):
    """What a recorded command said on stdout, as bytes; `number` picks one of several equal commands."""
    with open(os.path.join(DATA, name + ".txt"), "rb") as f:
        text = f.read()
    blocks = re.split(rb"^\$ ssh \S+ '", text, flags=re.M)[1:]
    found = [b for b in blocks if command.encode() in b.split(b"\n--- rc=")[0]]
    out = found[number].partition(b"--- stdout\n")[2]
    for end in (b"\n--- stderr\n", b"\n\n"):
        out = out.partition(end)[0] + b"\n" if end in out else out
    return re.sub(rb"\n+\Z", b"\n", out)


def run_cluster(*words, **options):
    return subprocess.run([CLUSTER, *words], capture_output=True, text=True, check=False, **options)


def ssh_words(cluster, host):
    """The ssh command line up to the command."""
    return [
        "ssh",
        "-q",
        *("-F", "none"),
        *("-i", host["keyFile"]),
        *("-o", "IdentitiesOnly=yes"),
        *("-o", "BatchMode=yes"),
        *("-o", "UserKnownHostsFile=" + cluster["knownHosts"]),
        *("-p", str(host["port"])),
        host["user"] + "@" + host["address"],
    ]


def skip_where_impossible():
    from kwdemo import machine

    why = machine.missing()
    if why:
        print("skipped: " + why)
        sys.exit(77)


class ClusterTest(unittest.TestCase):
    """One cluster for all tests of the class; OPTIONS go to `cluster up`."""

    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="kwdemo.")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.dir = os.path.join(cls.temporary.name, "cluster")
        cls.addClassCleanup(run_cluster, "down", "--dir", cls.dir)
        result = run_cluster("up", "--dir", cls.dir, *cls.OPTIONS)
        if result.returncode:
            raise RuntimeError(result.stderr)
        cls.facts = json.loads(result.stdout)

    def inside(self, command, host="n1"):
        """A shell command in a host: (exit code, stdout as text)."""
        result = run_cluster(
            "exec", "--dir", self.dir, host, "bash", "-c", command, stdin=subprocess.DEVNULL
        )
        return result.returncode, result.stdout

    def say(self, command, host="n1"):
        code, out = self.inside(command, host)
        self.assertEqual(code, 0, out)
        return out

    def root(self, path, host=0):
        return self.facts["hosts"][host]["root"] + path

    def fault(self, name, parameter="", host="n1"):
        words = ["fault", "--dir", self.dir, host, name] + ([parameter] if parameter else [])
        self.assertEqual(run_cluster(*words).returncode, 0)
        self.addCleanup(run_cluster, "clear", "--dir", self.dir, host, name)

    def ssh(self, command, host=0, **options):
        facts = self.facts["hosts"][host]
        words = ssh_words(self.facts, facts) + [command]
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(words, capture_output=True, check=False, timeout=180, **options)

    def wait(self, ready, limit=90):
        end = time.monotonic() + limit
        while not ready():
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.05)
