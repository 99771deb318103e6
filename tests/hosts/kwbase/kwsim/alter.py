"""ALTER TABLE, ALTER TS DATABASE and COMMENT ON."""
from . import hashes, names, tabledef
from .ddl import within
from .sqltypes import Result, SqlError


class Alterations:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._engine = engine
        self._catalog = engine.catalog
        self._definitions = engine.definitions

    def alter(self, parser, session, params):
        if parser.accept("TS", "DATABASE"):
            return self._alter_ts_database(parser)
        if not parser.accept("TABLE"):
            return self._engine.users.alter(parser, session, params)
        _, full, table = self._catalog.need(parser.dotted(), session, ("table",))
        if parser.accept("ALTER"):
            parser.accept("COLUMN")
            return self._alter_column(parser, full, table, session)
        if parser.accept("VALIDATE", "CONSTRAINT"):
            parser.name(any_word=True)
            return Result("ALTER TABLE")
        parser.expect("ADD")
        d = {**table, "fks": list(table["fks"]), "checks": list(table["checks"]),
             "indexes": list(table["indexes"])}
        name = parser.name(any_word=True) if parser.accept("CONSTRAINT") else None
        if parser.accept("CHECK"):
            tabledef.check(parser, d, name)
        else:
            parser.expect("FOREIGN", "KEY")
            self._add_foreign_key(parser, d, full, name, session)
        parser.accept("NOT", "VALID")
        self._cluster.commit(("table/" + names.key(*full), d))
        return Result("ALTER TABLE")

    def _alter_ts_database(self, parser):
        name = parser.name()
        d = dict(self._catalog.database(name))
        parser.expect("SET")
        if parser.accept("RETENTIONS"):
            parser.expect("=")
            d["retentions"] = tabledef.span(parser, seconds=True)
        else:
            parser.expect("PARTITION", "INTERVAL", "=")
            d["partition"] = tabledef.span(parser)
        self._cluster.commit(("database/" + names.key(name), d))
        return Result("ALTER TS DATABASE")

    def _alter_column(self, parser, full, table, session):
        name = parser.name()
        d = {**table, "columns": [dict(c) for c in table["columns"]]}
        column = tabledef.column(d, name)
        if parser.accept("DROP"):
            if not parser.accept("DEFAULT"):
                parser.expect("NOT", "NULL")
                column["null"] = True
            else:
                column["default"] = None
        else:
            parser.expect("SET")
            if parser.accept("NOT", "NULL"):
                column["null"] = False
            else:
                parser.expect("DEFAULT")
                column["default"] = tabledef.default(parser)
                self._definitions.check_sequences(d, within(session, full))
        self._cluster.commit(("table/" + names.key(*full), d))
        return Result("ALTER TABLE")

    def _add_foreign_key(self, parser, d, full, name, session):
        tabledef.foreign_key(parser, d, full[2], tabledef.columns(parser), name)
        fk = d["fks"][-1]
        if any(other["name"] == fk["name"] for other in d["fks"][:-1]):
            raise SqlError(f'duplicate constraint name: "{fk["name"]}"', "42710")
        self._definitions.resolve(fk, full, d, session)
        missing = self._engine.data.orphans(fk, self._engine.data.rows(full, d))
        if missing is not None:
            shown = ", ".join(f"{c}={hashes.as_string(v, None)}"
                              for c, v in zip(fk["columns"], missing))
            raise SqlError(f'foreign key violation: "{full[2]}" row {shown} has no match in '
                           f'"{fk["table"][2]}"', "23503")

    def comment(self, parser, session, _params):
        parser.expect("ON")
        if parser.accept("DATABASE"):
            name = parser.name()
            key, d = "database/" + names.key(name), self._catalog.database(name)
            parser.expect("IS")
            self._cluster.commit((key, {**d, "comment": parser.text()}))
            return Result("COMMENT ON DATABASE")
        column = ""
        of_column = parser.accept("COLUMN")
        if not of_column:
            parser.expect("TABLE")
        parts = parser.dotted()
        if of_column:
            column = parts.pop()
        _, full, table = self._catalog.need(parts, session, ("table",))
        parser.expect("IS")
        comments = {**table["comments"], column: parser.text()}
        self._cluster.commit(("table/" + names.key(*full), {**table, "comments": comments}))
        return Result("COMMENT ON " + ("COLUMN" if of_column else "TABLE"))
