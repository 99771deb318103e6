"""IMPORT: databases, tables, users and settings from files (18-import.txt; import_stmt.go)."""
from . import faults, jobs, names, sqleval
from .csvfile import Dialect
from .sqlexport import options
from .sqlparse import Parser, split_statements
from .sqltypes import FLOAT, INT8, TEXT, Result, SqlError

_COLUMNS = [("job_id", TEXT), ("status", TEXT), ("fraction_completed", FLOAT), ("rows", INT8),
            ("abandon_rows", TEXT), ("reject_rows", TEXT), ("note", TEXT)]
_WITH_VALUE = ("delimiter", "nullif", "skip", "escaped", "enclosed", "rejected_rows",
               "thread_concurrency", "batch_rows", "charset")
_FLAGS = ("comment", "privileges", "auto_shrink", "writewal")
_REJECTED = "There is a REJECT FILE, please read and resolve it"


class Import:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._engine = engine
        self._catalog = engine.catalog

    def run(self, parser, session, _params):
        """IMPORT DATABASE | TABLE CREATE USING | INTO | USERS | CLUSTER SETTING."""
        self._engine.users.require_admin(session, "IMPORT")
        if parser.accept("USERS"):
            return self._users(self._sql_file(parser))
        if parser.accept("CLUSTER", "SETTING"):
            return self._settings(self._sql_file(parser))
        self._left = faults.number("import-stops", 0)
        self._refused = faults.number("import-rejects", 1)
        if parser.accept("DATABASE"):
            uris, chosen = self._data(parser)
            if len(uris) != 1:
                raise SqlError("Database import does not support multiple file paths，["
                               + " ".join(f'"{u}"' for u in uris) + "]")
            return self._database(parser, self._engine.extern.open(uris[0]), chosen)
        if parser.accept("TABLE", "CREATE", "USING"):
            meta = parser.text()
            uris, chosen = self._data(parser) if not parser.done() and parser.word() == "CSV" \
                else (None, options(parser, _WITH_VALUE, _FLAGS))
            return self._new_table(parser, meta, uris, chosen, session)
        parser.expect("INTO")
        parts = parser.dotted()
        given = None
        if parser.peek()[1] == "(":
            from .tabledef import columns
            given = columns(parser)
        uris, chosen = self._data(parser)
        return self._into(parser, parts, given, uris, chosen, session)

    @staticmethod
    def _data(parser):
        parser.expect("CSV", "DATA", "(")
        uris = [parser.text()]
        while parser.accept(","):
            uris.append(parser.text())
        parser.expect(")")
        return uris, options(parser, _WITH_VALUE, _FLAGS)

    def _sql_file(self, parser):
        parser.expect("SQL", "DATA", "(")
        uri = parser.text()
        parser.expect(")")
        return uri

    # -- reading definitions -----------------------------------------------------------------

    @staticmethod
    def _statements(place):
        data = place.call("read")
        try:
            return split_statements(data.decode("utf-8"))
        except UnicodeDecodeError as e:
            raise SqlError("lexical error: invalid UTF-8 byte sequence", "42601",
                           "source SQL:\n" + data.decode("utf-8", "replace")) from e

    def _internal(self, what, statement, session):
        """A statement that the import executes: its name comes before the error."""
        try:
            return self._engine.execute(statement, session)
        except SqlError as e:
            raise SqlError(f"{what}: {e.message}", e.code, e.detail, e.hint) from e

    @staticmethod
    def _first_words(statement):
        return " ".join(t[1].upper() for t in Parser(statement).tokens[:3])

    def _split_meta(self, statements, chosen):
        """(definitions, comments, grants); what the options do not ask for is left out."""
        comments = [s for s in statements if self._first_words(s).startswith("COMMENT ON")]
        grants = [s for s in statements if self._first_words(s).startswith("GRANT ")]
        rest = [s for s in statements if s not in comments and s not in grants]
        return (rest, comments if "comment" in chosen else [],
                grants if "privileges" in chosen else [])

    @staticmethod
    def _check_wanted(chosen, comments, grants):
        if "comment" in chosen and not comments:
            raise SqlError("NO COMMENT statement in the SQL file")
        if "privileges" in chosen and not grants:
            raise SqlError("NO GRANT statement in the SQL file")

    def _session(self, session, database, schema="public"):
        found = type(session)(session.user, database)
        found.schema = schema
        return found

    # -- database ----------------------------------------------------------------------------

    def _database(self, parser, place, chosen):
        statements, comments, grants = self._split_meta(
            self._statements(place.child("meta.sql")), chosen)
        head = Parser(statements[0]) if statements else None
        if head is None or not (head.accept("CREATE", "DATABASE")
                                or head.accept("CREATE", "TS", "DATABASE")):
            raise SqlError("The first sql CREATE DATABASE SQL has errors")
        series = self._first_words(statements[0]).startswith("CREATE TS")
        name = head.name()
        if not head.done() and not series:
            head.error()
        if series:
            found = [(None, "public", s) for s in statements[1:]]
        else:
            found, more_comments, more_grants = self._tables_of(place, chosen)
            comments, grants = comments + more_comments, grants + more_grants
            if not found:
                raise SqlError("cannot import an empty database")
        self._check_wanted(chosen, comments, grants)
        return self._as_job(parser, series, lambda: self._fill(
            place, name, series, found, comments, grants, chosen), name)

    def _tables_of(self, place, chosen):
        """Statements of the tables below a database's folder, from their own meta.sql."""
        found, comments, grants = [], [], []
        for schema in place.call("list"):
            if schema == "meta.sql":
                continue
            for table in place.child(schema).call("list"):
                if table == "meta.sql":
                    own = self._statements(place.child(schema, table))
                    grants += self._split_meta(own, chosen)[2]
                    continue
                own = self._statements(place.child(schema, table, "meta.sql"))
                definitions, more_comments, more_grants = self._split_meta(own, chosen)
                if len(definitions) != 1:
                    raise SqlError("expected 1 create table statement, found "
                                   f"{len(definitions)}")
                found.append((table, schema, definitions[0]))
                comments += [(schema, c) for c in more_comments]
                grants += more_grants
        return found, comments, grants

    def _fill(self, place, name, series, found, comments, grants, chosen):
        root = self._engine.root_session(name)
        what = "import-create-ts-database" if series else "import-create-database"
        self._internal(what, f"CREATE {'TS ' if series else ''}DATABASE {names.shown(name)}",
                       root)
        try:
            return self._fill_created(place, name, found, comments, grants, chosen)
        except SqlError:
            if not series:  # what a time-series import has done stays
                self._engine.definitions.remove_database(name)
            raise

    def _fill_created(self, place, name, found, comments, grants, chosen):
        root = self._engine.root_session(name)
        schemas = {s for _, s, _ in found if s != "public"}
        for schema in sorted(schemas):
            quoted = f'"{schema}"' if any(c.isupper() for c in schema) else schema
            self._internal("import-create-schema", f"CREATE SCHEMA {quoted}", root)
        for _, schema, statement in found:
            self._internal("import-create-table", statement, self._session(root, name, schema))
        total = rejected = 0
        for _, full, table in self._catalog.objects(name, ("table",)):
            folder = place.child(*full[1:])
            files = [f for f in folder.call("list") if f.endswith(".csv")]
            for file in files:
                rows, bad = self._load(folder.child(file), full, table, None, chosen)
                total, rejected = total + rows, rejected + bad
        for comment in comments:
            schema, text = comment if isinstance(comment, tuple) else ("public", comment)
            self._internal("comment on", text, self._session(root, name, schema))
        for statement in grants:
            self._internal("create privileges", statement, root)
        return total, rejected

    # -- one table ---------------------------------------------------------------------------

    def _new_table(self, parser, meta, uris, chosen, session):
        statements, comments, grants = self._split_meta(
            self._statements(self._engine.extern.open(meta)), chosen)
        if not statements:
            raise SqlError("import table sql file is empty")
        head = Parser(statements[0])
        if not head.accept("CREATE", "TABLE"):
            raise SqlError("import table sql file must have right create table sql")
        self._check_wanted(chosen, comments, grants)
        parts = head.dotted()
        database = self._catalog.place(parts, session)[0]
        series = self._catalog.database(database)["engine"] != "RELATIONAL"

        def work():
            for statement in statements:
                self._internal("import-create-table", statement, session)
            _, full, table = self._catalog.need(parts, session, ("table",))
            try:
                counted = self._load_all(uris or [], full, table, None, chosen)
                for what, more in (("comment on", comments), ("create privileges", grants)):
                    for statement in more:
                        self._internal(what, statement, session)
                return counted
            except SqlError:
                if not series:
                    self._engine.definitions.remove("table", full)
                raise
        return self._as_job(parser, series, work)

    def _into(self, parser, parts, given, uris, chosen, session):
        for option in ("comment", "privileges"):
            if option in chosen:
                raise SqlError(f"'WITH {option.upper()}' can only be used for the 'IMPORT CREATE "
                               "USING' and 'IMPORT DATABASE', the current syntax is "
                               "'IMPORT INTO'")
        _, full, table = self._catalog.need(parts, session, ("table",))
        if any(c["default"] is not None for c in table["columns"]):
            raise SqlError("cannot IMPORT INTO a table with a DEFAULT expression for any of its "
                           "columns")
        known = [c["name"] for c in table["columns"]]
        for name in given or []:
            if name not in known:
                raise SqlError(f"target column {name} is not in table {full[2]}")
        return self._as_job(parser, bool(table["ts"]), lambda: self._load_all(
            uris, full, table, given, chosen))

    def _load_all(self, uris, full, table, given, chosen):
        total = rejected = 0
        for uri in uris:
            place = self._engine.extern.open(uri)
            files = [place]
            if table["ts"]:  # takes folders, where relational tables take files
                names_ = [f for f in place.call("list") if f.endswith(".csv")]
                files = [place.child(f) for f in names_] or files
            for file in files:
                rows, bad = self._load(file, full, table, given, chosen, uri)
                total, rejected = total + rows, rejected + bad
        return total, rejected

    # -- rows --------------------------------------------------------------------------------

    def _load(self, file, full, table, given, chosen, uri=None):
        """(rows imported, rows rejected) of one CSV file."""
        columns = given or [c["name"] for c in table["columns"]]
        uri = uri or f"nodelocal://{self._cluster.node}{file.path}"
        rows, bad = [], []
        for n, fields in enumerate(Dialect(chosen).rows(file.call("read")), 1):
            if n <= int(chosen.get("skip", 0)):
                continue
            stopped = self._left is not None and self._left <= 0
            if stopped:
                if table["ts"]:
                    self._engine.data.put(full, table, rows)
                raise SqlError("job canceled by user", "57014")
            try:
                rows.append(self._row(table, columns, fields))
            except SqlError as e:
                if not table["ts"]:
                    raise SqlError(f'"{uri}": row {n}: {e.message}', e.code) from e
                bad.append((fields, e.message))
            if self._left is not None:
                self._left -= 1
        count = self._engine.data.put(full, table, rows, collision=self._collision)
        if bad:
            text = "".join(f"{Dialect(chosen).line(f)}{message}\n" for f, message in bad)
            folder = file.path.rsplit("/", 1)[0]
            self._engine.extern.open(f"nodelocal://{self._cluster.node}{folder}/reject.txt").call(
                "append", text.encode())
        faults.pause("import-slow", 5)
        return count, len(bad)

    def _row(self, table, columns, fields):
        if self._refused is not None and self._refused > 0:
            self._refused -= 1
            raise SqlError(f'parse "{columns[-1]}" as {table["columns"][-1]["sql"]}: could not '
                           f'parse "{fields[-1]}" as type {table["columns"][-1]["type"]}',
                           "22P02")
        if len(fields) != len(columns):
            raise SqlError(f"expected {len(columns)} fields, got {len(fields)}", "22P02")
        return self._engine.data.complete(table, dict(zip(columns, fields)), cast=_parsed)

    @staticmethod
    def _collision(row):
        return SqlError("duplicate key: " + "/".join(str(v) for v in list(row.values())[:1]),
                        "23505")

    # -- users and settings ------------------------------------------------------------------

    def _users(self, uri):
        place = self._engine.extern.open(uri)
        try:
            place.call("read")
        except SqlError as e:
            raise SqlError(f"The sql file does not exist in the path: {uri}") from e
        statements = self._statements(place)
        root = self._engine.root_session("defaultdb")
        created = []
        for statement in statements:
            Parser(statement)
        try:
            for statement in statements:
                words = self._first_words(statement)
                if words.startswith(("CREATE USER", "CREATE ROLE")):
                    self._internal("import_users", statement, root)
                    created.append(Parser(statement).tokens[2][1].strip('"').lower())
                elif words.startswith("GRANT "):
                    self._internal("import_grant", statement, root)
                else:
                    raise SqlError(f"The SQL statement in file :{uri} must be CREATE USER or "
                                   "CREATE ROLE or GRANT TO")
        except SqlError:
            self._cluster.commit(*[("user/" + names.key(n), None) for n in created])
            raise
        return Result("IMPORT", [("job_id", TEXT), ("status", TEXT), ("rows", INT8)],
                      [["-", "succeeded", len(statements)]])

    def _settings(self, uri):
        root = self._engine.root_session("defaultdb")
        for statement in self._statements(self._engine.extern.open(uri)):
            if not self._first_words(statement).startswith("SET CLUSTER SETTING"):
                raise SqlError(f"The cluster setting file does not exist in the path :{uri}")
            self._internal("import_settings", statement, root)
        return Result("IMPORT", [("prompt_information", TEXT)],
                      [["The cluster settings have been set"]])

    # -- the job -----------------------------------------------------------------------------

    def _as_job(self, parser, series, work, _name=None):
        if not parser.done():
            parser.error()
        job = jobs.Recorded(self._cluster, "IMPORT", parser.source, "",
                            coordinator=self._cluster.node)
        try:
            rows, rejected = work()
        except SqlError as e:
            job.failed(e.message)
            raise
        job.succeeded(fraction=1.0)
        note = _REJECTED if rejected else "None"
        shown = "-" if series else str(job.id)
        return Result("IMPORT", _COLUMNS,
                      [[shown, "succeeded", 1.0, rows, "0", str(rejected), note]])


def _parsed(value, kind):
    """A field of a CSV file as the type of its column."""
    try:
        return sqleval.cast(value, kind)
    except SqlError as e:
        raise SqlError(f"parse as {kind.shown}: {e.message}", e.code) from e
