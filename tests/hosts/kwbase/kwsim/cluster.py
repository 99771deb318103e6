"""The cluster as this node sees it: members, liveness, quorum, states (kwdb-facts 4.1-4.4)."""
import math
import time

from . import build, clock, faults, rpc
from .faults import scaled

LIVENESS = 9.0        # seconds a liveness record is valid; renewed after half of it
GOSSIP_CLIENT = 4.0   # seconds a gossip client key is valid
STORE_DEAD = "server.time_until_store_dead"
STORE_DEAD_DEFAULT = 1800.0


class NoQuorum(Exception):
    pass


class Cluster:
    def __init__(self, store, gossip, options):
        self.store = store
        self.gossip = gossip
        self.options = options
        self.node = 0             # own id, 0 until the cluster has given one
        self.ready = False        # serves SQL
        self.draining = False
        self.stopping = False
        self.started = clock.now()
        self._beat_at = 0.0

    # -- members ---------------------------------------------------------------------------

    def descriptors(self):
        return {int(k): v for k, v in sorted(self.store.under("node/").items(),
                                             key=lambda item: int(item[0]))}

    def flags(self, node):
        return self.store.get(f"flag/{node}", {})

    def members(self):
        return [n for n in self.descriptors() if not self.decommissioned(n)]

    def decommissioned(self, node):
        return bool(self.flags(node).get("decommissioning")) and self.expired(node)

    def up(self, node):
        """Whether the process answers, as the RPC layer knows within a fraction of a second."""
        if node == self.node:
            return True
        link = self.gossip.link_to(node)
        return link.ok if link is not None else self.is_live(node)

    def has_quorum(self):
        members = self.members()
        if not self.node or not members:
            return False
        if self.single_replica():
            return self.up(members[0])  # the system ranges are on the first node
        return sum(self.up(n) for n in members) * 2 > len(members)

    def wait_quorum(self):
        """Block until the cluster has quorum; a client that gives up closes its side."""
        while not self.has_quorum():
            if self.stopping:
                raise NoQuorum
            time.sleep(max(0.02, scaled(0.2)))

    def single_replica(self):
        return self.options.mode == "start-single-replica"

    # -- liveness --------------------------------------------------------------------------

    def liveness(self, node):
        return self.store.get(f"live/{node}", {"epoch": 1, "expiration": 0.0, "draining": False,
                                               "updated": 0.0})

    def expired(self, node):
        return self.liveness(node)["expiration"] < clock.now()

    def is_live(self, node):
        return clock.now() - self.store.get(f"beat/{node}", 0.0) < scaled(GOSSIP_CLIENT)

    def is_available(self, node):
        return not self.expired(node) and not self.flags(node).get("upgrading")

    def updated_at(self, node):
        """Of a killed node the column goes on advancing (09-failures-timeline.txt)."""
        live = self.liveness(node)
        if live["draining"] or not self.expired(node):
            return live["updated"]
        step = scaled(LIVENESS / 2)
        return live["updated"] + math.floor((clock.now() - live["updated"]) / step) * step

    def state(self, node):
        """Order of evaluation as in KWDB's store_pool.go."""
        flags, live = self.flags(node), self.liveness(node)
        dead = live["expiration"] + self.store_dead_after() < clock.now()
        if flags.get("upgrading"):
            return "DEAD" if dead else "UPGRADING"
        if dead:
            return "DECOMMISSIONED" if flags.get("decommissioning") else "DEAD"
        if flags.get("decommissioning"):
            return "DECOMMISSIONING"
        if live["draining"] or self.expired(node):
            return "UNAVAILABLE"
        return "LIVE"

    def store_dead_after(self):
        return scaled(self.store.get("setting/" + STORE_DEAD, STORE_DEAD_DEFAULT))

    def heartbeat(self):
        """Renew the gossip key and, when due, the liveness record. Called every tick."""
        now = clock.now()
        self.store.put(f"beat/{self.node}", now)
        if faults.on("never-available") or not self.ready:
            return
        if now - self._beat_at >= scaled(LIVENESS / 2) and self.has_quorum():
            self.renew_liveness()

    def renew_liveness(self):
        now = clock.now()
        self._beat_at = now
        desc = self.store.get(f"node/{self.node}")
        entry = self.store.put(f"live/{self.node}", {
            "epoch": desc["epoch"], "expiration": now + scaled(LIVENESS),
            "draining": self.draining, "updated": now + 0.005})
        self.gossip.broadcast([entry])

    # -- writes ----------------------------------------------------------------------------

    def commit(self, *pairs):
        """Write (key, value) pairs here and on every reachable node; blocks without quorum."""
        self.wait_quorum()
        self.gossip.broadcast([self.store.put(key, value) for key, value in pairs])

    def set_flag(self, node, **changes):
        self.commit((f"flag/{node}", {**self.flags(node), **changes}))

    # -- joining ---------------------------------------------------------------------------

    def create(self):
        """Become the first node of a new cluster."""
        import uuid
        self._adopt(1)
        self.store.put("cluster", str(uuid.uuid4()))
        self._describe(epoch=1)

    def allocate(self, address):
        """Node id for a joiner; asked of an initialised node."""
        with self.store.lock:
            if self.store.get("cluster") is None:
                raise rpc.RpcError("node is waiting for cluster initialization")
            for node, desc in self.descriptors().items():
                if desc["address"] == address and desc.get("reserved"):
                    return node
            node = max(self.descriptors(), default=0) + 1
            self.gossip.broadcast([self.store.put(f"node/{node}", {
                "address": address, "build": build.TAG, "started": clock.now(), "epoch": 0,
                "mode": self.options.mode, "reserved": True})])
            return node

    def join(self, node):
        self._adopt(node)
        self._describe(epoch=1)

    def resume(self, node):
        """Take up the identity found in the store directory."""
        self._adopt(node)
        known = self.store.get(f"node/{node}", {})
        self._describe(epoch=known.get("epoch", 0) + 1)

    def _adopt(self, node):
        self.node = self.gossip.node = self.store.origin = node

    def _describe(self, epoch):
        tag = build.TAG
        if faults.on("wrong-build"):
            tag = faults.text("wrong-build") or "V2.1.0"
        self.gossip.broadcast([self.store.put(f"node/{self.node}", {
            "address": self.options.advertise, "build": tag, "started": self.started,
            "epoch": epoch, "mode": self.options.mode})])
