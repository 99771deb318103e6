"""One server process: start, serve, drain, stop (host-transcripts no. 1, journal-stop-unit)."""
import os
import random
import shutil
import signal
import sys
import threading
import time
import urllib.parse

from . import build, clock, faults, jobs, rpc
from .admin import Admin, complete_upgrade
from .cluster import Cluster
from .faults import scaled
from .gossip import Gossip
from .httpd import HttpServer
from .log import Log
from .pgserver import PgServer
from .ranges import Ranges
from .sqlexec import Engine
from .store import Locked, Store

_STOP_SIGNALS = {signal.SIGTERM: "terminated", signal.SIGINT: "interrupt",
                 signal.SIGQUIT: "quit"}
# A plain SIGTERM in a cluster did not end the process within 100 s; once it took ten minutes.
DRAIN_CLUSTER = 600.0
DRAIN_MARKED = 4.0
DRAIN_SINGLE = 0.3
LEASES_MOVED = 1.6
_VERSION_FILE = "CLUSTER_VERSION"

_INSECURE_WARNING = """*
* WARNING: RUNNING IN INSECURE MODE!
* 
* - Your cluster is open for any client that can access {host}.
* - Any user, even root, can log in without providing a password.
* - Any user, connecting as root, can read or write any data in your cluster.
* - There is no network encryption nor authentication, and thus no confidentiality.
* 
* Check out how to secure your cluster on KWDB website
*
"""


def say(text, stream=None):
    stream = stream or sys.stdout
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError:
        pass  # a closed log pipe does not stop a server


class Node:
    def __init__(self, options):
        self.options = options
        self.store = Store(options.store)
        self.log = Log(os.path.join(options.store, "logs"))
        incarnation = f"{os.getpid()}-{time.time_ns()}"
        self.gossip = Gossip(self.store, options.advertise, options.join, options.insecure,
                             incarnation)
        self.cluster = Cluster(self.store, self.gossip, options)
        self.ranges = Ranges(self.cluster)
        self.engine = Engine(self)
        self.admin = Admin(self)
        self._initialised = threading.Event()
        self._temp = os.path.join(options.store, f"kwbase-temp{random.randrange(10**9, 10**10)}")
        self._new = True
        self._signalled = False

    # -- start -------------------------------------------------------------------------------

    def run(self):
        """Serve until a signal ends the process. Returns the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
        os.makedirs(self._temp, exist_ok=True)
        self.log.info("cli/start.go:583", "starting kwbase node")
        if self.options.insecure:
            host = rpc.split_address(self.options.advertise)[0]
            say(_INSECURE_WARNING.format(host=host).rstrip("\n"), sys.stderr)
        threading.Thread(target=self._watch_faults, daemon=True).start()
        if not faults.on("never-up"):
            try:
                self.pg = PgServer(self)
                self.http = HttpServer(self)
            except OSError as e:
                return self._cannot_listen(e)
            threading.Thread(target=self._come_up, daemon=True).start()
        return self._wait_for_signals()

    def _cannot_listen(self, error):
        text = error.strerror.lower() if error.strerror else str(error)
        say(f"ERROR: cannot start server: listen tcp {self.options.listen}: bind: {text}\n"
            f'Failed running "{self.options.mode}"', sys.stderr)
        return 1

    def _come_up(self):
        self.pg.start()
        self.http.start()
        began = time.time()
        delay = faults.number("slow-start", 20.0)
        time.sleep(scaled(random.uniform(1.6, 3.0) if delay is None else delay))
        self.gossip.refresh()
        for link in self.gossip.links():
            link.exchange()  # know the cluster's present before writing to it
        self._identify()
        threading.Thread(target=self._tick, daemon=True).start()
        # The gossip key comes first; the old liveness record is what the others see meanwhile.
        time.sleep(scaled(random.uniform(0.3, 0.8)))
        self.cluster.wait_quorum()
        self.cluster.ready = True
        if not faults.on("never-available"):
            self.cluster.renew_liveness()
        self.ranges.record()
        if self.options.upgrade_complete:
            complete_upgrade(self.cluster)
        with open(os.path.join(self.options.store, _VERSION_FILE), "w", encoding="ascii") as f:
            f.write(build.CLUSTER_VERSION + "\n")
        jobs.restarted(self.cluster)
        self._banner(time.time() - began)

    def _identify(self):
        """Take the id in the store, create a cluster, or wait to be let into one."""
        own = self.store.path and os.path.join(self.store.path, "NODE")
        if os.path.exists(own):
            self._new = False
            with open(own, encoding="ascii") as f:
                self.cluster.resume(int(f.read()))
            return
        if self.options.mode == "start-single-node":
            self.cluster.create()
        else:
            self._wait_for_cluster()
        with open(own, "w", encoding="ascii") as f:
            f.write(f"{self.cluster.node}\n")

    def _wait_for_cluster(self):
        # Which node gets which id depends on who knocks first, not on the addresses.
        host, port = rpc.split_address(self.options.advertise)
        digits = host.rsplit(".", 1)[-1]
        self._tell_parent()
        turn = 7 - (port + (int(digits) if digits.isdigit() else 0)) % 8
        while not self._initialised.wait(max(0.05, scaled(0.2))):
            self.gossip.refresh()
            # `init` here gives this node its id before the cluster exists: then nobody is asked.
            if self.store.get("cluster") is None or self.cluster.node:
                continue
            time.sleep(max(0.05, scaled(0.15)) * turn)
            answer = next((a for a in (link.ask(op="join", address=self.options.advertise)
                                       for link in self.gossip.links() if link.peer) if a), None)
            if answer:
                self.cluster.join(answer["node"])
                return

    def _tell_parent(self):
        """--background: the parent leaves once the node serves or waits for `init`."""
        if self.options.ready_fd is not None:
            os.write(self.options.ready_fd, b"1")
            os.close(self.options.ready_fd)
            self.options.ready_fd = None

    def initialise(self):
        self.cluster.create()
        self._initialised.set()

    def _banner(self, took):
        o = self.options
        now = clock.now()
        whole = clock.stamp(now).split(".")[0]
        nanos = int(now % 1 * 1e9)
        status = "restarted pre-existing node"
        if self._new:
            status = ("initialized new cluster" if self.cluster.node == 1
                      else "initialized new node, joined pre-existing cluster")
        flags = "--insecure" if o.insecure else f"--certs-dir={o.certs}"
        say(f"KWDB node starting at {whole}.{nanos:09d} +0000 UTC (took {took:.1f}s)\n"
            f"build:                {build.TAG} @ {build.time_of(build.TAG)} ({build.GO})\n"
            f"sql:                 postgresql://root@{o.advertise}?{self._url_options()}\n"
            f"RPC client flags:    {os.path.realpath(sys.argv[0])} <client cmd> "
            f"--host={o.advertise} {flags}\n"
            f"logs:                {o.store}/logs\n"
            f"temp dir:            {self._temp}\n"
            f"external I/O path:   {o.store}/extern\n"
            f"store[0]:            path={o.store}\n"
            "storage engine:      pebble\n"
            f"status:              {status}\n"
            f"clusterID:           {self.store.get('cluster')}\n"
            f"nodeID:              {self.cluster.node}")
        self._tell_parent()
        self.log.info("cli/start.go:702", f"[n{self.cluster.node}] node startup completed")

    def _url_options(self):
        if self.options.insecure:
            return "sslmode=disable"
        certs = urllib.parse.quote(self.options.certs, safe="")
        return (f"sslcert={certs}%2Fclient.root.crt&sslkey={certs}%2Fclient.root.key"
                f"&sslmode=verify-full&sslrootcert={certs}%2Fca.crt")

    # -- while running -----------------------------------------------------------------------

    def _tick(self):
        while True:
            try:
                self.gossip.refresh()
                self.cluster.heartbeat()
                if self.cluster.ready:
                    self.ranges.observe()
                    jobs.publish_faulty(self.cluster)
            except Exception as e:  # a node that stops beating without a word helps nobody
                self.log.write("E", "server/node.go:1", f"tick failed: {e!r}")
            time.sleep(max(0.04, scaled(0.4)))

    def _watch_faults(self):
        began = time.time()
        dies = faults.number("die-after-start", 2.0)
        while True:
            if faults.on("die-now"):
                os._exit(1)
            if dies is not None and time.time() - began >= scaled(dies):
                os._exit(1)
            if abs(clock.SKEW) >= 0.4 and time.time() - began >= scaled(4.0):
                self._die_of_skew()
            time.sleep(0.1)

    def _die_of_skew(self):
        peers = len(self.cluster.members()) - 1
        if peers <= 0:
            return
        text = ("clock synchronization error: this node is more than 500ms away from at least "
                f"half of the known nodes (0 of {peers} are within the offset)")
        self.log.write("F", "server/server.go:281", f"[n{self.cluster.node}] {text}")
        say("*\n* ERROR: " + text + "\n*", sys.stderr)
        os._exit(7)

    # -- drain and stop ----------------------------------------------------------------------

    def start_drain(self):
        self.cluster.draining = True
        self.pg.drain()
        left = len(self.ranges.leases(self.cluster.node))
        if self.cluster.ready:
            self.cluster.renew_liveness()
        self.log.info("kv/kvserver/store.go:1228",
                      f"[drain] waiting for {left} replicas to transfer their lease away", 15867)

    def finish_drain(self):
        self.ranges.move_leases(self.cluster.node)

    def leave(self):
        """End the process after a drain."""
        self.cluster.stopping = True
        shutil.rmtree(self._temp, ignore_errors=True)
        self.store.close()
        os._exit(0)

    def _wait_for_signals(self):
        while True:
            number = signal.sigwait(_STOP_SIGNALS)
            name = _STOP_SIGNALS[number]
            if self._signalled and faults.on("drain-hangs"):
                continue
            if self._signalled:
                self._die_at_once(number, name)
            self._signalled = True
            self._announce(name)
            threading.Thread(target=self._shut_down, daemon=True).start()

    def _announce(self, name):
        self.log.info("cli/start.go:865", f"received signal '{name}'")
        self.log.info("cli/start.go:952", "initiating graceful shutdown of server")
        say("initiating graceful shutdown of server")

    def _shut_down(self):
        drained = self.cluster.draining  # by `node drain` before
        others = [n for n in self.cluster.members() if n != self.cluster.node]
        if self.cluster.ready and not drained:
            self.start_drain()
        if faults.on("drain-hangs"):
            self._drain_in_cluster(float("inf"))
        elif not self.cluster.ready or drained:
            time.sleep(scaled(0.5))
        elif not others:
            time.sleep(scaled(DRAIN_SINGLE))
        else:
            marked = self.cluster.flags(self.cluster.node).get("upgrading")
            self._drain_in_cluster(scaled(DRAIN_MARKED if marked else DRAIN_CLUSTER))
        self.log.info("cli/start.go:1001", "server drained and shutdown completed")
        say("server drained and shutdown completed")
        self.leave()

    def _drain_in_cluster(self, limit):
        """Leases leave soon; then the original waits for the last one, for minutes."""
        began = time.time()
        time.sleep(scaled(LEASES_MOVED))
        self.finish_drain()
        while time.time() - began < limit:
            time.sleep(scaled(1.2))
            self.log.info("kv/kvserver/store.go:1228", "[drain] waiting for 1 replicas to "
                          "transfer their lease away", 15867)

    def _die_at_once(self, number, name):
        text = (f"received signal '{name}' during shutdown, initiating hard shutdown - node may "
                "take longer to restart & clients may need to wait for leases to expire")
        self.log.write("E", "cli/start.go:987", text)
        say(f"*\n* ERROR: {text}\n*", sys.stderr)
        signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [number])
        os.kill(os.getpid(), number)
        time.sleep(5)
        os._exit(1)


def _incompatible(options):
    """Whether a newer build has raised the version of the data (16-upgrade-to-V3.0.0.txt)."""
    try:
        with open(os.path.join(options.store, _VERSION_FILE), encoding="ascii") as f:
            found = f.read().strip()
    except OSError:
        return False
    if found <= build.CLUSTER_VERSION:
        return False
    say("ERROR: kwbase server exited with error: inspecting engines: kwbase version "
        f"v{build.CLUSTER_VERSION} is incompatible with data in store "
        f"<no-attributes>={options.store}; use version v{found} or later\n"
        f'Failed running "{options.mode}"', sys.stderr)
    return True


def serve(options):
    if _incompatible(options):
        return 1
    try:
        node = Node(options)
    except Locked:
        say(f"ERROR: could not acquire lock on store {options.store}: resource temporarily "
            f'unavailable\nFailed running "{options.mode}"', sys.stderr)
        return 1
    except OSError as e:
        say(f'ERROR: {e.filename}: {(e.strerror or "").lower()}\n'
            f'Failed running "{options.mode}"', sys.stderr)
        return 1
    return node.run()
