"""What exists: databases, schemas, tables, views, sequences, and how names find them."""
from . import names
from .sqltypes import SqlError

SYSTEM_DATABASES = ("defaultdb", "postgres", "system")
VIRTUAL_SCHEMAS = ("information_schema", "kwdb_internal", "pg_catalog")
KINDS = ("table", "view", "sequence")
FIRST_ID = 78


class Catalog:
    def __init__(self, store):
        self._store = store

    # -- databases and schemas ---------------------------------------------------------------

    def databases(self):
        """{name: description}, sorted."""
        found = {n: {"engine": "RELATIONAL", "id": i}
                 for i, n in enumerate(SYSTEM_DATABASES, 50)}
        found.update({names.parts(k)[0]: v for k, v in self._store.under("database/").items()})
        return dict(sorted(found.items()))

    def database(self, name):
        found = self.databases().get(name)
        if found is None:
            raise SqlError(f'database "{name}" does not exist', "3D000")
        return found

    def schemas(self, database):
        """User schemas with their grants; public first."""
        own = {names.parts(k)[1]: v for k, v in self._store.under("schema/").items()
               if names.parts(k)[0] == database}
        return {"public": {"grants": {}}, **dict(sorted(own.items()))}

    # -- tables, views, sequences ------------------------------------------------------------

    def objects(self, database=None, kinds=KINDS):
        """[(kind, [database, schema, name], description)] in the order of their ids."""
        found = [(kind, names.parts(k), v) for kind in kinds
                 for k, v in self._store.under(kind + "/").items()]
        return sorted((f for f in found if database in (None, f[1][0])),
                      key=lambda f: f[2]["id"])

    def next_id(self):
        used = [d["id"] for _, _, d in self.objects()]
        used += [d["id"] for d in self.databases().values()]
        return max([FIRST_ID - 1, *used]) + 1

    def place(self, parts, session):
        """[database, schema, name] that a new object of this name gets."""
        parts = self._full(parts, session)[0]
        if parts[0] not in self.databases():
            raise SqlError(f'database "{parts[0]}" does not exist', "3D000")
        if parts[1] not in self.schemas(parts[0]):
            raise SqlError(f'schema "{parts[1]}" does not exist', "3F000")
        return parts

    def _full(self, parts, session):
        """Readings of a dotted name, the best first: a.b is database.table or schema.table."""
        if len(parts) == 3:
            return [parts]
        if len(parts) == 1:
            return [[session.database, session.schema, parts[0]]]
        as_schema = [session.database, *parts]
        as_database = [parts[0], "public", parts[1]]
        if parts[0] in self.schemas(session.database):
            return [as_schema, as_database]
        return [as_database, as_schema]

    def find(self, parts, session, kinds=KINDS):
        """(kind, full name, description) of an existing object; None when there is none."""
        for full in self._full(parts, session):
            for kind in kinds:
                found = self._store.get(f"{kind}/{names.key(*full)}")
                if found is not None:
                    return kind, full, found
        return None

    def need(self, parts, session, kinds=KINDS):
        found = self.find(parts, session, kinds)
        if found is None:
            raise SqlError(f'relation "{".".join(parts)}" does not exist', "42P01")
        return found
