"""Jobs of the cluster: RESTART HISTORY, schema changes, and those that faults add."""
from . import clock, faults


def add(cluster, job_type, description, status="succeeded", fraction=0.0, running=False,
        coordinator=None):
    now = clock.now()
    job_id = clock.unique_id(cluster.node)
    ended = None if running else now
    cluster.commit((f"job/{job_id}", {
        "type": job_type, "description": description, "statement": "", "user": "root",
        "status": status, "created": now, "started": now, "finished": ended, "modified": now,
        "fraction": fraction, "error": "", "coordinator": coordinator,
        "ex": 0 if running else 1, "success": 0 if running else 1, "fail": 0, "last": ended,
        "errord": None}))
    return job_id


class Recorded:
    """A statement that is a job: running, then succeeded or failed (17-export-import.txt)."""

    def __init__(self, cluster, job_type, description, statement, coordinator=None):
        self._cluster = cluster
        self.id = add(cluster, job_type, description, running=True, coordinator=coordinator)
        self._change(statement=statement)

    def _change(self, **fields):
        job = self._cluster.store.get(f"job/{self.id}")
        self._cluster.commit((f"job/{self.id}", {**job, **fields}))

    def succeeded(self, fraction=0.0):
        now = clock.now()
        self._change(status="succeeded", finished=now, fraction=fraction, ex=1, success=1,
                     last=now)

    def failed(self, error):
        now = clock.now()
        self._change(status="failed", finished=now, error=error, errord=now, ex=1, fail=1)


def restarted(cluster):
    add(cluster, "RESTART HISTORY", "Start KWBASE SERVICE")


def publish_faulty(cluster):
    """Let the other nodes see what the fault files of this one ask for."""
    wanted = {}
    job_type = faults.text("running-job")
    if job_type is not None:
        wanted["running-job"] = (job_type or "SCHEMA CHANGE").upper()
    if faults.on("sql-schedule"):
        wanted["sql-schedule"] = "SQL SCHEDULE"
    slow = faults.number("under-replicated-slow", 30.0)
    old = cluster.store.get(f"fault/{cluster.node}", {})
    if {k: v["type"] for k, v in old.get("jobs", {}).items()} == wanted and old.get("slow") == slow:
        return
    found = {}
    for n, (name, kind) in enumerate(wanted.items()):
        now = clock.now()
        found[name] = {
            "id": clock.unique_id(cluster.node) + n, "type": kind,
            "description": "CREATE INDEX big_idx ON lab.public.t (v)"
                           if kind == "SCHEMA CHANGE" else f"{kind.lower()} job",
            "statement": "", "user": "root", "status": "running", "created": now,
            "started": now, "finished": None, "modified": now,
            "fraction": 0.0 if kind == "SQL SCHEDULE" else 0.35, "error": "",
            "coordinator": cluster.node, "ex": 0, "success": 0, "fail": 0, "last": None}
    cluster.gossip.broadcast([cluster.store.put(f"fault/{cluster.node}",
                                                {"jobs": found, "slow": slow})])


def listed(cluster):
    publish_faulty(cluster)
    found = [(int(k), v) for k, v in cluster.store.under("job/").items()]
    for fault in cluster.store.under("fault/").values():
        found += [(job["id"], job) for job in fault.get("jobs", {}).values()]
    return sorted(found, key=lambda item: item[0])
