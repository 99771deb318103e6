"""The cached root file system that every host is an overlay of."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from kwlab import settings as s
from kwlab.shell import LabError, run

PACKAGES = (
    "systemd,systemd-sysv,dbus,openssh-server,openssh-sftp-server,sudo,iproute2,iputils-ping,"
    "procps,ca-certificates,less,passwd,netcat-openbsd,curl,python3-minimal,python3,psmisc,"
    "squashfs-tools,openssl"
)
DROPPED = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/info/*")
MASKED = (
    "getty.target console-getty.service apt-daily.timer apt-daily-upgrade.timer "
    "dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer "
    "systemd-tmpfiles-clean.timer"
).split()

SSHD_CONFIG = """\
PasswordAuthentication yes
KbdInteractiveAuthentication yes
PermitRootLogin yes
UseDNS no
MaxStartups 200:30:400
Match User kwkbd
    AuthenticationMethods keyboard-interactive
    PubkeyAuthentication no
"""

# The vendor's unit sets vm.max_map_count before it starts. That value belongs to the machine, not
# to a host: each host gets a file of its own in that place, so the command works and changes nothing.
MAP_COUNT_UNIT = """\
[Unit]
Description=Own vm.max_map_count
DefaultDependencies=no
Before=sysinit.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'echo 65530 > /run/max_map_count'
ExecStart=/bin/mount --bind /run/max_map_count /proc/sys/vm/max_map_count
[Install]
WantedBy=sysinit.target
"""


def recipe() -> str:
    """Changes whenever this file or the settings do: a stale cache is never used."""
    digest = hashlib.sha256()
    for name in ("base.py", "settings.py"):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()


def isBuilt() -> bool:
    stamp = s.BASE / "stamp"
    return stamp.is_file() and stamp.read_text() == recipe()


def build():
    """Builds the root file system if it is not cached. Takes about a minute; needs the network."""
    s.STATE.mkdir(parents=True, exist_ok=True)
    makeClientKey()
    if isBuilt():
        return
    shutil.rmtree(s.BASE, ignore_errors=True)
    s.BASE.mkdir(parents=True)
    root = s.BASE / "rootfs"
    codename, sources = aptSources()
    argv = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=" + PACKAGES]
    argv += ["--dpkgopt=path-exclude=" + path for path in DROPPED]
    argv += ["--aptopt=" + option for option in aptOptions()]
    run(*argv, codename, root, *sources)
    configure(root)
    (s.BASE / "stamp").write_text(recipe())


def makeClientKey():
    s.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not s.CLIENT_KEY.exists():
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "kwup-lab", "-f", s.CLIENT_KEY)


def aptSources():
    """The machine's own distribution sources; sources of other vendors are left out."""
    release = dict(line.rstrip().split("=", 1) for line in open("/etc/os-release") if "=" in line)
    codename = release.get("VERSION_CODENAME", "").strip('"')
    files = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    wanted = re.compile(r"^(deb\s.*\s%s\s|Suites:.*\b%s\b)" % (codename, codename), re.M)
    found = [
        f
        for f in files
        if f.suffix in (".list", ".sources") and f.is_file() and wanted.search(f.read_text())
    ]
    if not codename or not found:
        raise LabError(
            "The root file system cannot be built: no apt source offers this machine's own release."
        )
    return codename, found


def aptOptions():
    """Proxy and certificate settings of the machine's apt; mmdebstrap does not read them."""
    dump = run("apt-config", "dump").stdout.splitlines()
    return [
        line for line in dump if re.match(r'Acquire::https?::(\S*::)?(Proxy|CaInfo)\S* "..*"', line)
    ]


def configure(root: Path):
    (root / "etc/machine-id").write_text("")
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    (root / "etc/resolv.conf").write_text("")
    for key in (root / "etc/ssh").glob("ssh_host_*"):
        key.unlink()
    (root / "etc/ssh/sshd_config.d/lab.conf").write_text(SSHD_CONFIG)
    (root / "etc/systemd/system/lab-map-count.service").write_text(MAP_COUNT_UNIT)
    addUsers(root)
    run("chroot", root, "systemctl", "enable", "-q", "lab-map-count.service", "ssh.service")
    run("chroot", root, "systemctl", "mask", "-q", *MASKED)


def addUsers(root: Path):
    for user in s.USERS:
        run("chroot", root, "useradd", "-m", "-s", "/bin/bash", user)
        authorize(root, user, root / "home" / user)
    authorize(root, "root", root / "root")
    lines = "".join("%s:%s\n" % (user, s.PASSWORD) for user in (*s.USERS, "root"))
    run("chroot", root, "chpasswd", input=lines)
    run("chroot", root, "chage", "-d", "0", "kwexpired")
    for user, rule in (("kwadmin", "NOPASSWD: ALL"), ("kwpass", "ALL")):
        rules = root / "etc/sudoers.d" / user
        rules.write_text("%s ALL=(ALL) %s\n" % (user, rule))
        rules.chmod(0o440)


def authorize(root: Path, user: str, home: Path):
    folder = home / ".ssh"
    folder.mkdir(mode=0o700, exist_ok=True)
    keys = folder / "authorized_keys"
    shutil.copyfile(s.CLIENT_KEY.with_suffix(".pub"), keys)
    keys.chmod(0o600)
    run("chroot", root, "chown", "-R", user + ":", "/" + os.path.relpath(folder, root))
