"""Cluster settings: those an upgrade may touch, with type, default and description."""
from . import build, clock
from .sqltypes import INTERVAL, TEXT, SqlError, BOOL, INT8, FLOAT

# name: (type letter as in kwdb_internal.cluster_settings, default, description)
_KNOWN = {
    "audit.enabled": ("b", False, "the switch of audit"),
    "capacity.stats.period": ("i", 12, "period of computing capacity, the valid value is "
                              "[1, 10000], default value is 12"),
    "cloudstorage.timeout": ("d", 600.0, "the timeout for import/export storage operations"),
    "cluster.organization": ("s", "", "organization name"),
    "cluster.preserve_downgrade_option": (
        "s", "", "disable (automatic or manual) cluster version upgrade from the specified "
        "version until reset"),
    "kv.snapshot_rebalance.max_rate": (
        "z", "64 MiB", "the rate limit (bytes/sec) to use for rebalance and upreplication "
        "snapshots"),
    "kv.snapshot_recovery.max_rate": (
        "z", "64 MiB", "the rate limit (bytes/sec) to use for recovery snapshots"),
    "server.shutdown.drain_wait": (
        "d", 0.0, "the amount of time a server waits in an unready state before proceeding with "
        "the rest of the shutdown process"),
    "server.shutdown.lease_transfer_wait": (
        "d", 5.0, "the amount of time a server waits to transfer range leases before proceeding "
        "with the rest of the shutdown process"),
    "server.shutdown.query_wait": (
        "d", 10.0, "the server will wait for at least this amount of time for active queries to "
        "finish"),
    "server.time_until_store_dead": (
        "d", 1800.0, "the time after which if there is no new gossiped information about a "
        "store, it is considered dead"),
    "version": ("m", build.CLUSTER_VERSION,
                "set the active cluster version in the format '<major>.<minor>'"),
}
_LEAST_STORE_DEAD = 75.0


def names():
    return sorted(_KNOWN)


def kind(name):
    return _KNOWN[name][0]


def description(name):
    return _KNOWN[name][2]


def _check(name):
    if name not in _KNOWN:
        raise SqlError(f"unknown setting: {name}", "42704")


def value(store, name):
    _check(name)
    return store.get("setting/" + name, _KNOWN[name][1])


def listed(store, name):
    """As kwdb_internal.cluster_settings has it: durations like 30m0s."""
    v = value(store, name)
    if kind(name) == "d":
        return clock.go_duration(v)
    return str(v).lower() if isinstance(v, bool) else str(v)


def shown(store, name):
    """(value, Type) as SHOW CLUSTER SETTING has it: durations like 00:30:00."""
    v = value(store, name)
    return v, {"d": INTERVAL, "b": BOOL, "i": INT8, "f": FLOAT}.get(kind(name), TEXT)


def parsed(name, given):
    """The value to store for SET CLUSTER SETTING; SqlError when it is refused."""
    _check(name)
    letter = kind(name)
    try:
        if letter == "d":
            seconds = clock.parse_duration(str(given))
            if name == "server.time_until_store_dead" and seconds < _LEAST_STORE_DEAD:
                raise SqlError(f"cannot set {name} to less than 1m15s: "
                               f"{clock.go_duration(seconds)}", "22023")
            return seconds
        if letter == "b":
            words = {"true": True, "t": True, "on": True, "false": False, "f": False,
                     "off": False}
            return words[str(given).lower()]
        if letter == "i":
            return int(given)
    except (ValueError, KeyError) as e:
        raise SqlError(f'could not parse "{given}" as type '
                       f'{ {"d": "interval", "b": "bool", "i": "int"}[letter] }', "22P02") from e
    if name == "version" and str(given) != build.CLUSTER_VERSION:
        raise SqlError(f"versions cannot be downgraded (attempting to downgrade from "
                       f"{build.CLUSTER_VERSION} to {given})", "XXUUU")
    return str(given)
