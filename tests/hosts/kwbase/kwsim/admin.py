"""What the command line and other nodes ask a server over the RPC port."""
import time

from .cluster import STORE_DEAD, STORE_DEAD_DEFAULT
from .faults import scaled
from .rpc import RpcError

_PREFIX = "rpc error: code = Unknown desc = "


class Admin:
    """`handle` yields the answers to one message."""

    def __init__(self, node):
        self._node = node
        self._cluster = node.cluster

    def handle(self, message):
        return getattr(self, "_on_" + message["op"])(message)

    # -- between nodes -----------------------------------------------------------------------

    def _on_ping(self, _message):
        yield {"ok": True}

    def _on_pull(self, message):
        yield self._cluster.gossip.serve_pull(message)

    def _on_push(self, message):
        self._cluster.store.merge(message["entries"])
        yield {"ok": True}

    def _on_join(self, message):
        yield {"node": self._cluster.allocate(message["address"])}

    def _on_blob(self, message):
        yield self._node.engine.extern.serve(message)

    # -- from the command line ---------------------------------------------------------------

    def _on_init(self, _message):
        if self._cluster.store.get("cluster") is not None or self._cluster.node:
            raise RpcError(_PREFIX + "cluster has already been initialized")
        self._node.initialise()
        yield {"ok": True}

    def _on_status(self, message):
        """State of one node, or None when there is no such node."""
        self._cluster.wait_quorum()
        node = message["node"]
        known = node in self._cluster.descriptors()
        yield {"state": self._cluster.state(node) if known else None}

    def _on_upgrade(self, message):
        cluster, target = self._cluster, message["node"]
        cluster.wait_quorum()
        for node in cluster.descriptors():
            state = cluster.state(node)
            if state not in ("LIVE", "DECOMMISSIONED"):
                raise RpcError(f"{_PREFIX}can not upgrade nodes when cluster has node {state}")
        if cluster.single_replica():
            other = next((n for n in cluster.members() if n != target), None)
            if other is not None:
                raise RpcError(f"{_PREFIX}during liveness update {target} -> true: cluster has "
                               f"node unreachable. Can not connect to node {other}")
        cluster.set_flag(target, upgrading=True)
        cluster.commit(("setting/" + STORE_DEAD, 10800.0))
        yield {"ok": True}

    def _on_drain(self, message):
        """Drain this node; with `shutdown`, end it afterwards (quit)."""
        node = self._node
        if not self._cluster.draining:
            left = len(node.ranges.leases(self._cluster.node)) or 1
            node.start_drain()
            time.sleep(scaled(1.2))
            yield {"remaining": left}
            node.finish_drain()
        yield {"remaining": 0}
        yield {"done": True}
        if message.get("shutdown"):
            time.sleep(scaled(0.3))
            node.leave()

    def _on_decommission(self, message):
        yield from self._membership(message, True)

    def _on_recommission(self, message):
        yield from self._membership(message, False)

    def _membership(self, message, decommissioning):
        cluster = self._cluster
        cluster.wait_quorum()
        unknown = [n for n in message["nodes"] if n not in cluster.descriptors()]
        if unknown:
            raise RpcError(f"{_PREFIX}during liveness update {unknown[0]} -> "
                           f"{str(decommissioning).lower()}: node {unknown[0]} does not exist")
        if decommissioning and any(cluster.flags(n).get("upgrading")
                                   for n in cluster.descriptors()):
            raise RpcError(_PREFIX + "can not decommission nodes when cluster has node UPGRADING")
        for n in message["nodes"]:
            cluster.set_flag(n, decommissioning=decommissioning)
        yield {"rows": [[n, cluster.is_live(n), self._node.ranges.count(n), decommissioning,
                         cluster.liveness(n)["draining"]] for n in message["nodes"]]}


def complete_upgrade(cluster):
    """--upgrade-complete: clear the own mark and put the setting back to its built-in value."""
    if cluster.flags(cluster.node).get("upgrading"):
        cluster.set_flag(cluster.node, upgrading=False)
        cluster.commit(("setting/" + STORE_DEAD, STORE_DEAD_DEFAULT))


