"""Faults of one host: those of the lab (network, power, disk) and those of the KWDB stand-ins.

Any name that is not in LAB_FAULTS is a fault of the stand-ins: a file of that name in
/etc/kwsim/fault of the host, with the parameter as its content.
"""

import time

from kwlab import cgroups, network, settings as s
from kwlab.host import Host
from kwlab.shell import LabError

LAB_FAULTS = {
    "link-down": "the cable is out: packets vanish, nobody is told",
    "blackhole": "a packet filter swallows SSH",
    "reset-ssh": "SSH connections are reset",
    "freeze": "the whole host hangs",
    "kill-session": "once: the processes of all SSH sessions die",
    "small-fs": "DIR SIZE: an empty file system of that size on DIR",
    "read-only": "DIR: cannot be written",
    "package-lock": "another program holds the lock of the package database",
    "crash": "power loss; 'start' boots again",
    "start": "once: boots a host that is off",
    "reset": "once: power loss and boot",
}
UNDO = {"link-up": "link-down", "thaw": "freeze"}

HOLD_LOCK = """\
import fcntl, os, signal
if os.fork(): os._exit(0)
os.setsid()
held = [open(name, "a") for name in ("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock")]
for lock in held: fcntl.lockf(lock, fcntl.LOCK_EX)
open("/run/package-lock.pid", "w").write(str(os.getpid()))
null = os.open("/dev/null", os.O_RDWR)
for fd in (0, 1, 2): os.dup2(null, fd)
signal.pause()
"""


def apply(host: Host, name: str, params):
    """Switches a fault on."""
    if name in UNDO:
        return clear(host, UNDO[name], params)
    if name not in LAB_FAULTS:
        return writeFault(host, name, " ".join(params))
    return globals()["apply_" + name.replace("-", "_")](host, *checked(name, params))


def clear(host: Host, name: str, params=()):
    """Switches a fault off; one that is not on is no error. "all" clears what can be cleared."""
    if name == "all":
        return clearAll(host)
    if name not in LAB_FAULTS:
        return (faultDir(host) / name).unlink(missing_ok=True)
    undo = globals().get("clear_" + name.replace("-", "_"))
    if undo is None:
        raise LabError("%s happens once; there is nothing to clear." % name)
    return undo(host, *params)


def clearAll(host: Host):
    for name in ("freeze", "link-down", "blackhole", "reset-ssh"):
        clear(host, name)
    if host.leader is not None:
        clear_package_lock(host)
    for path in faultDir(host).glob("*"):
        path.unlink()


def checked(name: str, params):
    expected = LAB_FAULTS[name].split(":")[0].split() if name in ("small-fs", "read-only") else []
    if len(params) != len(expected):
        raise LabError("usage: lab fault I %s" % " ".join([name, *expected]))
    return params


def faultDir(host: Host):
    host.mount()
    folder = host.root / s.FAULT_DIR
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


def writeFault(host: Host, name: str, content: str):
    if not name.replace("-", "").replace(".", "").replace("_", "").isalnum():
        raise LabError("%r is not the name of a fault." % name)
    path = faultDir(host) / name
    path.write_text(content + "\n" if content else "")
    path.chmod(0o644)


def apply_link_down(host):
    network.setLink(host.index, False)


def clear_link_down(host):
    network.setLink(host.index, True)


def apply_blackhole(host):
    network.setRule(host.index, "blackhole", True)


def clear_blackhole(host):
    network.setRule(host.index, "blackhole", False)


def apply_reset_ssh(host):
    network.setRule(host.index, "reset-ssh", True)


def clear_reset_ssh(host):
    network.setRule(host.index, "reset-ssh", False)


def apply_freeze(host):
    cgroups.freeze(host.name, True)


def clear_freeze(host):
    if host.leader is not None:
        cgroups.freeze(host.name, False)


def apply_kill_session(host):
    host.exec("pkill", "-KILL", "-f", "^sshd: [^/]", check=False)


def apply_small_fs(host, folder, size):
    host.exec("mkdir", "-p", folder)
    host.exec("mount", "-t", "tmpfs", "-o", "size=%s,mode=1777" % size, "tmpfs", folder)


def clear_small_fs(host, folder):
    host.exec("umount", "-l", folder)


def apply_read_only(host, folder):
    host.exec("mount", "--bind", folder, folder)
    host.exec("mount", "-o", "remount,bind,ro", folder)


def clear_read_only(host, folder):
    host.exec("umount", "-l", folder)


def apply_package_lock(host):
    host.exec("python3", "-c", HOLD_LOCK)
    for _ in range(100):
        if host.exec("test", "-s", "/run/package-lock.pid", check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise LabError("%s: the lock of the package database is held by somebody else." % host.name)


def clear_package_lock(host):
    host.exec(
        "sh",
        "-c",
        "[ ! -s $0 ] || kill $(cat $0); rm -f $0",
        "/run/package-lock.pid",
    )


def apply_crash(host):
    host.crash()


def clear_crash(host):
    apply_start(host)


def apply_start(host):
    if host.leader is None:
        host.start()
    host.waitBooted(time.monotonic() + 60)


def apply_reset(host):
    host.crash()
    apply_start(host)
