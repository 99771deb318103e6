"""One host: process 1 in its own user, mount, process and UTS namespaces, and an sshd in front of it."""
import json
import os
import pwd
import shutil
import socket
import subprocess
import time

from . import processes, rootfs

SFTP = (
    "/usr/lib/openssh/sftp-server",
    "/usr/libexec/openssh/sftp-server",
    "/usr/lib/ssh/sftp-server",
)
ENVIRONMENT = (
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME=/root",
    "USER=root",
    "LOGNAME=root",
    "SHELL=/bin/bash",
    "LANG=C.UTF-8",
)

ENTER = """#!/bin/bash
# sshd runs this for every session: the rest happens inside {name}.
pid=$(cat {pidfile} 2>/dev/null) && [ -d /proc/$pid ] || {{ echo "{name} is down" >&2; exit 255; }}
environment=({environment} "SSH_CLIENT=$SSH_CLIENT" "SSH_CONNECTION=$SSH_CONNECTION")
[ -z "$TERM" ] || environment+=("TERM=$TERM")
[ -z "$SSH_TTY" ] || environment+=("SSH_TTY=$SSH_TTY")
in=(nsenter --preserve-credentials -U -m -p -u -t $pid -- /usr/bin/env -i "${{environment[@]}}" /bin/sh -c)
[ -n "${{SSH_ORIGINAL_COMMAND+x}}" ] || exec "${{in[@]}}" 'umask 022; cd /root; exec /bin/bash -l'
exec "${{in[@]}}" 'umask 022; cd /root; exec /bin/bash -c "$1"' sh "$SSH_ORIGINAL_COMMAND"
"""

# HOME: bash reads ~/.bashrc below sshd; what this machine's user has there must not run (and wait).
SSHD = """ListenAddress {address}
Port {port}
HostKey {dir}/hostkey
PidFile none
AuthorizedKeysFile {dir}/authorized_keys
StrictModes no
UsePAM {pam}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PermitUserEnvironment no
AllowTcpForwarding yes
X11Forwarding no
PrintMotd no
UseDNS no
MaxStartups 64
MaxSessions 32
AllowUsers {user}
SetEnv HOME={dir}
ForceCommand {dir}/enter
Subsystem sftp {sftp}
"""


class Host:
    def __init__(self, name, address, port, folder, register):
        self.name, self.address, self.port = name, address, port
        self.dir = os.path.join(folder, "hosts", name)
        self.root = os.path.join(self.dir, "root")
        self.key = os.path.join(folder, "id")
        self.register = register

    # --- making
    def create(self, with_docker=False):
        os.makedirs(self.dir)
        rootfs.create(self.root, self, with_docker)
        subprocess.run(
            [
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                self.name,
                "-f",
                os.path.join(self.dir, "hostkey"),
            ],
            check=True,
        )
        shutil.copyfile(self.key + ".pub", os.path.join(self.dir, "authorized_keys"))
        self._write(
            "enter",
            ENTER.format(
                name=self.name,
                pidfile=os.path.join(self.dir, "init.pid"),
                environment=" ".join(f'"{e}"' for e in ENVIRONMENT),
            ),
            0o755,
        )
        user = pwd.getpwuid(os.getuid()).pw_name
        self._write(
            "sshd_config",
            SSHD.format(
                address=self.address,
                port=self.port,
                dir=self.dir,
                user=user,
                pam=_pam(user),
                sftp=next((s for s in SFTP if os.path.exists(s)), SFTP[0]),
            ),
        )

    def _write(self, name, text, mode=0o644):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="ascii") as f:
            f.write(text)
        os.chmod(path, mode)

    # --- power
    def power_on(self):
        info_read, info_write = os.pipe()
        command = [
            "bwrap",
            "--unshare-user",
            "--uid",
            "0",
            "--gid",
            "0",
            "--unshare-pid",
            "--unshare-uts",
            "--hostname",
            self.name,
            "--cap-add",
            "ALL",
            "--as-pid-1",
            "--info-fd",
            str(info_write),
            *rootfs.mounts(self.root),
            "--chdir",
            "/",
            "--clearenv",
            "--setenv",
            "PATH",
            ENVIRONMENT[0].partition("=")[2],
            "--setenv",
            "LANG",
            "C.UTF-8",
            "--",
            "/usr/bin/python3",
            "-IS",
            "/opt/kwdemo/init.py",
        ]
        with open(os.path.join(self.dir, "init.log"), "ab") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[info_write],
                start_new_session=True,
            )
        self.register.add(self.name + ".bwrap", child.pid)
        os.close(info_write)
        with os.fdopen(info_read) as f:
            text = f.read()
        if not text:
            raise HostError(f"{self.name} does not start: {self._tail('init.log')}")
        pid = json.loads(text)["child-pid"]
        self.register.add(self.name + ".init", pid)
        self._write("init.pid", f"{pid}\n")
        self._start_sshd()
        self._wait(
            lambda: os.path.exists(os.path.join(self.root, "run/systemd/private")), "init.log"
        )

    def _start_sshd(self):
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        log = os.path.join(self.dir, "sshd.log")
        sshd = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        child = subprocess.Popen(
            [sshd, "-D", "-f", os.path.join(self.dir, "sshd_config"), "-E", log],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.register.add(self.name + ".sshd", child.pid)
        self._wait(self._listening, "sshd.log")

    def power_off(self):
        """As a pulled plug: nothing in the host gets a last word."""
        for part in (".sshd", ".init", ".bwrap"):
            self.register.end(self.name + part)
        for path in (self.root, os.path.join(self.dir, "sshd_config")):
            for pid in processes.mentioning(path):  # left by an `up` that was killed
                processes.end(pid, processes.start_time(pid))
        for name in ("run/systemd/private", "run/log/journal.tsv"):
            path = os.path.join(self.root, name)
            if os.path.exists(path):
                os.unlink(path)

    def is_up(self):
        return bool(
            self.register.alive(self.name + ".init") and self.register.alive(self.name + ".sshd")
        )

    def _listening(self):
        with socket.socket() as s:
            s.settimeout(1)
            try:
                s.connect((self.address, self.port))
                return s.recv(4).startswith(b"SSH")
            except OSError:
                return False

    def _wait(self, ready, log, limit=30):
        end = time.monotonic() + limit
        while not ready():
            if time.monotonic() > end:
                raise HostError(f"{self.name} does not come up: {self._tail(log)}")
            time.sleep(0.02)

    def _tail(self, log):
        try:
            with open(os.path.join(self.dir, log), encoding="utf-8", errors="replace") as f:
                return " ".join(f.read().split("\n")[-4:]).strip()
        except OSError:
            return ""

    # --- commands, without ssh
    def run(self, command, **options):
        """Runs an argument list inside; the result is subprocess.run()'s."""
        pid = self.register.alive(self.name + ".init")
        if pid is None:
            raise HostError(f"{self.name} is down")
        return subprocess.run(
            [
                "nsenter",
                "--preserve-credentials",
                "-U",
                "-m",
                "-p",
                "-u",
                "-t",
                str(pid),
                "--",
                "/usr/bin/env",
                "-i",
                *ENVIRONMENT,
                "/bin/sh",
                "-c",
                'umask 022; cd /root; exec "$@"',
                "sh",
                *command,
            ],
            check=False,
            **options,
        )

    def facts(self):
        return {
            "name": self.name,
            "address": self.address,
            "port": self.port,
            "user": pwd.getpwuid(os.getuid()).pw_name,
            "keyFile": self.key,
            "root": self.root,
        }


class HostError(Exception):
    pass


def _pam(user):
    """Without PAM, sshd refuses an account whose password is locked."""
    try:
        with open("/etc/shadow", encoding="utf-8", errors="replace") as f:
            entry = [line for line in f if line.startswith(user + ":")]
    except OSError:
        return "no"
    return "yes" if entry and entry[0].split(":")[1].startswith("!") else "no"
