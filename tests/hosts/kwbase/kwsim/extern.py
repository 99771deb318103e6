"""nodelocal storage: the folder `extern` of any node, written and read through that node."""
import base64
import os
import urllib.parse

from .sqltypes import SqlError


class Extern:
    def __init__(self, node):
        self._cluster = node.cluster
        self._gossip = node.gossip
        self._root = os.path.join(node.options.store, "extern")

    def open(self, uri):
        return Place(self, *self._split(uri))

    def _split(self, uri):
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme != "nodelocal":
            raise SqlError(f'unsupported storage scheme: "{parts.scheme}"')
        if not parts.netloc:
            raise SqlError("host component of nodelocal URI must be a node ID ('self' may be "
                           "used to specify each node should access its own local filesystem)")
        if parts.netloc == "self":
            return self._cluster.node, urllib.parse.unquote(parts.path)
        if not parts.netloc.isdigit():
            raise SqlError(f"host component of nodelocal URI must be a node ID: {uri}")
        return int(parts.netloc), urllib.parse.unquote(parts.path)

    def call(self, node, action, path, data=b""):
        if node in (0, self._cluster.node):
            return self.local(action, path, data)
        link = self._gossip.link_to(node)
        answer = None if link is None else link.ask(
            op="blob", action=action, path=path, data=base64.b64encode(data).decode())
        if answer is None:
            raise SqlError(f"failed to create blob client: connecting to node {node}: failed to "
                           f"resolve n{node}: unable to look up descriptor for n{node}")
        if "failure" in answer:
            raise SqlError(answer["failure"])
        if action == "read":
            return base64.b64decode(answer["value"])
        return answer["value"]

    def serve(self, message):
        """The other side of call()."""
        try:
            value = self.local(message["action"], message["path"],
                               base64.b64decode(message["data"]))
        except SqlError as e:
            return {"failure": e.message}
        return {"value": base64.b64encode(value).decode() if message["action"] == "read"
                else value}

    def local(self, action, path, data=b""):
        whole = os.path.normpath(os.path.join(self._root, path.lstrip("/")))
        if whole != self._root and not whole.startswith(self._root + "/"):
            raise SqlError("local file access to paths outside of external-io-dir is not allowed: "
                           + path)
        try:
            return getattr(self, "_" + action)(whole, data)
        except OSError as e:
            raise SqlError(f"open {whole}: {(e.strerror or str(e)).lower()}") from e

    @staticmethod
    def _write(path, data, mode="wb"):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, mode) as f:
            f.write(data)
        return True

    def _append(self, path, data):
        return self._write(path, data, "ab")

    @staticmethod
    def _read(path, _data):
        if os.path.isdir(path):
            raise SqlError(f'expected a file but "{os.path.basename(path)}" is a directory')
        with open(path, "rb") as f:
            return f.read()

    @staticmethod
    def _list(path, _data):
        return sorted(os.listdir(path)) if os.path.isdir(path) else []

    @staticmethod
    def _count(path, _data):
        return sum(len(files) for _, _, files in os.walk(path))


class Place:
    """A file or folder of nodelocal storage."""

    def __init__(self, extern, node, path):
        self._extern, self._node, self.path = extern, node, path

    def child(self, *names):
        return Place(self._extern, self._node, "/".join([self.path.rstrip("/"), *names]))

    def call(self, action, data=b""):
        return self._extern.call(self._node, action, self.path, data)

    def reach(self):
        """Fails when the node of this place cannot be talked to."""
        self.call("list")
