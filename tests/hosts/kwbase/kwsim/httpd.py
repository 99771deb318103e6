"""The HTTP port (06-http.txt). In secure mode it takes TLS and, for /health, plain text too."""
import json
import re
import socket
import threading
import time

from . import build, clock, settings
from .node_sockets import listening_socket

_JSON = (("Cache-Control", "no-cache"), ("Content-Type", "application/json"),
         ("Grpc-Metadata-Content-Type", "application/grpc"), ("X-Frame-Options", "DENY"))
_LONG = 2048  # longer bodies are sent in chunks, as Go's server does


class HttpServer:
    def __init__(self, node):
        self._node = node
        self._sock = listening_socket(node.options.http)
        self._tls = node.options.server_tls()

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            sock, _ = self._sock.accept()
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        try:
            if self._tls is not None and sock.recv(1, socket.MSG_PEEK) == b"\x16":
                sock = self._tls.wrap_socket(sock, server_side=True)
            with sock, sock.makefile("rwb") as stream:
                while self._one(stream):
                    pass
        except (OSError, ValueError):
            pass  # the client went away, or spoke something else
        finally:
            sock.close()

    def _one(self, stream):
        """Answer one request; False when the connection ends."""
        words = stream.readline(65536).decode("latin-1").split()
        if len(words) != 3:
            return False
        close = words[2] == "HTTP/1.0"
        while True:
            line = stream.readline(65536).strip().lower()
            if not line:
                break
            close = close or line == b"connection: close"
        status, headers, body = self._respond(words[1])
        head = [f"HTTP/1.1 {status}"] + [f"{k}: {v}" for k, v in headers]
        head.append("Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT",
                                             time.gmtime(clock.now())))
        data = body.encode()
        chunked = len(data) > _LONG or any(
            h in (("Trailer", "Grpc-Trailer-Content-Type"), ("Content-Type", "text/plain"))
            for h in headers)
        if chunked:
            head.append("Transfer-Encoding: chunked")
            trailer = b"Grpc-Trailer-Content-Type: application/grpc\r\n" \
                if any(k == "Trailer" for k, _ in headers) else b""
            data = b"%x\r\n%s\r\n0\r\n%s\r\n" % (len(data), data, trailer)
        else:
            head.append(f"Content-Length: {len(data)}")
        stream.write("\r\n".join(head).encode() + b"\r\n\r\n" + data)
        stream.flush()
        return not close

    def _respond(self, target):
        path, _, query = target.partition("?")
        open_pages = {"/health": self._health, "/_admin/v1/health": self._health,
                      "/_status/vars": self._vars}
        pages = {"/_status/nodes": self._nodes, "/_status/details/local": self._details,
                 "/_admin/v1/liveness": self._liveness, "/_admin/v1/settings": self._settings,
                 "/_admin/v1/cluster": self._cluster}
        if path in open_pages:
            return open_pages[path](query)
        if path not in pages:
            return "404 Not Found", (("Cache-Control", "no-cache"),
                                     ("Content-Type", "text/plain; charset=utf-8"),
                                     ("X-Content-Type-Options", "nosniff"),
                                     ("X-Frame-Options", "DENY")), "404 page not found\n"
        if not self._node.options.insecure:
            return "401 Unauthorized", (("Cache-Control", "no-cache"),
                                        ("Content-Type", "text/plain; charset=utf-8"),
                                        ("X-Content-Type-Options", "nosniff"),
                                        ("X-Frame-Options", "DENY")), \
                "a valid authentication cookie is required\n"
        return "200 OK", _JSON, _spread(json.dumps(pages[path](), indent=2))

    def _health(self, query):
        problem = self._problem() if "ready=1" in query.split("&") or \
            "ready=true" in query.split("&") else None
        if problem is None:
            return "200 OK", _JSON, "{\n\n}"
        body = (f'{{\n  "error": "{problem}",\n  "message": "{problem}",\n  "code": 14,\n'
                '  "details": [\n  ]\n}')
        return "503 Service Unavailable", (
            ("Cache-Control", "no-cache"), ("Content-Type", "application/json"),
            ("Trailer", "Grpc-Trailer-Content-Type"), ("X-Frame-Options", "DENY")), body

    def _problem(self):
        cluster = self._node.cluster
        if not cluster.node:
            return "node is waiting for cluster initialization"
        if cluster.draining:
            return "node is shutting down"
        if not cluster.ready or not cluster.has_quorum() or cluster.expired(cluster.node):
            return "node is not healthy"
        return None

    def _vars(self, _query):
        cluster = self._node.cluster
        n = cluster.node
        s = cluster.store.get(f"status/{n}", {"under": 0, "unavailable": 0, "ranges": 0,
                                              "leases": 0})
        out = []
        for name, text, value, store in (
                ("liveness_livenodes", "Number of live nodes in the cluster (will be 0 if this "
                 "node is not itself live)", sum(map(cluster.is_live, cluster.members())), False),
                ("ranges", "Number of ranges", s["ranges"], True),
                ("ranges_unavailable", "Number of ranges with fewer live replicas than needed "
                 "for quorum", s["unavailable"], True),
                ("ranges_underreplicated", "Number of ranges with fewer live replicas than the "
                 "replication target", s["under"], True),
                ("replicas_leaseholders", "Number of lease holders", s["leases"], True)):
            label = f'{{store="{n}"}}' if store else ""
            out.append(f"# HELP {name} {text}\n# TYPE {name} gauge\n{name}{label} {float(value)}\n")
        return "200 OK", (("Cache-Control", "no-cache"), ("Content-Type", "text/plain"),
                          ("X-Frame-Options", "DENY")), "".join(out)

    def _nodes(self):
        cluster = self._node.cluster
        major, minor, unstable = build.CLUSTER_VERSION.replace("-", ".").split(".")
        found = []
        for n, d in cluster.descriptors().items():
            address = {"networkField": "tcp", "addressField": d["address"]}
            found.append({
                "desc": {
                    "nodeId": n, "address": address, "attrs": {"attrs": []},
                    "locality": {"tiers": [{"key": "region", "value": f"NODE{n}"}]},
                    "ServerVersion": {"majorVal": int(major), "minorVal": int(minor), "patch": 0,
                                      "unstable": int(unstable)},
                    "buildTag": d["build"], "startedAt": str(int(d["started"] * 1e9)),
                    "localityAddress": [], "clusterName": "", "sqlAddress": address,
                    "startMode": d["mode"], "nodeStatus": 0,
                    "rangeIndex": [{"rangeId": str(r), "applyIndex": "10"}
                                   for r in self._node.ranges.ids()]},
                "buildInfo": {"tag": d["build"], "time": build.time_of(d["build"]),
                              "goVersion": build.GO},
                "startedAt": str(int(d["started"] * 1e9)),
                "updatedAt": str(int(cluster.updated_at(n) * 1e9))})
        return {"nodes": found}

    def _details(self):
        cluster = self._node.cluster
        address = {"networkField": "tcp", "addressField": self._node.options.advertise}
        return {"nodeId": cluster.node, "address": address,
                "buildInfo": {"goVersion": build.GO, "tag": build.TAG,
                              "time": build.time_of(build.TAG),
                              "revision": build.revision_of(build.TAG),
                              "cgoCompiler": build.COMPILER, "cgoTargetTriple": build.TRIPLE,
                              "platform": build.PLATFORM, "distribution": "", "type": "",
                              "channel": "unknown", "envChannel": "unknown",
                              "dependencies": None},
                "sqlAddress": address}

    def _liveness(self):
        cluster = self._node.cluster
        codes = {"DEAD": 1, "UNAVAILABLE": 2, "LIVE": 3, "DECOMMISSIONING": 4,
                 "DECOMMISSIONED": 5, "UPGRADING": 6}
        found = []
        for n in cluster.descriptors():
            live, flags = cluster.liveness(n), cluster.flags(n)
            found.append({"nodeId": n, "epoch": str(live["epoch"]),
                          "expiration": {"wallTime": str(int(live["expiration"] * 1e9)),
                                         "logical": 0},
                          "draining": live["draining"],
                          "decommissioning": bool(flags.get("decommissioning")), "status": 0,
                          "upgrading": bool(flags.get("upgrading"))})
        return {"livenesses": found,
                "statuses": {str(n): codes[cluster.state(n)] for n in cluster.descriptors()}}

    def _settings(self):
        return {"keyValues": {name: {
            "value": settings.listed(self._node.store, name), "type": settings.kind(name),
            "description": settings.description(name), "public": True}
            for name in settings.names()}}

    def _cluster(self):
        return {"clusterId": self._node.store.get("cluster"), "reportingEnabled": True,
                "enterpriseEnabled": False}


def _spread(text):
    """Empty lists over two lines, as the original's JSON writer has them."""
    return re.sub(r"^( *)(.*)\[\](,?)$", r"\1\2[\n\1]\3", text, flags=re.M)
