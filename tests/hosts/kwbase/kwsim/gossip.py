"""Links to the other nodes: one thread and one connection per peer, pulling what changed."""
import threading
import time

from . import rpc
from .faults import scaled


class Link:
    def __init__(self, address, gossip):
        self.address = address
        self.ok = False
        self.peer = 0            # node id, once known
        self.lost_at = None      # wall time at which a working link broke
        self._gossip = gossip
        self._channel = None
        self._lock = threading.Lock()
        self._seen = (None, 0)   # incarnation of the peer, its sequence
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            self.exchange()
            time.sleep(max(0.03, scaled(0.4)))

    def exchange(self):
        """Pull the changes of the peer once; False if it cannot be reached."""
        with self._lock:
            answer = self._call(op="pull", seen=self._seen, me=self._gossip.introduction())
        if answer is None:
            return False
        self._gossip.store.merge(answer["entries"])
        self._seen = (answer["incarnation"], answer["seq"])
        self.peer = answer["node"]
        self._gossip.learned(answer)
        return True

    def push(self, entries):
        with self._lock:
            return self._call(op="push", entries=entries) is not None

    def ping(self):
        with self._lock:
            return self._call(op="ping") is not None

    def ask(self, **message):
        with self._lock:
            return self._call(**message)

    def _call(self, **message):
        try:
            if self._channel is None:
                self._channel = rpc.Channel(self.address, self._gossip.insecure, 3.0)
            answer = self._channel.call(**message)
        except (OSError, EOFError, ValueError, rpc.Refused, rpc.RpcError):
            if self._channel is not None:
                self._channel.close()
            self._channel = None
            if self.ok:
                self.lost_at = time.time()
            self.ok = False
            return None
        self.ok = True
        return answer


class Gossip:
    """All links of a node. Addresses come from --join and from node descriptors."""

    def __init__(self, store, address, join, insecure, incarnation):
        self.store = store
        self.address = address
        self.insecure = insecure
        self.incarnation = incarnation
        self.node = 0
        self._links = {}
        self._own = {address}
        self._join = [a if ":" in a else a + ":26257" for a in join]

    def introduction(self):
        return {"address": self.address, "node": self.node}

    def refresh(self):
        """Open links to peers that have become known."""
        known = [d["address"] for d in self.store.under("node/").values()]
        for address in [*self._join, *known]:
            if address not in self._own and address not in self._links:
                self._links[address] = Link(address, self)

    def learned(self, answer):
        if answer["incarnation"] == self.incarnation:
            for address, link in self._links.items():
                if link.peer == self.node:
                    self._own.add(address)
        self.refresh()

    def links(self):
        return list(self._links.values())

    def link_to(self, node):
        desc = self.store.get(f"node/{node}")
        return self._links.get(desc["address"]) if desc else None

    def broadcast(self, entries):
        for link in self.links():
            if link.ok:
                link.push(entries)

    def serve_pull(self, message):
        incarnation, seq = message["seen"]
        current, entries = self.store.since(seq if incarnation == self.incarnation else 0)
        return {"incarnation": self.incarnation, "node": self.node, "seq": current,
                "entries": entries, "cluster": self.store.get("cluster")}
