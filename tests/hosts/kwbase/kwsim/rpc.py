"""Node-to-node and command-line-to-node calls: one JSON line each way on the SQL port.

The wire is the stand-in's own. A connection opens with MAGIC, which no PostgreSQL client can
send, and a hello that names the security mode; a server of the other mode just closes.
"""
import json
import socket

from . import network

MAGIC = b"KWRPC1\r\n"


class RpcError(Exception):
    """The other side answered with an error."""


class Refused(Exception):
    """The other side closed the connection on the hello: other security mode."""


def split_address(address, default_port=26257):
    host, _, port = address.rpartition(":")
    if not host and not port.isdigit():
        return port, default_port
    return host.strip("[]") or "127.0.0.1", int(port or default_port)


class Channel:
    """A client connection. Not thread-safe; one call at a time."""

    def __init__(self, address, insecure, timeout):
        self._socket = socket.create_connection(network.to_dial(*split_address(address)),
                                                timeout=timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rwb")
        self._file.write(MAGIC)
        try:
            if not self.call(op="hello", insecure=insecure):
                raise Refused(address)
        except (EOFError, ConnectionError) as e:
            self.close()
            raise Refused(address) from e

    def send(self, **message):
        self._file.write(json.dumps(message).encode() + b"\n")
        self._file.flush()

    def receive(self):
        line = self._file.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer = json.loads(line)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer

    def call(self, **message):
        self.send(**message)
        return self.receive()

    def set_timeout(self, seconds):
        self._socket.settimeout(seconds)

    def close(self):
        for part in (self._file, self._socket):
            try:
                part.close()
            except OSError:
                pass


def serve(sock, first, handle, insecure):
    """Server side of a connection whose MAGIC has been read. `handle` yields answers."""
    with sock.makefile("rwb") as stream:
        hello = json.loads(first or stream.readline() or b"{}")
        if hello.get("insecure") != insecure:
            return
        stream.write(b'{"ok": true}\n')
        stream.flush()
        for line in stream:
            try:
                for answer in handle(json.loads(line)):
                    stream.write(json.dumps(answer).encode() + b"\n")
                    stream.flush()
            except RpcError as e:
                stream.write(json.dumps({"error": str(e)}).encode() + b"\n")
                stream.flush()
