"""Reads the YAML that compose files are written in: block and flow style, quotes, block text, anchors, merges.

Positions of errors are PyYAML's, whose words docker-compose shows.
"""
import re


class YamlError(Exception):
    pass


def _complain(line, text, column=1):
    raise YamlError(f'in ".\\docker-compose.yml", line {line}, column {column}\n{text}')


class _Line:
    def __init__(self, number, text):
        self.number, self.indent = number, len(text) - len(text.lstrip(" "))
        self.text = text.strip()


def _uncommented(text):
    quote = ""
    for i, c in enumerate(text):
        if quote:
            if c == quote and not (quote == '"' and text[i - 1] == "\\"):
                quote = ""
        elif c in "\"'" and (i == 0 or text[i - 1] in " [{,:"):
            quote = c
        elif c == "#" and (i == 0 or text[i - 1] in " \t"):
            return text[:i]
    return text


class Reader:
    def __init__(self, text):
        self.raw = text.replace("\r\n", "\n").split("\n")
        self.lines, self.anchors = [], {}
        for number, line in enumerate(self.raw, 1):
            body = _uncommented(line)
            if body.strip() and body.strip() not in ("---", "..."):
                self.lines.append(_Line(number, body.rstrip()))
        self.at = 0

    def document(self):
        if not self.lines:
            return None
        value = self._node(self.lines[0].indent)
        if self.at < len(self.lines):
            _complain(self.lines[self.at].number, "could not find expected ':'")
        return value

    def _check_tab(self, line):
        before = re.match(r"\s*", self.raw[line.number - 1])[0]
        if "\t" in before:
            raise YamlError(
                "while scanning for the next token\nfound character '\\t' that cannot start any "
                f'token\n  in "./docker-compose.yml", line {line.number}, '
                f"column {before.index(chr(9)) + 1}"
            )

    def _node(self, indent):
        line = self.lines[self.at]
        if line.text.startswith("- ") or line.text == "-":
            return self._sequence(indent)
        if self._key(line.text):
            return self._mapping(indent)
        self.at += 1
        return self._scalar(line.text, line)

    def _key(self, text):
        return re.match(
            r"""("(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^\s\[\]{}#,&*!|>'"%@`-][^#]*?|-[^\s#][^#]*?)"""
            r"""\s*:(?:\s+(.*)|)$""",
            text,
        )

    def _sequence(self, indent):
        found = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self._check_tab(line)
            if line.indent != indent or not (line.text.startswith("- ") or line.text == "-"):
                break
            rest = line.text[1:].strip()
            if not rest:
                self.at += 1
                found.append(self._below(indent))
            elif rest.startswith("- ") or (self._key(rest) and rest[0] not in "[{&*"):
                # What begins beside its dash is read as if it stood on a line of its own.
                line.indent += len(line.text) - len(line.text[1:].lstrip())
                line.text = rest
                found.append(self._node(line.indent))
            else:
                found.append(self._value(rest, line, indent))
        return found

    def _mapping(self, indent):
        found, merged = {}, {}
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self._check_tab(line)
            if line.indent != indent or line.text.startswith("- "):
                if line.indent > indent:
                    _complain(line.number, "mapping values are not allowed here", line.indent + 1)
                break
            matched = self._key(line.text)
            if not matched:
                _complain(line.number, "could not find expected ':'", line.indent + 1)
            key = self._scalar(matched[1], line)
            value = self._value(matched[2] or "", line, indent)
            if key == "<<":
                for part in value if isinstance(value, list) else [value]:
                    merged = {**part, **merged}
            else:
                found[key] = value
        return {**merged, **found}

    def _value(self, rest, line, indent):
        """What follows a key or a dash on its line, or stands below."""
        anchor = re.match(r"&(\S+)\s*(.*)", rest)
        if anchor:
            value = self._value(anchor[2], line, indent)
            self.anchors[anchor[1]] = value
            return value
        self.at += 1
        if rest[:1] in "|>" and rest:
            return self._text(rest, line, indent)
        if rest.startswith("*"):
            if rest[1:] not in self.anchors:
                _complain(line.number, f"found undefined alias '{rest[1:]}'")
            return self.anchors[rest[1:]]
        if rest:
            return self._scalar(self._continued(rest, indent), line)
        return self._below(indent)

    def _below(self, indent):
        if self.at >= len(self.lines):
            return None
        line = self.lines[self.at]
        self._check_tab(line)
        if line.indent > indent or (line.indent == indent and line.text.startswith("-")):
            return self._node(line.indent)
        return None

    def _continued(self, rest, indent):
        """Flow collections and long texts that go on in deeper lines."""
        while self.at < len(self.lines) and self.lines[self.at].indent > indent and (
            rest[0] not in "[{" or not _closed(rest)
        ):
            if rest[0] in "\"'" and len(rest) > 1 and rest[-1] == rest[0]:
                break
            line = self.lines[self.at]
            if rest[0] not in "[{\"'" and self._key(line.text):
                _complain(line.number, "mapping values are not allowed here", line.indent + 1)
            rest += " " + line.text
            self.at += 1
        return rest

    def _text(self, head, line, indent):
        """| and > with their chomping; comments are text in here."""
        rows, number = [], line.number
        while number < len(self.raw):
            row = self.raw[number]
            if row.strip() and len(row) - len(row.lstrip(" ")) <= indent:
                break
            rows.append(row)
            number += 1
        while self.at < len(self.lines) and self.lines[self.at].number <= number:
            self.at += 1
        depth = min((len(r) - len(r.lstrip(" ")) for r in rows if r.strip()), default=0)
        rows = [r[depth:] for r in rows]
        text = "\n".join(rows)
        if head[0] == ">":
            text = re.sub(r"(?<!\n)\n(?!\n|$)", " ", text.rstrip("\n"))
        text = text.rstrip("\n")
        return text if "-" in head else text + "\n"

    def _scalar(self, text, line):
        value, rest = _flow(text.strip(), line.number)
        if rest.strip():
            _complain(line.number, "expected <block end>, but found '<scalar>'")
        return value


def _closed(text):
    depth, quote = 0, ""
    for c in text:
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'":
            quote = c
        elif c in "[{":
            depth += 1
        elif c in "]}":
            depth -= 1
    return depth == 0


def _flow(text, number):
    """(value, what follows) of a scalar or a flow collection."""
    if text.startswith("["):
        found, rest = [], text[1:].lstrip()
        while not rest.startswith("]"):
            if not rest:
                _complain(number, "while parsing a flow sequence\nexpected ',' or ']'")
            value, rest = _flow_item(rest, number, "]")
            found.append(value)
            rest = rest.lstrip().removeprefix(",").lstrip()
        return found, rest[1:]
    if text.startswith("{"):
        found, rest = {}, text[1:].lstrip()
        while not rest.startswith("}"):
            matched = re.match(r"""("[^"]*"|'[^']*'|[^:,{}]+?)\s*:\s*""", rest)
            if not matched:
                _complain(number, "while parsing a flow mapping\nexpected ',' or '}'")
            key = _flow(matched[1], number)[0]
            found[key], rest = _flow_item(rest[matched.end():], number, "}")
            rest = rest.lstrip().removeprefix(",").lstrip()
        return found, rest[1:]
    return _plain(text)


def _flow_item(text, number, end):
    if text[:1] in ("[", "{", '"', "'"):
        return _flow(text, number)
    stop = re.search(rf"[,{re.escape(end)}]", text)
    at = stop.start() if stop else len(text)
    return _plain(text[:at].strip())[0], text[at:]


def _plain(text):
    if text.startswith('"'):
        matched = re.match(r'"((?:\\.|[^"\\])*)"', text)
        escapes = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " "}
        value = re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[1]), matched[1]) if matched else text
        return value, text[matched.end():] if matched else ""
    if text.startswith("'"):
        matched = re.match(r"'((?:''|[^'])*)'", text)
        return (matched[1].replace("''", "'"), text[matched.end():]) if matched else (text, "")
    if text in ("", "~", "null", "Null"):
        return None, ""
    if text.lower() in ("true", "yes", "on"):
        return True, ""
    if text.lower() in ("false", "no", "off"):
        return False, ""
    if re.fullmatch(r"[-+]?\d+", text) and not re.fullmatch(r"0\d+", text):
        return int(text), ""
    if re.fullmatch(r"[-+]?\d+\.\d+", text):
        return float(text), ""
    sexagesimal = re.fullmatch(r"(\d+):([0-5]?\d)", text)
    if sexagesimal:  # YAML 1.1: why ports are quoted
        return int(sexagesimal[1]) * 60 + int(sexagesimal[2]), ""
    return text, ""


def load(text):
    return Reader(text).document()
