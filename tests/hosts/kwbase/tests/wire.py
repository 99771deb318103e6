"""A tiny PostgreSQL client that shows what is on the wire."""
import socket
import struct


class Wire:
    def __init__(self, port, user="root", timeout=20):
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        words = f"user\0{user}\0database\0defaultdb\0\0".encode()
        self.sock.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
        self.parameters, self.error = {}, None
        while True:
            kind, body = self.message()
            if kind == b"S":
                name, value = body.split(b"\0")[:2]
                self.parameters[name.decode()] = value.decode()
            elif kind == b"E":
                self.error = self.fields(body)
                return
            elif kind == b"Z":
                return

    @staticmethod
    def fields(body):
        return {p[:1].decode(): p[1:].decode() for p in body.split(b"\0") if p}

    def exactly(self, count):
        data = b""
        while len(data) < count:
            part = self.sock.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def message(self):
        kind = self.exactly(1)
        return kind, self.exactly(struct.unpack("!i", self.exactly(4))[0] - 4)

    def send(self, kind, body):
        self.sock.sendall(kind + struct.pack("!i", len(body) + 4) + body)

    def until_ready(self):
        """[(kind, body)] up to ReadyForQuery."""
        found = []
        while True:
            kind, body = self.message()
            if kind == b"Z":
                return found
            found.append((kind, body))

    def query(self, source):
        """(columns as (name, oid, size, typmod), rows, error fields)"""
        self.send(b"Q", source.encode() + b"\0")
        return self.result(self.until_ready())

    def prepared(self, source, *values):
        """The same by Parse, Bind, Describe, Execute, Sync."""
        self.send(b"P", b"\0" + source.encode() + b"\0" + struct.pack("!h", 0))
        body = b"\0\0" + struct.pack("!hh", 0, len(values))
        for v in values:
            body += struct.pack("!i", len(v.encode())) + v.encode()
        self.send(b"B", body + struct.pack("!h", 0))
        self.send(b"D", b"P\0")
        self.send(b"E", b"\0" + struct.pack("!i", 0))
        self.send(b"S", b"")
        return self.result(self.until_ready())

    def result(self, messages):
        columns, rows, error = [], [], None
        for kind, body in messages:
            if kind == b"T":
                at = 2
                for _ in range(struct.unpack_from("!h", body)[0]):
                    end = body.index(b"\0", at)
                    _, _, oid, size, mod, _ = struct.unpack_from("!ihihih", body, end + 1)
                    columns.append((body[at:end].decode(), oid, size, mod))
                    at = end + 19
            elif kind == b"D":
                at, row = 2, []
                for _ in range(struct.unpack_from("!h", body)[0]):
                    size, = struct.unpack_from("!i", body, at)
                    at += 4
                    row.append(None if size < 0 else body[at:at + size].decode())
                    at += max(size, 0)
                rows.append(row)
            elif kind == b"E":
                error = self.fields(body)
        return columns, rows, error

    def close(self):
        self.sock.close()
