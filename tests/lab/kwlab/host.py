"""One host: file system, network, boot, power loss, commands."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from kwlab import cgroups, layer, network, settings as s
from kwlab.shell import LabError, run

# systemd-nspawn ends with 133 when the host asks for a reboot.
SUPERVISOR = 'while :; do "$@"; [ $? = 133 ] || exit; done'
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
}

# What dockerd needs beyond an ordinary host. Its overlays cannot lie on the host's overlay.
DOCKER_STORE = "mode=710,size=2g"
DOCKER_OPTIONS = [
    "--capability=CAP_NET_ADMIN,CAP_SYS_RAWIO,CAP_SYSLOG,CAP_BPF,CAP_PERFMON",
    "--system-call-filter=add_key keyctl bpf",
]


class Host:
    def __init__(self, index: int):
        self.index = index
        self.name = s.hostName(index)
        self.address = s.address(index)
        self.folder = s.HOSTS / self.name
        self.root = self.folder / "root"

    @property
    def isLayered(self) -> bool:
        """Whether the host has what layer.py adds: docker, rpm, cmake. Decided by choose()."""
        return (self.folder / "layered").exists()

    def choose(self, layered: bool):
        """Before the first start: the file systems that the host consists of."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if layered:
            (self.folder / "layered").touch()
            (self.folder / "docker").mkdir()
            run("mount", "-t", "tmpfs", "-o", DOCKER_STORE, "kwup-lab", self.folder / "docker")

    @property
    def record(self) -> dict:
        """How KWDB is deployed on this host; goes into lab.json. Empty: the vendor's packages."""
        path = self.folder / "record.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def saveRecord(self, **values):
        (self.folder / "record.json").write_text(json.dumps({**self.record, **values}))

    @property
    def leader(self):
        return cgroups.leader(self.name)

    def start(self):
        """Boots the host; returns at once."""
        if cgroups.pids(self.name):
            raise LabError("%s is running already." % self.name)
        self.mount()
        network.makeHost(self.index)
        cgroups.make(self.name)
        argv = [
            "systemd-nspawn",
            "--quiet",
            "--boot",
            "--directory=%s" % self.root,
            "--machine=" + s.netns(self.index),
            "--hostname=" + self.name,
            "--register=no",
            "--keep-unit",
            "--settings=no",
            "--resolv-conf=off",
            "--timezone=off",
            "--link-journal=no",
            "--console=pipe",
            "--network-namespace-path=/run/netns/" + s.netns(self.index),
        ]
        environment = dict(ENVIRONMENT)
        if self.isLayered:
            argv += [*DOCKER_OPTIONS, "--bind=%s:/var/lib/docker" % (self.folder / "docker")]
            environment["SYSTEMD_NSPAWN_API_VFS_WRITABLE"] = "network"
        with open(self.folder / "console.log", "ab") as log:
            subprocess.Popen(
                ["/bin/sh", "-c", SUPERVISOR, "lab-" + self.name, *argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment,
                start_new_session=True,
                preexec_fn=lambda: cgroups.enter(self.name),
            )

    def crash(self):
        """Power loss: every process is gone at once, nothing is shut down; files stay."""
        cgroups.kill(self.name)
        self.unmount()
        cgroups.drop(self.name)

    def mount(self):
        if os.path.ismount(self.root):
            return
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        lower = "%s:" % layer.UPPER if self.isLayered else ""
        run(
            "mount",
            "-t",
            "overlay",
            s.netns(self.index),
            "-o",
            "lowerdir=%s%s,upperdir=%s,workdir=%s"
            % (lower, s.BASE / "rootfs", self.folder / "upper", self.folder / "work"),
            self.root,
        )

    def unmount(self):
        if os.path.ismount(self.root):
            run("umount", "-R", self.root)

    def personalize(self, count: int):
        """Name, addresses and SSH host keys (cached: a host keeps its keys over many labs)."""
        self.mount()
        (self.root / "etc/hostname").write_text(self.name + "\n")
        peers = "".join("%s %s\n" % (s.address(i), s.hostName(i)) for i in range(1, count + 1))
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n" + peers)
        keys = s.KEYS / self.name
        keys.mkdir(exist_ok=True)
        for kind in ("ed25519", "ecdsa", "rsa"):
            key = keys / ("ssh_host_%s_key" % kind)
            if not key.exists():
                run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", self.name, "-f", key)
            for path in (key, key.with_suffix(".pub")):
                shutil.copy2(path, self.root / "etc/ssh")

    def knownHosts(self) -> str:
        keys = sorted((s.KEYS / self.name).glob("ssh_host_*_key.pub"))
        return "".join(
            "%s %s\n" % (self.address, " ".join(key.read_text().split()[:2])) for key in keys
        )

    def command(self, *argv):
        """argv that runs a command as root inside the host."""
        leader = self.leader
        if leader is None:
            raise LabError("%s is not running." % self.name)
        variables = ["%s=%s" % item for item in ENVIRONMENT.items()]
        return [
            "nsenter",
            "-t",
            str(leader),
            "-m",
            "-u",
            "-i",
            "-n",
            "-p",
            "-r",
            "-w",
            "--",
            "/usr/bin/env",
            "-i",
            *variables,
            *map(str, argv),
        ]

    def exec(self, *argv, **kw):
        return run(*self.command(*argv), **kw)

    def waitBooted(self, deadline: float):
        """Waits until systemd says "running" and sshd answers; deadline in time.monotonic()."""
        state = "off"
        while time.monotonic() < deadline:
            if self.leader is not None:
                state = self.exec("systemctl", "is-system-running", check=False).stdout.strip()
                if state == "running" and self.hasBanner():
                    return
                if state == "degraded":
                    failed = self.exec(
                        "systemctl", "--failed", "--plain", "--no-legend", check=False
                    ).stdout
                    raise LabError("%s: units have failed: %s" % (self.name, failed.strip()))
            time.sleep(0.1)
        raise LabError(
            "%s did not boot (state: %s); see %s." % (self.name, state, self.folder / "console.log")
        )

    def hasBanner(self) -> bool:
        probe = "exec 3<>/dev/tcp/127.0.0.1/22; read -t 2 line <&3; [[ $line == SSH-* ]]"
        return self.exec("bash", "-c", probe, check=False).returncode == 0


def leftoverMounts():
    """Mount points below the hosts folder, innermost first."""
    found = []
    for line in open("/proc/self/mountinfo"):
        where = line.split()[4].encode().decode("unicode_escape")
        if where == str(s.HOSTS) or where.startswith(str(s.HOSTS) + "/"):
            found.append(where)
    return found[::-1]
