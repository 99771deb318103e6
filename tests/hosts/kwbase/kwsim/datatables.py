"""Rows of users' tables: INSERT, UPSERT, UPDATE, DELETE and what SELECT reads."""
from decimal import Decimal, InvalidOperation

from . import clock, names, sqleval
from .sqlparse import Parser
from .sqltypes import BY_NAME, DECIMAL, INT8, Result, SqlError


class DataTables:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._store = node.store
        self._engine = engine
        self.catalog = engine.catalog

    # -- reading -----------------------------------------------------------------------------

    def read(self, parts, session):
        kind, full, found = self.catalog.need(parts, session)
        if kind == "view":
            return self._view(full, found, session)
        if kind == "sequence":
            heads = [("last_value", INT8), ("log_cnt", INT8), ("is_called", BY_NAME["bool"])]
            return heads, [{"last_value": found["value"], "log_cnt": 0, "is_called": True}]
        return self.columns(found), list(self.rows(full, found))

    @staticmethod
    def columns(table):
        return [(c["name"], BY_NAME[c["type"]]) for c in table["columns"]]

    def rows(self, full, table):
        """Rows as dictionaries, in the order of the primary key."""
        columns = self.columns(table)
        rows = [{n: _from_store(v, t) for (n, t), v in zip(columns, row)}
                for row in self._store.rows(names.key(*full)).values()]
        if table["key"]:
            rows.sort(key=lambda r: [sqleval.sort_key(r[k]) for k in table["key"]])
        return rows

    def count(self, full):
        return len(self._store.rows(names.key(*full)))

    def _view(self, full, view, session):
        within = type(session)(session.user, full[0])
        parser = Parser(view["query"])
        parser.expect("SELECT")
        result = self._engine.run_select(parser.select(), within, ())
        columns = list(zip(view["columns"], (t for _, t in result.columns)))
        return columns, [dict(zip(view["columns"], row)) for row in result.rows]

    @staticmethod
    def replication_stats():
        heads = ("zone_id", "subzone_id", "report_id", "total_ranges", "unavailable_ranges",
                 "under_replicated_ranges", "over_replicated_ranges")
        rows = [(0, 0, 3, 16, 0, 0, 0), (1, 0, 3, 33, 0, 33, 0), (16, 0, 3, 1, 0, 1, 0),
                (17, 0, 3, 2, 0, 2, 0), (22, 0, 3, 1, 0, 1, 0)]
        return [(h, INT8) for h in heads], [dict(zip(heads, r)) for r in rows]

    # -- writing -----------------------------------------------------------------------------

    def _table(self, parser, session):
        parts = parser.dotted()
        _, full, table = self.catalog.need(parts, session, ("table",))
        return full, table

    def insert(self, parser, session, params, replace=False):
        parser.expect("INTO")
        full, table = self._table(parser, session)
        given = self._given_columns(parser, table)
        rows = self._given_rows(parser, session, params)
        if parser.accept("ON", "CONFLICT", "DO", "NOTHING"):
            replace = None
        complete = []
        for values in rows:
            if len(values) > len(given):
                raise SqlError(f"INSERT has more expressions than target columns, {len(values)} "
                               f"expressions for {len(given)} targets", "42601")
            complete.append(self.complete(table, dict(zip(given, values)), session))
        return Result(f"INSERT 0 {self.put(full, table, complete, replace)}")

    def upsert(self, parser, session, params):
        return self.insert(parser, session, params, replace=True)

    def _given_columns(self, parser, table):
        known = [c["name"] for c in table["columns"]]
        if parser.peek()[1] != "(":
            return known
        from .tabledef import columns
        given = columns(parser)
        for name in given:
            if name not in known:
                raise SqlError(f'column "{name}" does not exist', "42703")
        return given

    def _given_rows(self, parser, session, params):
        if parser.accept("SELECT"):
            return self._engine.run_select(parser.select(), session, params).rows
        parser.expect("VALUES")
        ev = sqleval.Evaluator({}, params, self._engine.functions(session))
        rows = [[ev.value(e, {}) for e in parser.listed()]]
        while parser.accept(","):
            rows.append([ev.value(e, {}) for e in parser.listed()])
        return rows

    def put(self, full, table, rows, replace=False, collision=None):
        """Write complete rows; the number written. `replace`: True upserts, None skips."""
        word = names.key(*full)
        existing, pairs = self._store.rows(word), {}
        for row in rows:
            values = [_to_store(row[k]) for k in table["key"]]
            key = names.row_key(word, values or [clock.unique_id(self._cluster.node) + len(pairs)])
            if key in existing or key in pairs:
                if replace is None:
                    continue
                if not replace and not table["ts"]:
                    raise collision(row) if collision else _duplicate(table, row)
            pairs[key] = [_to_store(row[c["name"]]) for c in table["columns"]]
        if not table["ts"]:
            self._check_parents(full, table, rows)
        self._cluster.commit(*pairs.items())
        return len(pairs)

    def _check_parents(self, full, table, rows):
        for fk in table["fks"]:
            missing = self.orphans(fk, rows, rows if fk["table"] == full else ())
            if missing is not None:
                shown = ",".join(sqleval.sqltypes.text(v, sqleval.sqltypes.of_value(v))
                                 for v in missing)
                raise SqlError(
                    f'insert on table "{full[2]}" violates foreign key constraint '
                    f'"{fk["name"]}"', "23503",
                    f"Key ({','.join(fk['columns'])})=({shown}) is not present in table "
                    f'"{fk["table"][-1]}".')

    def orphans(self, fk, rows, beside=()):
        """The first values that the table referred to does not have; None when all are there."""
        wanted = [[r[c] for c in fk["columns"]] for r in rows]
        wanted = [w for w in wanted if None not in w]
        if not wanted:
            return None
        parent = self._store.get("table/" + names.key(*fk["table"]))
        theirs = {tuple(r[c] for c in fk["theirs"])
                  for r in [*self.rows(fk["table"], parent), *beside]}
        return next((w for w in wanted if tuple(w) not in theirs), None)

    def complete(self, table, given, session=None, cast=sqleval.cast):
        """A whole row: defaults filled in, types and NOT NULL checked."""
        ev = sqleval.Evaluator({}, (), self._engine.functions(session))
        row = {}
        for c in table["columns"]:
            value = given.get(c["name"])
            if value is None and c["name"] not in given and c["default"] is not None:
                value = ev.value(Parser(c["default"]).expression(), {})
            if value is None and not c["null"]:
                raise SqlError(f'null value in column "{c["name"]}" violates not-null constraint',
                               "23502")
            row[c["name"]] = None if value is None else _fitted(
                cast(value, BY_NAME[c["type"]]), c)
        return row

    def _matching(self, parser, full, table, session, params):
        condition = parser.expression() if parser.accept("WHERE") else ("literal", True)
        columns = self.columns(table)
        ev = sqleval.Evaluator(dict(columns), params, self._engine.functions(session))
        ev.type_of(condition)
        rows = [(key, {n: _from_store(v, t) for (n, t), v in zip(columns, row)})
                for key, row in self._store.rows(names.key(*full)).items()]
        return ev, [(key, row) for key, row in rows if ev.value(condition, row)]

    def update(self, parser, session, params):
        full, table = self._table(parser, session)
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
            new = self.complete(table, {**row, **{n: ev.value(e, row) for n, e in changes}})
            new_key = names.row_key(names.key(*full), [_to_store(new[k]) for k in table["key"]]) \
                if table["key"] else key
            if new_key != key:
                pairs.append((key, None))
            pairs.append((new_key, [_to_store(v) for v in new.values()]))
        self._cluster.commit(*pairs)
        return Result(f"UPDATE {len(found)}")

    def delete(self, parser, session, params):
        parser.expect("FROM")
        full, table = self._table(parser, session)
        _, found = self._matching(parser, full, table, session, params)
        self._cluster.commit(*[(key, None) for key, _ in found])
        return Result(f"DELETE {len(found)}")


def _duplicate(table, row):
    shown = ",".join(f"'{row[k]}'" if isinstance(row[k], str) else str(row[k])
                     for k in table["key"])
    return SqlError(f"duplicate key value ({','.join(table['key'])})=({shown}) "
                    'violates unique constraint "primary"', "23505")


def _to_store(value):
    return str(value) if isinstance(value, Decimal) else value


def _from_store(value, kind):
    return Decimal(value) if kind == DECIMAL and value is not None else value


def _fitted(value, column):
    """A value as the width of its column leaves it: DECIMAL(10,2), VARCHAR(30)."""
    name, _, width = column["sql"].rstrip(")").partition("(")
    if not width:
        return value
    if name == "DECIMAL" and "," in width:
        try:
            return value.quantize(Decimal(1).scaleb(-int(width.split(",")[1])))
        except InvalidOperation as e:
            raise SqlError(f'value with precision exceeds type {column["sql"]}', "22003") from e
    if isinstance(value, str) and width.isdigit() and len(value) > int(width):
        raise SqlError(f'value too long for type {column["sql"]} (column "{column["name"]}")',
                       "22001")
    return value
