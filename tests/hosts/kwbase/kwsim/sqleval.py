"""Evaluation of expressions and of SELECT over rows held as dictionaries."""
import re
from decimal import Decimal, InvalidOperation

from . import clock, hashes, sqltypes
from .sqltypes import (DECIMAL, FLOAT, INT2, INT4, INT8, INTERVAL, JSONB, TEXT, TIMESTAMP,
                       TIMESTAMPTZ,
                       SqlError)

_AGGREGATES = {"sum", "count", "max", "min", "avg", "bool_and", "bool_or", "count_rows",
               "xor_agg", "string_agg"}


def is_aggregate(e):
    if not isinstance(e, tuple):
        return False
    if e[0] == "call" and e[1] in _AGGREGATES:
        return True
    return any(is_aggregate(x) for x in _children(e))


def _children(e):
    for part in e[1:]:
        if isinstance(part, tuple):
            yield part
        elif isinstance(part, list):
            for x in part:
                yield from (x if isinstance(x, tuple) and x and not isinstance(x[0], str)
                            else [x])


def _number(value):
    if isinstance(value, str):
        try:
            return Decimal(value) if "." in value else int(value)
        except (ValueError, InvalidOperation):
            return value
    return value


def _decimal(value):
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _comparable(value):
    """A string beside a number or a time is taken as one."""
    found = _number(value)
    if isinstance(found, str):
        try:
            return clock.parse_stamp(found)
        except ValueError:
            pass
    return found


def cast(value, kind):
    if value is None:
        return None
    try:
        if kind in (INT2, INT4, INT8):
            return round(float(value)) if "." in str(value) else int(value)
        if kind in (FLOAT, DECIMAL):
            return float(value) if kind == FLOAT else _decimal(value)
        if kind == sqltypes.BOOL:
            return value if isinstance(value, bool) else str(value).lower() in ("t", "true", "1")
        if kind in (TIMESTAMP, TIMESTAMPTZ) and isinstance(value, str):
            return clock.parse_stamp(value)
        if kind == INTERVAL and isinstance(value, str):
            return clock.parse_interval(value)
        if kind == JSONB and isinstance(value, str):
            import json
            return json.loads(value)
    except (ValueError, InvalidOperation) as e:
        raise SqlError(f'could not parse "{value}" as type {kind.name}', "22P02") from e
    return sqltypes.text(value, TEXT) if kind == TEXT else value


class Evaluator:
    """One statement's expressions. `functions` are those that need the server."""

    def __init__(self, columns, params, functions):
        self.columns = columns  # name -> Type
        self.params = params
        self.functions = functions

    # -- types -------------------------------------------------------------------------------

    def type_of(self, e):
        kind = e[0]
        if kind == "column":
            if e[1] not in self.columns:
                raise SqlError(f'column "{e[1]}" does not exist', "42703")
            return self.columns[e[1]]
        if kind == "literal":
            return sqltypes.of_value(e[1])
        if kind == "cast":
            self.type_of(e[1])
            return e[2]
        if kind == "json":
            self.type_of(e[2])
            return TEXT if e[1] == "->>" else JSONB
        if kind in ("and", "or", "not", "is", "in", "like"):
            for child in _children(e):
                self.type_of(child)
            return sqltypes.BOOL
        if kind == "op":
            left, right = self.type_of(e[2]), self.type_of(e[3])
            if e[1] == "||":
                return TEXT
            if e[1] in "+-*/%":
                return left if left != INT8 else right
            return sqltypes.BOOL
        if kind == "case":
            return self.type_of(e[1][0][1]) if e[1] else self.type_of(e[2])
        if kind == "call":
            return self._call_type(e)
        return INT8 if kind == "index" else TEXT

    def _call_type(self, e):
        inner = [self.type_of(a) for a in e[2] if a != ("star",)]
        if e[1] in ("count", "count_rows", "length", "array_length", "extract"):
            return INT8
        if e[1] == "sum":
            return DECIMAL if inner[0] in (INT8, INT4, DECIMAL) else inner[0]
        if e[1] == "avg":
            return DECIMAL
        if e[1] in ("max", "min", "coalesce", "ifnull", "nullif", "abs", "round"):
            return inner[0]
        if e[1] == "unnest":
            return INT8
        if e[1] in self.functions:
            return self.functions[e[1]][0]
        if e[1] in hashes.FUNCTIONS:
            return INT8 if e[1] in hashes.NUMBERS else TEXT
        if e[1] in ("xor_agg", "string_agg"):
            return inner[0]
        if e[1] in ("lower", "upper", "concat", "split_part", "substring", "array_to_string"):
            return TEXT
        raise SqlError(f"unknown function: {e[1]}()", "42883")

    # -- values ------------------------------------------------------------------------------

    def value(self, e, row, group=None):
        return getattr(self, "_" + e[0].replace("literal", "constant"))(e, row, group)

    def _constant(self, e, _row, _group):
        return e[1]

    def _param(self, e, _row, _group):
        if e[1] > len(self.params):
            raise SqlError(f"no value provided for placeholder: ${e[1]}", "08P01")
        return _number(self.params[e[1] - 1])

    def _column(self, e, row, _group):
        if len(e) > 2 and e[2] is not None and f"{e[2]}.{e[1]}" in row:
            return row[f"{e[2]}.{e[1]}"]
        if e[1] not in row:
            raise SqlError(f'column "{e[1]}" does not exist', "42703")
        return row[e[1]]

    def _cast(self, e, row, group):
        value = self.value(e[1], row, group)
        if e[2] == TEXT:
            return hashes.as_string(value, self.type_of(e[1]))
        return cast(value, e[2])

    def _json(self, e, row, group):
        base, key = self.value(e[2], row, group), self.value(e[3], row, group)
        if isinstance(base, (dict, list)):
            found = base.get(key) if isinstance(base, dict) else \
                base[key] if isinstance(key, int) and key < len(base) else None
            if e[1] == "->>" and found is not None:
                return sqltypes.text(found, JSONB if isinstance(found, (dict, list)) else TEXT)
            return found
        return None

    def _index(self, e, row, group):
        base, at = self.value(e[1], row, group), self.value(e[2], row, group)
        return base[at - 1] if isinstance(base, list) and 0 < at <= len(base) else None

    def _and(self, e, row, group):
        return bool(self.value(e[1], row, group)) and bool(self.value(e[2], row, group))

    def _or(self, e, row, group):
        return bool(self.value(e[1], row, group)) or bool(self.value(e[2], row, group))

    def _not(self, e, row, group):
        value = self.value(e[1], row, group)
        return None if value is None else not value

    def _is(self, e, row, group):
        value = self.value(e[1], row, group)
        return value is None if e[2] is None else value is e[2]

    def _in(self, e, row, group):
        left = self.value(e[1], row, group)
        return any(self._compare("=", left, self.value(x, row, group)) for x in e[2])

    def _like(self, e, row, group):
        pattern = re.escape(str(self.value(e[2], row, group))).replace("%", ".*").replace("_", ".")
        return re.fullmatch(pattern, str(self.value(e[1], row, group)), re.S) is not None

    def _case(self, e, row, group):
        for condition, result in e[1]:
            if self.value(condition, row, group):
                return self.value(result, row, group)
        return self.value(e[2], row, group)

    def _star(self, _e, _row, _group):
        raise SqlError('at or near "*": syntax error', "42601")

    @staticmethod
    def _compare(operator, left, right):
        if left is None or right is None:
            return None
        numbers = (int, float, Decimal)
        if isinstance(left, numbers) != isinstance(right, numbers):
            left, right = _comparable(left), _comparable(right)
        if isinstance(left, str) != isinstance(right, str):
            left, right = sqltypes.text(left, sqltypes.of_value(left)), str(right)
        return {"=": left == right, "<>": left != right, "!=": left != right,
                "<": left < right, ">": left > right, "<=": left <= right,
                ">=": left >= right}[operator]

    def _op(self, e, row, group):
        left, right = self.value(e[2], row, group), self.value(e[3], row, group)
        if e[1] in ("=", "<>", "!=", "<", ">", "<=", ">="):
            return self._compare(e[1], left, right)
        if left is None or right is None:
            return None
        if e[1] == "||":
            return sqltypes.text(left, TEXT) + sqltypes.text(right, TEXT)
        left, right = _number(left), _number(right)
        if isinstance(left, str) or isinstance(right, str):
            raise SqlError(f"unsupported binary operator: <string> {e[1]} <int>", "22023")
        if isinstance(left, Decimal) != isinstance(right, Decimal):
            left, right = _decimal(left), _decimal(right)
        if e[1] in "/%" and right == 0:
            raise SqlError("division by zero", "22012")
        return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
                "/": lambda: left / right, "%": lambda: left % right}[e[1]]()

    def _call(self, e, row, group):
        name, arguments = e[1], e[2]
        if name in _AGGREGATES:
            return self._aggregate(name, arguments, group if group is not None else [row])
        values = [self.value(a, row, group) for a in arguments]
        if name in ("coalesce", "ifnull"):
            return next((v for v in values if v is not None), None)
        if name == "nullif":
            return None if values[0] == values[1] else values[0]
        if name in self.functions:
            return self.functions[name][1](*values)
        if name in hashes.FUNCTIONS:
            return hashes.FUNCTIONS[name](*values)
        if any(v is None for v in values):
            return None
        simple = {"lower": lambda s: str(s).lower(), "upper": lambda s: str(s).upper(),
                  "length": len, "abs": abs, "round": lambda v, n=0: round(v, n),
                  "concat": lambda *v: "".join(str(x) for x in v), "unnest": lambda v: v,
                  "array_length": lambda v, _n=1: len(v),
                  "array_to_string": lambda v, s: s.join(str(x) for x in v),
                  "split_part": lambda s, d, n: (s.split(d) + [""] * n)[n - 1],
                  "substring": lambda s, a, n=None: s[a - 1:None if n is None else a - 1 + n]}
        if name not in simple:
            raise SqlError(f"unknown function: {name}()", "42883")
        return simple[name](*values)

    def _aggregate(self, name, arguments, group):
        if name in ("count", "count_rows") and (not arguments or arguments[0] == ("star",)):
            return len(group)
        values = [v for v in (self.value(arguments[0], r) for r in group) if v is not None]
        if name == "count":
            return len(values)
        if not values:
            return None
        if name == "string_agg":
            return self.value(arguments[1], {}).join(str(v) for v in values)
        values = [_number(v) for v in values]
        return {"xor_agg": hashes.xor, "sum": sum, "max": max, "min": min, "bool_and": all,
                "bool_or": any,
                "avg": lambda v: sum(v) / len(v)}[name](values)


def item_name(e):
    if e[0] == "column":
        return e[1]
    if e[0] == "call":
        return e[1]
    if e[0] == "cast":
        return item_name(e[1])
    if e[0] == "case":
        return "case"
    return "?column?"


def select(query, columns, rows, params, functions):
    """Run SELECT over `rows`; returns ([(name, Type)], [value lists])."""
    ev = Evaluator(dict(columns), params, functions)
    items = []
    for expression, alias in query["items"]:
        if expression == ("star",):
            items += [(("column", name), name) for name, _ in columns]
        else:
            items.append((expression, alias or item_name(expression)))
    shown = [(name, ev.type_of(e)) for e, name in items]
    if query["where"] is not None:
        ev.type_of(query["where"])
        rows = [r for r in rows if ev.value(query["where"], r)]
    by_position = {str(i): e for i, (e, _) in enumerate(items, 1)}
    by_name = {name: e for e, name in items}

    def resolve(e):
        if e[0] == "literal" and str(e[1]) in by_position:
            return by_position[str(e[1])]
        if e[0] == "column" and e[1] in by_name and e[1] not in ev.columns:
            return by_name[e[1]]
        return e

    unnested = next((e for e, _ in items if e[0] == "call" and e[1] == "unnest"), None)
    if unnested:
        rows = [{**r, "\0unnest": v} for r in rows for v in ev.value(unnested[2][0], r) or []]
        flat = ("column", "\0unnest")
        ev.columns["\0unnest"] = INT8
        items = [(flat if e is unnested else e, n) for e, n in items]
        by_position = {str(i): e for i, (e, _) in enumerate(items, 1)}
    groups = _groups(query, [resolve(e) for e in query["group"]], items, rows, ev)
    order = [(resolve(e), descending) for e, descending in query["order"]]
    for e, descending in reversed(order):
        ev.type_of(e)
        groups.sort(key=lambda g, e=e: sort_key(ev.value(e, g[0], g[1])), reverse=descending)
    out = [[ev.value(e, row, group) for e, _ in items] for row, group in groups]
    if query["distinct"]:
        unique = []
        out = [r for r in out if r not in unique and not unique.append(r)]
    begin = ev.value(query["offset"], {}) if query["offset"] else 0
    limit = ev.value(query["limit"], {}) if query["limit"] else None
    return shown, out[begin:None if limit is None else begin + limit]


def _groups(query, by, items, rows, ev):
    """[(representative row, rows of the group or None)]"""
    if not by and not any(is_aggregate(e) for e, _ in items):
        return [(r, None) for r in rows]
    if not by:
        for e, _ in items:
            if e[0] == "column":
                raise SqlError(f'column "{e[1]}" must appear in the GROUP BY clause or be used in '
                               "an aggregate function", "42803")
        return [(rows[0] if rows else {}, rows)]
    groups = {}
    for r in rows:
        groups.setdefault(repr([ev.value(e, r) for e in by]), []).append(r)
    return [(g[0], g) for g in groups.values()]


def sort_key(value):
    if value is None:
        return (0, 0, "")
    if isinstance(value, (int, float, Decimal)):
        return (1, value, "")
    return (2, 0, str(value))
