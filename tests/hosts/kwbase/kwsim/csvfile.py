"""CSV as EXPORT writes and IMPORT reads it: an empty string is quoted, NULL is nothing."""
CODECS = {"UTF-8": "utf-8", "GBK": "gbk", "GB18030": "gb18030", "BIG5": "big5"}


class Dialect:
    def __init__(self, options):
        self.comma = options.get("delimiter", ",")
        self.enclosed = options.get("enclosed", '"')
        self.escaped = options.get("escaped", '"')
        self.null = options.get("nullas", options.get("nullif", ""))
        self.charset = CODECS[options.get("charset", "UTF-8")]

    def line(self, values):
        return self.comma.join(self._field(v) for v in values) + "\n"

    def _field(self, value):
        if value is None:
            return self.null
        odd = (self.comma, self.enclosed, "\r", "\n")
        if value in ("", "\\.", self.null) or value[0].isspace() or any(c in value for c in odd):
            inner = value.replace(self.enclosed, self.escaped + self.enclosed)
            return self.enclosed + inner + self.enclosed
        return value

    def encoded(self, text):
        return text.encode(self.charset, "replace")

    def rows(self, data):
        """Fields of each record: str, or None for NULL."""
        text = data.decode(self.charset, "replace")
        at, end = 0, len(text)
        while at < end:
            row, at = self._record(text, at, end)
            if row != [None]:
                yield row

    def _record(self, text, at, end):
        row = []
        while True:
            if at < end and text[at] == self.enclosed:
                field, at = self._enclosed(text, at + 1, end)
            else:
                start = at
                while at < end and text[at] not in (self.comma, "\n"):
                    at += 1
                field = text[start:at].rstrip("\r")
                field = None if field == self.null else field
            row.append(field)
            if at >= end or text[at] == "\n":
                return row, at + 1
            at += 1

    def _enclosed(self, text, at, end):
        out = []
        while at < end:
            c = text[at]
            if c == self.escaped and text[at + 1:at + 2] == self.enclosed:
                out.append(self.enclosed)
                at += 2
            elif c == self.enclosed:
                break
            else:
                out.append(c)
                at += 1
        return "".join(out), at + 1
