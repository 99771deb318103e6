"""Namespaces and mounts: the world a container's processes see."""
import ctypes
import os
import resource
import shutil

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWPID = 0x20000, 0x4000000, 0x20000000
MNT_DETACH = 2
_libc = ctypes.CDLL(None, use_errno=True)


def _check(result, what):
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number).lower()}")


def unshare(flags):
    _check(_libc.unshare(flags), "unshare")


def setns(fd, kind):
    _check(_libc.setns(fd, kind), "setns")


def mount(source, target, kind=None, flags=0, data=None):
    def raw(text):
        return None if text is None else os.fsencode(text)

    _check(
        _libc.mount(raw(source), raw(target), raw(kind), ctypes.c_ulong(flags), raw(data)),
        f"mount {source} to {target}",
    )


def _bind(source, target, read_only=False):
    mount(source, target, flags=MS_BIND | MS_REC)
    if read_only:
        kept = os.statvfs(target).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC)
        mount(None, target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY | kept)


def _place(root, source, destination):
    """The mount point inside the tree: a folder for a folder, a file for anything else."""
    target = root + destination
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.lexists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="ascii"):
            pass
    return target


def _machine(root):
    """Programs for an image that brings none of its own: the machine's, read-only, as on the host."""
    if os.path.lexists(root + "/bin/sh") or not os.path.isdir("/.machine"):
        return
    os.makedirs(root + "/usr", exist_ok=True)
    _bind("/.machine", root + "/usr", read_only=True)
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        if os.path.isdir("/.machine/" + name) and not os.path.lexists(os.path.join(root, name)):
            os.symlink("usr/" + name, os.path.join(root, name))


def _etc(root, hostname, address):
    os.makedirs(root + "/etc", exist_ok=True)
    with open(root + "/etc/hostname", "w", encoding="utf-8") as f:
        f.write(hostname + "\n")
    with open(root + "/etc/hosts", "w", encoding="utf-8") as f:
        f.write(f"127.0.0.1\tlocalhost\n{address}\t{hostname}\n")
    for name in ("ld.so.cache", "localtime"):
        if os.path.exists("/etc/" + name) and not os.path.lexists(f"{root}/etc/{name}"):
            shutil.copyfile("/etc/" + name, f"{root}/etc/{name}")
    if not os.path.exists(root + "/etc/passwd"):
        with open(root + "/etc/passwd", "w", encoding="ascii") as f:
            f.write("root:x:0:0:root:/root:/bin/bash\n")


def enter_new(container, root, address):
    """Called as process 1 of the new container: after it, / is the container's."""
    unshare(CLONE_NEWNS | CLONE_NEWUTS)
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    hostname = container["Config"]["Hostname"]
    _libc.sethostname(hostname.encode(), len(hostname))
    mount(root, root, flags=MS_BIND | MS_REC)
    _machine(root)
    _etc(root, hostname, address)
    for name in ("proc", "sys", "dev", "tmp", "root", "run", "var/tmp"):
        os.makedirs(os.path.join(root, name), exist_ok=True)
    mount("proc", root + "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    _bind("/dev", root + "/dev")
    if os.path.isdir("/etc/kwsim"):  # faults and time scale of the stand-ins inside
        os.makedirs(root + "/etc/kwsim", exist_ok=True)
        _bind("/etc/kwsim", root + "/etc/kwsim")
    for entry in sorted(container["Mounts"], key=lambda m: len(m["Destination"])):
        if entry["Destination"] == "/dev":
            continue
        target = _place(root, entry["Source"], entry["Destination"])
        _bind(entry["Source"], target, not entry["RW"])
    for target, data in (container["HostConfig"].get("Tmpfs") or {}).items():
        os.makedirs(root + target, exist_ok=True)
        mount("tmpfs", root + target, "tmpfs", MS_NOSUID | MS_NODEV, data or None)
    folder = container["Config"]["WorkingDir"] or "/"
    os.makedirs(root + folder, exist_ok=True)
    _swap_root(root)
    os.chdir(folder)
    if container["HostConfig"]["ReadonlyRootfs"]:
        mount(None, "/", flags=MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def _swap_root(root):
    os.makedirs(root + "/.old", exist_ok=True)
    _check(_libc.pivot_root(os.fsencode(root), os.fsencode(root + "/.old")), "pivot_root")
    os.chdir("/")
    _check(_libc.umount2(b"/.old", MNT_DETACH), "umount")
    os.rmdir("/.old")


def limits(container):
    numbers = {
        "nofile": resource.RLIMIT_NOFILE,
        "nproc": resource.RLIMIT_NPROC,
        "memlock": resource.RLIMIT_MEMLOCK,
        "core": resource.RLIMIT_CORE,
        "stack": resource.RLIMIT_STACK,
    }
    for entry in container["HostConfig"]["Ulimits"] or []:
        if entry["Name"] not in numbers:
            continue
        _, most = resource.getrlimit(numbers[entry["Name"]])

        def within(value, most=most):
            value = resource.RLIM_INFINITY if value < 0 else value
            if most == resource.RLIM_INFINITY:
                return value
            return most if value == resource.RLIM_INFINITY else min(value, most)

        resource.setrlimit(
            numbers[entry["Name"]], (within(entry["Soft"]), within(entry["Hard"]))
        )


def environment(container, network):
    env = dict(w.partition("=")[::2] for w in container["Config"]["Env"] or [])
    env["HOSTNAME"] = container["Config"]["Hostname"]
    env.setdefault("HOME", "/root")
    if container["Config"]["Tty"]:
        env.setdefault("TERM", "xterm")
    env["KWSIM_NETWORK"] = network
    return env


def program(word, path):
    """(file, complaint): the file a command names, in runc's words when there is none."""
    if "/" in word:
        if not os.path.exists(word):
            return None, f'exec: "{word}": stat {word}: no such file or directory: unknown'
        if os.path.isdir(word) or not os.access(word, os.X_OK):
            return None, f'exec: "{word}": permission denied: unknown'
        return word, ""
    for folder in path.split(":"):
        if os.access(os.path.join(folder, word), os.X_OK):
            return os.path.join(folder, word), ""
    return None, f'exec: "{word}": executable file not found in $PATH: unknown'
