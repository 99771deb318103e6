"""The journal of a demo host: one line per message, tab separated (time, identifier, pid, text)."""
import os
import threading
import time

PATH = "/run/log/journal.tsv"
_lock = threading.Lock()


def write(ident, pid, text):
    with _lock, open(PATH, "a", encoding="utf-8") as f:
        for line in text.splitlines() or [""]:
            f.write(f"{time.time():.6f}\t{ident}\t{pid}\t{line}\n")


def follow(fd, ident, pid):
    """Copies what a process writes to its journal until every holder of the pipe has gone."""
    with os.fdopen(fd, "r", encoding="utf-8", errors="replace") as stream:
        for line in stream:
            write(ident, pid, line.rstrip("\n"))


def read(count=None):
    try:
        with open(PATH, encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t", 3) for line in f]
    except OSError:
        rows = []
    return rows if count is None else rows[-count:] if count > 0 else []


def stamp(seconds, form):
    local = time.localtime(seconds)
    if form == "short-precise":
        return time.strftime("%b %d %H:%M:%S", local) + f".{int(seconds % 1 * 1e6):06d}"
    if form == "short-iso":
        return time.strftime("%Y-%m-%dT%H:%M:%S%z", local)
    return time.strftime("%b %d %H:%M:%S", local)


def render(row, form="short"):
    seconds, ident, pid, text = row
    if form == "cat":
        return text
    return f"{stamp(float(seconds), form)} {os.uname().nodename} {ident}[{pid}]: {text}"
