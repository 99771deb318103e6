"""One cgroup per host in every mounted hierarchy: it starts, freezes and kills a host as a whole.

Three layouts exist: v2 only (/sys/fs/cgroup is cgroup2), v1 only and hybrid (one mount per
controller below /sys/fs/cgroup, a named one "systemd", and with hybrid a cgroup2 one "unified").
Processes of a host are known only by being in its cgroup; nothing is ever looked up by name.
"""

import os
import signal
import time
from pathlib import Path

from kwlab import settings as s
from kwlab.shell import LabError

TOP = Path("/sys/fs/cgroup")


def hierarchies():
    """Mount points of all hierarchies; the first one is the one systemd keeps its processes in."""
    found = []
    for line in open("/proc/self/mounts"):
        _, where, kind = line.split()[:3]
        if kind in ("cgroup", "cgroup2") and (
            where == str(TOP) or os.path.dirname(where) == str(TOP)
        ):
            found.append(Path(where))
    found = sorted(set(found), key=lambda p: (p.name != "systemd", p.name != "unified", p.name))
    usable = [p for p in found if os.access(p, os.W_OK) and (p / "cgroup.procs").exists()]
    if not usable or (usable[0] != TOP and usable[0].name != "systemd"):
        raise LabError(
            "No writable cgroup hierarchy that systemd could use is mounted below %s." % TOP
        )
    return usable


def paths(name: str):
    return [h / s.PREFIX / name for h in hierarchies()]


def make(name: str):
    for path in paths(name):
        path.mkdir(parents=True, exist_ok=True)
        if path.parts[4:5] == ("cpuset",):
            inheritCpuset(path.parent)
            inheritCpuset(path)


def inheritCpuset(path: Path):
    """A fresh v1 cpuset accepts no process before it has processors and memory nodes."""
    for name in ("cpuset.cpus", "cpuset.mems"):
        (path / name).write_text((path.parent / name).read_text())


def enter(name: str):
    """Moves the calling process into the host's cgroups (used between fork and exec)."""
    for path in paths(name):
        (path / "cgroup.procs").write_text(str(os.getpid()))


def pids(name: str):
    found = set()
    for path in paths(name):
        for procs in path.rglob("cgroup.procs"):
            try:
                found.update(int(line) for line in procs.read_text().split())
            except OSError:  # the group went away, or is of the threaded kind
                pass
    return found - {0}


def leader(name: str):
    """Process id (as seen here) of the host's init, or None while there is none."""
    try:
        top = paths(name)[0] / "payload/init.scope/cgroup.procs"
        return int(top.read_text().split()[0])
    except (OSError, IndexError):
        return None


def freeze(name: str, frozen: bool):
    for path in paths(name):
        if (path / "freezer.state").exists():
            (path / "freezer.state").write_text("FROZEN" if frozen else "THAWED")
            return
    for path in paths(name):
        if (path / "cgroup.freeze").exists():
            (path / "cgroup.freeze").write_text("1" if frozen else "0")
            return
    raise LabError("This kernel has no cgroup freezer.")


def kill(name: str, seconds: float = 10):
    """SIGKILL for everything in the host, until nothing is left."""
    deadline = time.monotonic() + seconds
    if any(path.exists() for path in paths(name)):
        freeze(name, False)
    while left := pids(name):
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if time.monotonic() > deadline:
            raise LabError("%s: processes %s survive SIGKILL." % (name, sorted(left)))
        time.sleep(0.02)


def drop(name: str):
    """Removes the host's cgroups; call after kill()."""
    for path in paths(name):
        for folder, _, _ in os.walk(path, topdown=False):
            try:
                os.rmdir(folder)
            except OSError:
                pass
    for path in paths(name):
        try:
            path.parent.rmdir()
        except OSError:  # other hosts are still in it
            pass


def names():
    """Hosts that have a cgroup, whether or not anything else of them is left."""
    found = set()
    for h in hierarchies():
        top = h / s.PREFIX
        if top.is_dir():
            found.update(p.name for p in top.iterdir() if p.is_dir())
    return sorted(found)
