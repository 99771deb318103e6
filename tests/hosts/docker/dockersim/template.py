"""The part of Go's text/template that people use with `docker --format`.

Fields, variables of range, `range`, `if`, `else`, `end`, `with`, pipes, trim markers, and the functions json,
index, len, eq, ne, and, or, not, print, println, printf, join, split, upper, lower, title, truncate.
"""
import json
import re

TOKENS = re.compile(
    r'\s*(?:("(?:\\.|[^"\\])*"|`[^`]*`)|(-?\d+)|(\$\w*(?:\.\w+)*)|((?:\.\w+)+|\.)|(\w+)|(:=|[|(),=]))'
)


class TemplateError(Exception):
    pass


class _Field:
    def __init__(self, base, names):
        self.base, self.names = base, names


class Template:
    def __init__(self, text):
        text = text.replace("\\t", "\t").replace("\\n", "\n")
        self.words = self._split(text)
        self.position = 0
        self.tree = self._block(())

    @staticmethod
    def _split(text):
        words, rest = [], text
        while True:
            before, start, rest = rest.partition("{{")
            if not start:
                words.append(("text", before))
                return words
            action, end, rest = rest.partition("}}")
            if not end:
                raise TemplateError("template: :1: unclosed action")
            if action.startswith("- "):
                before = before.rstrip()
            words.append(("text", before))
            if action.endswith(" -"):
                rest = rest.lstrip()
            words.append(("action", action.strip("- ").strip()))

    def _block(self, ends):
        """Nodes up to one of the closing words, which stays in self.closed."""
        nodes = []
        self.closed = None
        while self.position < len(self.words):
            kind, text = self.words[self.position]
            self.position += 1
            if kind == "text":
                nodes.append(("text", text))
                continue
            word, _, rest = text.partition(" ")
            if word in ("end", "else"):
                if word not in ends and "end" not in ends:
                    raise TemplateError(f"template: :1: unexpected {{{{{word}}}}}")
                self.closed = text
                return nodes
            if text.startswith("/*"):
                continue
            if word in ("if", "range", "with"):
                nodes.append(self._branch(word, rest))
            else:
                nodes.append(("value", text))
        if ends:
            raise TemplateError("template: :1: unexpected EOF")
        return nodes

    def _branch(self, word, condition):
        body = self._block(("else", "end"))
        other = []
        if self.closed.startswith("else"):
            further = self.closed[4:].strip()
            if further.startswith("if"):
                other = [self._branch("if", further[2:].strip())]
                return (word, condition, body, other)
            other = self._block(("end",))
        return (word, condition, body, other)

    def render(self, value):
        return self._run(self.tree, value, {"$": value})

    def _run(self, nodes, dot, variables):
        out = []
        for node in nodes:
            if node[0] == "text":
                out.append(node[1])
            elif node[0] == "value":
                named = re.match(r"(\$\w+)\s*:?=\s*(.*)", node[1])
                if named:
                    variables[named[1]] = evaluate(named[2], dot, variables)
                else:
                    out.append(show(evaluate(node[1], dot, variables)))
            else:
                out.append(self._choose(node, dot, variables))
        return "".join(out)

    def _choose(self, node, dot, variables):
        word, condition, body, other = node
        if word != "range":
            value = evaluate(condition, dot, variables)
            if not value:
                return self._run(other, dot, variables)
            return self._run(body, value if word == "with" else dot, variables)
        names = re.match(r"((?:\$\w+)(?:\s*,\s*\$\w+)?)\s*:=\s*(.*)", condition)
        value = evaluate(names[2] if names else condition, dot, variables)
        pairs = sorted(value.items()) if isinstance(value, dict) else enumerate(value or [])
        out = []
        for key, item in pairs:
            inner = dict(variables)
            if names:
                words = [w.strip() for w in names[1].split(",")]
                inner.update(zip(words, (key, item) if len(words) == 2 else (item,)))
            out.append(self._run(body, item, inner))
        return "".join(out) if out else self._run(other, dot, variables)


def _lex(text):
    words, at = [], 0
    text = text.strip()
    while at < len(text):
        found = TOKENS.match(text, at)
        if not found:
            raise TemplateError(f'template: :1: unexpected "{text[at]}" in operand')
        quoted, number, variable, field, name, mark = found.groups()
        if quoted:
            words.append(("value", quoted[1:-1] if quoted[0] == "`" else json.loads(quoted)))
        elif number:
            words.append(("value", int(number)))
        elif variable:
            base, *names = variable.split(".")
            words.append(("field", _Field(base, names)))
        elif field:
            words.append(("field", _Field(".", [n for n in field.split(".") if n])))
        elif name in ("true", "false"):
            words.append(("value", name == "true"))
        elif name == "nil":
            words.append(("value", None))
        elif name:
            words.append(("name", name))
        else:
            words.append(("mark", mark))
        at = found.end()
    return words


def evaluate(text, dot, variables):
    words = _lex(text)
    value, rest = _pipeline(words, dot, variables)
    if rest:
        raise TemplateError("template: :1: unexpected text in command")
    return value


def _pipeline(words, dot, variables):
    value, words = _command(words, dot, variables, [])
    while words and words[0] == ("mark", "|"):
        value, words = _command(words[1:], dot, variables, [value])
    return value, words


def _command(words, dot, variables, extra):
    name, operands = None, []
    if words and words[0][0] == "name":
        name, words = words[0][1], words[1:]
    while words and words[0] not in (("mark", "|"), ("mark", ")")):
        kind, what = words[0]
        words = words[1:]
        if (kind, what) == ("mark", "("):
            value, words = _pipeline(words, dot, variables)
            words = words[1:]
            while words and words[0][0] == "field" and words[0][1].base == ".":
                value, words = _walk(value, words[0][1].names), words[1:]
            operands.append(value)
        elif kind == "field":
            base = dot if what.base == "." else variables.get(what.base)
            operands.append(_walk(base, what.names))
        elif kind == "name":
            operands.append(_call(what, []))
        else:
            operands.append(what)
    if name is None:
        if operands and callable(operands[0]):
            return operands[0](*operands[1:], *extra), words
        return (operands[0] if operands else None), words
    return _call(name, operands + extra), words


def _walk(value, names):
    for name in names:
        if isinstance(value, dict):
            if name not in value:
                raise TemplateError(
                    f'template: :1:2: executing "" at <.{".".join(names)}>: '
                    f'map has no entry for key "{name}"'
                )
            value = value[name]
        elif value is None:
            raise TemplateError(
                f'template: :1:2: executing "" at <.{".".join(names)}>: nil data; no entry for '
                f'key "{name}"'
            )
        else:
            raise TemplateError(
                f'template: :1:2: executing "" at <.{".".join(names)}>: '
                f"can't evaluate field {name} in type interface {{}}"
            )
    return value


def _index(value, *keys):
    for key in keys:
        if isinstance(value, list):
            if not 0 <= key < len(value):
                raise TemplateError(
                    'template: :1:2: executing "" at <index>: error calling index: '
                    f"reflect: slice index out of range: {key}"
                )
            value = value[key]
        else:
            value = (value or {}).get(key, "")
    return value


def _call(name, operands):
    functions = {
        "json": lambda v: json.dumps(v, ensure_ascii=False, separators=(",", ":")),
        "index": _index,
        "len": lambda v: len(v or ()),
        "eq": lambda a, *b: any(a == x for x in b),
        "ne": lambda a, b: a != b,
        "lt": lambda a, b: a < b,
        "gt": lambda a, b: a > b,
        "not": lambda v: not v,
        "and": lambda *v: next((x for x in v if not x), v[-1]),
        "or": lambda *v: next((x for x in v if x), v[-1]),
        "print": lambda *v: "".join(map(show, v)),
        "println": lambda *v: " ".join(map(show, v)) + "\n",
        "printf": lambda form, *v: re.sub("%[vsdtq]", "%s", form) % tuple(map(show, v)),
        "join": lambda v, by: by.join(map(show, v or [])),
        "split": lambda v, by: v.split(by),
        "upper": str.upper,
        "lower": str.lower,
        "title": str.title,
        "truncate": lambda v, n: v[:n],
    }
    if name not in functions:
        raise TemplateError(f'template: :1: function "{name}" not defined')
    return functions[name](*operands)


def show(value):
    """As Go's %v prints it."""
    if value is None:
        return "<no value>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + " ".join(map(show, value)) + "]"
    if isinstance(value, dict):
        return "map[" + " ".join(f"{k}:{show(v)}" for k, v in sorted(value.items())) + "]"
    return str(value)
