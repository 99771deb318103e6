"""What the machine must offer, and free addresses on its loopback network."""
import os
import random
import shutil
import socket
import subprocess

NEEDED = {
    "bwrap": "bubblewrap",
    "nsenter": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "dpkg": "dpkg",
    "dpkg-deb": "dpkg",
    "openssl": "openssl",
}


def missing():
    """A sentence for a person, or None."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
    packages = sorted({p for c, p in NEEDED.items() if not shutil.which(c, path=path)})
    if not shutil.which("sshd", path=path):
        packages.append("openssh-server")
    if packages:
        return "The demo cluster needs these packages on this machine: " + " ".join(packages)
    if not os.path.exists("/usr/bin/python3"):
        return "The demo cluster needs /usr/bin/python3."
    return _namespaces()


def _namespaces():
    probe = subprocess.run(
        [
            "bwrap",
            "--unshare-user",
            "--uid",
            "0",
            "--gid",
            "0",
            "--unshare-pid",
            "--unshare-uts",
            "--cap-add",
            "ALL",
            "--ro-bind",
            "/",
            "/",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "true",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if probe.returncode == 0:
        return None
    return (
        "This machine does not let this user make user namespaces, which the demo hosts live in.\n"
        f"bubblewrap says: {probe.stderr.strip()}\n"
        f"Remedy: {_remedy()}"
    )


def _value(path):
    try:
        with open(path, encoding="ascii") as f:
            return f.read().strip()
    except OSError:
        return None


def _remedy():
    if _value("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl kernel.unprivileged_userns_clone=1"
    if _value("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    if _value("/proc/sys/user/max_user_namespaces") == "0":
        return "sudo sysctl user.max_user_namespaces=15000"
    return (
        "in a container, start it with the rights to make namespaces and to mount /proc "
        "(docker run --privileged, or --security-opt seccomp=unconfined --security-opt systempaths=unconfined)."
    )


def _free(address, port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((address, port))
            return True
        except OSError:
            return False


def addresses(count, ssh_port=20022):
    """(addresses, ssh port): a network 127.X.Y of which the needed ports are free."""
    for attempt in range(200):
        x, y = random.SystemRandom().randint(2, 254), random.SystemRandom().randint(1, 254)
        found = [f"127.{x}.{y}.{i}" for i in range(1, count + 1)]
        port = ssh_port + attempt // 20
        if all(_free(a, p) for a in found for p in (port, 26257, 8080)):
            return found, port
    raise OSError("no free loopback addresses were found")
