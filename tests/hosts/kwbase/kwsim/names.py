"""Names of objects: how the original quotes them, and keys of the store."""
import json
import re
import urllib.parse

_BARE = re.compile(r"[a-z_\u0080-\U0010ffff][a-z0-9_$\u0080-\U0010ffff]*\Z")
_RESERVED = frozenset("""all analyse analyze and any array as asc asymmetric both case cast check
collate column concurrently constraint create default deferrable desc distinct do else end except
false family fetch for foreign from grant group having in index initially intersect into lateral
leading limit not nothing null offset on only or order placing primary references returning select
some symmetric table then to trailing true union unique user using variadic when where window
with""".split())


def shown(name):
    """A name as the original's SHOW CREATE writes it."""
    if _BARE.match(name) and name not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def exported(name):
    """A name as EXPORT writes it: only upper case makes it quote, so other odd names break."""
    return f'"{name}"' if any(c.isupper() for c in name) else name


def listed(names):
    return ", ".join(shown(n) for n in names)


def dotted(parts):
    return ".".join(shown(p) for p in parts)


def key(*parts):
    """One word for database, schema and table, whatever characters they have."""
    return ".".join(urllib.parse.quote(p, safe="").replace(".", "%2E") for p in parts)


def parts(word):
    return [urllib.parse.unquote(p) for p in word.split(".")]


def row_key(full, values):
    return f"row/{full}/" + json.dumps(values, ensure_ascii=False)
