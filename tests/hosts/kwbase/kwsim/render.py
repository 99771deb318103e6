"""Result sets as kwbase prints them: tsv, csv, table, records, sql, html, raw."""
import re

FORMATS = ("tsv", "csv", "table", "records", "sql", "raw", "html")
_NUMBER = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?$|^-?\d+\.?\d*\s*%$")


def render(fmt, columns, rows, align=None):
    """Text of a result. `rows` hold strings; `align` is one of l, r, c per column.

    An alignment shorter than the columns is ignored, as the original's table writer does.
    """
    return _RENDERERS[fmt](columns, rows, align)


def _count(rows):
    return f"{len(rows)} row" + ("" if len(rows) == 1 else "s")


def _quoted(field, comma):
    # The writer quotes empty strings, to tell them from NULL.
    if field == "" or field == "\\." or field[0].isspace() or any(
            c in field for c in (comma, '"', "\r", "\n")):
        return '"' + field.replace('"', '""') + '"'
    return field


def _separated(comma):
    def write(columns, rows, _align):
        lines = [comma.join(_quoted(f, comma) for f in row) for row in [columns, *rows]]
        return "\n".join(lines) + "\n"
    return write


def _width(text):
    import unicodedata
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text, width, how):
    gap = width - _width(text)
    if how == "r":
        return " " * gap + text
    if how == "c":
        return " " * (gap // 2) + text + " " * (gap - gap // 2)
    return text + " " * gap


def _table(columns, rows, align):
    cells = [[field.split("\n") for field in row] for row in rows]
    widths = [max([_width(name)] + [_width(line) for row in cells for line in row[i]])
              for i, name in enumerate(columns)]
    use = align if align and len(align) >= len(columns) else None

    def line(fields, how):
        text = " " + "|".join(" " + _pad(f, w, h) + " " for f, w, h in zip(fields, widths, how))
        return text.rstrip(" ")

    out = [line(columns, "c" * len(columns)),
           "-" + "+".join("-" * (w + 2) for w in widths) + "-"]
    for row in cells:
        for n in range(max((len(c) for c in row), default=1)):
            fields = [c[n] if n < len(c) else "" for c in row]
            how = use or ["r" if _NUMBER.match(f.strip()) else "l" for f in fields]
            out.append(line(fields, how))
    return "\n".join(out) + f"\n({_count(rows)})\n"


def _records(columns, rows, _align):
    wide = max((len(c) for c in columns), default=0)
    out = []
    for n, row in enumerate(rows, 1):
        out.append(f"-[ RECORD {n} ]")
        for name, field in zip(columns, row):
            first, *more = field.split("\n")
            out.append(f"{name.ljust(wide)} | {first}")
            out.extend(f"{' ' * wide} | {line}" for line in more)
    return "".join(line + "\n" for line in out)


def _sql(columns, rows, _align):
    body = ",\n".join(f"  {c} STRING" for c in columns)
    out = [f"CREATE TABLE results (\n{body}\n);\n\n"]
    for row in rows:
        values = ", ".join("'" + f.replace("'", "''") + "'" for f in row)
        out.append(f"INSERT INTO results VALUES ({values});\n")
    return "".join(out) + f"-- {_count(rows)}\n"


def _raw(columns, rows, _align):
    out = [f"# {len(columns)} column" + ("" if len(columns) == 1 else "s") + "\n"]
    for n, row in enumerate(rows, 1):
        out.append(f"# row {n}\n")
        out.extend(f"## {len(f.encode())}\n{f}\n" for f in row)
    return "".join(out) + f"# {_count(rows)}\n"


def _html(columns, rows, _align):
    def cell(text):
        for char, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;")):
            text = text.replace(char, name)
        return text.replace("\n", "<br/>")
    head = "".join(f"<th>{cell(c)}</th>" for c in ["row", *columns])
    out = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"]
    for n, row in enumerate(rows, 1):
        out.append("<tr>" + "".join(f"<td>{cell(f)}</td>" for f in [str(n), *row]) + "</tr>\n")
    out.append(f"</tbody>\n<tfoot><tr><td colspan={len(columns) + 1}>{_count(rows)}"
               "</td></tr></tfoot></table>\n")
    return "".join(out)


_RENDERERS = {"tsv": _separated("\t"), "csv": _separated(","), "table": _table,
              "records": _records, "sql": _sql, "raw": _raw, "html": _html}
