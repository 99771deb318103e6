"""Options of a server, from the flags of the three start commands."""
import os

from . import build
from .flags import CommandError, UsageError
from .node_sockets import server_tls


class Options:
    def __init__(self, mode):
        self.mode = mode
        self.insecure = False
        self.certs = self.listen = self.advertise = self.http = self.store = ""
        self.join = []
        self.upgrade_complete = self.background = False
        self.ready_fd = None
        self.argv = []
        self._tls = None

    def server_tls(self):
        """One context for both ports; None when insecure."""
        if self._tls is None and not self.insecure:
            self._tls = server_tls(self.certs)
        return self._tls


def _with_port(address, port):
    host, colon, given = address.rpartition(":")
    if not colon:
        return f"{address or 'localhost'}:{port}"
    return f"{host or '0.0.0.0'}:{given or port}"


def options(mode, flags, argv):
    o = Options(mode)
    o.argv = ["kwbase", *argv]
    o.insecure = flags.on("insecure", "KWBASE_INSECURE")
    o.certs = flags.get("certs-dir", os.path.expanduser("~/.kwbase-certs"), "KWBASE_CERTS_DIR")
    if not o.insecure:
        _check_certificates(o.certs)
    o.listen = _with_port(flags.get("listen-addr", ":26257"), 26257)
    o.advertise = _with_port(flags.get("advertise-addr", o.listen.replace("0.0.0.0", "127.0.0.1")),
                             o.listen.rpartition(":")[2])
    o.http = _with_port(flags.get("http-addr", ":8080"), 8080)
    path = (flags.get("store") or ["kwbase-data"])[0]
    fields = dict(p.partition("=")[::2] for p in path.split(",") if "=" in p)
    o.store = os.path.abspath(fields.get("path", path.split(",")[0]))
    o.join = [a for words in flags.get("join", []) for a in words.split(",") if a]
    o.upgrade_complete = flags.on("upgrade-complete")
    o.background = flags.on("background")
    brpc = flags.get("brpc-addr")
    if brpc is not None and not build.at_least(3):
        raise UsageError("unknown flag: --brpc-addr")
    if build.at_least(3) and not (brpc or "").rpartition(":")[2].isdigit():
        raise CommandError("failed to start server: --brpc-addr's port not specified")
    if mode != "start-single-node" and not o.join:
        raise CommandError("no --join flags provided to 'kwbase start'\nHINT: Consider using "
                           "'kwbase init' or 'kwbase start-single-node' instead")
    return o


def _check_certificates(certs):
    for name in ("ca.crt", "node.crt", "node.key"):
        if not os.access(os.path.join(certs, name), os.R_OK):
            raise CommandError("cannot load certificates.\nCheck your certificate settings, set "
                               "--certs-dir, or use --insecure for insecure clusters.\n\n"
                               + ("problem with CA certificate: not found" if name == "ca.crt"
                                  else "problem with node certificate: not found"))
