"""Replicated key-value data of the cluster, with a log in the store directory.

Every entry is (key, value, [counter, node]); the highest version wins, so nodes may exchange
entries in any order. Keys (values are JSON):
  cluster            id of the cluster
  node/ID            descriptor of a node           flag/ID     upgrading, decommissioning
  live/ID beat/ID    liveness and gossip heartbeat  status/ID   stored metrics record
  leases             range id -> leaseholder        setting/X   changed cluster settings
  job/ID             a job                          fault/ID    what faults of a node others see
  database/D schema/D.S user/U                      with the grants on them
  table/D.S.T view/D.S.V sequence/D.S.Q row/D.S.T/PK  data; names are escaped (names.py)
"""
import fcntl
import json
import os
import threading

_VOLATILE = ("live/", "beat/", "status/", "fault/")
_COMPACT_LINES = 20000


class Locked(Exception):
    """Another process uses the store directory."""


class Store:
    def __init__(self, path):
        self.lock = threading.RLock()
        self.path = path
        self.seq = 0
        self._items = {}   # key -> (value, version, seq), in order of change
        self._rows = {}    # table -> {key: value}
        self._meta = {}    # everything else: key -> value
        self._counter = 0
        self._lines = 0
        self.origin = 0
        os.makedirs(os.path.join(path, "logs"), exist_ok=True)
        os.makedirs(os.path.join(path, "extern"), exist_ok=True)
        self._lock_file = open(os.path.join(path, "LOCK"), "w", encoding="ascii")
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise Locked(path) from e
        self._log_path = os.path.join(path, "000001.log")
        self._load()
        self._log = open(self._log_path, "a", encoding="utf-8")
        self.compact()

    def _load(self):
        if not os.path.exists(self._log_path):
            return
        with open(self._log_path, encoding="utf-8") as f:
            for line in f:
                try:
                    key, value, version = json.loads(line)
                except ValueError:
                    continue  # the last line of a killed process may be cut
                self._apply(key, value, version)

    def compact(self):
        with self.lock:
            self._log.close()
            new = self._log_path + ".new"
            self._lines = 0
            with open(new, "w", encoding="utf-8") as f:
                for key, (value, version, _) in self._items.items():
                    if not key.startswith(_VOLATILE):
                        f.write(json.dumps([key, value, version]) + "\n")
                        self._lines += 1
            os.replace(new, self._log_path)
            self._log = open(self._log_path, "a", encoding="utf-8")
            self._limit = self._lines * 2 + _COMPACT_LINES

    def _apply(self, key, value, version):
        old = self._items.get(key)
        if old is not None and old[1] >= version:
            return False
        self._counter = max(self._counter, version[0])
        self.seq += 1
        self._items.pop(key, None)
        self._items[key] = (value, version, self.seq)
        if key.startswith("row/"):
            rows = self._rows.setdefault(key.split("/", 2)[1], {})
        else:
            rows = self._meta
        if value is None:
            rows.pop(key, None)
        else:
            rows[key] = value
        return True

    def _write(self, key, value, version):
        if not key.startswith(_VOLATILE):
            self._log.write(json.dumps([key, value, version]) + "\n")
            self._log.flush()
            self._lines += 1
            if self._lines > self._limit:
                self.compact()

    def put(self, key, value):
        """Store a value (None deletes); returns the entry for pushing to others."""
        with self.lock:
            version = [self._counter + 1, self.origin]
            self._apply(key, value, version)
            self._write(key, value, version)
            return [key, value, version]

    def merge(self, entries):
        with self.lock:
            for key, value, version in entries:
                if self._apply(key, value, version):
                    self._write(key, value, version)

    def since(self, seq):
        """(current sequence, entries changed after `seq`), oldest first."""
        with self.lock:
            found = []
            for key in reversed(self._items):
                value, version, at = self._items[key]
                if at <= seq:
                    break
                found.append([key, value, version])
            found.reverse()
            return self.seq, found

    def get(self, key, default=None):
        item = self._items.get(key)
        return default if item is None or item[0] is None else item[0]

    def under(self, prefix):
        """{rest of key: value} for keys that begin with the prefix."""
        with self.lock:
            return {k[len(prefix):]: v for k, v in self._meta.items() if k.startswith(prefix)}

    def rows(self, table):
        with self.lock:
            return dict(self._rows.get(table, {}))

    def close(self):
        with self.lock:
            self._log.close()
