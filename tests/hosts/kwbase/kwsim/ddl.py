"""CREATE and DROP of everything but users."""
import re

from . import clock, jobs, names, showcreate, tabledef
from .catalog import SYSTEM_DATABASES
from .ranges import SYSTEM_RANGES
from .sqlparse import Parser
from .sqltypes import Result, SqlError

_FIRST_USER_RANGE = SYSTEM_RANGES + 16


class Definitions:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._store = node.store
        self._engine = engine
        self._catalog = engine.catalog

    def _commit(self, *pairs):
        self._cluster.commit(*pairs)

    def _changed(self, text):
        jobs.add(self._cluster, "SCHEMA CHANGE", text, fraction=1.0,
                 coordinator=self._cluster.node)

    # -- create ------------------------------------------------------------------------------

    def create(self, parser, session, params):
        for words, action in ((("DATABASE",), self._database),
                              (("TS", "DATABASE"), self._ts_database),
                              (("SCHEMA",), self._schema), (("TABLE",), self._table),
                              (("VIEW",), self._view), (("SEQUENCE",), self._sequence),
                              (("UNIQUE", "INDEX"), self._unique), (("INDEX",), self._index)):
            if parser.accept(*words):
                return action(parser, session)
        return self._engine.users.create(parser, session, params)

    @staticmethod
    def _quiet(parser):
        return parser.accept("IF", "NOT", "EXISTS")

    def _database(self, parser, _session, ts=None):
        quiet = self._quiet(parser)
        name = parser.name()
        if ts:
            tabledef.options(parser, ts)
        if name not in self._catalog.databases():
            d = {"created": clock.now(), "id": self._catalog.next_id(), "grants": {},
                 "engine": "TIME SERIES" if ts else "RELATIONAL", **(ts or {})}
            self._commit(("database/" + names.key(name), d))
        elif not quiet:
            raise SqlError(f'database "{name}" already exists', "42P04")
        return Result("CREATE DATABASE")

    def _ts_database(self, parser, session):
        return self._database(parser, session, {"retentions": "0s", "partition": "10d"})

    def _schema(self, parser, session):
        quiet = self._quiet(parser)
        parts = parser.dotted()
        database = parts[0] if len(parts) > 1 else session.database
        if self._catalog.database(database)["engine"] != "RELATIONAL":
            raise SqlError("schema is not supported in timeseries database", "0A000")
        if parts[-1] not in self._catalog.schemas(database):
            self._commit((f"schema/{names.key(database, parts[-1])}", {"grants": {}}))
        elif not quiet:
            raise SqlError(f'schema "{parts[-1]}" already exists', "42P06")
        return Result("CREATE SCHEMA")

    def _new(self, parser, session, kind):
        """Full name for a new object; None when it exists and that is no error."""
        quiet = self._quiet(parser)
        parts = parser.dotted()
        full = self._catalog.place(parts, session)
        if self._catalog.find(full, session) is None:
            return full
        if not quiet or kind != "table":
            raise SqlError(f'relation "{parts[-1]}" already exists', "42P07")
        return None

    def _table(self, parser, session):
        full = self._new(parser, session, "table")
        d = tabledef.parse(parser, full[2] if full else "")
        if full is None:
            return Result("CREATE TABLE")
        engine = self._catalog.database(full[0])["engine"]
        if d["ts"] and engine != "TIME SERIES":
            raise SqlError("can not create timeseries table in relational database", "42601")
        if engine == "TIME SERIES" and not d["ts"]:
            raise SqlError("can not create relational table in timeseries database", "42601")
        for fk in d["fks"]:
            self.resolve(fk, full, d, session)
        self.check_sequences(d, within(session, full))
        d.update(id=self._catalog.next_id(), ranges=[self._next_range()],
                 grants=self._inherited(full))
        self._commit(("table/" + names.key(*full), d))
        if d["fks"]:
            self._changed("updating referenced table")
            self._changed(showcreate.as_job(full, d))
        return Result("CREATE TABLE")

    def check_sequences(self, d, session):
        for c in d["columns"]:
            for name in re.findall(r"nextval\('([^']+)'", c["default"] or ""):
                self._catalog.need(Parser(name).dotted(), session, ("sequence",))

    def _inherited(self, full):
        """What a new object gets from its database."""
        return {u: list(p) for u, p in
                self._catalog.database(full[0]).get("grants", {}).items()}

    def resolve(self, fk, full, own, session):
        """Make a foreign key name the whole of what it refers to."""
        if len(fk["table"]) == 1:
            fk["table"] = [full[0], full[1], fk["table"][0]]
        if self._catalog.find(fk["table"], session) is None and \
                fk["table"] in ([full[0], full[2]], full):
            fk["table"] = full
            fk["theirs"] = fk["theirs"] or own["key"]
            return
        _, fk["table"], parent = self._catalog.need(fk["table"], session, ("table",))
        fk["theirs"] = fk["theirs"] or parent["key"]
        unique = [parent["key"], *(i["columns"] for i in parent["indexes"] if i["unique"])]
        if fk["theirs"] not in unique:
            raise SqlError("there is no unique constraint matching given keys for referenced "
                           f"table {fk['table'][-1]}", "42830")

    def _next_range(self):
        used = [r for t in self._store.under("table/").values() for r in t["ranges"]]
        return max(used, default=_FIRST_USER_RANGE - 1) + 1

    def _view(self, parser, session):
        full = self._new(parser, session, "view")
        given = tabledef.columns(parser) if parser.peek()[1] == "(" else None
        parser.expect("AS")
        query = parser.source[parser.peek()[2]:].strip()
        parser.expect("SELECT")
        chosen = parser.select()
        result = self._engine.run_select(chosen, session, ())
        columns = given or [name for name, _ in result.columns]
        query = self._qualified(chosen, query, session)
        self._commit(("view/" + names.key(*full), {
            "id": self._catalog.next_id(), "query": query, "columns": columns,
            "grants": self._inherited(full)}))
        self._changed("updating view reference")
        return Result("CREATE VIEW")

    def _qualified(self, chosen, query, session):
        """The query with the whole name of its table, as the original stores it."""
        source = chosen["from"]
        while source and source[0] == "named":
            source = source[2]
        if not source or source[0] != "table":
            return query
        found = self._catalog.find(source[1], session)
        if found is None:
            return query
        parser = Parser(query)
        while not parser.accept("FROM"):
            parser.at += 1
        start = parser.peek()[2]
        parser.dotted()
        return query[:start] + names.dotted(found[1]) + query[parser.ended():]

    def _sequence(self, parser, session):
        full = self._new(parser, session, "sequence")
        d = {"min": 1, "max": 9223372036854775807, "step": 1, "start": 1,
             "grants": self._inherited(full)}
        while not parser.done():
            for word, field in (("MINVALUE", "min"), ("MAXVALUE", "max"), ("INCREMENT", "step"),
                                ("START", "start")):
                if parser.accept(word):
                    parser.accept("BY") or parser.accept("WITH")
                    d[field] = int(parser.peek()[1])
                    parser.at += 1
                    break
            else:
                parser.error()
        d.update(id=self._catalog.next_id(), value=d["start"] - d["step"])
        self._commit(("sequence/" + names.key(*full), d))
        return Result("CREATE SEQUENCE")

    def next_value(self, name, session):
        _, full, d = self._catalog.need(Parser(name).dotted(), session, ("sequence",))
        d = {**d, "value": d["value"] + d["step"]}
        self._commit(("sequence/" + names.key(*full), d))
        return d["value"]

    def set_value(self, session, name, value, called=True):
        _, full, d = self._catalog.need(Parser(name).dotted(), session, ("sequence",))
        value = int(value) if called else int(value) - d["step"]
        self._commit(("sequence/" + names.key(*full), {**d, "value": value}))
        return int(value)

    def _unique(self, parser, session):
        return self._index(parser, session, True)

    def _index(self, parser, session, unique=False):
        quiet = self._quiet(parser)
        name = parser.name() if parser.word() != "ON" else None
        parser.expect("ON")
        _, full, table = self._catalog.need(parser.dotted(), session, ("table",))
        d = {**table, "indexes": list(table["indexes"])}
        tabledef.index(d, full[2], tabledef.columns(parser), unique, name)
        new = d["indexes"][-1]
        if any(i["name"] == new["name"] for i in table["indexes"]):
            if quiet:
                return Result("CREATE INDEX")
            raise SqlError(f'duplicate index name: "{new["name"]}"', "42P07")
        d["ranges"] = [*table["ranges"], self._next_range()]
        self._commit(("table/" + names.key(*full), d))
        condition = "IF NOT EXISTS " if quiet else ""
        self._changed(f"CREATE INDEX {condition}{new['name']} ON {names.dotted(full)} "
                      f"({names.listed(new['columns'])})")
        return Result("CREATE INDEX")

    # -- drop --------------------------------------------------------------------------------

    def drop(self, parser, session, params):
        for word in ("TABLE", "VIEW", "SEQUENCE"):
            if parser.accept(word):
                return self._drop_object(parser, session, word)
        if parser.accept("SCHEMA"):
            return self._drop_schema(parser, session)
        if not parser.accept("DATABASE"):
            return self._engine.users.drop(parser, session, params)
        quiet = parser.accept("IF", "EXISTS")
        name = parser.name()
        restrict = not parser.accept("CASCADE") and parser.accept("RESTRICT")
        if name not in self._catalog.databases() and quiet:
            return Result("DROP DATABASE")
        self._catalog.database(name)
        if restrict and self._catalog.objects(name):
            raise SqlError(f'database "{name}" is not empty and RESTRICT was specified', "2BP01")
        self.remove_database(name)
        return Result("DROP DATABASE")

    def remove_database(self, name):
        for kind, full, _ in self._catalog.objects(name):
            self.remove(kind, full)
        pairs = [(f"schema/{names.key(name, s)}", None) for s in self._catalog.schemas(name)
                 if s != "public"]
        if name in SYSTEM_DATABASES:
            raise SqlError(f"cannot drop database {name}", "42501")
        self._commit(*pairs, ("database/" + names.key(name), None))

    def remove(self, kind, full):
        word = names.key(*full)
        pairs = [(key, None) for key in self._store.rows(word)] if kind == "table" else []
        self._commit(*pairs, (f"{kind}/{word}", None))

    def _drop_object(self, parser, session, word):
        quiet = parser.accept("IF", "EXISTS")
        parts = parser.dotted()
        cascade = parser.accept("CASCADE")
        kind = word.lower()
        if quiet and self._catalog.find(parts, session, (kind,)) is None:
            return Result("DROP " + word)
        _, full, _ = self._catalog.need(parts, session, (kind,))
        for _, other, d in self._catalog.objects(kinds=("table",)):
            if kind == "table" and other != full and any(
                    fk["table"] == full for fk in d["fks"]):
                if not cascade:
                    raise SqlError(f'"{full[2]}" is referenced by foreign key from table '
                                   f'"{other[2]}"', "2BP01")
                d = {**d, "fks": [fk for fk in d["fks"] if fk["table"] != full]}
                self._commit(("table/" + names.key(*other), d))
        self.remove(kind, full)
        return Result("DROP " + word)

    def _drop_schema(self, parser, session):
        parts = parser.dotted()
        parser.accept("CASCADE")
        database = parts[0] if len(parts) > 1 else session.database
        for kind, full, _ in self._catalog.objects(database):
            if full[1] == parts[-1]:
                self.remove(kind, full)
        self._commit((f"schema/{names.key(database, parts[-1])}", None))
        return Result("DROP SCHEMA")


def within(session, full):
    """The session as it would be inside an object's database and schema."""
    found = type(session)(session.user, full[0])
    found.schema = full[1]
    return found
