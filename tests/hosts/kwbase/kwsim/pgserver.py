"""The SQL port: PostgreSQL wire protocol v3, and RPC for connections that open with its MAGIC."""
import os
import re
import socket
import struct
import threading

from . import rpc
from .cluster import NoQuorum
from .faults import scaled
from .node_sockets import listening_socket
from .sqlexec import Session
from .sqlparse import split_statements
from .sqltypes import TEXT, Result, SqlError, text

_SSL_REQUEST, _CANCEL_REQUEST, _PROTOCOL = 80877103, 80877102, 196608
_PARAMETERS = (("client_encoding", "UTF8"), ("DateStyle", "ISO, MDY"),
               ("integer_datetimes", "on"), ("server_encoding", "UTF8"),
               ("server_version", "9.5.0"), ("standard_conforming_strings", "on"))


class PgServer:
    def __init__(self, node):
        self._node = node
        self._sock = listening_socket(node.options.listen)
        self._tls = node.options.server_tls()
        self._sessions = set()
        self._draining = False

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            sock, _ = self._sock.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def drain(self):
        """Refuse new sessions and end those that are idle; busy ones end with their query."""
        self._draining = True
        for connection in list(self._sessions):
            if not connection.busy:
                connection.terminate()

    def _serve(self, sock):
        try:
            if sock.recv(len(rpc.MAGIC), socket.MSG_PEEK) == rpc.MAGIC:
                sock.recv(len(rpc.MAGIC))
                rpc.serve(sock, None, self._node.admin.handle, self._node.options.insecure)
            else:
                Connection(sock, self._node, self._tls, self._sessions,
                           lambda: self._draining).run()
        except (OSError, EOFError, ValueError, NoQuorum, struct.error):
            pass  # the client went away, or spoke something else
        finally:
            sock.close()


class Connection:
    def __init__(self, sock, node, tls, sessions, draining):
        self._sock = sock
        self._node = node
        self._tls = tls
        self._sessions = sessions
        self._draining = draining
        self.busy = False
        self._statements = {}
        self._portals = {}
        self._failed = False
        self._lock = threading.Lock()

    # -- plumbing ----------------------------------------------------------------------------

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            part = self._sock.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def _send(self, *messages):
        data = b"".join(kind + struct.pack("!i", len(body) + 4) + body for kind, body in messages)
        with self._lock:
            self._sock.sendall(data)

    def _error(self, message, code, severity="ERROR", detail=None, hint=None):
        fields = [("S", severity), ("C", code), ("M", message), ("D", detail), ("H", hint),
                  ("F", "server.go"), ("L", "1"), ("R", "exec")]
        body = b"".join(k.encode() + v.encode() + b"\0" for k, v in fields if v is not None)
        self._send((b"E", body + b"\0"))

    def terminate(self):
        try:
            self._error("server is shutting down", "57P01", "FATAL")
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    # -- start-up ----------------------------------------------------------------------------

    def run(self):
        user, database, certified = self._startup()
        if user is None:
            return
        if self._draining():
            self._error("server is not accepting clients", "57P01")
            return
        self._wait_until_served()
        if not self._admit(user, certified):
            return
        self._session = Session(user, database)
        self._send((b"R", struct.pack("!i", 0)),
                   *[(b"S", k.encode() + b"\0" + v.encode() + b"\0") for k, v in _PARAMETERS],
                   (b"K", struct.pack("!ii", os.getpid(), id(self) & 0x7fffffff)),
                   (b"Z", b"I"))
        self._sessions.add(self)
        try:
            self._loop()
        finally:
            self._sessions.discard(self)

    def _startup(self):
        certified = None
        while True:
            length, code = struct.unpack("!ii", self._exactly(8))
            if code == _SSL_REQUEST:
                if self._tls is None:
                    self._sock.sendall(b"N")
                    continue
                self._sock.sendall(b"S")
                self._sock = self._tls.wrap_socket(self._sock, server_side=True)
                subject = self._sock.getpeercert() or {}
                certified = dict(x[0] for x in subject.get("subject", ())).get("commonName")
                continue
            if code == _CANCEL_REQUEST or not 8 <= length <= 10000:
                return None, None, None
            words = self._exactly(length - 8).decode("utf-8", "replace").split("\0")
            if code != _PROTOCOL:
                self._error(f"unknown protocol version {code}", "08P01")
                return None, None, None
            found = dict(zip(words[::2], words[1::2]))
            return found.get("user", "root"), found.get("database"), certified

    def _wait_until_served(self):
        """Before the node is ready, or without quorum, a client waits until it gives up."""
        cluster = self._node.cluster
        while not (cluster.ready and cluster.has_quorum()):
            self._sock.settimeout(max(0.05, scaled(0.2)))
            try:
                if not self._sock.recv(1):
                    raise EOFError
            except (TimeoutError, socket.timeout):
                pass
            finally:
                self._sock.settimeout(None)

    def _admit(self, user, certified):
        if self._tls is None:
            if user in self._node.engine.users.all():
                return True
        elif certified in ("root", "node") and user == "root":
            return True
        else:
            self._send((b"R", struct.pack("!i", 3)))
            if self._exactly(1) != b"p":
                return False
            given = self._exactly(struct.unpack("!i", self._exactly(4))[0] - 4)
            if self._node.engine.users.password_fits(user, given.rstrip(b"\0").decode()):
                return True
        self._error(f"password authentication failed for user {user}", "28000")
        return False

    # -- queries -----------------------------------------------------------------------------

    def _loop(self):
        handlers = {b"Q": self._query, b"P": self._parse, b"B": self._bind, b"D": self._describe,
                    b"E": self._execute, b"C": self._close, b"S": self._sync,
                    b"H": lambda _body: None}
        while True:
            kind = self._exactly(1)
            body = self._exactly(struct.unpack("!i", self._exactly(4))[0] - 4)
            if kind == b"X":
                return
            if kind not in handlers:
                self._error(f"unrecognized client message type {kind!r}", "08P01")
                return
            if self._failed and kind not in b"SQ":
                continue  # after an error everything up to Sync is skipped
            self.busy = True
            try:
                handlers[kind](body)
            except SqlError as e:
                self._error(e.message, e.code, detail=e.detail, hint=e.hint)
                self._failed = kind != b"Q"
                if kind == b"Q":
                    self._send((b"Z", b"I"))
            self.busy = False
            if self._draining():
                self.terminate()
                return

    def _query(self, body):
        self._failed = False
        source = body.rstrip(b"\0").decode("utf-8", "replace")
        statements = split_statements(source)
        if not statements:
            self._send((b"I", b""))
        for statement in statements:
            self._answer(self._run(statement, ()), describe=True)
        self._send((b"Z", b"I"))

    def _run(self, statement, params):
        return self._node.engine.execute(statement, self._session, params)

    def _answer(self, result, describe):
        messages = [(b"N", b"SNOTICE\0C00000\0M" + n.encode() + b"\0\0")
                    for n in result.notices]
        if result.columns is not None:
            if describe:
                messages.append(_row_description(result.columns))
            kinds = [t for _, t in result.columns]
            messages += [_data_row([text(v, t) for v, t in zip(row, kinds)])
                         for row in result.rows]
            tag = f"SELECT {len(result.rows)}"
        else:
            tag = result.tag
        self._send(*messages, (b"C", tag.encode() + b"\0"))

    # -- extended protocol -------------------------------------------------------------------

    def _parse(self, body):
        name, source, _ = body.split(b"\0", 2)
        statements = split_statements(source.decode())
        if len(statements) > 1:
            raise SqlError("prepared statement had multiple statements", "42601")
        self._statements[name] = statements[0] if statements else ""
        self._send((b"1", b""))

    def _bind(self, body):
        portal, name, rest = body.split(b"\0", 2)
        if name not in self._statements:
            raise SqlError(f'unknown prepared statement "{name.decode()}"', "26000")
        count, = struct.unpack_from("!h", rest)
        at = 2 + 2 * count
        total, = struct.unpack_from("!h", rest, at)
        at += 2
        params = []
        for _ in range(total):
            size, = struct.unpack_from("!i", rest, at)
            at += 4
            params.append(None if size < 0 else rest[at:at + size].decode())
            at += max(size, 0)
        self._portals[portal] = [self._statements[name], params, None]
        self._send((b"2", b""))

    def _portal_result(self, portal):
        entry = self._portals.get(portal)
        if entry is None:
            raise SqlError(f'unknown portal "{portal.decode()}"', "34000")
        if entry[2] is None and entry[0]:
            entry[2] = self._run(entry[0], entry[1])
        return entry[2]

    def _describe(self, body):
        name = body[1:].rstrip(b"\0")
        if body[:1] == b"S":
            source = self._statements.get(name, "")
            count = max((int(n) for n in re.findall(r"\$(\d+)", source)), default=0)
            self._send((b"t", struct.pack("!h", count) + struct.pack("!i", TEXT.oid) * count))
            columns = None
            if source[:4].upper() in ("SELE", "SHOW"):
                columns = self._run(source, [None] * count).columns
        else:
            result = self._portal_result(name)
            columns = result.columns if result else None
        self._send(_row_description(columns) if columns is not None else (b"n", b""))

    def _execute(self, body):
        portal = body.split(b"\0", 1)[0]
        result = self._portal_result(portal)
        if result is None:
            self._send((b"I", b""))
            return
        self._answer(result, describe=False)
        self._portals[portal][2] = None if result.columns is not None else Result(result.tag)

    def _close(self, body):
        (self._statements if body[:1] == b"S" else self._portals).pop(body[1:].rstrip(b"\0"), None)
        self._send((b"3", b""))

    def _sync(self, _body):
        self._failed = False
        self._send((b"Z", b"I"))


def _row_description(columns):
    body = struct.pack("!h", len(columns))
    for name, kind in columns:
        body += name.encode() + b"\0" + struct.pack("!ihihih", 0, 0, kind.oid, kind.size, -1, 0)
    return b"T", body


def _data_row(values):
    body = struct.pack("!h", len(values))
    for value in values:
        if value is None:
            body += struct.pack("!i", -1)
        else:
            data = value.encode()
            body += struct.pack("!i", len(data)) + data
    return b"D", body
