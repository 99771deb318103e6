#!/usr/bin/python3
"""sqlclient.py CERTS HOST:PORT… : writes and reads a row for ever, changes to the next server when one fails.

Runs until its standard input ends; then prints JSON: statements, reconnects, and the longest time
between two successes in seconds.
"""

import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hosts/kwbase"))
from kwsim import pgclient  # noqa: E402
from kwsim.flags import CommandError  # noqa: E402

FAILURES = (pgclient.ServerError, CommandError, OSError, EOFError)


class Load:
    def __init__(self, certs, servers):
        self._certs, self._servers = certs, servers
        self._client, self._row = None, 0
        self.statements = self.reconnects = 0
        self.longest, self._good = 0.0, None

    def connect(self):
        host, port = self._servers[0].rsplit(":", 1)
        where = pgclient.Target(host, int(port), False, self._certs, "root", "defaultdb")
        self._client = pgclient.Client(where)

    def once(self):
        try:
            if self._client is None:
                self.connect()
            self._row += 1
            self._client.query("UPSERT INTO defaultdb.load VALUES (1, %d)" % self._row)
            answer = self._client.query("SELECT v FROM defaultdb.load WHERE k = 1")
        except FAILURES as error:
            print("%s: %s" % (self._servers[0], error), file=sys.stderr)
            self._servers.append(self._servers.pop(0))
            self._client = None
            self.reconnects += 1
            return
        if answer[0].rows != [[str(self._row)]]:
            raise SystemExit("read %s instead of %d" % (answer[0].rows, self._row))
        self.note()

    def note(self):
        now = time.monotonic()
        if self._good is not None:
            self.longest = max(self.longest, now - self._good)
        self._good = now
        self.statements += 2


def main():
    load = Load(sys.argv[1], sys.argv[2:])
    load.connect()
    load._client.query("CREATE TABLE IF NOT EXISTS defaultdb.load (k INT PRIMARY KEY, v INT)")
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print("ready", flush=True)
    while not over.wait(0.02):
        load.once()
    figures = {"statements": load.statements, "reconnects": load.reconnects}
    print(json.dumps({**figures, "longestGap": round(load.longest, 2)}), flush=True)


main()
