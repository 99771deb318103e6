"""The second cached root file system: what hosts with containers, rpm or a toolchain have on top.

A layer over base's root file system, built once, so that ordinary hosts stay as small and quick as
they are: the docker engine and docker-compose, rpm, cmake and make.
"""

import hashlib
import json
import shutil
from pathlib import Path

from kwlab import base, settings as s
from kwlab.shell import LabError, run

FOLDER = s.STATE / "layer"
UPPER = FOLDER / "upper"
# Debian 12 has no package of the "docker compose" plugin (v2); see containers.PLUGIN.
PACKAGES = ("docker.io", "docker-compose", "iptables", "rpm", "cmake", "make")
DROPPED = ("usr/share/man", "usr/share/doc", "usr/share/locale", "usr/share/info", "var/lib/apt")

# No packet filter rules: ports are published by docker-proxy, and no host has a way out anyway.
DAEMON = {
    "iptables": False,
    "ip-masq": False,
    "storage-driver": "overlay2",
    "exec-opts": ["native.cgroupdriver=cgroupfs"],
    "default-runtime": "lab",
    "runtimes": {"lab": {"path": "/usr/local/sbin/runc-lab"}},
}
# systemd-nspawn mounts the controllers of cgroup v1 read-only.
DOCKER_UNIT = """\
[Service]
ExecStartPre=/bin/sh -c 'for c in /sys/fs/cgroup /sys/fs/cgroup/*; do mount -o remount,rw,bind $$c; done; true'
"""
# Containers see the stand-ins' settings without a mount of theirs. What a machine may not give (CAP_SYS_RESOURCE is missing in many virtual ones) no container can
# have: --privileged and --ulimit memlock=-1 would fail there. "docker inspect" shows them all the same.
RUNC = """\
#!/usr/bin/python3 -IS
import json, os, re, sys
argv = sys.argv[1:]
NAMES = "%s".split()
held = int(re.search("CapBnd:\\t(.*)", open("/proc/self/status").read())[1], 16)
allowed = {"CAP_" + name for bit, name in enumerate(NAMES) if held >> bit & 1}
def option(*names):
    return next((argv[i + 1] for i, word in enumerate(argv) if word in names), None)
path = None
if "create" in argv or "run" in argv:
    path = (option("--bundle", "-b") or ".") + "/config.json"
elif "exec" in argv:
    path = option("--process", "-p")
config = json.load(open(path)) if path else {}
if "mounts" in config:
    options = ["rbind", "ro", "rprivate"]
    mount = {"destination": "/etc/kwsim", "source": "/etc/kwsim", "type": "bind", "options": options}
    config["mounts"].append(mount)
if path and "CAP_SYS_RESOURCE" not in allowed:
    process = config.get("process", config)
    process.pop("rlimits", None)
    for kind, names in (process.get("capabilities") or {}).items():
        process["capabilities"][kind] = [name for name in names if name in allowed]
if path:
    json.dump(config, open(path, "w"))
os.execv("/usr/sbin/runc", ["runc", *argv])
"""
CAPABILITIES = (
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE "
    "NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO "
    "SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME "
    "SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG "
    "WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE"  # <linux/capability.h>
)


def recipe() -> str:
    return hashlib.sha256(base.recipe().encode() + Path(__file__).read_bytes()).hexdigest()


def isBuilt() -> bool:
    stamp = FOLDER / "stamp"
    return stamp.is_file() and stamp.read_text() == recipe()


def build():
    """Builds the layer if it is not cached. Takes about a minute; needs the network."""
    base.build()
    if isBuilt():
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in ("upper", "work", "root"):
        (FOLDER / name).mkdir(parents=True)
    root = FOLDER / "root"
    options = "lowerdir=%s,upperdir=%s,workdir=%s" % (base_root(), UPPER, FOLDER / "work")
    run("mount", "-t", "overlay", "kwup-lab-layer", "-o", options, root)
    try:
        install(root)
        configure(root)
    finally:
        run("umount", root)
    (FOLDER / "stamp").write_text(recipe())


def base_root() -> Path:
    return s.BASE / "rootfs"


def install(root: Path):
    """apt runs on this machine and installs into the layer: the layer itself has no way out."""
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    apt = ("chroot", root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")
    run(*apt, "update")
    run(*apt, "install", "-y", "--no-install-recommends", *PACKAGES)
    run(*apt, "clean")
    policy.unlink()
    (root / "etc/resolv.conf").write_text("")
    for name in DROPPED:
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "var/lib/apt/lists/partial").mkdir(parents=True)


def configure(root: Path):
    write(root / "etc/docker/daemon.json", json.dumps(DAEMON, indent=2) + "\n")
    write(root / "usr/local/sbin/runc-lab", RUNC % CAPABILITIES, 0o755)
    write(root / "etc/systemd/system/docker.service.d/lab.conf", DOCKER_UNIT)
    write(root / "etc/rpm/macros", "%_dbpath /var/lib/rpm\n")  # Debian's rpm keeps one a user
    run("chroot", root, "usermod", "-aG", "docker", s.SUDO_USER)
    run("chroot", root, "systemctl", "disable", "-q", "docker.service", "docker.socket")


def write(path: Path, text: str, mode: int = 0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
