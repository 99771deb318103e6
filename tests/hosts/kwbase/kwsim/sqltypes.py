"""SQL types: object ids, sizes (14-psql-pgwire.txt) and the text each value has on the wire."""
from collections import namedtuple
from decimal import Decimal

from . import clock

Type = namedtuple("Type", "name oid size shown")

BOOL = Type("bool", 16, 1, "BOOL")
BYTES = Type("bytes", 17, -1, "BYTES")
INT8 = Type("int8", 20, 8, "INT8")
INT4 = Type("int4", 23, 4, "INT4")
INT2 = Type("int2", 21, 2, "INT2")
TEXT = Type("text", 25, -1, "STRING")
FLOAT = Type("float8", 701, 8, "FLOAT8")
DATE = Type("date", 1082, 16, "DATE")
UUID = Type("uuid", 2950, 16, "UUID")
TEXTS = Type("text[]", 1009, -1, "STRING[]")
INTS = Type("int8[]", 1016, -1, "INT2VECTOR")
TIMESTAMP = Type("timestamp", 1114, 24, "TIMESTAMP")
TIMESTAMPTZ = Type("timestamptz", 1184, 24, "TIMESTAMPTZ")
INTERVAL = Type("interval", 1186, 24, "INTERVAL")
DECIMAL = Type("decimal", 1700, -1, "DECIMAL")
JSONB = Type("jsonb", 3802, -1, "JSONB")

_NAMES = {
    "BOOL": BOOL, "BOOLEAN": BOOL, "BYTES": BYTES, "INT": INT4, "INT4": INT4, "INTEGER": INT4,
    "INT2": INT2, "SMALLINT": INT2, "INT8": INT8, "BIGINT": INT8, "STRING": TEXT, "TEXT": TEXT,
    "VARCHAR": TEXT,
    "CHAR": TEXT, "NVARCHAR": TEXT, "NAME": TEXT, "FLOAT": FLOAT, "FLOAT8": FLOAT,
    "DOUBLE": FLOAT, "VARBYTES": BYTES, "NCHAR": TEXT, "DATE": DATE, "UUID": UUID,
    "REAL": FLOAT, "FLOAT4": FLOAT, "TIMESTAMP": TIMESTAMP, "TIMESTAMPTZ": TIMESTAMPTZ,
    "DECIMAL": DECIMAL, "NUMERIC": DECIMAL, "JSONB": JSONB, "JSON": JSONB, "INTERVAL": INTERVAL,
}
# Spellings that SHOW CREATE TABLE changes.
_SQL = {"INT": "INT4", "INTEGER": "INT4", "SMALLINT": "INT2", "BIGINT": "INT8", "TEXT": "STRING",
        "FLOAT": "FLOAT8", "DOUBLE": "FLOAT8", "REAL": "FLOAT4", "BOOLEAN": "BOOL",
        "NUMERIC": "DECIMAL", "JSON": "JSONB"}
BY_NAME = {t.name: t for t in _NAMES.values()}
ALIGN = {INT2: "r", INT8: "r", INT4: "r", FLOAT: "r", DECIMAL: "r", BOOL: "c"}


def named(word):
    return _NAMES.get(word.upper())


def sql_name(words):
    """`DECIMAL(10,2)` for the words of a type as a statement has them."""
    name = words[0].upper()
    return _SQL.get(name, name) + "".join(words[1:])


def text(value, kind):
    """Wire text of a value; None stays None."""
    if value is None:
        return None
    if kind == BOOL:
        return "t" if value else "f"
    if kind in (TIMESTAMP, TIMESTAMPTZ) and not isinstance(value, str):
        return clock.stamp(value) + ("+00:00" if kind == TIMESTAMPTZ else "")
    if kind == INTERVAL and not isinstance(value, str):
        return clock.interval(value)
    if kind in (INTS, TEXTS) and not isinstance(value, str):
        return "{" + ",".join(str(v) for v in value) + "}"
    if kind == JSONB and not isinstance(value, str):
        import json
        return json.dumps(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{value:.17g}" if value != int(value) else str(int(value))
    return str(value)


def of_value(value):
    """Type of a bare Python value, for expressions."""
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT8
    if isinstance(value, (float, Decimal)):
        return DECIMAL
    if isinstance(value, list):
        return INTS
    if isinstance(value, dict):
        return JSONB
    return TEXT


class SqlError(Exception):
    def __init__(self, message, code="XXUUU", detail=None, hint=None):
        super().__init__(message)
        self.message, self.code, self.detail, self.hint = message, code, detail, hint


class Result:
    """Columns are (name, Type); no columns means a bare command tag."""

    def __init__(self, tag, columns=None, rows=None):
        self.tag, self.columns, self.rows = tag, columns, rows or []
        self.notices = []  # what the server says besides; the statement succeeds all the same
