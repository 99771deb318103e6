"""Ranges, leases and the metrics records of the stores."""
import random
import time

from . import clock, faults
from .faults import scaled

SYSTEM_RANGES = 53
RECORD_PERIOD = 10.0
# A change of a node shows in the sums so much later (kwdb-transcripts 09).
DOWN_DELAY = (12.6, 14.0)
UP_DELAY = (11.4, 13.8)
NOTICED_DOWN = 6.0          # shorter absences do not show at all
LEASE_EXPIRY = (9.0, 12.0)  # after a node died with leases


class Ranges:
    def __init__(self, cluster):
        self._cluster = cluster
        self._store = cluster.store
        self._down = {}       # node -> {"since", "shows", "until"}: absences as seen from here
        self._recorded = 0.0
        self._rebalanced = 0.0
        self._expiry = {}     # node -> time at which the leases it died with expire
        self._slow_from = {}  # node -> time from which its count falls slowly

    # -- placement -------------------------------------------------------------------------

    def ids(self):
        tables = self._store.under("table/").values()
        return list(range(1, SYSTEM_RANGES + 1)) + sorted(r for t in tables for r in t["ranges"])

    def replicas(self, range_id):
        members = self._cluster.members() or [self._cluster.node]
        if self._cluster.single_replica():
            # System ranges start on the first node; user data on the last.
            return [members[-1] if range_id > SYSTEM_RANGES else members[range_id % len(members)]]
        start = range_id % len(members)
        return sorted((members + members)[start:start + min(3, len(members))])

    def holder(self, range_id):
        if self._cluster.single_replica():
            return self.replicas(range_id)[0]
        leases = self._store.get("leases", {})
        return leases.get(str(range_id)) or self.first_up() or self._cluster.node

    def count(self, node):
        return sum(node in self.replicas(r) for r in self.ids())

    def leases(self, node):
        return [r for r in self.ids() if self.holder(r) == node]

    # -- leases ----------------------------------------------------------------------------

    def first_up(self, but=None):
        return next((n for n in self._cluster.members()
                     if n != but and self._cluster.up(n)), None)

    def move_leases(self, source, count=None):
        """Give leases of one node to the other healthy ones, in turn. Returns how many."""
        with self._store.lock:
            targets = [n for n in self._cluster.members() if n != source
                       and self._cluster.up(n) and not self._cluster.liveness(n)["draining"]]
            moved = self.leases(source)[:count]
            if not targets or not moved:
                return 0
            leases = {str(r): self.holder(r) for r in self.ids()}
            for i, r in enumerate(moved):
                leases[str(r)] = targets[i % len(targets)]
            entry = self._store.put("leases", leases)
        self._cluster.gossip.broadcast([entry])
        return len(moved)

    def _settle(self):
        """Write down who got the leases of new ranges."""
        known = self._store.get("leases", {})
        new = [r for r in self.ids() if str(r) not in known]
        if new and not self._cluster.single_replica():
            entry = self._store.put("leases", {**known, **{str(r): self.holder(r) for r in new}})
            self._cluster.gossip.broadcast([entry])

    def _rebalance(self):
        if clock.now() - self._rebalanced < scaled(8):
            return
        self._rebalanced = clock.now()
        usable = [n for n in self._cluster.members() if self._cluster.up(n)
                  and self._cluster.is_available(n) and not self._cluster.liveness(n)["draining"]]
        held = sorted((len(self.leases(n)), n) for n in usable)
        if len(held) < 2 or held[-1][0] - held[0][0] <= 3:
            return
        with self._store.lock:
            leases = {str(r): self.holder(r) for r in self.ids()}
            for r in self.leases(held[-1][1])[-5:]:
                leases[str(r)] = held[0][1]
            entry = self._store.put("leases", leases)
        self._cluster.gossip.broadcast([entry])

    def stalled(self):
        """Whether a query on replicated data has to wait for the leases of a dead node."""
        for node in self._cluster.members():
            if node == self._cluster.node:
                continue
            link = self._cluster.gossip.link_to(node)
            if link is None or (link.ok and link.ping()) or not self.leases(node):
                continue
            return True
        return False

    def wait_leases(self):
        while self.stalled() and not self._cluster.stopping:
            time.sleep(max(0.02, scaled(0.1)))

    def _fail_over(self, node, now):
        if not self.leases(node) or self._cluster.single_replica():
            self._expiry.pop(node, None)
            return
        due = self._expiry.setdefault(node, now + scaled(random.uniform(*LEASE_EXPIRY)))
        if now >= due and self.first_up(but=node) == self._cluster.node:
            self.move_leases(node)

    # -- what metrics show, and when -------------------------------------------------------

    def observe(self):
        """Called every tick: note who left and who came back, fail leases over, publish."""
        now = clock.now()
        for node in self._cluster.members():
            if node == self._cluster.node:
                continue
            absence = self._down.get(node)
            if not self._cluster.up(node):
                if absence is None or absence["until"] is not None:
                    self._down[node] = {"since": now, "until": None, "marked": bool(
                                            self._cluster.flags(node).get("upgrading")),
                                        "shows": now + scaled(random.uniform(*DOWN_DELAY))}
                self._fail_over(node, now)
            elif absence is not None and absence["until"] is None:
                self._expiry.pop(node, None)
                if now - absence["since"] < scaled(NOTICED_DOWN):
                    del self._down[node]
                else:
                    absence["until"] = now + scaled(random.uniform(*UP_DELAY))
        if self.first_up() == self._cluster.node and self._cluster.has_quorum():
            self._settle()
            self._rebalance()
        under, unavailable = self._counts(now)
        old = self._store.get(f"status/{self._cluster.node}", {})
        if (now - self._recorded >= scaled(RECORD_PERIOD) or old.get("under") != under
                or old.get("unavailable") != unavailable):
            self.record(under, unavailable)

    def _counts(self, now):
        cluster = self._cluster
        if cluster.single_replica():
            missing = [n for n, a in self._down.items() if self._shows(a, now)
                       and self.first_up(but=n) == cluster.node]
            under = self.count(cluster.node) if len(cluster.members()) > 1 else 0
            return self._faulty(under), sum(self.count(n) for n in missing)
        under = 0
        for node, absence in list(self._down.items()):
            # A node that was marked as upgrading when it left does not count as missing.
            if absence["marked"] or self.first_up(but=node) != cluster.node:
                continue
            if self._shows(absence, now):
                under = max(under, self.count(node))
            elif absence["until"] is not None:
                left = self._slowly(node, absence["until"], now)
                under = max(under, left)
                if not left:
                    del self._down[node]
        return self._faulty(under), 0

    @staticmethod
    def _shows(absence, now):
        return now >= absence["shows"] and (absence["until"] is None or now < absence["until"])

    def _slowly(self, node, since, now):
        slow = [f["slow"] for f in self._store.under("fault/").values() if f.get("slow")]
        if not slow:
            return 0
        part = 1 - (now - since) / scaled(max(slow))
        return max(0, int(self.count(node) * part + 0.999)) if part > 0 else 0

    @staticmethod
    def _faulty(under):
        stuck = faults.number("under-replicated-stuck", 4.0)
        return under if stuck is None else max(under, int(stuck))

    def record(self, under=0, unavailable=0):
        self._recorded = clock.now()
        node, leases = self._cluster.node, len(self.leases(self._cluster.node))
        rows = sum(len(self._store.rows(t)) for t in self._store.under("table/"))
        self._store.put(f"status/{node}", {
            "ranges": self.count(node), "leases": leases, "leaders": leases,
            "under": under, "unavailable": unavailable, "updated": clock.now(),
            "live_bytes": 1205033 + rows * 71, "key_bytes": 185153 + rows * 24,
            "value_bytes": 1033331 + rows * 47, "intent_bytes": 0,
            "system_bytes": 21126 + 3 * leases})
