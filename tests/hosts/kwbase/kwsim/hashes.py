"""Hash functions of SQL, and the fingerprints of SHOW EXPERIMENTAL_FINGERPRINTS."""
import functools
import hashlib
import operator
import zlib

from . import clock
from .sqltypes import BOOL, TIMESTAMP, TIMESTAMPTZ, of_value, text

_PRIME, _BASIS, _MASK = 0x100000001b3, 0xcbf29ce484222325, (1 << 64) - 1


def as_string(value, kind):
    """value::STRING."""
    if value is None:
        return None
    if kind == BOOL:
        return "true" if value else "false"
    if kind in (TIMESTAMP, TIMESTAMPTZ) and not isinstance(value, str):
        return clock.stamp(value) + "+00:00"
    return text(value, kind)


def _bytes(values):
    return b"".join(as_string(v, of_value(v)).encode("utf-8", "surrogateescape")
                    for v in values if v is not None)


def _signed(value):
    return value - (1 << 64) if value >> 63 else value


def fnv64(*values):
    found = _BASIS
    for byte in _bytes(values):
        found = (found * _PRIME & _MASK) ^ byte
    return _signed(found)


def fnv64a(*values):
    found = _BASIS
    for byte in _bytes(values):
        found = ((found ^ byte) * _PRIME) & _MASK
    return _signed(found)


def xor(values):
    return functools.reduce(operator.xor, values)


FUNCTIONS = {
    "fnv64": fnv64, "fnv64a": fnv64a,
    "crc32ieee": lambda *v: zlib.crc32(_bytes(v)),
    "md5": lambda *v: hashlib.md5(_bytes(v)).hexdigest(),
    "sha1": lambda *v: hashlib.sha1(_bytes(v)).hexdigest(),
    "sha256": lambda *v: hashlib.sha256(_bytes(v)).hexdigest(),
}
NUMBERS = ("fnv64", "fnv64a", "crc32ieee")


def fingerprint(rows, columns):
    """Of an index: XOR over its rows of the hash of its columns [(name, Type)]."""
    if not rows:
        return None
    return str(xor(fnv64(*(as_string(r[n], k) for n, k in columns)) for r in rows))


def fingerprints(table, rows, types):
    """[[index name, fingerprint]]: the primary index has all columns, others their own and the
    key's."""
    out = [["primary", fingerprint(rows, [(c["name"], types[c["name"]])
                                          for c in table["columns"]])]]
    for index in table["indexes"]:
        shown = index["columns"] + [k for k in table["key"] if k not in index["columns"]]
        out.append([index["name"], fingerprint(rows, [(n, types[n]) for n in shown])])
    return out
