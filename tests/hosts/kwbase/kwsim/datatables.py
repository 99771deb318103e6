"""Relational tables of users: enough DDL and DML for clients that watch availability."""
import json

from . import clock, jobs, sqleval
from .ranges import SYSTEM_RANGES
from .sqltypes import BY_NAME as _BY_NAME
from .sqltypes import INT8, Result, SqlError

_FIRST_USER_RANGE = SYSTEM_RANGES + 16


class DataTables:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._store = node.store
        self._engine = engine

    # -- names -------------------------------------------------------------------------------

    @staticmethod
    def _full(parts, session):
        if len(parts) == 3:
            parts = [parts[0], parts[2]]
        elif len(parts) == 2 and parts[0] == "public":
            parts = [session.database, parts[1]]
        return ".".join(parts if len(parts) == 2 else [session.database, *parts])

    def names(self, database):
        return sorted(n.split(".", 1)[1] for n in self._store.under("table/")
                      if n.split(".", 1)[0] == database)

    def _describe(self, parts, session):
        full = self._full(parts, session)
        table = self._store.get("table/" + full)
        if table is None:
            raise SqlError(f'relation "{".".join(parts)}" does not exist', "42P01")
        return full, table

    # -- reading -----------------------------------------------------------------------------

    def read(self, parts, session):
        full, table = self._describe(parts, session)
        columns = [(c["name"], _BY_NAME[c["type"]]) for c in table["columns"]]
        names = [c for c, _ in columns]
        rows = [dict(zip(names, row)) for row in self._store.rows(full).values()]
        if table["key"]:
            rows.sort(key=lambda r: [sqleval.sort_key(r[k]) for k in table["key"]])
        return columns, rows

    def replication_stats(self):
        heads = ("zone_id", "subzone_id", "report_id", "total_ranges", "unavailable_ranges",
                 "under_replicated_ranges", "over_replicated_ranges")
        rows = [(0, 0, 3, 16, 0, 0, 0), (1, 0, 3, 33, 0, 33, 0), (16, 0, 3, 1, 0, 1, 0),
                (17, 0, 3, 2, 0, 2, 0), (22, 0, 3, 1, 0, 1, 0)]
        return [(h, INT8) for h in heads], [dict(zip(heads, r)) for r in rows]

    # -- definitions -------------------------------------------------------------------------

    def create(self, parser, session, _params):
        if parser.accept("DATABASE"):
            return self._create_database(parser)
        if parser.accept("TABLE"):
            return self._create_table(parser, session)
        if parser.accept("INDEX") or parser.accept("UNIQUE", "INDEX"):
            return self._create_index(parser, session)
        if parser.accept("USER"):
            parser.name()
            return Result("CREATE USER")
        return parser.error()

    def _create_database(self, parser):
        quiet = parser.accept("IF", "NOT", "EXISTS")
        name = parser.name()
        if self._store.get("database/" + name) is None:
            self._cluster.commit(("database/" + name, {"created": clock.now()}))
        elif not quiet:
            raise SqlError(f'database "{name}" already exists', "42P04")
        return Result("CREATE DATABASE")

    def _create_table(self, parser, session):
        quiet = parser.accept("IF", "NOT", "EXISTS")
        parts = parser.dotted()
        full = self._full(parts, session)
        database = full.split(".", 1)[0]
        columns, key = self._columns(parser)
        if database not in ("defaultdb", "postgres") and \
                self._store.get("database/" + database) is None:
            raise SqlError(f'database "{database}" does not exist', "3D000")
        if self._store.get("table/" + full) is not None:
            if quiet:
                return Result("CREATE TABLE")
            raise SqlError(f'relation "{parts[-1]}" already exists', "42P07")
        self._cluster.commit(("table/" + full, {
            "id": 78 + len(self._store.under("table/")), "columns": columns, "key": key,
            "indexes": [], "ranges": [self._next_range()]}))
        return Result("CREATE TABLE")

    def _next_range(self):
        used = [r for t in self._store.under("table/").values() for r in t["ranges"]]
        return max(used, default=_FIRST_USER_RANGE - 1) + 1

    @staticmethod
    def _columns(parser):
        columns, key = [], []
        parser.expect("(")
        while True:
            if parser.accept("PRIMARY", "KEY"):
                key = [e[1] for e in parser.listed()]
            else:
                name = parser.name()
                columns.append({"name": name, "type": parser.type_name().name, "null": True,
                                "default": None})
                while parser.peek()[1] not in (",", ")"):
                    if parser.accept("PRIMARY", "KEY"):
                        key = [name]
                        columns[-1]["null"] = False
                    elif parser.accept("NOT", "NULL"):
                        columns[-1]["null"] = False
                    elif parser.accept("DEFAULT"):
                        columns[-1]["default"] = parser.expression()
                    elif not parser.accept("NULL") and not parser.accept("UNIQUE"):
                        parser.error()
            if parser.accept(")"):
                return columns, key
            parser.expect(",")

    def _create_index(self, parser, session):
        quiet = parser.accept("IF", "NOT", "EXISTS")
        name = parser.name()
        parser.expect("ON")
        full, table = self._describe(parser.dotted(), session)
        listed = ", ".join(e[1] for e in parser.listed())
        if name in table["indexes"]:
            if quiet:
                return Result("CREATE INDEX")
            raise SqlError(f'duplicate index name: "{name}"', "42P07")
        table = {**table, "indexes": [*table["indexes"], name],
                 "ranges": [*table["ranges"], self._next_range()]}
        self._cluster.commit(("table/" + full, table))
        database, short = full.split(".", 1)
        condition = "IF NOT EXISTS " if quiet else ""
        jobs.add(self._cluster, "SCHEMA CHANGE", f"CREATE INDEX {condition}{name} ON "
                 f"{database}.public.{short} ({listed})", fraction=1.0,
                 coordinator=self._cluster.node)
        return Result("CREATE INDEX")

    def drop(self, parser, session, _params):
        if parser.accept("TABLE"):
            quiet = parser.accept("IF", "EXISTS")
            parts = parser.dotted()
            parser.accept("CASCADE")
            if quiet and self._store.get("table/" + self._full(parts, session)) is None:
                return Result("DROP TABLE")
            full, _ = self._describe(parts, session)
            self._remove(full)
            return Result("DROP TABLE")
        parser.expect("DATABASE")
        quiet = parser.accept("IF", "EXISTS")
        name = parser.name()
        parser.accept("CASCADE")
        if self._store.get("database/" + name) is None and not quiet:
            raise SqlError(f'database "{name}" does not exist', "3D000")
        for table in self.names(name):
            self._remove(f"{name}.{table}")
        self._cluster.commit(("database/" + name, None))
        return Result("DROP DATABASE")

    def _remove(self, full):
        pairs = [(key, None) for key in self._store.rows(full)]
        self._cluster.commit(*pairs, ("table/" + full, None))

    # -- rows --------------------------------------------------------------------------------

    def insert(self, parser, session, params, replace=False):
        parser.expect("INTO")
        full, table = self._describe(parser.dotted(), session)
        names = [c["name"] for c in table["columns"]]
        given = names
        if parser.accept("("):
            given = [parser.name()]
            while parser.accept(","):
                given.append(parser.name())
            parser.expect(")")
            for name in given:
                if name not in names:
                    raise SqlError(f'column "{name}" does not exist', "42703")
        rows = self._given_rows(parser, session, params)
        if parser.accept("ON", "CONFLICT", "DO", "NOTHING"):
            replace = None
        existing = self._store.rows(full)
        pairs = {}
        for values in rows:
            if len(values) > len(given):
                raise SqlError(f"INSERT has more expressions than target columns, {len(values)} "
                               f"expressions for {len(given)} targets", "42601")
            row = self._complete(table, dict(zip(given, values)))
            key = self._key(full, table, row, len(pairs))
            if key in existing or key in pairs:
                if replace is None:
                    continue
                if not replace:
                    shown = ",".join(f"'{row[k]}'" if isinstance(row[k], str) else str(row[k])
                                     for k in table["key"])
                    raise SqlError(f"duplicate key value ({','.join(table['key'])})=({shown}) "
                                   'violates unique constraint "primary"', "23505")
            pairs[key] = [row[n] for n in names]
        self._cluster.commit(*pairs.items())
        return Result(f"INSERT 0 {len(pairs)}")

    def upsert(self, parser, session, params):
        return self.insert(parser, session, params, replace=True)

    def _given_rows(self, parser, session, params):
        if parser.accept("SELECT"):
            return self._engine.run_select(parser.select(), session, params).rows
        parser.expect("VALUES")
        ev = sqleval.Evaluator({}, params, self._engine.functions(session))
        rows = [[ev.value(e, {}) for e in parser.listed()]]
        while parser.accept(","):
            rows.append([ev.value(e, {}) for e in parser.listed()])
        return rows

    def _complete(self, table, given):
        ev = sqleval.Evaluator({}, (), self._engine.functions(None))
        row = {}
        for c in table["columns"]:
            value = given.get(c["name"])
            if value is None and c["name"] not in given and c["default"] is not None:
                value = ev.value(_tuples(c["default"]), {})
            if value is None and not c["null"]:
                raise SqlError(f'null value in column "{c["name"]}" violates not-null constraint',
                               "23502")
            row[c["name"]] = sqleval.cast(value, _BY_NAME[c["type"]]) if value is not None \
                else None
        return row

    def _key(self, full, table, row, n):
        values = [row[k] for k in table["key"]] or [clock.unique_id(self._cluster.node) + n]
        return f"row/{full}/" + json.dumps(values)

    def _matching(self, parser, full, table, session, params):
        condition = parser.expression() if parser.accept("WHERE") else ("literal", True)
        names = [c["name"] for c in table["columns"]]
        columns = {c["name"]: _BY_NAME[c["type"]] for c in table["columns"]}
        ev = sqleval.Evaluator(columns, params, self._engine.functions(session))
        ev.type_of(condition)
        rows = [(key, dict(zip(names, row))) for key, row in self._store.rows(full).items()]
        return ev, [(key, row) for key, row in rows if ev.value(condition, row)]

    def update(self, parser, session, params):
        full, table = self._describe(parser.dotted(), session)
        parser.expect("SET")
        changes = []
        while True:
            name = parser.name()
            parser.expect("=")
            changes.append((name, parser.expression()))
            if not parser.accept(","):
                break
        ev, found = self._matching(parser, full, table, session, params)
        pairs = []
        for key, row in found:
            new = self._complete(table, {**row, **{n: ev.value(e, row) for n, e in changes}})
            new_key = self._key(full, table, new, 0) if table["key"] else key
            if new_key != key:
                pairs.append((key, None))
            pairs.append((new_key, list(new.values())))
        self._cluster.commit(*pairs)
        return Result(f"UPDATE {len(found)}")

    def delete(self, parser, session, params):
        parser.expect("FROM")
        full, table = self._describe(parser.dotted(), session)
        _, found = self._matching(parser, full, table, session, params)
        self._cluster.commit(*[(key, None) for key, _ in found])
        return Result(f"DELETE {len(found)}")


def _tuples(e):
    """An expression that has been through JSON."""
    return tuple(_tuples(x) for x in e) if isinstance(e, list) and e and isinstance(e[0], str) \
        else [_tuples(x) for x in e] if isinstance(e, list) else e
