"""CREATE TABLE: from its text to a description, relational and time series."""
from . import build
from .sqltypes import SqlError, sql_name

_COLUMN_END = (",", ")")


def parse(parser, table):
    """The part from the parenthesis on. `table` is the table's own name."""
    d = {"columns": [], "key": [], "indexes": [], "fks": [], "checks": [], "ts": None,
         "grants": {}, "comments": {}}
    parser.expect("(")
    while True:
        _definition(parser, d, table)
        if parser.accept(")"):
            break
        parser.expect(",")
    if parser.accept("TAGS") or parser.accept("ATTRIBUTES"):
        _time_series(parser, d)
    for name in d["key"]:
        column(d, name)["null"] = False
    return d


def column(d, name):
    for c in d["columns"]:
        if c["name"] == name:
            return c
    raise SqlError(f'column "{name}" does not exist', "42703")


def _definition(parser, d, table):
    name = None
    if parser.accept("CONSTRAINT"):
        name = parser.name(any_word=True)
    if parser.accept("PRIMARY", "KEY"):
        d["key"] = columns(parser)
    elif parser.accept("FOREIGN", "KEY"):
        foreign_key(parser, d, table, columns(parser), name)
    elif parser.accept("CHECK"):
        check(parser, d, name)
    elif parser.accept("UNIQUE", "INDEX") or parser.accept("INDEX") or parser.accept("UNIQUE"):
        unique = parser.before("UNIQUE") or parser.before("UNIQUE", back=2)
        if parser.peek()[1] != "(":
            name = parser.name()
        index(d, table, columns(parser), unique, name)
    elif parser.accept("FAMILY"):
        if parser.peek()[1] != "(":
            parser.name(any_word=True)
        columns(parser)
    elif name is None:
        _column(parser, d, table)
    else:
        parser.error()


def columns(parser):
    """Names in parentheses, directions left out."""
    parser.expect("(")
    found = []
    while True:
        found.append(parser.name(any_word=True))
        parser.accept("ASC") or parser.accept("DESC")
        if parser.accept(")"):
            return found
        parser.expect(",")


def _column(parser, d, table):
    name = parser.name()
    kind, sql = typed(parser)
    c = {"name": name, "type": kind.name, "sql": sql, "null": True, "default": None}
    d["columns"].append(c)
    while parser.peek()[1] not in _COLUMN_END:
        given = parser.name(any_word=True) if parser.accept("CONSTRAINT") else None
        if parser.accept("PRIMARY", "KEY"):
            d["key"] = [name]
        elif parser.accept("NOT", "NULL"):
            c["null"] = False
        elif parser.accept("UNIQUE"):
            index(d, table, [name], True, given)
        elif parser.accept("DEFAULT"):
            c["default"] = default(parser)
        elif parser.word() == "REFERENCES":
            foreign_key(parser, d, table, [name], given)
        elif parser.accept("CHECK"):
            check(parser, d, given, name)
        elif not parser.accept("NULL"):
            parser.error()


def default(parser):
    start = parser.peek()[2]
    parser.expression(no_not=True)
    return parser.source[start:parser.ended()]


def typed(parser):
    """(Type, its full spelling, such as DECIMAL(10,2))"""
    start = parser.at
    kind = parser.type_name()
    words = [t[1] for t in parser.tokens[start:parser.at]]
    return kind, sql_name(words)


def index(d, table, names_, unique, name=None):
    if name is None:
        name = f"{table}_{'_'.join(names_)}_{'key' if unique else 'idx'}"
    d["indexes"].append({"name": name, "columns": names_, "unique": bool(unique)})


def foreign_key(parser, d, table, names_, name=None, by_create=True):
    parser.expect("REFERENCES")
    target = parser.dotted()
    theirs = columns(parser) if parser.peek()[1] == "(" else None
    while parser.accept("ON", "DELETE") or parser.accept("ON", "UPDATE"):
        parser.accept("CASCADE") or parser.accept("RESTRICT") or parser.expect("NO", "ACTION")
    name = name or f"fk_{'_'.join(names_)}_ref_{target[-1]}"
    d["fks"].append({"name": name, "columns": names_, "table": target, "theirs": theirs})
    covered = d["key"][:len(names_)] == names_ or any(
        i["columns"][:len(names_)] == names_ for i in d["indexes"])
    if by_create and not covered:
        d["indexes"].append({"name": f"{table}_auto_index_{name}", "columns": names_,
                             "unique": False})


def check(parser, d, name=None, of_column=None):
    start = parser.peek()[2]
    parser.expect("(")
    parser.expression()
    parser.expect(")")
    text = parser.source[start + 1:parser.ended() - 1].strip()
    first = of_column or next((c["name"] for c in d["columns"] if c["name"] in text), "check")
    d["checks"].append({"name": name or f"check_{first}", "text": text})


def _time_series(parser, d):
    d["ts"] = {"retentions": "0s", "activetime": "1d", "partition": "10d"}
    parser.expect("(")
    while True:
        name = parser.name()
        kind, sql = typed(parser)
        null = not parser.accept("NOT", "NULL")
        d["columns"].append({"name": name, "type": kind.name, "sql": sql, "null": null,
                             "default": None, "tag": True})
        if parser.accept(")"):
            break
        parser.expect(",")
    parser.expect("PRIMARY")
    if not parser.accept("TAGS"):
        parser.expect("ATTRIBUTES")
    d["ts"]["primary"] = columns(parser)
    d["key"] = [*d["ts"]["primary"], d["columns"][0]["name"]]
    for c in d["columns"]:
        if c["sql"].startswith("TIMESTAMP") and not c["sql"].startswith("TIMESTAMPTZ"):
            c["type"], c["sql"] = "timestamptz", c["sql"].replace("TIMESTAMP", "TIMESTAMPTZ", 1)
    options(parser, d["ts"], table=True)


def options(parser, into, table=False):
    """RETENTIONS, ACTIVETIME, PARTITION INTERVAL of a time-series table or database."""
    while not parser.done() and parser.word() is not None:
        if parser.accept("RETENTIONS"):
            into["retentions"] = span(parser, seconds=True)
        elif parser.accept("ACTIVETIME"):
            into["activetime"] = span(parser)
        elif table and build.at_least(3, 1) and parser.word() == "PARTITION":
            parser.error()  # the reason why such a definition cannot be imported
        elif parser.accept("PARTITION", "INTERVAL"):
            into["partition"] = span(parser)
        else:
            parser.error()


def span(parser, seconds=False):
    number = parser.peek()[1]
    if parser.peek()[0] != "number":
        parser.error()
    parser.at += 1
    unit = parser.name(any_word=True) if parser.word() else "s"
    unit = {"day": "d", "hour": "h", "minute": "m", "second": "s", "week": "w", "month": "mon",
            "year": "y"}.get(unit, unit)
    if not seconds:
        return number + unit
    size = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "mon": 2592000,
            "y": 31536000}.get(unit)
    if size is None:
        parser.error()
    return f"{int(number) * size}s"

