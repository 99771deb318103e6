"""Statements: what they do and what they answer."""
import time

from . import build, clock, datatables, settings, sqleval, tables
from .alter import Alterations
from .catalog import Catalog
from .ddl import Definitions
from .extern import Extern
from .infoschema import InfoSchema
from .shows import Shows
from .sqlexport import Export
from .sqlimport import Import
from .users import Users
from .sqlparse import Parser, split_statements
from .sqltypes import BOOL, INT8, TEXT, TIMESTAMPTZ, Result, SqlError

_VARIABLES = {"server_version": "9.5.0", "server_version_num": "90500", "client_encoding": "UTF8",
              "standard_conforming_strings": "on", "datestyle": "ISO, MDY", "timezone": "UTC",
              "database": "defaultdb", "search_path": "public", "integer_datetimes": "on",
              "transaction_isolation": "serializable", "session_user": "root",
              "application_name": "", "statement_timeout": "0", "bytea_output": "hex",
              "extra_float_digits": "0", "node_id": "1"}


class Session:
    def __init__(self, user="root", database="defaultdb"):
        self.user = user
        self.database = database or "defaultdb"
        self.schema = "public"
        self.variables = dict(_VARIABLES)
        self.prepared = {}


class Engine:
    def __init__(self, node):
        self._node = node
        self._cluster = node.cluster
        self.catalog = Catalog(node.store)
        self.users = Users(node, self)
        self.data = datatables.DataTables(node, self)
        self.definitions = Definitions(node, self)
        self._alterations = Alterations(node, self)
        self.extern = Extern(node)
        self._shows = Shows(self)
        self._infoschema = InfoSchema(node, self)
        self._exporter = Export(node, self)
        self._importer = Import(node, self)
        self._virtual = None

    @staticmethod
    def root_session(database):
        return Session("root", database)

    @property
    def virtual(self):
        if self._virtual is None:
            self._virtual = tables.Tables(self._node)
        return self._virtual

    def run(self, source, session, params=()):
        """Execute all statements of a text; yields a Result each."""
        for statement in split_statements(source):
            yield self.execute(statement, session, params)

    def execute(self, statement, session, params=(), nested=False):
        parser = Parser(statement)
        word = parser.word()
        handler = getattr(self, "_" + word.lower(), self._data_statement) \
            if word in _STATEMENTS else None
        if handler is None:
            parser.error()
        parser.at += 1
        result = handler(parser, session, params) if word != "SHOW" else \
            self._show(parser, session, params, nested)
        if not parser.done():
            parser.error()
        return result

    def functions(self, session):
        return {
            "version": (TEXT, lambda: build.long_version(build.TAG)),
            "now": (TIMESTAMPTZ, clock.now),
            "current_timestamp": (TIMESTAMPTZ, clock.now),
            "current_database": (TEXT, lambda: session.database),
            "current_user": (TEXT, lambda: session.user),
            "nextval": (INT8, lambda n: self.definitions.next_value(n, session)),
            "setval": (INT8, lambda *v: self.definitions.set_value(session, *v)),
            "gen_random_uuid": (TEXT, _uuid),
            "pg_sleep": (BOOL, lambda s: self._sleep(s, session)),
        }

    def _sleep(self, seconds, session):
        limit = float(session.variables["statement_timeout"] or 0) / 1000
        time.sleep(min(float(seconds), limit) if limit else float(seconds))
        if limit and float(seconds) > limit:
            raise SqlError("query execution canceled due to statement timeout", "57014")
        return True

    def touch_ranges(self):
        """What any access to replicated data goes through."""
        self._cluster.wait_quorum()
        self._node.ranges.wait_leases()

    # -- select ------------------------------------------------------------------------------

    def _select(self, parser, session, params):
        return self.run_select(parser.select(), session, params)

    def run_select(self, query, session, params):
        columns, rows = self._source(query["from"], session, params)
        shown, out = sqleval.select(query, columns, rows, params, self.functions(session))
        return Result(f"SELECT {len(out)}", shown, out)

    def _source(self, source, session, params):
        """([(name, Type)], [row dictionaries])"""
        if source is None:
            return [], [{}]
        kind = source[0]
        if kind == "named":
            return self._source(source[2], session, params)
        if kind == "table":
            return self._table(source[1], session)
        if kind == "statement":
            result = self.execute(source[1], session, params, nested=True)
        elif kind == "select":
            result = self.run_select(source[1], session, params)
        elif kind == "function":
            return self._generate(source, session, params)
        else:
            return self._join(source, session, params)
        names = [name for name, _ in result.columns]
        return result.columns, [dict(zip(names, row)) for row in result.rows]

    def _generate(self, source, session, params):
        if source[1] != "generate_series":
            raise SqlError(f"unknown function: {source[1]}()", "42883")
        ev = sqleval.Evaluator({}, params, self.functions(session))
        first, last = (ev.value(e, {}) for e in source[2][:2])
        name = source[3] if len(source) > 3 else "generate_series"
        return [(name, INT8)], [{name: i} for i in range(int(first), int(last) + 1)]

    def _join(self, source, session, params):
        _, kind, left, right, condition = source
        left_columns, left_rows = self._source(left, session, params)
        right_columns, right_rows = self._source(right, session, params)
        left_rows, right_rows = _qualified(left, left_rows), _qualified(right, right_rows)
        columns = left_columns + [c for c in right_columns if c not in left_columns]
        ev = sqleval.Evaluator(dict(columns), params, self.functions(session))
        out = []
        for a in left_rows:
            found = [b for b in right_rows
                     if (all(a[n] == b[n] for n in condition[1]) if condition[0] == "using"
                         else ev.value(condition, {**b, **a}))]
            if not found and kind == "left":
                found = _qualified(right, [{name: None for name, _ in right_columns}])
            out += [{**b, **a} for b in found]
        return columns, out

    def _table(self, parts, session):
        name = parts[-1]
        if parts[0] in ("kwdb_internal", "crdb_internal") or (
                parts == [name] and session.database == "kwdb_internal") or (
                len(parts) == 3 and parts[1] == "kwdb_internal"):
            if name in tables.COLUMNS:
                if name in tables.REPLICATED:
                    self.touch_ranges()
                return tables.COLUMNS[name], list(self.virtual.rows(name))
            if name != "create_statements":
                raise SqlError(f'relation "{".".join(parts)}" does not exist', "42P01")
        self.touch_ranges()
        if parts == ["system", "replication_stats"]:
            return self.data.replication_stats()
        return self._infoschema.find(parts, session) or self.data.read(parts, session)

    # -- show --------------------------------------------------------------------------------

    def _show(self, parser, session, _params, nested=False):
        if parser.accept("CLUSTER", "SETTING"):
            name = ".".join(parser.dotted())
            value, kind = settings.shown(self._cluster.store, name)
            return Result("SHOW", [(name, kind)], [[value]])
        if parser.accept("ALL", "CLUSTER", "SETTINGS") or parser.accept("CLUSTER", "SETTINGS"):
            return self._whole("cluster_settings")
        if parser.accept("JOBS") or parser.accept("AUTOMATIC", "JOBS"):
            return self._show_jobs(nested)
        wanted = self._shows.find(parser)
        if wanted is not None:
            self.touch_ranges()
            return wanted(parser, session)
        if parser.accept("TABLES"):
            self.touch_ranges()
            if parser.source[parser.peek()[2]:].split()[-1:] == ["kwdb_internal"]:
                parser.at = len(parser.tokens)
                return Result("SHOW", [("table_name", TEXT), ("table_type", TEXT)],
                              [[n, "SYSTEM VIEW"] for n in tables.NAMES])
            return self._shows.tables(parser, session)
        if parser.accept("COLUMNS", "FROM"):
            return self._show_columns(parser.dotted(), session)
        name = parser.name(any_word=True)
        if name == "all":
            rows = sorted(session.variables.items())
            return Result("SHOW", [("variable", TEXT), ("value", TEXT)], [list(r) for r in rows])
        if name not in session.variables:
            raise SqlError(f'unrecognized configuration parameter "{name}"', "42704")
        return Result("SHOW", [(name, TEXT)], [[session.variables[name]]])

    def _whole(self, name):
        columns = tables.COLUMNS[name]
        rows = [[r[c] for c, _ in columns] for r in self.virtual.rows(name)]
        return Result("SHOW", columns, rows)

    def _show_jobs(self, nested):
        self.touch_ranges()
        result = self._whole("jobs")
        if not nested:
            # Unfinished jobs first, then the latest; the order is lost inside [SHOW JOBS].
            place = {name: i for i, (name, _) in enumerate(result.columns)}
            result.rows.sort(key=lambda r: (r[place["finished"]] or clock.now(),
                                            r[place["started"]], r[0]), reverse=True)
        return result

    def _show_columns(self, parts, session):
        if parts[0] in ("kwdb_internal", "crdb_internal"):
            columns = tables.COLUMNS.get(parts[-1])
            if columns is None:
                raise SqlError(f'relation "{".".join(parts)}" does not exist', "42P01")
            nullable = parts[-1] in ("ranges", "ranges_no_leases")
            rows = [[name, kind.shown, nullable or name == "updated_at", None, "", "{}",
                     False, False] for name, kind in columns]
        else:
            _, _, table = self.catalog.need(parts, session, ("table",))
            rows = [[c["name"], c["sql"], c["null"], c["default"], "", _indices(table, c["name"]),
                     False, bool(c.get("tag"))] for c in table["columns"]]
        heads = ["column_name", "data_type", "is_nullable", "column_default",
                 "generation_expression", "indices", "is_hidden", "is_tag"]
        return Result("SHOW", [(h, BOOL if h.startswith("is_") else TEXT) for h in heads], rows)

    # -- settings and session ----------------------------------------------------------------

    def _set(self, parser, session, params):
        if parser.accept("CLUSTER", "SETTING"):
            name = ".".join(parser.dotted())
            if not parser.accept("="):
                parser.expect("TO")
            if parser.accept("DEFAULT"):
                return self._reset_setting(name)
            value = self._value(parser, session, params)
            self._cluster.commit(("setting/" + name, settings.parsed(name, value)))
            return Result("SET CLUSTER SETTING")
        if parser.accept("SESSION") or parser.accept("LOCAL"):
            pass
        name = parser.name(any_word=True)
        if name == "names":
            parser.name(any_word=True) if parser.word() else parser.expression()
            return Result("SET")
        if name == "time" and parser.accept("ZONE"):
            name = "timezone"
        elif not parser.accept("="):
            parser.expect("TO")
        if name not in session.variables:
            raise SqlError(f'unrecognized configuration parameter "{name}"', "42704")
        parts = []
        while not parser.done():
            kind, text, _ = parser.peek()
            parts.append(text[1:-1] if kind in ("string", "quoted") else text)
            parser.at += 1
        session.variables[name] = "".join(parts)
        if name == "database":
            session.database = session.variables[name]
        return Result("SET")

    def _value(self, parser, session, params):
        if parser.peek()[0] == "word" and parser.word() not in ("TRUE", "FALSE", "NULL"):
            return parser.name(any_word=True)
        ev = sqleval.Evaluator({}, params, self.functions(session))
        return ev.value(parser.expression(), {})

    def _reset(self, parser, session, _params):
        if parser.accept("CLUSTER", "SETTING"):
            return self._reset_setting(".".join(parser.dotted()))
        session.variables.update({k: v for k, v in _VARIABLES.items()
                                  if k == parser.name(any_word=True)})
        return Result("RESET")

    def _reset_setting(self, name):
        settings.value(self._cluster.store, name)
        self._cluster.commit(("setting/" + name, None))
        return Result("SET CLUSTER SETTING")

    def _use(self, parser, session, _params):
        session.database = parser.name()
        return Result("SET")

    def _begin(self, parser, _session, _params):
        parser.accept("TRANSACTION")
        return Result("BEGIN")

    def _commit(self, parser, _session, _params):
        parser.accept("TRANSACTION")
        return Result("COMMIT")

    def _rollback(self, parser, _session, _params):
        parser.accept("TRANSACTION")
        return Result("ROLLBACK")

    # -- prepared statements in SQL (Qt's driver uses them) ----------------------------------

    def _prepare(self, parser, session, _params):
        name = parser.name()
        if parser.accept("("):
            while not parser.accept(")"):
                parser.at += 1
        parser.expect("AS")
        session.prepared[name] = parser.source[parser.peek()[2]:]
        parser.at = len(parser.tokens)
        return Result("PREPARE")

    def _execute(self, parser, session, params):
        name = parser.name()
        if name not in session.prepared:
            raise SqlError(f'prepared statement "{name}" does not exist', "26000")
        values = []
        if parser.accept("("):
            ev = sqleval.Evaluator({}, params, self.functions(session))
            while not parser.accept(")"):
                values.append(ev.value(parser.expression(), {}))
                parser.accept(",")
        return self.execute(session.prepared[name], session, values)

    def _deallocate(self, parser, session, _params):
        parser.accept("PREPARE")
        session.prepared.pop(parser.name(any_word=True), None)
        return Result("DEALLOCATE")

    # -- data, definitions, users, files -----------------------------------------------------

    def _data_statement(self, parser, session, params):
        word = parser.tokens[0][1].lower()
        self.touch_ranges()
        for part in (self.data, self.definitions, self._alterations, self.users):
            if hasattr(part, word):
                return getattr(part, word)(parser, session, params)
        files = {"export": self._exporter, "import": self._importer}[word]
        return files.run(parser, session, params)

    def _backup(self, _parser, _session, _params):
        raise SqlError("a CCL binary is required to use this statement type: *tree.Backup",
                       "XXC01")


_STATEMENTS = {"SELECT", "SHOW", "SET", "RESET", "USE", "BEGIN", "COMMIT", "ROLLBACK", "PREPARE",
               "EXECUTE", "DEALLOCATE", "CREATE", "DROP", "INSERT", "UPSERT", "UPDATE", "DELETE",
               "BACKUP", "ALTER", "COMMENT", "GRANT", "REVOKE", "EXPORT", "IMPORT"}


def _indices(table, column):
    found = ["primary"] if column in table["key"] else []
    found += [i["name"] for i in table["indexes"] if column in [*i["columns"], *table["key"]]]
    return "{" + ",".join(found) + "}"


def _qualified(source, rows):
    """Rows that also answer to alias.column."""
    if source[0] != "named" or source[1] is None:
        return list(rows)
    return [{**r, **{f"{source[1]}.{name}": value for name, value in r.items()}} for r in rows]


def _uuid():
    import uuid
    return str(uuid.uuid4())
