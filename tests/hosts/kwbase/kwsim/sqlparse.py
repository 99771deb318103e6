"""A reader for the part of SQL that upgrades need. Expressions become nested tuples."""
import re
from decimal import Decimal

from .sqltypes import SqlError, named

_TOKEN = re.compile(r"""
    (?P<space>\s+|--[^\n]*|/\*.*?\*/)
  | (?P<string>[eE]?'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
  | (?P<param>\$\d+)
  | (?P<word>[^\W\d]\w*)
  | (?P<op>->>|->|:::|::|\|\||<=|>=|<>|!=|[-()\[\],.;*+/%=<>~@:?])
  | (?P<bad>.)
""", re.X | re.S)
_RESERVED = {"FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "AS", "AND", "OR", "NOT", "IN",
             "IS", "LIKE", "UNION", "HAVING", "ON", "JOIN", "LEFT", "INNER", "CASE", "WHEN",
             "THEN", "ELSE", "END", "ASC", "DESC", "BETWEEN", "SELECT", "USING", "CROSS",
             "VALUES", "RETURNING", "TAG"}


class Parser:
    def __init__(self, source):
        self.source = source
        self.tokens = []
        for match in _TOKEN.finditer(source):
            kind = match.lastgroup
            if kind != "space":
                self.tokens.append((kind, match.group(), match.start()))
        self.at = 0

    # -- tokens ------------------------------------------------------------------------------

    def peek(self, ahead=0):
        i = self.at + ahead
        return self.tokens[i] if i < len(self.tokens) else ("end", "", len(self.source))

    def done(self):
        return self.peek()[0] == "end"

    def error(self, hint=None, token=None):
        kind, text, start = token or self.peek()
        near = "EOF" if kind == "end" else text.lower() if kind == "word" else text
        lines = self.source[:start].split("\n")
        rest = self.source[start:].split("\n", 1)
        shown = self.source[:start] + rest[0] + "\n" + " " * len(lines[-1]) + "^"
        raise SqlError(f'at or near "{near}": syntax error', "42601", "source SQL:\n" + shown, hint)

    def ended(self):
        """Where the token before the current one ends in the source."""
        _, text, start = self.tokens[self.at - 1]
        return start + len(text)

    def before(self, word, back=1):
        """Whether the token `back` places ago is this word."""
        at = self.at - back
        return at >= 0 and self.tokens[at][0] == "word" and self.tokens[at][1].upper() == word

    def text(self):
        """A string, or a name in double quotes where the original takes one for a string."""
        kind, text, _ = self.peek()
        if kind not in ("string", "quoted"):
            self.error()
        self.at += 1
        return unquoted(text)

    def word(self):
        kind, text, _ = self.peek()
        return text.upper() if kind == "word" else None

    def accept(self, *words):
        """Consume the words (or operators) if all of them come next."""
        for i, wanted in enumerate(words):
            kind, text, _ = self.peek(i)
            if kind not in ("word", "op") or text.upper() != wanted:
                return False
        self.at += len(words)
        return True

    def expect(self, *words):
        for wanted in words:
            if not self.accept(wanted):
                self.error()

    def name(self, any_word=False):
        kind, text, _ = self.peek()
        if kind == "quoted":
            self.at += 1
            return text[1:-1].replace('""', '"')
        if kind == "word" and (any_word or text.upper() not in _RESERVED):
            self.at += 1
            return text.lower()
        return self.error()

    def dotted(self):
        parts = [self.name()]
        while self.accept("."):
            parts.append(self.name(any_word=True))
        return parts

    # -- expressions -------------------------------------------------------------------------

    def expression(self, no_not=False):
        """With `no_not`, NOT ends it: `DEFAULT 1 NOT NULL`."""
        if no_not:
            return self._sum()
        left = self._and()
        while self.accept("OR"):
            left = ("or", left, self._and())
        return left

    def _and(self):
        left = self._not()
        while self.accept("AND"):
            left = ("and", left, self._not())
        return left

    def _not(self):
        if self.accept("NOT"):
            return ("not", self._not())
        return self._comparison()

    def _comparison(self):
        left = self._sum()
        while True:
            if self.accept("IS"):
                negated = self.accept("NOT")
                word = self.word()
                if word not in ("NULL", "TRUE", "FALSE"):
                    self.error()
                self.at += 1
                literal = {"NULL": None, "TRUE": True, "FALSE": False}[word]
                left = ("is", left, literal)
                left = ("not", left) if negated else left
                continue
            negated = self.word() == "NOT" and self.accept("NOT")
            if self.accept("IN"):
                left = ("in", left, self.listed())
            elif self.accept("LIKE") or self.accept("ILIKE"):
                left = ("like", left, self._sum())
            elif self.accept("BETWEEN"):
                low = self._sum()
                self.expect("AND")
                left = ("and", ("op", ">=", left, low), ("op", "<=", left, self._sum()))
            elif self.peek()[1] in ("=", "<", ">", "<=", ">=", "<>", "!="):
                operator = self.peek()[1]
                self.at += 1
                left = ("op", operator, left, self._sum())
                continue
            else:
                return left
            left = ("not", left) if negated else left

    def listed(self):
        self.expect("(")
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.expect(")")
        return items

    def _sum(self):
        left = self._product()
        while self.peek()[1] in ("+", "-", "||"):
            operator = self.peek()[1]
            self.at += 1
            left = ("op", operator, left, self._product())
        return left

    def _product(self):
        left = self._postfix()
        while self.peek()[1] in ("*", "/", "%"):
            operator = self.peek()[1]
            self.at += 1
            left = ("op", operator, left, self._postfix())
        return left

    def _postfix(self):
        left = self._primary()
        while True:
            if self.accept("::") or self.accept(":::"):
                left = ("cast", left, self.type_name())
            elif self.peek()[1] in ("->", "->>"):
                operator = self.peek()[1]
                self.at += 1
                left = ("json", operator, left, self._primary())
            elif self.accept("["):
                left = ("index", left, self.expression())
                self.expect("]")
            else:
                return left

    def type_name(self):
        token = self.peek()
        found = named(self.name(any_word=True))
        if found is None:
            self.error(token=token)
        if self.accept("("):
            while not self.accept(")"):
                self.at += 1
                if self.done():
                    self.error()
        return found

    def _primary(self):
        kind, text, _ = self.peek()
        if kind == "string":
            self.at += 1
            return ("literal", unquoted(text))
        if kind == "number":
            self.at += 1
            return ("literal", int(text) if text.isdigit() else Decimal(text))
        if kind == "param":
            self.at += 1
            return ("param", int(text[1:]))
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return inner
        if self.accept("-"):
            return ("op", "-", ("literal", 0), self._primary())
        if self.accept("+"):
            return self._primary()
        if kind == "op" and text == "*":
            self.at += 1
            return ("star",)
        if self.word() == "CASE":
            return self._case()
        if self.word() in ("NULL", "TRUE", "FALSE"):
            self.at += 1
            return ("literal", {"NULL": None, "TRUE": True, "FALSE": False}[text.upper()])
        if self.word() in ("TIMESTAMP", "INTERVAL") and self.peek(1)[0] == "string":
            cast = named(text)
            self.at += 1
            return ("cast", self._primary(), cast)
        if self.word() == "CAST" and self.peek(1)[1] == "(":
            self.at += 2
            inner = self.expression()
            self.expect("AS")
            cast = ("cast", inner, self.type_name())
            self.expect(")")
            return cast
        return self._reference()

    def _reference(self):
        parts = self.dotted_or_star()
        if parts[-1] != "*" and self.accept("("):
            arguments = []
            self.accept("DISTINCT")
            while not self.accept(")"):
                arguments.append(self.expression())
                if not self.accept(",") and self.peek()[1] != ")":
                    self.error()
            return ("call", parts[-1], arguments)
        if parts[-1] == "*":
            return ("star",)
        return ("column", parts[-1], parts[-2] if len(parts) > 1 else None)

    def dotted_or_star(self):
        parts = [self.name()]
        while self.accept("."):
            if self.accept("*"):
                return [*parts, "*"]
            parts.append(self.name(any_word=True))
        return parts

    def _case(self):
        self.expect("CASE")
        whens, otherwise = [], ("literal", None)
        while self.accept("WHEN"):
            condition = self.expression()
            self.expect("THEN")
            whens.append((condition, self.expression()))
        if self.accept("ELSE"):
            otherwise = self.expression()
        self.expect("END")
        return ("case", whens, otherwise)

    # -- select ------------------------------------------------------------------------------

    def select(self):
        """After the word SELECT."""
        query = {"distinct": self.accept("DISTINCT"), "from": None, "where": None, "group": [],
                 "order": [], "limit": None, "offset": 0}
        query["items"] = [self._item()]
        while self.accept(","):
            query["items"].append(self._item())
        if self.accept("FROM"):
            query["from"] = self._source()
        if self.accept("WHERE"):
            query["where"] = self.expression()
        if self.accept("GROUP", "BY"):
            query["group"] = [self.expression()]
            while self.accept(","):
                query["group"].append(self.expression())
        if self.accept("ORDER", "BY"):
            query["order"] = [self._order()]
            while self.accept(","):
                query["order"].append(self._order())
        if self.accept("LIMIT"):
            query["limit"] = self.expression()
        if self.accept("OFFSET"):
            query["offset"] = self.expression()
        return query

    def _item(self):
        kind, text, _ = self.peek()
        if kind == "end" or (kind == "word" and text.upper() in _RESERVED
                             and text.upper() != "CASE" and text.upper() != "NOT"):
            self.error(hint="try \\h SELECT")
        expression = self.expression()
        alias = None
        if self.accept("AS"):
            alias = self.name(any_word=True)
        elif self.peek()[0] == "quoted" or (self.peek()[0] == "word"
                                            and self.word() not in _RESERVED):
            alias = self.name()
        return expression, alias

    def _order(self):
        expression = self.expression()
        descending = self.accept("DESC")
        if not descending:
            self.accept("ASC")
        if self.accept("NULLS") and not self.accept("LAST"):
            self.expect("FIRST")
        return expression, descending

    def _source(self):
        left = self._table()
        while True:
            kind = "inner"
            if self.accept("LEFT", "JOIN") or self.accept("LEFT", "OUTER", "JOIN"):
                kind = "left"
            elif not (self.accept("JOIN") or self.accept("INNER", "JOIN")):
                return left
            right = self._table()
            if self.accept("USING"):
                names = [c[1] for c in self.listed()]
                condition = ("using", names)
            else:
                self.expect("ON")
                condition = self.expression()
            left = ("join", kind, left, right, condition)

    def _table(self):
        if self.accept("["):
            start = self.peek()[2]
            while self.peek()[1] != "]":
                if self.done():
                    self.error()
                self.at += 1
            inner = self.source[start:self.peek()[2]]
            self.at += 1
            source = ("statement", inner)
        elif self.accept("("):
            self.expect("SELECT")
            source = ("select", self.select())
            self.expect(")")
        else:
            parts = self.dotted()
            if self.accept("("):
                arguments = [self.expression()]
                while self.accept(","):
                    arguments.append(self.expression())
                self.expect(")")
                source = ("function", parts[-1], arguments)
            else:
                source = ("table", parts)
        alias = source[1][-1] if source[0] == "table" else None
        if self.accept("AS") or (self.peek()[0] in ("word", "quoted")
                                 and self.word() not in _RESERVED):
            alias = self.name()
            if self.accept("("):
                alias = self.name()
                self.expect(")")
            if source[0] == "function":
                source = (*source, alias)
        return ("named", alias, source)


def split_statements(source):
    """Texts between semicolons, empty ones left out."""
    parser, out, start = Parser(source), [], 0
    for kind, text, at in [*parser.tokens, ("op", ";", len(source))]:
        if kind == "op" and text == ";":
            if source[start:at].strip():
                out.append(source[start:at].strip())
            start = at + 1
    return out


def unquoted(text):
    """The value of a string token: 'a', "a" or e'a'."""
    if text[0] in "eE":
        simple = {"n": "\n", "t": "\t", "r": "\r"}
        return re.sub(r"\\(.)", lambda m: simple.get(m[1], m[1]), text[2:-1]).replace("''", "'")
    return text[1:-1].replace(text[0] * 2, text[0])
