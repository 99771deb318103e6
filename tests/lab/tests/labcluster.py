"""What a lab test needs: a cluster for the life of a test class, faults, SSH, the console program.

    class MyTest(LabTest):
        hosts = 3

        def test_a_sentence(self):
            self.lab.fault(2, "start-hang")
            done = self.lab.program("--profile", path, "run")
            self.lab.waitFor(lambda: self.lab.isLive(2), 60, "node 2 is live again")
"""

import csv
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from kwlab import cluster, faults, kwdb, locks, network, settings  # noqa: E402

LAB = Path(__file__).resolve().parents[1] / "lab"
OWNER_WAIT = 900  # seconds to wait while another test program uses the lab


class LabCluster:
    """Owns the lab from up() to down(); a killed test program leaves no lab behind."""

    def __init__(self, hosts=3, setup=kwdb.Setup()):
        self.count, self.setup = hosts, setup
        self._owner = self._reaper = None

    def __enter__(self):
        return self.up()

    def __exit__(self, *_):
        self.down()

    def up(self):
        self._owner = locks.Ownership(OWNER_WAIT)
        self._reaper = subprocess.Popen(
            [LAB, "reap"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            with locks.command(True):
                cluster.up(self.count, self.setup)
        except BaseException:
            self.down()
            raise
        return self

    def down(self):
        if self._owner is None:
            return
        try:
            with locks.command(True):
                cluster.down()
        finally:
            self._owner.release()
            self._owner = None
            self._reaper.communicate()

    def host(self, index):
        return cluster.host(index)

    def fault(self, index, name, *params):
        faults.apply(self.host(index), name, params)

    def clear(self, index, name="all", *params):
        faults.clear(self.host(index), name, params)

    def exec(self, index, *argv, check=True, **kw):
        """Runs argv as root inside host index; the result has stdout, stderr, returncode."""
        return self.host(index).exec(*argv, check=check, **kw)

    def hub(self, *argv, timeout=600, env=None, **kw):
        """Runs argv where the hosts can be reached; never raises for an exit code."""
        kw.setdefault("stdin", None if "input" in kw else subprocess.DEVNULL)
        if kw["stdin"] is None:
            del kw["stdin"]
        return subprocess.run(
            [*network.inside(settings.HUB), *map(str, argv)],
            text=True,
            timeout=timeout,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            **kw,
        )

    def start(self, *argv, **kw):
        """Starts argv in the hub; returns the Popen. The caller ends it."""
        return subprocess.Popen([*network.inside(settings.HUB), *map(str, argv)], text=True, **kw)

    def sshArgv(self, index, command, user=settings.SUDO_USER, password=False):
        options = [
            "-F",
            "none",
            "-o",
            "UserKnownHostsFile=%s" % settings.KNOWN_HOSTS,
            "-o",
            "ConnectTimeout=5",
        ]
        if password:
            argv = [
                "sshpass",
                "-p",
                settings.PASSWORD,
                "ssh",
                *options,
                "-o",
                "PubkeyAuthentication=no",
            ]
        else:
            argv = [
                "ssh",
                *options,
                "-i",
                str(settings.CLIENT_KEY),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
            ]
        return [*argv, "%s@%s" % (user, settings.address(index)), command]

    def ssh(self, index, command, user=settings.SUDO_USER, password=False, **kw):
        return self.hub(*self.sshArgv(index, command, user, password), **kw)

    def program(self, *args, **kw):
        """Runs the console program kwdb-upgrade in the hub."""
        return self.hub(programPath(), *args, **kw)

    def startProgram(self, *args, **kw):
        return self.start(programPath(), *args, **kw)

    def nodeStatus(self, via=1, *options):
        """Rows of `kwbase node status` as host "via" sees them; empty when it does not answer."""
        return kwdb.nodeStatus(self.host(via), *options)

    def sql(self, statement, via=1):
        """Rows of a statement as dictionaries; raises AssertionError when it fails."""
        done = kwdb.kwbase(self.host(via), "sql", "--format=csv", "-e", statement)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return list(csv.DictReader(done.stdout.splitlines()))

    def node(self, index, via=1, *options):
        """The row of the node on host index, or None."""
        wanted = settings.address(index) + ":26257"
        return next(
            (row for row in self.nodeStatus(via, *options) if row["address"] == wanted), None
        )

    def isLive(self, index, via=1):
        row = self.node(index, via)
        return row is not None and (row["is_available"], row["is_live"]) == ("true", "true")

    def packageVersion(self, index, package="kaiwudb-server"):
        return self.exec(
            index, "dpkg-query", "-W", "-f", "${Version} ${Status}", package, check=False
        ).stdout

    def unit(self, index, *properties):
        """Properties of kaiwudb.service as a dictionary."""
        done = self.exec(index, "systemctl", "show", "kaiwudb", "-p", ",".join(properties))
        return dict(line.split("=", 1) for line in done.stdout.splitlines())

    @staticmethod
    def waitFor(condition, seconds, what):
        """Polls until condition() is true; fails with "what" when the time is over."""
        deadline = time.monotonic() + seconds
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError("Not within %s s: %s." % (seconds, what))
            time.sleep(0.2)
        return value


def programPath():
    build = Path(os.environ.get("KWUP_BUILD_DIR") or settings.PROJECT / "build/dev")
    path = build / "app/kwdb-upgrade"
    if not path.exists():
        raise unittest.SkipTest("%s has not been built." % path)
    return path


class LabTest(unittest.TestCase):
    """A cluster for the class; every test starts without faults."""

    hosts = 3
    setup = kwdb.Setup()  # None: hosts without KWDB

    @classmethod
    def setUpClass(cls):
        cls.lab = LabCluster(cls.hosts, cls.setup).up()
        cls.addClassCleanup(cls.lab.down)

    def tearDown(self):
        for host in cluster.hosts():
            faults.clear(host, "all")
