"""Processes a cluster has started, remembered in a file with their start time.

A process id alone proves nothing: it may have been given to somebody else since. Id and start time together
do, so only what is surely ours is ever signalled, also after a crash of this program.
"""
import contextlib
import fcntl
import json
import os
import re
import signal
import time


def start_time(pid):
    """Clock ticks since boot, or None when there is no such (living) process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            fields = f.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def descendants(root):
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as f:
                parent = int(f.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(name))
    found, todo = [], [root]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def mentioning(path):
    """This user's bwrap and sshd with this path as an argument: started, but not written down.

    Some rewrite their arguments into one (sshd: …), so blanks separate as well.
    """
    pattern = re.compile(rb"(^|[\0 ])" + re.escape(os.fsencode(path)) + rb"([\0 ]|$)")
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat("/proc/" + name).st_uid != os.getuid():
                continue
            with open(f"/proc/{name}/comm", encoding="utf-8", errors="replace") as f:
                known = f.read().strip() in ("bwrap", "sshd")
            with open(f"/proc/{name}/cmdline", "rb") as f:
                text = f.read()
        except OSError:
            continue
        if known and pattern.search(text):
            found.append(int(name))
    return found


def end(pid, started):
    """Kills a process and what came from it, and waits until they have gone."""
    family = [(p, start_time(p)) for p in descendants(pid)] + [(pid, started)]
    for p, since in family:
        if since is not None and start_time(p) == since:
            _kill(p)
    _wait_gone(family)


class Register:
    """Safe to use from several threads and processes at a time."""

    def __init__(self, path):
        self.path = path

    @contextlib.contextmanager
    def _alone(self):
        with open(self.path + ".lock", "w", encoding="ascii") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            yield

    def _read(self):
        try:
            with open(self.path, encoding="ascii") as f:
                return json.load(f)
        except (OSError, ValueError):
            return {}

    def _write(self, entries):
        with open(self.path + ".new", "w", encoding="ascii") as f:
            json.dump(entries, f)
            f.flush()
            os.fsync(f.fileno())
        os.replace(self.path + ".new", self.path)

    def add(self, name, pid):
        with self._alone():
            entries = self._read()
            entries[name] = [pid, start_time(pid)]
            self._write(entries)

    def alive(self, name):
        """The process id while the process lives, else None."""
        pid, started = self._read().get(name, [0, None])
        return pid if started is not None and start_time(pid) == started else None

    def names(self):
        return list(self._read())

    def end(self, name):
        pid, started = self._read().get(name, [0, None])
        if started is not None and start_time(pid) == started:
            end(pid, started)
        with self._alone():
            entries = self._read()
            if entries.pop(name, None) is not None:
                self._write(entries)


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _wait_gone(family, limit=10):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        for pid, _ in family:  # our own children have to be reaped
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass
        if all(started is None or start_time(pid) != started for pid, started in family):
            return
        time.sleep(0.02)
