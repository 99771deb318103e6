"""The statements of SHOW CREATE and of the export (17-export-import.txt; show_create.go)."""
import re

from . import build, names

_LITERAL = re.compile(r"'(?:[^']|'')*'|-?\d+|-?\d+\.\d+")


def table(name, d, with_keys=True, comments=True):
    """Without `with_keys` as EXPORT writes it: no foreign keys."""
    lines = [_column(c) for c in d["columns"] if not c.get("tag")]
    if d["ts"]:
        text = _time_series(name, d, lines)
    else:
        text = f"CREATE TABLE {names.shown(name)} (\n\t" + ",\n\t".join(
            lines + _constraints(name, d, with_keys)) + "\n)"
    return text + (_comments(name, d) if comments else "")


def _column(c):
    null = "NULL" if c["null"] else "NOT NULL"
    default = f" DEFAULT {_default(c)}" if c["default"] is not None else ""
    return f"{names.shown(c['name'])} {c['sql']} {null}{default}"


def _default(c):
    """With the type that the original adds to literals and to the names of sequences."""
    text = re.sub(r"(nextval\('(?:[^']|'')*')\)", r"\1:::STRING)", c["default"])
    if not _LITERAL.fullmatch(text):
        return text + ":::" + c["sql"] if text.lower() == "now()" else text
    kind = "STRING" if text[0] == "'" else "DECIMAL" if "." in text else "INT8"
    return f"{text}:::{c['sql'] if c['sql'].startswith(('TIMESTAMP', 'DECIMAL')) else kind}"


def _constraints(name, d, with_keys):
    out = []
    if d["key"]:
        out.append('CONSTRAINT "primary" PRIMARY KEY '
                   f"({', '.join(names.shown(k) + ' ASC' for k in d['key'])})")
    if with_keys:
        out += [foreign_key(fk) for fk in d["fks"]]
    for i in d["indexes"]:
        unique = "UNIQUE " if i["unique"] else ""
        out.append(f"{unique}INDEX {names.shown(i['name'])} "
                   f"({', '.join(names.shown(c) + ' ASC' for c in i['columns'])})")
    family = [c["name"] for c in d["columns"]] + ([] if d["key"] else ["rowid"])
    out.append(f'FAMILY "primary" ({names.listed(family)})')
    out += [f"CONSTRAINT {names.shown(c['name'])} CHECK ({c['text']})" for c in d["checks"]]
    return out


def foreign_key(fk):
    return (f"CONSTRAINT {names.shown(fk['name'])} FOREIGN KEY ({names.listed(fk['columns'])}) "
            f"REFERENCES {names.shown(fk['table'][-1])}({names.listed(fk['theirs'])})")


def _time_series(name, d, lines):
    tags = [f"{names.shown(c['name'])} {c['sql']}{'' if c['null'] else ' NOT NULL'}"
            for c in d["columns"] if c.get("tag")]
    text = (f"CREATE TABLE {names.shown(name)} (\n\t" + ",\n\t".join(lines) + "\n) TAGS (\n\t"
            + ",\n\t".join(tags) + f" ) PRIMARY TAGS({names.listed(d['ts']['primary'])})"
            + f"\n\tretentions {d['ts']['retentions']}")
    if not build.at_least(3, 1):
        text += f"\n\tactivetime {d['ts']['activetime']}\n\tpartition interval " \
                f"{d['ts']['partition']}"
    return text


def _comments(name, d):
    out = ""
    for column, comment in sorted(d["comments"].items()):
        what = f"COLUMN {names.shown(name)}.{names.shown(column)}" if column \
            else f"TABLE {names.shown(name)}"
        quoted = comment.replace("'", "''")
        out += f";\nCOMMENT ON {what} IS '{quoted}'"
    return out


def database(name, d):
    if d["engine"] == "RELATIONAL":
        return f"CREATE DATABASE {names.shown(name)}"
    return (f"CREATE TS DATABASE {names.shown(name)}\n\tretentions {d['retentions']}"
            f"\n\tpartition interval {d['partition']}")


def view(name, d):
    return f"CREATE VIEW {names.shown(name)} ({names.listed(d['columns'])}) AS {d['query']}"


def sequence(name, d):
    return (f"CREATE SEQUENCE {names.shown(name)} MINVALUE {d['min']} MAXVALUE {d['max']} "
            f"INCREMENT {d['step']} START {d['start']}")


def as_job(full, d):
    """CREATE TABLE as the description of its job has it."""
    parts = []
    for c in d["columns"]:
        key = " PRIMARY KEY" if d["key"] == [c["name"]] else "" if c["null"] else " NOT NULL"
        parts.append(f"{names.shown(c['name'])} {c['sql']}{key}")
    if len(d["key"]) > 1:
        parts.append(f"PRIMARY KEY ({names.listed(d['key'])})")
    parts += [f"FOREIGN KEY ({names.listed(fk['columns'])}) REFERENCES "
              f"{names.dotted(fk['table'])} ({names.listed(fk['theirs'])})" for fk in d["fks"]]
    return f"CREATE TABLE {names.dotted(full)} ({', '.join(parts)})"


def statement(kind, name, d):
    return {"table": table, "view": view, "sequence": sequence}[kind](name, d)
