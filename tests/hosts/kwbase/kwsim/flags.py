"""Command-line flags the way the original's flag library takes them, with KWBASE_* defaults."""
import os


class UsageError(Exception):
    """A bad flag: the original prints the usage of the command before the error."""


class CommandError(Exception):
    """`text` follows on stderr; then `Failed running "…"`."""

    def __init__(self, text, stdout=""):
        super().__init__(text)
        self.text, self.stdout = text, stdout


_SHORT = {"e": "execute", "u": "user", "d": "database", "s": "store", "h": "help"}
_BOOL = {"insecure", "background", "upgrade-complete", "ranges", "stats", "decommission", "all",
         "no-color", "help", "tlcp", "overwrite", "allow-ca-key-reuse", "echo-sql", "safe-updates",
         "disable-cluster-name-verification", "self"}
_LISTS = {"execute", "join", "store", "set", "locality-advertise-addr"}
_CLIENT = {"host", "insecure", "certs-dir", "url", "user", "database", "port", "timeout",
           "cluster-name", "disable-cluster-name-verification", "cert-principal-map", "tlcp"}
CERT = {"certs-dir", "ca-key", "overwrite", "allow-ca-key-reuse", "key-size", "lifetime", "format"}
GLOBAL = {"logtostderr", "no-color", "vmodule", "help", "log-dir"}
STATUS = _CLIENT | {"ranges", "stats", "decommission", "all", "format"}
NODE = _CLIENT | {"format", "wait", "drain-wait", "self"}
SQL = _CLIENT | {"execute", "format", "set", "echo-sql", "safe-updates"}
START = {"insecure", "certs-dir", "listen-addr", "advertise-addr", "http-addr", "store", "join",
         "upgrade-complete", "background", "cache", "max-sql-memory", "locality", "attrs",
         "advertise-host", "sql-addr", "advertise-sql-addr", "max-offset", "store-encryption",
         "cluster-name", "temp-dir", "external-io-dir", "tlcp", "host", "port", "http-port",
         "pid-file", "listening-url-file", "brpc-addr", "disable-cluster-name-verification"}


class Flags:
    def __init__(self, argv, allowed):
        self.values, self.arguments = {}, []
        pending = list(argv)
        while pending:
            word = pending.pop(0)
            if word == "--":
                self.arguments += pending
                break
            if word.startswith("--"):
                self._long(word[2:], pending, allowed | GLOBAL)
            elif word.startswith("-") and len(word) > 1 and not word[1].isdigit():
                self._short(word[1:], pending, allowed | GLOBAL)
            else:
                self.arguments.append(word)

    def _long(self, word, pending, allowed):
        name, equals, value = word.partition("=")
        if name not in allowed:
            raise UsageError(f"unknown flag: --{name}")
        if name in _BOOL:
            if equals and value.lower() not in ("true", "false", "t", "f", "1", "0"):
                raise UsageError(f'invalid argument "{value}" for "--{name}" flag: '
                                 f'strconv.ParseBool: parsing "{value}": invalid syntax')
            self.values[name] = not equals or value.lower() in ("true", "t", "1")
            return
        if not equals:
            if name == "logtostderr":
                return
            if not pending:
                raise UsageError(f"flag needs an argument: --{name}")
            value = pending.pop(0)
        self._keep(name, value)

    def _short(self, letters, pending, allowed):
        name = _SHORT.get(letters[0])
        if name is None or name not in allowed:
            raise UsageError(f"unknown shorthand flag: '{letters[0]}' in -{letters}")
        if name in _BOOL:
            self.values[name] = True
            return
        if len(letters) > 1:
            self._keep(name, letters[1:].removeprefix("="))
        elif pending:
            self._keep(name, pending.pop(0))
        else:
            raise UsageError(f"flag needs an argument: '{letters}' in -{letters}")

    def _keep(self, name, value):
        if name == "format":
            from .render import FORMATS
            if value not in FORMATS:
                raise UsageError(f'invalid argument "{value}" for "--format" flag: invalid table '
                                 f"display format: {value} (possible values: tsv, csv, table, "
                                 "records, sql, html, raw)")
        if name in _LISTS:
            self.values.setdefault(name, []).append(value)
        else:
            self.values[name] = value

    def get(self, name, default=None, env=None):
        if name in self.values:
            return self.values[name]
        if env is not None and os.environ.get(env):
            return os.environ[env]
        return default

    def on(self, name, env=None):
        value = self.get(name, False, env)
        return value if isinstance(value, bool) else str(value).lower() in ("true", "t", "1")
