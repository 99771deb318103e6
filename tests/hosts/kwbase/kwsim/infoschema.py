"""information_schema, kwdb_internal.create_statements and the tables of database system."""
from . import names, settings, showcreate
from .shows import table_type
from .sqltypes import BOOL, INT8, TEXT, TEXTS, TIMESTAMP


def _texts(words):
    return [(w, TEXT) for w in words.split()]


COLUMNS = {
    "tables": _texts("table_catalog table_schema table_name table_type is_insertable_into"),
    "views": _texts("table_catalog table_schema table_name view_definition check_option"),
    "sequences": _texts("sequence_catalog sequence_schema sequence_name data_type start_value "
                        "minimum_value maximum_value increment cycle_option"),
    "schemata": _texts("catalog_name schema_name default_character_set_name sql_path"),
    "columns": [*_texts("table_catalog table_schema table_name column_name"),
                ("ordinal_position", INT8), *_texts("column_default is_nullable data_type "
                                                    "kwdb_sql_type is_tag")],
    "table_privileges": _texts("grantor grantee table_catalog table_schema table_name "
                               "privilege_type is_grantable with_hierarchy"),
    "schema_privileges": _texts("grantee table_catalog table_schema privilege_type "
                                "is_grantable"),
    "referential_constraints": _texts(
        "constraint_catalog constraint_schema constraint_name unique_constraint_catalog "
        "unique_constraint_schema unique_constraint_name match_option update_rule delete_rule "
        "table_name referenced_table_name"),
    "table_constraints": _texts("constraint_catalog constraint_schema constraint_name "
                                "table_catalog table_schema table_name constraint_type"),
}
CREATE_STATEMENTS = [
    ("database_id", INT8), ("database_name", TEXT), ("schema_name", TEXT),
    ("descriptor_id", INT8), ("descriptor_type", TEXT), ("descriptor_name", TEXT),
    ("create_statement", TEXT), ("state", TEXT), ("create_nofks", TEXT),
    ("alter_statements", TEXTS), ("validate_statements", TEXTS)]
SYSTEM = {
    "users": [("username", TEXT), ("hashedPassword", TEXT), ("isRole", BOOL)],
    "role_members": [("role", TEXT), ("member", TEXT), ("isAdmin", BOOL)],
    "settings": [("name", TEXT), ("value", TEXT), ("lastUpdated", TIMESTAMP),
                 ("valueType", TEXT)],
}


class InfoSchema:
    def __init__(self, node, engine):
        self._store = node.store
        self._engine = engine
        self._catalog = engine.catalog

    def find(self, parts, session):
        """(columns, rows) of a virtual table; None when the name is none of them."""
        name, schema = parts[-1], parts[-2] if len(parts) > 1 else ""
        database = parts[0] if len(parts) > 2 else session.database
        wanted = [database] if database else list(self._catalog.databases())
        if schema == "information_schema" and name in COLUMNS:
            return COLUMNS[name], [
                row for d in wanted for row in getattr(self, "_" + name)(d)]
        if schema in ("kwdb_internal", "crdb_internal") and name == "create_statements":
            return CREATE_STATEMENTS, [
                row for d in wanted for row in self._create_statements(d)]
        if schema == "system" and name in SYSTEM:
            return SYSTEM[name], list(getattr(self, "_system_" + name)())
        return None

    def _tables(self, database):
        for kind, full, d in self._catalog.objects(database):
            yield dict(zip((c for c, _ in COLUMNS["tables"]),
                           [*full, table_type(kind, d), "YES" if kind == "table" else "NO"]))

    def _views(self, database):
        for _, full, d in self._catalog.objects(database, ("view",)):
            yield dict(zip((c for c, _ in COLUMNS["views"]), [*full, d["query"], None]))

    def _sequences(self, database):
        for _, full, d in self._catalog.objects(database, ("sequence",)):
            yield dict(zip((c for c, _ in COLUMNS["sequences"]),
                           [*full, "bigint", *(str(d[k]) for k in ("start", "min", "max",
                                                                   "step")), "NO"]))

    def _schemata(self, database):
        from .catalog import VIRTUAL_SCHEMAS
        for schema in sorted([*VIRTUAL_SCHEMAS, *self._catalog.schemas(database)]):
            yield dict(zip((c for c, _ in COLUMNS["schemata"]), [database, schema, None, None]))

    def _columns(self, database):
        for _, full, d in self._catalog.objects(database, ("table",)):
            for n, c in enumerate(d["columns"], 1):
                yield dict(zip((x for x, _ in COLUMNS["columns"]),
                               [*full, c["name"], n, c["default"], "YES" if c["null"] else "NO",
                                c["sql"].lower(), c["sql"], "YES" if c.get("tag") else "NO"]))

    def _table_privileges(self, database):
        from .users import granted
        for _, full, d in self._catalog.objects(database):
            for user, privilege in granted(d):
                yield dict(zip((c for c, _ in COLUMNS["table_privileges"]),
                               [None, user, *full, privilege, None, None]))

    def _schema_privileges(self, database):
        for catalog, schema, user, privilege in self._engine.users.schema_privileges(
                [database])[1]:
            yield dict(zip((c for c, _ in COLUMNS["schema_privileges"]),
                           [user, catalog, schema, privilege, None]))

    def _referential_constraints(self, database):
        for _, full, d in self._catalog.objects(database, ("table",)):
            for fk in d["fks"]:
                yield dict(zip((c for c, _ in COLUMNS["referential_constraints"]),
                               [full[0], full[1], fk["name"], full[0], full[1], "primary", "NONE",
                                "NO ACTION", "NO ACTION", full[2], fk["table"][-1]]))

    def _table_constraints(self, database):
        for _, full, d in self._catalog.objects(database, ("table",)):
            found = [("primary", "PRIMARY KEY"), *((fk["name"], "FOREIGN KEY") for fk in d["fks"]),
                     *((i["name"], "UNIQUE") for i in d["indexes"] if i["unique"]),
                     *((c["name"], "CHECK") for c in d["checks"])]
            for name, kind in found:
                yield dict(zip((c for c, _ in COLUMNS["table_constraints"]),
                               [full[0], full[1], name, *full, kind]))

    def _create_statements(self, database):
        for kind, full, d in self._catalog.objects(database):
            name = names.shown(full[2])
            text = showcreate.statement(kind, full[2], d)
            keys = [] if kind != "table" else d["fks"]
            plain = text if kind != "table" else showcreate.table(full[2], d, with_keys=False)
            yield {"database_id": self._catalog.databases()[full[0]]["id"],
                   "database_name": full[0], "schema_name": full[1], "descriptor_id": d["id"],
                   "descriptor_type": kind, "descriptor_name": full[2],
                   "create_statement": text, "state": "PUBLIC", "create_nofks": plain,
                   "alter_statements": [f"ALTER TABLE {name} ADD {showcreate.foreign_key(fk)}"
                                        for fk in keys],
                   "validate_statements": [f"ALTER TABLE {name} VALIDATE CONSTRAINT "
                                           f"{names.shown(fk['name'])}" for fk in keys]}

    # -- database system ---------------------------------------------------------------------

    def _system_users(self):
        for name, d in self._engine.users.all().items():
            yield {"username": name, "hashedPassword": d.get("password") or "",
                   "isRole": d["role"]}

    def _system_role_members(self):
        for name, d in self._engine.users.all().items():
            for role, admin in sorted(d["members"].items()):
                yield {"role": role, "member": name, "isAdmin": admin or name == "root"}

    def _system_settings(self):
        # The version is kept as protobuf, the secret is the cluster's own; EXPORT leaves all out.
        for name, value, kind in (("cluster.secret", self._store.get("cluster"), "s"),
                                  ("diagnostics.reporting.enabled", "true", "b"),
                                  ("version", "\x08\x14\x10\x01 \x01", "m")):
            yield {"name": name, "value": value, "lastUpdated": None, "valueType": kind}
        for name in sorted(self._store.under("setting/")):
            yield {"name": name, "value": settings.listed(self._store, name),
                   "lastUpdated": None, "valueType": settings.kind(name)}
