"""SHOW of databases and what they contain."""
from . import hashes, names, showcreate
from .catalog import VIRTUAL_SCHEMAS
from .sqltypes import BOOL, INT8, TEXT, Result, SqlError

_SHOWN_KINDS = {"view": "VIEW", "sequence": "SEQUENCE"}


def table_type(kind, d):
    if kind == "table":
        return "TIME SERIES TABLE" if d["ts"] else "BASE TABLE"
    return _SHOWN_KINDS[kind]


class Shows:
    """Every method returns a Result; `find` tells which one a statement wants."""

    def __init__(self, engine):
        self._engine = engine
        self._catalog = engine.catalog

    def find(self, parser):
        for words, action in (
                (("DATABASES",), self._databases), (("SCHEMAS",), self._schemas),
                (("SEQUENCES",), self._sequences), (("CREATE", "DATABASE"), self._create_database),
                (("CREATE",), self._create), (("CONSTRAINTS", "FROM"), self._constraints),
                (("CONSTRAINT", "FROM"), self._constraints), (("INDEXES", "FROM"), self._indexes),
                (("INDEX", "FROM"), self._indexes), (("GRANTS",), self._grants),
                (("USERS",), self._users), (("ROLES",), self._users),
                (("EXPERIMENTAL_FINGERPRINTS", "FROM", "TABLE"), self._fingerprints)):
            if parser.accept(*words):
                return action
        return None

    @staticmethod
    def _texts(heads, rows):
        return Result("SHOW", [(h, TEXT) for h in heads], rows)

    def _databases(self, _parser, _session):
        return self._texts(("database_name", "engine_type"),
                           [[n, d["engine"]] for n, d in self._catalog.databases().items()])

    def _of(self, parser, session):
        """The database that FROM names, or the current one."""
        name = parser.name() if parser.accept("FROM") else session.database
        if name not in self._catalog.databases():
            raise SqlError(f'target database or schema does not exist: "{name}"', "3F000")
        return name

    def _schemas(self, parser, session):
        own = self._catalog.schemas(self._of(parser, session))
        return self._texts(("schema_name",), [[n] for n in sorted([*VIRTUAL_SCHEMAS, *own])])

    def _sequences(self, parser, session):
        database = self._of(parser, session)
        return self._texts(("sequence_name",), sorted(
            [full[2]] for _, full, _ in self._catalog.objects(database, ("sequence",))))

    def tables(self, parser, session):
        """SHOW TABLES [FROM database | schema | database.schema]."""
        database, schema = session.database, "public"
        if parser.accept("FROM"):
            parts = parser.dotted()
            if len(parts) > 1:
                database, schema = parts
            elif parts[0] in self._catalog.schemas(session.database) and parts[0] != "public":
                schema = parts[0]
            else:
                database = parts[0]
        if database not in self._catalog.databases() or \
                schema not in self._catalog.schemas(database):
            shown = database if schema == "public" else f"{database}.{schema}"
            raise SqlError(f'target database or schema does not exist: "{shown}"', "3F000")
        parser.accept("WITH", "COMMENT")
        rows = sorted([full[2], table_type(kind, d)]
                      for kind, full, d in self._catalog.objects(database) if full[1] == schema)
        return self._texts(("table_name", "table_type"), rows)

    # -- create ------------------------------------------------------------------------------

    def _create_database(self, parser, _session):
        name = parser.name()
        text = showcreate.database(name, self._catalog.database(name))
        return self._texts(("database_name", "create_statement"), [[names.shown(name), text]])

    def _create(self, parser, session):
        for word in ("TABLE", "VIEW", "SEQUENCE"):
            if parser.accept(word):
                break
        parts = parser.dotted()
        kind, full, d = self._catalog.need(parts, session)
        given = full if len(parts) > 1 else parts
        return self._texts(("table_name", "create_statement"),
                           [[names.dotted(given), showcreate.statement(kind, full[2], d)]])

    # -- parts of a table --------------------------------------------------------------------

    def _relational(self, parser, session, what):
        _, full, d = self._catalog.need(parser.dotted(), session, ("table",))
        if d["ts"] and what:
            raise SqlError(f"{what} is not supported in timeseries table", "0A000")
        return full, d

    def _constraints(self, parser, session):
        full, d = self._relational(parser, session, "show constraints")
        key = d["key"] or ["rowid"]
        rows = [["primary", "PRIMARY KEY", f"PRIMARY KEY ({_ascending(key)})"]]
        rows += [[fk["name"], "FOREIGN KEY",
                  showcreate.foreign_key(fk).split(" ", 2)[2]] for fk in d["fks"]]
        rows += [[i["name"], "UNIQUE", f"UNIQUE ({_ascending(i['columns'])})"]
                 for i in d["indexes"] if i["unique"]]
        rows += [[c["name"], "CHECK", f"CHECK ({c['text']})"] for c in d["checks"]]
        heads = [(h, TEXT) for h in ("table_name", "constraint_name", "constraint_type",
                                     "details")]
        return Result("SHOW", [*heads, ("validated", BOOL)],
                      sorted([full[2], *r, True] for r in rows))

    def _indexes(self, parser, session):
        full, d = self._relational(parser, session, None)
        key = d["key"] or ["rowid"]
        rows = []
        for name, unique, columns in [("primary", True, key), *(
                (i["name"], i["unique"], i["columns"]) for i in d["indexes"])]:
            implicit = [] if name == "primary" else [k for k in key if k not in columns]
            for n, column in enumerate([*columns, *implicit], 1):
                rows.append([full[2], name, not unique, n, column, "ASC", False,
                             column in implicit])
        return Result("SHOW", [("table_name", TEXT), ("index_name", TEXT), ("non_unique", BOOL),
                               ("seq_in_index", INT8), ("column_name", TEXT),
                               ("direction", TEXT), ("storing", BOOL), ("implicit", BOOL)], rows)

    def _fingerprints(self, parser, session):
        full, d = self._relational(parser, session, "show fingerprints")
        types = dict(self._engine.data.columns(d))
        rows = hashes.fingerprints(d, self._engine.data.rows(full, d), types)
        return self._texts(("index_name", "fingerprint"), rows)

    # -- users -------------------------------------------------------------------------------

    def _users(self, _parser, _session):
        return self._engine.users.show()

    def _grants(self, parser, session):
        return self._engine.users.show_grants(parser, session)


def _ascending(columns):
    return ", ".join(names.shown(c) + " ASC" for c in columns)
