"""EXPORT: its rows, its files and what it leaves out (17-export-import.txt; export.go)."""
import re

from . import build, faults, jobs, names, showcreate
from .csvfile import CODECS, Dialect
from .hashes import as_string
from .sqltypes import INT8, TEXT, Result, SqlError
from .users import SYSTEM, granted

_COLUMNS = [("filename", TEXT), ("rows", INT8), ("node_id", INT8), ("file_num", INT8)]
_WITH_VALUE = ("delimiter", "chunk_rows", "enclosed", "escaped", "nullas", "charset")
_FLAGS = ("column_name", "meta_only", "data_only", "comment", "privileges", "foreign_key")
_MOST_ROWS = 100000
_NEVER = ("cluster.secret", "diagnostics.reporting.enabled", "version")


def options(parser, with_value, flags):
    """What follows WITH."""
    found = {}
    while parser.accept("WITH") or parser.accept(","):
        name = parser.name(any_word=True)
        if name in with_value:
            parser.expect("=")
            found[name] = parser.text()
        elif name in flags:
            found[name] = ""
        else:
            raise SqlError(f'invalid option "{name}"')
    charset = found.get("charset", "UTF-8")
    if charset not in CODECS:
        raise SqlError("invalid charset value, value must be 'GBK''GB18030''BIG5''UTF-8'",
                       "22023")
    return found


class Export:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._store = node.store
        self._engine = engine
        self._catalog = engine.catalog
        self._left = None  # bytes until the imitated disk is full

    def run(self, parser, session, _params):
        """The statement as a job, which fails or succeeds with it."""
        self._engine.users.require_admin(session, "EXPORT")
        job = jobs.Recorded(self._cluster, "EXPORT", "export", parser.source)
        self._left = faults.number("export-disk-full", 0)
        faults.pause("export-slow", 5)
        try:
            result = self._statement(parser, session)
        except SqlError as e:
            job.failed(e.message)
            raise
        job.succeeded()
        return result

    def _statement(self, parser, session):
        if parser.accept("INTO"):
            parser.expect("CSV")
            place = self._engine.extern.open(parser.text())
            parser.expect("FROM")
            if parser.accept("DATABASE"):
                return self._database(parser, place)
            if parser.accept("TABLE"):
                return self._table(parser, place, session)
            return self._query(parser, place, session)
        if build.at_least(2, 2, 0):
            for words, action in ((("USERS",), self._users),
                                  (("CLUSTER", "SETTING"), self._settings)):
                if parser.accept(*words):
                    parser.expect("TO", "SQL")
                    return action(self._engine.extern.open(parser.text()))
        return parser.error()

    def _options(self, parser):
        flags = [f for f in _FLAGS if f != "privileges" or build.at_least(2, 2, 0)]
        found = options(parser, _WITH_VALUE, flags)
        if "meta_only" in found and "data_only" in found:
            raise SqlError("can't use meta_only and data_only at the same time")
        chunk = found.get("chunk_rows", str(_MOST_ROWS))
        if not re.fullmatch(r"-?\d+", chunk) or int(chunk) < 0:
            raise SqlError("invalid csv chunk size", "22023")
        if int(chunk) > _MOST_ROWS:
            raise SqlError("The chunk size must be less than 100000")
        found["chunk"] = int(chunk)
        return found

    # -- database ----------------------------------------------------------------------------

    def _database(self, parser, place):
        name = parser.name()
        chosen = self._options(parser)
        d = self._catalog.database(name)
        self._refuse_full(place)
        place.reach()
        tables = [(full, t) for _, full, t in self._catalog.objects(name, ("table",))]
        if "comment" in chosen and not (d.get("comment") or any(t["comments"]
                                                                for _, t in tables)):
            raise SqlError("DATABASE or TABLE or COLUMN without COMMENTS cannot be used "
                           "'WITH COMMENT'")
        if d["engine"] != "RELATIONAL":
            return self._ts_database(place, name, d, tables, chosen)
        self._quietly(place.child("meta.sql"), "\n".join(
            self._head(f"CREATE DATABASE {names.exported(name)};", name, d, chosen)), chosen)
        result = Result("EXPORT", _COLUMNS)
        schemas = set()
        for full, table in tables:
            if full[1] != "public" and full[1] not in schemas:
                schemas.add(full[1])
                self._schema(place, full, chosen)
            try:
                result.rows += self._files(place.child(*full[1:]), full, table, chosen, False)
            except SqlError as e:
                # The original goes on with the next table, and succeeds.
                result.notices.append(e.message)
        return result

    @staticmethod
    def _refuse_full(place):
        if build.at_least(3, 2) and place.call("count"):
            raise SqlError(f"export path {place.path.lstrip('/')} is not empty (contains "
                           f"{place.call('count')} files), please use an empty directory to "
                           "prevent data loss")

    def _head(self, create, name, d, chosen):
        lines = [create]
        if "comment" in chosen and d.get("comment"):
            lines.append(f"COMMENT ON DATABASE {name} IS '{d['comment']}';")
        if "privileges" in chosen:
            lines += [f"GRANT {p} ON DATABASE {names.exported(name)} TO {names.exported(u)};"
                      for u, p in granted(d) if u not in SYSTEM]
        return lines

    def _schema(self, place, full, chosen):
        lines = [f"CREATE SCHEMA {names.exported(full[1])};"]
        if "privileges" in chosen:
            d = self._catalog.schemas(full[0])[full[1]]
            lines += [f"GRANT {p} ON SCHEMA {names.exported(full[1])} TO {names.exported(u)};"
                      for u, p in granted(d) if u not in SYSTEM]
        self._quietly(place.child(full[1], "meta.sql"), "\n".join(lines) + "\n", chosen)

    def _quietly(self, place, text, chosen):
        """Whether this file could be written, the original does not ask."""
        if "data_only" in chosen:
            return
        try:
            self._put(place, text.encode())
        except SqlError:
            pass

    def _ts_database(self, place, name, d, tables, chosen):
        lines = self._head(f"CREATE TS DATABASE {names.exported(name)};", name, d, chosen)
        head, grants = lines[:1], lines[1:]
        for full, table in tables:
            head.append(showcreate.table(full[2], table, comments="comment" in chosen) + ";")
        for full, table in tables:
            head += [f"CREATE INDEX {i['name']} on {full[2]}({','.join(i['columns'])});"
                     for i in table["indexes"]]
            grants += self._table_grants(full, table, chosen)
        if "data_only" not in chosen:
            self._put(place.child("meta.sql"), ("\n".join(head + grants) + "\n").encode())
        result = Result("EXPORT", [("result", TEXT)])
        for full, table in tables:
            try:
                if "meta_only" not in chosen:
                    self._rows(place.child(*full[1:]), table, self._read(full, table), chosen)
            except SqlError as e:
                result.notices.append(e.message)
        result.rows = [["fail" if result.notices else "succeed"]]
        return result

    # -- table and query ---------------------------------------------------------------------

    def _table(self, parser, place, session):
        _, full, table = self._catalog.need(parser.dotted(), session, ("table",))
        chosen = self._options(parser)
        self._refuse_full(place)
        place.reach()
        if "comment" in chosen and not table["comments"]:
            raise SqlError("TABLE or COLUMN without COMMENTS cannot be used 'WITH COMMENT'")
        rows = self._files(place, full, table, chosen, True)
        if table["ts"]:
            return Result("EXPORT", [("result", TEXT)], [["succeed"]])
        return Result("EXPORT", _COLUMNS, rows)

    def _query(self, parser, place, session):
        parser.expect("SELECT")
        chosen_query = parser.select()
        chosen = self._options(parser)
        place.reach()
        result = self._engine.run_select(chosen_query, session, ())
        columns = result.columns
        table = {"columns": [{"name": n} for n, _ in columns]}
        rows = [[as_string(v, t) for v, (_, t) in zip(row, columns)] for row in result.rows]
        count = self._rows(place, table, rows, chosen)
        return Result("EXPORT", _COLUMNS, [[parser.source, len(rows), self._cluster.node, count]])

    def _files(self, place, full, table, chosen, alone):
        """Files of a table, and the rows of the result that tell of them."""
        out = []
        if "data_only" not in chosen:
            text = showcreate.table(full[2], table, "foreign_key" in chosen,
                                    "comment" in chosen) + ";\n"
            text += "".join(g + "\n" for g in self._table_grants(full, table, chosen))
            self._put(place.child("meta.sql"), text.encode())
        if "meta_only" not in chosen:
            rows = self._read(full, table)
            count = self._rows(place, table, rows, chosen)
            out.append([f"TABLE {'.'.join(full)}", len(rows), self._cluster.node, count])
        if "data_only" not in chosen:
            out.append(["meta.sql", 1, self._cluster.node, 1])
        return out

    @staticmethod
    def _table_grants(full, table, chosen):
        if "privileges" not in chosen:
            return []
        target = ".".join(names.exported(p) for p in full)
        return [f"GRANT {p} ON TABLE {target} TO {names.exported(u)};"
                for u, p in granted(table) if u not in SYSTEM]

    def _read(self, full, table):
        kinds = self._engine.data.columns(table)
        return [[as_string(row[n], k) for n, k in kinds]
                for row in self._engine.data.rows(full, table)]

    def _rows(self, place, table, rows, chosen):
        """Write the CSV files; their number. What the folder has already is added to."""
        dialect = Dialect(chosen)
        size = chosen["chunk"] or max(1, len(rows))
        chunks = [rows[i:i + size] for i in range(0, len(rows), size)] or [[]]
        for n, chunk in enumerate(chunks):
            text = "".join(dialect.line(row) for row in chunk)
            if "column_name" in chosen:
                text = dialect.line([c["name"] for c in table["columns"]]) + text
            file = place.child(f"n{self._cluster.node}.{n}.csv")
            self._put(file, dialect.encoded(text), "append")
        return len(chunks)

    def _put(self, place, data, action="write"):
        if self._left is not None:
            if len(data) > self._left:
                place.call(action, data[:int(self._left)])
                self._left = 0
                raise SqlError(f"write {place.path.lstrip('/')}: no space left on device")
            self._left -= len(data)
        place.call(action, data)

    # -- users and settings ------------------------------------------------------------------

    def _users(self, place):
        everyone = {n: d for n, d in self._engine.users.all().items() if n not in SYSTEM}
        people = {n: d for n, d in everyone.items() if not d["role"]}
        lines = []
        for name, d in people.items():
            lines.append(f"CREATE USER {name}" + _with(d["options"], ""))
        for name, d in everyone.items():
            if d["role"]:
                text = _with(d["options"], " ") or " WITH LOGIN"
                if d["options"] and "NOLOGIN" not in d["options"]:
                    text += " LOGIN"
                lines.append(f"CREATE ROLE {name}{text}")
        for name, d in everyone.items():
            for role, admin in sorted(d["members"].items()):
                lines.append(f"GRANT {role} TO {name} " + ("WITH ADMIN OPTION" if admin else ""))
        self._put(place.child("users.sql"), "".join(line + ";\n" for line in lines).encode())
        return Result("EXPORT", _COLUMNS, [["USERS", len(people), self._cluster.node, 1]])

    def _settings(self, place):
        from . import settings
        changed = sorted(n for n in self._store.under("setting/") if n not in _NEVER)
        text = "".join(f"SET CLUSTER SETTING {n} = '{settings.listed(self._store, n)}';\n"
                       for n in changed)
        self._put(place.child("clustersetting.sql"), text.encode())
        return Result("EXPORT", _COLUMNS,
                      [["CLUSTER SETTING", len(changed), self._cluster.node, 1]])


def _with(given, after):
    """Options as the original joins them: those of users without a space between."""
    if not given:
        return ""
    parts = ", ".join(given).split(",")
    return " WITH " + "".join(
        (p if "=" not in p else "{} '{}'".format(*p.split("=", 1))) + after for p in parts)
