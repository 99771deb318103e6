"""The virtual tables of kwdb_internal that upgrades read (05-sql-internal.txt)."""
from . import build, jobs, names, settings
from .sqltypes import (BOOL, BYTES, FLOAT, INT4, INT8, INTS, JSONB, TEXT, TEXTS, TIMESTAMP)

NAMES = """audit_policies backward_dependencies builtin_functions cluster_queries cluster_sessions
cluster_settings cluster_transactions create_statements feature_usage forward_dependencies
gossip_alerts gossip_liveness gossip_network gossip_nodes index_columns jobs kv_node_status
kv_store_status kwdb_attributes kwdb_functions kwdb_object_create_statement kwdb_retention
kwdb_schedules kwdb_tse_info leases node_build_info node_metrics node_queries node_runtime_info
node_sessions node_statement_statistics node_transactions node_txn_stats partitions
predefined_comments ranges ranges_no_leases schema_changes session_trace session_variables
table_columns table_indexes tables zones""".split()

JOB_COLUMNS = [
    ("job_id", INT8), ("job_type", TEXT), ("description", TEXT), ("statement", TEXT),
    ("user_name", TEXT), ("status", TEXT), ("running_status", TEXT), ("created", TIMESTAMP),
    ("started", TIMESTAMP), ("finished", TIMESTAMP), ("modified", TIMESTAMP),
    ("errord", TIMESTAMP), ("fraction_completed", FLOAT), ("error", TEXT),
    ("coordinator_id", INT8), ("total_num_of_ex", INT8), ("total_num_of_success", INT8),
    ("total_num_of_fail", INT8), ("time_of_last_success", TIMESTAMP)]

_RANGE_COLUMNS = [
    ("range_id", INT8), ("start_key", BYTES), ("start_pretty", TEXT), ("end_key", BYTES),
    ("end_pretty", TEXT), ("database_name", TEXT), ("table_name", TEXT), ("index_name", TEXT),
    ("replicas", INTS), ("replica_localities", TEXTS), ("learner_replicas", INTS),
    ("split_enforced_until", TIMESTAMP)]

COLUMNS = {
    "gossip_nodes": [
        ("node_id", INT8), ("network", TEXT), ("address", TEXT), ("advertise_address", TEXT),
        ("sql_network", TEXT), ("sql_address", TEXT), ("advertise_sql_address", TEXT),
        ("attrs", JSONB), ("locality", TEXT), ("start_mode", TEXT), ("cluster_name", TEXT),
        ("server_version", TEXT), ("build_tag", TEXT), ("started_at", TIMESTAMP),
        ("is_live", BOOL), ("ranges", INT8), ("leases", INT8)],
    "gossip_liveness": [
        ("node_id", INT8), ("epoch", INT8), ("expiration", TEXT), ("draining", BOOL),
        ("decommissioning", BOOL), ("upgrading", BOOL), ("updated_at", TIMESTAMP)],
    "node_build_info": [("node_id", INT8), ("field", TEXT), ("value", TEXT)],
    "cluster_settings": [("variable", TEXT), ("value", TEXT), ("type", TEXT), ("public", BOOL),
                         ("description", TEXT)],
    "kv_store_status": [
        ("node_id", INT8), ("store_id", INT4), ("attrs", JSONB), ("capacity", INT8),
        ("available", INT8), ("used", INT8), ("logical_bytes", INT8), ("range_count", INT8),
        ("lease_count", INT8), ("writes_per_second", FLOAT), ("bytes_per_replica", JSONB),
        ("writes_per_replica", JSONB), ("metrics", JSONB)],
    "kv_node_status": [
        ("node_id", INT8), ("network", TEXT), ("address", TEXT), ("attrs", JSONB),
        ("locality", TEXT), ("server_version", TEXT), ("go_version", TEXT), ("tag", TEXT),
        ("time", TEXT), ("revision", TEXT), ("cgo_compiler", TEXT), ("platform", TEXT),
        ("distribution", TEXT), ("type", TEXT), ("dependencies", TEXT),
        ("started_at", TIMESTAMP), ("updated_at", TIMESTAMP), ("metrics", JSONB),
        ("args", JSONB), ("env", JSONB), ("activity", JSONB)],
    "ranges": [*_RANGE_COLUMNS, ("lease_holder", INT8), ("range_size", INT8)],
    "ranges_no_leases": [("range_id", INT8), ("start_key", BYTES), ("start_pretty", TEXT),
                         ("end_key", BYTES), ("end_pretty", TEXT), ("table_id", INT8),
                         *_RANGE_COLUMNS[5:], ("range_type", TEXT)],
    "jobs": JOB_COLUMNS,
    # What `node status` shows; the original joins other tables for it.
    "node_status": [
        ("id", INT8), ("address", TEXT), ("sql_address", TEXT), ("build", TEXT),
        ("started_at", TIMESTAMP), ("updated_at", TIMESTAMP), ("locality", TEXT),
        ("start_mode", TEXT), ("is_available", BOOL), ("is_live", BOOL),
        ("replicas_leaders", INT8), ("replicas_leaseholders", INT8), ("ranges", INT8),
        ("ranges_unavailable", INT8), ("ranges_underreplicated", INT8), ("live_bytes", INT8),
        ("key_bytes", INT8), ("value_bytes", INT8), ("intent_bytes", INT8),
        ("system_bytes", INT8), ("gossiped_replicas", INT8), ("is_decommissioning", BOOL),
        ("is_draining", BOOL), ("hidden", BOOL)],
}
# Tables kept in ranges: reading them waits for leases that a dead node held.
REPLICATED = {"kv_store_status", "kv_node_status", "jobs", "ranges", "ranges_no_leases"}


class Tables:
    def __init__(self, node):
        self._cluster = node.cluster
        self._placement = node.ranges
        self._options = node.options

    def rows(self, name):
        """Rows of a virtual table as dictionaries."""
        return getattr(self, "_" + name)()

    def _status(self, node):
        return self._cluster.store.get(f"status/{node}", {
            k: 0 for k in ("ranges", "leases", "leaders", "under", "unavailable", "live_bytes",
                           "key_bytes", "value_bytes", "intent_bytes", "system_bytes")})

    def _gossip_nodes(self):
        for n, d in self._cluster.descriptors().items():
            status = self._status(n)
            yield {"node_id": n, "network": "tcp", "address": d["address"],
                   "advertise_address": d["address"], "sql_network": "tcp",
                   "sql_address": d["address"], "advertise_sql_address": d["address"],
                   "attrs": [], "locality": f"region=NODE{n}", "start_mode": d["mode"],
                   "cluster_name": "", "server_version": build.CLUSTER_VERSION,
                   "build_tag": d["build"], "started_at": d["started"],
                   "is_live": self._cluster.is_live(n), "ranges": status["ranges"],
                   "leases": status["leases"]}

    def _gossip_liveness(self):
        for n in self._cluster.descriptors():
            live, flags = self._cluster.liveness(n), self._cluster.flags(n)
            nanos = int(live["expiration"] * 1e9)
            yield {"node_id": n, "epoch": live["epoch"],
                   "expiration": f"{nanos // 10**9}.{nanos % 10**9:09d},0",
                   "draining": live["draining"],
                   "decommissioning": bool(flags.get("decommissioning")),
                   "upgrading": bool(flags.get("upgrading")),
                   "updated_at": self._cluster.updated_at(n)}

    def _node_build_info(self):
        n = self._cluster.node
        tag = self._cluster.descriptors()[n]["build"]
        for field, value in (("Name", "KaiwuDB"),
                             ("ClusterID", self._cluster.store.get("cluster")),
                             ("Organization", ""), ("Build", build.long_version(tag)),
                             ("Version", tag), ("Channel", "unknown")):
            yield {"node_id": n, "field": field, "value": value}

    def _cluster_settings(self):
        for name in settings.names():
            kind, description = settings.kind(name), settings.description(name)
            yield {"variable": name, "value": settings.listed(self._cluster.store, name),
                   "type": kind, "public": True, "description": description}

    def _kv_store_status(self):
        for n in self._cluster.descriptors():
            s = self._status(n)
            used = s["live_bytes"] * 3
            yield {"node_id": n, "store_id": n, "attrs": [], "capacity": 107374182400,
                   "available": 85899345920 - used, "used": used,
                   "logical_bytes": s["live_bytes"], "range_count": s["ranges"],
                   "lease_count": s["leases"], "writes_per_second": 4.2,
                   "bytes_per_replica": {"P10": 0, "P25": 0, "P50": 136, "P75": 2454,
                                         "P90": 21153, "PMax": s["live_bytes"]},
                   "writes_per_replica": {"P10": 0, "P25": 0, "P50": 0, "P75": 0.1,
                                          "P90": 0.4, "PMax": 2.9},
                   "metrics": {
                       "capacity": 107374182400, "livebytes": s["live_bytes"],
                       "keybytes": s["key_bytes"], "valbytes": s["value_bytes"],
                       "intentbytes": s["intent_bytes"], "sysbytes": s["system_bytes"],
                       "ranges": s["ranges"], "ranges.overreplicated": 0,
                       "ranges.unavailable": s["unavailable"],
                       "ranges.underreplicated": s["under"], "replicas": s["ranges"],
                       "replicas.leaders": s["leaders"],
                       "replicas.leaseholders": s["leases"]}}

    def _kv_node_status(self):
        for n, d in self._cluster.descriptors().items():
            yield {"node_id": n, "network": "tcp", "address": d["address"], "attrs": [],
                   "locality": f"region=NODE{n}", "server_version": build.CLUSTER_VERSION,
                   "go_version": build.GO, "tag": d["build"], "time": build.time_of(d["build"]),
                   "revision": build.revision_of(d["build"]), "cgo_compiler": build.COMPILER,
                   "platform": build.PLATFORM, "distribution": "", "type": "",
                   "dependencies": "", "started_at": d["started"],
                   "updated_at": self._cluster.updated_at(n),
                   "metrics": {"liveness.livenodes": sum(
                       self._cluster.is_live(m) for m in self._cluster.members()), "node-id": n},
                   "args": self._options.argv, "env": [], "activity": {}}

    def _range_rows(self):
        owners = {}
        for name, table in self._cluster.store.under("table/").items():
            database, _, short = names.parts(name)
            for r, index in zip(table["ranges"],
                                ["", *(i["name"] for i in table["indexes"])]):
                owners[r] = (database, short, index, table["id"])
        fixed = {1: ("\\x", "/Min"), 2: ("\\x04006c6976656e6573732d", "/System/NodeLiveness"),
                 3: ("\\x04006c6976656e6573732e", "/System/NodeLivenessMax"),
                 4: ("\\x04747364", "/System/tsd"), 5: ("\\x04747365", '/System/"tse"'),
                 6: ("\\x88", "/Table/SystemConfigSpan/Start")}

        def start(i, r):
            if r in owners and owners[r][3]:
                return f"\\x{0x88 + owners[r][3]:02x}", f"/Table/{owners[r][3]}"
            return fixed.get(r, (f"\\x{0x88 + i:02x}", f"/Table/{i + 4}"))
        ids = self._placement.ids()
        for i, r in enumerate(ids):
            key, pretty = start(i, r)
            last = i + 1 == len(ids)
            end_key, end = ("\\xffff", "/Max") if last else start(i + 1, ids[i + 1])
            database, table, index, table_id = owners.get(r, ("", "", "", 0))
            replicas = self._placement.replicas(r)
            yield {"range_id": r, "start_key": key, "start_pretty": pretty, "end_key": end_key,
                   "end_pretty": end, "database_name": database, "table_name": table,
                   "index_name": index, "replicas": replicas,
                   "replica_localities": [f"region=NODE{n}" for n in replicas],
                   "learner_replicas": [], "split_enforced_until": None, "table_id": table_id,
                   "lease_holder": self._placement.holder(r), "range_size": 15341 if r == 1 else 0,
                   "range_type": "DEFAULT_RANGE"}

    _ranges = _range_rows
    _ranges_no_leases = _range_rows

    def _jobs(self):
        for job_id, j in jobs.listed(self._cluster):
            yield {"job_id": job_id, "job_type": j["type"], "description": j["description"],
                   "statement": j["statement"], "user_name": j["user"], "status": j["status"],
                   "running_status": None, "created": j["created"], "started": j["started"],
                   "finished": j["finished"], "modified": j["modified"], "errord": j.get("errord"),
                   "fraction_completed": float(j["fraction"]), "error": j["error"],
                   "coordinator_id": j["coordinator"], "total_num_of_ex": j["ex"],
                   "total_num_of_success": j["success"], "total_num_of_fail": j["fail"],
                   "time_of_last_success": j["last"]}

    def _node_status(self):
        cluster = self._cluster
        for n, d in cluster.descriptors().items():
            s, live, flags = self._status(n), cluster.liveness(n), cluster.flags(n)
            yield {"id": n, "address": d["address"], "sql_address": d["address"],
                   "build": d["build"], "started_at": d["started"],
                   "updated_at": cluster.updated_at(n), "locality": f"region=NODE{n}",
                   "start_mode": d["mode"], "is_available": cluster.is_available(n),
                   "is_live": cluster.is_live(n), "replicas_leaders": s["leaders"],
                   "replicas_leaseholders": s["leases"], "ranges": s["ranges"],
                   "ranges_unavailable": s["unavailable"], "ranges_underreplicated": s["under"],
                   "live_bytes": s["live_bytes"], "key_bytes": s["key_bytes"],
                   "value_bytes": s["value_bytes"], "intent_bytes": s["intent_bytes"],
                   "system_bytes": s["system_bytes"], "gossiped_replicas": s["ranges"],
                   "is_decommissioning": bool(flags.get("decommissioning")),
                   "is_draining": live["draining"], "hidden": cluster.decommissioned(n)}

