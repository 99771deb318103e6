"""Clusters of stand-in processes on loopback for tests."""
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

KWBASE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "kwbase"))


def free_ports(count):
    """Below those that the system gives to outgoing connections: a node that is down keeps its own."""
    found = {}
    while len(found) < count:
        port = random.SystemRandom().randint(10240, 32000)
        s = socket.socket()
        try:
            s.bind(("127.0.0.1", port))
            found[port] = s
        except OSError:
            s.close()
    for s in found.values():
        s.close()
    return list(found)


def wait_for(condition, limit=60.0, what="condition"):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not hold within {limit} s")


class Sim:
    """`count` nodes that are not started yet. Call close() at the end."""

    def __init__(self, count=3, scale=0.2, mode="start", security=("--insecure",),
                 version="V2.2.0"):
        self.folder = tempfile.mkdtemp(prefix="kwsim-")
        self.mode, self.security, self.version = mode, list(security), version
        self.scale = scale
        ports = free_ports(2 * count)
        self.sql, self.http = ports[:count], ports[count:]
        self.processes = [None] * count
        for i in range(count):
            os.makedirs(os.path.join(self.etc(i), "fault"))
            with open(os.path.join(self.etc(i), "time-scale"), "w", encoding="ascii") as f:
                f.write(str(scale))

    def etc(self, i):
        return os.path.join(self.folder, f"etc{i}")

    def fault(self, i, name, value=""):
        with open(os.path.join(self.etc(i), "fault", name), "w", encoding="utf-8") as f:
            f.write(str(value))

    def heal(self, i, name):
        os.unlink(os.path.join(self.etc(i), "fault", name))

    def address(self, i):
        return f"127.0.0.1:{self.sql[i]}"

    def start(self, i, *extra, version=None):
        join = [] if self.mode == "start-single-node" else [
            "--join=" + ",".join(self.address(n) for n in range(len(self.sql)))]
        brpc = ["--brpc-addr=127.0.0.1:27257"] if (version or self.version) >= "V3" else []
        out = open(os.path.join(self.folder, f"out{i}"), "ab")
        self.processes[i] = subprocess.Popen(
            [KWBASE, self.mode, *self.security, f"--store={self.store(i)}",
             f"--listen-addr={self.address(i)}", f"--advertise-addr={self.address(i)}",
             f"--http-addr=127.0.0.1:{self.http[i]}", *brpc, *join, *extra],
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env=self.environment(i, version))
        out.close()

    def environment(self, i, version=None):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("KWBASE_", "KWSIM_"))}
        return {**env, "KWSIM_ETC": self.etc(i), "KWSIM_VERSION": version or self.version}

    def store(self, i):
        return os.path.join(self.folder, f"store{i}")

    def output(self, i):
        with open(os.path.join(self.folder, f"out{i}"), encoding="utf-8") as f:
            return f.read()

    def run(self, *arguments, i=0, timeout=60):
        """A kwbase client command at node i: (stdout, stderr, rc)."""
        done = subprocess.run(
            [KWBASE, *arguments, *self.security, f"--host={self.address(i)}"],
            capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
            env=self.environment(i), check=False)
        return done.stdout, done.stderr, done.returncode

    def query(self, source, i=0):
        """Rows of a query as lists of text, without the header."""
        out, err, rc = self.run("sql", "--format=tsv", "-e", source, i=i)
        if rc:
            raise AssertionError(err)
        return [line.split("\t") for line in out.splitlines()[1:]]

    def up(self):
        """Start all, initialise, wait until every node serves and is available."""
        try:
            self._bring_up()
        except BaseException:
            self.close()
            raise
        return self

    def _bring_up(self):
        for i in range(len(self.sql)):
            self.start(i)
        if self.mode != "start-single-node":
            wait_for(lambda: self.run("init")[2] == 0, what="init")
        self.wait_ready(*range(len(self.sql)))
        wait_for(lambda: self.flags() == [("true", "true")] * len(self.sql),
                 what="all nodes live")

    def wait_ready(self, *nodes):
        for i in nodes:
            wait_for(lambda i=i: self.health(i, "?ready=1")[0] == 200, what=f"node {i} ready")

    def health(self, i, query=""):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http[i]}/health{query}",
                                        timeout=5) as r:
                return r.status, r.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode()
        except OSError:
            return 0, ""

    def status(self, i=0, *extra):
        """{advertised address: {column: value}} of `node status`, asked of node i."""
        out, err, rc = self.run("node", "status", "--format=tsv", *extra, i=i)
        if rc:
            raise AssertionError(err)
        head, *rows = [line.split("\t") for line in out.splitlines()]
        return {row[1]: dict(zip(head, row)) for row in rows}

    def flags(self, i=0):
        return [(s["is_available"], s["is_live"]) for s in self.status(i).values()]

    def signal(self, i, number=signal.SIGTERM):
        self.processes[i].send_signal(number)

    def kill(self, i):
        self.processes[i].kill()
        self.processes[i].wait()

    def close(self):
        for p in self.processes:
            if p is not None and p.poll() is None:
                p.kill()
        for p in self.processes:
            if p is not None:
                p.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
