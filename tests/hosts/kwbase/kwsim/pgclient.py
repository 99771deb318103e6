"""The command line's SQL connection, with the original's error texts (07-errors, 13-secure)."""
import os
import socket
import struct
from collections import namedtuple

from . import faults, network
from .flags import CommandError

CONNECT_TIMEOUT = max(4.0, faults.scaled(15.0))
_CANNOT_DIAL = ("cannot dial server.\nIs the server running?\nIf the server is running, check "
                "--host client-side and --advertise server-side.\n\n")

Target = namedtuple("Target", "host port insecure certs user database")
Answer = namedtuple("Answer", "tag columns rows")  # columns: (name, oid); rows: str or None


class ServerError(Exception):
    """An error answer; `text` is what kwbase prints after `ERROR: `."""

    def __init__(self, fields):
        self.fields = fields
        text = fields.get("M", "")
        if fields.get("C", "XXUUU") not in ("XXUUU", "28000"):
            text += f"\nSQLSTATE: {fields['C']}"
        for letter, label in (("D", "DETAIL"), ("H", "HINT")):
            if letter in fields:
                text += f"\n{label}: {fields[letter]}"
        super().__init__(text)
        self.text = text


def target(flags):
    """Where to connect to, from flags, --url and KWBASE_* variables."""
    host = flags.get("host", "", "KWBASE_HOST")
    port = flags.get("port", "", "KWBASE_PORT")
    user = flags.get("user", "root", "KWBASE_USER")
    database = flags.get("database", "defaultdb", "KWBASE_DATABASE")
    insecure = flags.on("insecure", "KWBASE_INSECURE")
    certs = flags.get("certs-dir", os.path.expanduser("~/.kwbase-certs"), "KWBASE_CERTS_DIR")
    url = flags.get("url", None, "KWBASE_URL")
    if url:
        import urllib.parse
        parts = urllib.parse.urlsplit(url)
        options = urllib.parse.parse_qs(parts.query)
        host, port = parts.hostname or host, str(parts.port or port)
        user, database = parts.username or user, parts.path.lstrip("/") or database
        insecure = insecure or options.get("sslmode") == ["disable"]
        if "sslrootcert" in options:
            certs = os.path.dirname(options["sslrootcert"][0])
    elif ":" in host and not host.endswith("]"):
        host, _, port = host.rpartition(":")
    return Target(host.strip("[]") or "localhost", int(port or 26257), insecure, certs, user,
                  database)


def check_certificates(where):
    if where.insecure:
        return
    problem = "cannot load certificates.\nCheck your certificate settings, set --certs-dir, or " \
              "use --insecure for insecure clusters.\n\n"
    if not os.path.exists(os.path.join(where.certs, "ca.crt")):
        raise CommandError(problem + "problem with CA certificate: not found")
    for name in (f"client.{where.user}.crt", f"client.{where.user}.key"):
        if not os.access(os.path.join(where.certs, name), os.R_OK):
            raise CommandError(f"{problem}problem with client cert for user {where.user}: "
                               "not found")


def dial_error(where, error, sock=None):
    if isinstance(error, (TimeoutError, socket.timeout)):
        local = "127.0.0.1:0"
        if sock is not None:
            local = "{}:{}".format(*sock.getsockname()[:2])
        text = f"read tcp {local}->{where.host}:{where.port}: i/o timeout"
    elif isinstance(error, ConnectionRefusedError):
        text = f"dial tcp {where.host}:{where.port}: connect: connection refused"
    elif isinstance(error, socket.gaierror):
        text = f"dial tcp: lookup {where.host}: no such host"
    elif isinstance(error, OSError) and error.strerror:
        text = f"dial tcp {where.host}:{where.port}: connect: {error.strerror.lower()}"
    else:
        text = "EOF"
    return CommandError(_CANNOT_DIAL + text)


class Client:
    def __init__(self, where):
        check_certificates(where)
        self._where = where
        self.notices = []
        self._sock = None
        try:
            self._sock = socket.create_connection(network.to_dial(where.host, where.port),
                                                  timeout=CONNECT_TIMEOUT)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not where.insecure:
                self._start_tls()
            self._log_in()
            self._sock.settimeout(None)
        except (OSError, EOFError) as e:
            raise dial_error(where, e, self._sock) from e
        except ServerError as e:
            raise CommandError(e.text) from e

    def _start_tls(self):
        self._sock.sendall(struct.pack("!ii", 8, 80877103))
        if self._exactly(1) != b"S":
            raise CommandError("cannot establish secure connection to insecure server.\n"
                               "Maybe use --insecure?\n\npq: SSL is not enabled on the server")
        import ssl
        where = self._where
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(os.path.join(where.certs, "ca.crt"))
            base = os.path.join(where.certs, f"client.{where.user}.")
            context.load_cert_chain(base + "crt", base + "key")
            self._sock = context.wrap_socket(self._sock, server_hostname=where.host)
        except ssl.SSLCertVerificationError as e:
            raise CommandError("SSL authentication error while connecting.\n\n"
                               f"x509: {e.verify_message}") from e
        except ssl.SSLError as e:
            raise CommandError(f"SSL authentication error while connecting.\n\n{e.reason}") from e

    def _log_in(self):
        words = f"user\0{self._where.user}\0database\0{self._where.database}\0\0".encode()
        self._sock.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
        while True:
            kind, body = self._message()
            if kind == b"R" and struct.unpack("!i", body[:4])[0] == 3:
                self._sock.sendall(b"p" + struct.pack("!i", 5) + b"\0")
            elif kind == b"E":
                raise ServerError(_fields(body))
            elif kind == b"Z":
                return

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            part = self._sock.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def _message(self):
        kind = self._exactly(1)
        return kind, self._exactly(struct.unpack("!i", self._exactly(4))[0] - 4)

    def query(self, source):
        """Answers to all statements of a text; ServerError at the first error."""
        body = source.encode() + b"\0"
        try:
            self._sock.sendall(b"Q" + struct.pack("!i", len(body) + 4) + body)
            return self._answers()
        except (OSError, EOFError) as e:
            raise CommandError("server closed the connection.\nIs this a KwDB node?\n\n"
                               "unexpected EOF") from e

    def _answers(self):
        answers, columns, rows, error = [], None, [], None
        while True:
            kind, body = self._message()
            if kind == b"T":
                columns = _columns(body)
            elif kind == b"D":
                rows.append(_row(body))
            elif kind == b"N":
                self.notices.append(_fields(body)["M"])
            elif kind == b"C":
                answers.append(Answer(body[:-1].decode(), columns, rows))
                columns, rows = None, []
            elif kind == b"E":
                error = ServerError(_fields(body))
                if error.fields.get("S") == "FATAL":
                    raise error
            elif kind == b"Z":
                if error is not None:
                    error.answers = answers
                    raise error
                return answers


def _fields(body):
    return {part[:1].decode(): part[1:].decode() for part in body.split(b"\0") if part}


def _columns(body):
    count, = struct.unpack_from("!h", body)
    at, out = 2, []
    for _ in range(count):
        end = body.index(b"\0", at)
        oid, = struct.unpack_from("!i", body, end + 7)
        out.append((body[at:end].decode(), oid))
        at = end + 19
    return out


def _row(body):
    count, = struct.unpack_from("!h", body)
    at, out = 2, []
    for _ in range(count):
        size, = struct.unpack_from("!i", body, at)
        at += 4
        out.append(None if size < 0 else body[at:at + size].decode())
        at += max(size, 0)
    return out
