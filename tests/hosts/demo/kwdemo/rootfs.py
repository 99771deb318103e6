"""The file system of one host: an own tree, with the machine's /usr shown read-only below it."""
import os
import shutil

HERE = os.path.dirname(os.path.realpath(__file__))
GUEST = os.path.join(HERE, "..", "guest")
DOCKER = os.path.join(HERE, "..", "..", "docker")
OWN = (
    "root",
    "home/kaiwudb",
    "opt/kwdemo",
    "srv",
    "mnt",
    "media",
    "etc",
    "usr/bin",
    "usr/sbin",
    "usr/local/bin",
    "usr/local/lib",
    "usr/local/sbin",
    "usr/local/share",
    "var/cache",
    "var/log",
    "var/lib/dpkg/info",
    "var/lib/dpkg/updates",
    "var/lib/dpkg/triggers",
    "var/tmp",
    "tmp",
    "run/lock",
    "run/systemd/system",
    "proc",
    "dev",
    "sys",
    ".machine",
)
SHARED = ("lib", "lib32", "lib64", "libx32", "libexec", "share")
# What a host does not have, or has in a form of its own.
HIDDEN = {
    "kwbase",
    "sudo",
    "sudoedit",
    "visudo",
    "su",
    "systemctl",
    "journalctl",
    "systemd-run",
    "loginctl",
    "docker",
    "dockerd",
    "docker-compose",
    "podman",
    "hostnamectl",
    "machinectl",
    "reboot",
    "shutdown",
    "poweroff",
    "halt",
    "sysctl",
    "systemd-analyze",
    "crontab",
}
OWN_COMMANDS = {
    "systemctl": "usr/bin",
    "journalctl": "usr/bin",
    "sudo": "usr/bin",
    "curl": "usr/bin",
    "sysctl": "usr/sbin",
}
OWN_MODULES = ("init.py", "service.py", "unitfile.py", "journal.py", "client.py")
COPIED_ETC = (
    "os-release",
    "debian_version",
    "ld.so.cache",
    "ld.so.conf",
    "localtime",
    "nsswitch.conf",
    "profile",
    "bash.bashrc",
    "login.defs",
    "protocols",
    "services",
    "mime.types",
)


def _text(path, content, mode=0o644):
    with open(path, "w", encoding="utf-8") as f:
        f.write(content)
    os.chmod(path, mode)


def _commands(root, folder):
    """Links to the machine's commands, so that packages can add and remove names beside them."""
    for name in os.listdir("/usr/" + folder):
        if name not in HIDDEN and not name.startswith("systemd-"):
            os.symlink(f"/.machine/{folder}/{name}", os.path.join(root, "usr", folder, name))


def _etc(root, host):
    etc = os.path.join(root, "etc")
    for name in COPIED_ETC:
        if os.path.exists("/etc/" + name):
            shutil.copyfile("/etc/" + name, os.path.join(etc, name))
    if os.path.isdir("/etc/alternatives"):
        shutil.copytree("/etc/alternatives", os.path.join(etc, "alternatives"), symlinks=True)
    for name in (
        "ld.so.conf.d",
        "ssl",
        "systemd/system",
        "dpkg/dpkg.cfg.d",
        "kwsim/fault",
        "sudoers.d",
    ):
        os.makedirs(os.path.join(etc, name), exist_ok=True)
    if os.path.exists("/etc/ssl/openssl.cnf"):
        shutil.copyfile("/etc/ssl/openssl.cnf", os.path.join(etc, "ssl/openssl.cnf"))
    for name in os.listdir("/etc/ld.so.conf.d") if os.path.isdir("/etc/ld.so.conf.d") else []:
        if name != "kaiwudb.conf":
            shutil.copyfile("/etc/ld.so.conf.d/" + name, os.path.join(etc, "ld.so.conf.d", name))
    _text(
        os.path.join(etc, "passwd"),
        "root:x:0:0:root:/root:/bin/bash\n"
        "kaiwudb:x:0:0::/home/kaiwudb:/bin/bash\n"
        "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    )
    _text(os.path.join(etc, "group"), "root:x:0:\nkaiwudb:x:0:\nnogroup:x:65534:\n")
    _text(
        os.path.join(etc, "shadow"),
        "root:*:20000:0:99999:7:::\nkaiwudb:!:20000:0:99999:7:::\n",
        0o600,
    )
    _text(os.path.join(etc, "sudoers"), "root ALL=(ALL:ALL) ALL\n", 0o600)
    _text(os.path.join(etc, "hostname"), host.name + "\n")
    _text(os.path.join(etc, "hosts"), f"{host.address} {host.name} localhost\n")
    _text(os.path.join(etc, "machine-id"), os.urandom(16).hex() + "\n")


def create(root, host, with_docker=False):
    for name in OWN:
        os.makedirs(os.path.join(root, name), exist_ok=True)
    for name in ("tmp", "var/tmp"):
        os.chmod(os.path.join(root, name), 0o1777)
    for name in SHARED:
        if os.path.isdir("/usr/" + name) and not os.path.islink("/usr/" + name):
            os.makedirs(os.path.join(root, "usr", name), exist_ok=True)
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        if os.path.isdir("/usr/" + name):
            os.symlink("usr/" + name, os.path.join(root, name))
    for folder in ("bin", "sbin"):
        _commands(root, folder)
    os.symlink("/run", os.path.join(root, "var/run"))
    _etc(root, host)
    for name in ("status", "available", "diversions", "statoverride"):
        _text(os.path.join(root, "var/lib/dpkg", name), "")
    for name, folder in OWN_COMMANDS.items():
        _own_command(root, name, folder)
    for name in OWN_MODULES:
        shutil.copyfile(os.path.join(GUEST, name), os.path.join(root, "opt/kwdemo", name))
    if with_docker:
        _docker(root)


def _docker(root):
    for name in ("docker", "docker-compose"):
        target = os.path.join(root, "usr/bin", name)
        shutil.copyfile(os.path.join(DOCKER, name), target)
        os.chmod(target, 0o755)
    shutil.copytree(
        os.path.join(DOCKER, "dockersim"),
        os.path.join(root, "opt/kwdemo/dockersim"),
        ignore=shutil.ignore_patterns("__pycache__", "README.md"),
    )
    os.makedirs(os.path.join(root, "var/lib/docker"))


def _own_command(root, name, folder):
    target = os.path.join(root, folder, name)
    if name == "curl" and not os.path.lexists(target):
        return  # the machine has none: neither has the host
    if os.path.lexists(target):
        os.unlink(target)
    shutil.copyfile(os.path.join(GUEST, name), target)
    os.chmod(target, 0o755)


def mounts(root):
    """The bubblewrap options that show this tree as /."""
    options = ["--bind", root, "/", "--ro-bind", "/usr", "/.machine"]
    for name in SHARED:
        if os.path.isdir(os.path.join(root, "usr", name)):
            options += ["--ro-bind", "/usr/" + name, "/usr/" + name]
    for name in ("bin", "sbin", "lib", "lib64"):
        if os.path.isdir("/" + name) and not os.path.islink("/" + name):
            options += ["--ro-bind", "/" + name, "/" + name]  # machines without merged /usr
    return options + ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm"]
