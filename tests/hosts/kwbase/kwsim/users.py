"""Users, roles and what they may do."""
import hashlib
import re

from . import jobs, names
from .sqltypes import BOOL, TEXT, Result, SqlError

_VALID = re.compile(r"[a-z0-9_\u0080-\U0010ffff][a-z0-9_.\-\u0080-\U0010ffff]*\Z")
_FLAGS = ("CREATEROLE", "NOCREATEROLE", "LOGIN", "NOLOGIN")
PRIVILEGES = ("ALL", "CREATE", "DROP", "GRANT", "SELECT", "INSERT", "DELETE", "UPDATE",
              "ZONECONFIG", "EXECUTE")
SYSTEM = ("admin", "root")


def hashed(password):
    return hashlib.sha256(("kwsim:" + password).encode()).hexdigest()


class Users:
    def __init__(self, node, engine):
        self._cluster = node.cluster
        self._store = node.store
        self._insecure = node.options.insecure
        self._catalog = engine.catalog

    def all(self):
        """{name: description} with the two that always exist, sorted."""
        found = {"admin": {"role": True, "options": ["CREATEROLE"], "members": {}},
                 "root": {"role": False, "options": ["CREATEROLE"], "members": {"admin": True}}}
        found.update({names.parts(k)[0]: v for k, v in self._store.under("user/").items()})
        return dict(sorted(found.items()))

    def require_admin(self, session, what):
        if session.user != "root" and "admin" not in self.all()[session.user]["members"]:
            raise SqlError(f"only users with the admin role are allowed to {what}", "42501")

    def password_fits(self, name, password):
        found = self.all().get(name, {}).get("password")
        return found is not None and found == hashed(password)

    def _put(self, name, d):
        self._cluster.commit(("user/" + names.key(name), d))

    # -- create, alter, drop -----------------------------------------------------------------

    def create(self, parser, session, params):
        role = parser.accept("ROLE")
        if not role:
            parser.expect("USER")
        quiet = parser.accept("IF", "NOT", "EXISTS")
        name = self._name(parser)
        d = {"role": role, "options": ["NOLOGIN"] if role else [], "members": {},
             "password": None}
        self._options(parser, d)
        word = "ROLE" if role else "USER"
        if not _VALID.match(name):
            raise SqlError(f'username "{name}" invalid; usernames are case insensitive, must '
                           "start with a letter, digit or underscore, may contain letters, "
                           "digits, dashes, or underscores, and must not exceed 63 characters",
                           "42602")
        if name in self.all():
            if quiet:
                return Result("CREATE " + word)
            raise SqlError(f"a role/user named {name} already exists", "42710")
        self._put(name, d)
        return Result("CREATE " + word)

    @staticmethod
    def _name(parser):
        if parser.peek()[0] == "string":
            return parser.text().lower()
        return parser.name(any_word=True).lower()

    def _options(self, parser, d):
        parser.accept("WITH")
        while not parser.done():
            word = parser.word()
            if word in _FLAGS:
                parser.at += 1
                opposite = word[2:] if word.startswith("NO") else "NO" + word
                d["options"] = [o for o in d["options"] if o not in (word, opposite)]
                if word in ("CREATEROLE", "NOLOGIN"):
                    d["options"].append(word)
            elif parser.accept("VALID", "UNTIL"):
                d["options"].append("VALID UNTIL=" + parser.text())
            elif parser.accept("PASSWORD"):
                self._password(parser, d)
            else:
                parser.error()

    def _password(self, parser, d):
        given = None if parser.accept("NULL") else parser.text()
        if given is not None and self._insecure:
            raise SqlError("setting or updating a password is not supported in insecure mode",
                           "28P01")
        d["password"] = None if given is None else hashed(given)

    def alter(self, parser, _session, _params):
        role = parser.accept("ROLE")
        if not role:
            parser.expect("USER")
        name = self._name(parser)
        found = self._store.get("user/" + names.key(name))
        if found is None and name not in SYSTEM:
            raise SqlError(f"role/user {name} does not exist", "42704")
        d = dict(found or self.all()[name])
        self._options(parser, d)
        self._put(name, d)
        return Result("ALTER ROLE" if role else "ALTER USER")

    def drop(self, parser, _session, _params):
        role = parser.accept("ROLE")
        if not role:
            parser.expect("USER")
        quiet = parser.accept("IF", "EXISTS")
        name = self._name(parser)
        if name not in self.all() and not quiet:
            raise SqlError(f"role/user {name} does not exist", "42704")
        self._cluster.commit(("user/" + names.key(name), None))
        return Result("DROP ROLE" if role else "DROP USER")

    # -- grant and revoke --------------------------------------------------------------------

    def grant(self, parser, session, _params, take=False):
        words = [parser.name(any_word=True)]
        while parser.accept(","):
            words.append(parser.name(any_word=True))
        tag = "REVOKE" if take else "GRANT"
        if not parser.accept("ON"):
            return self._grant_roles(parser, words, take, tag)
        privileges = [w.upper() for w in words]
        unknown = [w for w, p in zip(words, privileges) if p not in PRIVILEGES]
        if unknown:
            raise SqlError(f'not a valid privilege: "{unknown[0]}"', "42601")
        targets = self._targets(parser, session)
        parser.expect("FROM" if take else "TO")
        for user in self._listed(parser):
            if user not in self.all():
                raise SqlError(f"user or role {user} does not exist")
            for key, d in targets:
                had = d["grants"].get(user, [])
                left = [p for p in had if p not in privileges and "ALL" not in privileges]
                d["grants"][user] = left if take else sorted({*left, *had, *privileges})
                if "ALL" in d["grants"][user]:
                    d["grants"][user] = ["ALL"]
        self._cluster.commit(*targets)
        jobs.add(self._cluster, "SCHEMA CHANGE", "updating privileges", fraction=1.0,
                 coordinator=self._cluster.node)
        return Result(tag)

    def revoke(self, parser, session, params):
        return self.grant(parser, session, params, take=True)

    def _listed(self, parser):
        found = [self._name(parser)]
        while parser.accept(","):
            found.append(self._name(parser))
        return found

    def _targets(self, parser, session):
        """[(store key, description with its own copy of the grants)]"""
        found = []
        what = next((w for w in ("DATABASE", "SCHEMA", "TABLE") if parser.accept(w)), "TABLE")
        while True:
            parts = parser.dotted_or_star()
            if what == "DATABASE":
                found.append(("database/" + names.key(parts[0]),
                              self._catalog.database(parts[0])))
            elif what == "SCHEMA":
                database = parts[0] if len(parts) > 1 else session.database
                d = self._catalog.schemas(database).get(parts[-1])
                if d is None:
                    raise SqlError(f'schema "{parts[-1]}" does not exist', "3F000")
                found.append((f"schema/{names.key(database, parts[-1])}", d))
            elif parts[-1] == "*":
                found += [(f"{k}/{names.key(*full)}", d) for k, full, d in
                          self._catalog.objects(parts[0] if len(parts) > 1
                                                else session.database)]
            else:
                kind, full, d = self._catalog.need(parts, session)
                found.append((f"{kind}/{names.key(*full)}", d))
            if not parser.accept(","):
                break
        return [(k, {**d, "grants": {u: list(p) for u, p in d.get("grants", {}).items()}})
                for k, d in found]

    def _grant_roles(self, parser, roles, take, tag):
        parser.expect("FROM" if take else "TO")
        members = self._listed(parser)
        admin = parser.accept("WITH", "ADMIN", "OPTION")
        known = self.all()
        for name in [*roles, *members]:
            if name not in known:
                raise SqlError(f"role/user {name} does not exist", "42704")
        for member in members:
            d = {**known[member], "members": dict(known[member]["members"])}
            for role in roles:
                if take:
                    d["members"].pop(role, None)
                else:
                    d["members"][role] = admin
            self._put(member, d)
        return Result(tag)

    # -- show --------------------------------------------------------------------------------

    def show(self):
        rows = [[name, ", ".join(d["options"]),
                 "{" + ",".join(sorted(d["members"])) + "}"] for name, d in self.all().items()]
        return Result("SHOW", [("username", TEXT), ("options", TEXT), ("member_of", TEXT)], rows)

    def show_grants(self, parser, session):
        if not parser.accept("ON"):
            return self._for_users(parser, self._all_grants(session.database))
        if parser.accept("ROLE"):
            wanted = self._listed(parser) if not parser.done() else None
            rows = [[role, member, admin] for member, d in self.all().items()
                    for role, admin in d["members"].items() if wanted is None or role in wanted]
            return Result("SHOW", [("role_name", TEXT), ("member", TEXT), ("is_admin", BOOL)],
                          sorted(rows))
        targets = self._shown_targets(parser, session)
        return self._for_users(parser, targets)

    def _for_users(self, parser, found):
        heads, rows = found
        if parser.accept("FOR"):
            wanted = self._listed(parser)
            rows = [r for r in rows if r[-2] in wanted]
        return Result("SHOW", [(h, TEXT) for h in heads],
                      sorted(rows, key=lambda r: [x or "" for x in r]))

    def _shown_targets(self, parser, session):
        at = parser.at
        found = self._targets(parser, session)
        parser.at = at
        what = next((w for w in ("DATABASE", "SCHEMA", "TABLE") if parser.accept(w)), "TABLE")
        parser.dotted_or_star()
        while parser.accept(","):
            parser.dotted_or_star()
        if what == "DATABASE":
            return self.schema_privileges({names.parts(k.split("/", 1)[1])[0] for k, _ in found})
        if what == "SCHEMA":
            rows = [names.parts(k.split("/", 1)[1]) + list(r) for k, d in found
                    for r in granted(d)]
            return ("database_name", "schema_name", "grantee", "privilege_type"), rows
        rows = [names.parts(k.split("/", 1)[1]) + list(r) for k, d in found for r in granted(d)]
        return ("database_name", "schema_name", "table_name", "grantee", "privilege_type"), rows

    def schema_privileges(self, databases):
        """Rights on a database, which the original lists once for each of its schemas."""
        from .catalog import VIRTUAL_SCHEMAS
        rows = []
        for name in sorted(databases):
            d = self._catalog.database(name)
            for schema in VIRTUAL_SCHEMAS:
                rows += [[name, schema, *r] for r in granted(d)]
            for schema, own in self._catalog.schemas(name).items():
                both = {u: sorted({*d.get("grants", {}).get(u, []), *own["grants"].get(u, [])})
                        for u in {*d.get("grants", {}), *own["grants"]}}
                rows += [[name, schema, *r] for r in granted({"grants": both})]
        return ("database_name", "schema_name", "grantee", "privilege_type"), rows

    def _all_grants(self, database):
        heads = ("database_name", "schema_name", "table_name", "procedure_name", "grantee",
                 "privilege_type")
        rows = [[*full, None, *r] for _, full, d in self._catalog.objects(database)
                for r in granted(d)]
        rows += [[r[0], r[1], None, None, *r[2:]] for r in self.schema_privileges([database])[1]]
        return heads, rows


def granted(d):
    """(user, privilege) of an object, those of admin and root included."""
    yield from (("admin", "ALL"), ("root", "ALL"))
    for user, privileges in d.get("grants", {}).items():
        yield from ((user, p) for p in privileges)
